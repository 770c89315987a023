/*
 * zip - the central directory decides; local headers only say where data starts.
 *
 * Nothing in the file is believed: places and sizes are checked against the file,
 * the sum of sizes against a limit, unpacked bytes against size and CRC.
 */
#include "base/zip.h"

#include <zlib.h>

enum {
	END_MARK = 0x06054b50,
	CENTRAL_MARK = 0x02014b50,
	LOCAL_MARK = 0x04034b50,
	END_SIZE = 22,
	CENTRAL_SIZE = 46,
	LOCAL_SIZE = 30,
	STORED = 0,
	DEFLATED = 8,
	VERSION = 20,
	UNIX_VERSION = 3 << 8 | VERSION,
	ENCRYPTED = 1,
	DATE_1980 = 0x21,
	DEFLATE_RATIO = 1032, /* the most that deflate can shrink */
};

static unsigned
short_at(const char *p)
{
	const unsigned char *b = (const unsigned char *)p;

	return b[0] | (unsigned)b[1] << 8;
}

static uint32_t
long_at(const char *p)
{
	return short_at(p) | (uint32_t)short_at(p + 2) << 16;
}

/* The end record stands last, but for a comment of up to 64 KiB. */
static const char *
find_end(struct text file)
{
	size_t reach = file.size < END_SIZE + 65535 ? file.size : END_SIZE + 65535;

	for (size_t back = END_SIZE; back <= reach; back++) {
		const char *p = file.data + file.size - back;

		if (long_at(p) == END_MARK && short_at(p + 20) == back - END_SIZE)
			return p;
	}
	return NULL;
}

/* Where an entry's bytes are: behind its local header. */
static bool
locate(struct text file, size_t at, size_t size, struct zip_entry *entry,
       struct error *err)
{
	const char *p = file.data + at;
	size_t skip;

	if (at > file.size || file.size - at < LOCAL_SIZE || long_at(p) != LOCAL_MARK)
		return fail(err, "'%s' is not where the archive says", entry->name);
	skip = LOCAL_SIZE + short_at(p + 26) + short_at(p + 28);
	if (file.size - at < skip || file.size - at - skip < size)
		return fail(err, "'%s' is cut off", entry->name);
	entry->packed = (struct text){ p + skip, size };
	return true;
}

/* One record of the directory at p; *left bytes are there. */
static bool
read_entry(struct text file, const char **p, size_t *left, struct zip_entry *entry,
	   struct arena *arena, struct error *err)
{
	unsigned flags, method;
	size_t name, whole;

	if (*left < CENTRAL_SIZE || long_at(*p) != CENTRAL_MARK)
		return fail(err, "the archive's directory is damaged");
	flags = short_at(*p + 8);
	method = short_at(*p + 10);
	name = short_at(*p + 28);
	whole = CENTRAL_SIZE + name + short_at(*p + 30) + short_at(*p + 32);
	if (*left < whole || memchr(*p + CENTRAL_SIZE, 0, name))
		return fail(err, "the archive's directory is damaged");
	entry->name = arena_text_n(arena, *p + CENTRAL_SIZE, name);
	entry->crc = long_at(*p + 16);
	entry->size = long_at(*p + 24);
	entry->deflated = method == DEFLATED;
	if (flags & ENCRYPTED)
		return fail(err, "'%s' is encrypted", entry->name);
	if (method != STORED && method != DEFLATED)
		return fail(err, "'%s' is packed by method %u, not by deflate",
			    entry->name, method);
	if (!locate(file, long_at(*p + 42), long_at(*p + 20), entry, err))
		return false;
	*p += whole;
	*left -= whole;
	return true;
}

/* A size that its packed bytes cannot give is a lie. */
static bool
size_is_possible(const struct zip_entry *entry)
{
	if (!entry->deflated)
		return entry->size == entry->packed.size;
	return entry->size / DEFLATE_RATIO <= entry->packed.size;
}

bool
zip_open(struct text file, struct zip *out, struct arena *arena, struct error *err)
{
	const char *end = find_end(file), *p;
	size_t from, left, total = 0;

	if (!end)
		return fail(err, "no ZIP archive");
	out->n = short_at(end + 10);
	left = long_at(end + 12);
	from = long_at(end + 16);
	if (short_at(end + 4) || short_at(end + 8) != out->n || out->n == 0xffff)
		return fail(err, "a ZIP archive of several parts, or ZIP64");
	if (out->n > ZIP_ENTRIES)
		return fail(err, "a ZIP archive of %zu entries, more than %d", out->n,
			    ZIP_ENTRIES);
	if (from > (size_t)(end - file.data) || left > (size_t)(end - file.data) - from ||
	    left / CENTRAL_SIZE < out->n)
		return fail(err, "the archive's directory is damaged");
	p = file.data + from;
	out->at = ARENA_ARRAY(arena, out->n + 1, struct zip_entry);
	for (size_t i = 0; i < out->n; i++) {
		struct zip_entry *entry = &out->at[i];

		if (!read_entry(file, &p, &left, entry, arena, err))
			return false;
		total += entry->size;
		if (total > ZIP_SIZE)
			return fail(err, "the archive would unpack to more than %d MiB",
				    ZIP_SIZE >> 20);
		if (!size_is_possible(entry))
			return fail(err, "'%s' cannot unpack to %zu bytes", entry->name,
				    entry->size);
	}
	return true;
}

static bool
unpack(struct text packed, char *out, size_t size)
{
	z_stream z = { .next_in = (Bytef *)(uintptr_t)packed.data,
		       .avail_in = (uInt)packed.size,
		       .next_out = (Bytef *)out,
		       .avail_out = (uInt)size };
	int status;

	if (inflateInit2(&z, -MAX_WBITS) != Z_OK)
		return false;
	status = inflate(&z, Z_FINISH);
	inflateEnd(&z);
	return status == Z_STREAM_END && z.total_out == size;
}

bool
zip_extract(const struct zip_entry *entry, struct text *out, struct arena *arena,
	    struct error *err)
{
	char *data = arena_alloc(arena, entry->size + 1);

	if (!entry->deflated)
		memcpy(data, entry->packed.data, entry->size);
	else if (!unpack(entry->packed, data, entry->size))
		return fail(err, "'%s' does not unpack to %zu bytes", entry->name,
			    entry->size);
	if (crc32(0, (const Bytef *)data, (uInt)entry->size) != entry->crc)
		return fail(err, "'%s' is damaged: its checksum differs", entry->name);
	*out = (struct text){ data, entry->size };
	return true;
}

struct record { /* what both headers of a file say */
	uint32_t crc, packed, size, at;
	unsigned method;
};

static void
put(char **p, uint32_t value, int bytes)
{
	for (; bytes > 0; bytes--, value >>= 8)
		*(*p)++ = (char)(value & 0xff);
}

static void
put_common(char **p, const struct record *r, const char *name)
{
	put(p, VERSION, 2);
	put(p, 0, 2);
	put(p, r->method, 2);
	put(p, 0, 2);
	put(p, DATE_1980, 2);
	put(p, r->crc, 4);
	put(p, r->packed, 4);
	put(p, r->size, 4);
	put(p, (uint32_t)strlen(name), 2);
	put(p, 0, 2);
}

/* Deflate data behind what is in out; what does not shrink is stored. */
static bool
pack(struct text data, struct record *r, struct buffer *out, struct error *err)
{
	z_stream z = { 0 };
	uLong bound;
	bool done;

	if (deflateInit2(&z, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		return fail(err, "no memory to deflate");
	bound = deflateBound(&z, (uLong)data.size);
	done = buffer_reserve(out, bound, err);
	if (done) {
		z.next_in = (Bytef *)(uintptr_t)data.data;
		z.avail_in = (uInt)data.size;
		z.next_out = (Bytef *)out->data + out->size;
		z.avail_out = (uInt)bound;
		done = deflate(&z, Z_FINISH) == Z_STREAM_END ||
		       fail(err, "cannot deflate");
	}
	r->method = DEFLATED;
	r->packed = (uint32_t)z.total_out;
	deflateEnd(&z);
	if (!done)
		return false;
	if (r->packed < data.size)
		return out->size += r->packed, true;
	r->method = STORED;
	r->packed = (uint32_t)data.size;
	return buffer_append(out, data.data, data.size, err);
}

static bool
write_file(const struct zip_file *file, size_t start, struct record *r,
	   struct buffer *out, struct error *err)
{
	char header[LOCAL_SIZE], *p = header;
	size_t at = out->size;

	r->at = (uint32_t)(at - start);
	r->size = (uint32_t)file->data.size;
	r->crc =
		(uint32_t)crc32(0, (const Bytef *)file->data.data, (uInt)file->data.size);
	if (!buffer_resize(out, at + LOCAL_SIZE, err) ||
	    !buffer_append(out, file->name, strlen(file->name), err) ||
	    !pack(file->data, r, out, err))
		return false;
	put(&p, LOCAL_MARK, 4);
	put_common(&p, r, file->name);
	memcpy(out->data + at, header, LOCAL_SIZE);
	return true;
}

static bool
write_record(const char *name, const struct record *r, struct buffer *out,
	     struct error *err)
{
	char header[CENTRAL_SIZE], *p = header;

	put(&p, CENTRAL_MARK, 4);
	put(&p, UNIX_VERSION, 2);
	put_common(&p, r, name);
	put(&p, 0, 2);                       /* no comment */
	put(&p, 0, 2);                       /* first disk */
	put(&p, 0, 2);                       /* bytes, not text */
	put(&p, (uint32_t)0100644 << 16, 4); /* a plain file */
	put(&p, r->at, 4);
	return buffer_append(out, header, CENTRAL_SIZE, err) &&
	       buffer_append(out, name, strlen(name), err);
}

static bool
write_all(const struct zip_file *files, size_t n, struct record *records,
	  struct buffer *out, struct error *err)
{
	char header[END_SIZE], *p = header;
	size_t start = out->size, directory;

	for (size_t i = 0; i < n; i++)
		if (!write_file(&files[i], start, &records[i], out, err))
			return false;
	directory = out->size;
	for (size_t i = 0; i < n; i++)
		if (!write_record(files[i].name, &records[i], out, err))
			return false;
	put(&p, END_MARK, 4);
	put(&p, 0, 4);
	put(&p, (uint32_t)n, 2);
	put(&p, (uint32_t)n, 2);
	put(&p, (uint32_t)(out->size - directory), 4);
	put(&p, (uint32_t)(directory - start), 4);
	put(&p, 0, 2);
	return buffer_append(out, header, END_SIZE, err);
}

bool
zip_write(const struct zip_file *files, size_t n, struct buffer *out, struct error *err)
{
	struct record *records;
	size_t total = 0;
	bool done;

	if (n > ZIP_ENTRIES)
		return fail(err, "%zu files are too many for one archive", n);
	for (size_t i = 0; i < n; i++) {
		if (strlen(files[i].name) > 65535 ||
		    files[i].data.size > ZIP_SIZE - total)
			return fail(err, "'%s' is too much for one archive",
				    files[i].name);
		total += files[i].data.size;
	}
	records = memory_alloc((n + 1) * sizeof(*records), err);
	if (!records)
		return false;
	done = write_all(files, n, records, out, err);
	memory_free(records, (n + 1) * sizeof(*records));
	return done;
}
