/* The numbers beside a step: its size, and what it does to the table that it reads. */
#include "widget/standing.h"

#include "check.h"

/* rows, columns: -1: not known. */
static const struct {
	long above_rows, above_columns, rows, columns;
	bool is_sample;
	const char *size, *change;
} cases[] = {
	{ 10, 3, 10, 3, false, "10×3", "3 cols" },
	{ 24291, 29, 19998, 29, false, "19,998×29", "−4,293 r" },
	{ 100, 29, 1100, 29, false, "1,100×29", "+1,000 r" },
	{ 100, 3, 100, 16, false, "100×16", "+13" },
	{ 100, 16, 100, 3, false, "100×3", "−13" },
	{ 100, 16, 90, 3, false, "90×3", "90×3" },
	{ -1, -1, 7, -1, false, "7 r", "7 r" },
	{ -1, -1, -1, 1, false, "1 col", "1 col" },
	{ -1, 2, -1, 32, false, "32 cols", "+30" },
	{ -1, -1, -1, -1, false, "", "" },
	{ 100, 3, 50, 3, true, "~50×3", "3 cols" }, /* a sample is no less than all */
	{ 0, 1, 1234567, 1, false, "1.2M×1", "+1.2M r" },
	{ 0, 1, 98765432, 1, false, "99M×1", "+99M r" },
	{ 0, 1, 999999, 1, false, "999,999×1", "+999,999 r" },
};

static struct step_standing
of(long rows, long columns, bool is_sample)
{
	return (struct step_standing){
		.has_rows = rows >= 0,
		.has_columns = columns >= 0,
		.is_sample = is_sample,
		.rows = rows >= 0 ? (uint64_t)rows : 0,
		.columns = columns >= 0 ? (size_t)columns : 0,
	};
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct step_standing above =
			of(cases[i].above_rows, cases[i].above_columns, false);
		const struct step_standing at =
			of(cases[i].rows, cases[i].columns, cases[i].is_sample);
		char size[SIZE_TEXT], change[SIZE_TEXT];

		standing_size(&at, size);
		standing_change(&at, &above, change);
		CHECK_TEXT(size, cases[i].size);
		CHECK_TEXT(change, cases[i].change);
	}
	return 0;
}
