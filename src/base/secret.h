/* Secrets: a type of their own that no log or JSON function takes, wiped when freed; and sealing
 * them for the store with XChaCha20-Poly1305 under a key that lives outside the database. */
#ifndef PARLEY_SECRET_H
#define PARLEY_SECRET_H

#include "base/base.h"
#include "base/err.h"

#define SECRET_MAX            4096 /* largest secret, in bytes */
#define SECRET_HASH_SIZE      32   /* BLAKE2b-256 */
#define SECRET_SIGNATURE_SIZE 65   /* of secret_sign */

struct secret;
struct secret_key;

/* Random bytes from the system. */
void secret_random(void *bytes, size_t len);
/* len random characters of base64url (6 bits each) and a NUL. */
void secret_random_text(char *text, size_t len);
/* Overwrite, in a way that no compiler removes. */
void secret_wipe(void *bytes, size_t len);
/* Compare in constant time. */
bool secret_same(const void *a, const void *b, size_t len);
/* The hash that stands for a random token in the store. */
void secret_hash(const void *bytes, size_t len, uint8_t hash[SECRET_HASH_SIZE]);

/* Proves to us that we wrote the bytes (keyed BLAKE2b-256). context names what they are for and is
 * bound to it. */
void secret_mac(const struct secret_key *k, const char *context, const void *bytes, size_t len,
                uint8_t mac[SECRET_HASH_SIZE]);

/* HMAC-SHA256 (RFC 2104) of these texts, one behind the other, under the secret; hexadecimal and a
 * NUL. For others, who have the secret too. */
void secret_sign(const struct secret *s, const char *const *texts, size_t count,
                 char signature[SECRET_SIGNATURE_SIZE]);

/* A copy of the bytes; NULL when longer than SECRET_MAX. The caller wipes its own copy. */
struct secret *secret_new(const char *bytes, size_t len) WARN_UNUSED;
void secret_free(struct secret *s);
/* The bytes with a NUL behind them, valid until secret_free. Only for the one call that needs
 * them (an Authorization header). */
const char *secret_reveal(const struct secret *s);
size_t secret_len(const struct secret *s);

/* The key in the file, which is made (mode 0600, random, fsynced) if it is not there. Refuses a
 * file that others may read or that has the wrong length. NULL with err. */
struct secret_key *secret_key_load(const char *path, struct err *err) WARN_UNUSED;
/* A key of these 32 bytes (tests). */
struct secret_key *secret_key_of(const uint8_t bytes[32]) WARN_UNUSED;
void secret_key_free(struct secret_key *k);

/* Seal for storing. context names the place the sealed text belongs to ("connector/syncro") and
 * is bound to it. The result is hexadecimal, malloc'd, the caller's. */
char *secret_seal(const struct secret_key *k, const struct secret *s,
                  const char *context) WARN_UNUSED;
/* The reverse; NULL when the text was not sealed with this key for this context. */
struct secret *secret_open(const struct secret_key *k, const char *sealed,
                           const char *context) WARN_UNUSED;

#endif
