/*
 * query.h - sources that are the result of a database query.
 *
 * Data Wrangler has the database write the result as Parquet and reads that. Here the
 * result is a file that the user gives: SCHEME://DATABASE/NAME stands for it, and
 * --source or --map says where it is.
 */
#ifndef OP_QUERY_H
#define OP_QUERY_H

#include "base/arena.h"
#include "op/dataset.h"

void query_dataset(const char *scheme, const char *database, const char *name,
		   struct dataset *out, struct arena *arena);

#endif
