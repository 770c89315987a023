/* cell - one cell as text, in the words of Spark's cast to string. */
#include "base/date.h"
#include "base/number.h"
#include "data/cast.h"

/* Within a list or struct: nulls show. */
static bool
print_inner(const struct column *c, size_t row, struct buffer *out, struct error *err)
{
	if (column_is_null(c, row))
		return buffer_put(out, "null", err);
	return cell_print(c, row, out, err);
}

static bool
print_list(const struct column *c, size_t row, const char *between, struct buffer *out,
	   struct error *err)
{
	const int64_t *end = column_longs(c) + row;

	if (!buffer_put(out, "[", err))
		return false;
	for (int64_t i = end[0]; i < end[1]; i++)
		if ((i > end[0] && !buffer_put(out, between, err)) ||
		    !print_inner(c->children[0], (size_t)i, out, err))
			return false;
	return buffer_put(out, "]", err);
}

/* Dense: its values; sparse: (size,[places],[values]). */
static bool
print_vector(const struct column *c, size_t row, struct buffer *out, struct error *err)
{
	const struct column *size = c->children[0], *indices = c->children[1];
	const struct column *values = c->children[2];

	if (column_is_null(indices, row))
		return print_list(values, row, ",", out, err);
	return buffer_put(out, "(", err) && cell_print(size, row, out, err) &&
	       buffer_put(out, ",", err) && print_list(indices, row, ",", out, err) &&
	       buffer_put(out, ",", err) && print_list(values, row, ",", out, err) &&
	       buffer_put(out, ")", err);
}

static bool
print_struct(const struct column *c, size_t row, struct buffer *out, struct error *err)
{
	if (!buffer_put(out, "{", err))
		return false;
	for (size_t i = 0; i < c->n_children; i++)
		if ((i && !buffer_put(out, ", ", err)) ||
		    !print_inner(c->children[i], row, out, err))
			return false;
	return buffer_put(out, "}", err);
}

static bool
print_object(const struct column *c, size_t row, struct buffer *out, struct error *err)
{
	if (c->layout == LAYOUT_LIST)
		return print_list(c, row, ", ", out, err);
	return c->is_vector && c->n_children == 3 ? print_vector(c, row, out, err)
						  : print_struct(c, row, out, err);
}

bool
cell_print(const struct column *c, size_t row, struct buffer *out, struct error *err)
{
	char text[(int)DATE_SIZE + (int)NUMBER_SIZE];
	struct text t;
	size_t n = 0;

	if (column_is_null(c, row))
		return true;
	switch (c->type) {
	case TYPE_STRING:
		t = column_text(c, row);
		return buffer_append(out, t.data, t.size, err);
	case TYPE_OBJECT:
		return print_object(c, row, out, err);
	case TYPE_BOOL:
		return buffer_put(out, column_bool(c, row) ? "true" : "false", err);
	case TYPE_LONG:
		n = number_print_long(column_longs(c)[row], text);
		break;
	case TYPE_FLOAT:
		n = number_print_float(column_floats(c)[row], text);
		break;
	case TYPE_DATE:
		n = date_print(column_ints(c)[row], text);
		break;
	case TYPE_DATETIME:
		n = datetime_print_sql(column_longs(c)[row], text);
		break;
	}
	return buffer_append(out, text, n, err);
}
