/*
 * place.h - where the data of stored addresses is on this machine.
 *
 * A flow says s3://bucket/key; --map s3://bucket/=DIR says where that is here. A path
 * that is not absolute is taken from the folder of the flow file.
 */
#ifndef RUN_PLACE_H
#define RUN_PLACE_H

#include "base/arena.h"
#include "base/names.h"

/* The local path of an address. maps: "PREFIX=PATH"; the longest fitting prefix counts.
 * flow_path: of the flow file, or NULL. An address of another machine that no map
 * covers is an error that says how to map it. */
CHECKED bool place_local(const char *uri, const struct names *maps, const char *flow_path,
			 const char **out, struct arena *arena, struct error *err);

/* A name that is one part of a path: '/' and control bytes become '_'. */
const char *place_file_name(const char *name, struct arena *arena);

#endif
