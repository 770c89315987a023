/* The types inferred for public tables are those that the product stored in flows. */
#include "base/arena.h"
#include "base/file.h"
#include "base/json.h"
#include "check.h"
#include "data/infer.h"
#include "unit/public_flows.h"

enum { COLUMNS = 64, MOST = 1 << 28 };

static const char *const tables[] = { "hotel_bookings.csv", "titanic_train.csv",
				      "claims.csv", "customers.csv" };

/* Columns of which the table at hand is not what the product saw: the flow's dates
 * were ISO, its sums whole numbers. */
static const char *const others[] = { "reservation_status_date", "vehicle_claim",
				      "total_claim_amount" };

struct table {
	size_t n;
	struct text name[COLUMNS];
	struct infer infer[COLUMNS];
};

static struct table known[COUNT(tables)];
static struct buffer *bytes[COUNT(tables)]; /* names point into them */
static size_t compared;

/* The next field, without its quotes; *last: it ends its line. */
static struct text
take_field(struct text *rest, bool *last)
{
	const bool quoted = rest->size && *rest->data == '"';
	size_t i = quoted, end;

	while (i < rest->size &&
	       (quoted ? rest->data[i] != '"'
		       : rest->data[i] != ',' && rest->data[i] != '\n' &&
				 rest->data[i] != '\r'))
		i++;
	end = i;
	i += quoted;
	i += i < rest->size && rest->data[i] == '\r';
	*last = i >= rest->size || rest->data[i] == '\n';
	struct text field = { rest->data + quoted, end - quoted };

	i += i < rest->size;
	*rest = (struct text){ rest->data + i, rest->size - i };
	return field;
}

static void
read_table(struct table *t, struct text rest)
{
	bool last = false;

	while (!last && t->n < COLUMNS)
		t->name[t->n++] = take_field(&rest, &last);
	for (size_t row = 0; row < INFER_ROWS && rest.size; row++) {
		last = false;
		for (size_t c = 0; !last; c++) {
			struct text field = take_field(&rest, &last);

			if (c < t->n)
				infer_add_text(&t->infer[c], field.size ? &field : NULL);
		}
	}
}

static bool
is_other(struct text name)
{
	for (size_t i = 0; i < COUNT(others); i++)
		if (text_is(name, others[i]))
			return true;
	return false;
}

static void
compare(const struct table *t, const struct json *schema, const char *path)
{
	if (schema->n != t->n)
		return;
	for (size_t c = 0; c < t->n; c++)
		if (!json_find_text(schema, t->name[c]))
			return;
	for (size_t c = 0; c < t->n; c++) {
		const struct json *type = json_find_text(schema, t->name[c]);
		const char *found = type_name(infer_type(&t->infer[c]));

		if (is_other(t->name[c]))
			continue;
		compared++;
		CHECK(json_is_string(type, found));
		if (!json_is_string(type, found))
			printf("\t%s: %.*s is %s\n", path, TEXT_ARG(t->name[c]), found);
	}
}

/* The tables stand beside the folder of the flows. */
static void
open_tables(const char *flow)
{
	for (size_t i = 0; i < COUNT(tables); i++) {
		const char *name = strrchr(flow, '/');
		struct error err = { 0 };
		char path[8192];

		snprintf(path, sizeof(path), "%.*s/../data/%s", (int)(name - flow), flow,
			 tables[i]);
		bytes[i] = file_read(path, MOST, &err);
		if (bytes[i])
			read_table(&known[i],
				   (struct text){ bytes[i]->data, bytes[i]->size });
		else
			printf("skipped: %s\n", err.text);
	}
}

static void
each(const char *path)
{
	const struct json *flow, *nodes;
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct buffer *document;

	if (!known[0].n)
		open_tables(path);
	document = file_read(path, MOST, &err);
	if (!document)
		return;
	flow = json_parse((struct text){ document->data, document->size }, &arena, &err);
	nodes = json_find(flow, "nodes");
	for (size_t i = 0; nodes && i < nodes->n; i++) {
		const struct json *schema =
			json_at(nodes->at[i].value, "trained_parameters.schema");

		for (size_t k = 0; schema && k < COUNT(known); k++)
			compare(&known[k], schema, path);
	}
	arena_release(&arena);
	buffer_drop(document);
}

int
main(void)
{
	public_flows(each);
	printf("%zu types of columns\n", compared);
	for (size_t i = 0; i < COUNT(bytes); i++)
		buffer_drop(bytes[i]);
	return check_report();
}
