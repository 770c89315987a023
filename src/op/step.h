/*
 * step.h - an operator with its settings, ready to work on batches.
 *
 * A node of the flow becomes a chain of steps. A step knows its fields, what it has
 * learned so far, and, once step_shape() ran, the columns in and out. The run pushes
 * batches through steps; the tests do the same on small tables, one thread, any batch
 * size (step_run_table()).
 */
#ifndef OP_STEP_H
#define OP_STEP_H

#include "op/op.h"

struct step {
	const struct op *op;
	void *fields;
	void *learned;      /* learned_size bytes; meaningful if is_learned */
	bool is_learned;    /* or nothing to learn */
	bool is_stored;     /* what is learned came from the flow, not from this run */
	const char *column; /* each_column: the one it works on, as the flow names it */
	size_t stream;      /* place of the input that it works on batch by batch */
	const char *hash;   /* _hash of its arguments; NULL: none */
	struct schema *in;  /* n_in of them, set by step_shape(); a copy, see below */
	size_t n_in;
	struct shape out;
	struct schema made; /* out.schema under the clean names: what hooks see */
	bool *read;         /* of in[stream]: columns it reads */
	bool reads_all;     /* and every one that is not known yet */
	bool blind;         /* names a column that is not known yet (in[0].open) */
};

/*
 * Data Wrangler runs a step on a column whose name holds '.' or '`' under a clean name
 * (each run of those becomes '_'), and names what it derives after that; the column
 * itself gets its name back. So do we: step->in and step->made have the clean names.
 */
const char *step_clean_name(const char *name, struct arena *arena);

struct steps {
	size_t n;
	struct step *at;
};

/* Presets, then JSON, then rules. The steps live in the arena. trained: the node's
 * trained_parameters or NULL; what is stored there and fits (its _hash) is recalled,
 * unless refit. Beyond that no data is needed. */
CHECKED bool steps_from_json(const struct op *op, const struct json *parameters,
			     const struct json *trained, bool refit, struct steps *out,
			     struct arena *arena, struct error *err);

/* The same from "name=value" words, up to NULL. */
CHECKED bool steps_from_settings(const struct op *op, const char *const *settings,
				 struct steps *out, struct arena *arena,
				 struct error *err);

/* trained_parameters with what the steps learned put where Data Wrangler keeps it. */
const struct json *steps_record(const struct steps *steps, const struct json *trained,
				struct arena *arena);
void steps_release(struct steps *steps); /* counted memory of what was learned */

bool step_learns(const struct step *step);
bool step_changes_rows(const struct step *step);
/* What it learned, in a few words; "": nothing, or nothing that can be said so. */
const char *step_tell(const struct step *step, struct arena *arena);

/* Columns out from columns in (n_in schemas), with what is learned so far. Columns
 * that are not known yet leave out.schema.open. */
CHECKED bool step_shape(struct step *step, const struct schema *in, size_t n_in,
			struct arena *arena, struct error *err);

/* Push a batch, which is taken, through keep, each and apply: *out may be the same
 * batch, and may have fewer rows. wanted: see call. */
CHECKED bool step_apply(const struct step *step, const struct call *base,
			struct batch *batch, struct batch **out, struct error *err);

/* The same for a step of two inputs, the other one of which is indexed; what comes out
 * goes to the outlet. state: of its open hook. */
CHECKED bool step_pour(const struct step *step, const struct call *base, void *state,
		       struct batch *batch, struct outlet *outlet, struct error *err);
/* What it has left after the last batch. */
CHECKED bool step_rest(const struct step *step, const struct call *base, void *state,
		       struct outlet *outlet, struct error *err);

/* The same for a step that sifts: the rows whose bits are set. */
CHECKED bool step_pick(const struct step *step, const struct call *base,
		       struct batch *batch, const uint64_t *kept, struct batch **out,
		       struct error *err);

/* The same for a step that cannot work yet: its input's columns pass, what it would make
 * stays NULL. */
CHECKED bool step_pass(const struct step *step, struct batch *batch, struct batch **out,
		       struct error *err);

/* All steps over a table, one thread, in batches of rows; learns what is not learned.
 * in: one table and schema an input. For tests and previews. */
CHECKED bool steps_run_table(struct steps *steps, struct table *const *in,
			     const struct schema *schemas, size_t n_in, size_t rows,
			     struct table *out, struct schema *schema, double seconds,
			     struct arena *arena, struct error *err);

#endif
