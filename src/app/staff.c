/* parley staff add|reset|disable: for the first ones, and for when somebody is locked out. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "base/clock.h"
#include "base/secret.h"
#include "base/str.h"
#include "chat/account.h"
#include "chat/audit.h"
#include "chat/text.h"
#include "store/sqlite/store_sqlite.h"

struct wanted {
    const char *data, *url, *name, *email;
    enum store_role role;
    char clean_name[CHAT_NAME_MAX + 1], clean_email[CHAT_EMAIL_MAX + 1];
    char token[CHAT_TOKEN_LEN + 1];
};

static struct store_audit audit(const struct wanted *w, enum audit_action action)
{
    return (struct store_audit){.at_ms = clock_wall_ms(),
                                .actor = "command line",
                                .action = audit_word(action),
                                .object = w->clean_email};
}

static struct store_link_new new_link(struct wanted *w, enum store_link_kind kind)
{
    struct store_link_new link = {.kind = kind, .expires_ms = clock_wall_ms() + ACCOUNT_LINK_MS};

    secret_random_text(w->token, CHAT_TOKEN_LEN);
    secret_hash(w->token, CHAT_TOKEN_LEN, link.hash);
    return link;
}

/* Behind #, so that it reaches no log of a server or proxy. */
static int print_link(struct wanted *w)
{
    printf("%s/console#link=%s\n", w->url, w->token);
    secret_wipe(w->token, sizeof(w->token));
    return APP_OK;
}

static int explain(enum store_result result, const struct err *err, const char *conflict)
{
    if (result == STORE_NOT_FOUND)
        return app_fail(APP_FAILED, "nobody has this email address");
    if (result == STORE_CONFLICT)
        return app_fail(APP_FAILED, conflict);
    return app_fail(APP_FAILED, err->text[0] != '\0' ? err->text : "cannot store it");
}

/* --- the three --- */

static struct store_op *begin_add(struct store *s, store_fn *fn, void *fn_arg, void *arg)
{
    return store_staff_add(s, arg, fn, fn_arg);
}

static int add(struct wanted *w)
{
    struct err err = {""};
    struct store_staff_add in = {.name = w->clean_name,
                                 .email = w->clean_email,
                                 .role = w->role,
                                 .link = new_link(w, STORE_LINK_INVITE),
                                 .now_ms = clock_wall_ms(),
                                 .audit = audit(w, AUDIT_STAFF_ADDED)};
    uint8_t random[10];

    if (w->name == NULL || text_name(w->name, w->clean_name) != TEXT_OK)
        return app_fail(APP_USAGE, "--name: 1 to 100 bytes");
    secret_random(random, sizeof(random));
    in.id = id_make(in.now_ms, random);
    const enum store_result result = store_sqlite_run(w->data, begin_add, NULL, &in, &err);
    return result == STORE_OK ? print_link(w)
                              : explain(result, &err, "somebody has this email address already");
}

static struct store_op *begin_reset(struct store *s, store_fn *fn, void *fn_arg, void *arg)
{
    return store_staff_reset(s, arg, fn, fn_arg);
}

static int reset(struct wanted *w)
{
    struct err err = {""};
    struct store_staff_reset in = {.who.email = w->clean_email,
                                   .link = new_link(w, STORE_LINK_RESET),
                                   .audit = audit(w, AUDIT_LINK_MADE)};
    const enum store_result result = store_sqlite_run(w->data, begin_reset, NULL, &in, &err);

    return result == STORE_OK ? print_link(w) : explain(result, &err, "");
}

static struct store_op *begin_disable(struct store *s, store_fn *fn, void *fn_arg, void *arg)
{
    return store_staff_change(s, arg, fn, fn_arg);
}

static int disable(struct wanted *w)
{
    struct err err = {""};
    struct store_staff_change in = {.who.email = w->clean_email,
                                    .set_disabled = true,
                                    .disabled = true,
                                    .now_ms = clock_wall_ms(),
                                    .audit = audit(w, AUDIT_STAFF_DISABLED)};
    const enum store_result result = store_sqlite_run(w->data, begin_disable, NULL, &in, &err);

    if (result != STORE_OK)
        return explain(result, &err, "this is the last administrator: make another one first");
    printf("disabled; sessions end within seconds\n");
    return APP_OK;
}

/* --- the command line --- */

static const struct {
    const char *name;
    int (*run)(struct wanted *w);
} actions[] = {{"add", add}, {"reset", reset}, {"disable", disable}};

static void help(void)
{
    printf("usage: parley staff add --email E --name NAME [--role admin|technician]\n"
           "                        [--url URL] [--data DIR]\n"
           "       parley staff reset --email E [--url URL] [--data DIR]\n"
           "       parley staff disable --email E [--data DIR]\n\n"
           "add and reset print a link that lets its holder choose a password, once, within 48\n"
           "hours; reset takes password, second step and sessions away first. A running server\n"
           "takes part at once.\n\n"
           "  --email E     whom\n"
           "  --name NAME   what people read beside the replies\n"
           "  --role ROLE   admin or technician [technician]\n"
           "  --url URL     where the server is reached [http://127.0.0.1:8080]\n"
           "  --data DIR    the server's data [./parley-data]\n");
}

static int read_option(struct wanted *w, int argc, char **argv, int *i)
{
    const char *value;

    if ((value = app_option(argc, argv, i, "--email")) != NULL)
        w->email = value;
    else if (*i < argc && (value = app_option(argc, argv, i, "--name")) != NULL)
        w->name = value;
    else if (*i < argc && (value = app_option(argc, argv, i, "--url")) != NULL)
        w->url = value;
    else if (*i < argc && (value = app_option(argc, argv, i, "--data")) != NULL)
        w->data = value;
    else if (*i < argc && (value = app_option(argc, argv, i, "--role")) != NULL)
        return account_role_parse(value, &w->role);
    else
        return -1;
    return 0;
}

int app_staff(int argc, char **argv)
{
    struct wanted w = {
        .data = "./parley-data", .url = "http://127.0.0.1:8080", .role = STORE_TECHNICIAN};

    for (int i = 0; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0) {
            help();
            return APP_OK;
        }
    for (int i = 1; i < argc; i++)
        if (read_option(&w, argc, argv, &i) < 0)
            return app_fail(APP_USAGE, "wrong option; see parley staff --help");
    for (size_t i = 0; argc > 0 && i < COUNT_OF(actions); i++) {
        if (strcmp(argv[0], actions[i].name) != 0)
            continue;
        if (w.email == NULL || text_email(w.email, w.clean_email) != TEXT_OK)
            return app_fail(APP_USAGE, "--email: an email address");
        str_lower(w.clean_email);
        return actions[i].run(&w);
    }
    return app_fail(APP_USAGE, "add, reset or disable; see parley staff --help");
}
