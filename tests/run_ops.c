/*
 * run_ops - runs what stands in tests/ops and the examples of operators.
 *
 *	run_ops			every file, every example
 *	run_ops FILE...		these files
 *	run_ops --accept ...	the same, and writes what was found into the files
 *
 * A file holds cases with an empty line between them; # starts a comment there:
 *
 *	clip columns=x low=0		operator and settings, as the command line has
 *					them
 *	x,city				input (see sheet.h)
 *	-1,Ulm
 *	----
 *	x,city				output
 *	0,Ulm
 *
 * Settings with blanks stand in double quotes: name="a b". A settings part that starts
 * with { is the node's "parameters" as they are. Further lines, each where it may stand:
 *
 *	< trained			before the input: the next line is the node's
 *	{"...": ...}			trained_parameters as stored
 *	++++				a second input follows
 *	---- any order			rows are compared without their order
 *	! sentence			instead of an output: the error
 *	> learned			behind the output: the next line is
 *	{"...": ...}			trained_parameters after the run
 *
 * The output of a source or a destination is what it tells: "uri=s3://a/b" and so on.
 * Each case runs in batches of 1, 2, 3 and 2,048 rows and must not differ; sizes 1 and 3
 * take the way of a flow file (settings to JSON to fields), 2 and 2,048 that of the
 * command line.
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include "op_case.h"
#include "op_run.h"

static int passed, failed, skipped;
static bool accepting;

/* What one run of a case gave. */
struct found {
	struct buffer *output, *learned;
	struct error err;
	bool ok;
};

static void
complain(const char *file, size_t line, const char *how, const char *found,
	 const char *wanted)
{
	failed++;
	printf("%s:%zu: %s\nfound:\n%s\nwanted:\n%s\n", file, line, how, found, wanted);
}

static bool
make_steps(const struct op *op, const struct op_case *c, const struct json *trained,
	   bool by_json, struct steps *steps, struct arena *arena, struct error *err)
{
	const char *const *words = words_split(c->settings, arena);
	const struct json *parameters = NULL;

	if (c->settings[0] == '{')
		parameters = json_parse(text_of(c->settings), arena, err);
	else if (!by_json && !trained)
		return steps_from_settings(op, words, steps, arena, err);
	else if (!words_to_json(op, words, &parameters, arena, err))
		return false;
	return parameters &&
	       steps_from_json(op, parameters, trained, false, steps, arena, err);
}

static bool
run_steps(const struct op_case *c, struct steps *steps, const struct json *trained,
	  size_t rows, struct found *found, struct arena *arena)
{
	struct sheet in[2] = { 0 };
	bool ok = true;

	for (size_t i = 0; ok && i < c->n_inputs; i++)
		ok = sheet_read(c->input[i], &in[i], arena, &found->err) ||
		     fail_in(&found->err, "input: ");
	ok = ok && op_run(steps, in, c->n_inputs, rows, c->output, found->output, arena,
			  &found->err);
	if (ok && c->any_order)
		sheet_sort(found->output);
	if (ok)
		trained = steps_record(steps, trained, arena);
	if (ok && trained)
		ok = json_line(trained, found->learned, &found->err);
	for (size_t i = 0; i < c->n_inputs; i++)
		sheet_release(&in[i]);
	return ok;
}

static void
run_once(const struct op_case *c, size_t rows, bool by_json, struct found *found)
{
	const struct op *op = op_find(c->op);
	const struct json *trained = NULL;
	struct arena mem = { 0 };
	struct steps steps = { 0 };

	*found = (struct found){ buffer_new(0, &found->err), buffer_new(0, &found->err) };
	if (!found->output || !found->learned)
		abort();
	if (!op)
		fail(&found->err, "no operator '%s'", c->op);
	else if (c->trained.size &&
		 !(trained = json_parse(c->trained, &mem, &found->err)))
		fail_in(&found->err, "< trained: ");
	else if (make_steps(op, c, trained, by_json, &steps, &mem, &found->err))
		found->ok = run_steps(c, &steps, trained, rows, found, &mem);
	steps_release(&steps);
	arena_release(&mem);
}

static void
found_release(struct found *found)
{
	buffer_drop(found->output);
	buffer_drop(found->learned);
}

static const char *
text_in(const struct buffer *buffer, struct arena *arena)
{
	return arena_text_n(arena, buffer->data, buffer->size);
}

/* Numbers by value, so that 240 and 240.0 are the same. */
static bool
same_json(struct text wanted, const char *found, struct arena *arena)
{
	struct error ignored = { 0 };
	const struct json *a = json_parse(wanted, arena, &ignored);
	const struct json *b = json_parse(text_of(found), arena, &ignored);

	return a && b && json_equal(a, b);
}

/* The output as it would stand in the file. */
static const char *
expected_text(const struct op_case *c, const struct found *found, struct arena *arena)
{
	if (!found->ok)
		return arena_print(arena, "! %s\n", found->err.text);
	if (!c->learned.size)
		return text_in(found->output, arena);
	return arena_print(arena, "%s> learned\n%s\n", text_in(found->output, arena),
			   text_in(found->learned, arena));
}

static bool
is_wanted(const struct op_case *c, const struct found *found, struct text output,
	  struct arena *arena)
{
	if (c->wrong)
		return !found->ok && strcmp(found->err.text, c->wrong) == 0;
	return found->ok && text_is(output, text_in(found->output, arena)) &&
	       (!c->learned.size ||
		same_json(c->learned, text_in(found->learned, arena), arena));
}

/* The rows wanted, sorted as those found if their order is free. */
static struct text
wanted_output(const struct op_case *c, struct arena *arena)
{
	struct error err = { 0 };
	struct buffer *sorted = buffer_new(0, &err);
	struct text out;

	if (!sorted || !buffer_append(sorted, c->output.data, c->output.size, &err))
		abort();
	if (c->any_order)
		sheet_sort(sorted);
	out = text_of(text_in(sorted, arena));
	buffer_drop(sorted);
	return out;
}

/* Code that needs a Python with libraries that are not here. */
static bool
is_skipped(const char *file, const struct op_case *c, const struct found *found)
{
	const struct op *op = op_find(c->op);

	if (!op || !(op->flags & OP_CODE) || found->ok || c->wrong ||
	    !strstr(found->err.text, " is missing: "))
		return false;
	printf("%s:%zu: skipped: %s\n", file, c->line, found->err.text);
	skipped++;
	return true;
}

/* All sizes; the text to accept. */
static const char *
run_case(const char *file, const struct op_case *c, struct arena *arena)
{
	const char *wanted =
		arena_text_n(arena, c->expected, (size_t)(c->end - c->expected));
	struct text output = wanted_output(c, arena);
	const char *first = NULL;

	for (size_t i = 0; i < OP_RUN_SIZES; i++) {
		struct found found;
		const char *text;
		char how[64];

		run_once(c, op_run_sizes[i], i % 2 == 0, &found);
		if (is_skipped(file, c, &found)) {
			found_release(&found);
			return wanted;
		}
		text = expected_text(c, &found, arena);
		snprintf(how, sizeof(how), "%s, in batches of %zu", c->op,
			 op_run_sizes[i]);
		if (!first)
			first = text;
		if (accepting ? strcmp(text, first) == 0
			      : is_wanted(c, &found, output, arena))
			passed++;
		else
			complain(file, c->line, how, text, accepting ? first : wanted);
		found_release(&found);
	}
	return first;
}

static char *
read_whole(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	char *data = NULL;
	size_t room;
	FILE *copy;
	int c;

	if (!file || !(copy = open_memstream(&data, &room))) {
		perror(path);
		exit(99);
	}
	while ((c = getc(file)) != EOF)
		putc(c, copy);
	fclose(file);
	fclose(copy);
	*size = room;
	return data;
}

static void
write_whole(const char *path, const char *data, size_t size)
{
	FILE *file = fopen(path, "wb");

	if (!file || fwrite(data, 1, size, file) != size || fclose(file)) {
		perror(path);
		exit(99);
	}
}

static void
run_file(const char *path)
{
	struct arena mem = { 0 };
	struct error err = { 0 };
	struct op_case c;
	size_t size, line = 0, accepted_size;
	int before = passed + skipped;
	char *data = read_whole(path, &size), *accepted;
	struct text rest = { data, size };
	const char *done = data;
	FILE *out = open_memstream(&accepted, &accepted_size);

	while (case_next(&rest, &line, &c, &mem, &err)) {
		const char *text = run_case(path, &c, &mem);

		fwrite(done, 1, (size_t)(c.expected - done), out);
		fputs(text, out);
		done = c.end;
	}
	if (err.text[0])
		complain(path, line, "a malformed case", err.text, "");
	else if (passed + skipped == before && !failed)
		complain(path, line, "no case", "", "");
	fwrite(done, 1, (size_t)(data + size - done), out);
	fclose(out);
	if (accepting && !err.text[0] &&
	    (accepted_size != size || memcmp(data, accepted, size) != 0))
		write_whole(path, accepted, accepted_size);
	free(accepted);
	free(data);
	arena_release(&mem);
}

/* In a manual an empty line may stand for a null; in a sheet it is \N. */
static struct text
example_text(const char *text, struct arena *arena)
{
	char *out = arena_alloc(arena, 3 * strlen(text) + 1), *to = out;

	for (; *text; text++) {
		if (*text == '\n' && to > out && to[-1] == '\n')
			to = stpcpy(to, "\\N");
		*to++ = *text;
	}
	return text_of(out);
}

/* The inputs of an example, cut at the line between them. */
static void
example_inputs(const char *text, struct op_case *c)
{
	static const char between[] = "++++\n";
	const char *cut = strstr(text, between);

	c->n_inputs = cut ? 2 : 1;
	c->input[0] = cut ? (struct text){ text, (size_t)(cut - text) } : text_of(text);
	if (cut)
		c->input[1] = text_of(cut + strlen(between));
}

static void
run_examples(const struct op *op)
{
	struct arena mem = { 0 };

	for (const struct op_example *e = op->examples; e && e->input; e++) {
		struct op_case c = { .line = (size_t)(e - op->examples) + 1,
				     .op = op->name,
				     .settings = e->settings,
				     .output = example_text(e->output, &mem) };
		bool was = accepting;

		example_inputs(e->input, &c);
		c.expected = c.output.data;
		c.end = c.output.data + c.output.size;
		c.any_order = op->flags & OP_RANDOM;
		accepting = false;
		run_case("example", &c, &mem);
		accepting = was;
	}
	arena_release(&mem);
}

static void
run_all(void)
{
	const char *srcdir = getenv("srcdir");
	char pattern[4096];
	glob_t files;

	snprintf(pattern, sizeof(pattern), "%s/tests/ops/*.test", srcdir ? srcdir : ".");
	if (glob(pattern, 0, NULL, &files) != 0) {
		printf("%s: no tests\n", pattern);
		exit(99);
	}
	for (size_t i = 0; i < files.gl_pathc; i++)
		run_file(files.gl_pathv[i]);
	globfree(&files);
	for (const struct op *const *op = op_table; *op; op++)
		run_examples(*op);
}

int
main(int argc, char **argv)
{
	accepting = argc > 1 && strcmp(argv[1], "--accept") == 0;
	argv += accepting ? 2 : 1;
	if (!*argv)
		run_all();
	for (; *argv; argv++)
		run_file(*argv);
	printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped);
	return failed != 0;
}
