/*
 * title.h - the sequence that gives a terminal's window a name.
 *
 * The name may be any text: it is made clean (clean.h), cut where windows would cut it,
 * and spelt with what the terminal can show.
 */
#ifndef TERM_TITLE_H
#define TERM_TITLE_H

#include "base/arena.h"
#include "base/text.h"
#include "term/glyph.h"

/* Between what begins and ends a title there. In the arena. */
const char *title_sequence(const char *begin, const char *end, enum tier tier,
			   struct text title, struct arena *arena);

#endif
