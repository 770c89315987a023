/*
 * command - actions and operators as lines of text, as desk/step.h prints them, read.
 */
#include <string.h>

#include "desk/step.h"
#include "screen/action.h"

enum { LONGER = 3 }; /* names that a word which is none may have meant */

/* Where a line is read. */
struct reader {
	struct text line;
	size_t at;
	struct command_line *out;
	bool *given; /* by place of a param */
	struct arena *arena;
	struct command_place *place; /* NULL: the line is read as a whole */
};

static bool
is_blank(char c)
{
	return (unsigned char)c <= ' ';
}

static void
skip_blanks(struct reader *r)
{
	while (r->at < r->line.size && is_blank(r->line.data[r->at]))
		r->at++;
}

/* Up to the next blank. */
static struct text
word_at(const struct reader *r, size_t at)
{
	size_t end = at;

	while (end < r->line.size && !is_blank(r->line.data[end]))
		end++;
	return (struct text){ r->line.data + at, end - at };
}

/* The param of a word that begins with "name="; NULL: none. *n: bytes up to the "=". */
static const struct param *
setting_of(const struct param *params, struct text word, size_t *n)
{
	const char *equals = memchr(word.data, '=', word.size);

	if (!equals)
		return NULL;
	*n = (size_t)(equals - word.data);
	for (const struct param *p = params; p && p->name; p++)
		if (text_is((struct text){ word.data, *n }, p->name))
			return p;
	return NULL;
}

/* "colum=x": meant as a setting, but of what? "a==b" and "=x" are not. */
static bool
looks_like_setting(struct text word)
{
	const char *equals = memchr(word.data, '=', word.size);
	size_t n = equals ? (size_t)(equals - word.data) : 0;

	if (n == 0 || (n + 1 < word.size && equals[1] == '='))
		return false;
	for (size_t i = 0; i < n; i++) {
		char c = word.data[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9' && i) && c != '_')
			return false;
	}
	return true;
}

static int
hex_digit(char c)
{
	const char *digits = "0123456789abcdef";
	const char *found = c ? strchr(digits, c) : NULL;

	return found ? (int)(found - digits) : -1;
}

/* What stands behind a backslash, at `at`; returns its bytes, 0: nothing known. */
static size_t
escape_read(struct text line, size_t at, char *out)
{
	static const char marks[] = "\"\\ntr", means[] = "\"\\\n\t\r";
	const char *mark =
		at < line.size && line.data[at] ? strchr(marks, line.data[at]) : NULL;
	int high, low;

	if (mark) {
		*out = means[mark - marks];
		return 1;
	}
	if (at + 2 >= line.size || line.data[at] != 'x')
		return 0;
	high = hex_digit(line.data[at + 1]);
	low = hex_digit(line.data[at + 2]);
	*out = (char)(16 * high + low);
	return high < 0 || low < 0 || *out == '\0' ? 0 : 3;
}

/* What stands in quotes, from a quote on; the reader moves behind the closing one. */
static const char *
quoted(struct reader *r, struct error *err)
{
	char *out = arena_alloc(r->arena, r->line.size - r->at + 1);
	size_t n = 0, at = r->at + 1;

	for (; at < r->line.size && r->line.data[at] != '"'; n++) {
		size_t took = 0;

		if (r->line.data[at] == '\\')
			took = escape_read(r->line, at + 1, &out[n]);
		if (!took)
			out[n] = r->line.data[at];
		at += took + 1;
	}
	out[n] = '\0';
	if (at == r->line.size && r->place) {
		r->at = at;
		return out;
	}
	if (at == r->line.size) {
		fail(err, "a quote at place %zu is not closed", r->at + 1);
		return NULL;
	}
	at++;
	if (at < r->line.size && !is_blank(r->line.data[at])) {
		fail(err, "'%.*s' stands right behind a closing quote",
		     TEXT_ARG(word_at(r, at)));
		return NULL;
	}
	r->at = at;
	return out;
}

/* Typed with blanks, up to the next setting? */
static bool
is_free(const struct reader *r, const struct param *p)
{
	const struct action *action = r->out->action;

	return p->kind == KIND_EXPRESSION ||
	       (p->kind == KIND_TEXT && action && action->flags & ACTION_WORDS &&
		p != action_step(action));
}

static const char *
words_read(struct reader *r)
{
	size_t start = r->at, end = r->at, n;

	while (r->at < r->line.size) {
		struct text word = word_at(r, r->at);

		if (r->at > start && setting_of(r->out->params, word, &n))
			break;
		r->at += word.size;
		end = r->at;
		skip_blanks(r);
	}
	return arena_text_n(r->arena, r->line.data + start, end - start);
}

/* A formula may begin with a quote of its own: '"a b" = 1'. It is quoted as a whole if a
 * setting or nothing follows. */
static bool
is_quoted_whole(const struct reader *r)
{
	struct reader ahead = *r;
	struct error err;
	size_t n;

	if (!quoted(&ahead, &err))
		return false;
	skip_blanks(&ahead);
	return ahead.at == ahead.line.size ||
	       setting_of(r->out->params, word_at(&ahead, ahead.at), &n);
}

static const char *
value_read(struct reader *r, const struct param *p, struct error *err)
{
	struct text word = word_at(r, r->at);
	bool has_quote = word.size && word.data[0] == '"';

	if (is_free(r, p) && word.size && (!has_quote || !is_quoted_whole(r)))
		return words_read(r);
	if (has_quote)
		return quoted(r, err);
	r->at += word.size;
	return arena_text_n(r->arena, word.data, word.size);
}

/* The last value of a line that goes on is told, not set: it may not be whole. */
static bool
is_place(struct reader *r, const struct param *p, size_t from, const char *value)
{
	if (!r->place || r->at < r->line.size)
		return false;
	r->place->param = p;
	r->place->from = from;
	r->place->value = value;
	return true;
}

static bool
give(struct reader *r, const struct param *p, const char *value, struct error *err)
{
	r->given[p - r->out->params] = true;
	return param_set(r->out->params, r->out->fields,
			 arena_print(r->arena, "%s=%s", p->name, value), r->arena, err);
}

static bool
setting_read(struct reader *r, const struct param *p, struct error *err)
{
	const size_t from = r->at;
	const char *value = value_read(r, p, err);

	if (!value)
		return false;
	return is_place(r, p, from, value) || give(r, p, value, err);
}

/* "formula=a > 1" in quotes as a whole, as a shell needs it; NULL: something else is. */
static const struct param *
quoted_setting(const struct reader *r, struct text word, struct reader *behind,
	       const char **value)
{
	const struct param *p;
	struct error ignored;
	const char *all;
	size_t n;

	*behind = *r;
	behind->place = NULL;
	all = word.size && word.data[0] == '"' ? quoted(behind, &ignored) : NULL;
	p = all ? setting_of(r->out->params, text_of(all), &n) : NULL;
	*value = p ? all + n + 1 : NULL;
	return p;
}

/* The param that a word without a name goes to. */
static const struct param *
next_open(const struct reader *r)
{
	const struct param *params = r->out->params;

	for (size_t i = 0; params && params[i].name; i++)
		if (!r->given[i] && params[i].kind != KIND_FLAG &&
		    param_is_used(params, &params[i], r->out->fields))
			return &params[i];
	return NULL;
}

/* The names that begin with the word, "a' or 'b", the first few; NULL: none. */
static const char *
longer(struct text word, const char *const *names, struct arena *arena)
{
	const char *out = NULL;
	int n = 0;

	for (; *names && n < LONGER; names++) {
		if (strncmp(*names, word.data, word.size) != 0)
			continue;
		out = out ? arena_print(arena, "%s' or '%s", out, *names) : *names;
		n++;
	}
	return out;
}

/* Words of all steps, and NULL behind them. */
static void
add_steps(struct names *known, struct arena *arena)
{
	for (size_t i = 0; op_table[i]; i++)
		names_add(known, op_table[i]->name, arena);
	names_add(known, "", arena);
	known->at[known->n - 1] = NULL;
}

/* A key of the cursor's column, typed with a setting: steps take some. */
static bool
takes_nothing(struct reader *r, struct text word, struct error *err)
{
	const char *name = r->out->action ? r->out->action->name : r->out->op->name;
	struct names known = { 0 };
	const char *meant;

	add_steps(&known, r->arena);
	meant = longer(text_of(name), known.at, r->arena);
	if (meant)
		return fail(err, "takes nothing; what is '%.*s' for? did you mean '%s'?",
			    TEXT_ARG(word), meant);
	return fail(err, "takes nothing; what is '%.*s' for?", TEXT_ARG(word));
}

static bool
flag_read(struct reader *r, struct text word, struct error *err)
{
	const struct param *params = r->out->params;

	for (const struct param *p = params; p && p->name; p++)
		if (p->kind == KIND_FLAG && text_is(word, p->name)) {
			r->at += word.size;
			return param_set(params, r->out->fields,
					 arena_print(r->arena, "%s=true", p->name),
					 r->arena, err);
		}
	if (!params || !params->name)
		return takes_nothing(r, word, err);
	return fail(err, "what is '%.*s' for? write name=value", TEXT_ARG(word));
}

/* A word that nothing takes: it may become the name of a setting. */
static bool
is_name_place(struct reader *r, struct text word)
{
	const size_t from = r->at;

	if (!r->place || r->at + word.size < r->line.size)
		return false;
	r->at += word.size;
	return is_place(r, NULL, from, arena_text_n(r->arena, word.data, word.size));
}

static bool
word_read(struct reader *r, struct error *err)
{
	struct text word = word_at(r, r->at);
	const struct param *p;
	struct reader behind;
	const char *value;
	size_t n;

	p = setting_of(r->out->params, word, &n);
	if (p) {
		r->at += n + 1;
		return setting_read(r, p, err);
	}
	p = quoted_setting(r, word, &behind, &value);
	if (p) {
		r->at = behind.at;
		return give(r, p, value, err);
	}
	p = next_open(r);
	if (p && (is_free(r, p) || !looks_like_setting(word)))
		return setting_read(r, p, err);
	if (is_name_place(r, word))
		return true;
	if (looks_like_setting(word)) /* says which name was meant */
		return param_set(r->out->params, r->out->fields,
				 arena_text_n(r->arena, word.data, word.size), r->arena,
				 err);
	return flag_read(r, word, err);
}

static const struct op *
op_named(struct text word, struct arena *arena)
{
	char *name = arena_text_n(arena, word.data, word.size);

	for (char *c = name; *c; c++)
		if (*c == '-')
			*c = '_';
	return op_find(name);
}

static bool
unknown(struct text word, struct arena *arena, struct error *err)
{
	const struct action *action = NULL;
	struct names known = { 0 };
	const char *nearest;

	while ((action = action_next(action)))
		names_add(&known, action->name, arena);
	add_steps(&known, arena);
	nearest = text_nearest(arena_text_n(arena, word.data, word.size), known.at);
	if (!nearest)
		nearest = longer(word, known.at, arena);
	if (nearest)
		return fail(err, "no command '%.*s'; did you mean '%s'?", TEXT_ARG(word),
			    nearest);
	return fail(err, "no command '%.*s'", TEXT_ARG(word));
}

static bool
command_of_action(const struct action *action, struct command_line *out,
		  struct arena *arena, struct error *err)
{
	*out = (struct command_line){ .action = action,
				      .params = action->params,
				      .params_size = action->params_size };
	out->fields = arena_alloc(arena, out->params_size + 1);
	return param_preset(out->params, out->fields, arena, err);
}

bool
command_of_step(const struct op *op, struct command_line *out, struct arena *arena,
		struct error *err)
{
	size_t links;

	*out = (struct command_line){ .op = op };
	out->params = step_params(op, &links, &out->params_size, arena);
	out->fields = arena_alloc(arena, out->params_size);
	out->links = (void *)((char *)out->fields + links);
	return param_preset(out->params, out->fields, arena, err);
}

/* The first word, and fields with their presets. */
static bool
head_read(struct reader *r, struct error *err)
{
	struct text word = word_at(r, r->at);
	struct command_line *out = r->out;

	if (word.size == 0)
		return fail(err, "a command begins with a word");
	out->action = action_named(word);
	if (!out->action)
		out->op = op_named(word, r->arena);
	if (!out->action && !out->op)
		return unknown(word, r->arena, err);
	r->at += word.size;
	if (out->op ? !command_of_step(out->op, out, r->arena, err)
		    : !command_of_action(out->action, out, r->arena, err))
		return false;
	r->given = ARENA_ARRAY(r->arena, param_count(out->params) + 1, bool);
	return true;
}

static bool
settings_read(struct reader *r, struct error *err)
{
	struct command_line *out = r->out;

	for (skip_blanks(r); r->at < r->line.size; skip_blanks(r))
		if (!word_read(r, err))
			return fail_in(err, "%s: ",
				       out->action ? out->action->name : out->op->name);
	return true;
}

bool
command_settings(struct text settings, struct command_line *line, struct arena *arena,
		 struct error *err)
{
	struct reader r = { .line = settings, .out = line, .arena = arena };

	r.given = ARENA_ARRAY(arena, param_count(line->params) + 1, bool);
	return settings_read(&r, err);
}

bool
command_parse(struct text line, struct command_line *out, struct arena *arena,
	      struct error *err)
{
	struct reader r = { .line = line, .out = out, .arena = arena };

	*out = (struct command_line){ 0 };
	skip_blanks(&r);
	return head_read(&r, err) && settings_read(&r, err);
}

/* Behind a blank the next word begins. */
static void
place_empty(struct reader *r)
{
	r->at = r->line.size;
	is_place(r, next_open(r), r->at, "");
}

bool
command_place(struct text before, struct command_place *out, struct arena *arena)
{
	struct reader r = {
		.line = before, .out = &out->line, .arena = arena, .place = out
	};
	struct error ignored;

	*out = (struct command_place){ 0 };
	skip_blanks(&r);
	out->from = r.at;
	out->is_head = r.at + word_at(&r, r.at).size == before.size;
	if (out->is_head) {
		out->value = arena_text_n(arena, before.data + r.at, before.size - r.at);
		return true;
	}
	if (!head_read(&r, &ignored))
		return false;
	out->given = r.given;
	for (skip_blanks(&r); r.at < before.size; skip_blanks(&r))
		if (!word_read(&r, &ignored))
			return false;
	if (!out->value)
		place_empty(&r);
	return true;
}

const char *
action_command(const struct action *action, const void *fields, struct arena *arena)
{
	return step_words(action->name, action->params, action->params_size, fields,
			  arena);
}
