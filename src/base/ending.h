/*
 * ending.h - the ending of a file's name, and what it says of the file.
 *
 * Who writes files of several kinds has a list of endings, up to one without a text. Upper
 * and lower case are one.
 */
#ifndef BASE_ENDING_H
#define BASE_ENDING_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

struct ending {
	const char *text; /* ".svg" */
	const char *what; /* "a picture": what such a file holds */
};

/* Does the path end so, with something before it? */
bool ending_fits(const char *path, const char *text);

/* The first of the list that fits; NULL: none does. */
const struct ending *ending_of(const struct ending *list, const char *path);

/* From the last dot of its name on; "" if there is none but in front. Within the path. */
const char *ending_in(const char *path);

/* ".svg, .txt or .csv" */
const char *ending_print(const struct ending *list, struct arena *arena);

/* Both lists in one, without what the first one has already. In the arena. */
const struct ending *ending_join(const struct ending *first, const struct ending *second,
				 struct arena *arena);

/* The one that fits; NULL: a sentence with all there are. what: "a chart". */
CHECKED const struct ending *ending_need(const struct ending *list, const char *path,
					 const char *what, struct error *err);

#endif
