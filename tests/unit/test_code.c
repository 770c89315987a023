/*
 * Tables of every type go to Python, by pandas and by Spark, and come back.
 */
#include "code_table.h"

/* Batch i of a table, until the next call. */
static const struct batch *
peek(const struct table *table, size_t i)
{
	static struct batch *batch;

	batch_free(batch);
	batch = NULL;
	if (table)
		CHECK(table_batch(table, i, &batch, &err));
	return batch;
}

/* Four cells; what comes back; pandas' dtype and repr of the last. */
static const struct {
	enum type type;
	const char *cells, *back, *seen;
} trips[] = {
	{ TYPE_LONG, "1 2 -9223372036854775808 9223372036854775807",
	  "long: 1 2 -9223372036854775808 9223372036854775807",
	  "int64 9223372036854775807" },
	{ TYPE_LONG, "1 2 3 null", "float: 1 2 3 nan", "float64 nan" },
	{ TYPE_FLOAT, "1.5 nan -inf null", "float: 1.5 nan -inf nan", "float64 nan" },
	{ TYPE_BOOL, "t f t t", "bool: true false true true", "bool True" },
	{ TYPE_BOOL, "t f t null", "bool: true false true null", "object None" },
	{ TYPE_STRING, "a  \303\244\342\202\254 null",
	  "string: 'a' '' '\303\244\342\202\254' null", "object None" },
	{ TYPE_STRING, "\377z \303 b null", "string: '\377z' '\303' 'b' null",
	  "object None" },
	{ TYPE_DATE, "0 -719162 2932896 null", "date: day 0 day -719162 day 2932896 null",
	  "object None" },
	{ TYPE_DATE, "0 1 2 3", "date: day 0 day 1 day 2 day 3",
	  "object datetime.date(1970, 1, 4)" },
	{ TYPE_DATETIME, "0 1435708800123456 -1 null",
	  "datetime: 0 1435708800123456 -1 null", "datetime64[ns] NaT" },
	{ TYPE_DATETIME, "0 -62135596800000000 null 253402300799999999",
	  "datetime: 0 -62135596800000000 null 253402300799999999",
	  "object datetime.datetime(9999, 12, 31, 23, 59, 59, 999999)" },
	/* A column without any value is filled with "". */
	{ TYPE_LONG, "null null null null", "string: '' '' '' ''", "float64 nan" },
	{ TYPE_FLOAT, "nan nan null nan", "string: '' '' '' ''", "float64 nan" },
	{ TYPE_STRING, "null null null null", "string: '' '' '' ''", "object None" },
	{ TYPE_DATETIME, "null null null null", "string: '' '' '' ''",
	  "datetime64[ns] NaT" },
	{ TYPE_BOOL, "null null null null", "string: '' '' '' ''", "object None" },
};

/* One table of all columns; where it differs, the text of the columns tells which. */
static void
check_columns(const char *const *wanted, size_t n)
{
	CHECK(out_schema.n == n);
	for (size_t i = 0; i < n && i < out_schema.n; i++) {
		char text[1024];

		column_print(&out, &out_schema, i, text, sizeof(text));
		CHECK_TEXT(text, wanted[i]);
	}
}

static void
round_trips(void)
{
	struct column *columns[COUNT(trips)];
	const char *wanted[COUNT(trips)];

	clear();
	for (size_t i = 0; i < COUNT(trips); i++) {
		schema_add(&in_schema, arena_print(&arena, "c%zu", i), trips[i].type,
			   &arena);
		columns[i] = column_of(trips[i].type, trips[i].cells);
		wanted[i] = trips[i].back;
	}
	add_batch(4, COUNT(trips), columns);
	CHECK(pandas("pass"));
	check_columns(wanted, COUNT(trips));
	for (size_t i = 0; i < COUNT(trips); i++)
		wanted[i] = arena_print(&arena, "string: '%s'", trips[i].seen);
	CHECK(pandas("df = pd.DataFrame({c: [f'{df[c].dtype} {df[c].tolist()[3]!r}'] for "
		     "c in df})"));
	check_columns(wanted, COUNT(trips));
}

/* What becomes of a column of two values that code made. d: a column of datetimes. */
static const struct {
	const char *made, *wanted;
} values[] = {
	/* Mixed objects are text, null and NaN with them; else None is null. */
	{ "pd.Series(['A', None]).str.lower()", "string: 'a' null" },
	{ "['a', np.nan]", "string: 'a' 'nan'" },
	{ "[1, 'a']", "string: '1' 'a'" },
	{ "pd.Series([1, np.nan], dtype=object)", "string: '1' 'nan'" },
	{ "pd.Series([True, 1], dtype=object)", "string: 'True' '1'" },
	{ "pd.Series([5, None], dtype=object)", "long: 5 null" },
	{ "pd.Series([np.int64(5), 6], dtype=object)", "long: 5 6" },
	{ "pd.Series([1.5, None], dtype=object)", "float: 1.5 null" },
	{ "pd.Series([True, None], dtype=object)", "bool: true null" },
	{ "pd.Series([2**70, 1], dtype=object)", "string: '1180591620717411303424' '1'" },
	{ "[set([1]), None]", "string: '{1}' null" },
	{ "[b'ab', 'c']", "string: 'ab' 'c'" },
	{ "['\\ud800', 'c']", "string: '?' 'c'" },
	{ "[__import__('decimal').Decimal('1.5'), None]", "float: 1.5 null" },
	{ "[__import__('datetime').date(1970, 1, 2), pd.NaT]", "date: day 1 null" },
	{ "[[1, None], None]", "object: [1 null ] null" },
	{ "[[1, 'a'], []]", "object: ['1' 'a' ] []" },
	{ "[(1, 2), np.array([3])]", "object: [1 2 ] [3 ]" },
	{ "[{'a': 1}, {'b': 'z'}]", "object: a:1;b:null; a:null;b:'z';" },
	{ "[{}, {}]", "string: '{}' '{}'" },
	/* Other dtypes. */
	{ "pd.Series([1, 2], dtype='int8')", "long: 1 2" },
	{ "pd.Series([2**64 - 1, 1], dtype='uint64')", "float: 1.84467e+19 1" },
	{ "pd.Series([0.5, np.nan], dtype='float32')", "float: 0.5 nan" },
	{ "pd.array([1, None], dtype='Int64')", "long: 1 null" },
	{ "pd.array([0.5, None], dtype='Float64')", "float: 0.5 null" },
	{ "pd.array([True, None], dtype='boolean')", "bool: true null" },
	{ "pd.array(['a', None], dtype='string')", "string: 'a' null" },
	{ "pd.Categorical(['a', 'b'])", "string: 'a' 'b'" },
	{ "pd.Categorical([7, 8])", "long: 7 8" },
	{ "pd.cut(pd.Series([1, 2]), [0, 1, 2])", "string: '(0, 1]' '(1, 2]'" },
	{ "pd.Series([1, 0], dtype='Sparse[int]')", "long: 1 0" },
	{ "df.d.dt.tz_localize('Europe/Berlin')", "datetime: -3600000000 -3599999999" },
	{ "df.d.dt.date", "date: day 0 day 0" },
	{ "df.d - df.d", "string: '0 days 00:00:00' '0 days 00:00:00'" },
	{ "pd.Series([1j, 2])", "string: '1j' '(2+0j)'" },
};

static void
made_columns(void)
{
	const char *wanted[COUNT(values) + 1] = { "datetime: 0 1" };
	const char *code = "";

	given("d", TYPE_DATETIME, "0 1");
	for (size_t i = 0; i < COUNT(values); i++) {
		code = arena_print(&arena, "%sdf['v%zu'] = %s\n", code, i,
				   values[i].made);
		wanted[i + 1] = values[i].wanted;
	}
	if (!pandas(code))
		printf("%s\n", err.text);
	check_columns(wanted, COUNT(wanted));
}

/* Names, index, rows, and what else a program may do. */
static const struct {
	const char *name, *code, *wanted;
} programs[] = {
	{ "x", "df[3] = 1\ndf = df.iloc[::-1].set_index('x', drop=False)",
	  "x long: 2 1; 3 long: 1 1" },
	{ "x", "df = df.set_index('x')", "" },
	{ "x", "df['t'] = 'a'\ndf = df[df.x > 5]", "x long:; t string:" },
	{ "\303\244 'q'", "df[\"\303\244 'q'\"] += 1", "\303\244 'q' long: 2 3" },
	{ "x",
	  "import sys, os\nprint('hello')\nos.write(1, b'raw')\nsys.stdin.read()\n"
	  "def f(v):\n\treturn v + one\none = 1\ndf['x'] = df.x.map(f)\n",
	  "x long: 2 3" },
};

static void
whole_programs(void)
{
	for (size_t i = 0; i < COUNT(programs); i++) {
		given(programs[i].name, TYPE_LONG, "1 2");
		if (!pandas(programs[i].code))
			printf("%s\n", err.text);
		CHECK_TEXT(answer(), programs[i].wanted);
	}
	CHECK_TEXT(printed, "rawhello\n");
}

/* Several batches: dictionaries shared, different and too large; nulls in some only. */
static void
batches(void)
{
	struct column *words = column_of(TYPE_STRING, "red null green"), *few[2];
	struct column *many;

	clear();
	schema_add(&in_schema, "n", TYPE_LONG, &arena);
	schema_add(&in_schema, "s", TYPE_STRING, &arena);
	for (int i = 0; i < 3; i++) {
		few[0] = column_of(TYPE_LONG, i == 1 ? "1 null" : "5 6");
		few[1] = column_of(TYPE_DATE, i == 2 ? "2 null" : "0 2");
		few[1]->type = TYPE_STRING;
		few[1]->layout = LAYOUT_DICTIONARY;
		few[1]->dictionary = column_share(words);
		add_batch(2, 2, few);
	}
	few[0] = column_of(TYPE_LONG, "7");
	few[1] = column_of(TYPE_STRING, "plain");
	add_batch(1, 2, few);
	many = column_of(TYPE_STRING, "a b c d e f g h");
	few[0] = column_of(TYPE_LONG, "8");
	few[1] = column_of(TYPE_DATE, "6");
	few[1]->type = TYPE_STRING;
	few[1]->layout = LAYOUT_DICTIONARY;
	few[1]->dictionary = many;
	add_batch(1, 2, few);
	few[0] = column_of(TYPE_LONG, "");
	few[1] = column_of(TYPE_STRING, "");
	add_batch(0, 2, few);
	column_drop(words);
	CHECK(pandas("pass"));
	CHECK_TEXT(answer(),
		   "n float: 5 6 1 nan 5 6 7 8; s string: 'red' 'green' 'red' 'green' "
		   "'green' null 'plain' 'g'");
}

static void
odd_tables(void)
{
	struct column *c;
	struct build b;

	/* Neither rows nor columns; then only no rows; then no batch at all. */
	clear();
	add_batch(3, 0, NULL);
	CHECK(pandas("df['n'] = range(len(df))"));
	CHECK_TEXT(answer(), "n long: 0 1 2");
	CHECK(pandas("pass") && out_schema.n == 0 && out.rows == 3);
	clear();
	CHECK(pandas("pass") && out_schema.n == 0 && out.rows == 0);
	given("d", TYPE_DATETIME, "");
	CHECK(pandas("df['t'] = df.d.dtype.name"));
	CHECK_TEXT(answer(), "d datetime:; t string:");
	clear();
	schema_add(&in_schema, "b", TYPE_BOOL, &arena);
	schema_add(&in_schema, "s", TYPE_STRING, &arena);
	schema_add(&in_schema, "x", TYPE_FLOAT, &arena);
	CHECK(pandas("pass"));
	CHECK_TEXT(answer(), "b bool:; s string:; x float:");
	/* NUL in a cell. */
	clear();
	build_start(&b, TYPE_STRING, 1);
	build_text(&b, (struct text){ "a\0b", 3 });
	c = build_end(&b, &err);
	schema_add(&in_schema, "s", TYPE_STRING, &arena);
	add_batch(1, 1, &c);
	CHECK(pandas("df['n'] = df.s.str.len()"));
	CHECK(column_text(peek(&out, 0)->at[0], 0).size == 3 &&
	      memcmp(column_text(peek(&out, 0)->at[0], 0).data, "a\0b", 3) == 0);
	CHECK(column_longs(peek(&out, 0)->at[1])[0] == 3);
	/* The same name twice. */
	clear();
	c = column_of(TYPE_LONG, "1 2");
	schema_add(&in_schema, "x", TYPE_LONG, &arena);
	schema_add(&in_schema, "x", TYPE_LONG, &arena);
	add_batch(2, 2, (struct column *[]){ c, column_share(c) });
	CHECK(pandas("pass"));
	CHECK_TEXT(answer(), "x long: 1 2; x long: 1 2");
}

/* Lists, structs and vectors survive code that does not touch them. */
static void
objects(void)
{
	given("x", TYPE_LONG, "1 2 3");
	CHECK(pandas(
		"df['l'] = [['a', None], [], None]\n"
		"df['d'] = [{'p': 1.5, 'q': [1]}, None, {'p': 2.5, 'q': [2, 3]}]\n"));
	table_release(&in);
	in = out;
	in_schema = out_schema;
	out = (struct table){ 0 };
	CHECK(pandas("df = df.drop(columns='x')"));
	CHECK_TEXT(answer(), "l object: ['a' null ] [] null; "
			     "d object: p:1.5;q:[1 ]; null p:2.5;q:[2 3 ];");
	given("x", TYPE_LONG, "1 2 3");
	CHECK(pandas("import __main__\nV = __main__.Vector\n"
		     "df['x'] = [V(2, None, [0.5, 1]), V(9, [7], [2.0]), None]"));
	table_release(&in);
	in = out;
	in_schema = out_schema;
	out = (struct table){ 0 };
	CHECK(peek(&in, 0)->at[0]->is_vector);
	CHECK(pandas("df['s'] = [sum(v) if v else -1 for v in df.x]"));
	CHECK_TEXT(answer(), "x object: v.size:2;v.indices:null;v.values:[0.5 1 ]; "
			     "v.size:9;v.indices:[7 ];v.values:[2 ]; null; "
			     "s float: 1.5 2 -1");
}

/* The same table through Spark: types and nulls stay. */
static const char *const spark_back[] = {
	"long: 1 2 -9223372036854775808 9223372036854775807",
	"long: 1 2 3 null",
	"float: 1.5 nan -inf null",
	"bool: true false true true",
	"bool: true false true null",
	"string: 'a' '' '\303\244\342\202\254' null",
	"date: day 0 day -719162 day 2932896 null",
	"datetime: 0 1435708800123456 -1 null",
	"string: null null null null",
	"float: 2 4 6 null",
	"float: 0.5 1 1.5 null",
	"object: [1 2 ] [2 2 ] [3 2 ] [null 2 ]",
	"object: p:1;q:'a'; p:2;q:''; p:3;q:'\303\244\342\202\254'; p:null;q:null;",
	"string: '{\"k\":1}' '{\"k\":2}' '{\"k\":3}' '{\"k\":null}'",
};
static const int spark_given[] = { 0, 1, 2, 3, 4, 5, 7, 9, 13 };

static void
spark_table(void)
{
	struct column *columns[COUNT(spark_given)];

	clear();
	for (size_t i = 0; i < COUNT(spark_given); i++) {
		int t = spark_given[i];

		schema_add(&in_schema, arena_print(&arena, "c%zu", i), trips[t].type,
			   &arena);
		columns[i] = column_of(trips[t].type, trips[t].cells);
	}
	add_batch(4, COUNT(spark_given), columns);
}

static const struct {
	const char *code, *wanted;
} sparks[] = {
	{ "df = df.filter(df.x > 1)", "x long: 2 3" },
	{ "df = df.filter(df.x > 5)", "x long:" },
	{ "df = spark.sql('select 1 a, cast(2 as tinyint) a, \"t\" t, null n')",
	  "a long: 1; a long: 2; t string: 't'; n string: null" },
	{ "from pyspark.sql import functions as F\n"
	  "double = F.udf(lambda v: v * 2, 'long')\ndf = df.withColumn('x', double('x'))",
	  "x long: 2 4 6" },
	{ "from pyspark.ml.feature import VectorAssembler\n"
	  "df = VectorAssembler(inputCols=['x'], outputCol='v').transform(df).drop('x')",
	  "v object: v.size:1;v.indices:null;v.values:[1 ]; "
	  "v.size:1;v.indices:null;v.values:[2 ]; v.size:1;v.indices:null;v.values:[3 "
	  "];" },
	{ "print('hi')\ndf = df.toPandas()",
	  "! 'df' is of type 'DataFrame' after the code; it must be a Spark DataFrame" },
	{ "a = 1\ndf = df.select('nothing')",
	  "! line 2: df = df.select('nothing'): AnalysisException: [UNRESOLVED_COLUMN" },
};

static void
pyspark(void)
{
	spark_table();
	if (!run("pyspark",
		 "from pyspark.sql import functions as F\n"
		 "df = df.withColumn('d', F.col('c1').cast('decimal(9,2)') * 2)\n"
		 "df = df.withColumn('f', (F.col('c1') / 2).cast('float'))\n"
		 "df = df.withColumn('l', F.array(F.col('c1'), F.lit(2).cast('long')))\n"
		 "df = df.withColumn('s', F.struct(F.col('c1').alias('p'), "
		 "F.col('c5').alias('q')))\n"
		 "df = df.withColumn('m', F.create_map(F.lit('k'), F.col('c1')))\n",
		 "", "") &&
	    strstr(err.text, "PySpark is missing")) {
		printf("skipped: %s\n", err.text);
		return;
	}
	CHECK_TEXT(err.text, "");
	check_columns(spark_back, COUNT(spark_back));
	for (size_t i = 0; i < COUNT(sparks); i++) {
		bool ok;

		given("x", TYPE_LONG, "1 2 3");
		ok = run("pyspark", sparks[i].code, "", "");
		if (sparks[i].wanted[0] == '!')
			CHECK(!ok && !strncmp(err.text, sparks[i].wanted + 2,
					      strlen(sparks[i].wanted + 2)));
		else if (ok)
			CHECK_TEXT(answer(), sparks[i].wanted);
		if (ok ? sparks[i].wanted[0] == '!' : sparks[i].wanted[0] != '!')
			CHECK_TEXT(err.text, sparks[i].wanted);
	}
}

/* More rows than one block, and more bytes than the pipes hold, both ways. */
static void
large(void)
{
	enum { ROWS = 200000 };
	struct build n, s;
	bool same = true;
	size_t at = 0;

	clear();
	schema_add(&in_schema, "n", TYPE_LONG, &arena);
	schema_add(&in_schema, "s", TYPE_STRING, &arena);
	for (size_t first = 0; first < ROWS; first += 2000) {
		struct column *columns[2];

		build_start(&n, TYPE_LONG, 2000);
		build_start(&s, TYPE_STRING, 2000);
		for (size_t i = first; i < first + 2000; i++) {
			char text[32];
			int size = snprintf(text, sizeof(text), "cell %zu", i * i);

			build_long(&n, (int64_t)i);
			build_text(&s, (struct text){ text, (size_t)size });
		}
		columns[0] = build_end(&n, &err);
		columns[1] = build_end(&s, &err);
		add_batch(2000, 2, columns);
	}
	CHECK(pandas("df['s'] = df.s.str.upper()\ndf = df.iloc[::-1]"));
	CHECK(out.rows == ROWS && out.n > 1);
	for (size_t b = 0; b < out.n; b++) {
		const struct batch *batch = peek(&out, b);

		for (size_t i = 0; i < batch->rows; i++, at++) {
			size_t row = ROWS - 1 - at;
			char text[32];

			snprintf(text, sizeof(text), "CELL %zu", row * row);
			same = same && column_longs(batch->at[0])[i] == (int64_t)row &&
			       text_is(column_text(batch->at[1], i), text);
		}
	}
	CHECK(same);
}

int
main(void)
{
	if (is_missing())
		return 77;
	round_trips();
	made_columns();
	whole_programs();
	batches();
	odd_tables();
	objects();
	pyspark();
	large();
	clear();
	arena_release(&arena);
	return check_report();
}
