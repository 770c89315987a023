/*
 * io_files.h - the files that a path stands for.
 */
#ifndef IO_IO_FILES_H
#define IO_IO_FILES_H

#include "base/arena.h"
#include "base/names.h"

/* The path itself, if it is no folder ("-" is standard input); else all files in the
 * folder (nested: and in those below), in the order of their paths' bytes. Hidden ones
 * and those of job frameworks (a name that begins with '.' or '_') are left out, as
 * Spark does. A folder without files is an error. */
CHECKED bool files_find(const char *path, bool nested, struct names *out,
			struct arena *arena, struct error *err);

#endif
