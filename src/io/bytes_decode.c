/*
 * bytes_decode - Latin-1 and UTF-16 by hand, all else by the C library's iconv.
 */
#include "io/bytes_decode.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <strings.h>

enum how { AS_IT_IS, LATIN_1, UTF_16_LITTLE, UTF_16_BIG, ICONV };

struct decode {
	enum how how;
	iconv_t iconv;
};

static const struct {
	const char *name; /* without - and _ */
	enum how how;
} names[] = {
	{ "utf8", AS_IT_IS },      { "usascii", AS_IT_IS },
	{ "ascii", AS_IT_IS },     { "iso88591", LATIN_1 },
	{ "latin1", LATIN_1 },     { "utf16", UTF_16_BIG }, /* as Java has it */
	{ "utf16be", UTF_16_BIG }, { "utf16le", UTF_16_LITTLE },
};

static const struct {
	struct text mark;
	enum how how;
} marks[] = {
	{ { "\xef\xbb\xbf", 3 }, AS_IT_IS },
	{ { "\xff\xfe", 2 }, UTF_16_LITTLE },
	{ { "\xfe\xff", 2 }, UTF_16_BIG },
};

/* "ISO_8859_1" is "iso-8859-1" is "ISO88591". */
static bool
same_name(const char *a, const char *plain)
{
	for (;; a++, plain++) {
		while (*a == '-' || *a == '_')
			a++;
		if (strncasecmp(a, plain, 1) != 0)
			return false;
		if (!*a)
			return true;
	}
}

static bool
find_how(const char *encoding, struct decode *out, struct error *err)
{
	char name[64];
	size_t n = 0;

	out->how = AS_IT_IS;
	if (!encoding || !*encoding)
		return true;
	for (size_t i = 0; i < COUNT(names); i++)
		if (same_name(encoding, names[i].name)) {
			out->how = names[i].how;
			return true;
		}
	out->how = ICONV;
	while (encoding[n] && n < sizeof(name) - 1) {
		name[n] = encoding[n] == '_' ? '-' : encoding[n];
		n++;
	}
	name[n] = '\0';
	/* Nothing else than a name: "//" would begin orders to iconv. */
	out->iconv = strchr(name, '/') ? (iconv_t)-1 : iconv_open("UTF-8", name);
	return out->iconv != (iconv_t)-1 ||
	       fail(err,
		    "encoding: '%s' is not known; try utf-8, iso-8859-1, windows-1252 "
		    "or utf-16",
		    encoding);
}

bool
decode_new(const char *encoding, struct text head, const char *path, struct decode **out,
	   size_t *mark, struct error *err)
{
	struct decode found = { 0 };

	*out = NULL;
	*mark = 0;
	if (!find_how(encoding, &found, err))
		return fail_in(err, "'%s': ", path);
	for (size_t i = 0; *mark == 0 && i < COUNT(marks); i++)
		if (head.size >= marks[i].mark.size &&
		    memcmp(head.data, marks[i].mark.data, marks[i].mark.size) == 0) {
			if (found.how == ICONV)
				iconv_close(found.iconv);
			*mark = marks[i].mark.size;
			found.how = marks[i].how;
		}
	if (found.how == AS_IT_IS)
		return true;
	*out = malloc(sizeof(**out));
	if (!*out) {
		if (found.how == ICONV)
			iconv_close(found.iconv);
		return fail(err, "out of memory: the system refused to open '%s'", path);
	}
	**out = found;
	return true;
}

void
decode_free(struct decode *decode)
{
	if (decode && decode->how == ICONV)
		iconv_close(decode->iconv);
	free(decode);
}

static void
latin_1(struct text *in, char *out, size_t size, size_t *put)
{
	while (in->size && *put + 2 <= size) {
		*put += text_put((unsigned char)*in->data++, out + *put);
		in->size--;
	}
}

static unsigned
unit(struct text in, size_t at, bool big)
{
	unsigned a = (unsigned char)in.data[at], b = (unsigned char)in.data[at + 1];

	return big ? a << 8 | b : b << 8 | a;
}

/* One character, of *used bytes; false: it is not whole. */
static bool
utf_16_char(struct text in, bool ended, bool big, uint32_t *code, size_t *used)
{
	unsigned low;

	*code = 0xfffd;
	*used = in.size < 2 ? in.size : 2;
	if (in.size < 2)
		return ended;
	*code = unit(in, 0, big);
	if (*code < 0xd800 || *code > 0xdfff)
		return true;
	if (*code < 0xdc00 && in.size < 4 && !ended)
		return false;
	low = *code < 0xdc00 && in.size >= 4 ? unit(in, 2, big) : 0;
	if (low < 0xdc00 || low > 0xdfff) {
		*code = 0xfffd;
		return true;
	}
	*code = 0x10000 + ((*code - 0xd800) << 10) + (low - 0xdc00);
	*used = 4;
	return true;
}

static void
utf_16(struct text *in, bool ended, bool big, char *out, size_t size, size_t *put)
{
	uint32_t code;
	size_t used;

	while (in->size && *put + 4 <= size &&
	       utf_16_char(*in, ended, big, &code, &used)) {
		*put += text_put(code, out + *put);
		in->data += used;
		in->size -= used;
	}
}

static void
by_iconv(iconv_t with, struct text *in, bool ended, char *out, size_t size, size_t *put)
{
	while (in->size && *put + DECODE_ROOM <= size) {
		char *from = (char *)(uintptr_t)in->data, *to = out + *put;
		size_t left = size - *put;
		size_t r = iconv(with, &from, &in->size, &to, &left);
		bool stuck = r == (size_t)-1 && errno != E2BIG;

		in->data = from;
		*put = size - left;
		if (!stuck)
			continue;
		if (errno == EINVAL && !ended)
			return;
		if (*put + 3 > size)
			return;
		*put += text_put(0xfffd, out + *put);
		in->data++;
		in->size--;
	}
}

void
decode_step(struct decode *decode, struct text *in, bool ended, char *out, size_t size,
	    size_t *put)
{
	*put = 0;
	if (decode->how == LATIN_1)
		latin_1(in, out, size, put);
	else if (decode->how == ICONV)
		by_iconv(decode->iconv, in, ended, out, size, put);
	else
		utf_16(in, ended, decode->how == UTF_16_BIG, out, size, put);
}
