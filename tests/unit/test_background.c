/* Light or dark, by a variable or by what a terminal answers; and the clipboard. */
#include "check.h"
#include "term/background.h"
#include "term/clipboard.h"

static void
check_variable(const char *value, bool is_known, bool is_light)
{
	bool light = false;

	CHECK(background_of_variable(value, &light) == is_known);
	CHECK(light == is_light);
}

static void
check_answer(const char *bytes, bool is_known, bool is_light, bool is_all)
{
	bool light = false;

	CHECK(background_of_answer(text_of(bytes), &light) == is_known);
	CHECK(light == is_light);
	CHECK(background_is_answered(text_of(bytes)) == is_all);
}

static void
check_copy(const char *text, const char *base64)
{
	struct arena arena = { 0 };
	char wanted[128];

	snprintf(wanted, sizeof wanted, "\033]52;c;%s\a", base64);
	CHECK_TEXT(clipboard_sequence(text_of(text), &arena), wanted);
	arena_release(&arena);
}

int
main(void)
{
	check_variable(NULL, false, false);
	check_variable("", false, false);
	check_variable("15;0", true, false);
	check_variable("0;15", true, true);
	check_variable("0;default;7", true, true);
	check_variable("12;8", true, false);
	check_variable("0;default", false, false);
	check_variable("0;99", false, false);
	check_answer("\033]11;rgb:ffff/ffff/ffff\033\\\033[?62;c", true, true, true);
	check_answer("\033]11;rgb:00/2b/36\a", true, false, false);
	check_answer("\033]11;rgb:fd/f6/e3\a\033[?1;2c", true, true, true);
	check_answer("q\033[?1;2c", false, false, true);
	check_answer("\033]11;rgb:ffff/ff", false, false, false);
	check_answer("\033]11;rgb:////", false, false, false);
	check_answer("", false, false, false);
	/* RFC 4648, 10. */
	check_copy("", "");
	check_copy("f", "Zg==");
	check_copy("fo", "Zm8=");
	check_copy("foobar", "Zm9vYmFy");
	check_copy("\xff\xfe\xfd", "//79");
	return check_report();
}
