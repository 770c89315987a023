/*
 * func_date - parts of dates and moments, days between them, and texts as dates.
 *
 * Moments are UTC. A text that does not fit its pattern is null, and so is every text
 * where the pattern is none that Spark knows.
 */
#include "base/date.h"
#include "data/cast.h"
#include "expr/func.h"

enum { YEAR, QUARTER, MONTH, DAY, WEEKDAY, HOUR, MINUTE, SECOND };

static int64_t
day_part(int part, int32_t days)
{
	struct civil civil;

	if (part == WEEKDAY) /* 1 is Sunday; 1970-01-01 was a Thursday */
		return ((int64_t)days % 7 + 11) % 7 + 1;
	date_civil(days, &civil);
	return part == YEAR      ? civil.year
	       : part == MONTH   ? civil.month
	       : part == QUARTER ? (civil.month + 2) / 3
				 : civil.day;
}

static int64_t
time_part(int part, int64_t micros)
{
	const int64_t of_day = (micros % DAY_MICROS + DAY_MICROS) % DAY_MICROS / 1000000;

	return part == HOUR     ? of_day / 3600
	       : part == MINUTE ? of_day / 60 % 60
				: of_day % 60;
}

static bool
part(const struct args *args, struct column **out, struct error *err)
{
	const struct column *x = args->at[0];

	if (!(*out = args_strict(args, err)))
		return false;
	for (size_t i = 0; i < args->rows; i++)
		if (!column_is_null(x, i))
			column_longs(*out)[i] =
				x->type == TYPE_DATE
					? day_part(args->func->how, column_ints(x)[i])
					: time_part(args->func->how, column_longs(x)[i]);
	return true;
}

static bool
days_between(const struct args *args, struct column **out, struct error *err)
{
	if (!(*out = args_strict(args, err)))
		return false;
	for (size_t i = 0; i < args->rows; i++)
		column_longs(*out)[i] = (int64_t)column_ints(args->at[0])[i] -
					column_ints(args->at[1])[i];
	return true;
}

enum { LATER, EARLIER };

/* Days wrap around as Java's int does. */
static bool
move_days(const struct args *args, struct column **out, struct error *err)
{
	if (!(*out = args_strict(args, err)))
		return false;
	for (size_t i = 0; i < args->rows; i++) {
		const uint32_t days = (uint32_t)column_ints(args->at[0])[i];
		const uint32_t by = (uint32_t)column_longs(args->at[1])[i];

		column_ints(*out)[i] =
			(int32_t)(args->func->how == LATER ? days + by : days - by);
	}
	return true;
}

/* The cast to the argument's type has done it. */
static bool
as_it_is(const struct args *args, struct column **out, struct error *err)
{
	(void)err;
	*out = column_share(args->at[0]);
	return true;
}

/* Text by a pattern; false: it does not fit. */
static bool
parse_by(struct text t, struct text pattern, int64_t *micros)
{
	char terminated[128];

	if (pattern.size >= sizeof(terminated) ||
	    memchr(pattern.data, '\0', pattern.size))
		return false;
	memcpy(terminated, pattern.data, pattern.size);
	terminated[pattern.size] = '\0';
	return datetime_parse_java(t, terminated, micros);
}

static int32_t
day_of(int64_t micros)
{
	return (int32_t)(micros / DAY_MICROS - (micros % DAY_MICROS < 0));
}

/* What is a date or moment already does not look at the pattern. */
static bool
by_pattern(const struct args *args, struct column **out, struct error *err)
{
	const struct column *x = args->at[0], *pattern = args->at[1];
	struct build b;

	if (x->type != TYPE_STRING)
		return cast_column(x, args->type, out, err);
	build_start(&b, args->type, args->rows);
	for (size_t i = 0; i < args->rows; i++) {
		int64_t micros;

		if (args_null(args, i) ||
		    !parse_by(column_text(x, i), column_text(pattern, i), &micros))
			build_null(&b);
		else if (args->type == TYPE_DATE)
			build_date(&b, day_of(micros));
		else
			build_long(&b, micros);
	}
	return (*out = build_end(&b, err)) != NULL;
}

const struct func func_date[] = {
	{ "year", "d", "l", part, .how = YEAR, .example = "year('2016-07-30')",
	  .value = "2016" },
	{ "quarter", "d", "l", part, .how = QUARTER, .example = "quarter('2016-08-31')",
	  .value = "3" },
	{ "month", "d", "l", part, .how = MONTH, .example = "month('2016-07-30 01:02')",
	  .value = "7" },
	{ "day", "d", "l", part, .how = DAY, .example = "day('1969-12-31')",
	  .value = "31" },
	{ "dayofmonth", "d", "l", part, .how = DAY,
	  .example = "dayofmonth(date '2009-07-30')", .value = "30" },
	{ "dayofweek", "d", "l", part, .how = WEEKDAY,
	  .example = "dayofweek('2009-07-30')", .value = "5" },
	{ "hour", "t", "l", part, .how = HOUR, .example = "hour('2009-07-30 12:58:59')",
	  .value = "12" },
	{ "minute", "t", "l", part, .how = MINUTE,
	  .example = "minute(timestamp '1969-12-31 23:59:01')", .value = "59" },
	{ "second", "t", "l", part, .how = SECOND,
	  .example = "second('2009-07-30 12:58:59.9')", .value = "59" },
	{ "datediff", "dd", "l", days_between,
	  .example = "datediff('2009-07-30', '2009-07-31')", .value = "-1" },
	{ "date_add", "dl", "d", move_days, .how = LATER,
	  .example = "date_add('2016-02-28', 2)", .value = "2016-03-01" },
	{ "date_sub", "dl", "d", move_days, .how = EARLIER,
	  .example = "date_sub('2016-01-01', 1)", .value = "2015-12-31" },
	{ "to_date", "d", "d", as_it_is, .example = "to_date('2009-07-30 04:17:52')",
	  .value = "2009-07-30" },
	{ "to_date", "ms", "d", by_pattern,
	  .example = "to_date('31/12/2016', 'dd/MM/yyyy')", .value = "2016-12-31" },
	{ "to_timestamp", "t", "t", as_it_is,
	  .example = "to_timestamp('2016-12-31 00:12')", .value = "2016-12-31 00:12:00" },
	{ "to_timestamp", "ms", "t", by_pattern,
	  .example = "to_timestamp('2016-12-31', 'yyyy-MM-dd')",
	  .value = "2016-12-31 00:00:00" },
	{ 0 },
};
