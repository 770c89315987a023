/*
 * background.h - is the terminal's background light? By what the environment says, or by
 * what the terminal answers.
 */
#ifndef TERM_BACKGROUND_H
#define TERM_BACKGROUND_H

#include <stdbool.h>

#include "base/text.h"

/* The question (OSC 11), and one that every terminal answers (DA1): when that comes there
 * will be no other. */
extern const char background_question[];

/* "15;0", the value of COLORFGBG; false: it says nothing. */
bool background_of_variable(const char *value, bool *is_light);

/* Bytes that came: the answer, if it is among them. */
bool background_of_answer(struct text bytes, bool *is_light);
/* Has the terminal answered all that it will? */
bool background_is_answered(struct text bytes);

#endif
