/* remark - a test of a text for each, and what is said of it. */
#include "run/remark.h"

#include "base/arena.h"

/* What a spreadsheet works out when it opens the file (OWASP, "CSV injection"). A number
 * or a telephone number does no harm. */
static bool
is_formula(struct text text)
{
	static const char harmless[] = "0123456789.,:eE+- %()/";

	if (!text.size || !memchr("=+-@", text.data[0], 4))
		return false;
	if (text.data[0] == '=' || text.data[0] == '@')
		return true;
	for (size_t i = 1; i < text.size; i++)
		if (!memchr(harmless, text.data[i], sizeof harmless - 1))
			return true;
	return false;
}

static bool
is_broken(struct text text)
{
	return !text_is_utf8(text);
}

static const struct {
	bool (*is)(struct text text);
	const char *one, *many;
} kinds[REMARKS] = {
	[REMARK_BROKEN] = { is_broken, "text is not UTF-8, U+FFFD stands for such bytes",
			    "texts are not UTF-8, U+FFFD stands for such bytes" },
	[REMARK_FORMULA] = { is_formula,
			     "text begins with = + - or @, a formula to a spreadsheet",
			     "texts begin with = + - or @, formulas to a spreadsheet" },
};

static uint64_t
count_column(const struct column *column, size_t rows, enum remark kind)
{
	uint64_t n = 0;

	for (size_t row = 0; row < rows; row++)
		n += !column_is_null(column, row) &&
		     kinds[kind].is(column_text(column, row));
	return n;
}

/* The least of all places that were noted. */
static void
note_place(atomic_size_t *first, size_t place)
{
	size_t known = atomic_load(first);

	while ((!known || place < known) &&
	       !atomic_compare_exchange_weak(first, &known, place))
		;
}

void
remarks_count(struct remarks *remarks, const struct batch *batch)
{
	for (size_t kind = 0; kind < REMARKS; kind++)
		for (size_t i = 0; remarks->asked & 1u << kind && i < batch->n; i++) {
			const struct column *column = batch->at[i];
			uint64_t n;

			if (!column || column->type != TYPE_STRING)
				continue;
			n = count_column(column, batch->rows, (enum remark)kind);
			if (!n)
				continue;
			atomic_fetch_add(&remarks->of[kind].texts, n);
			note_place(&remarks->of[kind].column, i + 1);
		}
}

void
remarks_tell(const struct remarks *remarks, const struct schema *schema,
	     struct names *out, struct arena *arena)
{
	for (size_t kind = 0; kind < REMARKS; kind++) {
		const uint64_t n = atomic_load(&remarks->of[kind].texts);
		const size_t column = atomic_load(&remarks->of[kind].column);

		if (n)
			names_add(
				out,
				arena_print(arena, "%s: %llu %s",
					    schema->at[column - 1].name,
					    (unsigned long long)n,
					    n == 1 ? kinds[kind].one : kinds[kind].many),
				arena);
	}
}
