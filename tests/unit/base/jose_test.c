/* Signed tokens: what Node's crypto made (make_jose_vectors.mjs), good and wrong.
 *
 *   jose-test jose_vectors.json */
#include "cmocka_wrap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/jose.h"
#include "base/json.h"

static struct json_doc *vectors;

static int read_vectors(const char *path)
{
    static char text[1 << 18];
    FILE *f = fopen(path, "rb");
    struct err err = {""};

    if (f == NULL) {
        perror(path);
        return -1;
    }
    const size_t len = fread(text, 1, sizeof(text), f);
    fclose(f);
    vectors = json_parse(text, len, &err);
    if (vectors == NULL)
        fprintf(stderr, "%s: %s\n", path, err.text);
    return vectors == NULL ? -1 : 0;
}

static struct jose_keys *keys_of(const struct json *set)
{
    struct err err = {""};
    char *text = json_dump(set);
    struct jose_keys *keys = jose_keys_parse(text, strlen(text), &err);

    if (keys == NULL)
        print_error("%s\n", err.text);
    free(text);
    return keys;
}

static void takes_and_refuses(void **state)
{
    static const char *const results[] = {"ok", "no_key", "bad"};
    const struct json *root = json_root(vectors), *cases = json_get(root, "cases");
    const char *wanted = json_get_text(root, "payload");
    struct jose_keys *keys = keys_of(json_get(root, "set"));
    int64_t usable;

    (void)state;
    assert_non_null(keys);
    assert_int_equal(json_get_int(root, "usable", &usable), 0);
    assert_int_equal(jose_keys_count(keys), usable);
    assert_true(json_count(cases) > 40);
    for (size_t i = 0; i < json_count(cases); i++) {
        const struct json *one = json_at(cases, i);
        struct err err = {""};
        char *payload;
        size_t len;
        const enum jose_result r =
            jose_verify(keys, json_get_text(one, "token"), &payload, &len, &err);

        if (strcmp(results[r], json_get_text(one, "result")) != 0)
            fail_msg("%s: %s (%s)", json_get_text(one, "what"), results[r], err.text);
        assert_int_equal(r == JOSE_OK, payload != NULL);
        assert_int_equal(r == JOSE_OK, err.text[0] == '\0');
        if (r == JOSE_OK) {
            assert_int_equal(len, strlen(wanted));
            assert_string_equal(payload, wanted);
        }
        free(payload);
    }
    jose_keys_free(keys);
}

/* No byte of a good token can be another one. */
static void every_character_counts(void **state)
{
    const struct json *root = json_root(vectors);
    struct jose_keys *keys = keys_of(json_get(root, "set"));
    const char *good = json_get_text(json_at(json_get(root, "cases"), 2), "token");
    char *token = strdup(good), *payload;
    size_t len;

    (void)state;
    assert_string_equal(json_get_text(json_at(json_get(root, "cases"), 2), "what"), "ES256");
    for (size_t i = 0; i < strlen(good); i++) {
        token[i] = good[i] == 'A' ? 'Q' : 'A';
        assert_int_not_equal(jose_verify(keys, token, &payload, &len, NULL), JOSE_OK);
        token[i] = good[i];
    }
    assert_int_equal(jose_verify(keys, token, &payload, &len, NULL), JOSE_OK);
    free(payload);
    free(token);
    jose_keys_free(keys);
}

static void refuses_sets(void **state)
{
    static const char *const sets[] = {
        "",
        "<html>",
        "[]",
        "{}",
        "{\"keys\":{}}",
        "{\"keys\":[]}",
        "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}",
        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}]}",
        "{\"keys\":[null,1,\"x\",[],{}]}",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(sets); i++) {
        struct err err = {""};

        assert_null(jose_keys_parse(sets[i], strlen(sets[i]), &err));
        assert_true(err.text[0] != '\0');
    }
}

/* Of RFC 7636, appendix B. */
static void challenge(void **state)
{
    char text[JOSE_CHALLENGE_SIZE];

    (void)state;
    jose_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", text);
    assert_string_equal(text, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_and_refuses),
        cmocka_unit_test(every_character_counts),
        cmocka_unit_test(refuses_sets),
        cmocka_unit_test(challenge),
    };
    int code;

    if (argc != 2 || read_vectors(argv[1]) < 0)
        return 2;
    code = cmocka_run_group_tests(tests, NULL, NULL);
    json_free(vectors);
    return code;
}
