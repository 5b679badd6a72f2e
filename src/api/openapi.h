/* docs/rest.json, which a test compares with the table of routes. Made by openapi.py. */
#ifndef PARLEY_API_OPENAPI_H
#define PARLEY_API_OPENAPI_H

#include "base/base.h"

extern const char openapi_json[];
extern const size_t openapi_len;

#endif
