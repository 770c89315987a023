/*
 * step_text.h - a node of a flow in words: what it does, its name, its settings.
 *
 * Words are as the flow has them, any bytes: who prints or draws them makes them safe.
 * All of it is in the arena that is passed, or in the flow.
 */
#ifndef WIDGET_STEP_TEXT_H
#define WIDGET_STEP_TEXT_H

#include "flow/flow.h"
#include "op/op.h"

/* What the node's operator is called; its bare name if nobody knows it. */
struct text step_title(const struct node *node);

/* In the arena, all of it. In a word or two, for a place on a screen: the name that a
 * person gave it; the file of a source or destination; else its title, with the number of
 * columns ("Drop column ×3").
 */
const char *step_name(const struct node *node, struct arena *arena);

/* What a run says of a step, with its name in place of its operator and number:
 * "filter_formula (c2a8db78): no column 'x'" is "Filter by formula: no column 'x'". */
const char *step_sentence(const struct flow *flow, const char *sentence,
			  struct arena *arena);

struct step_setting {
	const char *name, *label, *value;
	bool is_chosen; /* is not the preset */
};

struct step_settings {
	const struct op *op; /* NULL: nobody knows it, or not this choice */
	bool is_known;       /* its id is known */
	const char *problem; /* why its settings cannot be read; NULL: they can */
	size_t n;
	struct step_setting *at; /* used ones that have a value, in order of the table;
				  * of an unknown operator what stands at the top of its
				  * parameters */
};

void step_settings(const struct node *node, struct step_settings *out,
		   struct arena *arena);

#endif
