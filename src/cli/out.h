/*
 * out.h - what goes to standard output, and how it ends.
 *
 * A reader that goes away (head, less) is no fault: the output just ends. A full disk
 * is one. Names and values come from files that anyone may have written, so people get
 * them through out_text().
 */
#ifndef CLI_OUT_H
#define CLI_OUT_H

#include <stdio.h>

#include "base/json.h"
#include "base/names.h"
#include "data/schema.h"

/* Print bytes so that no terminal obeys them: controls, broken UTF-8 and marks that
 * turn the direction of writing become U+FFFD; a newline or tab becomes a blank. */
void out_text(FILE *file, struct text text);

/* Text of any length that starts at column indent, broken at blanks before `width`. */
void out_wrapped(FILE *file, const char *text, int indent, int width);

/* One document with two blanks a level, and a newline. */
CHECKED bool out_json(const struct json *value, struct error *err);

/* Characters a line has on the terminal; 0 where standard output is none. */
size_t out_width(void);

/* Each line with "warning: " before it, to standard error. */
void out_warnings(const struct names *lines);

/* Flush standard output; true also if its reader is gone. */
CHECKED bool out_finish(struct error *err);

#endif
