/*
 * options.h - what a command can be told with dashes, declared once.
 *
 * A row binds a long option, and its short twin, to a field of the command's struct.
 * The option is the field's name with '-' for '_'. Parsing, --help, the manual and
 * completion all read these rows. Fields by kind:
 *
 *	flag	bool
 *	text	const char *	NULL if not given
 *	list	struct names	each time it is given, one more
 *	size	size_t		bytes: 4096, 512K, 2G
 *	count	size_t		a whole number
 *	choice	int		index into choices; 0 if not given
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/names.h"

enum option_kind {
	OPTION_KIND_FLAG,
	OPTION_KIND_TEXT,
	OPTION_KIND_LIST,
	OPTION_KIND_SIZE,
	OPTION_KIND_COUNT,
	OPTION_KIND_CHOICE,
};

struct option {
	const char *name;  /* of the field */
	char letter;       /* short twin; 0: none */
	const char *value; /* how help calls what follows: "FILE", "N"; NULL: a flag */
	const char *help;  /* one line */
	enum option_kind kind;
	size_t offset;              /* of the field it fills */
	const char *const *choices; /* choice: its words, up to NULL */
};

/* Rows of a table. A field of the wrong C type does not compile. */
#define OPTION_FLAG(S, f, l, h) OPTION_ROW(OPTION_KIND_FLAG, bool, S, f, l, NULL, h, NULL)
#define OPTION_TEXT(S, f, l, v, h) \
	OPTION_ROW(OPTION_KIND_TEXT, const char *, S, f, l, v, h, NULL)
#define OPTION_LIST(S, f, l, v, h) \
	OPTION_ROW(OPTION_KIND_LIST, struct names, S, f, l, v, h, NULL)
#define OPTION_SIZE(S, f, l, h) \
	OPTION_ROW(OPTION_KIND_SIZE, size_t, S, f, l, "SIZE", h, NULL)
#define OPTION_COUNT(S, f, l, v, h) \
	OPTION_ROW(OPTION_KIND_COUNT, size_t, S, f, l, v, h, NULL)
#define OPTION_CHOICE(S, f, l, v, h, c) \
	OPTION_ROW(OPTION_KIND_CHOICE, int, S, f, l, v, h, c)

#define OPTION_ROW(K, C, S, f, l, v, h, c)                                           \
	{                                                                            \
		.name = #f, .letter = l, .value = v, .help = h, .kind = K,           \
		.offset = offsetof(S, f) + 0 * sizeof(_Generic(((S *)0)->f, C : 1)), \
		.choices = c                                                         \
	}

/* -h, --help: the row that every command has. */
extern const struct option option_help;

/* The word of the command line, without dashes. */
const char *option_word(const struct option *option, struct arena *arena);

/*
 * Sort words into fields and args: options may stand anywhere, "--" ends them, "-" is
 * an argument; values follow as --name=value, --name value, -nvalue or -n value; flags
 * with one letter may share a dash. *help: was it asked for? Then nothing else counts.
 */
CHECKED bool options_parse(const struct option *options, void *fields, size_t n,
			   const char *const *words, struct names *args, bool *help,
			   struct arena *arena, struct error *err);

/* "512M": digits, then K, M, G or T (powers of 1024), then perhaps B or iB. */
CHECKED bool size_parse(const char *text, size_t *out, struct error *err);

#endif
