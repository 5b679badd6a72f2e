#include "base/password.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

_Static_assert(crypto_pwhash_STRBYTES == PASSWORD_HASH_SIZE, "libsodium's size");

/* Of a random text that nobody kept, made with the parameters below. */
static const char nobody[] = "$argon2id$v=19$m=65536,t=2,p=1$0x6LmVqvgiUsBXeTTqqd1A"
                             "$8Afp0uD25aQM2oxMSul1/4D8u1YVvvSILcZkyHncudc";

int password_hash(const struct secret *password, char hash[PASSWORD_HASH_SIZE])
{
    if (sodium_init() < 0)
        abort();
    return crypto_pwhash_str_alg(hash, secret_reveal(password), secret_len(password),
                                 crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                 crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13);
}

bool password_verify(const struct secret *password, const char *hash)
{
    char text[PASSWORD_HASH_SIZE]; /* libsodium reads as many bytes */
    const bool known = hash != NULL && hash[0] != '\0' && str_copy(text, sizeof(text), hash) == 0;

    if (sodium_init() < 0)
        abort();
    if (!known)
        (void)!str_copy(text, sizeof(text), nobody);
    const int result =
        crypto_pwhash_str_verify(text, secret_reveal(password), secret_len(password));
    return known && result == 0;
}
