/* run_options - what can be wrong with them before anything runs. */
#include "cli/run_options.h"

#include <string.h>

#include "base/memory.h"

static bool
pairs(const struct names *names, const char *option, const char *form, struct error *err)
{
	for (size_t i = 0; i < names->n; i++) {
		const char *equals = strchr(names->at[i], '=');

		if (!equals || equals == names->at[i])
			return fail(err, "--%s: '%s' is not %s", option, names->at[i],
				    form);
	}
	return true;
}

void
run_options_memory(size_t limit)
{
	memory_limit(limit ? limit : memory_available() / 10 * 7);
}

bool
run_options_check(const struct run_options *options, struct error *err)
{
	return pairs(&options->maps, "map", "PREFIX=PATH", err) &&
	       pairs(&options->sources, "source", "NODE=PATH", err) &&
	       pairs(&options->params, "param", "NAME=VALUE", err);
}
