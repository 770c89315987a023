/*
 * deliver - destinations: where the file goes, and how it gets there.
 *
 * A destination that says only a folder becomes FOLDER/NAME.csv. --output-dir takes the
 * place of the folder. Two destinations never share a file: the second gets "-2".
 */
#include "run/deliver.h"

#include <errno.h>
#include <stdio.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/file.h"
#include "io/csv_write.h"

struct deliver {
	const struct schema *schema;
	struct csv_style style;
	bool header;
	struct run_sink *sink;
	const char *path; /* NULL: a sink; "-": standard output */
	struct file_out file;
	bool standard; /* path is "-" */
	bool gzip;
	uint64_t rows, bytes;
};

static bool
has_extension(const char *path, const char *format)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	const char *dot = strrchr(name, '.');

	return dot && (strcasecmp(dot + 1, format) == 0 || strcasecmp(dot, ".gz") == 0 ||
		       strcasecmp(dot, ".txt") == 0 || strcasecmp(dot, ".tsv") == 0);
}

static bool
is_taken(const struct plan *plan, struct deliver *const *others, const char *path)
{
	for (size_t k = 0; k < plan->n; k++)
		if (others[k] && others[k]->path && strcmp(others[k]->path, path) == 0)
			return true;
	return false;
}

/* FOLDER/NAME.EXT, and FOLDER/NAME-2.EXT if that is another destination's. */
static const char *
file_in(const struct plan *plan, struct deliver *const *others, const char *folder,
	const char *name, const char *extension)
{
	size_t n = strlen(folder);
	const char *slash = n && folder[n - 1] == '/' ? "" : "/";
	const char *path =
		arena_print(plan->arena, "%s%s%s.%s", folder, slash, name, extension);

	for (int i = 2; is_taken(plan, others, path); i++)
		path = arena_print(plan->arena, "%s%s%s-%d.%s", folder, slash, name, i,
				   extension);
	return path;
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

static bool
destination_path(const struct plan *plan, const struct knot *knot,
		 const struct delivery *delivery, struct deliver *const *others,
		 const char **path, struct error *err)
{
	const struct run_options *options = plan->options;
	const char *extension =
		arena_print(plan->arena, "%s%s", delivery->format,
			    strcmp(delivery->compression, "gzip") == 0 ? ".gz" : "");
	const char *name = destination_name(plan, knot, delivery), *uri, *local;

	if (options->output_dir) {
		*path = file_in(plan, others, options->output_dir, name, extension);
		return true;
	}
	if (!flow_fill(plan->flow, &options->params, delivery->uri, &uri, plan->arena,
		       err) ||
	    !place_local(uri, &options->maps, plan->flow->path, &local, plan->arena, err))
		return fail_in(err, "output_path: ");
	*path = has_extension(local, delivery->format)
			? local
			: file_in(plan, others, local, name, extension);
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
	if (strcmp(delivery->format, "csv") != 0)
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
put_standard(const char *data, size_t size, struct error *err)
{
	while (size > 0) {
		ssize_t n = write(STDOUT_FILENO, data, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail_errno(err, "cannot write to standard output");
		data += n;
		size -= (size_t)n;
	}
	return true;
}

static bool
put_plain(struct deliver *deliver, const char *data, size_t size, struct error *err)
{
	deliver->bytes += size;
	return deliver->standard ? put_standard(data, size, err)
				 : file_out_write(&deliver->file, data, size, err);
}

/* Put bytes into the file, as a member of a gzip file if asked. */
static bool
put(struct deliver *deliver, const char *data, size_t size, struct error *err)
{
	struct buffer *packed;
	z_stream z = { 0 };
	bool ok;

	if (!deliver->gzip || size == 0)
		return put_plain(deliver, data, size, err);
	if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		return fail(err, "out of memory");
	packed = buffer_new(deflateBound(&z, size), err);
	ok = packed != NULL;
	if (ok) {
		z.next_in = (unsigned char *)data;
		z.avail_in = (unsigned)size;
		z.next_out = (unsigned char *)packed->data;
		z.avail_out = (unsigned)packed->size;
		ok = deflate(&z, Z_FINISH) == Z_STREAM_END ||
		     fail(err, "cannot compress %zu bytes", size);
	}
	ok = ok && put_plain(deliver, packed->data, z.total_out, err);
	deflateEnd(&z);
	buffer_drop(packed);
	return ok;
}

static bool
put_header(struct deliver *deliver, struct error *err)
{
	struct buffer *line = buffer_new(0, err);
	bool ok = line && csv_write_header(&deliver->style, deliver->schema, line, err) &&
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
	return !deliver->header || put_header(deliver, err);
}

/* The destination's own words: path, delimiter and so on. */
static bool
from_flow(struct plan *plan, struct knot *knot, struct deliver *const *others,
	  struct deliver *deliver, struct error *err)
{
	struct delivery delivery = { 0 };

	if (!knot->step->op->destination(knot->step->fields, &delivery, plan->arena,
					 err) ||
	    !supported(&delivery, err) ||
	    !destination_path(plan, knot, &delivery, others, &deliver->path, err))
		return false;
	deliver->header = delivery.header;
	snprintf(deliver->style.delimiter, sizeof(deliver->style.delimiter), "%s",
		 delivery.delimiter);
	deliver->gzip = strcmp(delivery.compression, "gzip") == 0;
	return true;
}

struct deliver *
deliver_open(struct plan *plan, struct knot *knot, struct deliver *const *others,
	     const struct schema *schema, struct error *err)
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
	if (is_target)
		deliver->path = plan->options->output ? plan->options->output : "-";
	else if (!from_flow(plan, knot, others, deliver, err))
		return NULL;
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
	return csv_write_batch(&deliver->style, batch, out, err);
}

bool
deliver_write(struct deliver *deliver, const struct buffer *bytes, uint64_t rows,
	      struct error *err)
{
	deliver->rows += rows;
	return put(deliver, bytes->data, bytes->size, err);
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
deliver_commit(struct deliver *deliver, struct run_delivery *report, struct arena *arena,
	       struct error *err)
{
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
