/*
 * vector.h - columns of Spark ML vectors: dense, or a size with the entries that are
 * not zero (see column.h for their layout).
 */
#ifndef DATA_VECTOR_H
#define DATA_VECTOR_H

#include "data/column.h"

/* A row has size entries, all zero but 1.0 at its code; a code below 0 or beyond the
 * size has none, but unknown (if below the size) takes the place of codes below 0. */
CHECKED struct column *vector_one_hot(const int32_t *codes, size_t rows, size_t unknown,
				      size_t size, struct error *err);

#endif
