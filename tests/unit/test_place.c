/* Addresses become paths, and names never leave their folder. */
#include "check.h"
#include "run/place.h"

static const struct {
	const char *uri, *maps, *flow; /* maps: separated by blanks */
	const char *path, *wrong;
} cases[] = {
	{ "s3://b/k/x.csv", "s3://b/=/data", NULL, "/data/k/x.csv", NULL },
	{ "s3://b/k/x.csv", "s3://b/=/data/", NULL, "/data/k/x.csv", NULL },
	{ "s3://b/k/x.csv", "s3://b=/data", NULL, "/data/k/x.csv", NULL },
	{ "s3://b/x.csv", "s3://b/x.csv=here.csv", NULL, "here.csv", NULL },
	{ "s3://b/k/x.csv", "s3://b/=/a s3://b/k/=/longer", NULL, "/longer/x.csv", NULL },
	{ "s3://b/a=b/x.csv", "s3://b/a=b/=/data", NULL, "/data/x.csv", NULL },
	{ "data/x.csv", "", "flows/f.flow", "flows/data/x.csv", NULL },
	{ "data/x.csv", "", NULL, "data/x.csv", NULL },
	{ "/abs/x.csv", "", "flows/f.flow", "/abs/x.csv", NULL },
	{ "file:///abs/x.csv", "", "flows/f.flow", "/abs/x.csv", NULL },
	{ "s3://b/k/x.csv", "s3://other/=/data", NULL, NULL,
	  "'s3://b/k/x.csv' is not on this machine; say where it is with "
	  "--map s3://b/=FOLDER, or :map FOLDER on the screen" },
	{ "", "", NULL, NULL,
	  "the flow names no file here; give one with --source NODE=PATH" },
};

static void
test_local(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena mem = { 0 };
		struct error err = { 0 };
		struct names maps = { 0 };
		struct text rest = text_of(cases[i].maps);
		const char *path;

		while (rest.size) {
			struct text map = text_cut(&rest, ' ');

			names_add(&maps, arena_text_n(&mem, map.data, map.size), &mem);
		}
		if (place_local(cases[i].uri, &maps, cases[i].flow, &path, &mem, &err))
			CHECK_TEXT(path, cases[i].path ? cases[i].path : "(an error)");
		else
			CHECK_TEXT(err.text,
				   cases[i].wrong ? cases[i].wrong : "(a path)");
		arena_release(&mem);
	}
}

static void
test_file_name(void)
{
	static const char *const names[][2] = {
		{ "S3: Export", "S3: Export" }, { "a/b", "a_b" },
		{ "../../x", ".._.._x" },       { "..", "_." },
		{ "x\n\033[2J", "x__[2J" },     { ".", "_" },
	};
	struct arena mem = { 0 };

	for (size_t i = 0; i < COUNT(names); i++)
		CHECK_TEXT(place_file_name(names[i][0], &mem), names[i][1]);
	arena_release(&mem);
}

int
main(void)
{
	test_local();
	test_file_name();
	return check_report();
}
