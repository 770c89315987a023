/*
 * owner.h - which process has a file in hand, as a line in a file that others read.
 *
 * A process is its number, its machine and the moment it began, so that another one which
 * got the same number later is not taken for it.
 */
#ifndef DESK_OWNER_H
#define DESK_OWNER_H

#include "base/text.h"

struct owner {
	long pid;
	unsigned long long began; /* as the kernel counts it; 0: not known */
	char host[65];
};

enum { OWNER_SIZE = 128 };

void owner_me(struct owner *owner);
/* "1234 567890 machine" */
void owner_print(const struct owner *owner, char out[OWNER_SIZE]);
bool owner_parse(struct text text, struct owner *out);
/* It was on this machine and has ended. Of another machine nothing is known: false. */
bool owner_is_gone(const struct owner *owner);

#endif
