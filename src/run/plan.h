/*
 * plan.h - the steps of a run as a graph, and what can be done next.
 *
 * A knot is one step in the graph. Rows stream down from roots: sources, and steps that
 * had to see all rows and hold their table. Under a root hangs a tree of steps
 * that work batch by batch. Sinks are what a pass over a root fills: learners, the
 * inputs of whole-table steps, destinations.
 *
 * Knots stand in such an order that inputs come before their users.
 */
#ifndef RUN_PLAN_H
#define RUN_PLAN_H

#include "op/step.h"
#include "run/place.h"
#include "run/run.h"

struct source; /* io/io.h */
struct troubles;

enum sink { SINK_NONE, SINK_LEARN, SINK_COLLECT, SINK_WRITE };

struct knot {
	struct step *step;
	size_t node; /* of the flow */
	size_t n_in;
	size_t in[2];         /* knots */
	struct schema schema; /* columns out, as far as known */
	/* source */
	struct source *source;
	struct troubles *troubles; /* what was odd in its data */
	const char *path;          /* destination: its file */
	/* whole: tables in, table out; beside a stream: the table to be indexed */
	struct table tables[2], table;
	bool outgrown; /* the table beside the stream is too large to be indexed */
	bool collected[2], done; /* done also: learned all, or delivered */
	/* what this pass asks of it */
	bool active;
	bool *wanted; /* of schema; NULL: not yet asked */
	enum sink sink;
	unsigned sink_input;  /* bits: of its inputs, which this pass fills */
	uint64_t rows;        /* that left it, in the last complete pass */
	uint64_t nanoseconds; /* of all threads */
};

struct plan {
	struct arena *arena; /* of the run */
	const struct flow *flow;
	const struct run_options *options;
	size_t n;
	struct knot *knots;
	size_t threads;           /* that may work at once */
	struct spill *spill;      /* for what memory has no room for */
	struct steps *steps;      /* by node of the flow; n 0: not needed */
	size_t *last;             /* by node: its last knot, or FLOW_NONE */
	bool *needed;             /* by node: what is asked for stands on it */
	size_t target;            /* knot whose table is asked for, or FLOW_NONE */
	struct run_progress told; /* what is the same for all of this pass */
	struct names *warnings;   /* of the report */
	struct arena *report_arena;
};

/* From the flow: needed nodes, operators found, settings read, code trusted. */
CHECKED bool plan_make(struct plan *plan, struct error *err);

/* Schemas as far as they can be told now. */
CHECKED bool plan_shape(struct plan *plan, struct error *err);

/* Is there something left to do? Then choose a root and mark what a pass over it fills
 * (active, wanted, sink). *head: only learners that look at the first rows. */
CHECKED bool plan_next(struct plan *plan, size_t *root, bool *head, bool *any,
		       struct error *err);

/* The rows of a node that came with the options; NULL: it has none. */
const struct run_given *plan_given(const struct plan *plan, size_t node);

/* By knot: somebody still asks for its rows. In the plan's arena. */
bool *plan_used(const struct plan *plan);

/* Forget the marks of a pass. */
void plan_clear(struct plan *plan);
void plan_release(struct plan *plan);

/* "impute_numeric (24a5b561) 'name'" for errors; any thread. */
struct label {
	char text[160];
};
struct label plan_label(const struct plan *plan, size_t node, const char *op);
/* Put the label in front of what went wrong (nothing, if it was cancelled). False. */
bool plan_fail(const struct plan *plan, const struct knot *knot, struct error *err);

/* A node whose rows came with the options: a source without a file. */
static inline bool
knot_is_given(const struct knot *knot)
{
	return knot->step->op->role == ROLE_SOURCE && !knot->step->op->source;
}

/* All its rows must be there before any comes out. */
static inline bool
knot_is_whole(const struct knot *knot)
{
	return knot->step->op->whole || knot->outgrown;
}

static inline bool
knot_is_root(const struct knot *knot)
{
	return knot->step->op->role == ROLE_SOURCE || (knot_is_whole(knot) && knot->done);
}

/* It has nothing more to do. used: somebody asks for its rows. */
static inline bool
knot_is_served(const struct knot *knot, bool used)
{
	return knot_is_whole(knot) || knot->step->op->role == ROLE_DESTINATION
		       ? knot->done
		       : !used;
}

/* Works now as it will in the end: nothing is missing. */
static inline bool
knot_is_ready(const struct knot *knot)
{
	return knot->step->is_learned && !knot->step->blind;
}

/* The knot whose batches it works on one by one. */
static inline size_t
knot_above(const struct knot *knot)
{
	return knot->in[knot->step->stream];
}

/* Does somebody behind the knot ask for its columns in this pass? */
static inline bool
knot_has_work(const struct knot *knot)
{
	return knot->wanted && knot->sink != SINK_WRITE && knot->sink != SINK_COLLECT;
}

/* It keeps something for each thread of this pass. */
static inline bool
knot_has_state(const struct knot *knot)
{
	return knot->sink == SINK_LEARN ||
	       (knot->step->op->pour && !knot->outgrown && knot_has_work(knot));
}

/* It learns in this pass, and lets pass what is new to it for those behind it. */
static inline bool
knot_sifts(const struct knot *knot)
{
	return knot->sink == SINK_LEARN && knot->step->op->sift && knot->wanted;
}

#endif
