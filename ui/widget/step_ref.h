/*
 * step_ref.h - which step of a flow is meant, in a word that holds in a copy of the flow
 * too, where ids are others.
 *
 * Steps have the numbers that the rail shows, from 1 at the top; "5.2" is the second
 * analysis of step 5. A person may also say a step's name, its title ("Drop missing") if
 * one alone has it, or its id.
 */
#ifndef WIDGET_STEP_REF_H
#define WIDGET_STEP_REF_H

#include "flow/flow.h"

/* By place, from 1; 0: an analysis has none. n: how many there are. In the arena. */
size_t *step_numbers(const struct flow *flow, size_t *n, struct arena *arena);

/* "5". In the arena. */
const char *step_ref(const struct flow *flow, size_t place, struct arena *arena);

/* FLOW_NONE with a sentence if there is no such step, or more than one. */
size_t step_find(const struct flow *flow, const char *ref, struct error *err);

#endif
