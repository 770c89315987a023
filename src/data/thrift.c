/* thrift - varints, zigzag, and field ids as distances from the one before. */
#include "data/thrift.h"

enum { DEPTH = 64 };

static bool
bad(struct thrift *t)
{
	t->is_bad = true;
	t->at = t->end;
	return false;
}

static unsigned
byte(struct thrift *t)
{
	if (t->at == t->end)
		return bad(t), 0;
	return (unsigned char)*t->at++;
}

static uint64_t
varint(struct thrift *t)
{
	uint64_t value = 0;

	for (int shift = 0; shift < 64; shift += 7) {
		unsigned b = byte(t);

		value |= (uint64_t)(b & 0x7f) << shift;
		if (!(b & 0x80))
			return value;
	}
	return bad(t), 0;
}

static int64_t
zigzag(struct thrift *t)
{
	uint64_t v = varint(t);

	return (int64_t)(v >> 1 ^ (0 - (v & 1)));
}

static struct text
binary(struct thrift *t)
{
	uint64_t size = varint(t);
	struct text text = { t->at, (size_t)size };

	if (size > (uint64_t)(t->end - t->at))
		return bad(t), (struct text){ "", 0 };
	t->at += size;
	return text;
}

bool
thrift_next(struct thrift *t, struct thrift_field *field)
{
	unsigned head = byte(t);
	int64_t id;

	if (t->is_bad)
		return false;
	if (head == 0) {
		t->depth -= t->depth > 0;
		return false;
	}
	id = head >> 4 ? field->id + (int)(head >> 4) : zigzag(t);
	field->type = head & 15;
	if (id < INT16_MIN || id > INT16_MAX || field->type < THRIFT_TRUE ||
	    field->type > THRIFT_STRUCT)
		return bad(t);
	field->id = (int)id;
	return !t->is_bad;
}

int64_t
thrift_int(struct thrift *t, const struct thrift_field *field)
{
	switch (field->type) {
	case THRIFT_BYTE:
		return (int8_t)byte(t);
	case THRIFT_I16:
	case THRIFT_I32:
	case THRIFT_I64:
		return zigzag(t);
	default:
		return bad(t);
	}
}

bool
thrift_bool(struct thrift *t, const struct thrift_field *field)
{
	if (field->type != THRIFT_TRUE && field->type != THRIFT_FALSE)
		return bad(t);
	return field->type == THRIFT_TRUE;
}

struct text
thrift_text(struct thrift *t, const struct thrift_field *field)
{
	if (field->type != THRIFT_BINARY)
		return bad(t), (struct text){ "", 0 };
	return binary(t);
}

bool
thrift_struct(struct thrift *t, const struct thrift_field *field)
{
	if (field->type != THRIFT_STRUCT || t->depth >= DEPTH)
		return bad(t);
	t->depth++;
	return true;
}

static size_t
list(struct thrift *t, enum thrift_type *type)
{
	unsigned head = byte(t);
	uint64_t n = head >> 4 == 15 ? varint(t) : head >> 4;

	*type = head & 15;
	if (n > (uint64_t)(t->end - t->at))
		return bad(t), 0;
	return (size_t)n;
}

size_t
thrift_list(struct thrift *t, const struct thrift_field *field, enum thrift_type type)
{
	enum thrift_type found;
	size_t n;

	if (field->type != THRIFT_LIST)
		return bad(t), 0;
	n = list(t, &found);
	if (n && found != type)
		return bad(t), 0;
	return n;
}

static void skip(struct thrift *t, enum thrift_type type, bool in_list, unsigned depth);

static void
skip_entries(struct thrift *t, enum thrift_type type, unsigned depth)
{
	enum thrift_type value = 0;
	size_t n;

	if (type == THRIFT_MAP) {
		uint64_t pairs = varint(t);
		unsigned types = pairs ? byte(t) : 0;

		if (pairs > (uint64_t)(t->end - t->at)) {
			bad(t);
			return;
		}
		n = (size_t)pairs;
		type = types >> 4;
		value = types & 15;
	} else {
		n = list(t, &type);
	}
	for (; n > 0 && !t->is_bad; n--) {
		skip(t, type, true, depth);
		if (value)
			skip(t, value, true, depth);
	}
}

static void
skip(struct thrift *t, enum thrift_type type, bool in_list, unsigned depth)
{
	if (depth >= DEPTH) {
		bad(t);
		return;
	}
	switch (type) {
	case THRIFT_TRUE:
	case THRIFT_FALSE:
		if (in_list)
			byte(t);
		return;
	case THRIFT_BYTE:
		byte(t);
		return;
	case THRIFT_I16:
	case THRIFT_I32:
	case THRIFT_I64:
		varint(t);
		return;
	case THRIFT_DOUBLE:
		for (int i = 0; i < 8; i++)
			byte(t);
		return;
	case THRIFT_BINARY:
		binary(t);
		return;
	case THRIFT_LIST:
	case THRIFT_SET:
	case THRIFT_MAP:
		skip_entries(t, type, depth + 1);
		return;
	case THRIFT_STRUCT:
		t->depth++;
		for (struct thrift_field f = { 0 }; thrift_next(t, &f);)
			skip(t, f.type, false, depth + 1);
		return;
	default:
		bad(t);
	}
}

void
thrift_skip(struct thrift *t, const struct thrift_field *field)
{
	skip(t, field->type, false, t->depth);
}

static void
put(struct thrift_out *t, const void *data, size_t size)
{
	if (!t->failed && !buffer_append(t->out, data, size, t->err))
		t->failed = true;
}

static void
put_varint(struct thrift_out *t, uint64_t value)
{
	unsigned char bytes[10];
	size_t n = 0;

	for (; value > 0x7f; value >>= 7)
		bytes[n++] = (unsigned char)(value | 0x80);
	bytes[n++] = (unsigned char)value;
	put(t, bytes, n);
}

static void
put_zigzag(struct thrift_out *t, int64_t value)
{
	put_varint(t, (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0));
}

static void
put_head(struct thrift_out *t, int id, enum thrift_type type)
{
	int step = id - t->last[t->depth];
	unsigned char head = (unsigned char)type;

	if (id == 0)
		return;
	if (step > 0 && step < 16) {
		head |= (unsigned char)(step << 4);
		put(t, &head, 1);
	} else {
		put(t, &head, 1);
		put_zigzag(t, id);
	}
	t->last[t->depth] = id;
}

void
thrift_put_int(struct thrift_out *t, int id, enum thrift_type type, int64_t value)
{
	unsigned char one = (unsigned char)value;

	put_head(t, id, type);
	if (type == THRIFT_BYTE)
		put(t, &one, 1);
	else
		put_zigzag(t, value);
}

void
thrift_put_text(struct thrift_out *t, int id, struct text value)
{
	put_head(t, id, THRIFT_BINARY);
	put_varint(t, value.size);
	put(t, value.data, value.size);
}

void
thrift_put_struct(struct thrift_out *t, int id)
{
	put_head(t, id, THRIFT_STRUCT);
	t->depth++;
	t->last[t->depth] = 0;
}

void
thrift_put_end(struct thrift_out *t)
{
	put(t, "", 1);
	t->depth -= t->depth > 0;
}

void
thrift_put_list(struct thrift_out *t, int id, enum thrift_type type, size_t n)
{
	unsigned char head = (unsigned char)((n < 15 ? n : 15) << 4 | type);

	put_head(t, id, THRIFT_LIST);
	put(t, &head, 1);
	if (n >= 15)
		put_varint(t, n);
}
