/*
 * step.h - steps of a flow, made of what an operator's table says.
 *
 * An operator's fields become the parameters of a node, and back; the flow is changed by
 * flow/edit.h. What works on a copy of a flow (a preview) and what works on the flow
 * itself say the same here.
 */
#ifndef DESK_STEP_H
#define DESK_STEP_H

#include "flow/edit.h"
#include "op/step.h"

/* All presets. In the arena. */
CHECKED bool step_fields(const struct op *op, void **fields, struct arena *arena,
			 struct error *err);

/* The operator of a node and what it was told. Unknown, or told what cannot be read: the
 * sentence says so. */
CHECKED bool step_read(const struct node *node, const struct op **op, void **fields,
		       struct arena *arena, struct error *err);

/* Parameters of a node: what chooses the operator, and the fields. stands: what they
 * were, of which all that says the same stays; may be NULL. */
const struct json *step_parameters(const struct op *op, const struct json *stands,
				   const void *fields, struct arena *arena);

/*
 * As a user would type it: "drop_column columns=agent". Fields that say their preset are
 * left out, as are those that are not in force. A value that is empty or holds a blank, a
 * quote or a control character stands in "", where \" \\ \n \t \r mean what they do in C;
 * elsewhere a backslash is one. In the arena.
 */
const char *step_command(const struct op *op, const void *fields, struct arena *arena);
/* Only what differs from other fields: " columns=a", or "". */
const char *step_differences(const struct op *op, const void *from, const void *to,
			     struct arena *arena);
/* A value as it stands there. */
const char *step_value(const char *value, struct arena *arena);
/* The same of any word and its table of fields of that size; it may be NULL. */
const char *step_words(const char *word, const struct param *params, size_t size,
		       const void *fields, struct arena *arena);

/*
 * What a step is told beside its settings: "join_tables … with=countries.csv branch".
 * Operators take these words as far as they read something: rows of step_link_params(),
 * for two inputs with the first.
 */
struct step_links {
	const char *with; /* the second table: a file, or a step by number or name */
	bool branch;      /* what reads the step before does not read this one */
};
const struct param *step_link_params(const struct op *op);
/* The operator's params and these, whose fields stand from *links on: one table, for
 * fields of *size bytes. In the arena. */
const struct param *step_params(const struct op *op, size_t *links, size_t *size,
				struct arena *arena);

/* The steps that fields make, fitted one behind the other to tables of these columns: as
 * many as the operator reads; one without columns is not known yet, and all fits it.
 * False: settings are wrong, or columns are not there. Release *out if true. */
CHECKED bool step_fit(const struct op *op, const void *fields,
		      const struct schema tables[2], struct steps *out,
		      struct arena *arena, struct error *err);

/* A node of this operator. behind: the node that it reads, and whose readers read it from
 * now on; what only shows rows (a chart, a destination) stands for what it reads. A
 * source reads nothing. second: what a node of two inputs reads as well, or FLOW_NONE.
 * place: where the table of the step is then. */
CHECKED bool step_add(struct flow *flow, const struct op *op, const void *fields,
		      size_t behind, size_t second, size_t *place, struct error *err);
/* The same, but what reads that node goes on to: a branch begins. */
CHECKED bool step_branch(struct flow *flow, const struct op *op, const void *fields,
			 size_t behind, size_t second, size_t *place, struct error *err);
/* The second input of the step at a place. */
CHECKED bool step_link(struct flow *flow, size_t place, size_t second, struct error *err);
/* The step at a place, told otherwise. */
CHECKED bool step_set(struct flow *flow, size_t place, const struct op *op,
		      const void *fields, struct error *err);

#endif
