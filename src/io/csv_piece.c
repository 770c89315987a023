/*
 * csv_piece - pieces of a stream, parsed by libcsv.
 *
 * libcsv is told to trim nothing and to tell an empty field from an empty text. Rows
 * that it would take in another way than csv.h has it (text behind a closing quote, a CR
 * alone, a delimiter of several bytes, lines of blanks, ...) are taken apart here and
 * given to it in a spelling that has one meaning.
 */
#include <csv.h>

#include "io/csv_read.h"

/* A spelling that libcsv has no other word on. */
enum { PLAIN_QUOTE = '"', PLAIN_DELIMITER = ',' };

struct feed {
	struct csv_reader *r;
	struct csv_parser parser;
	char quote, delimiter;
	size_t field;  /* of the row that libcsv is in */
	size_t row_at; /* place of the row in the piece, for troubles */
	struct error *err;
	bool failed;
};

bool
csv_piece_cut(struct csv_reader *r, const struct csv_file *file, struct window *window,
	      size_t bytes, struct error *err)
{
	size_t size = 0;

	r->file = file;
	r->n_rows = r->row = 0;
	r->before = 0;
	r->raw->size = 0;
	while (size < bytes) {
		struct text t = window_text(window);
		struct text left = { t.data + size, t.size - size };
		size_t n = csv_row_size(&file->rules, left, window->end);

		if (n == 0 && window->end)
			break;
		if (n == 0 && !window_more(window, err))
			return false;
		size += n;
	}
	if (!buffer_append(r->raw, window_text(window).data, size, err))
		return false;
	window_drop(window, size);
	return true;
}

static int
no_space(unsigned char c)
{
	(void)c;
	return 0;
}

static int
is_line_end(unsigned char c)
{
	return c == '\n' || c == '\r';
}

static bool
put_value(struct feed *feed, const char *data, size_t size)
{
	struct csv_reader *r = feed->r;
	struct csv_value value = { r->values->size, size };

	return buffer_append(r->values, data, size, feed->err) &&
	       buffer_append(r->cells, &value, sizeof(value), feed->err);
}

/* libcsv has a field. Columns that are not wanted are dropped; wanted ones arrive in
 * the order of columns, as r->wanted has them. */
static void
on_field(void *data, size_t size, void *context)
{
	struct feed *feed = context;
	struct csv_reader *r = feed->r;
	size_t column = feed->field++;

	if (feed->failed || column >= r->columns || r->place[column] == r->n_wanted)
		return;
	feed->failed = !put_value(feed, data, size);
}

static void
on_row(int end, void *context)
{
	struct feed *feed = context;
	struct csv_reader *r = feed->r;

	(void)end;
	for (size_t i = feed->field; !feed->failed && i < r->columns; i++)
		if (r->place[i] != r->n_wanted)
			feed->failed = !put_value(feed, NULL, 0);
	r->n_rows++;
	feed->field = 0;
}

static bool
parse(struct feed *feed, const char *data, size_t size)
{
	if (csv_parse(&feed->parser, data, size, on_field, on_row, feed) != size)
		return fail(feed->err, "'%s': %s", feed->r->file->origin.path,
			    csv_strerror(csv_error(&feed->parser)));
	return !feed->failed;
}

/* A quoted field that ends where its quote closes: quotes within are doubled. */
static bool
is_regular_quoted(const struct csv_rules *rules, struct text raw)
{
	const char quote = (char)rules->quote;
	size_t i = 1;

	while (i < raw.size &&
	       (raw.data[i] != quote || (i + 1 < raw.size && raw.data[i + 1] == quote)))
		i += raw.data[i] == quote ? 2 : 1;
	return i + 1 == raw.size;
}

static size_t
count_byte(struct text t, char byte)
{
	size_t n = 0;

	for (size_t i = 0; i < t.size; i++)
		n += t.data[i] == byte;
	return n;
}

/* Would libcsv take the row as csv.h has it? And how many fields has it? */
static bool
is_regular(const struct csv_rules *rules, struct text content, size_t *fields)
{
	const char other_end = rules->newline == '\n' ? '\r' : '\n';
	bool regular = rules->delimiter_size == 1 && rules->quote >= 0;
	struct text raw;

	*fields = 0;
	if (regular && !csv_has_quote(rules, content)) {
		*fields = count_byte(content, rules->delimiter[0]) + 1;
		return !memchr(content.data, other_end, content.size);
	}
	for (size_t at = 0; csv_field(rules, content, &at, &raw); ++*fields)
		if (raw.size && (!regular || raw.data[0] == (char)rules->quote
					 ? !is_regular_quoted(rules, raw)
					 : memchr(raw.data, other_end, raw.size) != NULL))
			regular = false;
	return regular;
}

/* One value so that it means the same to everybody: also null in quotes, since libcsv
 * takes a line of nothing for no row. */
static bool
parse_value(struct feed *feed, struct text value)
{
	const char quote = feed->quote;

	if (!parse(feed, &quote, 1))
		return false;
	while (value.size) {
		const char *found = memchr(value.data, quote, value.size);
		size_t n = found ? (size_t)(found - value.data) + 1 : value.size;

		if (!parse(feed, value.data, n) || (found && !parse(feed, &quote, 1)))
			return false;
		value.data += n;
		value.size -= n;
	}
	return parse(feed, &quote, 1);
}

static void
met_quotes(struct feed *feed, enum csv_decoded how, size_t column, size_t place)
{
	struct csv_reader *r = feed->r;

	if (column >= r->columns || r->place[column] == r->n_wanted || how == CSV_FINE)
		return;
	csv_met(r, how == CSV_NEVER_CLOSED ? TROUBLE_OPEN : TROUBLE_QUOTE, place);
}

static bool
parse_odd(struct feed *feed, struct text content)
{
	struct csv_reader *r = feed->r;
	const struct csv_rules *rules = &r->file->rules;
	struct text raw, value;

	for (size_t at = 0, column = 0; csv_field(rules, content, &at, &raw); column++) {
		size_t place = (size_t)(raw.data - r->raw->data);
		enum csv_decoded how =
			csv_decode(rules, r->raw->data + place, raw.size, &value);

		met_quotes(feed, how, column, place);
		if ((column && !parse(feed, &feed->delimiter, 1)) ||
		    !parse_value(feed, value))
			return false;
	}
	return parse(feed, "\n", 1);
}

static bool
feed_row(struct feed *feed, struct text row)
{
	const struct csv_rules *rules = &feed->r->file->rules;
	struct text content = csv_row_content(rules, row);
	size_t fields;
	bool regular;

	if (csv_is_blank(rules, content)) {
		if (content.size)
			csv_met(feed->r, TROUBLE_BLANK, feed->row_at);
		return true;
	}
	/* It grows its room by the same step each time: a long field would be moved
	 * again and again. */
	if (csv_get_buffer_size(&feed->parser) < row.size)
		csv_set_blk_size(&feed->parser, row.size);
	regular = is_regular(rules, content, &fields);
	if (fields < feed->r->columns)
		csv_met(feed->r, TROUBLE_SHORT, feed->row_at);
	else if (fields > feed->r->columns)
		csv_met(feed->r, TROUBLE_LONG, feed->row_at);
	if (!regular)
		return parse_odd(feed, content);
	return parse(feed, row.data, row.size) &&
	       (row.data[row.size - 1] == rules->newline || parse(feed, "\n", 1));
}

static bool
feed_all(struct feed *feed)
{
	const struct csv_reader *r = feed->r;
	struct text left = { r->raw->data, r->raw->size };

	while (left.size) {
		size_t n = csv_row_size(&r->file->rules, left, true);

		feed->row_at = (size_t)(left.data - r->raw->data);
		if (!feed_row(feed, (struct text){ left.data, n }))
			return false;
		left.data += n;
		left.size -= n;
	}
	return true;
}

bool
csv_piece_load(struct csv_reader *r, struct error *err)
{
	const struct csv_rules *rules = &r->file->rules;
	bool plain = rules->delimiter_size != 1 || rules->quote < 0;
	struct feed feed = {
		.r = r,
		.err = err,
		.quote = plain ? PLAIN_QUOTE : (char)rules->quote,
		.delimiter = plain ? PLAIN_DELIMITER : rules->delimiter[0],
	};
	bool ok;

	r->values->size = r->cells->size = 0;
	if (csv_init(&feed.parser, CSV_EMPTY_IS_NULL) != 0)
		return fail(err, "out of memory: the system refused a CSV parser");
	csv_set_space_func(&feed.parser, no_space);
	csv_set_term_func(&feed.parser, is_line_end);
	csv_set_quote(&feed.parser, (unsigned char)feed.quote);
	csv_set_delim(&feed.parser, (unsigned char)feed.delimiter);
	ok = feed_all(&feed);
	csv_free(&feed.parser);
	return ok;
}

void
csv_piece_values(struct csv_reader *r, size_t place, size_t row, size_t n,
		 struct text *out)
{
	const struct csv_value *value = (const struct csv_value *)(void *)r->cells->data +
					row * r->n_wanted + place;

	for (size_t i = 0; i < n; i++, value += r->n_wanted)
		out[i] = (struct text){ r->values->data + value->at, value->size };
}
