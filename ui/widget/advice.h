/*
 * advice.h - what is odd in a column, and the step that would mend it.
 *
 * Made of the figures of a column alone; the step is an operator's word and what it is to
 * be told, so whoever shows an advice can do it. The gravest come first.
 */
#ifndef WIDGET_ADVICE_H
#define WIDGET_ADVICE_H

#include "base/arena.h"
#include "data/summary.h"

enum { ADVICE_MOST = 8, ADVICE_SETTINGS = 4 };

enum severity { SEVERITY_NOTE, SEVERITY_LOW, SEVERITY_MEDIUM, SEVERITY_HIGH };

struct advice {
	enum severity severity;
	const char *what; /* is odd: "91% missing" */
	const char *cure; /* "drop the column"; */
	const char *op;   /* the word of its operator */
	size_t n;
	const char *settings[ADVICE_SETTINGS]; /* as param_set() takes them */
};

struct op;

/* type: that the column has. Texts in the arena. Returns how many. */
size_t advice_of(const char *name, enum type type, const struct summary_result *found,
		 struct advice out[ADVICE_MOST], struct arena *arena);

/* What speaks against this operator on the column as it is: steps to go before it. */
size_t advice_before(const struct op *op, const char *name, enum type type,
		     const struct summary_result *found, struct advice out[ADVICE_MOST],
		     struct arena *arena);

extern const char *const severity_names[]; /* "note", "LOW", "MED", "HIGH" */

#endif
