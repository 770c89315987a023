/*
 * map_text.h - text to text: what the operators that format strings share.
 *
 * Every type is first cast to string as Spark prints it. A null stays null. Where the
 * texts stand in a dictionary, only that is mapped (its entries may then repeat).
 */
#ifndef OP_MAP_TEXT_H
#define OP_MAP_TEXT_H

#include "op/op.h"

/* The settings they all have; alone those of an operator without others. */
struct map_text {
	struct names input_column;
	const char *output_column;
};

extern const struct param map_text_params[];

/* The shape of an operator whose fields are a struct map_text. */
bool map_text_shape(const void *fields, const void *learned, const struct schema *in,
		    struct shape *out, struct error *err);

/* map appends what becomes of one text to out. */
CHECKED bool map_text(const struct column *in,
		      bool (*map)(const void *with, struct text in, struct buffer *out,
				  struct error *err),
		      const void *with, struct column **out, struct error *err);

/*
 * Padding, counted in characters. The width is at most PAD_WIDTH_MAX; fill is one
 * character, or none, which pads nothing.
 */
enum { PAD_WIDTH_MAX = 1000 };
enum pad_side { PAD_LEFT, PAD_RIGHT, PAD_CENTER };

struct pad {
	int64_t width;
	struct text fill;
	enum pad_side side;
};

CHECKED bool pad_check(int64_t width, const char *fill, struct error *err);

/* For map_text(), with a struct pad. Left and right cut what is longer than the width,
 * as Spark does; center does not, as Python. */
CHECKED bool pad_text(const void *pad, struct text in, struct buffer *out,
		      struct error *err);

/* A set of characters. */
struct charset {
	bool ascii[128];
	struct text others; /* those beyond ASCII */
};

struct charset charset_of(const char *characters);
bool charset_has(const struct charset *set, uint32_t code);

/* For map_text(), with a struct strip: without the characters at its ends. */
struct strip {
	struct charset set;
	bool left, right;
};

/* characters "": white space, as Python counts it. */
struct strip strip_of(const char *characters, bool left, bool right);
CHECKED bool strip_text(const void *strip, struct text in, struct buffer *out,
			struct error *err);

#endif
