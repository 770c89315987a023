/* table_file - the format by the name, the dialect by what stands there. */
#include "desk/table_file.h"

#include "io/io.h"
#include "io/sniff.h"

bool
table_file_look(const char *path, struct quick *out, struct error *err)
{
	*out = (struct quick){
		.path = path,
		.format = format_by_ending(path)->name,
		.dialect = DIALECT_PRESET,
	};
	return sniff_file(path, &out->dialect, err);
}
