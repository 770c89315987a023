/* sniff - fields a line, outside quotes, for each delimiter that may be. */
#include "io/sniff.h"

#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#include "base/text.h"

enum { LOOK = 65536, LINES = 100 };
static const char candidates[] = ",\t;|";

/* Fields of the line that begins at *at, which moves to the next one. */
static size_t
count_fields(struct text t, size_t *at, char delimiter)
{
	bool quoted = false;
	size_t n = 1;

	for (; *at < t.size; ++*at) {
		char c = t.data[*at];

		if (c == '"')
			quoted = !quoted;
		else if (c == delimiter && !quoted)
			n++;
		else if (c == '\n' && !quoted)
			break;
	}
	++*at;
	return n;
}

/* Lines that have as many fields as the first; 0 if that has but one. */
static size_t
fitting_lines(struct text t, char delimiter)
{
	size_t at = 0, first = count_fields(t, &at, delimiter), fitting = 1;

	if (first < 2)
		return 0;
	for (int line = 1; line < LINES && at < t.size; line++)
		fitting += count_fields(t, &at, delimiter) == first;
	return fitting;
}

bool
sniff_file(const char *path, struct dialect *out, struct error *err)
{
	char bytes[LOOK];
	struct stat st;
	size_t best = 0;
	gzFile file;
	int n;

	*out = (struct dialect)DIALECT_PRESET;
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return true;       /* a folder, a pipe: nothing may be read ahead */
	file = gzopen(path, "rb"); /* reads plain files as they are */
	if (!file)
		return fail_errno(err, "cannot open '%s'", path);
	n = gzread(file, bytes, LOOK);
	gzclose(file);
	for (const char *c = candidates; n > 0 && *c; c++) {
		size_t fitting = fitting_lines((struct text){ bytes, (size_t)n }, *c);

		if (fitting <= best)
			continue;
		best = fitting;
		out->delimiter[0] = *c;
	}
	return true;
}
