/* Forms as browsers send them: application/x-www-form-urlencoded, UTF-8 (URL Standard, 5). */
#ifndef SANDBOX_FORM_H
#define SANDBOX_FORM_H

#include "base/arena.h"
#include "base/base.h"
#include "base/err.h"

#define FORM_BODY_MAX   16384
#define FORM_FIELDS_MAX 64

struct form {
    struct {
        const char *name, *value; /* UTF-8 without NUL; in the arena */
    } fields[FORM_FIELDS_MAX];
    size_t count;
};

/* Read the whole body; none is a form without fields. 0, or -1 with err: too long, too many
 * fields, a bad escape, no UTF-8, a NUL. The arena needs room for twice the body. */
int form_parse(struct form *f, struct arena *arena, const char *body, size_t len,
               struct err *err) WARN_UNUSED;
/* The first value of that name; "" without. */
const char *form_get(const struct form *f, const char *name);
/* Whether a field has that name and that value. */
bool form_has(const struct form *f, const char *name, const char *value);

#endif
