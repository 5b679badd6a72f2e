/* Passwords, as argon2id text (libsodium). Both calls work for about a tenth of a second on 64 MiB:
 * never on the loop. */
#ifndef PARLEY_PASSWORD_H
#define PARLEY_PASSWORD_H

#include "base/secret.h"

#define PASSWORD_HASH_SIZE 128 /* the text and a NUL */

/* 0, or -1 when there is no memory for it. */
int password_hash(const struct secret *password, char hash[PASSWORD_HASH_SIZE]) WARN_UNUSED;
/* True when the password is the one of the hash. Without a hash (NULL or "") the answer is false
 * after the same work, so that the time does not tell who has an account. */
bool password_verify(const struct secret *password, const char *hash) WARN_UNUSED;

#endif
