/* Secrets: sealing, the key file, and that neither takes what it should not. */
#include "cmocka_wrap.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seals_and_opens),
        cmocka_unit_test(refuses_a_long_secret),
        cmocka_unit_test(key_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
