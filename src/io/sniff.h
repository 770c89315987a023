/*
 * sniff.h - how a delimited file is probably written, from its first bytes.
 *
 * The delimiter is the candidate that cuts the first lines into the same number of
 * fields, more than one, most often; a comma if none does. Only for files that no flow
 * describes: what a flow says is never second-guessed.
 */
#ifndef IO_SNIFF_H
#define IO_SNIFF_H

#include "base/error.h"
#include "data/dialect.h"

/* Of a file, compressed or not; a folder: of nothing, the preset. */
CHECKED bool sniff_file(const char *path, struct dialect *out, struct error *err);

#endif
