/*
 * fuzz_keys - any bytes from a terminal, cut anywhere: the same events as in one piece,
 * no key that is a control character, nothing left over.
 */
#include <stdlib.h>

#include "term/keys.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LATER = 1 << 20 };

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static uint64_t
mixed(uint64_t sum, uint64_t value)
{
	return (sum ^ value) * UINT64_C(0x100000001b3);
}

static uint64_t
mixed_bytes(uint64_t sum, struct text text)
{
	for (size_t i = 0; i < text.size; i++)
		sum = mixed(sum, (unsigned char)text.data[i]);
	return sum;
}

static void
check(const struct event *event)
{
	const uint32_t key = event->press.key;
	char name[PRESS_SIZE];
	struct press again;

	if (event->kind == EVENT_MOUSE)
		must(event->mouse.row >= 0 && event->mouse.column >= 0);
	if (event->kind != EVENT_KEY)
		return;
	must(key >= ' ' && key <= K_LAST && !(key >= 0x7f && key < 0xa0));
	press_print(event->press, name);
	must(press_parse(text_of(name), &again));
	must(again.key == key && again.mods == event->press.mods);
}

static uint64_t
drain(struct keys *keys, int64_t now, uint64_t sum)
{
	struct event event;

	while (keys_next(keys, now, &event)) {
		check(&event);
		sum = mixed(sum, event.kind);
		sum = mixed(sum, (uint64_t)event.press.key << 8 | event.press.mods);
		sum = mixed(sum, (uint64_t)event.mouse.row << 32 |
					 (uint32_t)event.mouse.column);
		sum = mixed_bytes(sum, event.paste);
	}
	return sum;
}

/* In pieces of so many bytes. */
static uint64_t
decode(const uint8_t *data, size_t size, size_t piece)
{
	struct keys *keys = keys_new();
	uint64_t sum = 1;

	keys_learn(keys, "\033[[A", press_of(K_F1, 0));
	keys_learn(keys, "\033[1;5A~", press_of(K_HOME, 0));
	for (size_t at = 0; at < size; at += piece) {
		const size_t n = size - at < piece ? size - at : piece;

		keys_feed(keys, (const char *)data + at, n, 0);
		sum = drain(keys, 0, sum);
	}
	for (int64_t now = LATER; now <= 3 * LATER; now += LATER)
		sum = drain(keys, now, sum);
	must(keys_wait(keys, 4 * LATER) == -1);
	keys_free(keys);
	return sum;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint64_t whole = decode(data, size, size + 1);

	for (size_t piece = 1; piece < 8; piece++)
		must(decode(data, size, piece) == whole);
	return 0;
}
