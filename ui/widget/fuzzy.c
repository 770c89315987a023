/*
 * fuzzy - the best alignment of a pattern within a text.
 *
 * best[i][j] is the most that the first i + 1 letters are worth when the last one of them
 * stands at place j: a table of at most FUZZY_PATTERN times FUZZY_TEXT small numbers,
 * filled only if the letters are there at all.
 */
#include "widget/fuzzy.h"

#include <unicase.h>

enum {
	HIT = 16,
	AT_START = 12, /* of the text */
	AT_WORD = 10,  /* of a word, or a capital behind a small letter */
	TOGETHER = 9,  /* right behind the letter before */
	GAP = 8,       /* letters were skipped */
	SKIP = 1,      /* each of them, up to SKIPS */
	SKIPS = 6,
	LATE = 3, /* at most, for what stands before the first one */
	NO = -10000,
};

struct letters {
	size_t n;
	uint32_t code[FUZZY_TEXT], fold[FUZZY_TEXT];
};

static uint32_t
fold(uint32_t code)
{
	if (code < 0x80)
		return code >= 'A' && code <= 'Z' ? code + 32 : code;
	return uc_tolower(code);
}

static void
spell(struct text text, size_t most, struct letters *out)
{
	size_t at = 0;

	for (out->n = 0; at < text.size && out->n < most; out->n++) {
		out->code[out->n] = text_next(text, &at);
		out->fold[out->n] = fold(out->code[out->n]);
	}
}

static bool
is_letter(uint32_t code)
{
	return code >= 0x80 || (code >= '0' && code <= '9') ||
	       (fold(code) >= 'a' && fold(code) <= 'z');
}

static int
bonus_at(const struct letters *text, size_t j)
{
	if (j == 0)
		return AT_START;
	if (!is_letter(text->code[j]))
		return 0;
	if (!is_letter(text->code[j - 1]))
		return AT_WORD;
	return text->code[j] != text->fold[j] && text->code[j - 1] == text->fold[j - 1]
		       ? AT_WORD
		       : 0;
}

/* A capital matches itself only. */
static bool
is_hit(const struct letters *pattern, size_t i, const struct letters *text, size_t j)
{
	return pattern->code[i] == text->code[j] || pattern->code[i] == text->fold[j];
}

static bool
is_within(const struct letters *pattern, const struct letters *text)
{
	size_t i = 0;

	for (size_t j = 0; i < pattern->n && j < text->n; j++)
		i += is_hit(pattern, i, text, j);
	return i == pattern->n;
}

struct grid {
	int16_t best[FUZZY_PATTERN][FUZZY_TEXT];
	int16_t from[FUZZY_PATTERN][FUZZY_TEXT]; /* place of the letter before */
};

/* What the letter before at place k is worth to one at place j > k. */
static int
carried(int best, size_t k, size_t j)
{
	int skipped = (int)(j - k - 1);

	if (skipped == 0)
		return best + TOGETHER;
	return best - GAP - SKIP * (skipped < SKIPS ? skipped : SKIPS);
}

static void
fill_first(struct grid *grid, const struct letters *pattern, const struct letters *text)
{
	for (size_t j = 0; j < text->n; j++) {
		int before = (int)(j < LATE ? j : LATE);

		grid->best[0][j] = (int16_t)(is_hit(pattern, 0, text, j)
						     ? HIT + bonus_at(text, j) - before
						     : NO);
	}
}

static void
fill_row(struct grid *grid, size_t i, const struct letters *pattern,
	 const struct letters *text)
{
	for (size_t j = 0; j < text->n; j++) {
		int best = NO, worth = HIT + bonus_at(text, j);

		grid->best[i][j] = NO;
		if (!is_hit(pattern, i, text, j))
			continue;
		for (size_t k = i - 1; k < j; k++) {
			int here;

			if (grid->best[i - 1][k] == NO)
				continue;
			here = carried(grid->best[i - 1][k], k, j);
			if (here > best) {
				best = here;
				grid->from[i][j] = (int16_t)k;
			}
		}
		if (best > NO)
			grid->best[i][j] = (int16_t)(best + worth);
	}
}

/* From the best last letter back to the first. */
static void
trace(const struct grid *grid, size_t n, const struct letters *text, struct fuzzy *out)
{
	int best = NO;
	size_t last = 0;

	for (size_t j = 0; j < text->n; j++)
		if (grid->best[n - 1][j] > best) {
			best = grid->best[n - 1][j];
			last = j;
		}
	out->score += best;
	for (size_t i = n; i-- > 0;) {
		out->hits[last / 64] |= UINT64_C(1) << last % 64;
		if (i)
			last = (size_t)grid->from[i][last];
	}
}

static bool
match_part(struct text part, const struct letters *text, struct fuzzy *out)
{
	struct letters pattern;
	struct grid grid;

	spell(part, FUZZY_PATTERN, &pattern);
	if (pattern.n == 0 || !is_within(&pattern, text))
		return false;
	fill_first(&grid, &pattern, text);
	for (size_t i = 1; i < pattern.n; i++)
		fill_row(&grid, i, &pattern, text);
	trace(&grid, pattern.n, text, out);
	return true;
}

bool
fuzzy_match(struct text pattern, struct text text, struct fuzzy *out)
{
	struct letters letters;

	*out = (struct fuzzy){ 0 };
	spell(text, FUZZY_TEXT, &letters);
	while (pattern.size) {
		struct text part = text_cut(&pattern, ' ');

		if (part.size && !match_part(part, &letters, out))
			return false;
	}
	if (out->score) /* of two alike the shorter one */
		out->score -= (int)(letters.n / 8);
	return true;
}
