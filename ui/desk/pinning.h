/*
 * pinning.h - steps whose rows are kept (run/pins.h), and how each stands.
 *
 * A pin is a wish that lasts as long as the flow is open: the rows are made by a job, and
 * made again a moment after something above the step, or a file, has become another
 * thing. Until then runs make the rows themselves, as without a pin. Pins are no part of
 * the flow: a file that is saved knows nothing of them.
 *
 * One thread, the screen's, calls these; none waits.
 */
#ifndef DESK_PINNING_H
#define DESK_PINNING_H

#include "desk/wake.h"
#include "run/pins.h"

struct work;
struct pinning;

enum pin_state {
	PIN_MAKING, /* there are no rows yet */
	PIN_FINE,
	PIN_STALE, /* what there is is of another time: it is made again */
	PIN_FAILED,
};

enum { PIN_DELAY = 200 /* milliseconds after a change */ };

struct pin_standing {
	enum pin_state state;
	struct pin_facts facts; /* from PIN_FINE on; of old ones if stale */
	char problem[1024];     /* why there are none */
};

CHECKED bool pinning_new(const struct wake *wake, struct pins *pins, struct pinning **out,
			 struct error *err);
void pinning_free(struct pinning *pinning); /* NULL is fine; does not wait */

/* The rows of a node are kept, or are not any more: *is_kept. */
CHECKED bool pinning_turn(struct pinning *pinning, const struct work *work, size_t place,
			  bool *is_kept, struct error *err);
/* Look what is new: another version of the flow, or an answer. True: there was something.
 */
bool pinning_follow(struct pinning *pinning, const struct work *work);
/* Files may be others: look at them, too. */
void pinning_doubt(struct pinning *pinning);

/* No rows are made any more, but for another change. */
void pinning_stop(struct pinning *pinning);

/* NULL: the node has no pin. Until the next pinning_follow(). */
const struct pin_standing *pinning_at(const struct pinning *pinning, const char *node);

#endif
