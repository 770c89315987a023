/* op - the table of operators, searched by word and by what a flow file says. */
#include "op/op.h"

#include <string.h>

#include "op/param_text.h"

const struct op *
op_find(const char *name)
{
	for (const struct op *const *at = op_table; *at; at++)
		if (!strcmp((*at)->name, name) ||
		    ((*at)->alias && !strcmp((*at)->alias, name)))
			return *at;
	return NULL;
}

/* A choice is a text; a flag says "True" or "False", as Python's str() has it. */
static bool
says(const struct json *value, const char *word, bool any_case)
{
	struct text text = { 0 };

	if (json_is_absent(value))
		return false;
	if (value->kind == JSON_FALSE || value->kind == JSON_TRUE)
		text = text_of(value->kind == JSON_TRUE ? "True" : "False");
	else if (value->kind == JSON_STRING || value->kind == JSON_NUMBER)
		text = value->text;
	else
		return false;
	return any_case ? text_is_nocase(text, word) : text_is(text, word);
}

/* Choices that agree, from the first on. */
static size_t
agreeing(const struct op *op, const struct json *parameters, bool any_case)
{
	size_t n = 0;

	while (op->choices && op->choices[n].path &&
	       says(json_at(parameters, op->choices[n].path), op->choices[n].value,
		    any_case))
		n++;
	return n;
}

static bool
is_whole(const struct op *op, size_t agreed)
{
	return !op->choices || !op->choices[agreed].path;
}

/* The operator that agrees with all its choices; else the one that comes nearest. */
static const struct op *
best(const char *id, const struct json *parameters, bool any_case, size_t *agreed)
{
	const struct op *nearest = NULL;

	for (const struct op *const *at = op_table; *at; at++) {
		size_t n;

		if (!(*at)->id || strcmp((*at)->id, id) != 0)
			continue;
		n = agreeing(*at, parameters, any_case);
		if (is_whole(*at, n)) {
			*agreed = n;
			return *at;
		}
		if (!nearest || n > *agreed)
			nearest = *at, *agreed = n;
	}
	return nearest;
}

/* The words known where the choice went wrong: of operators that agree up to there. */
static const char *
known_words(const struct op *near, const struct json *parameters, size_t agreed,
	    struct arena *arena)
{
	const char *path = near->choices[agreed].path;
	struct names words = { 0 };

	for (const struct op *const *at = op_table; *at; at++) {
		const struct op *op = *at;

		if (!op->id || strcmp(op->id, near->id) != 0 || !op->choices ||
		    agreeing(op, parameters, true) != agreed || is_whole(op, agreed) ||
		    strcmp(op->choices[agreed].path, path) != 0 ||
		    names_has(&words, op->choices[agreed].value))
			continue;
		names_add(&words, op->choices[agreed].value, arena);
	}
	names_add(&words, "", arena);
	words.at[words.n - 1] = NULL;
	return words_quoted(words.at, arena);
}

static void
wrong_choice(const struct op *near, const struct json *parameters, size_t agreed,
	     struct error *err)
{
	const char *path = near->choices[agreed].path;
	const struct json *value = json_at(parameters, path);
	struct arena mem = { 0 };
	const char *known = known_words(near, parameters, agreed, &mem);
	const char *text = json_text(value, &mem);

	if (json_is_absent(value))
		fail(err, "%s: must be given, as one of %s", path, known);
	else if (text)
		fail(err, "%s: '%s' is not one of %s", path, text, known);
	else
		fail(err, "%s: must be one of %s", path, known);
	arena_release(&mem);
}

/* What the node's own words say it does, for people: " (Resample)". */
static const char *
choice_of(const struct json *parameters, struct arena *mem)
{
	const char *choice = json_text(json_find(parameters, "operator"), mem);

	return choice ? arena_print(mem, " (%s)", choice) : "";
}

static void
unknown_id(const char *id, const struct json *parameters, struct error *err)
{
	struct arena mem = { 0 };
	struct names ids = { 0 };
	const char *nearest;

	for (const struct op *const *at = op_table; *at; at++)
		if ((*at)->id)
			names_add(&ids, (*at)->id, &mem);
	names_add(&ids, "", &mem);
	ids.at[ids.n - 1] = NULL;
	nearest = text_nearest(id, ids.at);
	if (nearest)
		fail(err, "unknown operator '%s'%s; did you mean '%s'?", id,
		     choice_of(parameters, &mem), nearest);
	else
		fail(err, "unknown operator '%s'%s: this version does not have it", id,
		     choice_of(parameters, &mem));
	arena_release(&mem);
}

const struct op *
op_match(const char *id, const struct json *parameters, bool *known, struct error *err)
{
	size_t agreed = 0;
	const struct op *op = best(id, parameters, false, &agreed);

	*known = op != NULL;
	if (op && !is_whole(op, agreed))
		op = best(id, parameters, true, &agreed);
	if (op && is_whole(op, agreed))
		return op;
	if (op)
		wrong_choice(op, parameters, agreed, err);
	else
		unknown_id(id, parameters, err);
	return NULL;
}
