/*
 * random - keys, bytes, mouse and sizes by chance, over a table that nobody would wish
 * for.
 *
 *	random [SEED]
 *
 * LARIAT_SECONDS (5) says how long. Cells and names of the table hold escape sequences,
 * characters that turn the direction of writing, wide ones, marks in floods, NULs, broken
 * UTF-8, and 100 KB in one cell; there are 3,000 columns. Terminals are from one cell to
 * 300 by 100. What must hold: the program lives or ends in order, comes to rest, sends
 * nothing that a terminal obeys but to draw, and gives the terminal back. What it was
 * told is printed if not.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/random.h"
#include "check.h"
#include "scratch.h"
#include "vt.h"

enum { COLUMNS = 3000, ROWS = 40, HUGE_CELL = 100000, REST = 30000, TOLD = 64 };

static uint64_t seed, first_seed;
static struct vt *vt;
static const char *program;
static char told[TOLD][96]; /* the last ones, in a ring */
static size_t n_told, n_starts;

static const char *const nasty[] = {
	"\033[31mred\033[0m",
	"\033]52;c;aGFja2Vk\a",
	"\033]0;title\a",
	"\033P$q\"p\033\\",
	"\033[6n",
	"\033c",
	"\302\233"
	"2J",
	"\233"
	"31m",
	"\342\200\256desrever\342\200\254",
	"\342\201\246isolated\342\201\251",
	"\342\200\213\342\200\215\357\273\277",
	"\344\270\255\346\226\207\345\255\227\347\254\246",
	"\360\237\221\250\342\200\215\360\237\221\251\342\200\215\360\237\221\247",
	"e\314\201\314\202\314\203\314\204\314\205\314\206\314\207",
	"\r\r\b\b\b",
	"\177\016\017",
	"\377\376\300\200\355\240\200",
	"",
	"NULL",
	"12.5",
	"-7",
	"1e308",
	"2015-07-01",
	"true",
	"a fairly long text that does not fit into any column of a usual width at all",
};

static const char *
any_nasty(void)
{
	return nasty[random_below(&seed, COUNT(nasty))];
}

static void
write_cell(FILE *file)
{
	const uint64_t kind = random_below(&seed, 2000);

	fputc('"', file);
	if (kind == 0)
		for (int i = 0; i < HUGE_CELL; i++)
			fputc("x\033\n "[random_below(&seed, 4)], file);
	else if (kind == 1)
		fwrite("a\0b\0\0c", 1, 6, file);
	else if (kind < 20)
		for (int i = 0; i < 500; i++)
			fputs("\314\201", file);
	else
		for (const char *at = any_nasty(); *at; at++) {
			if (*at == '"')
				fputc('"', file);
			fputc(*at, file);
		}
	fputc('"', file);
}

static void
write_table(void)
{
	FILE *file = fopen("hostile.csv", "w");

	if (!file)
		abort();
	for (int row = 0; row <= ROWS; row++) {
		for (int column = 0; column < COLUMNS; column++) {
			if (column)
				fputc(',', file);
			if (row == 0 && column % 7)
				fprintf(file, "column_%d", column);
			else
				write_cell(file);
		}
		fputc('\n', file);
	}
	fclose(file);
}

static void
tell(const char *what)
{
	snprintf(told[n_told++ % TOLD], sizeof told[0], "%s", what);
}

static void
print_told(void)
{
	printf("it was told, last:\n");
	for (size_t i = n_told > TOLD ? n_told - TOLD : 0; i < n_told; i++)
		printf("\t%s\n", told[i % TOLD]);
}

static bool
hold(bool holds, const char *what, const char *detail)
{
	struct arena arena = { 0 };

	if (holds) {
		check_passed++;
		return true;
	}
	check_failed++;
	printf("seed %llu: %s %s\n", (unsigned long long)first_seed, what, detail);
	print_told();
	printf("the screen is\n%s", vt_text(vt, &arena));
	arena_release(&arena);
	return false;
}

static bool
start(void)
{
	static const char *const terms[] = { "xterm-256color", "tmux-256color", "linux",
					     "vt100", "screen" };
	static const char *const more[] = { "VISUAL=true", NULL }; /* vi asks things */
	const char *const words[] = { program, "hostile.csv", NULL };
	const struct vt_options options = { .rows = 24,
					    .columns = 80,
					    .folder = scratch,
					    .term = terms[n_starts++ % COUNT(terms)],
					    .more = more };
	const char *why = "";

	vt = vt_start(words, &options, &why);
	tell(options.term);
	return vt && hold(vt_settle(vt, 100, REST), "it does not come to rest", "");
}

/* Often those that move and choose, so that it gets somewhere; now and then anything. */
static void
press_keys(void)
{
	static const char *const often[] = {
		"<Down>",   "<Up>",        "<Right>",     "<Left>",   "<PgDn>",
		"<PgUp>",   "<Home>",      "<End>",       "<Enter>",  "<Escape>",
		"<Tab>",    "<Shift-Tab>", "<Backspace>", "<Delete>", "<Space>",
		"<Ctrl-P>", "<F1>",        "<F2>",        "<F3>",     "<F4>",
		"<F5>",     "<F6>",        "<F7>",        "<F8>",     "<F9>",
		"<Ctrl-L>", "<Ctrl-Z>",    "<Alt-Up>",    "<Ctrl-O>", "1",
		"2",        "3",           "4",           "5",        "6",
		"/",        ":",           "g",           "z",        "?",
		"t",        "i",           "v",           "F",        "p",
		"s",        "=",           "!",           "u",        "x",
		"d",        "e",           "r",           "<Ctrl-F>", "<Ctrl-B>",
		"<Ctrl-R>", "y",           "w",           "<<>",      ">",
		"-",        "H",           "J",           "T",        "m",
		"f",        "a",           "A",           "b",        "c",
		"n",        "N",           ".",
	};
	char keys[96] = "";
	const uint64_t n = 1 + random_below(&seed, 6);

	for (uint64_t i = 0; i < n; i++)
		strcat(keys, often[random_below(&seed, COUNT(often))]);
	tell(keys);
	if (!hold(vt_keys(vt, keys), "no such keys", keys))
		abort();
}

static void
press_bytes(void)
{
	char bytes[24], shown[96] = "bytes";
	const size_t n = 1 + (size_t)random_below(&seed, sizeof bytes - 1);

	for (size_t i = 0; i < n; i++) {
		/* 0x11 is Ctrl-Q, which ends the program: rarely. */
		bytes[i] = (char)random_below(&seed, 256);
		if (bytes[i] == 0x11 && random_below(&seed, 8))
			bytes[i] = 'j';
		snprintf(shown + strlen(shown), sizeof shown - strlen(shown), " %02x",
			 (unsigned char)bytes[i]);
	}
	tell(shown);
	vt_send(vt, (struct text){ bytes, n });
}

static void
press_mouse(void)
{
	char shown[96];
	int rows, columns;
	const int button = 1 + (int)random_below(&seed, 5);
	int row, column;

	vt_size(vt, &rows, &columns);
	row = (int)random_below(&seed, (uint64_t)rows);
	column = (int)random_below(&seed, (uint64_t)columns);
	snprintf(shown, sizeof shown, "mouse %d at %d %d", button, row, column);
	tell(shown);
	vt_mouse(vt, button, true, false, row, column);
	if (button < 4)
		vt_mouse(vt, button, false, false, row, column);
}

static void
change_size(void)
{
	static const int few[][2] = { { 1, 1 },     { 2, 1 },   { 24, 80 }, { 40, 120 },
				      { 100, 300 }, { 3, 200 }, { 60, 5 } };
	char shown[96];
	int rows = 1 + (int)random_below(&seed, 100);
	int columns = 1 + (int)random_below(&seed, 300);

	if (random_below(&seed, 2)) {
		const int *size = few[random_below(&seed, COUNT(few))];

		rows = size[0], columns = size[1];
	}
	snprintf(shown, sizeof shown, "size %d x %d", columns, rows);
	tell(shown);
	vt_resize(vt, rows, columns);
}

static void
act(void)
{
	switch (random_below(&seed, 16)) {
	case 0:
	case 1:
		change_size();
		break;
	case 2:
		press_bytes();
		break;
	case 3:
	case 4:
		press_mouse();
		break;
	case 5:
		tell("paste");
		vt_paste(vt, text_of(any_nasty()));
		break;
	case 6:
		tell("focus");
		vt_focus(vt, random_below(&seed, 2));
		break;
	default:
		press_keys();
		break;
	}
}

static bool
is_fine(void)
{
	const struct watch *watch = vt_watch(vt);
	char detail[32];
	int status;

	if (!hold(watch->n_raw == 0, "it sent", watch->first_raw))
		return false;
	if (vt_is_alive(vt))
		return true;
	vt_wait_end(vt, 0, &status);
	snprintf(detail, sizeof detail, "with %d", status);
	return hold(status == 0, "it ended", detail);
}

static bool
gives_back(void)
{
	char why[160];
	const bool holds = vt_is_restored(vt, why);

	return hold(holds, "at its end", why);
}

/* Whatever stands over the screen is left, questions are answered; then it ends. */
static bool
end(void)
{
	static const char *const ways[] = { "<Escape>", "<Escape>", "<Escape>",
					    "<F10>",    "k",        "<Enter>" };
	int status;

	vt_resize(vt, 24, 80);
	for (int i = 0; i < 60 && vt_is_alive(vt); i++) {
		tell(ways[(size_t)i % COUNT(ways)]);
		vt_keys(vt, ways[(size_t)i % COUNT(ways)]);
		vt_settle(vt, 30, 5000);
	}
	return hold(vt_wait_end(vt, 5000, &status), "it does not end", "") && is_fine() &&
	       gives_back();
}

static void
play(int64_t until)
{
	bool fine = start();

	for (int i = 0; fine && time(NULL) < until; i++) {
		act();
		if (i % 8 == 0 || random_below(&seed, 4) == 0)
			fine = hold(vt_settle(vt, 5, REST), "it does not come to rest",
				    "");
		fine = fine && is_fine();
		if (fine && !vt_is_alive(vt)) {
			fine = gives_back();
			vt_free(vt);
			fine = fine && start();
		}
	}
	if (fine)
		end();
	vt_free(vt);
}

int
main(int argc, char **argv)
{
	const char *seconds = getenv("LARIAT_SECONDS");
	char *path = realpath("lariat", NULL);

	seed = argc > 1 ? strtoull(argv[1], NULL, 10) : (uint64_t)time(NULL);
	first_seed = seed;
	printf("seed %llu\n", (unsigned long long)seed);
	program = path;
	if (!path || !scratch_enter())
		return 99;
	write_table();
	play(time(NULL) + (seconds ? atoi(seconds) : 5));
	free(path);
	if (check_failed)
		printf("what it left stays in %s\n", scratch);
	else if (!scratch_leave())
		return 99;
	printf("%zu starts, told %zu things\n", n_starts, n_told);
	return check_report();
}
