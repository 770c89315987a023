/*
 * sequence.h - what the escape sequences of terminals mean.
 *
 * A sequence is taken apart by keys.c; here its parts become a key or what the mouse did.
 * Known are those of xterm with modifiers ("Program Function Keys" and "Alt and Meta
 * Keys" of XTerm Control Sequences), VT220, the Linux console, rxvt and kitty.
 */
#ifndef TERM_SEQUENCE_H
#define TERM_SEQUENCE_H

#include "term/event.h"

enum { SEQUENCE_PARAMS = 4, SEQUENCE_MOST = 99999 };

struct sequence {
	char mark;  /* '<', '=', '>', '?' in front of the numbers; 0: none */
	char final; /* what it ends with */
	int n;      /* numbers that there were; those beyond the first few are not kept */
	int params[SEQUENCE_PARAMS]; /* 0 for one that was left out */
	int kind; /* behind a colon in the second one: 1 press, 2 repeat, 3 release */
};

/* The key of CSI or SS3 with these parts; false: nobody knows it. */
bool sequence_csi(const struct sequence *sequence, struct press *out);
bool sequence_ss3(char final, unsigned mods, struct press *out);

/* Where the mouse is in what it does. */
struct pointer {
	int held; /* the button that is down; 0: none */
	int button, row, column, clicks;
	int64_t since; /* of the last press */
};

/* The mouse as terminals report it, places from 0; false: nothing that anybody asked
 * for. */
bool pointer_moved(struct pointer *pointer, unsigned code, int row, int column,
		   bool is_release, int64_t now, struct mouse *out);

#endif
