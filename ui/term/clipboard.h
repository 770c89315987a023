/*
 * clipboard.h - the sequence that puts a text into the clipboard of a terminal (OSC 52 of
 * XTerm Control Sequences).
 */
#ifndef TERM_CLIPBOARD_H
#define TERM_CLIPBOARD_H

#include "base/arena.h"
#include "base/text.h"

const char *clipboard_sequence(struct text text, struct arena *arena);

#endif
