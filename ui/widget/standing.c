/* standing - the words and signs that rail, canvas and inspector share. */
#include "widget/standing.h"

#include <inttypes.h>
#include <stdio.h>

uint32_t
step_sign(const struct node *node)
{
	switch (node->type) {
	case NODE_SOURCE:
		return 0x2302; /* ⌂ */
	case NODE_VISUALIZATION:
		return 0x25a3; /* ▣ */
	case NODE_DESTINATION:
		return 0x21e5; /* ⇥ */
	default:
		return node->off ? 0x25cb : 0x25cf; /* ○ ● */
	}
}

const char *
standing_word(const struct step_standing *standing, struct paint *paint)
{
	static const struct {
		const char *word;
		uint8_t ink;
	} words[] = {
		[STEP_UNKNOWN] = { "", INK_DIM },
		[STEP_FINE] = { "✓", INK_OK },
		[STEP_STALE] = { "◌ stale", INK_DIM },
		[STEP_OFF] = { "○ off", INK_DIM },
		[STEP_CHART] = { "", INK_DIM },
		[STEP_FOREIGN] = { "? unkn", INK_WARN },
		[STEP_LOCKED] = { "⊙ locked", INK_WARN },
		[STEP_WRONG] = { "✗ err", INK_ERR },
		[STEP_BLOCKED] = { "⊘ blckd", INK_ERR },
	};

	*paint = PAINT(words[standing->state].ink);
	return words[standing->state].word;
}

void
count_print(uint64_t n, bool is_short, char out[SIZE_TEXT])
{
	char digits[24];
	size_t size, at = 0;

	if (is_short && n >= 1000000) {
		snprintf(out, SIZE_TEXT, n < 10000000 ? "%.1fM" : "%.0fM",
			 (double)n / 1e6);
		return;
	}
	size = (size_t)snprintf(digits, sizeof digits, "%" PRIu64, n);
	for (size_t i = 0; i < size; i++) {
		if (i && (size - i) % 3 == 0)
			out[at++] = ',';
		out[at++] = digits[i];
	}
	out[at] = '\0';
}

void
standing_size(const struct step_standing *standing, char out[SIZE_TEXT])
{
	const char *about = standing->is_sample ? "~" : "";
	char rows[SIZE_TEXT];

	out[0] = '\0';
	count_print(standing->rows, true, rows);
	if (standing->has_rows && standing->has_columns)
		snprintf(out, SIZE_TEXT, "%s%.20s×%zu", about, rows, standing->columns);
	else if (standing->has_columns)
		snprintf(out, SIZE_TEXT, "%zu col%s", standing->columns,
			 standing->columns == 1 ? "" : "s");
	else if (standing->has_rows)
		snprintf(out, SIZE_TEXT, "%s%.20s r", about, rows);
}

void
standing_change(const struct step_standing *standing, const struct step_standing *above,
		char out[SIZE_TEXT])
{
	const bool rows = standing->has_rows && above->has_rows &&
			  standing->is_sample == above->is_sample &&
			  standing->rows != above->rows;
	const bool columns = standing->has_columns && above->has_columns &&
			     standing->columns != above->columns;
	char number[SIZE_TEXT];

	if (rows && !columns) {
		const bool less = standing->rows < above->rows;

		count_print(less ? above->rows - standing->rows
				 : standing->rows - above->rows,
			    true, number);
		snprintf(out, SIZE_TEXT, "%s%.20s r", less ? "−" : "+", number);
	} else if (columns && !rows) {
		const bool less = standing->columns < above->columns;

		snprintf(out, SIZE_TEXT, "%s%zu", less ? "−" : "+",
			 less ? above->columns - standing->columns
			      : standing->columns - above->columns);
	} else if (!rows && standing->has_columns) {
		snprintf(out, SIZE_TEXT, "%zu col%s", standing->columns,
			 standing->columns == 1 ? "" : "s");
	} else {
		standing_size(standing, out);
	}
}
