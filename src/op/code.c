/*
 * code - the child process of a code step: which Python, what it gets, how it ended.
 */
#include "op/code.h"

#include <signal.h>
#include <stdlib.h>

#include "base/process.h"

enum { MISSING = 77 }; /* exit status of code.py: this Python lacks a library */

/* frame.py and code.py, one behind the other. */
static const char program[] = {
#include "op/code.inc"
	0,
};

const struct param code_params[] = {
	PARAM_CODE(struct code, code, "Code",
		   "the table is the variable df, before and after", .preset = ""),
	{ 0 },
};

struct errand {
	const struct call *call;
	const char *mode;
	const struct frame_setting *settings;
	const struct schema *in_schema;
	const struct table *in;
	struct frame_writer writer;
	struct frame_reader reader;
	struct process process;
	struct arena *arena;
};

static bool
feed(void *state, struct text *piece, struct error *err)
{
	struct errand *errand = state;

	return frame_write(&errand->writer, piece, err);
}

static bool
take(void *state, struct text piece, struct error *err)
{
	struct errand *errand = state;

	return frame_read(&errand->reader, piece, err);
}

/* Once more from the start, in this Python. */
static bool
try_python(struct errand *e, const char *python, struct error *err)
{
	const char *const argv[] = { python, "-c", program, e->mode, NULL };
	const char *env[] = { "TZ=UTC",
			      "PYTHONHASHSEED=0", /* the same order of sets in each run */
			      "PYTHONDONTWRITEBYTECODE=1",
			      "PYTHONUTF8=1",
			      NULL,
			      NULL,
			      NULL };
	static const char *const spark[] = { "JAVA_HOME", "SPARK_HOME" };
	size_t n = 4;
	bool ok;

	for (size_t i = 0; i < COUNT(spark); i++)
		if (strcmp(e->mode, "pyspark") == 0 && getenv(spark[i]))
			env[n++] = arena_print(e->arena, "%s=%s", spark[i],
					       getenv(spark[i]));
	e->process = (struct process){ .argv = argv,
				       .env = env,
				       .seconds = e->call->seconds,
				       .cancel = e->call->cancel,
				       .pause = e->call->pause,
				       .feed = feed,
				       .take = take,
				       .state = e };
	frame_write_start(&e->writer, e->settings, e->in_schema, e->in);
	frame_read_release(&e->reader);
	frame_read_start(&e->reader, e->arena);
	ok = process_run(&e->process, err);
	frame_write_release(&e->writer);
	return ok;
}

/* The Python that the user named, or NULL. */
static const char *
own_python(void)
{
	const char *own = getenv("LARIAT_PYTHON");

	return own && *own ? own : NULL;
}

static bool
nothing_fits(const struct errand *e, struct error *err)
{
	const char *own = own_python();

	if (strcmp(e->mode, "pyspark") == 0)
		return fail(err,
			    "%s%sPySpark is missing: make a virtual environment, in it "
			    "'pip install pyspark numpy', and name its Python in "
			    "LARIAT_PYTHON; it also needs Java (apt-get install "
			    "default-jre-headless)",
			    own ? own : "", own ? ": " : "");
	return fail(err,
		    "%s%spandas is missing: apt-get install python3-pandas, or name a "
		    "Python that has it in LARIAT_PYTHON",
		    own ? own : "", own ? ": " : "");
}

static bool
run_in(struct errand *e, const char *python, bool *fits, struct error *err)
{
	const char *file = process_find(python, e->arena);

	*fits = false;
	if (!file)
		return true;
	if (!try_python(e, file, err))
		return false;
	*fits = e->process.status != MISSING || e->reader.begun;
	return true;
}

/* In the first Python that has what is needed. Which one that was is remembered: a hint
 * only, so that the next step need not try in vain. */
static bool
run_somewhere(struct errand *e, struct error *err)
{
	static const char *const pythons[] = { "python3", "/usr/bin/python3" };
	static atomic_size_t fitting;
	const char *own = own_python();
	size_t first = own ? 0 : fitting;
	bool fits;

	if (own && !process_find(own, e->arena))
		return fail(err, "LARIAT_PYTHON: no program '%s'", own);
	for (size_t i = 0; i < (own ? 1 : COUNT(pythons)); i++) {
		size_t at = (first + i) % COUNT(pythons);

		if (!run_in(e, own ? own : pythons[at], &fits, err))
			return false;
		if (fits) {
			if (!own)
				fitting = at;
			return true;
		}
	}
	return nothing_fits(e, err);
}

/* The last line that it complained of. */
static struct text
last_words(const struct tail *tail)
{
	struct text words = text_trim((struct text){ tail->data, tail->size });

	for (size_t i = words.size; i > 0; i--)
		if (words.data[i - 1] == '\n')
			return (struct text){ words.data + i, words.size - i };
	return words;
}

/* It ended; did it give an answer? */
static bool
settle(struct errand *e, struct error *err)
{
	const struct process *p = &e->process;
	struct text words = last_words(&p->complained);

	if (p->printed.size && e->call->note)
		e->call->note(e->call->listener,
			      (struct text){ p->printed.data, p->printed.size });
	if (p->signal)
		return fail(err, "Python was ended by signal %d (%s)%s: %.*s", p->signal,
			    sigdescr_np(p->signal) ? sigdescr_np(p->signal) : "unknown",
			    p->signal == SIGKILL ? ", perhaps for want of memory" : "",
			    TEXT_ARG(words));
	if (!e->reader.ended)
		return fail(err,
			    "the code ended Python with status %d before the table came "
			    "back: %.*s",
			    p->status, TEXT_ARG(words));
	return frame_read_end(&e->reader, err);
}

/* The answer's batches, to a table that may spill where the reader's does not. */
static bool
take_all(struct table *to, struct table *from, struct error *err)
{
	for (size_t i = 0; i < from->n; i++) {
		struct batch *batch;

		if (!table_pull(from, i, &batch, err) || !table_take(to, batch, err))
			return false;
	}
	return true;
}

bool
code_run(const struct call *call, const char *mode, const struct frame_setting *settings,
	 const struct schema *in_schema, const struct table *in, struct table *out,
	 struct schema *schema, struct arena *arena, struct error *err)
{
	struct errand e = { .call = call,
			    .mode = mode,
			    .settings = settings,
			    .in_schema = in_schema,
			    .in = in,
			    .arena = arena };
	bool ok = run_somewhere(&e, err) && settle(&e, err);

	if (ok) {
		ok = take_all(out, &e.reader.table, err);
		*schema = e.reader.schema;
	}
	frame_read_release(&e.reader);
	return ok;
}

/* Blank code: the same batches. */
static bool
pass(const struct table *in, struct table *out, struct error *err)
{
	for (size_t i = 0; i < in->n; i++) {
		struct batch *batch;

		if (!table_batch(in, i, &batch, err) || !table_take(out, batch, err))
			return false;
	}
	return true;
}

static bool
run_table(const struct call *call, const char *mode, const struct table *in,
	  struct table *out, struct schema *schema, struct arena *arena,
	  struct error *err)
{
	const struct code *code = call->fields;
	const struct frame_setting settings[] = { { "code", code->code },
						  { NULL, NULL } };

	if (!text_is_blank(text_of(code->code)))
		return code_run(call, mode, settings, &call->in[0], in, out, schema,
				arena, err);
	*schema = call->in[0];
	schema->open = false;
	return pass(in, out, err);
}

bool
code_pandas(const struct call *call, struct table *const *in, struct table *out,
	    struct schema *schema, struct arena *arena, struct error *err)
{
	return run_table(call, "pandas", in[0], out, schema, arena, err);
}

bool
code_pyspark(const struct call *call, struct table *const *in, struct table *out,
	     struct schema *schema, struct arena *arena, struct error *err)
{
	return run_table(call, "pyspark", in[0], out, schema, arena, err);
}

bool
code_shape(const void *fields, const void *learned, const struct schema *in,
	   struct shape *out, struct error *err)
{
	const struct code *code = fields;

	(void)learned;
	(void)err;
	if (text_is_blank(text_of(code->code)))
		shape_keep_all(out, in);
	else
		out->schema.open = true;
	return true;
}
