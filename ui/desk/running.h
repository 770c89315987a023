/*
 * running.h - a run of a flow behind the screen's back, looked at while it goes.
 *
 * First it is found out what would be wrong and which files would be written over; then
 * it waits to be told to go on. It works on a snapshot of the flow: the user may edit
 * meanwhile. One thread, the screen's, calls these; none waits.
 */
#ifndef DESK_RUNNING_H
#define DESK_RUNNING_H

#include "desk/wake.h"
#include "run/check.h"
#include "run/eta.h"
#include "run/run.h"

struct running;

enum running_phase {
	RUNNING_CHECKS, /* looks at the flow and the files */
	RUNNING_WAITS,  /* for running_go() */
	RUNNING_RUNS,
	RUNNING_ENDED,
};

struct running_spec {
	const struct flow *flow;
	const struct run_options *options;
	const char *node; /* up to this node, writing nothing; NULL: all destinations */
	const struct wake *wake;
	const char *from; /* all destinations that stand on this node; NULL: all */
};

/* What is known by now; strings and lists live as long as the run. */
struct running_state {
	enum running_phase phase;
	bool is_well, was_cancelled; /* at the end */
	const struct error *err;     /* why it is not well; NULL */
	const struct check *check;   /* from RUNNING_WAITS on, or if it failed there */
	size_t n_files;              /* that it writes, from RUNNING_WAITS on */
	const struct run_delivery *files;
	const bool *exists;              /* is there such a file already? */
	const struct run_report *report; /* at the end, if all went well */
	const struct run_meter *meters;  /* by place in its flow */
	bool is_held;                    /* paused */
	double seconds;        /* that it runs, or ran; without those that it was held */
	const struct eta *eta; /* how far it is; at.what NULL: nothing runs yet */
};

/* False also if the flow has nothing that such a run would do. */
CHECKED bool running_start(const struct running_spec *spec, struct running **out,
			   struct error *err);
void running_state(struct running *running, struct running_state *out);
/* Do it. Only when it waits. */
CHECKED bool running_go(struct running *running, struct error *err);
void running_cancel(struct running *running);
/* Hold it, or let it go on. Before it runs: it will not get past its first rows. Nothing
 * happens to one that has ended or was cancelled. */
void running_pause(struct running *running, bool held);
/* Let go of it, whatever it does; NULL is fine. */
void running_free(struct running *running);

/* The flow as it runs; when it has ended well, with what was learned. */
const struct flow *running_flow(const struct running *running);
const char *running_node(const struct running *running); /* NULL: all */
const char *running_from(const struct running *running); /* NULL: all */

/* What was learned into another flow, where a node is told the same as then: one change.
 * *any: was there anything? */
CHECKED bool running_teach(const struct running *running, struct flow *flow, bool *any,
			   struct error *err);

#endif
