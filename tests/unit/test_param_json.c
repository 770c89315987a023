/* Parameters of flow files land in fields, and go back without a needless change. */
#include "check.h"
#include "op/param.h"

static const char *const strategies[] = { "Mean", "Approximate Median", NULL };
static const char *const switches[] = { "True", "No", "3", NULL };
static const char *const orders[] = { "Ascending", "Descending", NULL };

struct sort {
	const char *sort_by;
	int order;
};

struct fields {
	int strategy;
	bool scale;
	int64_t bins;
	double level;
	const char *fill;
	const char *only;
	struct names input_column;
	const char *output_column;
	enum type data_type;
	int on;
	const char *pattern;
	struct list conditions;
};

static const struct param sorts[] = {
	PARAM_COLUMN(struct sort, sort_by, "By", "column"),
	PARAM_CHOICE(struct sort, order, "Order", "which end first", .choices = orders,
		     .preset = "Ascending"),
	{ 0 },
};

static const struct param params[] = {
	PARAM_CHOICE(struct fields, strategy, "Strategy", "what", .choices = strategies,
		     .preset = "Mean"),
	PARAM_FLAG(struct fields, scale, "Scale", "whether", .preset = "true"),
	PARAM_INTEGER(struct fields, bins, "Bins", "how many", .preset = "40",
		      .when = "strategy=Mean"),
	PARAM_NUMBER(struct fields, level, "Level", "how high", .preset = ""),
	PARAM_TEXT(struct fields, fill, "Fill", "text", .preset = ""),
	PARAM_COLUMN(struct fields, only, "Only", "column", .preset = ""),
	PARAM_COLUMNS(struct fields, input_column, "Columns", "columns", .preset = "",
		      .was = "drop.rows.input_column"),
	PARAM_NAME(struct fields, output_column, "Output", "name", .preset = ""),
	PARAM_TYPE(struct fields, data_type, "Type", "type", .preset = "",
		   .path = "top_type"),
	PARAM_CHOICE(struct fields, on, "On", "switch", .choices = switches,
		     .preset = ""),
	PARAM_PATTERN(struct fields, pattern, "Pattern", "regex", .preset = ""),
	PARAM_LIST(struct fields, conditions, "Conditions", "list", .preset = "",
		   .rows = sorts, .rows_size = sizeof(struct sort)),
	{ 0 },
};

/* {} stands for the block "a.b"; what differs from the presets, in words. */
static const struct {
	const char *json, *prints, *wrong;
} readings[] = {
	{ "{}", "" },
	{ "null", "" },
	{ "{\"a\": null}", "" },
	{ "{\"a\": {\"b\": {}}, \"c\": [{}]}", "" },
	{ "[]", .wrong = "parameters: must be an object" },
	{ "{\"a\": {\"b\": 3}}", .wrong = "a.b: must be an object" },
	{ "{\"a\": []}", .wrong = "a: must be an object" },
	{ "{\"a\": {\"b\": {\"unknown\": {\"bins\": 3}}}}", "" },
	/* words */
	{ "{\"a\": {\"b\": {\"strategy\": \"Approximate Median\"}}}",
	  "strategy=Approximate Median" },
	{ "{\"a\": {\"b\": {\"strategy\": \"approximate median\"}}}",
	  "strategy=Approximate Median" },
	{ "{\"a\": {\"b\": {\"strategy\": \"Mode\"}}}",
	  .wrong = "strategy: 'Mode' is not one of 'Mean', 'Approximate Median'" },
	{ "{\"a\": {\"b\": {\"strategy\": [\"Mean\"]}}}",
	  .wrong = "strategy: must be a word, but is a list" },
	{ "{\"a\": {\"b\": {\"strategy\": null}}}", "" },
	{ "{\"a\": {\"b\": {\"on\": true}}}", "on=True" },
	{ "{\"a\": {\"b\": {\"on\": 3}}}", "on=3" },
	{ "{\"a\": {\"b\": {\"on\": \"\"}}}", "" },
	/* flags */
	{ "{\"a\": {\"b\": {\"scale\": false}}}", "scale=false" },
	{ "{\"a\": {\"b\": {\"scale\": \"No\"}}}", "scale=false" },
	{ "{\"a\": {\"b\": {\"scale\": 0}}}", "scale=false" },
	{ "{\"a\": {\"b\": {\"scale\": \"false\"}}}", "scale=false" },
	{ "{\"a\": {\"b\": {\"scale\": \"Yes\"}}}", "" },
	{ "{\"a\": {\"b\": {\"scale\": \"maybe\"}}}",
	  .wrong = "scale: 'maybe' is not true or false" },
	{ "{\"a\": {\"b\": {\"scale\": 2}}}",
	  .wrong = "scale: '2' is not true or false" },
	{ "{\"a\": {\"b\": {\"scale\": {}}}}",
	  .wrong = "scale: must be true or false, but is an object" },
	/* numbers */
	{ "{\"a\": {\"b\": {\"bins\": 4}}}", "bins=4" },
	{ "{\"a\": {\"b\": {\"bins\": 4.0}}}", "bins=4" },
	{ "{\"a\": {\"b\": {\"bins\": \"4\"}}}", "bins=4" },
	{ "{\"a\": {\"b\": {\"bins\": 9007199254740993}}}", "bins=9007199254740993" },
	{ "{\"a\": {\"b\": {\"bins\": 4.5}}}",
	  .wrong = "bins: '4.5' is not a whole number" },
	{ "{\"a\": {\"b\": {\"bins\": true}}}",
	  .wrong = "bins: must be a whole number, but is true" },
	{ "{\"a\": {\"b\": {\"bins\": \"4\\u0000\"}}}",
	  .wrong = "bins: the text holds a NUL byte" },
	{ "{\"a\": {\"b\": {\"bins\": \"x\", \"strategy\": \"Approximate Median\"}}}",
	  "strategy=Approximate Median" }, /* not in force: stale */
	{ "{\"a\": {\"b\": {\"level\": 0.25}}}", "level=0.25" },
	{ "{\"a\": {\"b\": {\"level\": \" 1e2 \"}}}", "level=100" },
	{ "{\"a\": {\"b\": {\"level\": \"\"}}}", "" },
	{ "{\"a\": {\"b\": {\"level\": \"NaN\"}}}",
	  .wrong = "level: 'NaN' is not a finite number" },
	{ "{\"a\": {\"b\": {\"level\": 1e999}}}",
	  .wrong = "level: '1e999' is not a finite number" },
	/* texts */
	{ "{\"a\": {\"b\": {\"fill\": 0}}}", "fill=0" },
	{ "{\"a\": {\"b\": {\"fill\": 1.50}}}", "fill=1.50" },
	{ "{\"a\": {\"b\": {\"fill\": true}}}", "fill=True" },
	{ "{\"a\": {\"b\": {\"fill\": \"\\u00e9\\n\"}}}", "fill=é\n" },
	{ "{\"a\": {\"b\": {\"fill\": []}}}",
	  .wrong = "fill: must be a text, but is a list" },
	{ "{\"a\": {\"b\": {\"pattern\": \"a|b\"}}}", "pattern=a|b" },
	{ "{\"a\": {\"b\": {\"pattern\": false}}}",
	  .wrong = "pattern: must be a regular expression, but is false" },
	/* columns */
	{ "{\"a\": {\"b\": {\"only\": \"x\"}}}", "only=x" },
	{ "{\"a\": {\"b\": {\"only\": [\"x\"]}}}", "only=x" },
	{ "{\"a\": {\"b\": {\"only\": []}}}", "" },
	{ "{\"a\": {\"b\": {\"only\": [\"x\", \"y\"]}}}",
	  .wrong = "only: must be one column, but 2 are given" },
	{ "{\"a\": {\"b\": {\"only\": 5}}}",
	  .wrong = "only: must be the name of a column, but is a number" },
	{ "{\"a\": {\"b\": {\"input_column\": \"x,y\"}}}", "input_column=x\\,y" },
	{ "{\"a\": {\"b\": {\"input_column\": [\"x\", \"y\"]}}}", "input_column=x,y" },
	{ "{\"a\": {\"b\": {\"input_column\": \"\"}}}", "" },
	{ "{\"a\": {\"b\": {\"input_column\": []}}}", "" },
	{ "{\"a\": {\"b\": {\"input_column\": [\"x\", 5]}}}",
	  .wrong = "entry 2 of input_column: must be the name of a column or a list of "
		   "them, but is a number" },
	{ "{\"a\": {\"b\": {\"input_column\": {\"x\": 1}}}}",
	  .wrong = "input_column: must be the name of a column or a list of them, but is "
		   "an object" },
	{ "{\"a\": {\"b\": {\"output_column\": \"\"}}}", "" },
	{ "{\"drop\": {\"rows\": {\"input_column\": \"old\"}}}", "input_column=old" },
	{ "{\"drop\": {\"rows\": {\"input_column\": \"old\"}}, \"a\": {\"b\": "
	  "{\"input_column\": [\"new\"]}}}",
	  "input_column=new" },
	{ "{\"drop\": {\"rows\": {\"input_column\": \"old\"}}, \"a\": {\"b\": "
	  "{\"input_column\": null}}}",
	  "input_column=old" },
	/* types, by path */
	{ "{\"top_type\": \"Float\"}", "data_type=float" },
	{ "{\"a\": {\"b\": {\"data_type\": \"Float\"}}}", "" },
	{ "{\"top_type\": \"number\"}",
	  .wrong = "data_type: 'number' is not a type; it may be long, float, bool, "
		   "string, date, datetime or object" },
	/* lists */
	{ "{\"a\": {\"b\": {\"conditions\": [{\"sort_by\": \"x\"}, {\"sort_by\": \"y\", "
	  "\"order\": \"Descending\", \"more\": 1}]}}}",
	  "conditions=x:Ascending,y:Descending" },
	{ "{\"a\": {\"b\": {\"conditions\": {\"sort_by\": \"x\"}}}}",
	  "conditions=x:Ascending" },
	{ "{\"a\": {\"b\": {\"conditions\": []}}}", "" },
	{ "{\"a\": {\"b\": {\"conditions\": \"x\"}}}",
	  .wrong = "conditions: must be a list of objects, but is a text" },
	{ "{\"a\": {\"b\": {\"conditions\": [{}, null]}}}",
	  .wrong = "entry 2 of conditions: must be a list of objects, but is null" },
	{ "{\"a\": {\"b\": {\"conditions\": [{\"sort_by\": 1}]}}}",
	  .wrong = "conditions[0].sort_by: must be the name of a column, but is a "
		   "number" },
	{ "{\"a\": {\"b\": {\"conditions\": [{\"order\": \"up\"}]}}}",
	  .wrong = "conditions[0].order: 'up' is not one of 'Ascending', 'Descending'" },
};

static const struct json *
parse(const char *text, struct arena *mem)
{
	struct error err = { 0 };
	const struct json *json = json_parse(text_of(text), mem, &err);

	CHECK_TEXT(json ? "" : err.text, "");
	return json;
}

/* The settings that differ from the presets, one a line. */
static const char *
settings_of(const struct fields *fields, struct arena *mem)
{
	const char *text = "";
	struct error err = { 0 };
	struct fields preset;

	CHECK(param_preset(params, &preset, mem, &err));
	for (const struct param *p = params; p->name; p++) {
		const char *value = param_print(p, fields, mem);

		if (strcmp(value, param_print(p, &preset, mem)) != 0)
			text = arena_print(mem, "%s%s%s=%s", text, *text ? "\n" : "",
					   p->name, value);
	}
	return text;
}

static const char *
write_text(const struct json *json, struct arena *mem)
{
	struct error err = { 0 };
	struct buffer *out = buffer_new(0, &err);
	const char *text;

	CHECK(json_write(json, &(struct json_style){ .spaced = true }, out, &err));
	text = arena_text_n(mem, out->data, out->size);
	buffer_drop(out);
	return text;
}

/* Unchanged fields leave the very same document. */
static void
check_untouched(const struct json *json, const struct fields *fields, struct arena *mem)
{
	const struct json *out = param_write_json(params, "a.b", json, fields, mem);

	if (json->kind == JSON_OBJECT)
		CHECK(out == json);
}

static void
check_reading(size_t i)
{
	struct arena mem = { 0 };
	struct error err = { 0 };
	const struct json *json = parse(readings[i].json, &mem);
	struct fields fields;

	CHECK(param_preset(params, &fields, &mem, &err));
	if (!param_read_json(params, "a.b", json, &fields, &mem, &err)) {
		CHECK_TEXT(err.text,
			   readings[i].wrong ? readings[i].wrong : "(no error)");
	} else if (readings[i].wrong) {
		CHECK_TEXT("(no error)", readings[i].wrong);
	} else {
		CHECK_TEXT(settings_of(&fields, &mem), readings[i].prints);
		check_untouched(json, &fields, &mem);
	}
	arena_release(&mem);
}

/* What settings make of a document. */
static const struct {
	const char *before, *setting, *after;
} writings[] = {
	{ "{}", "bins=7", "{\"a\": {\"b\": {\"bins\": 7}}}" },
	{ "{\"a\": {\"b\": {\"z\": 1, \"bins\": 7, \"y\": 2.50}}}", "bins=8",
	  "{\"a\": {\"b\": {\"z\": 1, \"bins\": 8, \"y\": 2.50}}}" },
	{ "{\"a\": {\"b\": {\"bins\": \"7\"}}}", "bins=8",
	  "{\"a\": {\"b\": {\"bins\": \"8\"}}}" },
	{ "{\"a\": {\"b\": {\"bins\": 7}}}", "bins=40",
	  "{\"a\": {\"b\": {\"bins\": 40}}}" },
	{ "{\"a\": {\"b\": {\"bins\": 7}}}", "strategy=approximate median",
	  "{\"a\": {\"b\": {\"bins\": 7, \"strategy\": \"Approximate Median\"}}}" },
	{ "{\"a\": {\"b\": {\"level\": 0.5}}}",
	  "level=", "{\"a\": {\"b\": {\"level\": null}}}" },
	{ "{}", "level=1e-7", "{\"a\": {\"b\": {\"level\": 1e-7}}}" },
	{ "{\"a\": {\"b\": {\"scale\": \"no\"}}}", "scale=true",
	  "{\"a\": {\"b\": {\"scale\": \"yes\"}}}" },
	{ "{\"a\": {\"b\": {\"scale\": \"True\"}}}", "scale=false",
	  "{\"a\": {\"b\": {\"scale\": \"False\"}}}" },
	{ "{\"a\": {\"b\": {\"scale\": true}}}", "scale=false",
	  "{\"a\": {\"b\": {\"scale\": false}}}" },
	{ "{}", "scale=no", "{\"a\": {\"b\": {\"scale\": false}}}" },
	{ "{\"a\": {\"b\": {\"input_column\": \"x\"}}}", "input_column=y",
	  "{\"a\": {\"b\": {\"input_column\": \"y\"}}}" },
	{ "{\"a\": {\"b\": {\"input_column\": \"x\"}}}", "input_column=x,y",
	  "{\"a\": {\"b\": {\"input_column\": [\"x\", \"y\"]}}}" },
	{ "{\"a\": {\"b\": {\"input_column\": [\"x\"]}}}", "input_column=y",
	  "{\"a\": {\"b\": {\"input_column\": [\"y\"]}}}" },
	{ "{}", "input_column=y", "{\"a\": {\"b\": {\"input_column\": [\"y\"]}}}" },
	{ "{\"a\": {\"b\": {\"input_column\": [\"\\u0078\", \"y\"]}}}",
	  "input_column=x,z",
	  "{\"a\": {\"b\": {\"input_column\": [\"\\u0078\", \"z\"]}}}" },
	{ "{\"a\": {\"b\": {\"conditions\": {\"m\": 1, \"sort_by\": \"x\"}}}}",
	  "conditions=y",
	  "{\"a\": {\"b\": {\"conditions\": [{\"m\": 1, \"sort_by\": \"y\"}]}}}" },
	{ "{\"drop\": {\"rows\": {\"input_column\": \"x\"}}}", "input_column=y",
	  "{\"drop\": {\"rows\": {\"input_column\": \"y\"}}}" },
	{ "{\"a\": 1}", "data_type=float", "{\"a\": 1, \"top_type\": \"float\"}" },
	{ "{\"top_type\": \"Float\"}", "data_type=float", "{\"top_type\": \"Float\"}" },
	{ "{\"top_type\": \"Float\"}", "data_type=", "{\"top_type\": null}" },
	{ "{\"a\": {\"b\": {\"conditions\": [{\"m\": 1, \"sort_by\": \"x\"}]}}}",
	  "conditions=y:Descending,z",
	  "{\"a\": {\"b\": {\"conditions\": [{\"m\": 1, \"sort_by\": \"y\", \"order\": "
	  "\"Descending\"}, {\"sort_by\": \"z\"}]}}}" },
	{ "{\"a\": null}", "fill=x", "{\"a\": {\"b\": {\"fill\": \"x\"}}}" },
	{ "{\"a\": {\"b\": {\"fill\": 0}}}",
	  "fill=", "{\"a\": {\"b\": {\"fill\": \"\"}}}" },
};

static void
check_writing(size_t i)
{
	struct arena mem = { 0 };
	struct error err = { 0 };
	const struct json *json = parse(writings[i].before, &mem);
	struct fields fields, again;

	CHECK(param_preset(params, &fields, &mem, &err));
	if (!strstr(writings[i].before, "\"a\": 1"))
		CHECK(param_read_json(params, "a.b", json, &fields, &mem, &err));
	CHECK(param_set(params, &fields, writings[i].setting, &mem, &err));
	json = param_write_json(params, "a.b", json, &fields, &mem);
	CHECK_TEXT(write_text(json, &mem), writings[i].after);
	CHECK(param_preset(params, &again, &mem, &err));
	CHECK(param_read_json(params,
			      strstr(writings[i].before, "\"a\": 1") ? "b" : "a.b", json,
			      &again, &mem, &err));
	CHECK_TEXT(settings_of(&again, &mem), settings_of(&fields, &mem));
	arena_release(&mem);
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(readings); i++)
		check_reading(i);
	for (size_t i = 0; i < COUNT(writings); i++)
		check_writing(i);
	return check_report();
}
