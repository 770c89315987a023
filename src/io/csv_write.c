/*
 * csv_write - what Spark's CSV writer (univocity) makes of the same rows.
 *
 *   - A value is quoted if it holds the delimiter, the quote, CR or LF; quotes in it are
 *     doubled. The empty string is "", so that null, which is nothing, differs.
 *   - Blanks (bytes up to ' ') at both ends of strings and names are dropped: Spark's
 *     ignoreLeadingWhiteSpace and ignoreTrailingWhiteSpace are on when it writes
 *     (SPARK-18579), and Data Wrangler does not turn them off. Whether to quote is seen
 *     behind the leading blanks, but before the trailing ones go: "a\n" is "a" in quotes.
 *     A string of nothing but blanks is the empty one.
 *   - A row's first value is quoted if it begins with '#', before blanks are dropped:
 *     univocity takes that for a comment unless told otherwise, and Spark's readers of
 *     its files would too. Its names also.
 *   - A row of one column that is null is no line at all.
 *   - Doubles are Java's, moments ISO with milliseconds and zone.
 *   - Vectors and lists are text as Spark casts them; structs, and lists of structs, are
 *     JSON, without the members that are null, as to_json() does it.
 */
#include "io/csv_write.h"

#include "base/date.h"
#include "data/cast.h"
#include "io/csv_pen.h"
#include "io/csv_tile.h"
#include "io/json_cell.h"

/* A struct that is no vector, at any depth of lists. */
static bool
is_json(const struct column *c)
{
	while (c->layout == LAYOUT_LIST && c->n_children)
		c = c->children[0];
	return c->layout == LAYOUT_STRUCT && !c->is_vector;
}

bool
csv_write_cell(const struct column *c, size_t row, struct buffer *out, struct error *err)
{
	char text[DATE_SIZE];

	if (column_is_null(c, row))
		return true;
	if (c->type == TYPE_DATETIME)
		return buffer_append(out, text,
				     datetime_print(column_longs(c)[row], text), err);
	if (c->type == TYPE_OBJECT && is_json(c))
		return json_cell(c, row, out, err);
	return cell_print(c, row, out, err);
}

/* A delimiter that may stand in a number: then numbers are looked at like text. */
static bool
is_odd(const struct csv_style *style)
{
	return strchr("0123456789+-.:eEaAdfFinNIrstTuyxZ", style->delimiter[0]) != NULL ||
	       (style->quote && strchr("0123456789+-.:", style->quote) != NULL);
}

bool
csv_write_header(const struct csv_style *style, const struct schema *schema,
		 struct buffer *out, struct error *err)
{
	struct pen pen;
	bool ok = pen_init(&pen, style, out, err);

	for (size_t i = 0; ok && i < schema->n; i++)
		ok = (i == 0 ||
		      buffer_append(out, style->delimiter, pen.delimiter_size, err)) &&
		     pen_text(&pen, text_of(schema->at[i].name), i == 0);
	pen_release(&pen);
	return ok && buffer_append(out, "\n", 1, err);
}

/* Row by row: whatever the style. */
static bool
write_rows(const struct csv_style *style, const struct batch *batch, struct buffer *out,
	   struct error *err)
{
	const bool odd = is_odd(style);
	struct pen pen;
	bool ok = pen_init(&pen, style, out, err);

	for (size_t row = 0; ok && row < batch->rows; row++) {
		if (batch->n == 1 && column_is_null(batch->at[0], row))
			continue;
		for (size_t i = 0; ok && i < batch->n; i++) {
			const struct column *c = batch->at[i];

			if (i)
				ok = buffer_append(out, style->delimiter,
						   pen.delimiter_size, err);
			if (!ok || column_is_null(c, row))
				continue;
			ok = odd && c->type != TYPE_STRING
				     ? pen_built(&pen, c, row, i == 0)
				     : pen_cell(&pen, c, row, i == 0);
		}
		ok = ok && buffer_append(out, "\n", 1, err);
	}
	pen_release(&pen);
	return ok;
}

/* One byte between cells, and neither it nor the quote stands in what is no string. */
static bool
is_common(const struct csv_style *style)
{
	const char used[] = "0123456789+-.:eEaAdfFilnNIrstTuyxZ";

	return style->delimiter[0] && !style->delimiter[1] &&
	       !strchr(used, style->delimiter[0]) &&
	       (!style->quote || !strchr(used, style->quote));
}

bool
csv_write_batch(const struct csv_style *style, const struct batch *batch,
		struct buffer *out, struct error *err)
{
	return is_common(style) && batch->n && batch->rows >= TILE_LEAST
		       ? tile_write(style, batch, out, err)
		       : write_rows(style, batch, out, err);
}
