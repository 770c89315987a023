/* op_run - steps over sheets, and what sources and destinations say. */
#include "op_run.h"

#include <stdio.h>
#include <string.h>

const size_t op_run_sizes[OP_RUN_SIZES] = { 1, 2, 3, 2048 };

enum { SECONDS = 60 }; /* for code, on a busy machine */

const char *const *
words_split(const char *line, struct arena *arena)
{
	struct names words = { 0 };

	for (;;) {
		char *word = arena_alloc(arena, strlen(line) + 1), *out = word;
		bool quoted = false;

		line += strspn(line, " \t");
		if (!*line)
			break;
		for (; *line && (quoted || (*line != ' ' && *line != '\t')); line++) {
			if (*line == '"' && quoted && line[1] == '"')
				*out++ = *line++;
			else if (*line == '"')
				quoted = !quoted;
			else
				*out++ = *line;
		}
		names_add(&words, word, arena);
	}
	names_add(&words, "", arena);
	words.at[words.n - 1] = NULL;
	return words.at;
}

bool
words_to_json(const struct op *op, const char *const *words, const struct json **out,
	      struct arena *arena, struct error *err)
{
	void *fields = arena_alloc(arena, op->params_size + 1);
	const struct json *json = json_new_object();

	if (!param_preset(op->params, fields, arena, err))
		return false;
	for (; *words; words++)
		if (!param_set(op->params, fields, *words, arena, err))
			return false;
	for (const struct op_choice *c = op->choices; c && c->path; c++)
		json = json_with_at(json, c->path, json_new_string(c->value, arena),
				    arena);
	*out = param_write_json(op->params, op->block, json, fields, arena);
	return true;
}

static bool
line(struct buffer *out, struct error *err, const char *name, const char *value)
{
	char text[512];
	int n = snprintf(text, sizeof(text), "%s=%s\n", name, value ? value : "");

	if (n >= (int)sizeof(text))
		return fail(err, "%s: too long for a test", name);
	return buffer_append(out, text, (size_t)n, err);
}

static const char *
flag(bool value)
{
	return value ? "true" : "false";
}

static bool
print_source(const struct step *step, struct buffer *out, struct arena *arena,
	     struct error *err)
{
	struct dataset d = { 0 };
	const struct dialect *dialect = &d.dialect;

	if (!step->op->source(step->fields, &d, arena, err))
		return false;
	return line(out, err, "name", d.name) && line(out, err, "uri", d.uri) &&
	       line(out, err, "format", d.format) &&
	       line(out, err, "delimiter", dialect->delimiter) &&
	       line(out, err, "quote", arena_print(arena, "%d", dialect->quote)) &&
	       line(out, err, "header", flag(dialect->header)) &&
	       line(out, err, "skip",
		    arena_print(arena, "%lld", (long long)dialect->skip)) &&
	       line(out, err, "multi_line", flag(dialect->multi_line)) &&
	       line(out, err, "encoding", dialect->encoding) &&
	       line(out, err, "nested", flag(d.nested)) &&
	       line(out, err, "filename_column", flag(d.filename_column));
}

static bool
print_destination(const struct step *step, struct buffer *out, struct arena *arena,
		  struct error *err)
{
	struct delivery d = { 0 };

	if (!step->op->destination(step->fields, &d, arena, err))
		return false;
	if (!line(out, err, "uri", d.uri) || !line(out, err, "format", d.format) ||
	    !line(out, err, "delimiter", d.delimiter) ||
	    !line(out, err, "compression", d.compression) ||
	    !line(out, err, "header", flag(d.header)) ||
	    !line(out, err, "partitions",
		  arena_print(arena, "%lld", (long long)d.partitions)))
		return false;
	for (size_t i = 0; i < d.partition_by.n; i++)
		if (!line(out, err, "partition_by", d.partition_by.at[i]))
			return false;
	return line(out, err, "file_name", d.file_name);
}

bool
op_run(struct steps *steps, struct sheet *in, size_t n_in, size_t rows, struct text like,
       struct buffer *out, struct arena *arena, struct error *err)
{
	struct table *tables[2] = { 0 }, made = { 0 };
	struct schema schemas[2] = { 0 }, schema = { 0 };
	const struct op *op = steps->at[0].op;
	bool ok;

	if (op->role == ROLE_SOURCE)
		return print_source(&steps->at[0], out, arena, err);
	if (op->role == ROLE_DESTINATION)
		return print_destination(&steps->at[0], out, arena, err);
	for (size_t i = 0; i < n_in; i++) {
		tables[i] = &in[i].table;
		schemas[i] = in[i].schema;
	}
	memory_pinch(rows == 2); /* what can be spilled is */
	ok = steps_run_table(steps, tables, schemas, n_in, rows, &made, &schema, SECONDS,
			     arena, err) &&
	     sheet_print(&schema, &made, like, out, err);
	table_release(&made);
	memory_pinch(false);
	return ok;
}

bool
json_line(const struct json *json, struct buffer *out, struct error *err)
{
	return json_write(json, &(struct json_style){ .spaced = true }, out, err);
}
