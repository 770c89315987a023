/* standing - the words and signs that rail, canvas and inspector share. */
#include "widget/standing.h"

#include <stdio.h>

#include "base/text.h"
#include "widget/figure.h"

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

/* Of a step with nothing wrong: that it runs is seen by its numbers. */
static const char *
pin_word(const struct pin_standing *pin, struct paint *paint)
{
	static const struct {
		const char *word;
		uint8_t ink;
	} words[] = {
		[PIN_MAKING] = { "◇ pinning", INK_DIM },
		[PIN_FINE] = { "◆ pinned", INK_INFO },
		[PIN_STALE] = { "◇ pinned", INK_DIM },
		[PIN_FAILED] = { "◇ no pin", INK_WARN },
	};

	*paint = PAINT(words[pin->state].ink);
	return words[pin->state].word;
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

	if (standing->pin && standing->state < STEP_FOREIGN)
		return pin_word(standing->pin, paint);
	*paint = PAINT(words[standing->state].ink);
	return words[standing->state].word;
}

/* "1,234,567" takes too much room in a line: "1.2M". */
static void
count_short(uint64_t n, char out[FIGURE_SIZE])
{
	if (n < 1000000)
		figure_count(n, out);
	else
		snprintf(out, FIGURE_SIZE, n < 10000000 ? "%.1fM" : "%.0fM",
			 (double)n / 1e6);
}

void
standing_size(const struct step_standing *standing, char out[SIZE_TEXT])
{
	const char *about = standing->is_sample ? "~" : "";
	char rows[FIGURE_SIZE];

	out[0] = '\0';
	count_short(standing->rows, rows);
	if (standing->has_rows && standing->has_columns)
		snprintf(out, SIZE_TEXT, "%s%.20s×%zu", about, rows, standing->columns);
	else if (standing->has_columns)
		snprintf(out, SIZE_TEXT, "%zu col%s", standing->columns,
			 text_plural(standing->columns));
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
	char number[FIGURE_SIZE];

	if (rows && !columns) {
		const bool less = standing->rows < above->rows;

		count_short(less ? above->rows - standing->rows
				 : standing->rows - above->rows,
			    number);
		snprintf(out, SIZE_TEXT, "%s%.20s r", less ? "−" : "+", number);
	} else if (columns && !rows) {
		const bool less = standing->columns < above->columns;

		snprintf(out, SIZE_TEXT, "%s%zu", less ? "−" : "+",
			 less ? above->columns - standing->columns
			      : standing->columns - above->columns);
	} else if (!rows && standing->has_columns) {
		snprintf(out, SIZE_TEXT, "%zu col%s", standing->columns,
			 text_plural(standing->columns));
	} else {
		standing_size(standing, out);
	}
}
