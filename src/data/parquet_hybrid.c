/*
 * parquet_hybrid - whole numbers of few bits: "n times this" or "8 n of those".
 *
 * A head with its lowest bit set counts groups of eight packed numbers, lowest bit
 * first; else it counts how often the number that follows stands.
 */
#include "data/parquet_page.h"

struct hybrid
hybrid_start(struct text data, unsigned width)
{
	const unsigned char *at = (const unsigned char *)data.data;

	return (struct hybrid){ .at = at, .end = at + data.size, .width = width };
}

static bool
head(struct hybrid *h, uint64_t *out)
{
	*out = 0;
	for (int shift = 0; shift < 35; shift += 7) {
		if (h->at == h->end)
			return false;
		*out |= (uint64_t)(*h->at & 0x7f) << shift;
		if (!(*h->at++ & 0x80))
			return true;
	}
	return false;
}

static bool
start_run(struct hybrid *h)
{
	unsigned bytes = (h->width + 7) / 8;
	uint64_t count;

	if (!head(h, &count))
		return false;
	h->is_packed = count & 1;
	if (h->is_packed) {
		/* The last group may be cut short where its end is not needed. */
		uint64_t there =
			h->width ? (uint64_t)(h->end - h->at) * 8 / h->width : UINT64_MAX;

		h->run = (count >> 1) * 8;
		if (h->run > there)
			h->run = there;
		h->bit = 0;
		return h->run > 0 || count == 1;
	}
	if ((size_t)(h->end - h->at) < bytes)
		return false;
	h->run = count >> 1;
	h->value = 0;
	for (unsigned i = 0; i < bytes; i++)
		h->value |= (uint32_t)*h->at++ << (8 * i);
	return true;
}

static uint32_t
packed(struct hybrid *h)
{
	uint64_t bits = 0;
	unsigned got = 0;

	while (got < h->width) {
		unsigned take = 8 - h->bit;

		if (take > h->width - got)
			take = h->width - got;
		bits |= (uint64_t)(*h->at >> h->bit & ((1u << take) - 1)) << got;
		got += take;
		h->bit += take;
		if (h->bit == 8)
			h->bit = 0, h->at++;
	}
	return (uint32_t)bits;
}

bool
hybrid_take(struct hybrid *h, uint32_t *out, size_t n)
{
	while (n > 0) {
		size_t k;

		if (h->run == 0) {
			if (!start_run(h))
				return false;
			continue;
		}
		k = h->run < n ? (size_t)h->run : n;
		for (size_t i = 0; i < k; i++)
			*out++ = h->is_packed ? packed(h) : h->value;
		h->run -= k;
		n -= k;
	}
	return true;
}

bool
hybrid_write(const struct buffer *levels, unsigned width, struct buffer *out,
	     struct error *err)
{
	const unsigned char *at = (const unsigned char *)levels->data;
	const unsigned char *end = at + levels->size;

	while (at < end) {
		const unsigned char *from = at;
		char run[8];
		size_t n = 0;
		uint64_t count;

		while (at < end && *at == *from)
			at++;
		for (count = (uint64_t)(at - from) << 1; count > 0x7f; count >>= 7)
			run[n++] = (char)(count | 0x80);
		run[n++] = (char)count;
		if (width)
			run[n++] = (char)*from;
		if (!buffer_append(out, run, n, err))
			return false;
	}
	return true;
}
