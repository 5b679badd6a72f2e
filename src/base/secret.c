#include "base/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"

#define KEY_SIZE   crypto_aead_xchacha20poly1305_ietf_KEYBYTES
#define NONCE_SIZE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_SIZE   crypto_aead_xchacha20poly1305_ietf_ABYTES

#define KEY_PATH_MAX 4096

struct secret {
    size_t len;
    char bytes[];
};

struct secret_key {
    uint8_t bytes[KEY_SIZE];
};

static void *must_alloc(size_t size)
{
    void *p = calloc(1, size);

    if (p == NULL || sodium_init() < 0)
        abort();
    return p;
}

void secret_random(void *bytes, size_t len)
{
    if (sodium_init() < 0)
        abort();
    randombytes_buf(bytes, len);
}

void secret_random_text(char *text, size_t len)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    secret_random(text, len);
    for (size_t i = 0; i < len; i++)
        text[i] = letters[(unsigned char)text[i] & 63];
    text[len] = '\0';
}

void secret_wipe(void *bytes, size_t len)
{
    sodium_memzero(bytes, len);
}

bool secret_same(const void *a, const void *b, size_t len)
{
    return sodium_memcmp(a, b, len) == 0;
}

void secret_hash(const void *bytes, size_t len, uint8_t hash[SECRET_HASH_SIZE])
{
    crypto_generichash(hash, SECRET_HASH_SIZE, bytes, len, NULL, 0);
}

struct secret *secret_new(const char *bytes, size_t len)
{
    if (len > SECRET_MAX)
        return NULL;
    struct secret *s = must_alloc(sizeof(*s) + len + 1);
    s->len = len;
    memcpy(s->bytes, bytes, len);
    return s;
}

void secret_free(struct secret *s)
{
    if (s == NULL)
        return;
    sodium_memzero(s->bytes, s->len);
    free(s);
}

const char *secret_reveal(const struct secret *s)
{
    return s->bytes;
}

size_t secret_len(const struct secret *s)
{
    return s->len;
}

/* Make what happened to the file's name last. */
static int sync_folder(const char *path)
{
    char folder[KEY_PATH_MAX];
    const char *slash = strrchr(path, '/');
    const size_t len = slash == NULL ? 1 : slash == path ? 1 : (size_t)(slash - path);

    memcpy(folder, slash == NULL ? "." : path, len);
    folder[len] = '\0';
    const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    const int rc = fsync(fd);
    close(fd);
    return rc;
}

/* Write a fresh key under a name of its own and link it to the path, so that a crash leaves no half
 * key, and of two processes that make one at the same time both get the same. */
static int make_key(const char *path, struct err *err)
{
    uint8_t key[KEY_SIZE];
    char fresh[KEY_PATH_MAX + 32], tail[13];

    if (strlen(path) >= KEY_PATH_MAX)
        return err_set(err, "path too long: %.80s...", path);
    secret_random_text(tail, sizeof(tail) - 1);
    snprintf(fresh, sizeof(fresh), "%s.new-%s", path, tail);
    const int fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return err_set(err, "cannot create %.300s: %s", fresh, strerror(errno));
    secret_random(key, sizeof(key));
    bool good = write(fd, key, sizeof(key)) == (ssize_t)sizeof(key) && fsync(fd) == 0;
    sodium_memzero(key, sizeof(key));
    good = close(fd) == 0 && good && (link(fresh, path) == 0 || errno == EEXIST);
    if (!good)
        err_set(err, "cannot write %.300s: %s", path, strerror(errno));
    unlink(fresh);
    if (good && sync_folder(path) != 0)
        return err_set(err, "cannot write %.300s: %s", path, strerror(errno));
    return good ? 0 : -1;
}

struct secret_key *secret_key_load(const char *path, struct err *err)
{
    struct stat st;
    struct secret_key *k = NULL;

    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 && errno == ENOENT && make_key(path, err) != 0)
        return NULL;
    if (fd < 0)
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 || fstat(fd, &st) != 0) {
        err_set(err, "cannot read %.300s: %s", path, strerror(errno));
        goto out;
    }
    if ((st.st_mode & 077) != 0) {
        err_set(err, "%.300s can be read by others; run: chmod 600 '%.100s'", path, path);
        goto out;
    }
    k = must_alloc(sizeof(*k));
    if (st.st_size != KEY_SIZE || read(fd, k->bytes, KEY_SIZE) != KEY_SIZE) {
        err_set(err, "%.300s is not a key of %d bytes; restore it from the backup", path,
                (int)KEY_SIZE);
        secret_key_free(k);
        k = NULL;
    }
out:
    if (fd >= 0)
        close(fd);
    return k;
}

void secret_sign(const struct secret *s, const char *const *texts, size_t count,
                 char signature[SECRET_SIGNATURE_SIZE])
{
    crypto_auth_hmacsha256_state state;
    unsigned char mac[crypto_auth_hmacsha256_BYTES];

    crypto_auth_hmacsha256_init(&state, (const unsigned char *)s->bytes, s->len);
    for (size_t i = 0; i < count; i++)
        crypto_auth_hmacsha256_update(&state, (const unsigned char *)texts[i], strlen(texts[i]));
    crypto_auth_hmacsha256_final(&state, mac);
    sodium_bin2hex(signature, SECRET_SIGNATURE_SIZE, mac, sizeof(mac));
    sodium_memzero(&state, sizeof(state));
}

struct secret_key *secret_key_of(const uint8_t bytes[32])
{
    struct secret_key *k = must_alloc(sizeof(*k));

    memcpy(k->bytes, bytes, KEY_SIZE);
    return k;
}

void secret_key_free(struct secret_key *k)
{
    if (k == NULL)
        return;
    sodium_memzero(k->bytes, sizeof(k->bytes));
    free(k);
}

void secret_mac(const struct secret_key *k, const char *context, const void *bytes, size_t len,
                uint8_t mac[SECRET_HASH_SIZE])
{
    crypto_generichash_state state;

    crypto_generichash_init(&state, k->bytes, KEY_SIZE, SECRET_HASH_SIZE);
    crypto_generichash_update(&state, (const uint8_t *)context, strlen(context) + 1);
    crypto_generichash_update(&state, bytes, len);
    crypto_generichash_final(&state, mac, SECRET_HASH_SIZE);
    sodium_memzero(&state, sizeof(state));
}

char *secret_seal(const struct secret_key *k, const struct secret *s, const char *context)
{
    unsigned long long sealed_len = 0;
    const size_t room = NONCE_SIZE + s->len + TAG_SIZE;
    uint8_t *box = must_alloc(room);
    char *text = must_alloc(2 * room + 1);

    randombytes_buf(box, NONCE_SIZE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        box + NONCE_SIZE, &sealed_len, (const uint8_t *)s->bytes, s->len, (const uint8_t *)context,
        strlen(context), NULL, box, k->bytes);
    str_hex(box, NONCE_SIZE + (size_t)sealed_len, text);
    free(box);
    return text;
}

struct secret *secret_open(const struct secret_key *k, const char *sealed, const char *context)
{
    unsigned long long len = 0;
    const size_t room = strlen(sealed) / 2;

    if (room < NONCE_SIZE + TAG_SIZE || room > NONCE_SIZE + TAG_SIZE + SECRET_MAX)
        return NULL;
    uint8_t *box = must_alloc(room);
    struct secret *s = must_alloc(sizeof(*s) + room + 1);
    if (str_unhex(sealed, box, room) != 0 ||
        crypto_aead_xchacha20poly1305_ietf_decrypt(
            (uint8_t *)s->bytes, &len, NULL, box + NONCE_SIZE, room - NONCE_SIZE,
            (const uint8_t *)context, strlen(context), box, k->bytes) != 0) {
        free(box);
        secret_free(s);
        return NULL;
    }
    s->len = (size_t)len;
    s->bytes[len] = '\0';
    free(box);
    return s;
}
