/* random_csv - few rows, many edges. */
#include "random_csv.h"

#include "base/random.h"

struct pool {
	const char *const *at;
	size_t n;
};

static const char *const longs[] = { "0",  "1", "2",   "-1", "7",
				     "12", "5", "100", "3",  "9223372036854775807" };
static const char *const floats[] = { "0.5", "1.5", "-2.25", "3", "1e10",  "nan", "-0.0",
				      "0.0", "NaN", "1e-7",  "4", "1e308", "2.5" };
static const char *const words[] = { "a", "b", "a", "c", "B", "a b", "\xc3\xa9", "d" };
static const char *const flags[] = { "true", "false", "true", "False" };
static const char *const days[] = { "2015-07-01", "2016-02-29", "1969-12-31",
				    "2000-01-01" };
static const char *const moments[] = { "2015-07-01 22:14:20", "2015-07-01T00:00:00.000Z",
				       "1970-01-01 00:00:00" };
static const char *const wild[] = {
	"",     " ",  "a,b",       "say \"hi\"", "x\ny",    "x\r\ny", "\xe6\x97\xa5",
	"\xff", "\\", "\\\"",      "'",          "  pad  ", "12",     "-",
	"nan",  "#",  "=1+1",      "a;b\tc",     "\x1b[2J", "null",   "NULL",
	"\\N",  ".",  "2015-07-01"
};

#define POOL(a)             \
	{                   \
		a, COUNT(a) \
	}
static const struct pool pools[] = { POOL(longs), POOL(floats), POOL(words),
				     POOL(flags), POOL(days),   POOL(moments),
				     POOL(wild),  POOL(words),  POOL(longs) };

struct writer {
	struct buffer *out;
	const char *delimiter, *newline;
	uint64_t *seed;
	struct error *err;
	bool ok;
};

static void
put(struct writer *w, const char *text, size_t size)
{
	w->ok = w->ok && buffer_append(w->out, text, size, w->err);
}

static bool
needs_quotes(const struct writer *w, const char *text)
{
	return strpbrk(text, "\"\r\n") || strstr(text, w->delimiter);
}

static void
put_field(struct writer *w, const char *text)
{
	/* Now and then without the quotes that it needs, or with ones that it does not.
	 */
	const bool needs = needs_quotes(w, text);
	const bool quoted = needs ? random_below(w->seed, 50) : !random_below(w->seed, 6);

	if (!quoted) {
		put(w, text, strlen(text));
		return;
	}
	put(w, "\"", 1);
	for (; *text; text++) {
		if (*text == '"')
			put(w, "\"", 1);
		put(w, text, 1);
	}
	put(w, "\"", 1);
}

static void
put_row(struct writer *w, const struct pool *const *columns, size_t n, size_t nulls)
{
	for (size_t i = 0; i < n; i++) {
		const struct pool *pool = columns[i];

		if (i > 0)
			put(w, w->delimiter, strlen(w->delimiter));
		/* At times the text does not fit the other ones of its column. */
		if (!random_below(w->seed, 60))
			pool = &pools[random_below(w->seed, COUNT(pools))];
		if (random_below(w->seed, 100) >= nulls)
			put_field(w, pool->at[random_below(w->seed, pool->n)]);
	}
	put(w, w->newline, strlen(w->newline));
}

static void
put_header(struct writer *w, size_t n)
{
	static const char *const names[] = { "a",     "b",  "c d", "\xc3\xa9",
					     "x.y`z", "A1", "",    "a" };

	for (size_t i = 0; i < n; i++) {
		/* A name twice, or none, only at times. */
		bool odd = i < 6 || !random_below(w->seed, 4);

		if (i > 0)
			put(w, w->delimiter, strlen(w->delimiter));
		put_field(w, odd ? names[i] : i == 6 ? "g" : "h");
	}
	put(w, w->newline, strlen(w->newline));
}

static void
put_rows(struct writer *w, size_t n, size_t rows)
{
	static const size_t shares[] = { 0, 5, 20, 20, 60, 100 };
	const struct pool *columns[8];
	const size_t nulls = shares[random_below(w->seed, COUNT(shares))];
	const bool ragged = !random_below(w->seed, 6);
	size_t last = w->out->size;

	for (size_t i = 0; i < n; i++)
		columns[i] = &pools[random_below(w->seed, COUNT(pools))];
	for (size_t row = 0; row < rows && w->ok; row++) {
		const size_t start = w->out->size;
		size_t width = n;

		if (row > 0 && !random_below(w->seed, 8)) { /* what came last, again */
			const size_t size = start - last;

			w->ok = buffer_reserve(w->out, size, w->err);
			if (w->ok)
				put(w, w->out->data + last, size);
			continue;
		}
		if (ragged && !random_below(w->seed, 4))
			width = random_below(w->seed, n + 1);
		put_row(w, columns, width, nulls);
		if (random_below(w->seed, 3))
			last = start;
	}
}

bool
random_csv(uint64_t *seed, struct random_csv *out, struct error *err)
{
	static const char *const delimiters[] = { ",", ",", ",", ";", "\t", "|" };
	static const size_t sizes[] = { 0, 1, 2, 3, 7, 20, 20, 70, 150 };
	const size_t n = 1 + random_below(seed, 8);
	struct writer w = { .seed = seed, .err = err, .ok = true };

	*out = (struct random_csv){ .header = random_below(seed, 10),
				    .multi_line = random_below(seed, 2) };
	out->delimiter = delimiters[random_below(seed, COUNT(delimiters))];
	out->text = w.out = buffer_new(0, err);
	if (!w.out)
		return false;
	w.delimiter = out->delimiter;
	w.newline = random_below(seed, 5) ? "\n" : "\r\n";
	if (!random_below(seed, 12))
		put(&w, "\xef\xbb\xbf", 3);
	if (out->header)
		put_header(&w, n);
	put_rows(&w, n, sizes[random_below(seed, COUNT(sizes))]);
	if (w.out->size && !random_below(seed, 4)) /* no line end at the end */
		w.out->size -= strlen(w.newline);
	if (!w.ok)
		buffer_drop(w.out);
	return w.ok;
}
