/* The OpenAPI document, made by openapi.py from the table of routes and routes.json. */
#ifndef PARLEY_API_OPENAPI_H
#define PARLEY_API_OPENAPI_H

#include "base/base.h"

extern const char openapi_json[];
extern const size_t openapi_len;

#endif
