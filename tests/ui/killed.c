/*
 * killed - the program is edited by keys and killed at any moment; what was on the screen
 * more than a second before is there again.
 *
 *	killed [SEED]
 *
 * LARIAT_ROUNDS (6) says how often. Columns are dropped and renamed, changes taken back
 * and done again; then comes a SIGKILL, often while a change is being made, or a SIGTERM
 * or SIGHUP, after which nothing may be lost. The next start offers what was not saved,
 * and restores it.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/names.h"
#include "base/random.h"
#include "check.h"
#include "scratch.h"
#include "vt.h"

enum { EDITS = 12, FIRST = 6, LONG = 20000, SECOND = 1000 };

/* The names of the columns: what tells one state of the table from another. */
struct state {
	struct names names;
	int64_t since; /* milliseconds: seen on the screen then */
};

static struct arena arena;
static struct vt *vt;
static const char *program;
static char folder[64]; /* of this round */
static uint64_t seed;
static size_t n_names; /* made so far */

/* What was seen in this round, and where in the list of changes it is. */
static struct state seen[EDITS + 2];
static size_t n_seen;
static struct names changes[EDITS + 2];
static size_t n_changes, at;

static void
write_table(void)
{
	FILE *file = fopen("t.csv", "w");

	if (!file)
		abort();
	fputs("a,b,c,d,e,f\n1,2,3,4,5,6\n7,8,9,8,7,6\n", file);
	fclose(file);
}

static bool
same_names(const struct names *a, const struct names *b)
{
	bool same = a->n == b->n;

	for (size_t i = 0; same && i < a->n; i++)
		same = strcmp(a->at[i], b->at[i]) == 0;
	return same;
}

/* The heads of the columns on the screen: what stands behind "row". */
static struct names
shown(void)
{
	struct names out = { 0 };
	char row[1024], *rest, *word;

	for (int i = 0; i < 4; i++) {
		snprintf(row, sizeof row, "%s", vt_row(vt, i, &arena));
		word = strtok_r(row, " \342\224\202", &rest);
		if (!word || strcmp(word, "row") != 0)
			continue;
		while ((word = strtok_r(NULL, " \342\224\202", &rest)))
			names_add(&out, arena_text(&arena, word), &arena);
		break;
	}
	return out;
}

static bool
wait_for(const struct names *wanted)
{
	const int64_t end = clock_milliseconds() + LONG;

	while (clock_milliseconds() < end && vt_is_alive(vt)) {
		const struct names now = shown();

		if (same_names(&now, wanted))
			return true;
		vt_wait(vt, "\001", 5); /* which never comes: it only reads */
	}
	return false;
}

static bool
start(const char *until)
{
	const char *const words[] = { program, "t.csv", NULL };
	const struct vt_options options = { .rows = 24, .columns = 80, .folder = folder };
	const char *why = "";

	vt = vt_start(words, &options, &why);
	return vt && vt_wait(vt, until, LONG);
}

static void
command(const char *line)
{
	vt_keys(vt, ":");
	vt_send(vt, text_of(line));
	vt_keys(vt, "<Enter>");
}

static struct names
without(const struct names *from, size_t column)
{
	struct names out = { 0 };

	for (size_t i = 0; i < from->n; i++)
		if (i != column)
			names_add(&out, from->at[i], &arena);
	return out;
}

static struct names
renamed(const struct names *from, size_t column, const char *name)
{
	struct names out = { 0 };

	for (size_t i = 0; i < from->n; i++)
		names_add(&out, i == column ? name : from->at[i], &arena);
	return out;
}

/* Keys for any change; the table that is to come of it. */
static struct names
edit(void)
{
	const struct names *now = &changes[at];
	const uint64_t kind = random_below(&seed, 6);
	const size_t column = (size_t)random_below(&seed, now->n);
	const char *name;

	if (kind == 0 && at > 0) {
		vt_keys(vt, "u");
		return changes[--at];
	}
	if (kind == 1 && at + 1 < n_changes) {
		vt_keys(vt, "<Ctrl-R>");
		return changes[++at];
	}
	if (kind == 2 && now->n > 2) {
		changes[at + 1] = without(now, column);
		command(arena_print(&arena, "drop_column column_to_drop=%s",
				    now->at[column]));
	} else {
		name = arena_print(&arena, "n%zu", n_names++);
		changes[at + 1] = renamed(now, column, name);
		command(arena_print(&arena, "rename_column input_column=%s new_name=%s",
				    now->at[column], name));
	}
	n_changes = ++at + 1;
	return changes[at];
}

static void
see(const struct names *names)
{
	seen[n_seen++] = (struct state){ *names, clock_milliseconds() };
}

static void
begin(void)
{
	struct names first = { 0 };

	for (char name = 'a'; name < 'a' + FIRST; name++)
		names_add(&first, arena_print(&arena, "%c", name), &arena);
	n_seen = at = 0;
	n_changes = 1;
	changes[0] = first;
	CHECK(start("full 2") && wait_for(&first));
	see(&first);
}

/* The place in `seen` of what is on the screen, the last one; n_seen: none. */
static size_t
find_shown(void)
{
	const struct names now = shown();

	for (size_t i = n_seen; i-- > 0;)
		if (same_names(&now, &seen[i].names))
			return i;
	return n_seen;
}

/* Nothing that was seen a second before may be lost; by a signal that asks, nothing. */
static void
look_again(int64_t killed, bool asked)
{
	size_t first = asked ? n_seen - 1 : 0, found;

	for (size_t i = 0; !asked && i < n_seen; i++)
		if (seen[i].since <= killed - SECOND)
			first = i;
	CHECK(start("full 2"));
	vt_settle(vt, 60, LONG);
	if (vt_has(vt, "Enter restore")) {
		vt_keys(vt, "<Enter>");
		CHECK(vt_wait(vt, "restored", LONG));
		vt_settle(vt, 60, LONG);
	}
	found = find_shown();
	CHECK(found >= first && found < n_seen);
	if (found < first || found == n_seen)
		printf("state %zu of %zu, at least %zu\n%s", found, n_seen, first,
		       vt_text(vt, &arena));
	vt_free(vt);
}

static void
play(void)
{
	static const int signals[] = { SIGKILL, SIGKILL, SIGKILL, SIGTERM, SIGHUP };
	const int number = signals[random_below(&seed, COUNT(signals))];
	const uint64_t edits = random_below(&seed, EDITS - 1);
	int64_t killed;
	int status;

	begin();
	for (uint64_t i = 0; i < edits; i++) {
		const struct names next = edit();

		CHECK(wait_for(&next));
		see(&next);
		vt_wait(vt, "\001", (int)random_below(&seed, 300));
	}
	vt_wait(vt, "\001", (int)random_below(&seed, 1300));
	if (number == SIGKILL && random_below(&seed, 2)) {
		const struct names next = edit();

		vt_wait(vt, "\001", (int)random_below(&seed, 40));
		see(&next); /* perhaps */
	}
	killed = clock_milliseconds();
	vt_signal(vt, number);
	CHECK(vt_wait_end(vt, LONG, &status));
	vt_free(vt);
	look_again(killed, number != SIGKILL);
}

int
main(int argc, char **argv)
{
	const char *rounds = getenv("LARIAT_ROUNDS");
	const int n = rounds ? atoi(rounds) : 6;

	program = realpath("lariat", NULL);
	seed = argc > 1 ? strtoull(argv[1], NULL, 10) : (uint64_t)time(NULL);
	printf("seed %llu\n", (unsigned long long)seed);
	if (!program || !scratch_make())
		return 99;
	for (int i = 0; i < n; i++) {
		snprintf(folder, sizeof folder, "%s/%d", scratch, i);
		if (mkdir(folder, 0700) != 0 || chdir(folder) != 0)
			return 99;
		write_table();
		play();
	}
	if (!check_failed && !scratch_leave())
		return 99;
	free((char *)program);
	arena_release(&arena);
	return check_report();
}
