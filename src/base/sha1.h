/* sha1.h - the fingerprint (FIPS 180-4) that flow files keep of parameters. */
#ifndef BASE_SHA1_H
#define BASE_SHA1_H

#include <stddef.h>

void sha1_hex(const void *data, size_t size, char out[41]);

#endif
