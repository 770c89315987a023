/* custom_pyspark - code on the table as a Spark DataFrame: see op/code.h. */
#include "op/code.h"

const struct op op_custom_pyspark = {
	.name = "custom_pyspark",
	.title = "Custom PySpark code",
	.group = "Custom code",
	.help = "Run PySpark code on the table, the variable df.",
	.id = "sagemaker.spark.custom_pyspark_0.1",
	.params = code_params,
	.params_size = sizeof(struct code),
	.flags = OP_CODE | OP_READS_ALL,
	.shape = code_shape,
	.whole = code_pyspark,
};
