/*
 * step_run - a chain of steps over a small table: one thread, batches of any size.
 *
 * For tests and previews. Learning uses several states and merges them, so that what a
 * step learns is seen to be independent of how the rows were shared out.
 */
#include "op/step.h"
#include "op/step_learn.h"

struct runner {
	struct arena *arena;
	double seconds;
	size_t rows; /* a batch */
	struct spill *spill;
};

static bool
observe_all(const struct step *step, const struct call *base, const struct table *table,
	    void **states, struct error *err)
{
	struct call call = *base;
	size_t head = step->op->flags & OP_HEAD_ONLY ? step->op->head : SIZE_MAX;

	bool ok = true;

	for (size_t i = 0; ok && i < table->n && call.place.row < head; i++) {
		struct batch *batch, *cut = NULL;

		if (!table_batch(table, i, &batch, err))
			return false;
		if (head - call.place.row < batch->rows)
			ok = (cut = batch_slice(batch, 0, head - call.place.row, err)) !=
			     NULL;
		ok = ok &&
		     step->op->observe(&call, states[i & 1], cut ? cut : batch, err);
		call.place.row += batch->rows;
		batch_free(cut);
		batch_free(batch);
	}
	return ok;
}

/* A state that saw nothing is merged too, from and into: a thread may get no rows. */
static bool
learn(struct runner *runner, struct step *step, const struct table *table,
      struct error *err)
{
	enum { EVEN, ODD, IDLE, STATES };
	struct call call = { .fields = step->fields,
			     .in = step->in,
			     .spill = runner->spill };
	void *states[STATES] = { NULL };
	bool ok = !step->op->pool || (call.pool = step->op->pool(&call, err));

	for (int i = 0; ok && i < STATES; i++)
		ok = (states[i] = step->op->start(&call, err)) != NULL;
	ok = ok && observe_all(step, &call, table, states, err) &&
	     step->op->merge(&call, states[EVEN], states[IDLE], err) &&
	     step->op->merge(&call, states[ODD], states[EVEN], err) &&
	     step_settle(step, &call, states[ODD], runner->arena, err);
	for (int i = 0; i < STATES; i++)
		if (states[i])
			step->op->discard(states[i]);
	if (call.pool)
		step->op->drain(call.pool);
	return ok;
}

static bool
apply_all(struct runner *runner, struct step *step, struct table *in, struct table *out,
	  struct error *err)
{
	struct call call = { .seconds = runner->seconds };

	for (size_t i = 0; i < in->n; i++) {
		struct batch *batch, *made;
		size_t rows;

		if (!table_pull(in, i, &batch, err))
			return false;
		rows = batch->rows;
		if (!step_apply(step, &call, batch, &made, err) ||
		    !table_take(out, made, err))
			return false;
		call.place.row += rows;
	}
	return true;
}

static bool
run_whole(struct runner *runner, struct step *step, struct table *const *in,
	  struct table *out, struct schema *schema, struct error *err)
{
	struct call call = { .fields = step->fields,
			     .learned = step->learned,
			     .in = step->in,
			     .out = &step->made,
			     .seconds = runner->seconds,
			     .spill = runner->spill };
	struct table raw = { 0 };
	bool ok;

	*schema = step->out.schema;
	schema->open = false;
	ok = table_may_spill(&raw, runner->spill, err) &&
	     step->op->whole(&call, in, &raw, schema, runner->arena, err);
	for (size_t i = 0; ok && i < raw.n; i++) {
		struct batch *batch;

		ok = table_pull(&raw, i, &batch, err) &&
		     table_take_cut(out, batch, runner->rows, err);
	}
	table_release(&raw);
	return ok;
}

/* What is poured becomes a table. */
struct basin {
	struct outlet outlet;
	struct table *table;
};

static bool
take(struct outlet *outlet, struct batch *batch, struct error *err)
{
	return table_take(((struct basin *)(void *)outlet)->table, batch, err);
}

/* By two states in turn, as if there were two threads. */
static bool
pour_all(struct runner *runner, struct step *step, struct table *in, struct table *out,
	 struct error *err)
{
	const struct op *op = step->op;
	struct basin basin = { { take }, out };
	struct call call = { .fields = step->fields,
			     .learned = step->learned,
			     .in = step->in,
			     .out = &step->made,
			     .seconds = runner->seconds,
			     .spill = runner->spill };
	void *states[2] = { NULL };
	bool ok = !op->pool || (call.pool = op->pool(&call, err));

	for (int i = 0; ok && i < 2; i++)
		ok = (states[i] = op->open(&call, err)) != NULL;
	for (size_t i = 0; ok && i < in->n; i++) {
		struct batch *batch;
		size_t rows;

		if (!(ok = table_batch(in, i, &batch, err)))
			break;
		rows = batch->rows;
		ok = step_pour(step, &call, states[i & 1], batch, &basin.outlet, err);
		call.place.row += rows;
	}
	ok = ok && step_rest(step, &call, states[0], &basin.outlet, err);
	for (int i = 0; i < 2; i++)
		if (states[i])
			op->close(states[i]);
	if (call.pool)
		op->drain(call.pool);
	return ok;
}

static bool
run_pour(struct runner *runner, struct step *step, struct table *const *in,
	 struct table *out, struct error *err)
{
	struct call call = { .fields = step->fields,
			     .in = step->in,
			     .spill = runner->spill };

	step->is_learned =
		step->op->index(&call, in[1 - step->stream], step->learned, err);
	return step->is_learned && pour_all(runner, step, in[step->stream], out, err);
}

/* One step: in (n_in tables) to out; schema: columns out. */
static bool
run_step(struct runner *runner, struct step *step, struct table *const *in,
	 const struct schema *schemas, size_t n_in, struct table *out,
	 struct schema *schema, struct error *err)
{
	if (!step_shape(step, schemas, n_in, runner->arena, err))
		return false;
	*schema = step->out.schema;
	if (step->op->pour)
		return run_pour(runner, step, in, out, err);
	if (!step->is_learned && !learn(runner, step, in[0], err))
		return false;
	if (!step_shape(step, schemas, n_in, runner->arena, err))
		return false;
	if (step->op->whole)
		return run_whole(runner, step, in, out, schema, err);
	*schema = step->out.schema;
	return apply_all(runner, step, in[0], out, err);
}

/* The input cut into batches of the size asked for. */
static bool
cut_table(const struct table *in, size_t rows, struct table *out, struct error *err)
{
	for (size_t i = 0; i < in->n; i++) {
		struct batch *batch;

		if (!table_batch(in, i, &batch, err) ||
		    !table_take_cut(out, batch, rows, err))
			return false;
	}
	return true;
}

bool
steps_run_table(struct steps *steps, struct table *const *in,
		const struct schema *schemas, size_t n_in, size_t rows, struct table *out,
		struct schema *schema, double seconds, struct arena *arena,
		struct error *err)
{
	struct runner runner = { arena, seconds, rows, spill_new(NULL, err) };
	struct table now[2] = { { 0 } }, *inputs[2] = { &now[0], &now[1] };
	const struct schema *have = schemas;
	bool ok = runner.spill != NULL;

	for (size_t i = 0; ok && i < n_in; i++)
		ok = table_may_spill(&now[i], runner.spill, err) &&
		     cut_table(in[i], rows, &now[i], err);
	for (size_t i = 0; ok && i < steps->n; i++) {
		struct table next = { 0 };
		struct schema *made = ARENA_NEW(arena, struct schema);

		ok = table_may_spill(&next, runner.spill, err) &&
		     run_step(&runner, &steps->at[i], inputs, have, i ? 1 : n_in, &next,
			      made, err);
		table_release(&now[0]);
		now[0] = next;
		have = made;
	}
	table_release(&now[1]);
	spill_drop(runner.spill);
	if (!ok) {
		table_release(&now[0]);
		return false;
	}
	*out = now[0];
	*schema = *have;
	return true;
}
