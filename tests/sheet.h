/*
 * sheet.h - small tables as text, for tests.
 *
 *	x,city:string	A type may stand behind a name: long, float, bool, string, date,
 *			datetime, vector, array. Without one it is inferred: long if all
 *			are whole numbers, float if all are numbers (also nan), else
 *			string. A column of nothing but nulls is long.
 *	1,Ulm
 *	,""		Nothing is null; "" is the empty string. What is quoted is a text;
 *			a quote within is doubled.
 *	\N		Alone on its line: a null in a table of one column (as an empty
 *			line would end a case).
 *
 * Vectors are "[1.0,2.0]" and "(3,[1],[1.0])", arrays are JSON: "[1,2]", "[""a""]".
 * Floats print as Java has them, moments as Spark's CSV has them.
 */
#ifndef SHEET_H
#define SHEET_H

#include "data/table.h"

struct sheet {
	struct schema schema;
	struct table table;
	bool *typed; /* columns whose type stood in the header */
};

CHECKED bool sheet_read(struct text csv, struct sheet *out, struct arena *arena,
			struct error *err);
void sheet_release(struct sheet *sheet);

/* like: a header; types are printed where it has them, if it is as wide. */
CHECKED bool sheet_print(const struct schema *schema, const struct table *table,
			 struct text like, struct buffer *out, struct error *err);

/* The rows behind the header in the order of their bytes. */
void sheet_sort(struct buffer *csv);

#endif
