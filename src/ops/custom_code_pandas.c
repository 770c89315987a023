/* custom_code_pandas - custom_pandas as newer flows spell it. */
#include "op/code.h"

static const struct op_choice choices[] = { { "operator", "Python (Pandas)" }, { 0 } };

const struct op op_custom_code_pandas = {
	.name = "custom_code_pandas",
	.title = "Custom code: pandas",
	.group = "Custom code",
	.help = "Run pandas code on the table, the variable df.",
	.id = "sagemaker.spark.custom_code_0.1",
	.choices = choices,
	.block = "pandas_parameters",
	.params = code_params,
	.params_size = sizeof(struct code),
	.flags = OP_CODE | OP_READS_ALL,
	.shape = code_shape,
	.whole = code_pandas,
};
