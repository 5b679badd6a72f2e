/* Reading JSON (RFC 8259), on jansson. A value is borrowed from the document it came from and
 * lives as long; every getter takes NULL and a value of the wrong kind, and says "not there". */
#ifndef PARLEY_JSON_H
#define PARLEY_JSON_H

#include "base/base.h"
#include "base/err.h"

struct json;     /* a value, borrowed */
struct json_doc; /* a document, owned */

enum json_kind {
    JSON_KIND_NONE, /* not there */
    JSON_KIND_NULL,
    JSON_KIND_BOOL,
    JSON_KIND_INT,
    JSON_KIND_REAL,
    JSON_KIND_STRING,
    JSON_KIND_ARRAY,
    JSON_KIND_OBJECT,
};

/* Parse exactly one value, an object or an array; duplicate keys are refused, as is NUL
 * anywhere and nesting past 64. NULL with err on bad input. */
struct json_doc *json_parse(const char *text, size_t len, struct err *err) WARN_UNUSED;
void json_free(struct json_doc *doc);
const struct json *json_root(const struct json_doc *doc);

enum json_kind json_kind(const struct json *v);
/* The member of an object. */
const struct json *json_get(const struct json *v, const char *key);
/* Elements of an array, members of an object; otherwise 0. */
size_t json_count(const struct json *v);
const struct json *json_at(const struct json *v, size_t i);
/* Members of an object in order of the text: i from 0; NULL past the last. Takes i steps: to go
 * over what others sent use json_next. */
const char *json_key_at(const struct json *v, size_t i, const struct json **member);
/* The next member of an object, in order of the text; NULL past the last and for what is none.
 * *iter is NULL at first and private from then on. */
const char *json_next(const struct json *v, void **iter, const struct json **member);

/* The value itself. Text is NUL-terminated UTF-8; NULL when it is no string. */
const char *json_text(const struct json *v);
/* 0 and *value for an integer, or a string that is one; -1 otherwise. */
int json_int(const struct json *v, int64_t *value) WARN_UNUSED;
/* 0 and *value for true or false; -1 otherwise. */
int json_bool(const struct json *v, bool *value) WARN_UNUSED;

/* The member `key`, as above. */
const char *json_get_text(const struct json *v, const char *key);
int json_get_int(const struct json *v, const char *key, int64_t *value) WARN_UNUSED;
/* The member, or `otherwise` when it is not a boolean. */
bool json_get_bool(const struct json *v, const char *key, bool otherwise);

/* The value as text, malloc'd for the caller to free; NULL when out of memory. */
char *json_dump(const struct json *v) WARN_UNUSED;

#endif
