/* Every character of the screens has another of the same width everywhere. */
#include "check.h"
#include "term/glyph.h"
#include "term/width.h"

/* Those that are drawn; more may be. */
static const char drawn[] =
	"\u00b1\u00b5\u00b7\u00d7\u0192\u03bb\u03c3\u2013\u2014\u2022"
	"\u2026\u203a\u203c\u207f"
	"\u2190\u2191\u2192\u2193\u21bb\u21e5\u2205\u2212\u2219\u221e"
	"\u2248\u2260\u2264\u2265"
	"\u2298\u2299\u2302\u230a\u230b\u23ce\u2400\u2409\u240a\u241b\u2500"
	"\u2501\u2502\u2503\u2514"
	"\u251c\u2524\u252c\u253c\u254d\u256d\u256e\u256f\u2570\u2574"
	"\u2576\u2580\u2581\u2582"
	"\u2583\u2584\u2585\u2586\u2587\u2588\u2589\u258a\u258b\u258c"
	"\u258d\u258e\u258f\u2590"
	"\u2591\u2592\u2593\u25a0\u25a3\u25a4\u25b6\u25b8\u25be\u25c0"
	"\u25c6\u25cb\u25cc\u25cf"
	"\u25d0\u2605\u26a0\u2713\u2717\u27ea\u27eb\u2801\u28ff";

/* Code page 437, which fonts of the console have. */
static const char console[] = "\u00c7\u00fc\u00e9\u00e2\u00e4\u00e0\u00e5\u00e7\u00ea"
			      "\u00eb\u00e8\u00ef\u00ee\u00ec"
			      "\u00c4\u00c5\u00c9\u00e6\u00c6\u00f4\u00f6\u00f2\u00fb"
			      "\u00f9\u00ff\u00d6\u00dc\u00a2"
			      "\u00a3\u00a5\u20a7\u0192\u00e1\u00ed\u00f3\u00fa\u00f1"
			      "\u00d1\u00aa\u00ba\u00bf\u2310"
			      "\u00ac\u00bd\u00bc\u00a1\u00ab\u00bb\u2591\u2592\u2593"
			      "\u2502\u2524\u2561\u2562\u2556"
			      "\u2555\u2563\u2551\u2557\u255d\u255c\u255b\u2510\u2514"
			      "\u2534\u252c\u251c\u2500\u253c"
			      "\u255e\u255f\u255a\u2554\u2569\u2566\u2560\u2550\u256c"
			      "\u2567\u2568\u2564\u2565\u2559"
			      "\u2558\u2552\u2553\u256b\u256a\u2518\u250c\u2588\u2584"
			      "\u258c\u2590\u2580\u03b1\u00df"
			      "\u0393\u03c0\u03a3\u03c3\u00b5\u03c4\u03a6\u0398\u03a9"
			      "\u03b4\u221e\u03c6\u03b5\u2229"
			      "\u2261\u00b1\u2265\u2264\u2320\u2321\u00f7\u2248\u00b0"
			      "\u2219\u00b7\u221a\u207f\u00b2"
			      "\u25a0\u263a\u263b\u2665\u2666\u2663\u2660\u2022\u25d8"
			      "\u25cb\u25d9\u2642\u2640\u266a"
			      "\u266b\u263c\u25ba\u25c4\u2195\u203c\u00b6\u00a7\u25ac"
			      "\u21a8\u2191\u2193\u2192\u2190"
			      "\u221f\u2194\u25b2\u25bc\u2302\u00f8\u00d8";

static bool
is_on_console(uint32_t code)
{
	const struct text all = text_of(console);
	size_t at = 0;

	if (code < 0x7f)
		return true;
	while (at < all.size)
		if (text_next(all, &at) == code)
			return true;
	return false;
}

static void
check_drawn(void)
{
	const struct text all = text_of(drawn);
	size_t at = 0;

	while (at < all.size) {
		const uint32_t code = text_next(all, &at);
		const uint32_t ascii = glyph_for(TIER_ASCII, code);
		const uint32_t other = glyph_for(TIER_CONSOLE, code);

		CHECK(glyph_for(TIER_UNICODE, code) == code);
		CHECK(ascii > ' ' && ascii < 0x7f && ascii != '?');
		if (!is_on_console(other))
			printf("U+%04X: U+%04X is not on the console\n", (unsigned)code,
			       (unsigned)other);
		CHECK(is_on_console(other) && other != '?');
		CHECK(width_of(other) == width_of(code));
	}
}

/* Bars stay bars: fuller ones never look emptier. */
static void
check_bars(void)
{
	static const char ink_ascii[] = " '._-:\"|o%#";
	int last_ascii = -1;

	for (uint32_t code = 0x2581; code <= 0x2588; code++) {
		const char *at = strchr(ink_ascii, (int)glyph_for(TIER_ASCII, code));

		CHECK(at && at - ink_ascii >= last_ascii - 1);
		last_ascii = at ? (int)(at - ink_ascii) : last_ascii;
	}
	CHECK(glyph_for(TIER_ASCII, 0x2800) == ' ' &&
	      glyph_for(TIER_ASCII, 0x28ff) == '#');
	CHECK(glyph_for(TIER_CONSOLE, 0x2800) == ' ' &&
	      glyph_for(TIER_CONSOLE, 0x28ff) == 0x2588);
}

int
main(void)
{
	check_drawn();
	check_bars();
	for (uint32_t code = 0x20; code < 0x7f; code++)
		CHECK(glyph_for(TIER_ASCII, code) == code);
	for (uint32_t code = 0x80; code < 0x10ffff; code += 11)
		CHECK(glyph_for(TIER_ASCII, code) >= ' ' &&
		      glyph_for(TIER_ASCII, code) < 0x7f);
	/* Letters are for the font to show. */
	CHECK(glyph_for(TIER_CONSOLE, 0xe9) == 0xe9 &&
	      glyph_for(TIER_ASCII, 0xe9) == '?');
	return check_report();
}
