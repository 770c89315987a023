/*
 * tty_report - one row a fact.
 */
#include "term/tty_report.h"

#include <stdio.h>

#include "term/clean.h"

struct rows {
	struct tty_row *at;
	size_t n;
	struct arena *arena;
};

static void
add(struct rows *rows, const char *name, bool is_on, const char *detail)
{
	rows->at[rows->n++] = (struct tty_row){ name, is_on ? "on" : "off", detail };
}

static const char *
colours(const struct tty_facts *facts, struct arena *arena)
{
	if (facts->no_color)
		return "NO_COLOR is set: bold, faint and underlined instead";
	if (!facts->colours)
		return "none: bold, faint and underlined instead";
	return arena_print(arena, "%d%s", facts->colours,
			   facts->light ? ", on a light background" : "");
}

static const char *
characters(const struct tty_facts *facts)
{
	static const char *const texts[] = {
		[TIER_ASCII] = "ASCII only; LANG=C.UTF-8 has lines, bars and all letters",
		[TIER_CONSOLE] = "those of the Linux console: lines and blocks",
		[TIER_UNICODE] = "Unicode: lines, bars of eighths, dots",
	};

	return texts[facts->tier];
}

/* Drawn as the terminal can; its parts are as wide as in the other line. */
static const char *
ruler(enum tier tier, const char *text, struct arena *arena)
{
	const struct text all = text_of(text);
	char *out = arena_alloc(arena, 4 * strlen(text) + 1);
	struct seen seen;
	size_t at = 0, n = 0;

	while (clean_next(all, &at, &seen)) {
		const uint32_t code = glyph_for(tier, seen.code[0]);

		n += text_put(code, out + n);
		if (tier == TIER_UNICODE && seen.code[1])
			n += text_put(seen.code[1], out + n);
		if (seen.width == 2 && code < 0x80)
			out[n++] = ' ';
	}
	return out;
}

static void
rulers(struct rows *rows, enum tier tier)
{
	add(rows, "ruler", true,
	    ruler(tier,
		  "\u258f\u258e\u258d\u258c\u2588 \u2581\u2583\u2585\u2587 \u28c0\u28ff "
		  "\u4e2d\u6587 e\u0301 \U0001f600 \u2713\u2717 \u2502",
		  rows->arena));
	add(rows, "under it", true,
	    ruler(tier, "12345 1234 12 1234 1 12 12 \u2502", rows->arena));
}

size_t
tty_report(const struct tty_facts *facts, const char *problem, int rows, int columns,
	   struct tty_row out[TTY_ROWS], struct arena *arena)
{
	struct rows all = { out, 0, arena };

	add(&all, "screen", rows > 0,
	    rows > 0 ? arena_print(arena, "%d columns, %d rows", columns, rows)
		     : "standard output is no terminal");
	add(&all, "TERM", !problem, problem ? problem : facts->name);
	add(&all, "colours", facts->colours > 0, colours(facts, arena));
	add(&all, "characters", facts->utf8, characters(facts));
	add(&all, "mouse", facts->mouse,
	    facts->mouse ? "clicks, wheel, dragging; Shift leaves them to the terminal"
			 : "the terminal reports none");
	add(&all, "paste", facts->mouse,
	    facts->mouse
		    ? "a paste is told from typing; copying goes through the terminal"
		    : "a paste is as if typed; nothing can be copied out");
	add(&all, "linear", facts->linear,
	    facts->linear ? "lines are said, nothing is drawn"
			  : "LARIAT_LINEAR=1 says lines, for screen readers and braille");
	rulers(&all, facts->tier);
	return all.n;
}

const char *
tty_report_text(const struct tty_facts *facts, int rows, int columns, struct arena *arena)
{
	struct tty_row all[TTY_ROWS];
	const size_t n = tty_report(facts, NULL, rows, columns, all, arena);
	const char *text = "";

	for (size_t i = 0; i < n; i++)
		text = arena_print(arena, "%s%-12s%-5s%s\n", text, all[i].name,
				   all[i].state, all[i].detail);
	return arena_print(
		arena,
		"%s\nThe ends of the ruler stand below each other where the "
		"terminal's characters are as\nwide as they should be; if not, "
		"another font may help, or --ascii.\n",
		text);
}
