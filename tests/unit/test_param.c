/* A setting lands in its field and prints back, or is refused by name. */
#include <math.h>

#include "check.h"
#include "op/param.h"

enum { TIGHT, LOOSE };
static const char *const fits[] = { "tight", "Loose fit", NULL };
static const char *const orders[] = { "Ascending", "Descending", NULL };

struct sort {
	const char *by;
	int order;
};

struct coat {
	bool lined;
	int64_t buttons;
	double size, weight;
	const char *colour;
	int fit;
	const char *owner;
	struct names worn_by;
	const char *made;
	enum type type;
	struct list sorts;
};

static const struct param sorts[] = {
	PARAM_COLUMN(struct sort, by, "By", "column to sort by"),
	PARAM_CHOICE(struct sort, order, "Order", "which end first", .choices = orders,
		     .preset = "Ascending"),
	{ 0 },
};

static const struct param params[] = {
	PARAM_FLAG(struct coat, lined, "Lined", "is it lined", .preset = "false"),
	PARAM_INTEGER(struct coat, buttons, "Buttons", "how many", .preset = "4", MIN(0),
		      MAX(12)),
	PARAM_NUMBER(struct coat, size, "Size", "how big", .preset = "2"),
	PARAM_NUMBER(struct coat, weight, "Weight", "at most", .preset = "inf", MIN(0.5)),
	PARAM_TEXT(struct coat, colour, "Colour", "how it looks", .preset = ""),
	PARAM_CHOICE(struct coat, fit, "Fit", "how close", .choices = fits,
		     .preset = "tight"),
	PARAM_COLUMN(struct coat, owner, "Owner", "whose it is", .preset = ""),
	PARAM_COLUMNS(struct coat, worn_by, "Worn by", "who wears it", .preset = ""),
	PARAM_NAME(struct coat, made, "Made", "column to make", .preset = ""),
	PARAM_TYPE(struct coat, type, "Type", "its type", .preset = "",
		   .accepts = TYPE_NUMERIC | TYPE_STRING),
	PARAM_LIST(struct coat, sorts, "Sort", "order of coats", .preset = "",
		   .rows = sorts, .rows_size = sizeof(struct sort)),
	{ 0 },
};

/* What a setting prints as (NULL: as it is), or why it is refused. */
static const struct {
	const char *setting, *prints, *wrong;
} cases[] = {
	{ "size=3.5" },
	{ "size= 3.50 ", "size=3.5" },
	{ "size=-1e300", "size=-1e+300" },
	{ "size=big", .wrong = "size: 'big' is not a number" },
	{ "size=", .wrong = "size: '' is not a number" },
	{ "size=nan", .wrong = "size: 'nan' is not a finite number" },
	{ "size=inf", .wrong = "size: 'inf' is not a finite number" },
	{ "size=1e999", .wrong = "size: '1e999' is not a finite number" },
	{ "size=1,5", .wrong = "size: '1,5' is not a number" },
	{ "weight=inf" },
	{ "weight=-inf", .wrong = "weight: '-inf' is not a finite number" },
	{ "weight=0.25", .wrong = "weight: 0.25 is below 0.5, the smallest allowed" },
	{ "weight=0.5" },
	{ "buttons=0" },
	{ "buttons=12" },
	{ "buttons=4.0", "buttons=4" },
	{ "buttons=1e1", "buttons=10" },
	{ "buttons=13", .wrong = "buttons: 13 is above 12, the largest allowed" },
	{ "buttons=-1", .wrong = "buttons: -1 is below 0, the smallest allowed" },
	{ "buttons=4.5", .wrong = "buttons: '4.5' is not a whole number" },
	{ "buttons=four", .wrong = "buttons: 'four' is not a whole number" },
	{ "buttons=", .wrong = "buttons: '' is not a whole number" },
	{ "buttons=99999999999999999999",
	  .wrong = "buttons: '99999999999999999999' is beyond whole numbers of 64 bits" },
	{ "buttons=-9223372036854775808",
	  .wrong = "buttons: '-9223372036854775808' is beyond whole numbers of 64 bits" },
	{ "lined=true" },
	{ "lined=YES", "lined=true" },
	{ "lined=0", "lined=false" },
	{ "lined=perhaps", .wrong = "lined: 'perhaps' is not true or false" },
	{ "lined=", .wrong = "lined: '' is not true or false" },
	{ "colour=" },
	{ "colour=a=b, c\\d" },
	{ "fit=Loose fit" },
	{ "fit=LOOSE FIT", "fit=Loose fit" },
	{ "fit=big", .wrong = "fit: 'big' is not one of 'tight', 'Loose fit'" },
	{ "fit=", .wrong = "fit: '' is not one of 'tight', 'Loose fit'" },
	{ "owner=a,b" },
	{ "worn_by=" },
	{ "worn_by=a" },
	{ "worn_by=a,b c,é" },
	{ "worn_by=a\\,b,c\\\\d" },
	{ "worn_by=c\\d", "worn_by=c\\\\d" },
	{ "worn_by=a,,b" },
	{ "worn_by=\\" },
	{ "worn_by=," },
	{ "made=x y" },
	{ "type=" },
	{ "type=Integer", "type=long" },
	{ "type=string" },
	{ "type=date",
	  .wrong = "type: 'date' is not a type; it may be long, float or string" },
	{ "type=text",
	  .wrong = "type: 'text' is not a type; it may be long, float or string" },
	{ "sorts=" },
	{ "sorts=a:Ascending" },
	{ "sorts=a", "sorts=a:Ascending" },
	{ "sorts=a:descending,b c", "sorts=a:Descending,b c:Ascending" },
	{ "sorts=a\\:b\\,c:Descending" },
	{ "sorts=a:up",
	  .wrong = "sorts[0].order: 'up' is not one of 'Ascending', 'Descending'" },
	{ "sorts=a,b:Ascending:c",
	  .wrong = "sorts[1].'b:Ascending:c' has 3 values, but a row has 2" },
	{ "hue=red", .wrong = "no parameter 'hue'" },
	{ "color=red", .wrong = "no parameter 'color'; did you mean 'colour'?" },
	{ "size", .wrong = "'size' has no value; write size=VALUE" },
	{ "=3", .wrong = "no parameter ''" },
	{ "", .wrong = "no parameter ''" },
};

static const struct param *
param_named(const char *setting)
{
	const struct param *p = params;

	while (strncmp(p->name, setting, strlen(p->name)) != 0 ||
	       setting[strlen(p->name)] != '=')
		p++;
	return p;
}

static void
check_case(size_t i)
{
	const char *wanted = cases[i].prints ? cases[i].prints : cases[i].setting;
	struct arena mem = { 0 };
	struct error err = { 0 };
	struct coat coat, again;

	CHECK(param_preset(params, &coat, &mem, &err));
	if (!param_set(params, &coat, cases[i].setting, &mem, &err)) {
		CHECK_TEXT(err.text, cases[i].wrong ? cases[i].wrong : "(no error)");
	} else if (cases[i].wrong) {
		CHECK_TEXT("(no error)", cases[i].wrong);
	} else {
		const struct param *p = param_named(cases[i].setting);
		const char *text =
			arena_print(&mem, "%s=%s", p->name, param_print(p, &coat, &mem));

		CHECK_TEXT(text, wanted);
		CHECK(param_preset(params, &again, &mem, &err));
		CHECK(param_set(params, &again, text, &mem, &err));
		CHECK_TEXT(param_print(p, &again, &mem), wanted + strlen(p->name) + 1);
		CHECK(param_check(params, &coat, &err));
	}
	arena_release(&mem);
}

static void
check_presets(void)
{
	struct arena mem = { 0 };
	struct error err = { 0 };
	struct coat coat;

	CHECK(param_preset(params, &coat, &mem, &err));
	CHECK(!coat.lined && coat.buttons == 4 && coat.size == 2 && isinf(coat.weight));
	CHECK_TEXT(coat.colour, "");
	CHECK(coat.fit == TIGHT && coat.type == 0);
	CHECK(coat.worn_by.n == 0 && coat.sorts.n == 0);
	CHECK(param_set(params, &coat, "sorts=x:Descending", &mem, &err));
	CHECK(coat.sorts.n == 1 && ((struct sort *)coat.sorts.at)->order == 1);
	CHECK(param_preset(NULL, &coat, &mem, &err));
	CHECK(!param_set(NULL, &coat, "a=b", &mem, &err));
	CHECK_TEXT(err.text, "no parameter 'a': there is nothing to set");
	arena_release(&mem);
}

/* Rows in force, and what they must have. */
struct trip {
	int by;
	int64_t seats;
	double speed;
	const char *line, *stop;
	int day;
	enum type type;
	struct names via;
	struct list legs;
};

enum { FOOT, TRAIN, BUS };
static const char *const means[] = { "foot", "train", "bus", NULL };

static const struct param trip[] = {
	PARAM_TEXT(struct trip, stop, "Stop", "where to leave", .when = "line=4|8"),
	PARAM_CHOICE(struct trip, by, "By", "how", .choices = means, .preset = "foot"),
	PARAM_TEXT(struct trip, line, "Line", "which one", .when = "by=train|bus"),
	PARAM_INTEGER(struct trip, seats, "Seats", "how many", .when = "by=train"),
	PARAM_NUMBER(struct trip, speed, "Speed", "how fast", .when = "by=bus"),
	PARAM_CHOICE(struct trip, day, "Day", "when", .choices = fits, .when = "line=1"),
	PARAM_TYPE(struct trip, type, "Type", "which", .when = "line=2"),
	PARAM_COLUMNS(struct trip, via, "Via", "on the way", .when = "line=3"),
	PARAM_LIST(struct trip, legs, "Legs", "parts", .when = "line=5", .rows = sorts,
		   .rows_size = sizeof(struct sort)),
	{ 0 },
};

static const struct {
	const char *settings[4], *wrong;
} trips[] = {
	{ { "by=foot" } },
	{ { "by=foot", "line=4" } },
	{ { "by=train" }, "line: must be given (which one)" },
	{ { "by=train", "line=9" }, "seats: must be given (how many)" },
	{ { "by=train", "line=9", "seats=1" } },
	{ { "by=bus", "line=9" }, "speed: must be given (how fast)" },
	{ { "by=bus", "line=4", "speed=1" }, "stop: must be given (where to leave)" },
	{ { "by=bus", "line=8", "speed=1", "stop=x" } },
	{ { "by=bus", "line=1", "speed=1" }, "day: must be given (when)" },
	{ { "by=bus", "line=2", "speed=1" }, "type: must be given (which)" },
	{ { "by=bus", "line=3", "speed=1" }, "via: must be given (on the way)" },
	{ { "by=bus", "line=5", "speed=1" }, "legs: must be given (parts)" },
	{ { "by=bus", "line=5", "speed=1", "legs=,:Descending" },
	  "legs[0].by: must be given (column to sort by)" },
};

static void
check_trip(size_t i)
{
	struct arena mem = { 0 };
	struct error err = { 0 };
	struct trip fields;

	CHECK(param_preset(trip, &fields, &mem, &err));
	for (size_t k = 0; k < COUNT(trips[i].settings) && trips[i].settings[k]; k++)
		CHECK(param_set(trip, &fields, trips[i].settings[k], &mem, &err));
	if (param_check(trip, &fields, &err))
		CHECK_TEXT(trips[i].wrong ? "(no error)" : "",
			   trips[i].wrong ? trips[i].wrong : "");
	else
		CHECK_TEXT(err.text, trips[i].wrong ? trips[i].wrong : "(no error)");
	arena_release(&mem);
}

/* A name of blanks is none; bounds hold also for what a flow file says. */
static void
check_rules(void)
{
	struct arena mem = { 0 };
	struct error err = { 0 };
	struct coat coat;

	CHECK(param_preset(params, &coat, &mem, &err));
	coat.made = " \t";
	CHECK(!param_check(params, &coat, &err));
	CHECK_TEXT(err.text, "made: ' ?' is blank; a column needs a name");
	coat.made = "";
	coat.buttons = 13;
	CHECK(!param_check(params, &coat, &err));
	CHECK_TEXT(err.text, "buttons: 13 is above 12, the largest allowed");
	CHECK(param_check(NULL, NULL, &err));
	arena_release(&mem);
}

/* Literals that Python reads as what the field holds. */
static const struct {
	const char *setting, *python;
} literals[] = {
	{ "lined=yes", "True" },
	{ "lined=no", "False" },
	{ "buttons=7", "7" },
	{ "size=2", "2.0" },
	{ "size=1e-5", "1e-05" },
	{ "weight=inf", "float(\"inf\")" },
	{ "colour=", "\"\"" },
	{ "colour=a\"b\\", "\"a\\\"b\\\\\"" },
	{ "colour=a\nb\r\t\x01\x7f", "\"a\\nb\\u000d\\u0009\\u0001\\u007f\"" },
	{ "colour=é😀", "\"é😀\"" },
	{ "colour=\xff\xc3", "\"\\udcff\\udcc3\"" },
	{ "colour=\xe2\x80\xae\xef\xbf\xbd", "\"\\u202e\xef\xbf\xbd\"" },
	{ "fit=tight", "\"tight\"" },
	{ "owner=", "None" },
	{ "owner=x", "\"x\"" },
	{ "worn_by=", "[]" },
	{ "worn_by=a,b\\,c", "[\"a\", \"b,c\"]" },
	{ "type=", "None" },
	{ "type=float", "\"float\"" },
	{ "sorts=a:Descending,b",
	  "[{\"by\": \"a\", \"order\": \"Descending\"}, {\"by\": \"b\", \"order\": "
	  "\"Ascending\"}]" },
};

static void
check_literal(size_t i)
{
	struct arena mem = { 0 };
	struct error err = { 0 };
	struct coat coat;

	CHECK(param_preset(params, &coat, &mem, &err));
	CHECK(param_set(params, &coat, literals[i].setting, &mem, &err));
	CHECK_TEXT(param_python(param_named(literals[i].setting), &coat, &mem),
		   literals[i].python);
	arena_release(&mem);
}

/* The same seed gives the same settings; all are within their bounds. */
static void
check_random(void)
{
	struct field fields[] = { { "a", TYPE_LONG }, { "b", TYPE_STRING } };
	struct schema schema = { .n = 2, .at = fields };
	bool differ = false;

	for (uint64_t start = 0; start < 200; start++) {
		uint64_t seeds[] = { start, start, start + 1000 };
		struct arena mem = { 0 };
		struct error err = { 0 };
		struct coat coats[3];

		for (size_t i = 0; i < 3; i++)
			CHECK(param_random(params, &coats[i], &schema, &seeds[i], &mem,
					   &err) ||
			      strstr(err.text, "is blank"));
		for (const struct param *p = params; p->name; p++) {
			const char *one = param_print(p, &coats[0], &mem);

			CHECK_TEXT(param_print(p, &coats[1], &mem), one);
			differ |= strcmp(param_print(p, &coats[2], &mem), one) != 0;
		}
		arena_release(&mem);
	}
	CHECK(differ);
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(cases); i++)
		check_case(i);
	for (size_t i = 0; i < COUNT(trips); i++)
		check_trip(i);
	for (size_t i = 0; i < COUNT(literals); i++)
		check_literal(i);
	check_presets();
	check_rules();
	check_random();
	CHECK_TEXT(param_kind_name(KIND_LIST), "list");
	return check_report();
}
