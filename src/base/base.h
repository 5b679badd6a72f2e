/* What every file may use: result checking, array lengths, minima. */
#ifndef PARLEY_BASE_H
#define PARLEY_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WARN_UNUSED            __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define COUNT_OF(a)            (sizeof(a) / sizeof((a)[0]))

/* A run of bytes that somebody else owns; not NUL-terminated unless said so. */
struct slice {
    const char *ptr;
    size_t len;
};

#endif
