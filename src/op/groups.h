/*
 * groups.h - rows that have the same keys, numbered.
 *
 * Numbers begin at 0, in the order in which groups are met. A null is a key like others,
 * and so is NaN; keys are compared by hashes of 128 bits. A group knows where its first
 * row stands, whatever the order in which rows come. Memory is counted.
 */
#ifndef OP_GROUPS_H
#define OP_GROUPS_H

#include "data/batch.h"
#include "op/place.h"

struct groups;

/* n columns of these types; none: all rows are one group, which is there from the
 * beginning. */
CHECKED struct groups *groups_new(const enum type *types, size_t n, struct error *err);
void groups_free(struct groups *groups); /* NULL is fine */

size_t groups_count(const struct groups *groups);

/* The group of each row. frozen: there will be no new ones; of a row that needs one it is
 * GROUP_NONE. out: room for all rows. */
#define GROUP_NONE UINT32_MAX
CHECKED bool groups_find(struct groups *groups, const struct batch *keys,
			 const struct places *places, bool frozen, uint32_t *out,
			 struct error *err);

size_t groups_bytes(const struct groups *groups); /* of memory that grows with groups */
struct place groups_first(const struct groups *groups, size_t group); /* of its rows */

/* map: by group of from, its number in into; room for all. from loses its keys. */
CHECKED bool groups_merge(struct groups *into, struct groups *from, uint32_t *map,
			  struct error *err);

/* Numbers in the order of the first rows; room for all. */
CHECKED bool groups_order(const struct groups *groups, uint32_t *order,
			  struct error *err);

/* The keys, a row a group, by number. The groups can only be freed then. */
CHECKED struct batch *groups_take_keys(struct groups *groups, struct error *err);

#endif
