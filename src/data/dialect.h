/*
 * dialect.h - how a delimited file is written.
 */
#ifndef DATA_DIALECT_H
#define DATA_DIALECT_H

#include <stdbool.h>
#include <stdint.h>

/* {0} is not valid: see DIALECT_PRESET. */
struct dialect {
	char delimiter[8]; /* one or more bytes, terminated */
	char quote;        /* 0: none */
	bool header;
	int64_t skip;         /* lines before the header */
	bool multi_line;      /* the flow's word; see io/csv.h for what it changes */
	const char *encoding; /* "utf-8", "iso-8859-1", ... */
};

/* clang-format off */
#define DIALECT_PRESET { ",", '"', true, 0, false, "utf-8" }
/* clang-format on */

#endif
