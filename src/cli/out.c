/* out - printing that is safe on a terminal and honest about a full disk. */
#include "cli/out.h"

#include <errno.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/memory.h"

/* Left-to-right and right-to-left marks, embeddings, overrides and isolates; line and
 * paragraph separators. */
static bool
turns_writing(uint32_t code)
{
	return code == 0x61c || code == 0x200e || code == 0x200f ||
	       (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

static bool
is_control(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

void
out_text(FILE *file, struct text text)
{
	for (size_t at = 0; at < text.size;) {
		const size_t start = at;
		const uint32_t code = text_next(text, &at);

		if (code == '\n' || code == '\t' || code == '\r')
			putc(' ', file);
		else if (is_control(code) || turns_writing(code) || code == 0xfffd)
			fputs("\xef\xbf\xbd", file);
		else
			fwrite(text.data + start, 1, at - start, file);
	}
}

void
out_wrapped(FILE *file, const char *text, int indent, int width)
{
	int column = indent;

	while (*text) {
		const size_t blank = strspn(text, " "), n = strcspn(text + blank, " ");

		if (column > indent && column + (int)(blank + n) > width) {
			fprintf(file, "\n%*s", indent, "");
			column = indent;
		} else {
			fprintf(file, "%.*s", (int)blank, text);
			column += (int)blank;
		}
		fprintf(file, "%.*s", (int)n, text + blank);
		column += (int)n;
		text += blank + n;
	}
	putc('\n', file);
}

bool
out_json(const struct json *value, struct error *err)
{
	static const struct json_style style = { .indent = 2, .newline = true };
	struct buffer *buffer = buffer_new(0, err);
	bool ok;

	if (!buffer)
		return false;
	ok = json_write(value, &style, buffer, err);
	if (ok)
		fwrite(buffer->data, 1, buffer->size, stdout);
	buffer_drop(buffer);
	return ok;
}

size_t
out_width(void)
{
	struct winsize size;

	if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0)
		return 0;
	return size.ws_col;
}

void
out_warnings(const struct names *lines)
{
	for (size_t i = 0; i < lines->n; i++) {
		fputs("warning: ", stderr);
		out_text(stderr, text_of(lines->at[i]));
		putc('\n', stderr);
	}
}

/* A write that failed long ago has left no errno: the pipe itself is asked. */
static bool
reader_is_gone(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO };

	return poll(&out, 1, 0) > 0 && (out.revents & POLLERR);
}

bool
out_finish(struct error *err)
{
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return true;
	if (errno == EPIPE || reader_is_gone())
		return true;
	return errno ? fail_errno(err, "cannot write to standard output")
		     : fail(err, "cannot write to standard output");
}
