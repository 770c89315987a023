/*
 * glyph - one row a character of the screens: what stands for it on the Linux console,
 * and in ASCII. In the order of their numbers.
 */
#include "term/glyph.h"

#include <stddef.h>

#include "base/text.h"

struct row {
	uint32_t code, console; /* console 0: it has it */
	char ascii;
};

static const struct row rows[] = {
	{ 0xb0, 0, 'o' },        { 0xb1, 0, '~' },         { 0xb2, 0, '2' },
	{ 0xb3, '3', '3' },      { 0xb5, 0, 'u' },         { 0xb7, 0, '.' },
	{ 0xbd, 0, '2' },        { 0xd7, 'x', 'x' },       { 0xf7, 0, '/' },
	{ 0x192, 0, 'f' },       { 0x394, 'D', 'D' },      { 0x3a3, 0, 'S' },
	{ 0x3bb, 'l', 'l' },     { 0x3bc, 0xb5, 'u' },     { 0x3c0, 0, 'p' },
	{ 0x3c3, 0, 's' },       { 0x2010, '-', '-' },     { 0x2011, '-', '-' },
	{ 0x2012, '-', '-' },    { 0x2013, '-', '-' },     { 0x2014, '-', '-' },
	{ 0x2018, '\'', '\'' },  { 0x2019, '\'', '\'' },   { 0x201c, '"', '"' },
	{ 0x201d, '"', '"' },    { 0x2022, 0, '*' },       { 0x2026, '~', '~' },
	{ 0x2032, '\'', '\'' },  { 0x2033, '"', '"' },     { 0x2039, '<', '<' },
	{ 0x203a, '>', '>' },    { 0x203c, 0, '!' },       { 0x207f, 0, 'n' },
	{ 0x2190, 0, '<' },      { 0x2191, 0, '^' },       { 0x2192, 0, '>' },
	{ 0x2193, 0, 'v' },      { 0x2194, 0, '-' },       { 0x2195, 0, '|' },
	{ 0x21b5, '<', '<' },    { 0x21bb, 'o', 'o' },     { 0x21e5, 0x2192, '>' },
	{ 0x2205, 0xf8, '-' },   { 0x2211, 0x3a3, 'S' },   { 0x2212, '-', '-' },
	{ 0x2219, 0, '.' },      { 0x221a, 0, 'V' },       { 0x221e, 0, '8' },
	{ 0x2248, 0, '~' },      { 0x2260, '!', '!' },     { 0x2261, 0, '=' },
	{ 0x2264, 0, '<' },      { 0x2265, 0, '>' },       { 0x2298, 0xf8, '0' },
	{ 0x2299, '!', '!' },    { 0x2302, 0, '^' },       { 0x230a, '[', '[' },
	{ 0x230b, ']', ']' },    { 0x2315, '/', '/' },     { 0x23ce, '<', '<' },
	{ 0x23f5, 0x25ba, '>' }, { 0x2501, 0x2550, '=' },  { 0x2503, 0x2551, '|' },
	{ 0x2508, 0xb7, '.' },   { 0x250a, 0xb7, ':' },    { 0x254c, '-', '-' },
	{ 0x254d, '-', '-' },    { 0x254e, 0x2502, '|' },  { 0x256d, 0x250c, '+' },
	{ 0x256e, 0x2510, '+' }, { 0x256f, 0x2518, '+' },  { 0x2570, 0x2514, '+' },
	{ 0x2571, '/', '/' },    { 0x2572, '\\', '\\' },   { 0x2573, 'x', 'x' },
	{ 0x2574, 0x2500, '-' }, { 0x2575, 0x2502, '|' },  { 0x2576, 0x2500, '-' },
	{ 0x2577, 0x2502, '|' }, { 0x2578, 0x2550, '=' },  { 0x2579, 0x2551, '|' },
	{ 0x257a, 0x2550, '=' }, { 0x257b, 0x2551, '|' },  { 0x2580, 0, '"' },
	{ 0x2581, '_', '_' },    { 0x2582, '_', '_' },     { 0x2583, 0x2584, '.' },
	{ 0x2584, 0, 'o' },      { 0x2585, 0x2584, 'o' },  { 0x2586, 0x2588, '%' },
	{ 0x2587, 0x2588, '#' }, { 0x2588, 0, '#' },       { 0x2589, 0x2588, '#' },
	{ 0x258a, 0x2588, '#' }, { 0x258b, 0x258c, '#' },  { 0x258c, 0, '>' },
	{ 0x258d, 0x258c, '|' }, { 0x258e, 0x2502, '|' },  { 0x258f, 0x2502, '|' },
	{ 0x2590, 0, '<' },      { 0x2591, 0, '.' },       { 0x2592, 0, ':' },
	{ 0x2593, 0, '%' },      { 0x2594, 0x2580, '"' },  { 0x2595, 0x2502, '|' },
	{ 0x2596, 0x2584, '.' }, { 0x2597, 0x2584, '.' },  { 0x2598, 0x2580, '\'' },
	{ 0x2599, 0x2588, '#' }, { 0x259a, 0x2592, '%' },  { 0x259b, 0x2588, '#' },
	{ 0x259c, 0x2588, '#' }, { 0x259d, 0x2580, '\'' }, { 0x259e, 0x2592, '%' },
	{ 0x259f, 0x2588, '#' }, { 0x25a0, 0, '#' },       { 0x25a1, 'o', 'o' },
	{ 0x25a3, 0x25a0, '@' }, { 0x25a4, 0x2592, '%' },  { 0x25aa, 0x25a0, '*' },
	{ 0x25b2, 0, '^' },      { 0x25b4, 0x25b2, '^' },  { 0x25b6, 0x25ba, '>' },
	{ 0x25b8, 0x25ba, '>' }, { 0x25ba, 0, '>' },       { 0x25bc, 0, 'v' },
	{ 0x25be, 0x25bc, 'v' }, { 0x25c0, 0x25c4, '<' },  { 0x25c2, 0x25c4, '<' },
	{ 0x25c4, 0, '<' },      { 0x25c6, 0x2666, '*' },  { 0x25c7, 0x2666, 'o' },
	{ 0x25cb, 0, 'o' },      { 0x25cc, 0x25cb, 'o' },  { 0x25cf, 0x2022, '*' },
	{ 0x25d0, 0x25d8, '@' }, { 0x2605, '*', '*' },     { 0x2606, '*', '*' },
	{ 0x2610, 'o', 'o' },    { 0x2611, 0x25a0, 'x' },  { 0x2666, 0, '*' },
	{ 0x26a0, '!', '!' },    { 0x2713, 0x221a, 'v' },  { 0x2714, 0x221a, 'v' },
	{ 0x2715, 'x', 'x' },    { 0x2717, 'x', 'x' },     { 0x2718, 'x', 'x' },
	{ 0x27e8, '<', '<' },    { 0x27e9, '>', '>' },     { 0x27ea, 0xab, '<' },
	{ 0x27eb, 0xbb, '>' },   { 0xfffd, 0, '?' },
};

/* Pictures of control characters. */
static bool
is_picture(uint32_t code)
{
	return code >= 0x2400 && code <= 0x2421;
}

static bool
is_box(uint32_t code)
{
	return code >= 0x2500 && code <= 0x257f;
}

static bool
is_braille(uint32_t code)
{
	return code >= 0x2800 && code <= 0x28ff;
}

/* As many dots as there are, from light to dark. */
static uint32_t
dots(enum tier tier, uint32_t code)
{
	const int n = __builtin_popcount(code & 0xff);
	static const uint32_t console[] = { ' ',    0xb7,   0xb7,   0x2219, 0x2591,
					    0x2591, 0x2592, 0x2593, 0x2588 };

	return tier == TIER_CONSOLE ? console[n] : (uint32_t) " ..::+**#"[n];
}

static const struct row *
row_of(uint32_t code)
{
	size_t low = 0, high = COUNT(rows);

	while (low < high) {
		const size_t middle = (low + high) / 2;

		if (rows[middle].code == code)
			return &rows[middle];
		if (rows[middle].code < code)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* Lines of a box that have no row: those along, those across, crossings. */
static uint32_t
box(uint32_t code)
{
	static const uint32_t across[] = { 0x2502, 0x2551, 0x2506, 0x2507, 0x250b };

	if (code == 0x2500 || code == 0x2504 || code == 0x2505 || code == 0x2509 ||
	    code == 0x2550)
		return '-';
	for (size_t i = 0; i < COUNT(across); i++)
		if (code == across[i])
			return '|';
	return '+';
}

uint32_t
glyph_for(enum tier tier, uint32_t code)
{
	const struct row *row;

	if (tier == TIER_UNICODE || code < 0x80)
		return code;
	if (is_picture(code))
		return tier == TIER_CONSOLE ? 0xb7 : '.';
	if (is_braille(code))
		return dots(tier, code);
	row = row_of(code);
	if (tier == TIER_CONSOLE)
		return row && row->console ? row->console : code;
	if (row)
		return (uint32_t)row->ascii;
	return is_box(code) ? box(code) : '?';
}
