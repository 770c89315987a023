/* Rows that are kept follow the flow: what is above them makes them anew. */
#include "desk/pinning.h"

#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "desk/job.h"
#include "desk/work.h"
#include "flow/quick.h"
#include "unit/work_step.h"

static struct error err;
static struct arena mem;
static struct wake wake;
static struct pins *pins;
static struct pinning *pinning;
static struct work work;
static char folder[] = "/tmp/lariat-pinning-XXXXXX";

static const char *
table(void)
{
	return arena_print(&mem, "%s/sample.csv", folder);
}

static void
write_table(const char *text)
{
	FILE *file = fopen(table(), "w");

	CHECK(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

static void
open_sample(void)
{
	struct quick quick = { .path = table(), .format = "csv" };
	size_t typed = 0;

	write_table("id,x\n1,1.5\n2,\n3,2.5\n3,2.5\n");
	strcpy(quick.dialect.delimiter, ",");
	quick.dialect.header = true;
	quick.dialect.encoding = "utf-8";
	work = (struct work){ .is_open = true, .version = work.version + 1 };
	work.options.pins = pins;
	CHECK(flow_quick(&work.flow, &quick, &typed, &err));
	work_go(&work, typed);
}

static const struct pin_standing *
standing(size_t place)
{
	return pinning_at(pinning, work.flow.nodes[place].id);
}

/* Until the pin of the place stands like this. */
static bool
comes_to(size_t place, enum pin_state state)
{
	for (int i = 0; i < 2000; i++) {
		struct pollfd poll_for = { .fd = wake.fd, .events = POLLIN };

		pinning_follow(pinning, &work);
		if (standing(place) && standing(place)->state == state)
			return true;
		poll(&poll_for, 1, 10);
		wake_clear(&wake);
	}
	return false;
}

static bool
turn(size_t place)
{
	bool is_kept;

	CHECK(pinning_turn(pinning, &work, place, &is_kept, &err));
	return is_kept;
}

static void
test_changes(void)
{
	size_t above, kept, below;

	open_sample();
	above = work_step(&work, "drop_missing",
			  (const char *const[]){ "input_column=x", NULL }, &mem);
	kept = work_step(&work, "drop_duplicates", (const char *const[]){ NULL }, &mem);
	below = work_step(&work, "duplicate_column",
			  (const char *const[]){ "input_column=x", "new_name=y", NULL },
			  &mem);
	CHECK(turn(kept) && standing(kept)->state == PIN_MAKING && !standing(below));
	CHECK(comes_to(kept, PIN_FINE) && standing(kept)->facts.rows == 2);
	CHECK(flow_switch(&work.flow, below, true, &err));
	work.version++;
	pinning_follow(pinning, &work);
	CHECK(standing(kept)->state == PIN_FINE);
	CHECK(flow_switch(&work.flow, above, true, &err));
	work.version++;
	pinning_follow(pinning, &work);
	CHECK(standing(kept)->state == PIN_STALE && standing(kept)->facts.rows == 2);
	CHECK(comes_to(kept, PIN_FINE) && standing(kept)->facts.rows == 3);
	write_table("id,x\n1,1.5\n");
	pinning_doubt(pinning);
	pinning_follow(pinning, &work);
	for (int i = 0; i < 2000 && standing(kept)->facts.rows != 1; i++) {
		usleep(5000);
		pinning_follow(pinning, &work);
	}
	CHECK(standing(kept)->facts.rows == 1);
	CHECK(!turn(kept) && !standing(kept));
	flow_release(&work.flow);
}

/* What cannot be made says why, and is tried again after a change. */
static void
test_failures(void)
{
	size_t kept;
	bool is_kept;

	open_sample();
	kept = work_step(&work, "drop_missing",
			 (const char *const[]){ "input_column=y", NULL }, &mem);
	CHECK(turn(kept) && comes_to(kept, PIN_FAILED));
	CHECK(strstr(standing(kept)->problem, "'y'"));
	CHECK(flow_switch(&work.flow, kept, true, &err));
	work.version++;
	CHECK(comes_to(kept, PIN_FINE));
	CHECK(turn(0) && comes_to(0, PIN_FINE) && standing(0)->facts.rows == 4);
	pinning_doubt(pinning);
	pinning_follow(pinning, &work);
	pinning_stop(pinning);
	CHECK(standing(0)->state == PIN_FAILED);
	work.is_open = false; /* nothing of it is kept */
	CHECK(pinning_follow(pinning, &work));
	CHECK(!standing(0) && !standing(kept));
	work.flow.nodes[kept].type = NODE_DESTINATION;
	CHECK(!pinning_turn(pinning, &work, kept, &is_kept, &err));
	flow_release(&work.flow);
}

int
main(void)
{
	CHECK(mkdtemp(folder) != NULL);
	CHECK(wake_init(&wake, &err));
	pins = pins_new(1 << 20, &err);
	CHECK(pins && pinning_new(&wake, pins, &pinning, &err));
	test_changes();
	test_failures();
	pinning_free(pinning);
	job_settle();
	pins_free(pins);
	wake_release(&wake);
	unlink(table());
	rmdir(folder);
	arena_release(&mem);
	return check_report();
}
