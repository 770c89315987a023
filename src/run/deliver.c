/*
 * deliver - destinations: where the file goes, and how it gets there.
 *
 * A destination that says only a folder becomes FOLDER/NAME.csv. --output-dir takes the
 * place of the folder. Two destinations never share a file: the second gets "-2".
 */
#include "run/deliver.h"

#include <errno.h>
#include <search.h>
#include <stdio.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/file.h"
#include "io/io.h"
#include "run/remark.h"

struct deliver {
	const struct schema *schema;
	const struct format *format;
	struct csv_style style;
	bool header;
	struct run_sink *sink;
	const char *path; /* NULL: a sink; "-": standard output */
	struct file_out file;
	bool standard; /* path is "-" */
	bool gone;     /* whoever read standard output has enough */
	bool gzip;
	uint64_t rows, bytes;
	struct remarks remarks;
};

static bool
has_extension(const char *path, const char *format)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	const char *dot = strrchr(name, '.');

	return dot && (strcasecmp(dot + 1, format) == 0 || strcasecmp(dot, ".gz") == 0 ||
		       strcasecmp(dot, ".txt") == 0 || strcasecmp(dot, ".tsv") == 0);
}

/* A path that a destination has; next: what to try behind it for another one. */
struct taken {
	const char *path;
	int next;
};

static int
by_path(const void *a, const void *b)
{
	return strcmp(((const struct taken *)a)->path, ((const struct taken *)b)->path);
}

/* NULL, if it was free; it is taken now. */
static struct taken *
take(void **tree, const char *path, struct arena *arena, bool *ok)
{
	struct taken *mine = ARENA_NEW(arena, struct taken), **found;

	*mine = (struct taken){ path, 2 };
	found = tsearch(mine, tree, by_path);
	*ok = found != NULL;
	return found && *found != mine ? *found : NULL;
}

/* PATH, or PATH-2 (before its ending) if PATH is another destination's, and so on. */
static bool
own_path(void **tree, const char *path, const char *extension, const char **out,
	 struct arena *arena, struct error *err)
{
	size_t size = strlen(path), end = strlen(extension) + 1;
	bool ok;
	struct taken *other = take(tree, path, arena, &ok);

	if (size > end && strcmp(path + size - end + 1, extension) == 0)
		size -= end;
	for (*out = path; ok && other;) {
		*out = arena_print(arena, "%.*s-%d%s", (int)size, path, other->next++,
				   path + size);
		if (!take(tree, *out, arena, &ok))
			break;
	}
	return ok || fail(err, "out of memory");
}

static const char *
destination_name(const struct plan *plan, const struct knot *knot,
		 const struct delivery *delivery)
{
	const char *name = plan->flow->nodes[knot->node].name;

	if (!name[0])
		name = delivery->file_name;
	return place_file_name(name[0] ? name : "part", plan->arena);
}

static const char *
extension_of(const struct delivery *delivery, struct arena *arena)
{
	return arena_print(arena, "%s%s", delivery->format,
			   strcmp(delivery->compression, "gzip") == 0 ? ".gz" : "");
}

/* Where it wants to go. */
static bool
destination_path(const struct plan *plan, const struct knot *knot,
		 const struct delivery *delivery, const char **path, struct error *err)
{
	const struct run_options *options = plan->options;
	const char *name = destination_name(plan, knot, delivery), *uri;
	const char *folder = options->output_dir;
	size_t n;

	if (!folder) {
		if (!flow_fill(plan->flow, &options->params, delivery->uri, &uri,
			       plan->arena, err) ||
		    !place_local(uri, &options->maps, plan->flow->path, &folder,
				 plan->arena, err))
			return fail_in(err, "output_path: ");
		if (has_extension(folder, delivery->format)) {
			*path = folder;
			return true;
		}
	}
	n = strlen(folder);
	*path = arena_print(plan->arena, "%s%s%s.%s", folder,
			    n && folder[n - 1] == '/' ? "" : "/", name,
			    extension_of(delivery, plan->arena));
	return true;
}

/* mkdir -p of all before the last slash. */
static bool
make_folders(const char *path, struct arena *arena, struct error *err)
{
	char *folder = arena_text(arena, path);

	for (char *p = folder + 1; *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (mkdir(folder, 0777) < 0 && errno != EEXIST)
			return fail_errno(err, "cannot make the folder '%s'", folder);
		*p = '/';
	}
	return true;
}

static bool
supported(const struct delivery *delivery, struct error *err)
{
	const struct format *format = format_named(delivery->format);

	if (!format || !format->write)
		return fail(err,
			    "output_content_type: '%s' cannot be written yet; choose CSV",
			    delivery->format);
	if (strcmp(delivery->compression, "none") != 0 &&
	    strcmp(delivery->compression, "gzip") != 0)
		return fail(err, "compression: '%s' is not known; choose none or gzip",
			    delivery->compression);
	return true;
}

static bool
put_standard(struct deliver *deliver, const char *data, size_t size, struct error *err)
{
	while (size > 0) {
		ssize_t n = write(STDOUT_FILENO, data, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EPIPE) {
			deliver->gone = true;
			return true;
		}
		if (n < 0)
			return fail_errno(err, "cannot write to standard output");
		data += n;
		size -= (size_t)n;
	}
	return true;
}

static bool
put(struct deliver *deliver, const char *data, size_t size, struct error *err)
{
	deliver->bytes += size;
	return deliver->standard ? put_standard(deliver, data, size, err)
				 : file_out_write(&deliver->file, data, size, err);
}

/* As a member of a gzip file. */
static struct buffer *
packed(const struct buffer *bytes, struct error *err)
{
	struct buffer *out;
	z_stream z = { 0 };

	if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8,
			 Z_DEFAULT_STRATEGY) != Z_OK) {
		fail(err, "out of memory");
		return NULL;
	}
	out = buffer_new(deflateBound(&z, bytes->size), err);
	if (out) {
		z.next_in = (unsigned char *)bytes->data;
		z.avail_in = (unsigned)bytes->size;
		z.next_out = (unsigned char *)out->data;
		z.avail_out = (unsigned)out->size;
		if (deflate(&z, Z_FINISH) != Z_STREAM_END) {
			fail(err, "cannot compress %zu bytes", bytes->size);
			buffer_drop(out);
			out = NULL;
		} else {
			out->size = z.total_out;
		}
	}
	deflateEnd(&z);
	return out;
}

bool
deliver_pack(const struct deliver *deliver, struct buffer **bytes, struct error *err)
{
	struct buffer *small;

	if (!deliver->gzip || (*bytes)->size == 0)
		return true;
	small = packed(*bytes, err);
	if (!small)
		return false;
	buffer_drop(*bytes);
	*bytes = small;
	return true;
}

static bool
put_header(struct deliver *deliver, struct error *err)
{
	struct buffer *line = buffer_new(0, err);
	bool ok = line &&
		  deliver->format->write_head(&deliver->style, deliver->schema, line,
					      err) &&
		  deliver_pack(deliver, &line, err) &&
		  put(deliver, line->data, line->size, err);

	buffer_drop(line);
	return ok;
}

static bool
open_file(struct plan *plan, struct deliver *deliver, struct error *err)
{
	deliver->standard = strcmp(deliver->path, "-") == 0;
	if (!deliver->standard && (!make_folders(deliver->path, plan->arena, err) ||
				   !file_out_open(&deliver->file, deliver->path, err)))
		return false;
	deliver->file.sync = plan->options->sync;
	return !deliver->header || !deliver->format->write_head ||
	       put_header(deliver, err);
}

/* The destination's own words: path, delimiter and so on. */
static bool
from_flow(struct plan *plan, struct knot *knot, struct deliver *deliver,
	  struct error *err)
{
	struct delivery delivery = { 0 };

	if (!knot->step->op->destination(knot->step->fields, &delivery, plan->arena, err))
		return false;
	deliver->path = knot->path;
	deliver->format = format_named(delivery.format);
	deliver->header = delivery.header;
	snprintf(deliver->style.delimiter, sizeof(deliver->style.delimiter), "%s",
		 delivery.delimiter);
	deliver->gzip = strcmp(delivery.compression, "gzip") == 0;
	return true;
}

/* The path of one, out of what the flow says. */
static bool
place(struct plan *plan, struct knot *knot, void **tree, struct error *err)
{
	struct delivery delivery = { 0 };

	return knot->step->op->destination(knot->step->fields, &delivery, plan->arena,
					   err) &&
	       supported(&delivery, err) &&
	       destination_path(plan, knot, &delivery, &knot->path, err) &&
	       own_path(tree, knot->path, extension_of(&delivery, plan->arena),
			&knot->path, plan->arena, err);
}

static void
keep(void *taken)
{
	(void)taken; /* the arena has it */
}

bool
deliver_places(struct plan *plan, struct error *err)
{
	void *tree = NULL;
	bool ok = true;

	for (size_t k = 0; ok && k < plan->n; k++) {
		struct knot *knot = &plan->knots[k];

		if (knot->step->op->role == ROLE_DESTINATION && k != plan->target)
			ok = place(plan, knot, &tree, err) || plan_fail(plan, knot, err);
	}
	tdestroy(tree, keep);
	return ok;
}

/* A file that no flow describes is written as its name says: .tsv, .gz. */
static bool
from_name(const struct run_options *options, struct deliver *deliver, struct error *err)
{
	const char *path = options->output ? options->output : "-";

	deliver->path = path;
	deliver->format = format_to_write(path, err);
	deliver->gzip = ending_fits(path, ".gz");
	deliver->style.trim = !options->keep_blanks;
	if (ending_fits(path, ".tsv") || ending_fits(path, ".tsv.gz"))
		deliver->style.delimiter[0] = '\t';
	return deliver->format != NULL;
}

struct deliver *
deliver_open(struct plan *plan, struct knot *knot, const struct schema *schema,
	     struct error *err)
{
	struct deliver *deliver = ARENA_NEW(plan->arena, struct deliver);
	bool is_target = plan->target != FLOW_NONE && knot == &plan->knots[plan->target];

	deliver->schema = schema;
	deliver->style = (struct csv_style)CSV_STYLE_PRESET;
	deliver->header = true;
	if (is_target && plan->options->sink) {
		deliver->sink = plan->options->sink;
		return deliver;
	}
	if (!(is_target ? from_name(plan->options, deliver, err)
			: from_flow(plan, knot, deliver, err)))
		return NULL;
	deliver->remarks.asked =
		(deliver->format->is_utf8 ? 1 << REMARK_BROKEN : 0) |
		(plan->options->tells_formulas ? 1 << REMARK_FORMULA : 0);
	if (open_file(plan, deliver, err))
		return deliver;
	deliver_close(deliver);
	return NULL;
}

bool
deliver_is_sink(const struct deliver *deliver)
{
	return deliver->sink != NULL;
}

uint64_t
deliver_rows(const struct deliver *deliver)
{
	return deliver->rows;
}

bool
deliver_format(struct deliver *deliver, const struct batch *batch, struct buffer *out,
	       struct error *err)
{
	remarks_count(&deliver->remarks, batch);
	return deliver->format->write(&deliver->style, deliver->schema, batch, out, err);
}

bool
deliver_write(struct deliver *deliver, const struct buffer *bytes, uint64_t rows,
	      struct deliver_place *place, bool *enough, struct error *err)
{
	bool ok = true;

	place->open = !deliver->standard && file_out_has_places(&deliver->file);
	if (place->open) {
		deliver->bytes += bytes->size;
		ok = file_out_claim(&deliver->file, bytes->size, &place->at, err);
	} else if (!deliver->gone) {
		ok = put(deliver, bytes->data, bytes->size, err);
	}
	deliver->rows += rows;
	*enough = *enough || deliver->gone;
	return ok;
}

bool
deliver_fill(const struct deliver *deliver, const struct buffer *bytes,
	     const struct deliver_place *place, struct error *err)
{
	return !place->open ||
	       file_out_fill(&deliver->file, place->at, bytes->data, bytes->size, err);
}

bool
deliver_take(struct deliver *deliver, const struct batch *batch, bool *enough,
	     struct error *err)
{
	deliver->rows += batch->rows;
	return deliver->sink->take(deliver->sink->context, deliver->schema, batch, enough,
				   err);
}

bool
deliver_commit(struct deliver *deliver, struct run_delivery *report,
	       struct names *warnings, struct arena *arena, struct error *err)
{
	remarks_tell(&deliver->remarks, deliver->schema, warnings, arena);
	report->path = arena_text(arena, deliver->path);
	report->rows = deliver->rows;
	report->bytes = deliver->bytes;
	report->columns = deliver->schema->n;
	return deliver->standard || file_out_commit(&deliver->file, err);
}

void
deliver_close(struct deliver *deliver)
{
	if (deliver)
		file_out_abort(&deliver->file);
}
