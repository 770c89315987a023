/* custom_code_pyspark - custom_pyspark as newer flows spell it. */
#include "op/code.h"

static const struct op_choice choices[] = { { "operator", "Python (PySpark)" }, { 0 } };

const struct op op_custom_code_pyspark = {
	.name = "custom_code_pyspark",
	.title = "Custom code: PySpark",
	.group = "Custom code",
	.help = "Run PySpark code on the table, the variable df.",
	.id = "sagemaker.spark.custom_code_0.1",
	.choices = choices,
	.block = "pyspark_parameters",
	.params = code_params,
	.params_size = sizeof(struct code),
	.flags = OP_CODE | OP_READS_ALL,
	.shape = code_shape,
	.whole = code_pyspark,
};
