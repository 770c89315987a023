/* pins_parts.h - what pins.c and pins_make.c share. Private. */
#ifndef RUN_PINS_PARTS_H
#define RUN_PINS_PARTS_H

#include "run/pins.h"

/* The rows of a node. Read-only once it is among the pins. */
struct pin {
	struct pin *next;
	atomic_int refs;
	struct arena arena;
	const char *node;
	/* What it is made of, by the flow as it was, and with what was learned for it. */
	const char *recipe, *taught;
	const char
		*key; /* what is below it goes by: rows of code are those of this pin */
	struct schema schema;
	struct table table;
	struct run_report report; /* of the run that made it */
	struct pin_facts facts;
};

void pin_drop(struct pin *pin); /* NULL is fine */

/* What the node is made of now. NULL: that cannot be told. In the arena. */
struct pin_recipe {
	const char *recipe, *files;
	bool is_steady;
};

CHECKED bool pin_recipe_of(struct flow *flow, const char *node,
			   const struct run_options *options, struct pin_recipe *out,
			   struct arena *arena, struct error *err);

/* Bytes that one more pin of this node may take in memory. */
size_t pins_room(struct pins *pins, const char *node);
/* Among the pins, in place of that of its node. It is theirs. False: nobody wants it any
 * more, and it is gone. Who cancels first and drops the node's rows then leaves none. */
bool pins_add(struct pins *pins, struct pin *pin, const atomic_bool *cancel);

#endif
