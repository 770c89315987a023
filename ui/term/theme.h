/*
 * theme.h - which colour an ink is.
 *
 * Roles, never raw colours (surface.h). "auto" takes the terminal's own sixteen colours
 * and its background; dark and light know 256 and fall back to sixteen and eight;
 * contrast has few, strong ones; mono has none: what would be told by a colour alone is
 * told by a sign or a style as well. Categories are those of Okabe and Ito ("Color
 * Universal Design", 2008), told apart by the colour-blind.
 */
#ifndef TERM_THEME_H
#define TERM_THEME_H

#include "term/surface.h"

enum theme { THEME_AUTO, THEME_DARK, THEME_LIGHT, THEME_CONTRAST, THEME_MONO };

extern const char *const theme_names[]; /* up to NULL, in that order */

struct tint {
	int fg, bg;    /* of the terminal's palette; -1: its own */
	uint8_t style; /* STYLE_* beyond what is painted */
};

/* colours: that the terminal has (256, 16, 8, 0). light: its background, for auto. */
struct tint theme_tint(enum theme theme, int colours, bool light, enum ink ink);

#endif
