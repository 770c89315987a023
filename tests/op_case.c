/* op_case - cutting a file into cases, line by line. */
#include "op_case.h"

#include <stdio.h>
#include <string.h>

struct reader {
	struct text *rest;
	size_t *line;
	bool quoted; /* a quote is open: nothing but data */
};

/* What the next line is; it stays. */
static struct text
peek(const struct reader *r)
{
	struct text rest = *r->rest;

	return text_cut(&rest, '\n');
}

static struct text
take(struct reader *r)
{
	struct text t = text_cut(r->rest, '\n');

	++*r->line;
	for (size_t i = 0; i < t.size; i++)
		r->quoted ^= t.data[i] == '"';
	return t;
}

static bool
starts(struct text t, const char *with)
{
	return t.size >= strlen(with) && memcmp(t.data, with, strlen(with)) == 0;
}

static bool
is_mark(struct text t)
{
	return starts(t, "----") || text_is(t, "++++") || text_is(t, "> learned") ||
	       text_is(t, "< trained") || starts(t, "! ");
}

static bool
is_end(const struct reader *r)
{
	return r->rest->size == 0 || (!r->quoted && peek(r).size == 0);
}

/* Lines up to a mark or the end of the case. */
static struct text
block(struct reader *r)
{
	struct text all = { r->rest->data, 0 };

	r->quoted = false;
	while (!is_end(r) && (r->quoted || !is_mark(peek(r))))
		take(r);
	all.size = (size_t)(r->rest->data - all.data);
	return all;
}

static bool
at_mark(const struct reader *r, const char *mark)
{
	return !is_end(r) && text_is(peek(r), mark);
}

/* The JSON on the line behind a mark, if that mark is next. */
static struct text
json_behind(struct reader *r, const char *mark)
{
	struct text json = { 0 };

	r->quoted = false;
	if (at_mark(r, mark)) {
		take(r);
		json = take(r);
		r->quoted = false;
	}
	return json;
}

static void
head(struct reader *r, struct op_case *out, struct arena *arena)
{
	struct text t, word;

	while (r->rest->size && (peek(r).size == 0 || peek(r).data[0] == '#'))
		take(r);
	out->line = *r->line + 1;
	t = take(r);
	word = text_cut(&t, ' ');
	out->op = arena_text_n(arena, word.data, word.size);
	out->settings = arena_text_n(arena, t.data, t.size);
}

bool
case_next(struct text *rest, size_t *line, struct op_case *out, struct arena *arena,
	  struct error *err)
{
	struct reader r = { rest, line, false };
	struct text mark;

	*out = (struct op_case){ 0 };
	head(&r, out, arena);
	if (!*out->op)
		return false;
	out->trained = json_behind(&r, "< trained");
	out->input[out->n_inputs] = block(&r);
	out->n_inputs = out->input[0].size ? 1 : 0;
	if (at_mark(&r, "++++")) {
		take(&r);
		out->input[1] = block(&r);
		out->n_inputs = 2;
	}
	mark = is_end(&r) ? (struct text){ 0 } : take(&r);
	if (!text_is(mark, "----") && !text_is(mark, "---- any order"))
		return fail(err, "line %zu: no '----' behind the input", *line);
	out->any_order = !text_is(mark, "----");
	out->expected = rest->data;
	if (!is_end(&r) && starts(peek(&r), "! ")) {
		struct text wrong = take(&r);

		out->wrong = arena_text_n(arena, wrong.data + 2, wrong.size - 2);
	} else {
		out->output = block(&r);
		out->learned = json_behind(&r, "> learned");
	}
	out->end = rest->data;
	r.quoted = false;
	if (!is_end(&r))
		return fail(err, "line %zu: an empty line must end a case", *line + 1);
	return true;
}
