/*
 * spare.h - memory that a thread gave back and will soon want again.
 *
 * Batches are made and dropped all the time, each of some dozens of buffers of the same
 * few sizes. A thread keeps some of what it frees, by size, and takes from there what it
 * allocates next; no other thread is asked. What is kept is bounded and goes with the
 * thread. Under AddressSanitizer nothing is kept, so that it sees what is used too late.
 */
#ifndef BASE_SPARE_H
#define BASE_SPARE_H

#include <stdbool.h>
#include <stddef.h>

enum { SPARE_ALIGN = 64, SPARE_LARGE = 4 << 20 };

/* The size that is really taken for so many bytes: a multiple of SPARE_ALIGN, less than
 * a quarter more; 0: too many. */
size_t spare_size(size_t bytes);

/* Memory of a size that spare_size() gave, aligned; NULL if there is none. What it holds
 * is not defined. From SPARE_LARGE on it stands in large pages, if the system has some.
 */
void *spare_take(size_t size);
void spare_give(void *data, size_t size);

#endif
