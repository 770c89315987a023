/* A report in each of its ways: the same cells, and nothing in them that the language
 * would take for its own. */
#include <math.h>

#include "check.h"
#include "widget/report.h"

static struct arena arena;
static struct report report;

static const char *
printed(const char *path)
{
	const struct ending *ending = ending_of(report_endings, path);
	struct error err;
	struct buffer *out = buffer_new(0, &err);
	const char *text;

	CHECK(ending && report_print(&report, ending, out, &err));
	text = arena_text_n(&arena, out->data, out->size);
	buffer_drop(out);
	return text;
}

static void
fill(void)
{
	static const char *const columns[] = { "name", "n", "share", NULL };
	struct report_section *section;
	struct report_cell *row;

	report_init(&report, "a <b>", &arena);
	report_line(&report, "two rows");
	section = report_section(&report, "Things", columns);
	row = report_row(&report, section);
	row[0] = report_text("x|y\n\"\x1b");
	row[1] = report_count(&report, 12345);
	row[2] = report_number(&report, 0.5, "50%");
	row = report_row(&report, section);
	row[0] = report_text("z");
	row[1] = report_count(&report, 7);
	row[2] = report_number(&report, NAN, "nan");
	report_section(&report, "Nothing", columns);
}

/* Rows beyond the first room. */
static void
test_many(void)
{
	static const char *const columns[] = { "i", NULL };
	struct report_section *section;
	struct error err;
	const struct json *json;

	report_init(&report, "many", &arena);
	section = report_section(&report, "Rows", columns);
	for (uint64_t i = 0; i < 100; i++)
		report_row(&report, section)[0] = report_count(&report, i);
	json = json_find(json_parse(text_of(printed("x.json")), &arena, &err), "rows");
	CHECK(json && json->n == 100);
	CHECK(json && text_is(json_find(json->at[99].value, "i")->text, "99"));
	report_init(&report, "far", &arena);
	section = report_section(&report, "Rows", columns);
	report_row(&report, section)[0] = report_number(&report, INFINITY, "inf");
	CHECK(strstr(printed("x.json"), "\"i\": \"inf\""));
}

int
main(void)
{
	fill();
	CHECK_TEXT(printed("x.md"), "# a \\<b>\n\ntwo rows\n\n## Things\n\n"
				    "| name | n | share |\n| --- | ---: | ---: |\n"
				    "| x\\|y<br>\"\xef\xbf\xbd | 12,345 | 50% |\n"
				    "| z | 7 |  |\n\n## Nothing\n\nnothing\n");
	CHECK_TEXT(printed("x.txt"), "a <b>\ntwo rows\n\nThings\n"
				     "  name         n  share\n"
				     "  x|y␊\"␛  12,345    50%\n"
				     "  z            7\n\nNothing\n  nothing\n");
	CHECK_TEXT(
		printed("x.json"),
		"{\n  \"title\": \"a <b>\",\n  \"summary\": [\n    \"two rows\"\n  ],\n"
		"  \"things\": [\n    {\n      \"name\": \"x|y\\n\\\"\\u001b\",\n"
		"      \"n\": 12345,\n      \"share\": 0.5\n    },\n"
		"    {\n      \"name\": \"z\",\n      \"n\": 7,\n"
		"      \"share\": null\n    }\n  ],\n  \"nothing\": []\n}\n");
	CHECK(strstr(printed("x.html"), "<h1>a &lt;b&gt;</h1>\n<p>two rows</p>\n"));
	CHECK(strstr(printed("x.html"),
		     "<tr><td>x|y\n&quot;\xef\xbf\xbd</td><td class=\"n\">12,345</td>"
		     "<td class=\"n\">50%</td></tr>\n"));
	test_many();
	arena_release(&arena);
	return check_report();
}
