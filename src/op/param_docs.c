/* param_docs - manual, help and completion words out of op and param tables. */
#include "op/param_docs.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/number.h"
#include "op/param_kind.h"
#include "op/param_text.h"

enum { WIDTH = 80, MARGIN = 28 };

struct page {
	struct buffer *out;
	struct error *err;
	struct arena mem;
	bool failed;
};

static void
put(struct page *page, const char *text, size_t size)
{
	page->failed = page->failed || !buffer_append(page->out, text, size, page->err);
}

static void PRINTF_LIKE(2, 3) say(struct page *page, const char *format, ...)
{
	const char *text;
	va_list args;

	va_start(args, format);
	text = arena_vprint(&page->mem, format, args);
	va_end(args);
	put(page, text, strlen(text));
}

static bool
page_end(struct page *page)
{
	arena_release(&page->mem);
	return !page->failed;
}

/* "COLUMN": what stands behind the "="; for a list, "by:order,...". */
static const char *
value_word(const struct param *p, struct arena *arena)
{
	char *word = arena_text(arena, param_kind_name(p->kind));

	if (p->kind == KIND_LIST) {
		struct names fields = { 0 };

		for (const struct param *r = p->rows; r->name; r++)
			names_add(&fields, r->name, arena);
		return arena_print(arena, "%s,...", list_join_raw(&fields, ':', arena));
	}
	if (p->kind == KIND_CHOICE)
		return "WORD";
	for (char *c = word; *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 32);
	return word;
}

static void PRINTF_LIKE(3, 4)
	add(struct names *facts, struct arena *arena, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	names_add(facts, arena_vprint(arena, format, args), arena);
	va_end(args);
}

static void
add_bounds(struct names *facts, const struct param *p, struct arena *arena)
{
	char low[NUMBER_SIZE], high[NUMBER_SIZE];

	number_print_js(p->min, low);
	number_print_js(p->max, high);
	if (p->has_min && p->has_max)
		add(facts, arena, "from %s to %s", low, high);
	else if (p->has_min)
		add(facts, arena, "%s or more", low);
	else if (p->has_max)
		add(facts, arena, "%s or less", high);
}

static void
add_words(struct names *facts, const struct param *p, struct arena *arena)
{
	char types[80];

	if (p->kind == KIND_CHOICE)
		add(facts, arena, "one of %s", words_quoted(p->choices, arena));
	if (p->accepts && p->accepts != TYPE_ANY) {
		type_mask_print(p->accepts, types);
		add(facts, arena, "%s", types);
	}
}

/* "how close; one of 'tight', 'loose'; preset 'tight'; only with by=train" */
static const char *
facts_of(const struct param *p, struct arena *arena)
{
	struct names facts = { 0 };

	add(&facts, arena, "%s", p->help);
	add_words(&facts, p, arena);
	add_bounds(&facts, p, arena);
	for (const struct param *r = p->kind == KIND_LIST ? p->rows : NULL; r && r->name;
	     r++)
		add(&facts, arena, " %s: %s", r->name, facts_of(r, arena));
	if (!p->preset)
		add(&facts, arena, " must be given");
	else if (*p->preset)
		add(&facts, arena, " preset '%s'", p->preset);
	if (p->when)
		add(&facts, arena, " only with %s", p->when);
	for (size_t i = 1; i < facts.n; i++)
		if (facts.at[i][0] != ' ')
			facts.at[i] = arena_print(arena, " %s", facts.at[i]);
	return list_join_raw(&facts, ';', arena);
}

/* Code points: help is plain text. */
static size_t
columns_of(struct text t)
{
	size_t n = 0;

	for (size_t at = 0; at < t.size; n++)
		text_next(t, &at);
	return n;
}

/* Words from column `at` on, in lines of WIDTH that start at MARGIN. */
static void
wrap(struct page *page, size_t margin, const char *text)
{
	struct text rest = text_of(text);
	size_t at = margin;

	while (rest.size) {
		struct text word = text_cut(&rest, ' ');
		size_t width = columns_of(word);

		if (at > margin && at + 1 + width > WIDTH) {
			say(page, "\n%*s", (int)margin, "");
			at = margin;
		} else if (at > margin) {
			say(page, " ");
			at++;
		}
		put(page, word.data, word.size);
		at += width;
	}
	say(page, "\n");
}

static void
help_param(struct page *page, const struct param *p)
{
	const char *term =
		arena_print(&page->mem, "%s=%s", p->name, value_word(p, &page->mem));
	size_t width = 2 + strlen(term);

	say(page, "  %s", term);
	if (width + 2 > MARGIN)
		say(page, "\n%*s", MARGIN, "");
	else
		say(page, "%*s", (int)(MARGIN - width), "");
	wrap(page, MARGIN, facts_of(p, &page->mem));
}

/* Input and output beside each other. */
static void
example_tables(struct page *page, const struct op_example *e)
{
	struct text in = text_of(e->input), out = text_of(e->output);
	size_t widest = 0;

	while (in.size) {
		size_t width = columns_of(text_cut(&in, '\n'));

		widest = width > widest ? width : widest;
	}
	for (in = text_of(e->input); in.size || out.size;) {
		struct text left = text_cut(&in, '\n'), right = text_cut(&out, '\n');

		say(page, "    %.*s", (int)left.size, left.data);
		if (right.size)
			say(page, "%*s%.*s", (int)(widest - columns_of(left) + 4), "",
			    (int)right.size, right.data);
		say(page, "\n");
	}
}

bool
op_help(const struct op *op, struct buffer *out, struct error *err)
{
	struct page page = { .out = out, .err = err };

	say(&page, "%s - %s (%s)\n\n", op->name, op->title, op->group);
	wrap(&page, 0, op->help);
	if (op->params)
		say(&page, "\nParameters:\n");
	for (const struct param *p = op->params; p && p->name; p++)
		help_param(&page, p);
	if (op->examples)
		say(&page, "\nExamples:\n");
	for (const struct op_example *e = op->examples; e && e->input; e++) {
		say(&page, "  %s %s\n", op->name, e->settings);
		example_tables(&page, e);
	}
	if (op->id)
		say(&page, "\nIn flow files:\n  %s\n", op->id);
	for (const struct op_choice *c = op->id ? op->choices : NULL; c && c->path; c++)
		say(&page, "  %s \"%s\"\n", c->path, c->value);
	return page_end(&page);
}

/* Literally: no request, no escape, and "-" as one can copy it. */
static void
roff(struct page *page, const char *text)
{
	bool starts = true;

	for (; *text; text++) {
		if (starts && (*text == '.' || *text == '\''))
			say(page, "\\&");
		starts = *text == '\n';
		if (*text == '\\')
			say(page, "\\e");
		else if (*text == '-')
			say(page, "\\-");
		else if (*text == '"')
			say(page, "\\(dq");
		else
			put(page, text, 1);
	}
}

static void
manual_param(struct page *page, const struct param *p)
{
	say(page, ".TP\n\\fB");
	roff(page, p->name);
	say(page, "\\fR=\\fI");
	roff(page, value_word(p, &page->mem));
	say(page, "\\fR\n");
	roff(page, facts_of(p, &page->mem));
	say(page, "\n");
}

static void
manual_example(struct page *page, const struct op *op, const struct op_example *e)
{
	struct buffer *text = buffer_new(0, page->err);
	struct page tables = { .out = text, .err = page->err };

	if (!text) {
		page->failed = true;
		return;
	}
	example_tables(&tables, e);
	page->failed = !page_end(&tables) || page->failed;
	say(page, ".PP\n.nf\n\\fB");
	roff(page, op->name);
	say(page, "\\fR ");
	roff(page, e->settings);
	say(page, "\n");
	roff(page, arena_text_n(&page->mem, text->data, text->size));
	say(page, ".fi\n");
	buffer_drop(text);
}

bool
op_manual(const struct op *op, struct buffer *out, struct error *err)
{
	struct page page = { .out = out, .err = err };

	say(&page, ".SS \"%s \\- ", op->name);
	roff(&page, op->title);
	say(&page, "\"\n");
	roff(&page, op->help);
	say(&page, "\n");
	for (const struct param *p = op->params; p && p->name; p++)
		manual_param(&page, p);
	for (const struct op_example *e = op->examples; e && e->input; e++)
		manual_example(&page, op, e);
	return page_end(&page);
}
