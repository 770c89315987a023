/* json_number.h - numbers as JSON writes them, in whatever locale. */
#ifndef BASE_JSON_NUMBER_H
#define BASE_JSON_NUMBER_H

#include "base/number.h"

bool long_of(struct text t, int64_t *out);
bool number_of(struct text t, double *out);
void print_js(double value, char out[NUMBER_SIZE]);
void print_python(double value, char out[NUMBER_SIZE]);

#endif
