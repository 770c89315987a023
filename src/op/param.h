/*
 * param.h - what an operator can be told, declared once.
 *
 * The flow file, the form, the command line, the manual, completion and code
 * export all read an operator's param table. None of them knows an operator.
 *
 * A row binds a name to a field of the operator's struct. The name is the JSON key
 * below the operator's block (or .path), the word of the command line, and the
 * struct's field. Fields by kind:
 *
 *	flag		bool
 *	integer		int64_t
 *	number		double
 *	text		const char *		any text; "" if not given
 *	code		const char *		text of a program, many lines
 *	choice		int			index into choices
 *	column		const char *		an existing column; "" if not given
 *	columns		struct names		existing columns
 *	name		const char *		a column to make; "" if not given
 *	type		enum type		0 if not given
 *	pattern		const char *		a regular expression (PCRE2)
 *	expression	const char *		a formula
 *	format		const char *		a date format
 *	path		const char *		a file or address
 *	list		struct list		rows of a nested table (.rows, .rows_size)
 *
 * Not given, where .preset is "" or NULL, is: number NaN, integer PARAM_NO_INTEGER,
 * choice -1, type 0, an empty text or list; a flag is false. A value is a finite number:
 * only a preset may be "inf" or "-inf".
 *
 * All text lives in the arena that is passed. A kind is one row in the table of
 * param.c: parse, print, JSON, Python, random. No operator invents its own.
 */
#ifndef OP_PARAM_H
#define OP_PARAM_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/json.h"
#include "base/names.h"
#include "data/schema.h"

enum param_kind {
	KIND_NONE,
	KIND_FLAG,
	KIND_INTEGER,
	KIND_NUMBER,
	KIND_TEXT,
	KIND_CODE,
	KIND_CHOICE,
	KIND_COLUMN,
	KIND_COLUMNS,
	KIND_NAME,
	KIND_TYPE,
	KIND_PATTERN,
	KIND_EXPRESSION,
	KIND_FORMAT,
	KIND_PATH,
	KIND_LIST,
};

#define PARAM_NO_INTEGER INT64_MIN

struct list {
	size_t n;
	void *at; /* n structs of rows_size bytes */
};

struct param {
	const char *name;  /* struct field, JSON key and command line word */
	const char *label; /* caption in the form */
	const char *help;  /* one line: what it is, not how it works */
	enum param_kind kind;
	size_t offset;      /* of the field it fills */
	const char *preset; /* as typed; "": may stay empty; NULL: required */
	const char *const
		*choices;      /* choice: its words as in the flow file, up to NULL */
	unsigned accepts;      /* column, columns: mask of TYPE_*; 0: any; type: mask */
	const char *path;      /* JSON path below "parameters", if not BLOCK.NAME */
	const char *was;       /* older JSON path below "parameters", still read */
	bool has_min, has_max; /* set by MIN(), MAX() */
	double min, max;       /* bounds, inclusive */
	const char *when;      /* "other=a" or "other=a|b": shown and used only then */
	bool later;            /* column: perhaps made by the step; shape looks it up */
	bool second;           /* column, columns: of the second table */
	const struct param *rows; /* list: table of one row */
	size_t rows_size;
};

#define MIN(x) .has_min = true, .min = (x)
#define MAX(x) .has_max = true, .max = (x)

/* Rows of a table. A field of the wrong C type does not compile. */
#define PARAM_FLAG(S, f, ...)    PARAM_ROW(KIND_FLAG, bool, S, f, __VA_ARGS__)
#define PARAM_INTEGER(S, f, ...) PARAM_ROW(KIND_INTEGER, int64_t, S, f, __VA_ARGS__)
#define PARAM_NUMBER(S, f, ...)  PARAM_ROW(KIND_NUMBER, double, S, f, __VA_ARGS__)
#define PARAM_TEXT(S, f, ...)    PARAM_ROW(KIND_TEXT, const char *, S, f, __VA_ARGS__)
#define PARAM_CODE(S, f, ...)    PARAM_ROW(KIND_CODE, const char *, S, f, __VA_ARGS__)
#define PARAM_CHOICE(S, f, ...)  PARAM_ROW(KIND_CHOICE, int, S, f, __VA_ARGS__)
#define PARAM_COLUMN(S, f, ...)  PARAM_ROW(KIND_COLUMN, const char *, S, f, __VA_ARGS__)
#define PARAM_COLUMNS(S, f, ...) PARAM_ROW(KIND_COLUMNS, struct names, S, f, __VA_ARGS__)
#define PARAM_NAME(S, f, ...)    PARAM_ROW(KIND_NAME, const char *, S, f, __VA_ARGS__)
#define PARAM_TYPE(S, f, ...)    PARAM_ROW(KIND_TYPE, enum type, S, f, __VA_ARGS__)
#define PARAM_PATTERN(S, f, ...) PARAM_ROW(KIND_PATTERN, const char *, S, f, __VA_ARGS__)
#define PARAM_EXPRESSION(S, f, ...) \
	PARAM_ROW(KIND_EXPRESSION, const char *, S, f, __VA_ARGS__)
#define PARAM_FORMAT(S, f, ...) PARAM_ROW(KIND_FORMAT, const char *, S, f, __VA_ARGS__)
#define PARAM_PATH(S, f, ...)   PARAM_ROW(KIND_PATH, const char *, S, f, __VA_ARGS__)
#define PARAM_LIST(S, f, ...)   PARAM_ROW(KIND_LIST, struct list, S, f, __VA_ARGS__)

/* Label and help come first in the rest; the row has them in this order. */
#define PARAM_ROW(K, C, S, f, ...)                                      \
	{                                                               \
		.name = #f, .kind = K,                                  \
		.offset = offsetof(S, f) + PARAM_CHECK(C, ((S *)0)->f), \
		.label = __VA_ARGS__                                    \
	}
#define PARAM_CHECK(C, f) (0 * sizeof(_Generic(f, C : 1)))

/* The word of a kind ("integer"), for manual and JSON Schema. */
const char *param_kind_name(enum param_kind kind);

/* Set every field that has a preset. Comes before all others. */
CHECKED bool param_preset(const struct param *params, void *fields, struct arena *arena,
			  struct error *err);

/* Parse "name=value" into its field; columns: "a,b" (a backslash before a comma or
 * backslash that is part of a name); list: "a:Ascending,b:Descending", the values of a
 * row in the order of its table. On false, err names the parameter, and the nearest
 * known one. */
CHECKED bool param_set(const struct param *params, void *fields, const char *setting,
		       struct arena *arena, struct error *err);

/* The value as param_set() takes it behind the "=". */
const char *param_print(const struct param *param, const void *fields,
			struct arena *arena);

/* Rows of a table; params may be NULL: none. */
size_t param_count(const struct param *params);
/* Is the row in force, by its .when? */
bool param_is_used(const struct param *params, const struct param *param,
		   const void *fields);

/* Every used row that is required has a value; bounds hold. */
CHECKED bool param_check(const struct param *params, const void *fields,
			 struct error *err);

/*
 * JSON. parameters: the node's "parameters"; block: where rows live below it (dotted
 * path, NULL: parameters itself). Reading is liberal: a column or a list, "4" for 4,
 * "Yes", "no", null and absent for the preset, unknown keys ignored; what cannot be
 * read is an error that names the key. Writing keeps what is there: only rows whose
 * value differs from what stands (or, where nothing stands, from the preset) change.
 */
CHECKED bool param_read_json(const struct param *params, const char *block,
			     const struct json *parameters, void *fields,
			     struct arena *arena, struct error *err);
const struct json *param_write_json(const struct param *params, const char *block,
				    const struct json *parameters, const void *fields,
				    struct arena *arena);

/* The field as a Python literal: 1.5, "a\"b", ["x", "y"], True, None. */
const char *param_python(const struct param *param, const void *fields,
			 struct arena *arena);

/* Random settings that param_check() accepts where possible, for tests; schema: columns
 * to choose from. seed decides everything. */
CHECKED bool param_random(const struct param *params, void *fields,
			  const struct schema *schema, uint64_t *seed,
			  struct arena *arena, struct error *err);

#endif
