/* parley connector set syncro: store subdomain and token. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/clock.h"
#include "base/secret.h"
#include "base/str.h"
#include "psa/psa.h"
#include "store/sqlite/store_sqlite.h"

struct wanted {
    const struct psa_kind *kind;
    struct psa_account account;
    const char *data, *subdomain, *token_file;
    int64_t fallback;
};

static struct secret *read_token(const char *path, struct err *err)
{
    struct secret *s = app_secret(path, err);

    if (s != NULL && psa_token_check((struct slice){secret_reveal(s), secret_len(s)}, err) < 0) {
        secret_free(s);
        s = NULL;
    }
    return s;
}

static struct store_op *begin(struct store *s, store_fn *fn, void *fn_arg, void *arg)
{
    return store_connector_set(s, arg, fn, fn_arg);
}

/* The last four characters; none of a token that is hardly longer. */
static const char *end_of(const struct secret *token)
{
    return secret_len(token) < 12 ? "" : secret_reveal(token) + secret_len(token) - 4;
}

static int store_it(const struct wanted *w, const struct secret_key *key,
                    const struct secret *token)
{
    struct err err = {""};
    char *sealed = secret_seal(key, token, w->kind->seal_context);
    const struct store_connector in = {
        .kind = w->kind->kind,
        .account = w->account.account,
        .sealed_token = sealed,
        .token_end = end_of(token),
        .fallback_customer = w->fallback,
        .changed_ms = clock_wall_ms(),
    };
    const enum store_result result = store_sqlite_run(w->data, begin, NULL, (void *)&in, &err);

    free(sealed);
    if (result != STORE_OK)
        return app_fail(APP_FAILED, err.text[0] != '\0' ? err.text : "cannot store it");
    printf("connected to %s%s\n", w->account.origin,
           w->fallback == 0 ? "; without --fallback-customer, people whom it does not know wait"
                            : "");
    return APP_OK;
}

static int set(const struct wanted *w)
{
    struct err err = {""};
    struct secret *token = read_token(w->token_file, &err);
    struct secret_key *key = token == NULL ? NULL : app_key(w->data, &err);
    const int code = key == NULL ? app_fail(APP_FAILED, err.text) : store_it(w, key, token);

    secret_key_free(key);
    secret_free(token);
    return code;
}

static void help(void)
{
    printf("usage: parley connector set syncro --subdomain S --token-file FILE\n"
           "                            [--fallback-customer ID] [--data DIR]\n\n"
           "Store the connection to Syncro; a running server takes it up by itself.\n\n"
           "  --subdomain S            as in https://S.syncromsp.com\n"
           "  --token-file FILE        the API token; - reads it from the standard input\n"
           "  --fallback-customer ID   who gets tickets of people whom Syncro does not know\n"
           "  --data DIR               the server's data [./parley-data]\n");
}

int app_connector(int argc, char **argv)
{
    struct wanted w = {.data = "./parley-data"};
    struct err err = {""}, why = {""};

    for (int i = 0; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0) {
            help();
            return APP_OK;
        }
    w.kind = argc < 2 || strcmp(argv[0], "set") != 0 ? NULL : psa_kind_find(argv[1]);
    if (w.kind == NULL)
        return app_fail(APP_USAGE, "parley connector set syncro ...; see parley connector --help");
    for (int i = 2; i < argc; i++) {
        const char *value;

        if ((value = app_option(argc, argv, &i, "--subdomain")) != NULL)
            w.subdomain = value;
        else if (i < argc && (value = app_option(argc, argv, &i, "--token-file")) != NULL)
            w.token_file = value;
        else if (i < argc && (value = app_option(argc, argv, &i, "--data")) != NULL)
            w.data = value;
        else if (i < argc && (value = app_option(argc, argv, &i, "--fallback-customer")) != NULL) {
            if (str_to_int(value, 1, INT64_MAX, &w.fallback) < 0)
                return app_fail(APP_USAGE, "--fallback-customer: the number of a customer");
        } else {
            return app_fail(APP_USAGE, "wrong option; see parley connector --help");
        }
    }
    if (w.subdomain == NULL)
        return app_fail(APP_USAGE, "--subdomain: the S of https://S.syncromsp.com");
    if (w.kind->understand(w.subdomain, &w.account, &err) < 0) {
        err_set(&why, "--subdomain: %s", err.text);
        return app_fail(APP_USAGE, why.text);
    }
    if (w.token_file == NULL)
        return app_fail(APP_USAGE, "--token-file: the file of the API token, or -");
    return set(&w);
}
