/*
 * wake.h - how those who work in the background call the screen.
 *
 * The screen polls the descriptor; whoever has news for it wakes it, from any thread.
 * Then it asks all those whom it shows.
 */
#ifndef DESK_WAKE_H
#define DESK_WAKE_H

#include "base/error.h"

struct wake {
	int fd; /* an eventfd */
};

CHECKED bool wake_init(struct wake *wake, struct error *err);
void wake_release(struct wake *wake);
void wake_up(const struct wake *wake);
/* Nothing to poll for any more. */
void wake_clear(const struct wake *wake);

#endif
