/*
 * theme - one row an ink: its colour of 256 on dark and on light, of sixteen on both, and
 * the style that stands for it where there is no colour.
 *
 * Colours are numbers of the terminal's palette: 0 to 15 are the user's own, 16 to 231 a
 * cube of six steps, 232 to 255 greys. Texts keep 4.5:1 against their background,
 * figures 3:1 (WCAG 2.1, 1.4.3 and 1.4.11); tests/unit/test_theme.c computes it.
 */
#include "term/theme.h"

const char *const theme_names[] = { "auto", "dark", "light", "contrast", "mono", NULL };

enum {
	OWN = -1,

	/* Backgrounds, and the text on them. */
	DARK_BACK = 234,
	LIGHT_BACK = 231,
	BLACK = 16,
	WHITE = 231,

	BOLD = STYLE_BOLD,
	FAINT = STYLE_FAINT,
	UNDERLINE = STYLE_UNDERLINE,
};

struct shades {
	short dark, light;        /* of 256 */
	signed char night, day;   /* of sixteen, on the user's dark or light background */
	short contrast;           /* of 256, on black */
	uint8_t style, few, mono; /* always; with sixteen colours; with none */
};

static const struct shades inks[INK_COUNT] = {
	[INK_TEXT] = { 252, 235, OWN, OWN, WHITE, 0, 0, 0 },
	[INK_DIM] = { 246, 242, OWN, OWN, 250, 0, FAINT, FAINT },
	[INK_ACCENT] = { 80, 25, 6, 4, 226, BOLD, 0, BOLD },
	[INK_HEADER] = { 255, 232, OWN, OWN, WHITE, BOLD, 0, BOLD },
	[INK_RULE] = { 243, 245, OWN, OWN, 250, 0, FAINT, FAINT },
	[INK_OK] = { 78, 28, 2, 2, 46, 0, 0, 0 },
	[INK_WARN] = { 214, 94, 3, 3, 226, BOLD, 0, BOLD },
	[INK_ERR] = { 210, 124, 1, 1, 210, BOLD, 0, BOLD | UNDERLINE },
	[INK_INFO] = { 117, 25, 6, 4, 51, 0, 0, 0 },
	[INK_ADDED] = { 78, 28, 2, 2, 46, 0, 0, BOLD },
	[INK_REMOVED] = { 210, 124, 1, 1, 210, 0, 0, FAINT },
	[INK_CHANGED] = { 214, 94, 3, 3, 226, 0, UNDERLINE, UNDERLINE },
	[INK_NULL] = { 246, 242, OWN, OWN, 250, 0, FAINT, FAINT },
	[INK_INT] = { 117, 25, 6, 4, WHITE, 0, 0, 0 },
	[INK_FLOAT] = { 111, 25, 6, 4, WHITE, 0, 0, 0 },
	[INK_STRING] = { 151, 22, 2, 2, WHITE, 0, 0, 0 },
	[INK_CATEGORY] = { 183, 54, 5, 5, WHITE, 0, 0, 0 },
	[INK_DATE] = { 222, 94, 3, 3, WHITE, 0, 0, 0 },
	[INK_BOOL] = { 216, 130, 3, 1, WHITE, 0, 0, 0 },
	[INK_BAR] = { 74, 25, 6, 4, 51, 0, 0, 0 },

	/* Orange, sky, green, yellow, blue, vermillion, purple, grey: nearest of 256; on
	 * light their darker steps. */
	[INK_CAT1] = { 214, 130, 3, 3, 214, 0, 0, 0 },
	[INK_CAT1 + 1] = { 74, 31, 6, 6, 51, 0, 0, BOLD },
	[INK_CAT1 + 2] = { 36, 29, 2, 2, 46, 0, 0, FAINT },
	[INK_CAT1 + 3] = { 227, 94, 11, 3, 226, 0, BOLD, UNDERLINE },
	[INK_CAT1 + 4] = { 32, 25, 4, 4, 75, 0, 0, BOLD | UNDERLINE },
	[INK_CAT1 + 5] = { 166, 88, 1, 1, 210, 0, 0, FAINT | UNDERLINE },
	[INK_CAT1 + 6] = { 175, 54, 5, 5, 213, 0, 0, BOLD | FAINT },
	[INK_CAT1 + 7] = { 247, 240, OWN, OWN, 250, 0, FAINT, BOLD | FAINT | UNDERLINE },

	/* More is farther from the background. */
	[INK_SEQ0] = { 31, 68, 4, 6, 242, 0, FAINT, FAINT },
	[INK_SEQ0 + 1] = { 37, 32, 4, 6, 244, 0, 0, FAINT },
	[INK_SEQ0 + 2] = { 73, 31, 4, 6, 246, 0, 0, FAINT },
	[INK_SEQ0 + 3] = { 79, 26, 6, 6, 248, 0, 0, 0 },
	[INK_SEQ0 + 4] = { 115, 25, 6, 4, 250, 0, 0, 0 },
	[INK_SEQ0 + 5] = { 151, 20, 6, 4, 252, 0, BOLD, 0 },
	[INK_SEQ0 + 6] = { 187, 19, 7, 4, 254, 0, 0, BOLD },
	[INK_SEQ0 + 7] = { 230, 17, 15, 0, WHITE, 0, BOLD, BOLD },

	/* Blue, grey, orange: told apart by all. */
	[INK_DIV0] = { 39, 19, 4, 4, 39, 0, BOLD, BOLD | UNDERLINE },
	[INK_DIV0 + 1] = { 75, 25, 4, 4, 75, 0, 0, UNDERLINE },
	[INK_DIV0 + 2] = { 110, 31, 6, 6, 117, 0, 0, UNDERLINE },
	[INK_DIV0 + 3] = { 146, 67, 6, 6, 153, 0, FAINT, FAINT | UNDERLINE },
	[INK_DIV0 + 4] = { 246, 245, OWN, OWN, 250, 0, FAINT, FAINT },
	[INK_DIV0 + 5] = { 180, 137, 3, 3, 223, 0, FAINT, FAINT },
	[INK_DIV0 + 6] = { 215, 130, 3, 3, 215, 0, 0, 0 },
	[INK_DIV0 + 7] = { 208, 166, 1, 1, 208, 0, 0, BOLD },
	[INK_DIV0 + 8] = { 202, 124, 1, 1, 202, 0, BOLD, BOLD },
};

/* Charts of "auto": the user's sixteen are too few for them. */
static bool
is_figure(enum ink ink)
{
	return ink >= INK_CAT1;
}

static struct tint
of_256(const struct shades *s, enum theme theme, bool light)
{
	if (theme == THEME_CONTRAST)
		return (struct tint){ s->contrast, BLACK, s->style };
	return light ? (struct tint){ s->light, LIGHT_BACK, s->style }
		     : (struct tint){ s->dark, DARK_BACK, s->style };
}

/* Eight colours have no bright ones: bold stands for those. */
static struct tint
of_few(const struct shades *s, int colours, bool light)
{
	struct tint tint = { light ? s->day : s->night, OWN,
			     (uint8_t)(s->style | s->few) };

	if (tint.fg >= colours) {
		tint.fg -= 8;
		tint.style |= BOLD;
	}
	return tint;
}

struct tint
theme_tint(enum theme theme, int colours, bool light, enum ink ink)
{
	const struct shades *s = &inks[ink];
	struct tint tint;

	if (theme == THEME_MONO || colours < 8)
		return (struct tint){ OWN, OWN, s->mono };
	if (theme == THEME_DARK || theme == THEME_CONTRAST)
		light = false;
	if (theme == THEME_LIGHT)
		light = true;
	if (colours >= 256 && theme != THEME_AUTO)
		return of_256(s, theme, light);
	if (colours >= 256 && is_figure(ink)) {
		tint = of_256(s, theme, light);
		tint.bg = OWN;
		return tint;
	}
	tint = of_few(s, colours, light);
	if (theme != THEME_AUTO) {
		tint.bg = light ? 7 : 0;
		tint.fg = tint.fg != OWN ? tint.fg : light ? 0 : 7;
	}
	return tint;
}
