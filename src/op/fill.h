/*
 * fill.h - a value in the place of what is missing, for all steps that do so.
 *
 * Missing: null; NaN for numbers; blank for strings. Bools, vectors and other objects
 * cannot be filled.
 */
#ifndef OP_FILL_H
#define OP_FILL_H

#include "op/op.h"

enum { TYPE_FILLABLE = TYPE_NUMERIC | TYPE_STRING | TYPE_TEMPORAL };

/* A value of the type (a column of one row) from its text; param: for errors. No text,
 * and what is no date in a column of dates, is null, as the product's cast has it. */
CHECKED struct column *fill_value(const char *param, const char *text, enum type type,
				  struct error *err);

/* A column of the value's type: long as float if the value is float. */
CHECKED bool fill_missing(const struct column *in, const struct column *value,
			  struct column **out, struct error *err);

#endif
