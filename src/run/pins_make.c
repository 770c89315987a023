/*
 * pins_make - all rows of a node into a table: in memory as long as there is room for
 * them, all of them in a file from then on.
 */
#include <stdlib.h>

#include "run/pins_parts.h"

struct making {
	struct pin *pin;
	size_t room; /* bytes */
	const char *folder;
	struct spill *spill; /* NULL: rows are in memory */
	bool any;            /* the schema is known */
};

static void
copy_schema(struct pin *pin, const struct schema *schema)
{
	for (size_t i = 0; i < schema->n; i++)
		schema_add(&pin->schema, schema->at[i].name, schema->at[i].type,
			   &pin->arena);
	pin->facts.columns = schema->n;
}

static size_t
batch_bytes(const struct batch *batch)
{
	size_t bytes = 0;

	for (size_t i = 0; i < batch->n; i++)
		if (batch->at[i])
			bytes += column_bytes(batch->at[i]);
	return bytes;
}

/* What is in memory goes into a file. */
static bool
move_away(struct making *making, struct error *err)
{
	struct table *from = &making->pin->table, to = { 0 };
	bool ok;

	making->spill = spill_new(making->folder, err);
	ok = making->spill && table_spill_all(&to, making->spill, err);
	for (size_t i = 0; ok && i < from->n; i++) {
		struct batch *batch;

		ok = table_pull(from, i, &batch, err) && table_take(&to, batch, err);
	}
	table_release(from);
	*from = to;
	return ok;
}

static bool
take(void *context, const struct schema *schema, const struct batch *batch, bool *enough,
     struct error *err)
{
	struct making *making = context;
	struct pin *pin = making->pin;
	struct batch *copy;

	(void)enough;
	if (!making->any)
		copy_schema(pin, schema);
	making->any = true;
	pin->facts.bytes += batch_bytes(batch);
	if (!making->spill && (pin->facts.bytes > making->room || memory_is_short(0)) &&
	    !move_away(making, err))
		return false;
	copy = batch_copy(batch, err);
	return copy && table_take(&pin->table, copy, err);
}

static bool
run(struct making *making, struct flow *flow, const struct run_options *options,
    struct error *err)
{
	struct pin *pin = making->pin;
	struct run_sink sink = { take, making };
	struct run_options settings = *options;

	settings.node = pin->node;
	settings.sink = &sink;
	settings.pins_same = false;
	if (!run_flow(flow, &settings, &pin->report, err))
		return false;
	if (!making->any && pin->report.n_nodes)
		copy_schema(pin, &pin->report.nodes[pin->report.n_nodes - 1].schema);
	pin->facts.rows = pin->table.rows;
	pin->facts.is_away = making->spill != NULL;
	if (making->spill)
		pin->facts.bytes = spill_bytes(making->spill);
	return true;
}

/* Files are those that they were before the run; what it learned is known now. */
static bool
seal(struct pin *pin, struct flow *flow, const struct run_options *options,
     const struct pin_recipe *before, struct error *err)
{
	struct pin_recipe after;

	if (!pin_recipe_of(flow, pin->node, options, &after, &pin->arena, err))
		return false;
	if (!after.recipe || strcmp(after.files, before->files) != 0)
		return fail(err, "a file was changed while its rows were read");
	pin->recipe = before->recipe;
	pin->taught = after.recipe;
	pin->facts.is_steady = after.is_steady;
	return true;
}

static struct pin *
pin_new(const char *node, const char *folder, struct making *making, struct error *err)
{
	struct pin *pin = calloc(1, sizeof(*pin));

	if (!pin) {
		fail(err, "out of memory");
		return NULL;
	}
	pin->refs = 1;
	pin->node = arena_text(&pin->arena, node);
	*making = (struct making){ .pin = pin };
	if (folder)
		making->folder = arena_text(&pin->arena, folder);
	return pin;
}

bool
pins_make(struct pins *pins, struct flow *flow, const char *node,
	  const struct run_options *options, struct pin_facts *out, struct error *err)
{
	struct making making;
	struct pin_recipe before;
	struct pin *pin = pin_new(node, options->temp_dir, &making, err);
	bool ok = pin && pin_recipe_of(flow, node, options, &before, &pin->arena, err) &&
		  (before.recipe ||
		   fail(err, "its rows cannot be kept: nobody could tell whether what it "
			     "reads has changed (it is no file)"));

	if (!pin)
		return false;
	making.room = pins_room(pins, node);
	ok = ok && run(&making, flow, options, err) &&
	     seal(pin, flow, options, &before, err);
	spill_drop(making.spill);
	if (!ok) {
		pin_drop(pin);
		return false;
	}
	*out = pin->facts;
	return pins_add(pins, pin, options->cancel) || fail_cancelled(err);
}
