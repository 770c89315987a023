/*
 * csv_dump.h - a whole source as one text, for comparing: per field N (null) or its
 * size, a colon and its bytes; a space behind each field, a newline behind each row;
 * then the sentences on what is wrong.
 */
#ifndef CSV_DUMP_H
#define CSV_DUMP_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "io/io.h"

static inline bool
dump_text(struct text t, struct buffer *out, struct error *err)
{
	char size[32];
	int n = snprintf(size, sizeof(size), "%zu:", t.size);

	return buffer_append(out, size, (size_t)n, err) &&
	       buffer_append(out, t.data, t.size, err) && buffer_append(out, " ", 1, err);
}

static inline bool
dump_batch(const struct batch *batch, struct buffer *out, struct error *err)
{
	for (size_t row = 0; row < batch->rows; row++) {
		for (size_t i = 0; i < batch->n; i++) {
			const struct column *c = batch->at[i];
			bool ok = !c ? buffer_append(out, "- ", 2, err)
				  : column_is_null(c, row)
					  ? buffer_append(out, "N ", 2, err)
				  : c->type != TYPE_STRING
					  ? buffer_append(out, "? ", 2, err)
					  : dump_text(column_text(c, row), out, err);

			if (!ok)
				return false;
		}
		if (!buffer_append(out, "\n", 1, err))
			return false;
	}
	return true;
}

static inline bool
dump_names(const struct schema *schema, struct buffer *out, struct error *err)
{
	for (size_t i = 0; i < schema->n; i++)
		if (!dump_text(text_of(schema->at[i].name), out, err))
			return false;
	return buffer_append(out, "\n", 1, err);
}

/* Readers take turns, so that chunks go to all of them. */
static inline bool
dump_pass(struct pass *pass, size_t readers, struct buffer *out, struct error *err)
{
	struct reader *reader[4] = { 0 };
	size_t chunk, next = 0;
	bool more = true, ok = true;

	for (size_t i = 0; ok && i < readers; i++)
		ok = reader_open(pass, &reader[i], err);
	for (size_t i = 0; ok && more; i = (i + 1) % readers) {
		struct batch *batch = NULL;

		ok = reader_claim(reader[i], &chunk, &more, err);
		if (ok && more && chunk != next++)
			ok = fail(err, "chunk %zu came out of order", chunk);
		while (ok && more && (ok = reader_next(reader[i], &batch, err)) &&
		       batch) {
			ok = dump_batch(batch, out, err);
			batch_free(batch);
		}
	}
	for (size_t i = 0; i < readers; i++)
		reader_close(reader[i]);
	return ok;
}

static inline bool
dump_troubles(struct pass *pass, struct buffer *out, struct error *err)
{
	struct troubles troubles;
	struct names sentences = { 0 };
	struct arena arena = { 0 };
	bool ok = true;

	pass_troubles(pass, &troubles);
	troubles_print(&troubles, pass->source, &sentences, &arena);
	for (size_t i = 0; ok && i < sentences.n; i++)
		ok = buffer_append(out, sentences.at[i], strlen(sentences.at[i]), err) &&
		     buffer_append(out, "\n", 1, err);
	arena_release(&arena);
	return ok;
}

static inline bool
dump_source(const struct source_options *options, const struct want *want, size_t readers,
	    struct buffer *out, struct error *err)
{
	struct source *source;
	struct pass *pass = NULL;
	bool ok = source_open(options, &source, err);

	out->size = 0;
	ok = ok && dump_names(&source->schema, out, err) &&
	     pass_open(source, want, &pass, err) && dump_pass(pass, readers, out, err);
	ok = ok && dump_troubles(pass, out, err);
	pass_close(pass);
	source_close(source);
	return ok;
}

#endif
