/*
 * zip.h - ZIP archives in memory: read with care, written the same everywhere.
 *
 * Entries are stored or deflated; no encryption, no archives of several parts, no
 * ZIP64. An archive that says it holds more than it can, or too much, is refused
 * before anything is unpacked.
 */
#ifndef BASE_ZIP_H
#define BASE_ZIP_H

#include "base/arena.h"
#include "base/memory.h"
#include "base/text.h"

enum { ZIP_ENTRIES = 10000, ZIP_SIZE = 64 << 20 }; /* read: at most; bytes unpacked */

struct zip_entry {
	const char *name; /* with '/'; a folder ends in one */
	uint32_t crc;
	size_t size;        /* unpacked */
	struct text packed; /* in the file */
	bool deflated;
};

struct zip {
	size_t n;
	struct zip_entry *at;
};

/* The list of entries; they point into file. */
CHECKED bool zip_open(struct text file, struct zip *out, struct arena *arena,
		      struct error *err);

/* The bytes of an entry, checked against its CRC. */
CHECKED bool zip_extract(const struct zip_entry *entry, struct text *out,
			 struct arena *arena, struct error *err);

struct zip_file {
	const char *name;
	struct text data;
};

/* Append an archive of n files, in this order, dated 1980-01-01. */
CHECKED bool zip_write(const struct zip_file *files, size_t n, struct buffer *out,
		       struct error *err);

#endif
