/*
 * row_index_lines - the rows of one chunk of a plain file, by its newlines.
 *
 * A chunk may end in what could be a blank line or the beginning of a row: then it is
 * looked at what stands behind it.
 */
#include "io/row_index_parts.h"

enum { BLANKS = 65536 }; /* looked at, at once, behind a chunk that ends in blanks */

/* A line that starts at place of the file: blank to its end? */
static bool
is_blank_line(struct csv_file *file, uint64_t place, bool *blank, struct error *err)
{
	bool whole = false;
	size_t size = 0;
	struct buffer *line = buffer_new(0, err);
	bool ok = line != NULL;

	*blank = true;
	while (ok && !whole && place + size < file->size) {
		const uint64_t left = file->size - place - size;
		const size_t n = left < BLANKS ? (size_t)left : BLANKS;

		ok = buffer_reserve(line, n, err) &&
		     csv_file_read(file, place + size, line->data + size, n, err);
		size += n;
		line->size = size;
		if (ok)
			*blank = csv_is_blank_line(
				&file->rules, (struct text){ line->data, size }, &whole);
	}
	buffer_drop(line);
	return ok;
}

static bool
settle_unsure(struct csv_file *file, uint64_t begin, struct csv_lines *lines,
	      struct error *err)
{
	for (int began = 0; began < LINES_BOTH; began++) {
		bool blank;

		if (!lines->unsure[began])
			continue;
		if (!is_blank_line(file, begin + lines->unsure_at[began], &blank, err))
			return false;
		lines->rows[began] -= blank;
	}
	return true;
}

/* With the byte before it. */
bool
chunk_count(struct csv_file *file, size_t number, struct buffer *raw, struct chunk *out,
	    struct error *err)
{
	const uint64_t begin = csv_chunk_place(file, number);
	const size_t before = number > 0;
	const size_t size = (size_t)(csv_chunk_place(file, number + 1) - begin);
	struct csv_lines lines;

	raw->size = 0;
	if (!buffer_reserve(raw, size + before, err) ||
	    !csv_file_read(file, begin - before, raw->data, size + before, err))
		return false;
	csv_count_rows(&file->rules, raw->data + before, size, !before, &lines);
	if (!settle_unsure(file, begin, &lines, err))
		return false;
	*out = (struct chunk){
		.newlines = lines.newlines,
		.rows = { lines.rows[0], lines.rows[1] },
		.odd = { lines.odd[0], lines.odd[1] },
		.flips = lines.flips,
		.quotes = lines.quotes,
		.ends_in_quote = file->rules.quote >= 0 &&
				 raw->data[size + before - 1] == (char)file->rules.quote,
	};
	return true;
}
