/* json_cell - by type; what is nested calls itself. */
#include "io/json_cell.h"

#include "base/date.h"
#include "base/json.h"
#include "data/cast.h"

static bool
put_list(const struct column *c, size_t row, struct buffer *out, struct error *err)
{
	const int64_t *end = column_longs(c) + row;

	if (!buffer_put(out, "[", err))
		return false;
	for (int64_t i = end[0]; i < end[1]; i++)
		if ((i > end[0] && !buffer_put(out, ",", err)) ||
		    !json_cell(c->children[0], (size_t)i, out, err))
			return false;
	return buffer_put(out, "]", err);
}

static bool
put_struct(const struct column *c, size_t row, struct buffer *out, struct error *err)
{
	bool any = false;

	if (!buffer_put(out, "{", err))
		return false;
	for (size_t i = 0; i < c->n_children; i++) {
		if (column_is_null(c->children[i], row))
			continue;
		if ((any && !buffer_put(out, ",", err)) ||
		    !json_write_string(text_of(c->names ? c->names[i] : ""), false, out,
				       err) ||
		    !buffer_put(out, ":", err) ||
		    !json_cell(c->children[i], row, out, err))
			return false;
		any = true;
	}
	return buffer_put(out, "}", err);
}

static bool
put_moment(const struct column *c, size_t row, struct buffer *out, struct error *err)
{
	char text[DATE_SIZE];
	size_t n = c->type == TYPE_DATE ? date_print(column_ints(c)[row], text)
					: datetime_print(column_longs(c)[row], text);

	return json_write_string((struct text){ text, n }, false, out, err);
}

bool
json_cell(const struct column *c, size_t row, struct buffer *out, struct error *err)
{
	if (column_is_null(c, row))
		return buffer_put(out, "null", err);
	switch (c->type) {
	case TYPE_STRING:
		return json_write_string(column_text(c, row), false, out, err);
	case TYPE_DATE:
	case TYPE_DATETIME:
		return put_moment(c, row, out, err);
	case TYPE_OBJECT:
		return c->layout == LAYOUT_LIST ? put_list(c, row, out, err)
						: put_struct(c, row, out, err);
	case TYPE_FLOAT: {
		double x = column_floats(c)[row];
		bool finite = x - x == 0; /* others are words, and words are quoted */

		return (finite || buffer_put(out, "\"", err)) &&
		       cell_print(c, row, out, err) &&
		       (finite || buffer_put(out, "\"", err));
	}
	default:
		return cell_print(c, row, out, err);
	}
}
