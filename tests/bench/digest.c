/*
 * digest - do two CSV files hold the same table, whoever wrote them?
 *
 *	digest FILE [ORDER,...]
 *
 * Prints rows, columns and a sum that depends neither on the order of rows nor on that of
 * columns; with names of columns behind it, also one over the sequence of their values.
 * Programs write the same value in their own way, so values are made alike first: numbers
 * have nine digits, a moment at midnight is a date, and a date is year-month-day,
 * nothing, NULL and NaN are one, and so are true and 1, false and 0.
 */
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 4096, FIELD = 1 << 20 };

static uint64_t
mixed(uint64_t x)
{
	x = (x ^ x >> 32) * UINT64_C(0xd6e8feb86659fd93);
	x = (x ^ x >> 32) * UINT64_C(0xd6e8feb86659fd93);
	return x ^ x >> 32;
}

static uint64_t
hash(const char *data, size_t size)
{
	uint64_t h = size, word;

	for (; size >= sizeof(word); data += sizeof(word), size -= sizeof(word)) {
		memcpy(&word, data, sizeof(word));
		h = mixed(h ^ word);
	}
	word = 0;
	memcpy(&word, data, size);
	return mixed(h ^ word);
}

static bool
is_among(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (strcasecmp(text, *words) == 0)
			return true;
	return false;
}

/* 2015-07-01, 7/1/2015, 2015-07-01T00:00:00.000Z, 2015-07-01 00:00:00 */
static bool
is_date(const char *text, size_t size, char out[16])
{
	int year, month, day, n = 0;

	if (size < 8 || size > 30)
		return false;
	if (sscanf(text, "%2d/%2d/%4d%n", &month, &day, &year, &n) == 3 && !text[n])
		return snprintf(out, 16, "%04d-%02d-%02d", year, month, day) == 10;
	if (sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &n) != 3 || n != 10)
		return false;
	if (text[n] && strspn(text + n, "T 0:.Z") != size - 10)
		return false;
	return snprintf(out, 16, "%04d-%02d-%02d", year, month, day) == 10;
}

/* Digits alone are as they are. */
static bool
is_short(const char *text, size_t size)
{
	size_t digits = strspn(text + (*text == '-'), "0123456789") + (*text == '-');

	return digits == size && size < 9 && (size == 1 || text[0] != '0') &&
	       strcmp(text, "-0") != 0 && size > (*text == '-');
}

static uint64_t
value(const char *text, size_t size)
{
	static const char *const nothing[] = { "", "null", "nan", NULL };
	static const char *const yes[] = { "true", NULL }, *const no[] = { "false",
									   NULL };
	char alike[48], *end;
	double number;

	if (size < 5 && is_among(text, nothing))
		return 1;
	if (size && size < 6 && (is_among(text, yes) || is_among(text, no)))
		return hash(size == 4 ? "1" : "0", 1);
	if (!strchr("-+.0123456789", *text) || size > 40 || is_short(text, size))
		return hash(text, size);
	if (is_date(text, size, alike))
		return hash(alike, 10);
	number = strtod(text, &end);
	if (*end)
		return hash(text, size);
	if (number == floor(number) && fabs(number) < 1e8)
		snprintf(alike, sizeof(alike), "%.0f", number == 0 ? 0 : number);
	else
		snprintf(alike, sizeof(alike), "%.8e", number);
	return hash(alike, strlen(alike));
}

struct table {
	uint64_t names[COLUMNS];
	bool ordered[COLUMNS];
	size_t columns;
	uint64_t rows, sum, order;
};

/* Is the name in "a,b"? */
static bool
is_listed(const char *list, const char *name, size_t size)
{
	for (; list; list = strchr(list, ',') ? strchr(list, ',') + 1 : NULL)
		if (strncmp(list, name, size) == 0 && (list[size] == ',' || !list[size]))
			return true;
	return false;
}

static void
take(struct table *t, const char *order, size_t column, const char *text, size_t size,
     uint64_t *row)
{
	if (t->rows == 0) {
		t->names[column] = hash(text, size);
		t->ordered[column] = is_listed(order, text, size);
		t->columns = column + 1;
		return;
	}
	const uint64_t of = value(text, size);

	*row += mixed(t->names[column] * 31 + of);
	if (t->ordered[column])
		t->order = mixed(t->order + of);
}

/* The next field; *end: what stood behind it. */
static size_t
field(FILE *in, char *to, int *end)
{
	size_t n = 0;
	int c = getc_unlocked(in);

	if (c == '"') {
		for (;;) {
			c = getc_unlocked(in);
			if (c == '"' && (c = getc_unlocked(in)) != '"')
				break;
			if (c == EOF)
				break;
			if (n < FIELD - 1)
				to[n++] = (char)c;
		}
	}
	for (; c != ',' && c != '\n' && c != EOF; c = getc_unlocked(in))
		if (n < FIELD - 1 && c != '\r')
			to[n++] = (char)c;
	to[n] = '\0';
	*end = c;
	return n;
}

int
main(int argc, char **argv)
{
	static struct table t;
	static char text[FIELD];
	FILE *in = argc > 1 ? fopen(argv[1], "r") : NULL;
	uint64_t row = 0;
	size_t column = 0;
	int end;

	if (!in)
		return fprintf(stderr, "usage: digest FILE [ORDER,...]\n"), 2;
	do {
		const size_t size = field(in, text, &end);

		if (end == EOF && column == 0 && size == 0)
			break;
		if (column < COLUMNS)
			take(&t, argc > 2 ? argv[2] : NULL, column++, text, size, &row);
		if (end == ',')
			continue;
		t.sum += mixed(row);
		t.rows++;
		row = column = 0;
	} while (end != EOF);
	fclose(in);
	printf("%" PRIu64 " rows, %zu columns, %016" PRIx64 ", %016" PRIx64 "\n",
	       t.rows ? t.rows - 1 : 0, t.columns, t.sum, argc > 2 ? t.order : 0);
	return 0;
}
