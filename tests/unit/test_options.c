/* Words of a command line land in their fields, or are refused by name. */
#include "cli/options.h"

#include <string.h>

#include "check.h"

static const char *const modes[] = { "auto", "bar", "none", NULL };

struct coat {
	bool warm, dry_clean;
	const char *colour;
	struct names buttons;
	size_t memory, pockets;
	int mode;
};

static const struct option options[] = {
	OPTION_FLAG(struct coat, warm, 'w', "keeps warm"),
	OPTION_FLAG(struct coat, dry_clean, 'd', "do not wash"),
	OPTION_TEXT(struct coat, colour, 'c', "COLOUR", "what it looks like"),
	OPTION_LIST(struct coat, buttons, 'b', "BUTTON", "one more"),
	OPTION_SIZE(struct coat, memory, 0, "what it remembers"),
	OPTION_COUNT(struct coat, pockets, 'p', "N", "how many"),
	OPTION_CHOICE(struct coat, mode, 0, "MODE", "how", modes),
	{ 0 },
};

/* Words are cut at blanks; what is found is printed as one line. */
static const struct {
	const char *words, *wanted;
} cases[] = {
	{ "", "" },
	{ "a b", " a b" },
	{ "-w a", "warm a" },
	{ "a --warm -d", "warm dry a" },
	{ "-wd", "warm dry" },
	{ "--dry-clean", "dry" },
	{ "--dry_clean", "no option '--dry_clean'; did you mean '--dry-clean'?" },
	{ "-c red", "colour=red" },
	{ "-cred -w", "warm colour=red" },
	{ "-wcred", "warm colour=red" },
	{ "--colour=red", "colour=red" },
	{ "--colour=", "colour=" },
	{ "--colour -w", "colour=-w" },
	{ "--colour red --colour blue", "colour=blue" },
	{ "--colour", "'--colour' wants COLOUR behind it" },
	{ "-c", "'--colour' wants COLOUR behind it" },
	{ "-b x -by --buttons=z", "x,y,z," },
	{ "--warm=yes", "'--warm' takes no value" },
	{ "--wram", "no option '--wram'; did you mean '--warm'?" },
	{ "--helm", "no option '--helm'; did you mean '--help'?" },
	{ "--nothing-like-it", "no option '--nothing-like-it'" },
	{ "-x", "no option '-x'" },
	{ "-wx", "no option '-x'" },
	{ "-", " -" },
	{ "-- -w --", " -w --" },
	{ "a -- b", " a b" },
	{ "--memory 512M", "memory=536870912" },
	{ "--memory 1k", "memory=1024" },
	{ "--memory 3GiB", "memory=3221225472" },
	{ "--memory 2TB", "memory=2199023255552" },
	{ "--memory 7", "memory=7" },
	{ "--memory 7B", "memory=7" },
	{ "--memory M", "--memory: 'M' is not a size: say 512M or 2G" },
	{ "--memory -1", "--memory: '-1' is not a size: say 512M or 2G" },
	{ "--memory 1.5G", "--memory: '1.5G' is not a size: say 512M or 2G" },
	{ "--memory 1Mi", "--memory: '1Mi' is not a size: say 512M or 2G" },
	{ "--memory 99999999999999999999",
	  "--memory: '99999999999999999999' is not a size: say 512M or 2G" },
	{ "--memory 99999999999T",
	  "--memory: '99999999999T' is more than this machine can count" },
	{ "--pockets 4", "pockets=4" },
	{ "-p4", "pockets=4" },
	{ "--pockets four", "--pockets: 'four' is not a whole number" },
	{ "--pockets 4x", "--pockets: '4x' is not a whole number" },
	{ "--pockets=", "--pockets: '' is not a whole number" },
	{ "--mode none", "mode=none" },
	{ "--mode maybe", "--mode: 'maybe' is none of auto, bar, none" },
	{ "--help", "help" },
	{ "-h --nonsense", "help" },
	{ "-w --help", "warm help" },
};

static const char *
described(const struct coat *coat, const struct names *args, bool help,
	  struct arena *arena)
{
	const char *text = arena_print(arena, "%s%s", coat->warm ? "warm " : "",
				       coat->dry_clean ? "dry " : "");

	if (coat->colour)
		text = arena_print(arena, "%scolour=%s ", text, coat->colour);
	for (size_t i = 0; i < coat->buttons.n; i++)
		text = arena_print(arena, "%s%s,", text, coat->buttons.at[i]);
	if (coat->memory)
		text = arena_print(arena, "%smemory=%zu ", text, coat->memory);
	if (coat->pockets)
		text = arena_print(arena, "%spockets=%zu ", text, coat->pockets);
	if (coat->mode)
		text = arena_print(arena, "%smode=%s ", text, modes[coat->mode]);
	if (help)
		text = arena_print(arena, "%shelp ", text);
	if (*text && text[strlen(text) - 1] == ' ')
		text = arena_text_n(arena, text, strlen(text) - 1);
	for (size_t i = 0; i < args->n; i++)
		text = arena_print(arena, "%s %s", text, args->at[i]);
	return text;
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena arena = { 0 };
		struct error err = { 0 };
		struct coat coat = { 0 };
		struct names words = { 0 }, args = { 0 };
		struct text rest = text_of(cases[i].words);
		bool help;

		while (rest.size) {
			const struct text word = text_cut(&rest, ' ');

			names_add(&words, arena_text_n(&arena, word.data, word.size),
				  &arena);
		}
		if (options_parse(options, &coat, words.n, words.at, &args, &help, &arena,
				  &err))
			CHECK_TEXT(described(&coat, &args, help, &arena),
				   cases[i].wanted);
		else
			CHECK_TEXT(err.text, cases[i].wanted);
		arena_release(&arena);
	}
	return check_report();
}
