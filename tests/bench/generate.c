/*
 * generate - tables to measure with, the same bytes every time.
 *
 *	generate hotel BYTES	bookings: 32 columns, few values in most; every fourth row
 *				is one of the 64 before it again; missing numbers are
 *				the word NULL
 *	generate dim		what is known of each country: a row a country
 *	generate reviews BYTES	texts in quotes, with commas, doubled quotes and newlines
 *	generate floats BYTES	ten columns of decimals, from one digit to seventeen
 *
 * To standard output; the last row is the first one that reaches BYTES (2m: two million).
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "base/text.h"

enum { COUNTRIES = 178, KEPT = 64, ROW = 512, WORDS = 3000, REVIEW = 1 << 14 };

static uint64_t seed;

static uint64_t
below(uint64_t n)
{
	return random_below(&seed, n);
}

/* Smaller numbers more often. */
static uint64_t
skewed(uint64_t n)
{
	const double u = random_unit(&seed);

	return (uint64_t)(u * u * u * (double)n);
}

static uint64_t
bytes_of(const char *word)
{
	char *unit;
	const double number = strtod(word, &unit);
	const char *known = "kmg";
	const char *at = *unit ? strchr(known, *unit | 32) : NULL;

	return (uint64_t)(number * (at ? pow(1000, (double)(at - known + 1)) : 1));
}

/* Three letters, another name for each place. */
static void
country(uint64_t place, char out[4])
{
	uint64_t letters = place * 7919 % (26 * 26 * 26);

	for (int i = 0; i < 3; i++, letters /= 26)
		out[i] = (char)('A' + letters % 26);
	out[3] = '\0';
}

static const char *
among(const char *const *words, size_t n)
{
	return words[skewed(n)];
}

static const char hotel_header[] =
	"hotel,is_canceled,lead_time,arrival_date_year,arrival_date_month,"
	"arrival_date_week_number,arrival_date_day_of_month,stays_in_weekend_nights,"
	"stays_in_week_nights,adults,children,babies,meal,country,market_segment,"
	"distribution_channel,is_repeated_guest,previous_cancellations,"
	"previous_bookings_not_canceled,reserved_room_type,assigned_room_type,"
	"booking_changes,deposit_type,agent,company,days_in_waiting_list,customer_type,"
	"adr,required_car_parking_spaces,total_of_special_requests,reservation_status,"
	"reservation_status_date\n";

static const char *const hotels[] = { "City Hotel", "Resort Hotel" };
static const char *const months[] = { "August",   "July",     "May",       "October",
				      "April",    "June",     "September", "March",
				      "February", "November", "December",  "January" };
static const char *const meals[] = { "BB", "HB", "SC", "Undefined", "FB" };
static const char *const segments[] = { "Online TA", "Offline TA/TO", "Groups",  "Direct",
					"Corporate", "Complementary", "Aviation" };
static const char *const channels[] = { "TA/TO", "Direct", "Corporate", "GDS" };
static const char *const rooms[] = { "A", "D", "E", "F", "G", "B", "C", "H", "P", "L" };
static const char *const deposits[] = { "No Deposit", "Non Refund", "Refundable" };
static const char *const customers[] = { "Transient", "Transient-Party", "Contract",
					 "Group" };
static const char *const statuses[] = { "Check-Out", "Canceled", "No-Show" };

/* A price with two digits, one or none behind the point, as programs print it. */
static void
price(char *out, size_t size)
{
	const unsigned cents = (unsigned)(2000 + skewed(40000));

	if (cents % 100 == 0)
		snprintf(out, size, "%u", cents / 100);
	else if (cents % 10 == 0)
		snprintf(out, size, "%u.%u", cents / 100, cents / 10 % 10);
	else
		snprintf(out, size, "%u.%02u", cents / 100, cents % 100);
}

static void
number_or_null(char *out, size_t size, uint64_t nulls_in_8, uint64_t n)
{
	if (below(8) < nulls_in_8)
		snprintf(out, size, "NULL");
	else
		snprintf(out, size, "%" PRIu64, 1 + skewed(n));
}

/* A row being written. One field a statement: chance must come in the same order whatever
 * the compiler does first. */
struct row {
	char *at;
};

static void
put_word(struct row *row, const char *word)
{
	row->at = stpcpy(stpcpy(row->at, word), ",");
}

static void
put_number(struct row *row, uint64_t number)
{
	row->at += sprintf(row->at, "%" PRIu64 ",", number);
}

static void
put_date(struct row *row)
{
	const unsigned month = 1 + (unsigned)below(12), day = 1 + (unsigned)below(28);

	row->at += sprintf(row->at, "%u/%u/%u,", month, day, 2014 + (unsigned)below(4));
}

static void
put_stay(struct row *row)
{
	put_word(row, among(hotels, COUNT(hotels)));
	put_number(row, below(2));
	put_number(row, skewed(700));
	put_number(row, 2015 + below(3));
	put_word(row, among(months, COUNT(months)));
	put_number(row, 1 + below(53));
	put_number(row, 1 + below(31));
	put_number(row, skewed(8));
	put_number(row, skewed(14));
	put_number(row, 1 + skewed(4));
	put_number(row, below(40) ? skewed(3) : below(11));
	put_number(row, skewed(3));
	put_word(row, among(meals, COUNT(meals)));
}

static void
put_guest(struct row *row)
{
	char land[4], number[16];

	country(skewed(COUNTRIES), land);
	put_word(row, land);
	put_word(row, among(segments, COUNT(segments)));
	put_word(row, among(channels, COUNT(channels)));
	put_number(row, below(30) == 0);
	put_number(row, skewed(4));
	put_number(row, skewed(5));
	put_word(row, among(rooms, COUNT(rooms)));
	put_word(row, among(rooms, COUNT(rooms)));
	put_number(row, skewed(6));
	put_word(row, among(deposits, COUNT(deposits)));
	number_or_null(number, sizeof(number), 1, 500);
	put_word(row, number);
	number_or_null(number, sizeof(number), 7, 500);
	put_word(row, number);
}

static size_t
booking(char out[ROW])
{
	struct row row = { out };
	char adr[16];

	put_stay(&row);
	put_guest(&row);
	put_number(&row, below(20) ? 0 : skewed(100));
	put_word(&row, among(customers, COUNT(customers)));
	price(adr, sizeof(adr));
	put_word(&row, adr);
	put_number(&row, skewed(3));
	put_number(&row, skewed(6));
	put_word(&row, among(statuses, COUNT(statuses)));
	put_date(&row);
	row.at[-1] = '\n';
	return (size_t)(row.at - out);
}

static void
make_hotel(uint64_t bytes)
{
	static char kept[KEPT][ROW];
	size_t sizes[KEPT];
	uint64_t written = sizeof(hotel_header) - 1;

	fputs(hotel_header, stdout);
	for (uint64_t row = 0; written < bytes; row++) {
		const bool again = row >= KEPT && below(4) == 0;
		const size_t at = again ? below(KEPT) : row % KEPT;

		if (!again)
			sizes[at] = booking(kept[at]);
		fwrite(kept[at], 1, sizes[at], stdout);
		written += sizes[at];
	}
}

static void
make_dim(void)
{
	static const char *const regions[] = { "Africa", "America", "Asia", "Europe",
					       "Oceania" };
	char land[4];

	puts("country,region,population");
	for (uint64_t i = 0; i < COUNTRIES; i++) {
		country(i, land);
		printf("%s,%s,", land, regions[below(5)]);
		printf("%" PRIu64 "\n", below(90000000));
	}
}

static char words[WORDS][24];

static void
make_words(void)
{
	static const char *const syllables[] = { "an", "be", "ca", "di",  "é",  "fo",
						 "gu", "ha", "is", "ju",  "ka", "lo",
						 "mi", "no", "ö",  "per", "ri", "sta",
						 "te", "un", "ve", "wo",  "ze" };

	for (size_t i = 0; i < WORDS; i++)
		for (uint64_t n = 1 + below(4); n > 0; n--)
			strcat(words[i], syllables[below(COUNT(syllables))]);
}

/* Words with what stands between them, inside quotes. */
static char *
sentence(char *to, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const uint64_t kind = below(100);
		const char *word = words[skewed(WORDS)];

		if (i)
			to = stpcpy(to, kind < 10   ? ", "
					: kind < 13 ? ". "
					: kind < 15 ? "\n"
						    : " ");
		if (below(60) == 0)
			to += sprintf(to, "\"\"%s\"\"", word);
		else
			to = stpcpy(to, word);
	}
	return to;
}

static size_t
review(uint64_t number, char *out)
{
	struct row row = { out };

	row.at += sprintf(row.at, "R%09" PRIu64 ",", number);
	row.at += sprintf(row.at, "U%06" PRIu64 ",", below(1000000));
	row.at += sprintf(row.at, "P%06" PRIu64 ",", skewed(300000));
	put_number(&row, 1 + below(5));
	if (below(3))
		put_word(&row, words[skewed(WORDS)]);
	else
		row.at = stpcpy(sentence(stpcpy(row.at, "\""), 2 + below(5)), "\",");
	row.at += sprintf(row.at, "%" PRIu64 "-", 2010 + below(14));
	row.at += sprintf(row.at, "%02" PRIu64 "-", 1 + below(12));
	row.at += sprintf(row.at, "%02" PRIu64 ",\"", 1 + below(28));
	row.at = stpcpy(sentence(row.at, 10 + skewed(300)), "\",");
	put_number(&row, below(2) ? 0 : below(200));
	put_word(&row, below(8) ? "true" : "false");
	row.at[-1] = '\n';
	return (size_t)(row.at - out);
}

static void
make_reviews(uint64_t bytes)
{
	static char row[REVIEW];
	uint64_t written =
		(uint64_t)printf("review_id,user_id,product_id,rating,title,review_date,"
				 "body,helpful_votes,verified\n");

	make_words();
	for (uint64_t i = 1; written < bytes; i++) {
		const size_t size = review(i, row);

		fwrite(row, 1, size, stdout);
		written += size;
	}
}

/* Each column has its own decimals and bounds. */
static const struct {
	const char *name, *format;
	double low, high;
} numbers[] = {
	{ "price", "%.2f", 0, 1000 }, { "qty", "%.1f", 0, 50 },
	{ "lat", "%.6f", -90, 90 },   { "lon", "%.6f", -180, 180 },
	{ "temp", "%.3f", -20, 40 },  { "ratio", "%.8f", 0, 1 },
	{ "score", "%.4f", 0, 100 },  { "tiny", "%.6e", 0, 1e-5 },
	{ "full", "%.17g", 0, 1 },    { "delta", "%.5f", -5000, 5000 },
};

static void
make_floats(uint64_t bytes)
{
	uint64_t written = 0;

	for (size_t i = 0; i < COUNT(numbers); i++)
		printf("%s%c", numbers[i].name, i + 1 < COUNT(numbers) ? ',' : '\n');
	while (written < bytes)
		for (size_t i = 0; i < COUNT(numbers); i++) {
			const double size = numbers[i].high - numbers[i].low;
			char text[40];
			const double x = numbers[i].low + random_unit(&seed) * size;

			snprintf(text, sizeof(text), numbers[i].format, x);
			written += (uint64_t)printf("%s%c", text,
						    i + 1 < COUNT(numbers) ? ',' : '\n');
		}
}

int
main(int argc, char **argv)
{
	const char *table = argc > 1 ? argv[1] : "";
	const uint64_t bytes = argc > 2 ? bytes_of(argv[2]) : 0;

	seed = 3;
	if (strcmp(table, "hotel") == 0 && bytes)
		make_hotel(bytes);
	else if (strcmp(table, "dim") == 0)
		make_dim();
	else if (strcmp(table, "reviews") == 0 && bytes)
		make_reviews(bytes);
	else if (strcmp(table, "floats") == 0 && bytes)
		make_floats(bytes);
	else
		return fprintf(stderr, "usage: generate hotel|reviews|floats BYTES, "
				       "generate dim\n"),
		       2;
	return fflush(stdout) != 0 || ferror(stdout);
}
