/*
 * identity - the table as it comes.
 *
 * Data Wrangler puts such a node behind each part of a split, so that the part is a
 * dataset with a name of its own.
 */
#include "op/op.h"

static const struct op_example examples[] = {
	{ "", "x,city\n1,Ulm\n,Bonn\n", "x,city\n1,Ulm\n,Bonn\n" },
	{ 0 },
};

const struct op op_identity = {
	.name = "identity",
	.title = "Dataset",
	.group = "Tables",
	.help = "Pass the table on as it is.",
	.id = "sagemaker.dataset.identity_0.1",
	.examples = examples,
};
