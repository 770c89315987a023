/*
 * labels.h - the different texts of a column, numbered by how often they occur.
 *
 * Most frequent first, ties in ascending order of bytes (Spark's StringIndexer,
 * frequencyDesc). Numbers count by their text, as Spark casts them: 0 is "0", 1.0 is
 * "1.0". Null is no label, nor is NaN in a column of numbers.
 */
#ifndef OP_LABELS_H
#define OP_LABELS_H

#include "data/frequency.h"
#include "op/model.h"
#include "op/op.h"

struct labels {
	struct texts list;
	bool provisional; /* stored under an old hash: perhaps for other data */
	bool stored;      /* all of them came with the flow */
	size_t n_slots;   /* a power of 2; places into list + 1, 0: free */
	uint32_t *slots;
};

enum { LABEL_NONE = -1 }; /* null, or a text that is no label */

/* The list is borrowed from the arena's lifetime. */
void labels_index(struct labels *labels, const struct texts *list, struct arena *arena);
int32_t labels_find(const struct labels *labels, struct text text);

/* The text by which a column's values count; null where there is none. */
CHECKED bool labels_text(const struct column *column, struct column **out,
			 struct error *err);

/* The number of each row's label, of what labels_text() gave. codes: room for
 * column->rows. */
CHECKED bool labels_codes(const struct labels *labels, const struct column *column,
			  int32_t *codes, struct error *err);

/* The labels of what was counted; blank_is_null: "" is none. Provisional labels come
 * first, in their order; what they lack follows. */
CHECKED bool labels_settle(struct labels *labels, const struct frequency *frequency,
			   bool blank_is_null, struct arena *arena, struct error *err);

/* The sentence for a value that is no label, where that is an error. False. */
bool labels_refuse(const char *column, const struct column *values, size_t row,
		   struct error *err);

/* "string_indexer_model" of a trained object. */
bool labels_lack(const void *fields,
		 const void *labels); /* hook: are they provisional? */
CHECKED bool labels_recall(const struct json *trained, struct labels *labels,
			   bool *usable, struct arena *arena);

/* hook: "5 labels: A, B, C …", the most frequent ones first */
const char *labels_tell(const void *labels, struct arena *arena);

/* input, output: columns as the product names them when it indexes. */
struct indexed {
	const char *input, *output, *invalid;
};
const struct json *labels_record(const struct json *object, const struct labels *labels,
				 const struct indexed *as, struct arena *arena);

#endif
