/* Labels are counted and come out in Spark's order, whatever the layout. */
#include "check.h"
#include "data/frequency.h"

static const char *const words[] = {
	"b", "a", "", "b", NULL, "c", "b", "a", "\xff", "B"
};

static struct column *
plain(void)
{
	struct error err = { 0 };
	struct build b;

	build_start(&b, TYPE_STRING, 0);
	for (size_t i = 0; i < COUNT(words); i++)
		if (words[i])
			build_text(&b, text_of(words[i]));
		else
			build_null(&b);
	return build_end(&b, &err);
}

/* The same by code; some words of the dictionary are not used. */
static struct column *
coded(void)
{
	static const char *const dictionary[] = { "zz", "B", "c", "\xff", "a", "b", "" };
	struct error err = { 0 };
	struct column *c = column_new(TYPE_DATE, COUNT(words), &err);
	struct build b;

	build_start(&b, TYPE_STRING, 0);
	for (size_t i = 0; i < COUNT(dictionary); i++)
		build_text(&b, text_of(dictionary[i]));
	for (size_t i = 0; i < COUNT(words); i++) {
		column_ints(c)[i] = -7;
		for (size_t k = 0; words[i] && k < COUNT(dictionary); k++)
			if (strcmp(words[i], dictionary[k]) == 0)
				column_ints(c)[i] = (int32_t)k;
		if (!words[i])
			CHECK(column_set_null(c, i, &err));
	}
	c->type = TYPE_STRING;
	c->layout = LAYOUT_DICTIONARY;
	c->dictionary = build_end(&b, &err);
	return c;
}

static struct frequency *
empty(void)
{
	struct error err = { 0 };
	struct frequency *f = frequency_new(&err);

	CHECK(f);
	return f;
}

static void
is_as_counted(const struct frequency *f, uint64_t times)
{
	static const struct {
		const char *label;
		uint64_t count;
	} wanted[] = { { "b", 3 }, { "a", 2 }, { "", 1 },
		       { "B", 1 }, { "c", 1 }, { "\xff", 1 } };
	struct arena arena = { 0 };
	struct frequency_entry *found;
	struct error err = { 0 };
	size_t n;

	CHECK(frequency_sorted(f, &found, &n, &arena, &err));
	CHECK(n == COUNT(wanted) && frequency_distinct(f) == n);
	for (size_t i = 0; i < n && i < COUNT(wanted); i++) {
		CHECK(text_is(found[i].text, wanted[i].label));
		CHECK(found[i].count == wanted[i].count * times);
	}
	arena_release(&arena);
}

static void
counts(void)
{
	struct column *c[] = { plain(), coded() };
	struct frequency *all = empty();
	struct error err = { 0 };

	for (int i = 0; i < 2; i++) {
		struct frequency *f = empty();

		CHECK(frequency_add_column(f, c[i], &err));
		is_as_counted(f, 1);
		CHECK(frequency_merge(all, f, &err));
		frequency_free(f);
		column_drop(c[i]);
	}
	is_as_counted(all, 2);
	frequency_free(all);
	CHECK(memory_used() == 0);
}

/* A few rows of a large dictionary. */
static void
counts_a_slice(void)
{
	struct error err = { 0 };
	struct column *c = coded(), *slice = column_slice(c, 3, 2, &err);
	struct frequency *f = empty();

	CHECK(frequency_add_column(f, slice, &err));
	CHECK(frequency_distinct(f) == 1);
	frequency_free(f);
	column_drop(c);
	column_drop(slice);
}

static void
grows(void)
{
	enum { N = 100000 };
	struct frequency *f = empty(), *g = empty();
	struct arena arena = { 0 };
	struct frequency_entry *found;
	struct error err = { 0 };
	char text[16];
	size_t n;

	for (int i = 0; i < N; i++) {
		snprintf(text, sizeof(text), "%d", i);
		if (!frequency_add(f, text_of(text), 1 + (i == 77), &err))
			CHECK(false);
	}
	CHECK(frequency_merge(g, f, &err) && frequency_distinct(g) == N);
	CHECK(frequency_sorted(g, &found, &n, &arena, &err) && n == N);
	CHECK(text_is(found[0].text, "77") && text_is(found[1].text, "0") &&
	      text_is(found[3].text, "10") && text_is(found[N - 1].text, "99999"));
	arena_release(&arena);
	frequency_free(f);
	frequency_free(g);
	CHECK(memory_used() == 0);
}

/* Refused at every request in turn: an error, and nothing leaks. */
static void
survives_refusals(void)
{
	struct column *c = coded();

	for (size_t k = 1; k < 12; k++) {
		struct error err = { 0 };
		struct frequency *f;
		bool ok;

		memory_refuse(k);
		f = frequency_new(&err);
		ok = f && frequency_add_column(f, c, &err);
		CHECK(ok || *err.text);
		memory_refuse(0);
		frequency_free(f);
	}
	column_drop(c);
	CHECK(memory_used() == 0);
}

int
main(void)
{
	counts();
	counts_a_slice();
	grows();
	survives_refusals();
	return check_report();
}
