/*
 * keys.h - bytes from a terminal become events.
 *
 * The decoder knows UTF-8, the sequences of the terminal at hand (keys_learn() takes them
 * from terminfo), those that xterm and its kin send whatever terminfo says, the mouse in
 * SGR and X10 form, bracketed paste, and focus. A sequence that nobody knows is swallowed
 * whole: it must not become text. It is fed with any pieces of the stream and reads no
 * file; a lone ESC is an Escape key when nothing follows within KEYS_WAIT milliseconds.
 * "Esc 1" is F1, "Esc 0" is F10, "Esc x" is Alt-x.
 */
#ifndef TERM_KEYS_H
#define TERM_KEYS_H

#include "term/event.h"

enum { KEYS_WAIT = 25 };

struct keys;

struct keys *keys_new(void);
void keys_free(struct keys *keys);

/* The terminal at hand sends these bytes for the key. */
void keys_learn(struct keys *keys, const char *bytes, struct press press);

/* More bytes have come. now: milliseconds, of any clock that does not go back. */
void keys_feed(struct keys *keys, const char *bytes, size_t n, int64_t now);

/* The next event that is whole, by now; false: there is none yet. What was pasted is
 * there until the next call of this or of keys_feed(); more than 64 MB come in pieces. */
bool keys_next(struct keys *keys, int64_t now, struct event *out);

/* When keys_next() has none: milliseconds until what has come is an event even if nothing
 * more comes; -1: nothing waits. */
int keys_wait(const struct keys *keys, int64_t now);

#endif
