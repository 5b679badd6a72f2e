/* Secrets: sealing, the key file, and that neither takes what it should not. */
#include "cmocka_wrap.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/secret.h"

static const uint8_t key_bytes[32] = {1, 2, 3};

static void seals_and_opens(void **state)
{
    struct secret_key *k = secret_key_of(key_bytes);
    struct secret *s = secret_new("Tdeadbeef-cafe", 14);

    (void)state;
    char *sealed = secret_seal(k, s, "connector/syncro");
    char *again = secret_seal(k, s, "connector/syncro");
    assert_string_not_equal(sealed, again);
    assert_null(strstr(sealed, "deadbeef"));
    struct secret *opened = secret_open(k, sealed, "connector/syncro");
    assert_non_null(opened);
    assert_string_equal(secret_reveal(opened), "Tdeadbeef-cafe");
    assert_int_equal(secret_len(opened), 14);
    secret_free(opened);

    assert_null(secret_open(k, sealed, "connector/other"));
    const uint8_t wrong[32] = {9};
    struct secret_key *stranger = secret_key_of(wrong);
    assert_null(secret_open(stranger, sealed, "connector/syncro"));
    sealed[60] = sealed[60] == '0' ? '1' : '0';
    assert_null(secret_open(k, sealed, "connector/syncro"));
    assert_null(secret_open(k, "", "connector/syncro"));
    assert_null(secret_open(k, "zz", "connector/syncro"));

    secret_key_free(stranger);
    secret_key_free(k);
    secret_free(s);
    free(sealed);
    free(again);
}

static void refuses_a_long_secret(void **state)
{
    char *much = calloc(1, SECRET_MAX + 1);

    (void)state;
    assert_null(secret_new(much, SECRET_MAX + 1));
    struct secret *s = secret_new(much, SECRET_MAX);
    assert_non_null(s);
    secret_free(s);
    free(much);
}

static void key_file(void **state)
{
    char dir[] = "/tmp/parley-secret-XXXXXX";
    char path[64];
    struct stat st;
    struct err err;

    (void)state;
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof(path), "%s/secret.key", dir);
    struct secret_key *made = secret_key_load(path, &err);
    assert_non_null(made);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    struct secret *s = secret_new("x", 1);
    char *sealed = secret_seal(made, s, "c");
    struct secret_key *read_back = secret_key_load(path, &err);
    assert_non_null(read_back);
    struct secret *opened = secret_open(read_back, sealed, "c");
    assert_non_null(opened);
    secret_free(opened);
    secret_free(s);
    free(sealed);
    secret_key_free(made);
    secret_key_free(read_back);

    assert_int_equal(chmod(path, 0640), 0);
    assert_null(secret_key_load(path, &err));
    assert_non_null(strstr(err.text, "chmod 600"));
    assert_int_equal(chmod(path, 0600), 0);
    assert_int_equal(truncate(path, 31), 0);
    assert_null(secret_key_load(path, &err));
    unlink(path);
    rmdir(dir);
}

/* Open the key and tell its parent what a secret looks like under it. */
static void seal_as_child(const char *path, int go, int tell)
{
    struct err err;
    char *sealed;
    char c;

    if (read(go, &c, 1) != 0) /* until the parent lets all of them go */
        _exit(1);
    struct secret_key *k = secret_key_load(path, &err);
    struct secret *s = secret_new("x", 1);
    if (k == NULL)
        _exit(1);
    sealed = secret_seal(k, s, "c");
    const size_t len = strlen(sealed) + 1;
    if (write(tell, sealed, len) != (ssize_t)len)
        _exit(1);
    free(sealed);
    secret_free(s);
    secret_key_free(k);
    _exit(0);
}

/* The server and the command that connects it may be started at the same time. */
static void makers_at_once_get_one_key(void **state)
{
    enum { MAKERS = 8 };
    char dir[] = "/tmp/parley-secret-XXXXXX", path[64];
    struct err err;

    (void)state;
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof(path), "%s/key", dir);
    for (int round = 0; round < 20; round++) {
        int go[2], tell[2];
        char all[MAKERS * 256] = "";
        size_t used = 0;
        ssize_t n;

        assert_int_equal(pipe(go), 0);
        assert_int_equal(pipe(tell), 0);
        for (int i = 0; i < MAKERS; i++)
            if (fork() == 0) {
                close(go[1]);
                seal_as_child(path, go[0], tell[1]);
            }
        close(go[1]);
        close(tell[1]);
        while ((n = read(tell[0], all + used, sizeof(all) - used)) > 0)
            used += (size_t)n;
        for (int i = 0; i < MAKERS; i++) {
            int status;
            assert_true(wait(&status) > 0);
            assert_int_equal(status, 0);
        }
        struct secret_key *k = secret_key_load(path, &err);
        for (const char *one = all; one < all + used; one += strlen(one) + 1) {
            struct secret *s = secret_open(k, one, "c");
            assert_non_null(s);
            secret_free(s);
        }
        secret_key_free(k);
        close(go[0]);
        close(tell[0]);
        unlink(path);
    }
    assert_int_equal(rmdir(dir), 0); /* nothing else is left in it */
}

/* RFC 4231, 4.3: the second case. */
static void signs_for_others(void **state)
{
    char signature[SECRET_SIGNATURE_SIZE];
    struct secret *s = secret_new("Jefe", 4);

    (void)state;
    secret_sign(s, (const char *const[]){"what do ya want ", "for nothing?"}, 2, signature);
    assert_string_equal(signature,
                        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    secret_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seals_and_opens),
        cmocka_unit_test(refuses_a_long_secret),
        cmocka_unit_test(key_file),
        cmocka_unit_test(signs_for_others),
        cmocka_unit_test(makers_at_once_get_one_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
