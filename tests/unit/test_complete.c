/* What could be typed next, in every place of a line, on a table that is open. */
#include "screen/complete.h"

#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"

static struct app app;

/* The line up to the cursor: what it would be with the first candidate, how many there
 * are, and under which title. */
static const struct {
	const char *before, *title, *first;
	size_t least;
} cases[] = {
	{ "", "commands", "open", 100 },
	{ "und", "commands", "undo", 1 },
	{ "filter_f", "commands", "filter_formula", 1 },
	{ "rename_column ", "columns, settings", "rename_column city", 4 },
	{ "rename_column cit", "columns, settings", "rename_column city", 1 },
	{ "rename_column ICE", "", "", 0 },
	{ "rename_column a", "columns, settings", "rename_column \"a b\"", 1 },
	{ "rename_column input_column=pr", "columns", "rename_column input_column=price",
	  1 },
	{ "rename_column x y colu", "settings",
	  "rename_column x y columns_to_rename=", 1 },
	{ "drop_column price,ci", "columns", "drop_column price,city", 1 },
	{ "drop_column price,a", "columns", "drop_column \"price,a b\"", 1 },
	{ "sort_rows price:D", "Order", "sort_rows price:Descending", 1 },
	{ "sort_rows price:Descending,ci", "columns", "sort_rows price:Descending,city",
	  1 },
	{ "filter_formula ni", "columns and functions, settings", "filter_formula nights",
	  1 },
	{ "filter_formula price > 1 and `a", "columns and functions",
	  "filter_formula price > 1 and `a b`", 1 },
	{ "filter_formula city = 'O", "values of city", "filter_formula city = 'Oslo'",
	  1 },
	{ "filter_formula upp", "columns and functions, settings", "filter_formula upper",
	  1 },
	{ "filter_formula price > 1 action=d", "Rows for which it is true",
	  "filter_formula price > 1 action=drop", 1 },
	{ "impute_numeric ", "columns, settings", "impute_numeric nights", 2 },
	{ "nothing-like-it x", "", "", 0 },
};

static void
check_case(size_t i)
{
	const char *before = cases[i].before, *first = "";
	struct arena mem = { 0 };
	struct completion out;

	complete(&app, text_of(before), NULL, &out, &mem);
	if (out.n)
		first = arena_print(&mem, "%.*s%s", (int)out.from, before,
				    out.at[0].text);
	CHECK_TEXT(first, cases[i].first);
	if (cases[i].least)
		CHECK_TEXT(out.title, cases[i].title);
	CHECK(out.n >= cases[i].least && out.n <= out.of);
	CHECK(out.from <= out.to && out.to == strlen(before));
	arena_release(&mem);
}

static void
test_common(void)
{
	struct candidate four[] = { { .text = "arrival_day", .begins = true },
				    { .text = "arrival_date", .begins = true },
				    { .text = "hotel" } };
	struct completion completion = { .at = four, .n = 2 };

	CHECK(text_is(completion_common(&completion), "arrival_da"));
	completion.n = 3; /* what begins with the letters counts */
	CHECK(text_is(completion_common(&completion), "arrival_da"));
	four[0].text = "\xc3\xa4";
	four[1].text = "\xc3\xb6";
	CHECK(completion_common(&completion).size == 0); /* not half a letter */
	completion.n = 0;
	CHECK(completion_common(&completion).size == 0);
}

/* Whatever the line is, there is an answer within it. */
static void
test_noise(void)
{
	static const char *const lines[] = {
		"filter_formula \"a b\" = '",
		"filter_formula `",
		"sort_rows ,:,:\\",
		"drop_column \"",
		"drop_column \\,\\",
		"set x=",
		"   ",
		"\xff\xfe ",
		"macro ../",
	};

	for (size_t i = 0; i < COUNT(lines); i++)
		for (size_t n = 0; n <= strlen(lines[i]); n++) {
			struct arena mem = { 0 };
			struct completion out;

			complete(&app, (struct text){ lines[i], n }, NULL, &out, &mem);
			CHECK(out.from <= out.to && out.to == n);
			arena_release(&mem);
		}
}

static bool
is_profiled(void)
{
	const struct profile *profile = app.sheet ? sheet_profile(app.sheet) : NULL;

	return profile && profile->is_whole;
}

static void
open_table(const char *path)
{
	struct surface surface = { 0 };
	struct error err = { "" };
	int64_t now = 0;

	CHECK(app_init(&app, &err));
	CHECK(app_open(&app, path, &err));
	CHECK_TEXT(err.text, "");
	surface_resize(&surface, 24, 80);
	for (int i = 0; i < 1000 && !is_profiled(); i++) {
		struct pollfd fd = { app.wake.fd, POLLIN, 0 };

		app_draw(&app, &surface);
		if (poll(&fd, 1, 10) > 0)
			wake_clear(&app.wake);
		app_news(&app, now += 10);
	}
	CHECK(is_profiled());
	surface_release(&surface);
}

int
main(void)
{
	char folder[] = "/tmp/test_complete_XXXXXX";
	FILE *file;

	CHECK(mkdtemp(folder) && chdir(folder) == 0);
	setenv("HOME", folder, 1);
	unsetenv("XDG_STATE_HOME");
	unsetenv("XDG_CONFIG_HOME");
	file = fopen("t.csv", "w");
	CHECK(file && fputs("city,nights,price,a b\nLisbon,2,80.5,x\nOslo,1,120,x\n"
			    "Lisbon,3,75,y\n",
			    file) >= 0);
	CHECK(file && fclose(file) == 0);
	open_table("t.csv");
	for (size_t i = 0; i < COUNT(cases); i++)
		check_case(i);
	test_common();
	test_noise();
	app_release(&app);
	CHECK(system("rm -rf \"$HOME\"") == 0);
	return check_report();
}
