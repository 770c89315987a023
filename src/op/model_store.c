/*
 * model_store - a Spark model as Spark would save it, as text for a flow.
 *
 * The ids and file names that Spark draws at random are made from the content here,
 * and the time is 0, so that equal models are equal texts. The Parquet file is not
 * packed, since the archive is.
 */
#include "op/model_store.h"

#include <inttypes.h>
#include <math.h>
#include <zlib.h>

#include "base/base85.h"
#include "base/json.h"
#include "base/number.h"
#include "base/zip.h"

enum { CHECKSUM_BYTES = 512 }; /* that one checksum of Hadoop's is for */

static const char version[] = "3.3.1";

void
line_put(struct line *l, const char *text)
{
	if (!l->failed)
		l->failed = !buffer_append(l->out, text, strlen(text), l->err);
}

void
line_put_quoted(struct line *l, const char *text)
{
	if (!l->failed)
		l->failed = !json_write_string(text_of(text), false, l->out, l->err);
}

/* As Java prints it: Spark refuses a number without a point. */
static void
put_number(struct line *l, double value)
{
	char text[NUMBER_SIZE];

	if (isnan(value)) {
		line_put(l, "\"NaN\"");
	} else if (isinf(value)) {
		line_put(l, value > 0 ? "\"Inf\"" : "\"-Inf\"");
	} else {
		number_print_float(value, text);
		line_put(l, text);
	}
}

static void
put_setting(struct line *l, const struct setting *s)
{
	line_put_quoted(l, s->name);
	line_put(l, ":");
	if (s->word)
		line_put_quoted(l, s->word);
	else if (s->number)
		put_number(l, *s->number);
	else if (s->flag)
		line_put(l, *s->flag ? "true" : "false");
	for (size_t i = 0; i < s->n; i++) {
		line_put(l, i ? "," : "[");
		line_put_quoted(l, s->words[i]);
	}
	if (s->n)
		line_put(l, "]");
}

static void
put_metadata(struct line *l, const struct content *c, const char *uid)
{
	line_put(l, "{\"class\":\"org.apache.spark.ml.feature.");
	line_put(l, c->estimator);
	line_put(l, "Model\",\"timestamp\":0,\"sparkVersion\":\"");
	line_put(l, version);
	line_put(l, "\",\"uid\":\"");
	line_put(l, uid);
	line_put(l, "\",\"paramMap\":{");
	for (size_t i = 0; i < c->n_settings; i++) {
		line_put(l, i ? "," : "");
		put_setting(l, &c->settings[i]);
	}
	line_put(l, "},\"defaultParamMap\":{");
	for (size_t i = 0; i < c->n_presets; i++) {
		line_put(l, i ? "," : "");
		put_setting(l, &c->presets[i]);
	}
	if (c->has_output) {
		line_put(l, c->n_presets ? ",\"outputCol\":\"" : "\"outputCol\":\"");
		line_put(l, uid);
		line_put(l, "__output\"");
	}
	line_put(l, "}}\n");
}

/* FNV-1a: enough to tell models apart. */
static uint64_t
hash(uint64_t h, struct text t)
{
	for (size_t i = 0; i < t.size; i++)
		h = (h ^ (unsigned char)t.data[i]) * UINT64_C(0x100000001b3);
	return h;
}

static uint64_t
hash_content(const struct content *c, struct text data)
{
	uint64_t h = hash(UINT64_C(0xcbf29ce484222325), data);

	for (size_t i = 0; i < c->n_settings; i++) {
		const struct setting *s = &c->settings[i];

		h = hash(h, text_of(s->name));
		if (s->word)
			h = hash(h, text_of(s->word));
		if (s->number)
			h = hash(h, (struct text){ (const char *)s->number,
						   sizeof(double) });
		if (s->flag)
			h = hash(h, text_of(*s->flag ? "1" : "0"));
		for (size_t k = 0; k < s->n; k++)
			h = hash(h, text_of(s->words[k]));
	}
	return h;
}

static struct text
bytes(const struct buffer *buffer)
{
	return (struct text){ buffer->data, buffer->size };
}

/* What Hadoop keeps beside a file: its checksums. */
static struct text
checksums(struct text file, struct arena *arena)
{
	size_t n = (file.size + CHECKSUM_BYTES - 1) / CHECKSUM_BYTES;
	char *out = arena_alloc(arena, 8 + 4 * n), *at = out + 8;

	memcpy(out, "crc\0\0\0\2\0", 8); /* the last four: 512 */
	for (size_t from = 0; from < file.size; from += CHECKSUM_BYTES) {
		size_t size = file.size - from < CHECKSUM_BYTES ? file.size - from
								: CHECKSUM_BYTES;
		uLong crc = crc32(0, (const Bytef *)file.data + from, (uInt)size);

		for (int shift = 24; shift >= 0; shift -= 8)
			*at++ = (char)(crc >> shift & 0xff);
	}
	return (struct text){ out, 8 + 4 * n };
}

static const char *
archive(const struct content *c, struct buffer *metadata, const struct buffer *data,
	struct buffer *zip, struct arena *arena, struct error *err)
{
	struct arena passing = { 0 };
	uint64_t h = hash_content(c, bytes(data));
	uint64_t k = hash(h, text_of(c->estimator));
	const char *uid = arena_print(&passing, "%s_%012" PRIx64, c->estimator, h >> 16);
	const char *part = arena_print(
		&passing, "part-00000-%08x-%04x-4%03x-8%03x-%012" PRIx64 "-c000.parquet",
		(unsigned)(h >> 32), (unsigned)(h >> 16 & 0xffff), (unsigned)(h & 0xfff),
		(unsigned)(k & 0xfff), k >> 16);
	struct line line = { .out = metadata, .err = err };
	const char *text = NULL;

	put_metadata(&line, c, uid);
	const struct zip_file files[] = {
		{ "metadata/part-00000", bytes(metadata) },
		{ "metadata/.part-00000.crc", checksums(bytes(metadata), &passing) },
		{ arena_print(&passing, "data/%s", part), bytes(data) },
		{ arena_print(&passing, "data/.%s.crc", part),
		  checksums(bytes(data), &passing) },
	};
	if (!line.failed && zip_write(files, COUNT(files), zip, err))
		text = base85_encode(bytes(zip), arena);
	arena_release(&passing);
	return text;
}

static bool
write_data(const struct content *c, struct buffer *out, struct error *err)
{
	const struct parquet_note notes[] = {
		{ "org.apache.spark.version", text_of(version) },
		{ "org.apache.spark.sql.parquet.row.metadata", c->fields },
	};

	return parquet_write(&c->shape, c->values, notes, COUNT(notes),
			     PARQUET_UNCOMPRESSED, out, err);
}

const char *
content_text(const struct content *c, struct arena *arena, struct error *err)
{
	struct buffer *metadata = buffer_new(0, err);
	struct buffer *data = metadata ? buffer_new(0, err) : NULL;
	struct buffer *zip = data ? buffer_new(0, err) : NULL;
	const char *text = NULL;

	if (zip && write_data(c, data, err))
		text = archive(c, metadata, data, zip, arena, err);
	buffer_drop(metadata);
	buffer_drop(data);
	buffer_drop(zip);
	return text;
}
