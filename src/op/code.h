/*
 * code.h - steps that run code of the flow, in a Python of their own.
 *
 * The table goes to a child process (base/process.h) and comes back over pipes (frame.h).
 * The program there is code.py. Which Python: LARIAT_PYTHON if set, else the first of
 * python3 on PATH and /usr/bin/python3 that has what the step needs.
 *
 * From Spark to pandas as toPandas() does it: long with nulls becomes float64 with NaN,
 * bool with nulls objects, a null string None, datetime datetime64[ns] (Python objects
 * beyond 1677 to 2262), date datetime.date, arrays lists, structs dictionaries.
 *
 * Back as Data Wrangler and createDataFrame() do it, without Arrow: the index is dropped;
 * names become text; a column without any value (null or NaN) is filled with "" and is a
 * string; NaN in a column of floats stays NaN; NaT is null; zones go to UTC; a category
 * is its values. A column of objects has the one type of its objects, and None is null;
 * of several types, text and NaN among them, all become text by str(): "nan", "None". A
 * table without rows keeps types by dtype.
 */
#ifndef OP_CODE_H
#define OP_CODE_H

#include "op/frame.h"
#include "op/op.h"

/* Fields of an operator whose code takes the whole table as 'df' and leaves it there. */
struct code {
	const char *code;
};

extern const struct param code_params[];

/* Hooks of such an operator. Nothing is known of the columns out before it ran; blank
 * code changes nothing. */
bool code_shape(const void *fields, const void *learned, const struct schema *in,
		struct shape *out, struct error *err);
bool code_pandas(const struct call *call, struct table *const *in, struct table *out,
		 struct schema *schema, struct arena *arena, struct error *err);
bool code_pyspark(const struct call *call, struct table *const *in, struct table *out,
		  struct schema *schema, struct arena *arena, struct error *err);

/* Run code.py in a mode ("pandas", "pyspark", "udf") on a table. settings: up to a NULL
 * name; "code" is one of them. */
CHECKED bool code_run(const struct call *call, const char *mode,
		      const struct frame_setting *settings,
		      const struct schema *in_schema, const struct table *in,
		      struct table *out, struct schema *schema, struct arena *arena,
		      struct error *err);

#endif
