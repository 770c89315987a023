/*
 * io - the formats as one: looks them up, checks the arguments, passes on.
 */
#include "io/io.h"

#include <stdio.h>
#include <strings.h>

#include "io/recall.h"

#define FORMAT(name) extern const struct format format_##name;
#include "io/table.inc"
#undef FORMAT

const struct format *const format_table[] = {
#define FORMAT(name) &format_##name,
#include "io/table.inc"
#undef FORMAT
	NULL,
};

const struct format *
format_of_file(const char *path)
{
	for (size_t i = 0; format_table[i]; i++)
		if (format_table[i]->open && ending_of(format_table[i]->endings, path))
			return format_table[i];
	return NULL;
}

const struct format *
format_by_ending(const char *path)
{
	const struct format *format = format_of_file(path);

	return format ? format : format_table[0];
}

const struct format *
format_named(const char *name)
{
	for (size_t i = 0; format_table[i]; i++)
		if (strcasecmp(format_table[i]->name, name) == 0)
			return format_table[i];
	return NULL;
}

const struct ending *
format_endings(struct arena *arena)
{
	struct ending *out;
	size_t n = 0;

	for (size_t i = 0; format_table[i]; i++)
		for (const struct ending *at = format_table[i]->endings; at->text; at++)
			n++;
	out = ARENA_ARRAY(arena, n + 1, struct ending);
	n = 0;
	for (size_t i = 0; format_table[i]; i++)
		for (const struct ending *at = format_table[i]->endings; at->text; at++)
			if (at->what)
				out[n++] = *at;
	return out;
}

/* NULL: nothing is written so. */
static const struct format *
written_as(const char *path)
{
	for (size_t i = 0; format_table[i]; i++)
		for (const struct ending *at = format_table[i]->endings; at->text; at++)
			if (at->what && ending_fits(path, at->text))
				return format_table[i];
	return NULL;
}

const struct format *
format_to_write(const char *path, struct error *err)
{
	const size_t packed = ending_fits(path, ".gz") ? strlen(".gz") : 0;
	struct arena arena = { 0 };
	const char *bare = arena_text_n(&arena, path, strlen(path) - packed);
	const struct format *format = written_as(bare);

	if (!format && (!*ending_in(bare) || strncmp(bare, "/dev/", 5) == 0))
		format = format_table[0];
	if (!format)
		(void)!ending_need(format_endings(&arena), bare, "a table", err);
	arena_release(&arena);
	return format;
}

bool
source_open(const struct source_options *options, struct source **out, struct error *err)
{
	const struct format *format = options->format ? format_named(options->format)
						      : format_by_ending(options->path);

	*out = NULL;
	if (!format || !format->open)
		return fail(err, "'%s': no format '%s'", options->path, options->format);
	if (!format->open(options, out, err))
		return false;
	if (!options->keep_bytes ||
	    ((*out)->recall = recall_new(options->keep_bytes, err)))
		return true;
	source_close(*out);
	*out = NULL;
	return false;
}

void
source_close(struct source *source)
{
	if (!source)
		return;
	recall_free(source->recall);
	source->format->close(source);
}

bool
pass_open(struct source *source, const struct want *want, struct pass **out,
	  struct error *err)
{
	*out = NULL;
	if (!source->format->pass_open(source, want, out, err))
		return false;
	recall_begin(*out);
	return true;
}

bool
pass_recalls(const struct pass *pass)
{
	return pass->recall == RECALL_TAKE;
}

void
pass_close(struct pass *pass)
{
	if (pass)
		pass->source->format->pass_close(pass);
}

uint64_t
pass_bytes(struct pass *pass)
{
	return pass->source->format->pass_bytes(pass);
}

bool
reader_open(struct pass *pass, struct reader **out, struct error *err)
{
	*out = NULL;
	return pass->source->format->reader_open(pass, out, err);
}

void
reader_close(struct reader *reader)
{
	if (!reader)
		return;
	recall_leave(reader);
	reader->pass->source->format->reader_close(reader);
}

bool
reader_claim(struct reader *reader, size_t *chunk, bool *more, struct error *err)
{
	*more = false;
	recall_leave(reader);
	if (!reader->pass->source->format->claim(reader, chunk, more, err))
		return false;
	if (*more)
		recall_chunk(reader, *chunk);
	return true;
}

bool
reader_has_texts(const struct reader *reader)
{
	return reader->pass->source->format->texts != NULL;
}

bool
reader_rows(struct reader *reader, size_t *n, struct error *err)
{
	return reader->pass->source->format->rows(reader, n, err);
}

void
reader_texts(struct reader *reader, size_t column, size_t first, size_t n,
	     struct text *out)
{
	reader->pass->source->format->texts(reader, column, first, n, out);
}

bool
reader_next(struct reader *reader, struct batch **out, struct error *err)
{
	*out = NULL;
	if (reader->taken)
		return recall_next(reader, out, err);
	if (!reader->pass->source->format->next(reader, out, err))
		return false;
	recall_keep(reader, *out);
	return true;
}

void
pass_troubles(struct pass *pass, struct troubles *out)
{
	pass->source->format->troubles(pass, out);
}

static bool
is_before(const struct trouble_place *a, const struct trouble_place *b)
{
	return a->chunk != b->chunk ? a->chunk < b->chunk : a->line < b->line;
}

void
troubles_add(struct troubles *troubles, enum trouble kind,
	     const struct trouble_place *place)
{
	struct trouble_place *at = troubles->place[kind];
	size_t i = troubles->n_places[kind];

	troubles->n[kind]++;
	if (i == TROUBLE_PLACES && !is_before(place, &at[i - 1]))
		return;
	if (i < TROUBLE_PLACES)
		troubles->n_places[kind]++;
	else
		i--;
	for (; i > 0 && is_before(place, &at[i - 1]); i--)
		at[i] = at[i - 1];
	at[i] = *place;
}

void
troubles_merge(struct troubles *into, const struct troubles *from)
{
	for (int kind = 0; kind < TROUBLES; kind++) {
		uint64_t n = into->n[kind] + from->n[kind];

		for (size_t i = 0; i < from->n_places[kind]; i++)
			troubles_add(into, (enum trouble)kind, &from->place[kind][i]);
		into->n[kind] = n;
	}
}

static const struct {
	const char *one, *many;
} sentences[TROUBLES] = {
	[TROUBLE_SHORT] = { "row has too few fields, the rest is null",
			    "rows have too few fields, the rest is null" },
	[TROUBLE_LONG] = { "row has too many fields, the rest is dropped",
			   "rows have too many fields, the rest is dropped" },
	[TROUBLE_QUOTE] = { "field has text behind its closing quote, quotes are kept",
			    "fields have text behind their closing quote, quotes are "
			    "kept" },
	[TROUBLE_OPEN] = { "quote never closes, its field ends with the line",
			   "quotes never close, their fields end with the line" },
	[TROUBLE_BLANK] = { "line of nothing but blanks is skipped",
			    "lines of nothing but blanks are skipped" },
	[TROUBLE_HEADER] = { "file has other column names than the first one, columns "
			     "are "
			     "taken by their place",
			     "files have other column names than the first one, columns "
			     "are taken by their place" },
};

/* "line 3, 7, 'b.csv' line 2, ..." */
static const char *
places_print(const struct troubles *troubles, int kind, const struct source *source,
	     struct arena *arena)
{
	const struct trouble_place *at = troubles->place[kind];
	const char *text = "", *file = source->path;

	for (size_t i = 0; i < troubles->n_places[kind]; i++) {
		const char *gap = i == 0 ? "" : ", ";

		if (strcmp(at[i].file, file) != 0)
			text = arena_print(arena, "%s%s'%s' line %llu", text, gap,
					   at[i].file, (unsigned long long)at[i].line);
		else
			text = arena_print(arena, "%s%s%s%llu", text, gap,
					   i == 0 ? "line " : "",
					   (unsigned long long)at[i].line);
		file = at[i].file;
	}
	return troubles->n[kind] > troubles->n_places[kind]
		       ? arena_print(arena, "%s, ...", text)
		       : text;
}

void
troubles_print(const struct troubles *troubles, const struct source *source,
	       struct names *out, struct arena *arena)
{
	for (int kind = 0; kind < TROUBLES; kind++) {
		uint64_t n = troubles->n[kind];

		if (n)
			names_add(
				out,
				arena_print(arena, "'%s': %llu %s: %s", source->path,
					    (unsigned long long)n,
					    n == 1 ? sentences[kind].one
						   : sentences[kind].many,
					    places_print(troubles, kind, source, arena)),
				arena);
	}
}
