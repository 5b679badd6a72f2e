/* parley console-link: a link that opens the console once. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "base/clock.h"
#include "base/secret.h"
#include "chat/limits.h"
#include "store/sqlite/store_sqlite.h"

#define LINK_MS (10 * 60 * INT64_C(1000))

static struct store_op *begin(struct store *s, store_fn *fn, void *fn_arg, void *arg)
{
    return store_console_link(s, arg, fn, fn_arg);
}

static int print_link(const char *data, const char *name, const char *url)
{
    struct store_console_link link = {.name = name, .expires_ms = clock_wall_ms() + LINK_MS};
    char token[CHAT_TOKEN_LEN + 1];
    struct err err = {""};

    secret_random_text(token, CHAT_TOKEN_LEN);
    secret_hash(token, CHAT_TOKEN_LEN, link.hash);
    if (store_sqlite_run(data, begin, NULL, &link, &err) != STORE_OK)
        return app_fail(APP_FAILED, err.text[0] != '\0' ? err.text : "cannot store the link");
    /* Behind #, so that it reaches no log of a server or proxy. */
    printf("%s/console#k=%s\n", url, token);
    return APP_OK;
}

int app_console_link(int argc, char **argv)
{
    const char *name = "Technician", *url = "http://127.0.0.1:8080", *data = "./parley-data";

    for (int i = 0; i < argc; i++) {
        const char *value;

        if (strcmp(argv[i], "--help") == 0) {
            printf("usage: parley console-link [--name NAME] [--url URL] [--data DIR]\n\n"
                   "Print a link that opens the console once, within ten minutes.\n\n"
                   "  --name NAME  whose name the replies carry [Technician]\n"
                   "  --url URL    where the server is reached [http://127.0.0.1:8080]\n"
                   "  --data DIR   the server's data [./parley-data]\n");
            return APP_OK;
        }
        if ((value = app_option(argc, argv, &i, "--name")) != NULL)
            name = value;
        else if (i < argc && (value = app_option(argc, argv, &i, "--url")) != NULL)
            url = value;
        else if (i < argc && (value = app_option(argc, argv, &i, "--data")) != NULL)
            data = value;
        else
            return app_fail(APP_USAGE, "wrong option; see parley console-link --help");
    }
    if (name[0] == '\0' || strlen(name) > CHAT_NAME_MAX)
        return app_fail(APP_USAGE, "--name: 1 to 100 bytes");
    return print_link(data, name, url);
}
