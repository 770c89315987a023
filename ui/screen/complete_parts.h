/*
 * complete_parts.h - how candidates are gathered. Private to complete*.c.
 *
 * What is typed of a value falls into a head, which stays, and the fragment behind it that
 * a candidate stands for; whoever cuts a value up sets both before candidates are added.
 */
#ifndef SCREEN_COMPLETE_PARTS_H
#define SCREEN_COMPLETE_PARTS_H

#include "screen/complete.h"

struct maker {
	struct app *app;
	struct arena *arena;
	struct completion *out;
	const struct folder_list *files;
	const char *head;     /* of the value, before what is completed */
	const char *fragment; /* what is completed */
	bool is_raw;          /* goes into the line as it is, without quotes */
	size_t room;
};

/* If the fragment fits its label. item: what goes into the line behind the head. */
void candidate_add(struct maker *maker, struct candidate candidate, const char *item);

/* Columns of the table on view; accepts: of these types, 0: of all. spell: as the name
 * stands in the value. */
void candidate_columns(struct maker *maker, unsigned accepts,
		       const char *(*spell)(const char *name, struct arena *arena));
/* The most frequent values of a column, as far as they were counted. */
void candidate_values(struct maker *maker, const char *column,
		      const char *(*spell)(const char *name, struct arena *arena));

/* What this formula may go on with. */
void complete_formula(struct maker *maker, const char *value);

#endif
