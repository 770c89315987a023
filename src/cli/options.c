/*
 * options - words of the command line to fields, by the command's table.
 *
 * An option that is not known is refused with the nearest one that is; the last of
 * repeated ones counts, but for lists.
 */
#include "cli/options.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

const struct option option_help = { .name = "help", .letter = 'h', .help = "this text" };

const char *
option_word(const struct option *option, struct arena *arena)
{
	char *word = arena_text(arena, option->name);

	for (char *p = word; *p; p++)
		if (*p == '_')
			*p = '-';
	return word;
}

static bool
is_word(const struct option *option, const char *word, size_t n)
{
	if (strlen(option->name) != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if ((option->name[i] == '_' ? '-' : option->name[i]) != word[i])
			return false;
	return true;
}

static const struct option *
find_word(const struct option *options, const char *word, size_t n)
{
	if (is_word(&option_help, word, n))
		return &option_help;
	for (; options && options->name; options++)
		if (is_word(options, word, n))
			return options;
	return NULL;
}

static const struct option *
find_letter(const struct option *options, char letter)
{
	if (letter == option_help.letter)
		return &option_help;
	for (; options && options->name; options++)
		if (options->letter == letter)
			return options;
	return NULL;
}

static bool
unknown(const struct option *options, const char *word, size_t n, struct arena *arena,
	struct error *err)
{
	const char *wrong = arena_text_n(arena, word, n), *nearest;
	const char **words;
	size_t count = 0;

	while (options && options[count].name)
		count++;
	words = ARENA_ARRAY(arena, count + 2, const char *);
	for (size_t i = 0; i < count; i++)
		words[i] = option_word(&options[i], arena);
	words[count] = option_help.name;
	nearest = text_nearest(wrong, words);
	if (nearest)
		return fail(err, "no option '--%s'; did you mean '--%s'?", wrong,
			    nearest);
	return fail(err, "no option '--%s'", wrong);
}

static bool
number(const char **at, size_t *out)
{
	const char *p = *at;
	size_t value = 0;

	if (!isdigit((unsigned char)*p))
		return false;
	for (; isdigit((unsigned char)*p); p++)
		if (__builtin_mul_overflow(value, (size_t)10, &value) ||
		    __builtin_add_overflow(value, (size_t)(*p - '0'), &value))
			return false;
	*at = p;
	*out = value;
	return true;
}

bool
size_parse(const char *text, size_t *out, struct error *err)
{
	static const char units[] = "KMGT";
	const char *at = text, *unit;
	size_t value;

	if (!number(&at, &value))
		return fail(err, "'%s' is not a size: say 512M or 2G", text);
	unit = *at ? strchr(units, toupper((unsigned char)*at)) : NULL;
	if (unit) {
		const size_t factor = (size_t)1 << (10 * (unit - units + 1));

		if (__builtin_mul_overflow(value, factor, &value))
			return fail(err, "'%s' is more than this machine can count",
				    text);
		at++;
		if (at[0] == 'i' && at[1] == 'B')
			at++;
	}
	if (*at == 'B')
		at++;
	if (*at)
		return fail(err, "'%s' is not a size: say 512M or 2G", text);
	*out = value;
	return true;
}

static bool
choose(const struct option *option, const char *value, int *out, struct arena *arena,
       struct error *err)
{
	const char *known = "";

	for (int i = 0; option->choices[i]; i++) {
		if (!strcmp(option->choices[i], value)) {
			*out = i;
			return true;
		}
		known = arena_print(arena, "%s%s%s", known, i ? ", " : "",
				    option->choices[i]);
	}
	return fail(err, "'%s' is none of %s", value, known);
}

static bool
store(const struct option *option, void *fields, const char *value, struct arena *arena,
      struct error *err)
{
	void *field = (char *)fields + option->offset;
	const char *at = value;

	switch (option->kind) {
	case OPTION_KIND_FLAG:
		*(bool *)field = true;
		return true;
	case OPTION_KIND_TEXT:
		*(const char **)field = value;
		return true;
	case OPTION_KIND_LIST:
		names_add(field, value, arena);
		return true;
	case OPTION_KIND_SIZE:
		return size_parse(value, field, err);
	case OPTION_KIND_COUNT:
		if (!number(&at, field) || *at)
			return fail(err, "'%s' is not a whole number", value);
		return true;
	case OPTION_KIND_CHOICE:
		return choose(option, value, field, arena, err);
	}
	return true;
}

struct parse {
	const struct option *options;
	void *fields;
	size_t n, i;
	const char *const *words;
	bool *help;
	struct arena *arena;
};

/* value: what stands in the same word, or NULL: the next word, if one is wanted. */
static bool
take(struct parse *p, const struct option *option, const char *value, struct error *err)
{
	const char *word = option_word(option, p->arena);

	if (option == &option_help) {
		*p->help = true;
		return true;
	}
	if (!option->value && value)
		return fail(err, "'--%s' takes no value", word);
	if (option->value && !value) {
		if (p->i + 1 >= p->n)
			return fail(err, "'--%s' wants %s behind it", word,
				    option->value);
		value = p->words[++p->i];
	}
	if (!store(option, p->fields, value, p->arena, err))
		return fail_in(err, "--%s: ", word);
	return true;
}

static bool
long_one(struct parse *p, const char *word, struct error *err)
{
	const char *equal = strchr(word, '=');
	const size_t n = equal ? (size_t)(equal - word) : strlen(word);
	const struct option *option = find_word(p->options, word, n);

	if (!option)
		return unknown(p->options, word, n, p->arena, err);
	return take(p, option, equal ? equal + 1 : NULL, err);
}

static bool
letters(struct parse *p, const char *word, struct error *err)
{
	for (; *word; word++) {
		const struct option *option = find_letter(p->options, *word);

		if (!option)
			return fail(err, "no option '-%c'", *word);
		if (option->value)
			return take(p, option, word[1] ? word + 1 : NULL, err);
		if (!take(p, option, NULL, err))
			return false;
	}
	return true;
}

bool
options_parse(const struct option *options, void *fields, size_t n,
	      const char *const *words, struct names *args, bool *help,
	      struct arena *arena, struct error *err)
{
	struct parse p = { options, fields, n, 0, words, help, arena };

	*help = false;
	for (; p.i < n && !*help; p.i++) {
		const char *word = words[p.i];

		if (!strcmp(word, "--"))
			break;
		if (word[0] != '-' || !word[1])
			names_add(args, word, arena);
		else if (word[1] == '-' ? !long_one(&p, word + 2, err)
					: !letters(&p, word + 1, err))
			return false;
	}
	while (++p.i < n && !*help)
		names_add(args, words[p.i], arena);
	return true;
}
