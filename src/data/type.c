/* type - one table of names. */
#include "data/type.h"

#include <stdio.h>
#include <strings.h>

#include "base/text.h"

static const struct {
	const char *name;
	enum type type;
} names[] = {
	/* The first name of a type is its own; the rest are also read. */
	{ "long", TYPE_LONG },          { "float", TYPE_FLOAT },
	{ "bool", TYPE_BOOL },          { "string", TYPE_STRING },
	{ "date", TYPE_DATE },          { "datetime", TYPE_DATETIME },
	{ "object", TYPE_OBJECT },      { "int", TYPE_LONG },
	{ "integer", TYPE_LONG },       { "double", TYPE_FLOAT },
	{ "boolean", TYPE_BOOL },       { "str", TYPE_STRING },
	{ "timestamp", TYPE_DATETIME }, { "array", TYPE_OBJECT },
	{ "struct", TYPE_OBJECT },      { "vector", TYPE_OBJECT },
};

const char *
type_name(enum type type)
{
	for (size_t i = 0; i < COUNT(names); i++)
		if (names[i].type == type)
			return names[i].name;
	return "none";
}

bool
type_find(const char *name, enum type *out)
{
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcasecmp(names[i].name, name) == 0) {
			*out = names[i].type;
			return true;
		}
	return false;
}

void
type_mask_print(unsigned mask, char text[80])
{
	unsigned left = mask & TYPE_ANY;
	size_t n = 0;

	text[0] = '\0';
	for (unsigned bit = 1; bit <= TYPE_OBJECT; bit <<= 1) {
		if (!(left & bit))
			continue;
		left &= ~bit;
		n += (size_t)snprintf(text + n, 80 - n, "%s%s",
				      n == 0 ? ""
				      : left ? ", "
					     : " or ",
				      type_name((enum type)bit));
	}
}
