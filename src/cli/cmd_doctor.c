/*
 * doctor - what is built in, what is missing, what the terminal can do.
 *
 * Every finding is one row of the same shape, so the text and --json cannot differ.
 */
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/process.h"
#include "cli/cli.h"
#include "cli/out.h"
#include "config.h"
#include "term/tty_report.h"

struct doctor {
	bool json;
};

static const struct option options[] = {
	OPTION_FLAG(struct doctor, json, 'j', "for programs: one JSON document"),
	{ 0 },
};

static const struct command_example examples[] = {
	{ "doctor", "see what this installation can do" },
	{ "doctor --json", "the same, to attach to a report" },
	{ 0 },
};

struct finding {
	const char *section, *name, *state, *detail;
};

struct findings {
	size_t n;
	struct finding at[64];
};

static void
found(struct findings *all, const char *section, const char *name, const char *state,
      const char *detail)
{
	if (all->n < COUNT(all->at))
		all->at[all->n++] = (struct finding){ section, name, state, detail };
}

static void
features(struct findings *all)
{
	static const struct {
		const char *name, *state, *use;
	} rows[] = { FEATURES };

	for (size_t i = 0; i < COUNT(rows); i++)
		found(all, "built in", rows[i].name, rows[i].state, rows[i].use);
}

static void
python_module(struct findings *all, const char *python, const char *module,
	      const char *use, struct arena *arena)
{
	const char *code = arena_print(
		arena, "import importlib.metadata as m; print(m.version('%s'), end='')",
		module);
	const char *const argv[] = { python, "-c", code, NULL };
	struct process *process = ARENA_NEW(arena, struct process);
	struct error err = { 0 };

	process->argv = argv;
	process->seconds = 10;
	if (python && process_run(process, &err) && process->status == 0)
		found(all, "programs", module, "found",
		      arena_print(arena, "%.*s: %s", (int)process->printed.size,
				  process->printed.data, use));
	else
		found(all, "programs", module, "missing", use);
}

static void
programs(struct findings *all, struct arena *arena)
{
	static const char use[] = "pandas and UDF steps";
	const char *python = process_find("python3", arena);

	found(all, "programs", "python3", python ? "found" : "missing",
	      python ? arena_print(arena, "%s: %s", python, use) : use);
	python_module(all, python, "pandas", use, arena);
	python_module(all, python, "pyspark", "flows on a Spark cluster", arena);
}

static const char *
processor(struct arena *arena)
{
	const char *words = "";
#if defined(__x86_64__)
	__builtin_cpu_init();
	words = arena_print(arena, "%s%s%s%s",
			    __builtin_cpu_supports("sse4.2") ? " sse4.2" : "",
			    __builtin_cpu_supports("avx2") ? " avx2" : "",
			    __builtin_cpu_supports("bmi2") ? " bmi2" : "",
			    __builtin_cpu_supports("avx512bw") ? " avx512bw" : "");
#elif defined(__aarch64__)
	words = " neon";
#endif
	return arena_print(arena, "%ld cores,%s", sysconf(_SC_NPROCESSORS_ONLN),
			   *words ? words : " no vector units known");
}

static void
machine(struct findings *all, struct arena *arena)
{
	const double pages =
		(double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);

	found(all, "machine", "processor", "on", processor(arena));
	found(all, "machine", "memory", "on",
	      arena_print(arena, "%.1f GiB", pages / (1 << 30)));
}

static void
terminal(struct findings *all, struct arena *arena)
{
	struct winsize size = { 0 };
	struct tty_facts facts;
	struct error err = { 0 };
	struct tty_row rows[TTY_ROWS];
	const char *problem = tty_look(&facts, &err) ? NULL : err.text;
	size_t n;

	if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
		size.ws_row = 0;
	n = tty_report(&facts, problem ? arena_text(arena, problem) : NULL, size.ws_row,
		       size.ws_col, rows, arena);
	for (size_t i = 0; i < n; i++)
		found(all, "terminal", rows[i].name, rows[i].state, rows[i].detail);
}

static void
print_text(const struct findings *all)
{
	const char *section = "";

	printf("%s\n", PACKAGE_STRING);
	for (size_t i = 0; i < all->n; i++) {
		const struct finding *f = &all->at[i];

		if (strcmp(section, f->section) != 0)
			printf("\n%s\n", f->section);
		section = f->section;
		printf("  %-14s %-8s ", f->name, f->state);
		out_text(stdout, text_of(f->detail));
		putchar('\n');
	}
}

static const struct json *
as_json(const struct findings *all, struct arena *arena)
{
	const struct json *root = json_new_object();

	root = json_with(root, "version", json_new_string(PACKAGE_VERSION, arena), arena);
	for (size_t i = 0; i < all->n; i++) {
		const struct finding *f = &all->at[i];
		const struct json *list = json_find(root, f->section),
				  *row = json_new_object();

		row = json_with(row, "name", json_new_string(f->name, arena), arena);
		row = json_with(row, "state", json_new_string(f->state, arena), arena);
		row = json_with(row, "detail", json_new_string(f->detail, arena), arena);
		list = list ? list : json_new_array();
		root = json_with(root, f->section, json_insert(list, list->n, row, arena),
				 arena);
	}
	return root;
}

static int
run(const struct invocation *in, struct error *err)
{
	const struct doctor *doctor = in->options;
	struct findings all = { 0 };

	features(&all);
	programs(&all, in->arena);
	machine(&all, in->arena);
	terminal(&all, in->arena);
	if (!doctor->json)
		print_text(&all);
	else if (!out_json(as_json(&all, in->arena), err))
		return STATUS_FAILED;
	return STATUS_DONE;
}

const struct command cmd_doctor = {
	.name = "doctor",
	.args = "",
	.help = "what is built in, what is missing, what the terminal can do",
	.options = options,
	.options_size = sizeof(struct doctor),
	.examples = examples,
	.run = run,
};
