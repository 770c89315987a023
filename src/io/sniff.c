/* sniff - fields a line, outside quotes, for each delimiter that may be. */
#include "io/sniff.h"

#include <string.h>
#include <sys/stat.h>

#include "io/bytes.h"

enum { LOOK = 65536, ROOM = 8, LINES = 100 }; /* ROOM: the least that is read */
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

/* The first bytes; what cannot be read is told by whoever reads all of it. */
static struct text
look(struct bytes *bytes, char *into)
{
	struct text t = { into, 0 };
	struct error ignored;
	size_t got = 1;

	while (t.size < LOOK && got) {
		if (!bytes_read(bytes, into + t.size, LOOK + ROOM - t.size, &got,
				&ignored))
			break;
		t.size += got;
	}
	return t;
}

bool
sniff_file(const char *path, struct dialect *out, struct error *err)
{
	struct origin origin = { .path = path };
	char into[LOOK + ROOM];
	struct bytes *bytes;
	struct stat st;
	struct text t;
	size_t best = 0;

	*out = (struct dialect)DIALECT_PRESET;
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return true; /* a folder, a pipe: nothing may be read ahead */
	if (!bytes_open(&origin, &bytes, err))
		return false;
	t = look(bytes, into);
	bytes_close(bytes);
	origin_release(&origin);
	for (const char *c = candidates; t.size && *c; c++) {
		const size_t fitting = fitting_lines(t, *c);

		if (fitting <= best)
			continue;
		best = fitting;
		out->delimiter[0] = *c;
	}
	return true;
}
