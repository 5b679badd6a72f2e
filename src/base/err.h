/* The text of a failure, for a person to read: what is wrong and how to mend it. */
#ifndef PARLEY_ERR_H
#define PARLEY_ERR_H

#include "base/base.h"

struct err {
    char text[512];
};

/* Write the text (cut off at the end of the room). err may be NULL. Always returns -1, so that
 * a failing function can end in `return err_set(err, ...)`. Never put a secret in it. */
int err_set(struct err *err, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif
