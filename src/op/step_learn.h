/*
 * step_learn.h - what steps learn: recall it, learn it, record it.
 *
 * Data Wrangler keeps it in trained_parameters, below the operator's block: an object
 * with _hash for one column, an array of objects with input_column, by its clean name,
 * for several. _hash
 * is the SHA-1 of Python's json.dumps(arguments, sort_keys=True); an integer there is
 * an older hash, of Python's hash(), which nobody can compute again: what is stored with
 * it is used, as far as it fits the data (labels that it lacks are added, labels.h).
 */
#ifndef OP_STEP_LEARN_H
#define OP_STEP_LEARN_H

#include "op/step.h"

/* Set each step's hash, and take over what is stored and fits. */
CHECKED bool steps_recall(struct steps *steps, const struct json *parameters,
			  const struct json *trained, bool refit, struct arena *arena,
			  struct error *err);

/* The outcome of learning becomes the step's. */
CHECKED bool step_settle(struct step *step, const struct call *call, void *state,
			 struct arena *arena, struct error *err);

#endif
