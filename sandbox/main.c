/* syncro-sandbox: the stand-in as a program. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/str.h"
#include "sandbox/control.h"
#include "sandbox/front.h"
#include "sandbox/journal.h"
#include "sandbox/outgoing.h"
#include "sandbox/site.h"

#define SWITCHES_MAX 64

struct wanted {
    const char *listen, *control, *token, *rights, *data;
    bool demo;
    const char *sets[SWITCHES_MAX];
    size_t set_count;
};

static int fail(int code, const char *text)
{
    fprintf(stderr, "syncro-sandbox: %s\n", text);
    return code;
}

static void help_accounts(void)
{
    struct site_account a;

    printf("\nAccounts that sign in at /users/sign_in, for everybody to see:\n\n");
    for (size_t i = 0; site_account_at(i, &a) == 0; i++)
        printf("  %s, password %s: %s\n", a.email, a.password, a.about);
}

static void help_commands(void)
{
    const char *name, *members;

    printf("\nThe control port takes JSON by POST:\n\n");
    for (size_t i = 0; (name = sandbox_command_at(i, &members)) != NULL; i++)
        printf("  /%s {%s}\n", name, members);
    printf("\nand answers to GET /stats, /state, /attachment?id=ID.\n");
}

static void help(void)
{
    size_t count;
    const struct sandbox_switch *all = sandbox_switches(&count);

    printf(
        "usage: syncro-sandbox [OPTION]...\n\n"
        "A stand-in for Syncro's API, for demos and tests. Prints its address when it is ready.\n\n"
        "  --listen ADDR:PORT   the API, a page of its tickets at /, and the pages on which an\n"
        "                       account makes its API tokens at /api_tokens [127.0.0.1:8081]\n"
        "  --control ADDR:PORT  a port for faults, tokens and switches [none]\n"
        "  --token TOKEN        the API token it knows [none]\n"
        "  --rights LIST        the token's rights, with commas; seven; all [seven]\n"
        "  --seed demo|empty    what it begins with [demo]\n"
        "  --data FILE          keep everything in this file [in memory only]\n"
        "  --set NAME=VALUE     a switch, where Syncro's behaviour is not known:\n\n");
    for (size_t i = 0; i < count; i++)
        printf("  %s = %s [%s]\n      %s\n", all[i].name, all[i].allowed, all[i].otherwise,
               all[i].meaning);
    help_accounts();
    help_commands();
}

/* 0, 1 for --help, or -1 after saying what is wrong. */
static int read_options(int argc, char **argv, struct wanted *w)
{
    for (int i = 1; i < argc; i++) {
        const char *name = argv[i], *value = i + 1 < argc ? argv[i + 1] : NULL;

        if (strcmp(name, "--help") == 0)
            return 1;
        if (value == NULL)
            return fail(-1, "wrong option or no value; see --help");
        i++;
        if (strcmp(name, "--listen") == 0)
            w->listen = value;
        else if (strcmp(name, "--control") == 0)
            w->control = value;
        else if (strcmp(name, "--token") == 0)
            w->token = value;
        else if (strcmp(name, "--rights") == 0)
            w->rights = value;
        else if (strcmp(name, "--data") == 0)
            w->data = value;
        else if (strcmp(name, "--seed") == 0 &&
                 (strcmp(value, "demo") == 0 || strcmp(value, "empty") == 0))
            w->demo = strcmp(value, "demo") == 0;
        else if (strcmp(name, "--set") == 0 && w->set_count < SWITCHES_MAX)
            w->sets[w->set_count++] = value;
        else
            return fail(-1, "wrong option; see --help");
    }
    return 0;
}

static int set_switches(struct sandbox *sb, const struct wanted *w, struct err *err)
{
    for (size_t i = 0; i < w->set_count; i++) {
        const char *equals = strchr(w->sets[i], '=');
        char name[64];

        if (equals == NULL || (size_t)(equals - w->sets[i]) >= sizeof(name))
            return err_set(err, "--set takes NAME=VALUE");
        snprintf(name, sizeof(name), "%.*s", (int)(equals - w->sets[i]), w->sets[i]);
        if (sandbox_set_switch(sb, name, equals + 1, err) < 0)
            return -1;
    }
    return 0;
}

/* With what the journal holds; the seed is made only when it holds nothing. NULL with err. */
static struct sandbox *open_records(const struct wanted *w, struct journal *journal,
                                    struct err *err)
{
    const bool fresh = journal == NULL || journal_is_empty(journal);
    const struct sandbox_settings settings = {
        .token = w->token,
        .rights = w->rights,
        .demo = w->demo && fresh,
        .now_ms = clock_wall_ms(),
        .journal = journal != NULL ? journal_write : NULL,
        .journal_arg = journal,
    };
    struct sandbox *sb = sandbox_new(&settings, err);

    if (sb == NULL)
        return NULL;
    if ((!fresh && journal_load(journal, sb, err) < 0) || set_switches(sb, w, err) < 0) {
        sandbox_free(sb);
        return NULL;
    }
    return sb;
}

static void stop(void *arg)
{
    loop_stop(arg);
}

/* The address with the port that was chosen. */
static void print_address(const char *word, const char *listen, int port)
{
    printf("%s http://%.*s:%d", word, (int)(strrchr(listen, ':') - listen), listen, port);
}

static int run(struct loop *loop, struct sandbox *sb, const struct wanted *w, struct err *err)
{
    struct front *front = front_new(loop, w->listen, sb, err);
    struct control *control = NULL;
    struct outgoing *outgoing = NULL;
    int result = -1;

    if (front == NULL)
        return -1;
    if (w->control != NULL) {
        control = control_new(loop, w->control, sb, err);
        if (control == NULL)
            goto done;
    }
    outgoing = outgoing_new(loop, sb, err);
    if (outgoing == NULL)
        goto done;
    print_address("listening", w->listen, front_port(front));
    if (control != NULL)
        print_address(" control", w->control, control_port(control));
    printf("\n");
    fflush(stdout);
    loop_on_stop_signal(loop, stop, loop);
    loop_run(loop);
    loop_on_stop_signal(loop, NULL, NULL);
    result = 0;
done:
    outgoing_free(outgoing);
    control_free(control);
    front_free(front);
    return result;
}

int main(int argc, char **argv)
{
    struct wanted w = {.listen = "127.0.0.1:8081", .demo = true};
    struct err err = {""};
    struct journal *journal = NULL;
    struct sandbox *sb = NULL;
    struct loop *loop = NULL;
    int code = 1;

    umask(077);
    switch (read_options(argc, argv, &w)) {
    case 1:
        help();
        return 0;
    case 0:
        break;
    default:
        return 2;
    }
    if (strrchr(w.listen, ':') == NULL || (w.control != NULL && strrchr(w.control, ':') == NULL))
        return fail(2, "--listen and --control take ADDR:PORT");
    if (w.data != NULL)
        journal = journal_open(w.data, &err);
    if (w.data == NULL || journal != NULL)
        sb = open_records(&w, journal, &err);
    if (sb != NULL)
        loop = loop_new(&err);
    if (loop != NULL)
        code = run(loop, sb, &w, &err) < 0 ? 1 : 0;
    if (code != 0)
        fail(1, err.text);
    if (loop != NULL) {
        loop_turn(loop, 0);
        loop_free(loop);
    }
    sandbox_free(sb);
    if (journal != NULL)
        journal_close(journal);
    return code;
}
