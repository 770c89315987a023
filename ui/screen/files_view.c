/*
 * files_view - a file to open: folders, tables and flows; typing narrows the list.
 *
 * A path can be typed or pasted as well: what stands before its last "/" is the folder on
 * view.
 */
#include <stdlib.h>

#include "desk/folder.h"
#include "desk/paths.h"
#include "screen/overlay.h"
#include "term/clean.h"
#include "widget/choice.h"
#include "widget/entry.h"
#include "widget/figure.h"
#include "widget/fuzzy.h"

enum { COLUMNS = 84, ROWS = 30, SIZE = 10, AROUND = 3 };

struct hit {
	const struct folder_entry *entry; /* NULL: the folder above */
	struct fuzzy fuzzy;
	size_t place;
};

struct files {
	struct overlay overlay;
	const char *title;
	void (*chosen)(struct app *app, const char *path);
	struct folder *folder;
	const struct folder_list *list; /* NULL: on its way */
	char path[ENTRY_SIZE];          /* of the folder on view, absolute */
	struct entry entry;
	struct hit *hits;
	size_t room;
	struct choice choice;
	struct pane rows; /* as drawn */
};

static int
compare(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->fuzzy.score != y->fuzzy.score)
		return x->fuzzy.score < y->fuzzy.score ? 1 : -1;
	return x->place < y->place ? -1 : x->place > y->place;
}

static void
filter(struct files *files)
{
	const size_t n = files->list ? files->list->n : 0;
	size_t count = 0;

	if (files->room < n + 1) {
		files->room = n + 1;
		files->hits = ARENA_ARRAY(&files->overlay.arena, files->room, struct hit);
	}
	if (files->entry.size == 0 && strcmp(files->path, "/") != 0)
		files->hits[count++] = (struct hit){ 0 };
	for (size_t i = 0; i < n; i++) {
		struct hit hit = { &files->list->entries[i], { 0 }, i + 1 };

		if (fuzzy_match(entry_text(&files->entry), text_of(hit.entry->name),
				&hit.fuzzy))
			files->hits[count++] = hit;
	}
	qsort(files->hits, count, sizeof *files->hits, compare);
	choice_reset(&files->choice, count);
	if (count > 1 && !files->hits[0].entry) /* the first thing that one would open */
		files->choice.at = 1;
}

static void
go(struct files *files, struct app *app, const char *path)
{
	struct error err;
	const char *absolute = paths_absolute(path, &app->arena);

	if (strlen(absolute) >= sizeof files->path)
		return;
	strcpy(files->path, absolute);
	files->list = NULL;
	if (!folder_read(files->folder, files->path, false, &err))
		app_fail(app, &err);
	filter(files);
}

/* What was typed up to its last "/" is a folder to go to; the rest narrows. */
static void
follow(struct files *files, struct app *app)
{
	const char *slash = strrchr(files->entry.text, '/');
	const char *folder;
	struct entry rest;

	if (!slash)
		return;
	folder = arena_text_n(&app->arena, files->entry.text,
			      (size_t)(slash - files->entry.text) + 1);
	if (*folder != '/' && *folder != '~')
		folder = paths_join(files->path, folder, &app->arena);
	entry_set(&rest, slash + 1);
	files->entry = rest;
	go(files, app, folder);
}

static void
open_file(struct files *files, struct app *app, const char *path)
{
	void (*chosen)(struct app * app, const char *path) = files->chosen;

	app_pop(app);
	chosen(app, path);
}

static void
choose(struct files *files, struct app *app)
{
	const struct hit *hit = &files->hits[files->choice.at];
	const char *path;

	if (files->choice.at >= files->choice.n)
		return;
	path = hit->entry ? paths_join(files->path, hit->entry->name, &app->arena)
			  : paths_folder(files->path, &app->arena);
	if (hit->entry && hit->entry->kind != FOLDER_FOLDER) {
		open_file(files, app, path);
		return;
	}
	entry_set(&files->entry, "");
	go(files, app, path);
}

static void
click(struct files *files, struct app *app, const struct mouse *mouse)
{
	const size_t at = choice_at(&files->choice, mouse->row - files->rows.row);

	if (mouse->kind != MOUSE_PRESS || at >= files->choice.n)
		return;
	files->choice.at = at;
	if (mouse->clicks > 1)
		choose(files, app);
}

static bool
event(void *self, struct app *app, const struct event *event)
{
	struct files *files = self;

	if (event_is(event, K_ENTER) || event_is(event, K_TAB)) {
		choose(files, app);
	} else if (event_is(event, K_BACKSPACE) && files->entry.size == 0) {
		go(files, app, paths_folder(files->path, &app->arena));
	} else if (choice_event(&files->choice, event)) {
		return true;
	} else if (event->kind == EVENT_MOUSE) {
		click(files, app, &event->mouse);
	} else if (entry_event(&files->entry, event)) {
		follow(files, app);
		filter(files);
	} else
		return false;
	return true;
}

static bool
news(void *self, struct app *app)
{
	struct files *files = self;
	const struct folder_list *list = folder_list(files->folder);

	(void)app;
	if (!list || list == files->list || strcmp(list->path, files->path) != 0)
		return false;
	files->list = list;
	filter(files);
	return true;
}

/* --- drawing --- */

static void
draw_row(struct pane pane, int row, const struct hit *hit)
{
	static const uint8_t inks[] = { [FOLDER_FOLDER] = INK_HEADER,
					[FOLDER_TABLE] = INK_TEXT,
					[FOLDER_FLOW] = INK_INFO,
					[FOLDER_OTHER] = INK_DIM };
	const struct folder_entry *entry = hit->entry;
	char size[FIGURE_SIZE];
	int width;

	if (!entry) {
		pane_print(pane, row, 2, PAINT(INK_HEADER), "../");
		return;
	}
	width = pane_text(pane, row, 2, pane.columns - SIZE - 4, PAINT(inks[entry->kind]),
			  text_of(entry->name));
	if (entry->kind == FOLDER_FOLDER) {
		pane_put(pane, row, 2 + width, PAINT(INK_HEADER), '/');
	} else {
		figure_bytes(entry->size, size);
		pane_text_right(pane, row, pane.columns - SIZE - 1, SIZE, PAINT(INK_DIM),
				text_of(size));
	}
}

static void
draw_empty(const struct files *files, struct pane pane)
{
	const char *text = !files->list              ? "reading …"
			   : files->list->has_failed ? files->list->err.text
						     : "no name has these letters";

	pane_text(pane, 0, 2, pane.columns - 3,
		  PAINT(files->list && files->list->has_failed ? INK_ERR : INK_DIM),
		  text_of(text));
}

static void
draw(void *self, struct app *app, struct pane pane)
{
	struct files *files = self;
	const int columns = pane.columns - 6 < COLUMNS ? pane.columns - 6 : COLUMNS;
	const int rows = pane.rows - 6 < ROWS ? pane.rows - 6 : ROWS;
	struct pane box = overlay_box(pane, rows, columns, files->title,
				      paths_short(files->path, &app->arena));
	size_t n;

	pane_put(box, 0, 1, PAINT(INK_ACCENT), 0x203a);
	pane_repeat(box, 1, 0, box.columns, PAINT(INK_RULE), 0x2500);
	files->rows = pane_part(box, 2, 0, box.rows - AROUND, box.columns);
	n = choice_show(&files->choice, files->rows.rows);
	for (size_t i = 0; i < n; i++) {
		const size_t at = files->choice.first + i;

		draw_row(files->rows, (int)i, &files->hits[at]);
		if (at == files->choice.at)
			choice_mark(files->rows, (int)i, 0, box.columns);
	}
	if (!files->list || files->list->has_failed || n == 0)
		draw_empty(files, files->rows);
	pane_print(box, box.rows - 1, 1, PAINT(INK_DIM),
		   "⏎ open   Backspace folder above   ↑↓ choose   Esc closes");
	entry_draw(&files->entry, box, 0, 3, box.columns - 4, PAINT(INK_TEXT));
}

static const char *
hints(void *self, struct app *app)
{
	(void)self;
	(void)app;
	return "type to filter, or a path · ~/ is the home · Esc closes";
}

/* "data: hotel.csv, 2 of 5" */
static const char *
sentence(void *self, struct app *app)
{
	const struct files *files = self;
	const struct choice *choice = &files->choice;
	const struct folder_entry *entry;

	if (!choice->n)
		return arena_print(&app->arena, "%s: no file", files->entry.text);
	entry = files->hits[choice->at].entry;
	return arena_print(&app->arena, "%s%s%s, %zu of %zu", files->entry.text,
			   files->entry.size ? ": " : "",
			   entry ? entry->name : "the folder above", choice->at + 1,
			   choice->n);
}

static void
close(void *self, struct app *app)
{
	folder_free(((struct files *)self)->folder);
	overlay_close(self, app);
}

static const struct view view = {
	.name = "files",
	.is_modal = true,
	.draw = draw,
	.event = event,
	.news = news,
	.hints = hints,
	.sentence = sentence,
	.close = close,
};

void
files_open(struct app *app, const char *title, const char *folder,
	   void (*chosen)(struct app *app, const char *path))
{
	struct files *files = overlay_new(sizeof *files);

	files->title = arena_text(&files->overlay.arena, title);
	files->chosen = chosen;
	files->folder = folder_new(&app->wake);
	if (!files->folder) {
		overlay_close(files, app);
		return;
	}
	go(files, app, folder && *folder ? folder : ".");
	app_push(app, &view, files);
}
