/*
 * example - a voyage that never was: made up from a seed, so it is the same everywhere.
 *
 * It has what real tables have: values that are missing, "unknown" for nothing, rows that
 * are there twice, an outlier, blanks around a word, a column that says the same as
 * another.
 */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/random.h"
#include "desk/paths.h"
#include "screen/file_actions.h"

enum { ROWS = 891, TWICE = 12, SEED = 1912 };

static const char *const first_names[2][12] = {
	{ "Ada", "Clara", "Edith", "Greta", "Ida", "Lena", "Mary", "Nora", "Olga", "Ruth",
	  "Signe", "Vera" },
	{ "Albert", "Bruno", "Carl", "Emil", "Frank", "Hugo", "Johan", "Louis", "Oscar",
	  "Peter", "Tom", "Viktor" },
};
static const char *const last_names[] = {
	"Abel",    "Berg",    "Castell", "Dahl",   "Ekman",  "Falk",  "Grant", "Hale",
	"Iversen", "Jonsson", "Keller",  "Lund",   "Morris", "Novak", "Olsen", "Price",
	"Quist",   "Rossi",   "Stone",   "Turner", "Ullman", "Vogel", "Webb",  "Young",
};
static const char *const ports[] = { "Aldermouth", "Brigg", "Calhaven" };

struct passenger {
	int id, class, port, age, relatives, ticket, deck, berth, weeks;
	bool is_woman, is_rescued, has_age, has_cabin;
	double fare;
	const char *first, *last;
};

static int
below(uint64_t *seed, uint64_t n)
{
	return (int)random_below(seed, n);
}

/* One of 0, 1, 2 with these shares of 100. */
static int
pick(uint64_t *seed, int first, int second)
{
	const int at = below(seed, 100);

	return at < first ? 0 : at < first + second ? 1 : 2;
}

/* Of 100: women and children first, and those who had paid for it. */
static int
chance(const struct passenger *p)
{
	int of = p->is_woman ? 72 : 17;

	of += p->class == 1 ? 18 : p->class == 3 ? -12 : 0;
	if (p->age < 12)
		of += 20;
	if (p->relatives > 4)
		of -= 15;
	return of;
}

static struct passenger
passenger(uint64_t *seed, int id)
{
	struct passenger p = { .id = id, .class = 1 + pick(seed, 24, 21) };

	p.is_woman = below(seed, 100) < 36;
	p.first = first_names[!p.is_woman][below(seed, 12)];
	p.last = last_names[below(seed, COUNT(last_names))];
	p.age = below(seed, 100) < 9 ? below(seed, 12)
				     : 15 + below(seed, 30) + below(seed, 26);
	p.has_age = below(seed, 100) >= 20;
	p.relatives = below(seed, 100) < 60 ? 0 : below(seed, 3) * below(seed, 4);
	p.ticket = 10000 + below(seed, 89000);
	p.fare = (p.class == 1   ? 30 + below(seed, 6000) / 100.0
		  : p.class == 2 ? 10 + below(seed, 1600) / 100.0
				 : 6 + below(seed, 900) / 100.0) *
		 (1 + p.relatives / 2.0);
	if (id == 259)
		p.fare = 512.3292;
	p.has_cabin = below(seed, 100) < (p.class == 1 ? 78 : 6);
	p.deck = below(seed, 6);
	p.berth = 1 + below(seed, 120);
	p.port = pick(seed, 72, 19);
	p.weeks = below(seed, 30);
	p.is_rescued = below(seed, 100) < chance(&p);
	return p;
}

static const char *
line_of(const struct passenger *p, uint64_t *seed, struct arena *arena)
{
	const char *age = p->has_age ? arena_print(arena, "%d", p->age) : "";
	const char *cabin =
		p->has_cabin ? arena_print(arena, "%c%d", 'A' + p->deck, p->berth) : "";
	const char *port = below(seed, 100) < 2 ? "unknown" : ports[p->port];
	const char *pad = below(seed, 100) < 4 ? " " : "";

	return arena_print(arena,
			   "%d,%d,%d,%s,\"%s, %s\",%s%s,%s,%d,%d,%.2f,%s,%s,"
			   "1911-%02d-%02d,Northern Star\n",
			   p->id, p->is_rescued, p->class,
			   p->class == 1   ? "first"
			   : p->class == 2 ? "second"
					   : "third",
			   p->last, p->first, pad, p->is_woman ? "female" : "male", age,
			   p->relatives, p->ticket, p->fare, cabin, port,
			   6 + p->weeks / 5, 1 + p->weeks % 5 * 5 + p->berth % 5);
}

static bool
write_rows(struct file_out *out, struct error *err)
{
	static const char head[] = "id,rescued,class,class_name,name,sex,age,relatives,"
				   "ticket,fare,cabin,port,booked_on,ship\n";
	struct arena arena = { 0 };
	const char *lines[ROWS];
	uint64_t seed = SEED;
	bool ok = file_out_write(out, head, sizeof head - 1, err);

	for (int i = 0; ok && i < ROWS; i++) {
		const struct passenger p = passenger(&seed, i + 1);

		lines[i] = i > ROWS / 2 && i % (ROWS / 2 / TWICE) == 0
				   ? lines[i - 1 - i % 7]
				   : line_of(&p, &seed, &arena);
		ok = file_out_write(out, lines[i], strlen(lines[i]), err);
	}
	arena_release(&arena);
	return ok;
}

bool
example_write(const char *path, struct error *err)
{
	struct file_out out;

	if (!file_out_open(&out, path, err))
		return false;
	if (write_rows(&out, err))
		return file_out_commit(&out, err);
	file_out_abort(&out);
	return false;
}

const char *
example_make(struct arena *arena, struct error *err)
{
	const char *state = paths_state(arena);
	const char *folder = state ? paths_join(state, "example", arena) : NULL;
	const char *path = folder ? paths_join(folder, "voyage.csv", arena) : NULL;

	if (!folder) {
		fail(err, "there is no home where the example could be put");
		return NULL;
	}
	return paths_make(folder, err) && example_write(path, err) ? path : NULL;
}
