/*
 * duck - DuckDB's library as a program, where there is no program of it.
 *
 *	duck LIBRARY < STATEMENTS
 *
 * A statement ends with ';' at the end of a line. One that begins with "execute" is a
 * query; the first value it gives is the statement that is meant. What queries give is
 * printed.
 */
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* As the library's C interface has it. */
struct result {
	uint64_t unused[3];
	void *data;
	char *error;
	void *internal;
};

static struct {
	int (*open)(const char *path, void **database);
	int (*connect)(void *database, void **connection);
	int (*query)(void *connection, const char *statement, struct result *result);
	const char *(*error)(struct result *result);
	uint64_t (*columns)(struct result *result);
	uint64_t (*rows)(struct result *result);
	char *(*value)(struct result *result, uint64_t column, uint64_t row);
	void (*release)(struct result *result);
} duck;

static bool
load(const char *path)
{
	static const struct {
		const char *name;
		void *slot;
	} functions[] = {
		{ "duckdb_open", &duck.open },
		{ "duckdb_connect", &duck.connect },
		{ "duckdb_query", &duck.query },
		{ "duckdb_result_error", &duck.error },
		{ "duckdb_column_count", &duck.columns },
		{ "duckdb_row_count", &duck.rows },
		{ "duckdb_value_varchar", &duck.value },
		{ "duckdb_destroy_result", &duck.release },
	};
	void *library = dlopen(path, RTLD_NOW);

	if (!library)
		return fprintf(stderr, "duck: %s\n", dlerror()), false;
	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		void *found = dlsym(library, functions[i].name);

		if (!found)
			return fprintf(stderr, "duck: no %s\n", functions[i].name), false;
		memcpy(functions[i].slot, &found, sizeof(found));
	}
	return true;
}

static void
print(struct result *result)
{
	for (uint64_t row = 0; row < duck.rows(result); row++)
		for (uint64_t column = 0; column < duck.columns(result); column++) {
			char *text = duck.value(result, column, row);

			printf("%s%c", text ? text : "",
			       column + 1 < duck.columns(result) ? '\t' : '\n');
			free(text);
		}
}

static bool
run(void *connection, const char *statement)
{
	const bool is_made = strncasecmp(statement, "execute", 7) == 0;
	struct result result = { 0 };
	char *made;
	bool ok;

	if (duck.query(connection, statement + (is_made ? 7 : 0), &result)) {
		fprintf(stderr, "duck: %s\n", duck.error(&result));
		return false;
	}
	if (!is_made) {
		print(&result);
		duck.release(&result);
		return true;
	}
	made = duck.value(&result, 0, 0);
	duck.release(&result);
	ok = made && run(connection, made);
	free(made);
	return ok;
}

int
main(int argc, char **argv)
{
	static char text[1 << 16];
	void *database, *connection;
	size_t size;

	if (argc < 2)
		return fprintf(stderr, "usage: duck LIBRARY < STATEMENTS\n"), 2;
	if (!load(argv[1]) || duck.open(NULL, &database) ||
	    duck.connect(database, &connection))
		return 2;
	size = fread(text, 1, sizeof(text) - 1, stdin);
	text[size] = '\0';
	for (char *at = text, *end; *at; at = end) {
		end = strstr(at, ";\n");
		if (end) {
			*end = '\0';
			end += 2;
		} else {
			end = at + strlen(at);
		}
		at += strspn(at, " \n");
		if (*at && !run(connection, at))
			return 1;
	}
	return 0;
}
