/*
 * Code that fails, hangs, ends or lies is a sentence; functions give the type that they
 * are told to.
 */
#include "code_table.h"

static const struct {
	const char *code, *wrong;
} failures[] = {
	{ "\n\ndf['x'] = df['y'] + 1", "line 3: df['x'] = df['y'] + 1: KeyError: 'y'" },
	{ "a = 1\nb = = 2", "line 2: b = = 2: SyntaxError: invalid syntax" },
	{ "def f():\n  return 1 / 0\nf()",
	  "line 2: return 1 / 0: ZeroDivisionError: division by zero" },
	{ "df = df['x']",
	  "'df' is of type 'Series' after the code; it must be a pandas DataFrame" },
	{ "del df", "the code left no variable 'df'; it must be a pandas DataFrame" },
	{ "import sys\nsys.exit(3)", "line 2: sys.exit(3): SystemExit: 3" },
	{ "raise ValueError('a\\nb\\x1b[31m')",
	  "line 1: raise ValueError('a\\nb\\x1b[31m'): ValueError: a b?[31m" },
	{ "import os\nos.write(2, b'one\\ntwo\\n')\nos._exit(4)",
	  "the code ended Python with status 4 before the table came back: two" },
	{ "import os\nos.kill(os.getpid(), 11)",
	  "Python was ended by signal 11 (Segmentation fault): " },
	{ "import os\nos.write(3, b'x' * 100)",
	  "the answer of the program cannot be read: it is of another kind" },
	{ "import os\nos.write(3, b'LARIATF1' + b'\\xff' * 8)\nos._exit(0)",
	  "the answer of the program cannot be read: it has no head" },
	{ "import os\nos.close(3)",
	  "the code ended Python with status 1 before the table came "
	  "back: OSError: [Errno 9] Bad file descriptor" },
	{ "x = []\nfor i in range(40): x = [x]\ndf['x'] = [x]",
	  "the answer of the program cannot be read: lists too deep in lists" },
};

static void
wrong_code(void)
{
	given("x", TYPE_LONG, "1");
	for (size_t i = 0; i < COUNT(failures); i++) {
		CHECK(!pandas(failures[i].code));
		CHECK_TEXT(err.text, failures[i].wrong);
	}
	given("when", TYPE_DATE, "2932897");
	CHECK(!pandas("pass"));
	CHECK_TEXT(err.text,
		   "column 'when': a date outside the years 1 to 9999 cannot be "
		   "handed to Python");
}

static const struct {
	const char *way, *type, *code, *wanted;
} functions[] = {
	{ "Pandas", "string", "def custom_func(s):\n  return s.map(str)",
	  "x string: '1.0' '2.0' 'nan'" },
	{ "Pandas", "float", "def custom_func(s):\n  return s * 2", "x float: 2 4 null" },
	{ "Pandas", "long", "def custom_func(s):\n  return s * 1.9", "x long: 1 3 null" },
	{ "Pandas", "bool", "def custom_func(s):\n  return s > 1",
	  "x bool: false true false" },
	{ "Pandas", "string", "def custom_func(s):\n  return ['a', None, float('nan')]",
	  "x string: 'a' null null" },
	{ "Pandas", "datetime",
	  "def custom_func(s):\n  return pd.to_datetime(s, unit='s')",
	  "x datetime: 1000000 2000000 null" },
	{ "Pandas", "long", "def custom_func(s):\n  return ['a', 'b', 'c']",
	  "! custom_func gave 'a', which is no long; change the return type" },
	{ "Pandas", "long", "def custom_func(s):\n  return s[:1]",
	  "! custom_func gave 1 values for 3 rows" },
	{ "Pandas", "long", "def custom_func(s):\n  return 5",
	  "! custom_func gave a 'int'; it must give a pandas Series" },
	{ "Pandas", "long", "def func(s):\n  return 5",
	  "! the code defines no function 'custom_func'" },
	{ "Pandas", "long", "def custom_func(s):\n  return s.nothing",
	  "! line 2: return s.nothing: AttributeError: 'Series' object has no attribute "
	  "'nothing'" },
	{ "Python", "long", "def custom_func(v):\n  return v + 1 if v else None",
	  "x long: 2 3 null" },
	{ "Python", "float", "def custom_func(v):\n  return v",
	  "x float: null null null" },
	{ "Python", "float", "def custom_func(v):\n  return float('nan')",
	  "x float: nan nan nan" },
	{ "Python", "string", "def custom_func(v):\n  return v is None",
	  "x string: 'false' 'false' 'true'" },
	{ "Python", "string", "custom_func = str", "x string: '1' '2' 'None'" },
	{ "Python", "date",
	  "import datetime\ndef custom_func(v):\n"
	  "  return datetime.date(1970, 1, v) if v else None",
	  "x date: day 0 day 1 null" },
};

static void
user_functions(void)
{
	given("x", TYPE_LONG, "1 2 null");
	for (size_t i = 0; i < COUNT(functions); i++) {
		bool ok = run("udf", functions[i].code, functions[i].way,
			      functions[i].type);

		if (functions[i].wanted[0] == '!') {
			CHECK(!ok);
			CHECK_TEXT(err.text, functions[i].wanted + 2);
		} else if (!ok) {
			CHECK_TEXT(err.text, functions[i].wanted);
		} else {
			CHECK_TEXT(answer(), functions[i].wanted);
		}
	}
}

static void
limits(void)
{
	const struct frame_setting endless[] = { { "code", "while True: pass" },
						 { NULL, NULL } };
	const struct call call = { .seconds = 1.5 };
	atomic_bool cancel = true;
	const struct call stopped = { .cancel = &cancel };

	given("x", TYPE_LONG, "1");
	CHECK(!code_run(&call, "pandas", endless, &in_schema, &in, &out, &out_schema,
			&arena, &err));
	CHECK(strstr(err.text, "ran longer than 1.5 seconds and was stopped") != NULL);
	CHECK(!code_run(&stopped, "pandas", endless, &in_schema, &in, &out, &out_schema,
			&arena, &err));
	CHECK(err.cancelled);
}

static void
other_pythons(void)
{
	const char *own = getenv("LARIAT_PYTHON");
	const char *before = own ? arena_text(&arena, own) : NULL;

	given("x", TYPE_LONG, "1");
	setenv("LARIAT_PYTHON", "/nowhere/python", 1);
	CHECK(!pandas("pass"));
	CHECK_TEXT(err.text, "LARIAT_PYTHON: no program '/nowhere/python'");
	setenv("LARIAT_PYTHON", "false", 1);
	CHECK(!pandas("pass"));
	CHECK_TEXT(err.text,
		   "the code ended Python with status 1 before the table came back: ");
	if (before)
		setenv("LARIAT_PYTHON", before, 1);
	else
		unsetenv("LARIAT_PYTHON");
}

/* The hooks that table operators share. */
static void
hooks(void)
{
	const struct code blank = { " \n\t" }, some = { "df['y'] = 1" };
	struct call call = { .fields = &blank };
	struct shape shape = { .arena = &arena };
	struct table *const tables[] = { &in };

	given("x", TYPE_LONG, "1 null");
	call.in = &in_schema;
	CHECK(code_pandas(&call, tables, &out, &out_schema, &arena, &err));
	CHECK_TEXT(answer(), "x long: 1 null");
	table_release(&out);
	out = (struct table){ 0 };
	CHECK(code_shape(&blank, NULL, &in_schema, &shape, &err));
	CHECK(shape.schema.n == 1 && !shape.schema.open);
	shape = (struct shape){ .arena = &arena };
	CHECK(code_shape(&some, NULL, &in_schema, &shape, &err));
	CHECK(shape.schema.n == 0 && shape.schema.open);
	call.fields = &some;
	CHECK(code_pandas(&call, tables, &out, &out_schema, &arena, &err));
	CHECK_TEXT(answer(), "x float: 1 nan; y long: 1 1");
}

int
main(void)
{
	if (is_missing())
		return 77;
	wrong_code();
	user_functions();
	limits();
	other_pythons();
	hooks();
	clear();
	arena_release(&arena);
	return check_report();
}
