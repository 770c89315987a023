/* Texts can be read on their backgrounds, figures be told apart, and nothing is told by a
 * colour alone. */
#include <math.h>

#include "check.h"
#include "term/theme.h"

/* Of the cube of six steps and the greys, which no user changes. */
static void
rgb_of(int colour, double out[3])
{
	static const int steps[] = { 0, 95, 135, 175, 215, 255 };
	const int at = colour - 16;

	for (int i = 0; i < 3; i++)
		out[i] = colour >= 232 ? 8 + 10 * (colour - 232)
			 : i == 0      ? steps[at / 36]
			 : i == 1      ? steps[at / 6 % 6]
				       : steps[at % 6];
}

/* Relative luminance, WCAG 2.1. */
static double
luminance(int colour)
{
	static const double weights[] = { 0.2126, 0.7152, 0.0722 };
	double rgb[3], sum = 0;

	rgb_of(colour, rgb);
	for (int i = 0; i < 3; i++) {
		const double c = rgb[i] / 255;

		sum += weights[i] *
		       (c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
	}
	return sum;
}

static double
contrast(int a, int b)
{
	const double x = luminance(a) + 0.05, y = luminance(b) + 0.05;

	return x > y ? x / y : y / x;
}

static bool
is_figure(enum ink ink)
{
	return ink >= INK_BAR || ink == INK_RULE;
}

static void
check_contrast(enum theme theme)
{
	for (int ink = 0; ink < INK_COUNT; ink++) {
		const struct tint tint = theme_tint(theme, 256, false, (enum ink)ink);
		const double found = contrast(tint.fg, tint.bg);
		const double wanted = is_figure((enum ink)ink) ? 3 : 4.5;

		CHECK(tint.fg >= 16 && tint.bg >= 16);
		if (found < wanted)
			printf("%s, ink %d: %.2f\n", theme_names[theme], ink, found);
		CHECK(found >= wanted);
	}
}

/* "auto" keeps the user's background, and their colours for all but figures. */
static void
check_auto(void)
{
	for (int light = 0; light < 2; light++)
		for (int ink = 0; ink < INK_COUNT; ink++) {
			const struct tint tint =
				theme_tint(THEME_AUTO, 256, light, (enum ink)ink);

			CHECK(tint.bg == -1);
			CHECK(tint.fg < 16 || ink >= INK_CAT1);
			if (tint.fg >= 16)
				CHECK(contrast(tint.fg, light ? 231 : 16) >= 3);
		}
}

static void
check_few(int colours)
{
	for (int theme = 0; theme_names[theme]; theme++)
		for (int ink = 0; ink < INK_COUNT; ink++)
			for (int light = 0; light < 2; light++) {
				const struct tint tint = theme_tint(
					(enum theme)theme, colours, light, (enum ink)ink);

				CHECK(tint.fg < colours && tint.bg < colours);
				CHECK(tint.fg == -1 || tint.fg != tint.bg);
			}
}

static bool
differ(enum theme theme, int colours, enum ink a, enum ink b)
{
	const struct tint x = theme_tint(theme, colours, false, a);
	const struct tint y = theme_tint(theme, colours, false, b);

	return x.fg != y.fg || x.style != y.style;
}

/* Where there is no colour a style says it; neighbours in a chart differ. */
static void
check_told_apart(enum theme theme, int colours)
{
	static const enum ink from_text[] = { INK_DIM,     INK_ACCENT,  INK_HEADER,
					      INK_WARN,    INK_ERR,     INK_ADDED,
					      INK_REMOVED, INK_CHANGED, INK_NULL };

	for (size_t i = 0; i < COUNT(from_text); i++)
		CHECK(differ(theme, colours, INK_TEXT, from_text[i]));
	CHECK(differ(theme, colours, INK_ADDED, INK_REMOVED));
	CHECK(differ(theme, colours, INK_ADDED, INK_CHANGED));
	CHECK(differ(theme, colours, INK_REMOVED, INK_CHANGED));
	CHECK(differ(theme, colours, INK_WARN, INK_ERR));
	for (int i = 0; i < 8; i++)
		for (int j = 0; j < i; j++)
			CHECK(differ(theme, colours, INK_CAT1 + i, INK_CAT1 + j));
	CHECK(differ(theme, colours, INK_SEQ0, INK_SEQ0 + 7));
	CHECK(differ(theme, colours, INK_DIV0, INK_DIV0 + 8));
	CHECK(differ(theme, colours, INK_DIV0, INK_DIV0 + 4));
}

/* More is farther from the background, step by step. */
static void
check_steps(enum theme theme)
{
	for (int i = 1; i < 8; i++) {
		const struct tint low = theme_tint(theme, 256, false, INK_SEQ0 + i - 1);
		const struct tint high = theme_tint(theme, 256, false, INK_SEQ0 + i);

		CHECK(contrast(high.fg, high.bg) > contrast(low.fg, low.bg));
	}
}

int
main(void)
{
	static const int counts[] = { 0, 8, 16, 256 };

	for (enum theme theme = THEME_DARK; theme <= THEME_CONTRAST; theme++) {
		check_contrast(theme);
		check_steps(theme);
	}
	check_auto();
	check_few(8);
	check_few(16);
	for (int theme = 0; theme_names[theme]; theme++)
		for (size_t i = 0; i < COUNT(counts); i++)
			check_told_apart((enum theme)theme, counts[i]);
	for (int ink = 0; ink < INK_COUNT; ink++) {
		const struct tint tint = theme_tint(THEME_MONO, 256, true, (enum ink)ink);

		/* Reverse is a selection, in every theme. */
		CHECK(tint.fg == -1 && tint.bg == -1 && !(tint.style & STYLE_REVERSE));
	}
	return check_report();
}
