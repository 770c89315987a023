/* error - sentences for the user; control bytes never get into one. */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A terminal must not obey what a file's cell or name says. */
static void
make_printable(char *text)
{
	for (unsigned char *p = (unsigned char *)text; *p; p++)
		if (*p < 0x20 || *p == 0x7f ||
		    (p[0] == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0))
			*p = '?';
}

static void
set(struct error *err, const char *format, va_list args)
{
	vsnprintf(err->text, sizeof(err->text), format, args);
	make_printable(err->text);
}

bool
fail(struct error *err, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	set(err, format, args);
	va_end(args);
	err->cancelled = false;
	return false;
}

bool
fail_in(struct error *err, const char *format, ...)
{
	struct error inner = *err;
	va_list args;
	size_t n;

	va_start(args, format);
	set(err, format, args);
	va_end(args);
	n = strlen(err->text);
	snprintf(err->text + n, sizeof(err->text) - n, "%s", inner.text);
	return false;
}

bool
fail_errno(struct error *err, const char *format, ...)
{
	const char *reason = strerror(errno);
	va_list args;
	size_t n;

	va_start(args, format);
	set(err, format, args);
	va_end(args);
	n = strlen(err->text);
	snprintf(err->text + n, sizeof(err->text) - n, ": %s", reason);
	err->cancelled = false;
	return false;
}

bool
fail_cancelled(struct error *err)
{
	fail(err, "cancelled");
	err->cancelled = true;
	return false;
}
