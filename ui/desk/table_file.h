/*
 * table_file.h - a file of a user's as the table of a flow: how it is read.
 */
#ifndef DESK_TABLE_FILE_H
#define DESK_TABLE_FILE_H

#include "flow/quick.h"

/* By the ending of its name and its first bytes. path stays the caller's. */
CHECKED bool table_file_look(const char *path, struct quick *out, struct error *err);

#endif
