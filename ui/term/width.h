/*
 * width.h - how many columns a character takes: a table of our own.
 *
 * East Asian wide and full-width characters and pictures take two, marks that stand on
 * others and characters that are not seen take none, all others one (Unicode Standard
 * Annex 11; what is ambiguous there is narrow).
 */
#ifndef TERM_WIDTH_H
#define TERM_WIDTH_H

#include <stdint.h>

int width_of(uint32_t code);

#endif
