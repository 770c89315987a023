/* test_sieve - many threads bring rows in any order; the first of each kind survives. */
#include <pthread.h>
#include <stdlib.h>

#include "base/random.h"
#include "check.h"
#include "op/sieve.h"

enum { CHUNKS = 40, BATCH = 700, THREADS = 4, MOST_BATCHES = 5 };

static struct row_hash hashes[CHUNKS][MOST_BATCHES * BATCH];
static size_t rows_of[CHUNKS];

struct bringer {
	struct sieve *sieve;
	struct sieve_hand hand;
	atomic_int *next;
	size_t fresh;
	bool ok;
};

static size_t
count_bits(const uint64_t *bits, size_t n)
{
	size_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += bit_get(bits, i);
	return sum;
}

static void *
bring(void *context)
{
	struct bringer *b = context;
	struct error err;
	int taken;

	b->ok = true;
	while (b->ok && (taken = atomic_fetch_add(b->next, 1)) < CHUNKS) {
		size_t chunk = (size_t)(CHUNKS - 1 - taken); /* the last ones first */

		for (size_t row = 0; b->ok && row < rows_of[chunk]; row += BATCH) {
			uint64_t fresh[(BATCH + 63) / 64] = { 0 };
			size_t left = rows_of[chunk] - row;
			size_t n = left < BATCH ? left : BATCH;

			b->ok = sieve_add(b->sieve, &b->hand, hashes[chunk] + row, n,
					  (struct place){ 3 * chunk, row }, fresh, &err);
			b->fresh += count_bits(fresh, n);
		}
	}
	return NULL;
}

/* Kinds of rows: few, or so many that hardly any comes twice. */
static void
fill(uint64_t kinds)
{
	uint64_t seed = 7;

	for (size_t c = 0; c < CHUNKS; c++) {
		rows_of[c] = random_below(&seed, MOST_BATCHES * BATCH);
		for (size_t i = 0; i < rows_of[c]; i++) {
			uint64_t kind = random_below(&seed, kinds), mixed = kind;

			hashes[c][i].low = random_next(&mixed);
			hashes[c][i].high = random_next(&mixed);
		}
	}
}

static int
compare(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct row_hash));
}

/* The bits must be those of rows that no row before is equal to. */
static void
check_survivors(const struct survivors *s, bool exact, size_t fresh)
{
	size_t room = (size_t)CHUNKS * MOST_BATCHES * BATCH, n = 0, stay = 0;
	struct row_hash *seen = calloc(room, sizeof(*seen));

	for (size_t c = 0; c < CHUNKS; c++) {
		uint64_t kept[MOST_BATCHES * BATCH / 64 + 1], part[2];
		size_t before = n;

		CHECK(survivors_get(s, (struct place){ 3 * c, 0 }, rows_of[c], kept));
		for (size_t i = 0; i < rows_of[c]; i++) {
			bool old = before && bsearch(&hashes[c][i], seen, before,
						     sizeof(*seen), compare);

			for (size_t j = 0; !old && j < i; j++)
				old = compare(&hashes[c][i], &hashes[c][j]) == 0;
			CHECK(bit_get(kept, i) == !old);
			stay += !old;
			seen[n++] = hashes[c][i];
		}
		qsort(seen, n, sizeof(*seen), compare);
		if (rows_of[c] < 101)
			continue;
		CHECK(survivors_get(s, (struct place){ 3 * c, 33 }, 68, part));
		for (size_t i = 0; i < 68; i++)
			CHECK(bit_get(part, i) == bit_get(kept, 33 + i));
		CHECK(part[1] >> 4 == 0);
	}
	CHECK(exact ? fresh == stay : fresh < stay);
	free(seen);
}

/* short_of: bytes of memory to go, so that most is put into a file; 0: there is enough.
 */
static void
sift(uint64_t kinds, size_t short_of)
{
	struct bringer bringers[THREADS] = { 0 };
	pthread_t threads[THREADS];
	struct survivors s;
	atomic_int next = 0;
	struct error err;
	struct spill *spill = spill_new(NULL, &err);
	struct sieve *sieve = sieve_new(spill, &err);
	size_t fresh = 0;

	fill(kinds);
	memory_limit(short_of ? memory_used() + short_of : 0);
	for (size_t t = 0; t < THREADS; t++) {
		bringers[t].sieve = sieve;
		bringers[t].next = &next;
		pthread_create(&threads[t], NULL, bring, &bringers[t]);
	}
	for (size_t t = 0; t < THREADS; t++) {
		pthread_join(threads[t], NULL);
		CHECK(bringers[t].ok);
		fresh += bringers[t].fresh;
	}
	for (size_t t = 1; t < THREADS; t++)
		CHECK(sieve_hand_merge(sieve, &bringers[0].hand, &bringers[t].hand,
				       &err));
	CHECK(sieve_settle(sieve, &bringers[0].hand, kinds % 4, &s, &err));
	CHECK(sieve_is_exact(sieve) == !short_of);
	memory_limit(0);
	check_survivors(&s, sieve_is_exact(sieve), fresh);
	CHECK(!survivors_get(&s, (struct place){ 1, 0 }, 1, (uint64_t[1]){ 0 }));
	survivors_release(&s);
	for (size_t t = 0; t < THREADS; t++)
		sieve_hand_release(&bringers[t].hand);
	sieve_free(sieve);
	spill_drop(spill);
}

int
main(void)
{
	size_t held = memory_used();

	sift(3, 0);
	sift(5000, 0);
	sift((uint64_t)1 << 40, 0);
	sift((uint64_t)1 << 40, 3 << 20);
	sift((uint64_t)1 << 40, 1 << 20); /* shards are read back in parts */
	sift(40000, 3 << 19);
	CHECK(memory_used() == held);
	return check_report();
}
