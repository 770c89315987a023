/*
 * flows - every public flow on the screen: each of its steps, narrow and wide, and the
 * forms of some.
 *
 * The tables that they read are mostly not public, so steps are seen as far as the flow
 * itself tells. What must hold: there is a cursor and a step that is spoken of, whatever
 * was pressed; the program lives, sends nothing that a terminal obeys but to draw, ends
 * when told and gives the terminal back.
 */
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "scratch.h"
#include "unit/public_flows.h"
#include "vt.h"

enum {
	QUIET = 4,
	REST = 20000,
	STEPS = 400, /* more than any flow has */
	FORMS = 3,   /* of each flow */
};

static const char *program, *name; /* name: of the flow at hand */
static struct vt *vt;
static struct arena arena;
static size_t n_flows, n_forms;

static bool
hold(bool holds, const char *what, const char *detail)
{
	if (holds) {
		check_passed++;
		return true;
	}
	check_failed++;
	printf("%s: %s %s\n%s", name, what, detail, vt_text(vt, &arena));
	return false;
}

static bool
press(const char *keys)
{
	vt_keys(vt, keys);
	return hold(vt_settle(vt, QUIET, REST), "does not come to rest after", keys) &&
	       hold(vt_is_alive(vt), "ended after", keys) &&
	       hold(vt_watch(vt)->n_raw == 0, "sent", vt_watch(vt)->first_raw);
}

/* The step that is spoken of: what stands behind " step " in the title of its box. */
static size_t
step_at(void)
{
	const char *title = strstr(vt_text(vt, &arena), " step ");

	return title ? strtoul(title + strlen(" step "), NULL, 10) : 0;
}

static bool
is_on_a_step(const char *keys)
{
	return hold(vt_has(vt, "\342\226\266"), "has no cursor after", keys);
}

static bool
open_form(void)
{
	if (!press("e"))
		return false;
	n_forms += vt_has(vt, "Esc discard");
	return press("<Escape>");
}

/* Down to the last one; the forms of the first ones on the way. */
static bool
walk(void)
{
	size_t last = 0, forms = 0;

	if (!press("<Home>"))
		return false;
	for (int i = 0; i < STEPS; i++) {
		const char *before = vt_text(vt, &arena);

		if (!is_on_a_step("j"))
			return false;
		if (step_at() > last && forms < FORMS) {
			last = step_at();
			forms++;
			if (!open_form())
				return false;
		}
		if (!press("j"))
			return false;
		if (strcmp(before, vt_text(vt, &arena)) == 0)
			return true;
	}
	return hold(false, "has no last step", "");
}

/* Layer by layer, and what is in each. */
static bool
walk_boxes(void)
{
	if (!press("<Home>"))
		return false;
	for (int i = 0; i < STEPS; i++) {
		const char *before = vt_text(vt, &arena);

		if (!press(i % 3 ? "l" : "j"))
			return false;
		if (i % 3 == 2 && strcmp(before, vt_text(vt, &arena)) == 0)
			break;
	}
	return press("<Tab>") && press("jl") && press("<Tab>") && press("<End>");
}

static bool
end(void)
{
	char why[160];
	int status;

	vt_keys(vt, "<F10>");
	return hold(vt_wait_end(vt, REST, &status), "does not end", "") &&
	       hold(status == 0, "ends with another status", "") &&
	       hold(vt_watch(vt)->n_raw == 0, "sent", vt_watch(vt)->first_raw) &&
	       hold(vt_is_restored(vt, why), "at its end:", why);
}

static bool
is_drawn(void)
{
	return hold(vt_wait(vt, "rows/cols", REST), "is not drawn", "") &&
	       hold(vt_settle(vt, QUIET, REST), "does not come to rest", "");
}

static bool
widen(void)
{
	vt_resize(vt, 40, 120);
	return hold(vt_wait(vt, "2 Data", REST), "is not drawn wide", "") &&
	       hold(vt_settle(vt, QUIET, REST), "does not come to rest", "");
}

/* The program writes beside a flow: it gets a copy. */
static bool
copy(const char *path, const char *to)
{
	FILE *from = fopen(path, "rb"), *out = fopen(to, "wb");
	char bytes[1 << 16];
	size_t n;
	bool ok = from && out;

	while (ok && (n = fread(bytes, 1, sizeof bytes, from)) > 0)
		ok = fwrite(bytes, 1, n, out) == n;
	if (from)
		fclose(from);
	return out && fclose(out) == 0 && ok;
}

static void
open_one(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *const words[] = { program, "public.flow", NULL };
	const struct vt_options options = { .folder = scratch };
	const char *why = "";

	n_flows++;
	name = slash ? slash + 1 : path;
	if (!copy(path, arena_print(&arena, "%s/public.flow", scratch)) ||
	    !(vt = vt_start(words, &options, &why))) {
		check_failed++;
		printf("%s: cannot be opened: %s\n", name, why);
		return;
	}
	if (is_drawn() && walk() && widen() && walk_boxes())
		end();
	vt_free(vt);
	vt = NULL;
	arena_release(&arena);
	arena = (struct arena){ 0 };
}

int
main(void)
{
	char *path = realpath("lariat", NULL);

	program = path;
	if (!path || !scratch_make())
		return 99;
	public_flows(open_one);
	free(path);
	if (!scratch_leave())
		return 99;
	printf("%zu flows, %zu forms\n", n_flows, n_forms);
	CHECK(n_forms >= n_flows);
	return check_report();
}
