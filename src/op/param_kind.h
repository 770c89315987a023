/*
 * param_kind.h - what there is to know about a kind of param, in one row.
 *
 * Private to the param files. field points at the struct's field itself.
 */
#ifndef OP_PARAM_KIND_H
#define OP_PARAM_KIND_H

#include "op/param.h"

struct kind {
	const char *name;
	const char *what;   /* behind "is not" and "must be": "a number" */
	const char *schema; /* type of JSON Schema */
	unsigned takes;     /* TAKES() of enum json_kind: read as the text it holds */
	size_t size;
	void (*clear)(void *field); /* not given */
	bool (*given)(const void *field);
	bool (*parse)(const struct param *p, void *field, const char *value,
		      struct arena *arena, struct error *err);
	const char *(*print)(const struct param *p, const void *field,
			     struct arena *arena);
	bool (*read)(const struct param *p, void *field, const struct json *json,
		     struct arena *arena, struct error *err);
	/* stands: what the file holds there, whose manner is kept; NULL: nothing. */
	const struct json *(*write)(const struct param *p, const void *field,
				    const struct json *stands, struct arena *arena);
	const char *(*python)(const struct param *p, const void *field,
			      struct arena *arena);
	void (*random)(const struct param *p, void *field, const struct schema *schema,
		       uint64_t *seed, struct arena *arena);
};

#define TAKES(kind) (1u << (kind))

const struct kind *kind_of(const struct param *p);

static inline void *
param_field(const struct param *p, void *fields)
{
	return (char *)fields + p->offset;
}

static inline const void *
param_field_of(const struct param *p, const void *fields)
{
	return (const char *)fields + p->offset;
}

/* A row of a list. */
static inline void *
list_row(const struct param *p, const struct list *list, size_t i)
{
	return (char *)list->at + i * p->rows_size;
}

/* parse, but the preset's own text is always fine, and "" clears if that is the preset.
 */
CHECKED bool param_parse(const struct param *p, void *field, const char *value,
			 struct arena *arena, struct error *err);

/* The field becomes what it is when nobody says anything. */
CHECKED bool param_preset_one(const struct param *p, void *field, struct arena *arena,
			      struct error *err);

/* Hooks of the kinds, by file. */
typedef bool param_read(const struct param *p, void *field, const struct json *json,
			struct arena *arena, struct error *err);
typedef const struct json *param_write(const struct param *p, const void *field,
				       const struct json *stands, struct arena *arena);
typedef const char *param_code(const struct param *p, const void *field,
			       struct arena *arena);
typedef void param_guess(const struct param *p, void *field, const struct schema *schema,
			 uint64_t *seed, struct arena *arena);

param_read read_scalar, read_column, read_columns, read_list;
param_write write_flag, write_number, write_text, write_word, write_columns, write_list;
param_code code_flag, code_number, code_text, code_columns, code_list;
param_guess guess_flag, guess_integer, guess_number, guess_text, guess_formula,
	guess_choice, guess_column, guess_columns, guess_name, guess_type, guess_list;

#endif
