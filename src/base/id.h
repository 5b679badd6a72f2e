/* Names of things: UUIDv7 for rows, references for people. */
#ifndef PARLEY_ID_H
#define PARLEY_ID_H

#include "base/base.h"

#define ID_TEXT_SIZE   37 /* 36 characters and a NUL */
#define REFERENCE_SIZE 13 /* "PLY-7K3F9Q2M" and a NUL */

/* A UUIDv7 (RFC 9562, 5.7): sorts by the time it was made. All zero means "none". */
struct id {
    uint8_t bytes[16];
};

/* now_ms: wall clock; random: 10 random bytes. */
struct id id_make(int64_t now_ms, const uint8_t random[10]);
bool id_is_none(const struct id *id);
bool id_equal(const struct id *a, const struct id *b);
void id_format(const struct id *id, char text[ID_TEXT_SIZE]);
/* 8-4-4-4-12 hexadecimal, any version. 0, or -1. */
int id_parse(const char *text, struct id *id) WARN_UNUSED;

/* "PLY-" and 8 Crockford base32 characters (no I, L, O, U) of 40 random bits. */
void reference_make(const uint8_t random[5], char text[REFERENCE_SIZE]);
bool reference_is_valid(const char *text);

#endif
