/* Base85 as Python's: known pairs, every size there and back, and what is refused. */
#include "base/base85.h"
#include "check.h"

static const struct {
	const char *bytes;
	size_t size;
	const char *text;
} pairs[] = {
	{ "", 0, "" },
	{ "a", 1, "VE" },
	{ "ab", 2, "VPX" },
	{ "abc", 3, "VPaz" },
	{ "abcd", 4, "VPa!s" },
	{ "Hello, world", 12, "NM&qnZ!92pZ*pv8" },
	{ "\0", 1, "00" },
	{ "\0\0\0\0", 4, "00000" },
	{ "\xff\xff\xff\xff", 4, "|NsC0" },
	{ "\xff", 1, "{{" },
};

static const struct {
	const char *text, *wrong;
} refused[] = {
	{ "V", "base85 text of 1 characters is cut off" },
	{ "VPaz%V", "base85 text of 6 characters is cut off" },
	{ "VPaz%VP z", "characters 6 to 9 are no base85" },
	{ "VP\"z%", "characters 1 to 5 are no base85" },
	{ "|NsC1", "characters 1 to 5 are no base85" },
	{ "~~~~~", "characters 1 to 5 are no base85" },
	{ "VPaz%\n\n", "characters 6 to 7 are no base85" },
};

static void
there_and_back(void)
{
	unsigned char bytes[64];

	for (size_t size = 0; size <= sizeof(bytes); size++) {
		struct arena mem = { 0 };
		struct error err = { 0 };
		struct text in = { (const char *)bytes, size }, out;

		for (size_t i = 0; i < size; i++)
			bytes[i] = (unsigned char)(i * 151 + size * 7);
		CHECK(base85_decode(text_of(base85_encode(in, &mem)), &out, &mem, &err));
		CHECK(text_equal(in, out));
		arena_release(&mem);
	}
}

int
main(void)
{
	struct arena mem = { 0 };

	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct error err = { 0 };
		struct text bytes = { pairs[i].bytes, pairs[i].size }, out;

		CHECK_TEXT(base85_encode(bytes, &mem), pairs[i].text);
		CHECK(base85_decode(text_of(pairs[i].text), &out, &mem, &err));
		CHECK(text_equal(out, bytes));
	}
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct error err = { 0 };
		struct text out;

		CHECK(!base85_decode(text_of(refused[i].text), &out, &mem, &err));
		CHECK_TEXT(err.text, refused[i].wrong);
	}
	there_and_back();
	arena_release(&mem);
	return check_report();
}
