/* parley serve: the command line, the start and the stop. */
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "api/api.h"
#include "app/app.h"
#include "app/server.h"
#include "base/str.h"
#include "chat/account.h"
#include "duty/duty.h"
#include "hook/courier.h"
#include "mail/post.h"
#include "psa/outbox.h"
#include "store/store.h"

#define STOP_MS      10000 /* how long a graceful stop may take */
#define STOP_POLL_MS 20
#define CLOSE_MS     2000 /* after that: how long peers may take to read the last and the close */

/* --- the stop --- */

/* First all that was accepted is finished, then every socket is closed, then the loop ends. */
static void look_whether_idle(void *arg)
{
    struct server *s = arg;
    struct env *env = loop_env(s->loop);
    const bool idle = api_is_idle(s->api) && outbox_is_idle(s->outbox) && post_is_idle(s->post) &&
                      courier_is_idle(s->courier) && duty_is_idle(s->duty);
    const bool late = env_mono_ms(env) >= s->stop_by_ms;

    s->stop_timer = NULL;
    if (!s->closing && (idle || late)) {
        if (!idle)
            log_event(LOG_WARN, "app", "stop_forced");
        api_close_all(s->api);
        s->closing = true;
        s->stop_by_ms = env_mono_ms(env) + CLOSE_MS;
    } else if (s->closing && (late || http_server_connections(s->door) == 0)) {
        loop_stop(s->loop);
        return;
    }
    s->stop_timer = env_timer_start(env, STOP_POLL_MS, look_whether_idle, s);
}

static void stop(void *arg)
{
    struct server *s = arg;

    if (s->stopping) {
        log_event(LOG_WARN, "app", "stopped_at_once");
        _exit(APP_FAILED); /* what was acknowledged is committed already */
    }
    s->stopping = true;
    s->stop_by_ms = env_mono_ms(loop_env(s->loop)) + STOP_MS;
    log_event(LOG_INFO, "app", "stopping");
    http_server_close_listeners(s->door);
    api_stop(s->api);
    outbox_stop(s->outbox);
    duty_stop(s->duty);
    post_stop(s->post);
    courier_stop(s->courier);
    look_whether_idle(s);
}

/* --- the start --- */

static void address_of(const struct server *s, char address[160])
{
    const char *colon = strrchr(s->set.listen, ':');

    snprintf(address, 160, "%.*s:%d", (int)(colon - s->set.listen), s->set.listen,
             http_server_port(s->door));
}

static void say_listening(const struct server *s)
{
    char address[160];

    address_of(s, address);
    log_event(LOG_INFO, "app", "listening", LOG_S("address", address));
}

/* The one secret that the log tells: without it nobody could ever come in. */
static void setup_stored(enum store_result result, const union store_out *out, void *arg)
{
    struct server *s = arg;
    char address[160], url[512];

    (void)out;
    s->setup_op = NULL;
    address_of(s, address);
    if (result == STORE_OK) {
        snprintf(url, sizeof(url), "%s%s/console#setup=%s", s->set.url[0] != '\0' ? "" : "http://",
                 s->set.url[0] != '\0' ? s->set.url : address, s->setup_token);
        log_event(s->set.log_level > LOG_WARN ? s->set.log_level : LOG_WARN, "app", "setup",
                  LOG_S("url", url));
        secret_wipe(url, sizeof(url));
    } else if (result != STORE_CONFLICT) {
        log_event(LOG_ERROR, "app", "no_setup_link");
    }
    secret_wipe(s->setup_token, sizeof(s->setup_token));
}

/* While there is no administrator, each start makes a link that makes one. */
static void make_setup_link(struct server *s)
{
    const int64_t now = env_now_ms(loop_env(s->loop));
    struct store_setup_link in = {
        .link = {.kind = STORE_LINK_SETUP, .expires_ms = now + ACCOUNT_SETUP_MS}, .now_ms = now};

    secret_random_text(s->setup_token, CHAT_TOKEN_LEN);
    secret_hash(s->setup_token, CHAT_TOKEN_LEN, in.link.hash);
    s->setup_op = store_setup_link(s->store, &in, setup_stored, s);
}

static int serve(struct server *s)
{
    struct err err = {""};
    int code = APP_OK;

    log_set_level(s->set.log_level);
    mallopt(M_ARENA_MAX, 2); /* the loop's, and one for its threads */
    if (server_open(s, &err) < 0) {
        code = app_fail(APP_FAILED, err.text);
    } else {
        malloc_trim(0); /* what the start took, migrations most */
        loop_on_stop_signal(s->loop, stop, s);
        say_listening(s);
        make_setup_link(s);
        loop_run(s->loop);
        loop_on_stop_signal(s->loop, NULL, NULL);
    }
    server_close(s);
    if (code == APP_OK)
        log_event(LOG_INFO, "app", "stopped");
    return code;
}

/* --- the command line --- */

static void help(void)
{
    printf("usage: parley serve [--data DIR] [--listen ADDR:PORT] [--config FILE]\n"
           "                    [--syncro-origin http://127.0.0.1:PORT]\n\n"
           "Run the server until SIGTERM or SIGINT; a second one ends it at once.\n\n"
           "  --data DIR             database and key [./parley-data]\n"
           "  --listen ADDR:PORT     port 0: any free one [127.0.0.1:8080]\n"
           "  --config FILE          settings, one \"name = value\" a line\n"
           "  --syncro-origin URL    a stand-in for Syncro on this machine\n\n"
           "Settings, in the file or as PARLEY_NAME in the environment:\n");
    settings_print();
}

/* On this machine, with http or https: a token must never leave it in clear. */
static bool is_loopback_origin(const char *url)
{
    int64_t port;
    static const char *const hosts[] = {
        "http://127.0.0.1:", "http://[::1]:", "https://127.0.0.1:", "https://[::1]:"};

    for (size_t i = 0; i < COUNT_OF(hosts); i++)
        if (str_has_prefix(url, hosts[i]))
            return str_to_int(url + strlen(hosts[i]), 1, 65535, &port) == 0;
    return false;
}

/* 0, or -1 with err. */
static int read_settings(struct server *s, int argc, char **argv, struct err *err)
{
    const char *data = NULL, *listen = NULL, *config = NULL;

    for (int i = 0; i < argc; i++) {
        const char *value;

        if ((value = app_option(argc, argv, &i, "--data")) != NULL)
            data = value;
        else if (i < argc && (value = app_option(argc, argv, &i, "--listen")) != NULL)
            listen = value;
        else if (i < argc && (value = app_option(argc, argv, &i, "--config")) != NULL)
            config = value;
        else if (i < argc && (value = app_option(argc, argv, &i, "--syncro-origin")) != NULL)
            s->origin = value;
        else
            return err_set(err, "wrong option; see parley serve --help");
    }
    if (s->origin != NULL && !is_loopback_origin(s->origin))
        return err_set(err, "--syncro-origin: http://127.0.0.1:PORT, for a stand-in only");
    if (config != NULL && settings_read_file(&s->set, config, err) < 0)
        return -1;
    if (settings_read_environment(&s->set, environ, err) < 0)
        return -1;
    if (data != NULL && settings_set(&s->set, "data", data, err) < 0)
        return -1;
    if (listen != NULL && settings_set(&s->set, "listen", listen, err) < 0)
        return -1;
    if (s->set.files_public && !str_has_prefix(s->set.url, "https://") &&
        !is_loopback_origin(s->set.url))
        return err_set(err, "files_public: needs a url that begins with https://");
    return strrchr(s->set.listen, ':') != NULL ? 0 : err_set(err, "listen: ADDR:PORT");
}

int app_serve(int argc, char **argv)
{
    struct server s = {0};
    struct err err = {""};

    for (int i = 0; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0) {
            help();
            return APP_OK;
        }
    settings_init(&s.set);
    if (read_settings(&s, argc, argv, &err) < 0) {
        settings_free(&s.set);
        return app_fail(APP_USAGE, err.text);
    }
    return serve(&s);
}
