/*
 * op.h - what an operator is: one file, one table entry, a few hooks.
 *
 * An operator of ours is one leaf choice of a Data Wrangler operator: the node's
 * "operator" is .id, and every .choices path in its parameters holds the value given
 * ("operator" = "Impute", "impute_parameters.column_type" = "Numeric"). Its params and
 * what it learned stand below .block, in "parameters" and "trained_parameters".
 *
 * A node becomes one or more steps (step.h). An operator with .each_column works on a
 * single column: for a list of input columns the node becomes one step a column, in
 * order, each on the result of the one before; what each learned stands apart. So
 * hooks of such an operator see exactly one name in that param.
 *
 * A step runs in this order. Only what differs from the preset need be given.
 *
 *	check	rules between fields, no data.
 *	shape	columns in -> columns out, and which pass through untouched. Called again
 *		when more is learned. Preset: everything passes through.
 *	learn	start, observe (any number of batches, in any order, several states at
 *		once), merge (states in any order), settle. The outcome may not depend on
 *		order: use exact sums (base/sum.h), counts, least place. A step whose
 *		states share something while they observe has it in a pool (pool, drain),
 *		which is there before the first state and goes after the last.
 *	sift	instead of observe, for a step that drops rows of a kind that was there
 *		before: it says at once which rows are new. Those go on to the steps
 *		behind it, which so learn in the same pass. Other rows go on than stay in
 *		the end, but equal ones; what depends on places (OP_PLACES), on the first
 *		rows, or on all values as they are printed may not learn from them. If it
 *		turns out that the rows were not all of them, or not equal to the last bit
 *		(sifted), what was learned behind it is learned again.
 *	keep	bits of the rows that stay.
 *	each	one column in, one column out.	 } after keep, on the
 *	apply	batch in, batch out.		 } rows that stayed
 *	pour	instead of keep, each and apply, for a step of two inputs one of which
 *		streams (streams) while the other one stands: that one is collected
 *		first, and becomes what is learned (index). Then a batch in gives any
 *		number of batches out; what is left after the last batch comes out of
 *		rest. What all threads share of a pass is its pool, what one thread
 *		needs is made by open and goes by close.
 *	whole	instead of all these: all rows of every input at hand, which it may take
 *		out of its tables. With learn as well, rows are observed instead of kept,
 *		and whole makes its table of what was learned; its tables mean nothing.
 *
 * keep, each and apply see batches of any size and may run on several threads at once
 * for different batches; they hold no state but `learned`, which is read-only then.
 */
#ifndef OP_OP_H
#define OP_OP_H

#include "base/pause.h"
#include "data/table.h"
#include "op/dataset.h"
#include "op/param.h"

struct op_choice {
	const char *path, *value; /* value as the flow file has it */
};

struct op_example {
	const char *settings; /* "columns=x low=0": words as param_set() takes them */
	const char *input;    /* CSV; types are inferred; NULL ends the table; two inputs
			       * have a line "++++" between them */
	const char *output;   /* CSV */
};

enum op_role { ROLE_TRANSFORM, ROLE_SOURCE, ROLE_DESTINATION };

enum op_flags {
	OP_READS_ALL =
		1, /* looks at every column of its input (else: those its params name) */
	OP_HEAD_ONLY = 2, /* learns from the first .head rows */
	OP_CODE = 4,      /* runs code of the flow: only when trusted */
	OP_TWO_INPUTS = 8,
	OP_NO_REFIT = 16, /* --refit does not touch what it learned */
	OP_RANDOM =
		32, /* the outcome is random by design (unseeded shuffle, time of day) */
	OP_OWN_LEARNED =
		64, /* learned for this run only (survivors of a pass): never stored */
	OP_PLACES = 128,         /* what it learns depends on where rows stand */
	OP_READS_TO_LEARN = 256, /* and once it has learned, it reads no column */
	/* All that it does is to give columns their types: names and rows stay, texts are
	 * cast as cast.h does it, moments by the format of their column's first value */
	OP_TYPES = 512,
	/* Every label of a column becomes something of its own, however rare it is */
	OP_LABELS = 1024
};

/* Where a batch stands among all rows that reach its step: chunks in order, rows in a
 * chunk. The same rows have the same place in every pass over the data. */
struct place {
	uint64_t chunk, row;
};

/* What a step sees while it works. */
struct call {
	const void *fields;
	const void *learned;      /* NULL while nothing is learned */
	const void *ready;        /* what shape left in shape->ready */
	const struct schema *in;  /* of the first input; in[1] of the second */
	const struct schema *out; /* NULL while learning */
	void *pool;               /* of the pass: what its states share */
	struct place place;       /* of the batch's first row */
	const bool *wanted;  /* a column of out: false: nobody reads it, may stay NULL */
	double seconds;      /* code: time limit */
	size_t threads;      /* that may work at once; 0: one */
	struct spill *spill; /* where to put what memory has no room for; NULL: nowhere */
	const atomic_bool *cancel; /* call_is_over(): look at it in long loops */
	struct pause *pause;       /* the same; NULL: it is never held */
	/* What code printed, for the user; any bytes. NULL: nobody listens. */
	void (*note)(void *listener, struct text text);
	void *listener;
};

/* The user wants out: fail_cancelled(). Waits while the run is held, so not under a lock
 * that others need. */
static inline bool
call_is_over(const struct call *call)
{
	return work_is_over(call->cancel, call->pause);
}

/* Where a step puts batches when it makes more than one of one. Takes the batch. False:
 * those behind it failed, and err says why. */
struct outlet {
	bool (*take)(struct outlet *outlet, struct batch *batch, struct error *err);
};

/*
 * The outcome of shape: columns out. from: the place of the input column that passes
 * through untouched, or SHAPE_MADE for one that this step makes.
 */
enum { SHAPE_MADE = -1 };

struct shape {
	struct schema schema;
	int *from;
	int *of;    /* the one input column that a made one is made of, or SHAPE_MADE: of
		     * all that the step reads */
	int *input; /* of which input (0, 1) it passes; 0 for a made one */
	/* What is the same for all batches (a formula, read), for the hooks that come
	 * after; in the arena, read-only from then on. */
	const void *ready;
	struct arena *arena;
};

void shape_keep(struct shape *shape, const struct schema *in, size_t i);
void shape_keep_all(struct shape *shape, const struct schema *in);
void shape_keep_as(struct shape *shape, const struct schema *in, size_t i,
		   const char *name);
/* Column i of the second input, under a name. */
void shape_keep_second(struct shape *shape, const struct schema *second, size_t i,
		       const char *name);
void shape_add(struct shape *shape, const char *name, enum type type); /* made, last */
/* Made, last, of input column i alone, which a reader of others need not read. */
void shape_add_of(struct shape *shape, const char *name, enum type type, size_t i);
/* Spark's withColumn: made, in the place of the first column of that name, else last. */
void shape_put(struct shape *shape, const char *name, enum type type);
/* All pass through, but output ("": input itself) is made, by shape_put(). */
CHECKED bool shape_replace(struct shape *shape, const struct schema *in,
			   const char *input, const char *output, enum type type,
			   struct error *err);
/* For .reads, where columns that params name are only passed on or left out. */
bool reads_nothing(const void *fields, const struct schema *in, bool *read);

struct op {
	const char *name;  /* word and file name: "impute_numeric" */
	const char *alias; /* a shorter word, which no other has: "filter"; NULL: none */
	const char *title; /* for people: "Impute numbers" */
	const char *group; /* menu: "Missing values" */
	const char *help;  /* one sentence */
	const char *id;    /* of the flow file: "sagemaker.spark.handle_missing_0.1" */
	const struct op_choice
		*choices;  /* up to a NULL path; NULL: the id alone decides */
	const char *block; /* dotted path; NULL: parameters itself */
	const struct param *params;
	size_t params_size;
	const char *each_column; /* name of the columns param that makes steps */
	const char *each_name;   /* name param that becomes OUTPUT_COLUMN if several */
	const struct param *learned; /* as JSON below block in trained_parameters */
	size_t learned_size;
	/* Params in _hash, by JSON key, "a +b": a as the file has it, b as it was parsed;
	 * NULL: nothing stored. */
	const char *hashed;
	const char *shared; /* key of an object that holds what all columns learned */
	const struct op_example *examples;
	enum op_role role;
	unsigned flags;
	size_t head;

	bool (*check)(const void *fields, struct error *err);
	bool (*shape)(const void *fields, const void *learned, const struct schema *in,
		      struct shape *out, struct error *err);
	/* The columns that params name are marked: mark what else is read, or unmark.
	 * True: it reads every column, also those that are not known yet. Of two inputs:
	 * the columns of the one that streams, none of which is marked. */
	bool (*reads)(const void *fields, const struct schema *in, bool *read);
	/* By input column: the type as which it may as well come, because all that the
	 * step does is to cast it so (as cast.h does); 0: as it is. A reader that can
	 * then gives it typed, straight from the file. */
	void (*casts)(const void *fields, const void *learned, const struct schema *in,
		      enum type *types);
	/* May rows come or go? NULL: they do if keep is set. */
	bool (*changes_rows)(const void *fields);

	/* Is there anything to learn with these fields? NULL: if start is set. */
	bool (*learns)(const void *fields);
	void *(*start)(const struct call *call, struct error *err);
	bool (*observe)(const struct call *call, void *state, const struct batch *batch,
			struct error *err);
	bool (*merge)(const struct call *call, void *into, void *from, struct error *err);
	bool (*settle)(const struct call *call, void *state, void *learned,
		       struct arena *arena, struct error *err);
	void (*discard)(void *state); /* always called, also after settle */

	void *(*pool)(const struct call *call, struct error *err);
	void (*drain)(void *pool);
	/* As observe; sets bits of the rows that nobody brought before. */
	bool (*sift)(const struct call *call, void *state, const struct batch *batch,
		     uint64_t *fresh, struct error *err);
	/* After all were merged into state: are the rows let pass, as a bag, what stays,
	 * to the last bit? */
	bool (*sifted)(const struct call *call, const void *state);

	/* Is there, beyond what was recalled, something that every run must learn? settle
	 * keeps then what is there. NULL: no. */
	bool (*lacks)(const void *fields, const void *learned);

	/* Instead of (or after) the learned table: a model from and to JSON. recall may
	 * find it unusable: *usable false, and it is learned again. trained: the object
	 * that holds _hash. */
	bool (*recall)(const void *fields, const struct json *trained, void *learned,
		       bool *usable, struct arena *arena, struct error *err);
	/* object: _hash and the learned table so far; returned with more members. */
	const struct json *(*record)(const void *fields, const void *learned,
				     const struct json *object, struct arena *arena);
	void (*forget)(void *learned); /* counted memory it holds */
	/* What was learned in a few words, for people: "mean 81.5, deviation 12". NULL:
	 * the learned table says it. */
	const char *(*tells)(const void *learned, struct arena *arena);

	bool (*keep)(const struct call *call, const struct batch *batch, uint64_t *kept,
		     struct error *err);
	bool (*each)(const struct call *call, const struct column *in,
		     struct column **out, struct error *err);
	/* out: as wide as call->out, passing columns are there, made ones are NULL. */
	bool (*apply)(const struct call *call, const struct batch *in, struct batch *out,
		      struct error *err);
	size_t (*streams)(const void *fields); /* place of the input */
	/* table: of the other input, which it may take apart. */
	bool (*index)(const struct call *call, struct table *table, void *learned,
		      struct error *err);
	void *(*open)(const struct call *call, struct error *err);
	/* Takes the batch. May be called by several threads, each with a state. */
	bool (*pour)(const struct call *call, void *state, struct batch *batch,
		     struct outlet *outlet, struct error *err);
	/* One thread, when the others are done. */
	bool (*rest)(const struct call *call, void *state, struct outlet *outlet,
		     struct error *err);
	void (*close)(void *state);
	/* Is there memory to index the table? If not, both tables are collected, and
	 * outgrown is to it what whole is to others. */
	bool (*fits)(const struct call *call, const struct table *table);
	bool (*outgrown)(const struct call *call, struct table *const *in,
			 struct table *out, struct schema *schema, struct arena *arena,
			 struct error *err);
	bool (*whole)(const struct call *call, struct table *const *in, struct table *out,
		      struct schema *schema, struct arena *arena, struct error *err);
	/* whole: the columns out are known only after it ran (code); it fills schema. */

	bool (*source)(const void *fields, struct dataset *out, struct arena *arena,
		       struct error *err);
	bool (*destination)(const void *fields, struct delivery *out, struct arena *arena,
			    struct error *err);
};

/* The list, in the order the menu shows it, up to NULL (ops.am). */
extern const struct op *const op_table[];

/* By word or alias; NULL if there is none. */
const struct op *op_find(const char *name);

/* The operator of a node, by id and choices. NULL: *known tells whether the id is
 * known at all, and err says what is wrong with the choice (or that it is unknown). */
const struct op *op_match(const char *id, const struct json *parameters, bool *known,
			  struct error *err);

/* The columns param of .each_column. */
struct names *op_columns(const struct op *op, void *fields);

#endif
