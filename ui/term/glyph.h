/*
 * glyph.h - characters for terminals that do not have all of them.
 *
 * What is drawn is Unicode. A terminal that lacks some gets others that are as wide and
 * look alike: the Linux console has the box, shades and half blocks of code page 437, a
 * terminal without UTF-8 has ASCII.
 */
#ifndef TERM_GLYPH_H
#define TERM_GLYPH_H

#include <stdint.h>

enum tier { TIER_ASCII, TIER_CONSOLE, TIER_UNICODE };

uint32_t glyph_for(enum tier tier, uint32_t code);

#endif
