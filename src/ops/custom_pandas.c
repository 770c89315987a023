/* custom_pandas - code on the table as a pandas DataFrame: see op/code.h. */
#include "op/code.h"

const struct op op_custom_pandas = {
	.name = "custom_pandas",
	.title = "Custom pandas code",
	.group = "Custom code",
	.help = "Run pandas code on the table, the variable df.",
	.id = "sagemaker.spark.custom_pandas_0.1",
	.params = code_params,
	.params_size = sizeof(struct code),
	.flags = OP_CODE | OP_READS_ALL,
	.shape = code_shape,
	.whole = code_pandas,
};
