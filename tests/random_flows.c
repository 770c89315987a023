/*
 * random_flows - flows by chance over files by chance run the same, whatever the
 * circumstances.
 *
 *	random_flows		the preset number of rounds
 *	random_flows SEED	one flow only
 *
 * LARIAT_ROUNDS says how many flows. What must hold, whether a flow runs or fails: it
 * does not crash or leak; saved untouched it is the same bytes; files, warnings and what
 * was learned (or the error) are the same for batches, chunks and threads of any number;
 * a check foretells the columns; saved with what was learned and run again it gives the
 * same; where memory is refused or short it gives the same or says so, and leaves no file
 * behind.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "random_flow.h"
#include "run/check.h"

enum { ROUNDS = 60, REFUSALS = 400, FILE_MOST = 1 << 26 };

static const struct run_options settings[] = {
	{ .batch_rows = 2048, .threads = 1 },
	{ .batch_rows = 1, .threads = 1 },
	{ .batch_rows = 2, .threads = 2 },
	{ .batch_rows = 3, .threads = 1, .chunk_bytes = 1 },
	{ .batch_rows = 2048, .threads = 2, .chunk_bytes = 64 },
	{ .batch_rows = 1, .threads = 2, .chunk_bytes = 7 },
	{ .batch_rows = 2048, .threads = 3, .chunk_bytes = 1 },
};

static int passed, failed;
static unsigned long worked, refused, learned, confined;

struct round {
	uint64_t seed;
	struct arena mem;
	struct text flow;
	size_t refuse; /* the request for memory that a run is refused; 0: none */
};

static bool
hold(const struct round *r, bool holds, const char *what, const char *found,
     const char *wanted)
{
	if (holds) {
		passed++;
		return true;
	}
	failed++;
	printf("seed %llu: %s\nfound:\n%s\nwanted:\n%s\nflow:\n%s\n",
	       (unsigned long long)r->seed, what, found, wanted, r->flow.data);
	return false;
}

static const char *
printed(struct round *r, const struct flow *flow)
{
	struct error err = { 0 };
	struct buffer *out = buffer_new(0, &err);
	const char *text;

	if (!out || !flow_print(flow, out, &err))
		abort();
	text = arena_text_n(&r->mem, out->data, out->size);
	buffer_drop(out);
	return text;
}

/* Names in the output folder, which is emptied. */
static const char *
sweep(struct round *r)
{
	const char *names = "";
	DIR *dir = opendir("out");
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		names = arena_print(&r->mem, "%s%s\n", names, entry->d_name);
		unlinkat(dirfd(dir), entry->d_name, 0);
	}
	if (dir)
		closedir(dir);
	return names;
}

/* A file's bytes as text; NUL shows as it is not part of the tables. */
static const char *
content(struct round *r, const char *path)
{
	struct error err = { 0 };
	struct buffer *bytes = file_read(path, FILE_MOST, &err);
	const char *text = bytes ? arena_text_n(&r->mem, bytes->data, bytes->size)
				 : arena_text(&r->mem, err.text);

	buffer_drop(bytes);
	return text;
}

static const char *
schema_text(const struct schema *schema, struct arena *arena)
{
	const char *text = "";

	for (size_t i = 0; i < schema->n; i++)
		text = arena_print(arena, "%s%s%s:%s", text, i ? "," : "",
				   schema->at[i].name, type_name(schema->at[i].type));
	return text;
}

static const char *
outcome(struct round *r, const struct run_report *report)
{
	const char *all = "";

	for (size_t i = 0; i < report->n_deliveries; i++) {
		const struct run_delivery *d = &report->deliveries[i];
		struct stat info;

		hold(r, strncmp(d->path, "out/", 4) == 0 && !strchr(d->path + 4, '/'),
		     "a file stands elsewhere", d->path, "out/");
		hold(r, stat(d->path, &info) == 0 && (uint64_t)info.st_size == d->bytes,
		     "the file's size is not as reported", d->path, "");
		all = arena_print(&r->mem, "%s%s %s %llu x %zu\n%s\n", all, d->id,
				  d->path, (unsigned long long)d->rows, d->columns,
				  content(r, d->path));
	}
	for (size_t i = 0; i < report->warnings.n; i++)
		all = arena_print(&r->mem, "%swarning: %s\n", all,
				  report->warnings.at[i]);
	for (size_t i = 0; i < report->n_nodes; i++)
		all = arena_print(&r->mem, "%s%s: %llu %s\n", all, report->nodes[i].id,
				  (unsigned long long)report->nodes[i].rows,
				  schema_text(&report->nodes[i].schema, &r->mem));
	return all;
}

static size_t
lines_of(const char *text)
{
	size_t n = 0;

	for (; (text = strchr(text, '\n')); text++)
		n++;
	return n;
}

/* A check of the flow with its data knows the columns that a run has. */
static void
foretell(struct round *r, const struct flow *flow, const struct run_report *report)
{
	struct run_options options = { 0 };
	struct check check = { 0 };
	struct error err = { 0 };

	hold(r, check_flow(flow, &options, true, &check, &err), "no check", err.text, "");
	for (size_t i = 0; i < report->n_nodes; i++) {
		const struct run_node *node = &report->nodes[i];
		const struct verdict_of *verdict =
			&check.nodes[flow_place(flow, node->id)];

		hold(r, verdict->verdict == VERDICT_FINE, "it runs, but a check says no",
		     verdict->problem, node->id);
		if (!verdict->schema.open)
			hold(r, schema_equal(&verdict->schema, &node->schema),
			     "the columns are not those that a check says",
			     schema_text(&node->schema, &r->mem),
			     schema_text(&verdict->schema, &r->mem));
	}
	check_release(&check);
}

/* What came of a run: files, or "! " and the sentence. *after: the flow as it is then. */
static const char *
run(struct round *r, const char *text, const struct run_options *options,
    const char **after)
{
	struct run_report report = { 0 };
	struct error err = { 0 };
	const char *all, *left;
	struct flow flow;
	bool ok;

	if (!flow_parse(text_of(text), &flow, &err)) {
		hold(r, false, "the flow does not open", err.text, "");
		return "";
	}
	hold(r, strcmp(printed(r, &flow), text) == 0, "saved untouched, it differs", "",
	     "");
	memory_refuse(r->refuse);
	ok = run_flow(&flow, options, &report, &err);
	memory_refuse(0);
	if (ok) {
		all = outcome(r, &report);
		foretell(r, &flow, &report);
		*after = printed(r, &flow);
		left = sweep(r);
		hold(r, lines_of(left) == report.n_deliveries,
		     "other files than reported", left, all);
	} else {
		hold(r, err.text[0], "failed without a sentence", "", "");
		all = arena_print(&r->mem, "! %s", err.text);
		left = sweep(r);
		hold(r, !left[0], "failed, and a file is left", left, all);
		*after = text;
	}
	run_report_release(&report);
	flow_release(&flow);
	return all;
}

/* Each request for memory is refused once. */
static void
refuse(struct round *r, const char *wanted, size_t setting)
{
	const size_t held = memory_used();

	for (r->refuse = 1; r->refuse <= REFUSALS; r->refuse++) {
		struct run_options options = settings[setting];
		const char *after, *text;

		options.output_dir = "out";
		text = run(r, r->flow.data, &options, &after);
		hold(r, memory_used() == held, "refused memory, and some is still held",
		     text, "");
		if (strcmp(text, wanted) == 0)
			break;
		hold(r, text[0] == '!', "refused memory, and the result differs", text,
		     wanted);
	}
	r->refuse = 0;
}

/* With so little memory that what is learned and collected goes into files, or that it
 * does not do. */
static void
confine(struct round *r, const char *wanted, size_t setting)
{
	const size_t held = memory_used();

	for (size_t limit = (size_t)1 << 15; limit < (size_t)1 << 22; limit *= 2) {
		struct run_options options = settings[setting];
		const char *after, *text;

		options.output_dir = "out";
		memory_limit(held + limit);
		text = run(r, r->flow.data, &options, &after);
		memory_limit(0);
		hold(r, memory_used() == held, "short of memory, and some is still held",
		     text, "");
		hold(r, strcmp(text, wanted) == 0 || strstr(text, "out of memory"),
		     "short of memory, and the result differs", text, wanted);
		confined += strcmp(text, wanted) == 0;
	}
}

static void
play(uint64_t seed, bool with_refusals)
{
	struct round r = { .seed = seed };
	const char *first = NULL, *after = NULL, *trained = NULL, *text;
	const size_t held = memory_used();
	struct error err = { 0 };

	if (!random_flow(&seed, &r.flow, &r.mem, &err)) {
		hold(&r, false, "no flow", err.text, "");
		return;
	}
	for (size_t i = 0; i < COUNT(settings); i++) {
		struct run_options options = settings[i];
		char how[128];

		options.output_dir = "out";
		snprintf(how, sizeof(how),
			 "batches of %zu, %zu threads, chunks of %zu differ",
			 options.batch_rows, options.threads, options.chunk_bytes);
		memory_pinch(i % 2); /* what can be spilled is */
		text = run(&r, r.flow.data, &options, &after);
		memory_pinch(false);
		first = first ? first : text;
		trained = trained ? trained : after;
		hold(&r, strcmp(text, first) == 0, how, text, first);
		hold(&r, strcmp(after, trained) == 0, "what was learned differs", after,
		     trained);
	}
	worked += first[0] != '!';
	refused += first[0] == '!';
	if (strcmp(trained, r.flow.data) != 0) {
		struct run_options options = { .output_dir = "out", .threads = 2 };

		learned++;
		text = run(&r, trained, &options, &after);
		hold(&r, strcmp(text, first) == 0, "with what was stored, it differs",
		     text, first);
		hold(&r, strcmp(after, trained) == 0, "what is stored differs", after,
		     trained);
	}
	if (with_refusals)
		refuse(&r, first, seed % COUNT(settings));
	confine(&r, first, seed % COUNT(settings));
	hold(&r, memory_used() == held, "memory of data is still held", "", "");
	arena_release(&r.mem);
}

int
main(int argc, char **argv)
{
	const char *rounds = getenv("LARIAT_ROUNDS");
	const unsigned long n = rounds ? strtoul(rounds, NULL, 10) : ROUNDS;
	char memory[] = "/dev/shm/lariat-flows-XXXXXX",
	     disk[] = "/tmp/lariat-flows-XXXXXX", *folder = mkdtemp(memory);

	if (!folder)
		folder = mkdtemp(disk);
	if (!folder || chdir(folder) != 0) {
		perror("random_flows");
		return 99;
	}
	if (argc > 1)
		play(strtoull(argv[1], NULL, 10), true);
	for (unsigned long i = 0; argc <= 1 && i < n; i++)
		play(1000 + i, i % 10 == 0);
	unlink("in0.csv"), unlink("in1.csv"), unlink("in2.csv"), rmdir("out");
	if (argc > 1)
		printf("(in %s)\n", folder);
	if (chdir("/") != 0 || rmdir(folder) != 0)
		perror(folder);
	printf("(%lu flows ran, %lu failed as they must, %lu learned, %lu with little "
	       "memory)\n"
	       "%d passed, %d failed\n",
	       worked, refused, learned, confined, passed, failed);
	return failed != 0;
}
