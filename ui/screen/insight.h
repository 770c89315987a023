/*
 * insight.h - what is odd in the columns of a table, gathered from its profile.
 */
#ifndef SCREEN_INSIGHT_H
#define SCREEN_INSIGHT_H

#include "screen/data.h"
#include "widget/advice.h"

enum { INSIGHT_TYPES = 7 };
extern const char *const insight_types[INSIGHT_TYPES]; /* words of figure_type() */

enum section { SECTION_WARNINGS, SECTION_MISSING, SECTION_COLUMNS, SECTION_COUNT };

/* A line of a section. */
struct item {
	size_t place;     /* of its column */
	uint64_t missing; /* values of it */
	struct advice advice;
};

struct insight {
	struct arena arena;
	const struct sheet *sheet;     /* that all this is about, */
	unsigned generation, profiled; /* and what of it was known */
	size_t n[SECTION_COUNT], at[SECTION_COUNT], top[SECTION_COUNT];
	struct item *items[SECTION_COUNT];
	enum section section;
	struct pane pane; /* where its lines were drawn */
	uint64_t cells, missing;
	size_t types[INSIGHT_TYPES]; /* columns of each */
};

/* What there is by now; false: nothing yet. */
bool insight_look(struct app *app, struct insight *insight);

/* "19,998 rows · 32 cols · 16 int 1 flt 12 cat" */
void insight_counts(const struct insight *insight, const struct grid_view *view,
		    char *out, size_t size);

/* What E writes (insight_export.c). */
extern const struct exports insight_exports;

#endif
