/* parley serve: everything put together, from the start to the stop. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/api.h"
#include "api/oidc.h"
#include "app/app.h"
#include "base/secret.h"
#include "base/str.h"
#include "chat/account.h"
#include "chat/limits.h"
#include "duty/duty.h"
#include "hook/courier.h"
#include "mail/post.h"
#include "net/http_client_curl.h"
#include "net/work.h"
#include "psa/desk.h"
#include "psa/outbox.h"
#include "store/sqlite/store_sqlite.h"

#define STOP_MS      10000 /* how long a graceful stop may take */
#define STOP_POLL_MS 20
#define CLOSE_MS     2000 /* after that: how long peers may take to read the last and the close */
#define BODY_MAX     (288 * 1024) /* of the longest of all routes; see api/routes.c */
#define QUEUE_MAX    (256 * 1024)
#define HELLO_MS     10000
#define IDLE_MS      60000
#define HEAD_MS      10000
#define WORK_RUNNING 2  /* passwords at once: 64 MiB each */
#define WORK_WAITING 32 /* behind them */
#define DISK_RUNNING 2  /* pieces of files at once */
#define DISK_WAITING 128

struct server {
    struct settings set;
    const char *origin; /* --syncro-origin */
    struct loop *loop;
    struct secret_key *key;
    struct store *store;
    struct work_pool *work, *disk;
    char files[600];                      /* where the bytes of files lie */
    struct http_client *http, *oidc_http; /* the latter: NULL without a provider */
    struct oidc *oidc, *people_oidc;      /* likewise */
    struct smtp_client *smtp;             /* NULL: no mail server is set */
    struct post *post;
    struct http_client *hook_http;
    struct courier *courier;
    struct duty *duty;
    struct outbox *outbox;
    struct desk *desk;
    struct api *api;
    struct http_server *door;
    struct env_timer *stop_timer;
    struct store_op *setup_op;
    char setup_token[CHAT_TOKEN_LEN + 1];
    int64_t stop_by_ms;
    bool stopping, closing;
};

/* --- between the api and the outbox --- */

static void committed(void *arg)
{
    struct server *s = arg;

    outbox_wake(s->outbox);
    courier_wake(s->courier);
    duty_wake(s->duty);
}

static void changed(const struct id *conversation, void *arg)
{
    struct server *s = arg;

    if (s->courier != NULL)
        courier_wake(s->courier);
    if (s->api != NULL)
        api_changed(s->api, conversation);
}

static void team_changed(void *arg)
{
    struct server *s = arg;

    if (s->api != NULL)
        api_team_changed(s->api);
}

static void promise_changed(void *arg)
{
    struct server *s = arg;

    if (s->api != NULL)
        api_promise_changed(s->api);
}

static void mailed(void *arg)
{
    post_wake(((struct server *)arg)->post);
}

static void edited(const struct id *conversation, const int64_t *seqs, size_t count, void *arg)
{
    struct server *s = arg;

    if (s->api != NULL)
        api_edited(s->api, conversation, seqs, count);
}

static void comments_read(const struct id *conversation, bool good, void *arg)
{
    struct server *s = arg;

    if (s->api != NULL)
        api_read(s->api, conversation, good);
}

static const char *account(void *arg)
{
    return outbox_account(((struct server *)arg)->outbox);
}

static struct sync *sync_now(void *arg)
{
    return outbox_sync(((struct server *)arg)->outbox);
}

static enum sync_watch watch(void *arg)
{
    static const enum sync_watch watches[] = {
        [API_NOBODY] = SYNC_NOBODY, [API_SOMEBODY] = SYNC_SOMEBODY, [API_CLOSELY] = SYNC_CLOSELY};
    const struct server *s = arg;

    return s->api != NULL ? watches[api_watch(s->api)] : SYNC_NOBODY;
}

static void attended(void *arg)
{
    struct sync *sync = outbox_sync(((struct server *)arg)->outbox);

    if (sync != NULL)
        sync_attend(sync);
}

static void hinted(int64_t ticket, void *arg)
{
    struct sync *sync = outbox_sync(((struct server *)arg)->outbox);

    if (sync != NULL)
        sync_hint(sync, ticket);
}

static void seen(const struct id *person, void *arg)
{
    struct who *who = outbox_who(((struct server *)arg)->outbox);

    if (who != NULL)
        who_seen(who, person);
}

/* Read the older tickets of who is known now: theirs, and their company's if they may see them. */
static void known(const struct who_known *known, void *arg)
{
    struct server *s = arg;
    struct sync *sync = outbox_sync(s->outbox);
    const struct store_matched *m = &known->matched;

    if (m->changed && s->api != NULL)
        api_known(s->api, &known->person);
    if (sync == NULL)
        return;
    if (m->psa_contact != 0)
        sync_history(sync, m->psa_contact, 0, NULL, NULL);
    if (m->psa_customer != 0 && (m->how == STORE_BY_COMPANY || known->is_manager))
        sync_history(sync, 0, m->psa_customer, NULL, NULL);
}

static void options_changed(void *arg)
{
    struct server *s = arg;

    if (s->api != NULL)
        api_options_changed(s->api);
}

static bool file_url(const struct store_file *file, char url[PSA_FILE_URL_SIZE], void *arg)
{
    struct server *s = arg;

    _Static_assert(PSA_FILE_URL_SIZE >= API_FILE_URL_SIZE, "room for the address");
    return s->api != NULL && api_file_url(s->api, file, url);
}

static void ticket_url(const struct store_ticket *t, char url[API_URL_SIZE], void *arg)
{
    const struct server *s = arg;

    url[0] = '\0';
    if (t->id != 0 && (s->origin != NULL || t->account[0] != '\0'))
        psa_kind_at(0)->ticket_url(t->account, s->origin, t->id, url, API_URL_SIZE);
}

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

static int open_parts(struct server *s, struct err *err)
{
    s->loop = loop_new(err);
    if (s->loop == NULL)
        return -1;
    s->key = app_key(s->set.data, err);
    if (s->key == NULL)
        return -1;
    s->store = store_sqlite_open(s->set.data, s->loop, err);
    if (s->store == NULL)
        return -1;
    s->work = work_pool_new(s->loop, WORK_RUNNING, WORK_WAITING);
    s->disk = work_pool_new(s->loop, DISK_RUNNING, DISK_WAITING);
    snprintf(s->files, sizeof(s->files), "%s/files", s->set.data);
    s->http = http_client_curl_new(s->loop, "Parley/" PARLEY_VERSION, 16, err);
    if (s->http == NULL)
        return -1;
    s->outbox =
        outbox_new(&(struct outbox_settings){.env = loop_env(s->loop),
                                             .store = s->store,
                                             .http = s->http,
                                             .origin_override = s->origin,
                                             .seal_key = s->key,
                                             .changed = changed,
                                             .edited = edited,
                                             .read = comments_read,
                                             .watch = watch,
                                             .known = known,
                                             .options_changed = options_changed,
                                             .url = s->set.url[0] != '\0' ? s->set.url : NULL,
                                             .file_url = s->set.files_public ? file_url : NULL,
                                             .arg = s});
    s->desk = desk_new(&(struct desk_settings){.env = loop_env(s->loop),
                                               .store = s->store,
                                               .http = s->http,
                                               .outbox = s->outbox,
                                               .seal_key = s->key,
                                               .origin_override = s->origin});
    return 0;
}

static int open_mail(struct server *s, struct err *err)
{
    const struct settings *set = &s->set;

    if (app_smtp(set, s->loop, &s->smtp, err) < 0)
        return -1;
    s->post = post_new(&(struct post_settings){.env = loop_env(s->loop),
                                               .store = s->store,
                                               .smtp = s->smtp,
                                               .k = s->key,
                                               .from = set->mail_from,
                                               .url = set->url,
                                               .after_ms = set->mail_after_ms,
                                               .most_ms = set->mail_most_ms});
    s->duty = duty_new(&(struct duty_settings){.env = loop_env(s->loop),
                                               .store = s->store,
                                               .changed = changed,
                                               .promise = promise_changed,
                                               .team = team_changed,
                                               .mailed = mailed,
                                               .arg = s});
    return 0;
}

static int open_hooks(struct server *s, struct err *err)
{
    s->hook_http = http_client_curl_new(s->loop, "Parley/" PARLEY_VERSION, COURIER_AT_ONCE, err);
    if (s->hook_http == NULL)
        return -1;
    s->courier = courier_new(&(struct courier_settings){.env = loop_env(s->loop),
                                                        .store = s->store,
                                                        .http = s->hook_http,
                                                        .k = s->key,
                                                        .may_be_private = s->set.webhooks_private});
    return 0;
}

/* One provider; *to stays NULL when none is set. names: what its settings begin with. */
static int open_provider(struct server *s, struct oidc_settings *in, const char *secret_file,
                         struct oidc **to, struct err *err)
{
    const struct settings *set = &s->set;
    struct secret *secret = NULL;

    if (in->issuer[0] == '\0' && in->client_id[0] == '\0' && secret_file[0] == '\0')
        return 0;
    if (secret_file[0] != '\0') {
        struct err why = {""};

        secret = app_secret(secret_file, &why);
        if (secret == NULL)
            return err_set(err, "%s_client_secret_file: %s", in->names, why.text);
    }
    /* Its own connections, so that no sign-in waits for the PSA, nor a ticket for the provider. */
    if (s->oidc_http == NULL)
        s->oidc_http = http_client_curl_new(s->loop, "Parley/" PARLEY_VERSION, 8, err);
    if (s->oidc_http != NULL) {
        in->env = loop_env(s->loop);
        in->http = s->oidc_http;
        in->origin = set->url[0] != '\0' ? set->url : NULL;
        in->client_secret = secret;
        *to = oidc_new(in, err);
    }
    secret_free(secret);
    return *to == NULL ? -1 : 0;
}

static int open_oidc(struct server *s, struct err *err)
{
    const struct settings *set = &s->set;
    struct oidc_settings staff = {
        .issuer = set->oidc_issuer, .client_id = set->oidc_client_id, .names = "oidc"};
    struct oidc_settings people = {.issuer = set->people_oidc_issuer,
                                   .client_id = set->people_oidc_client_id,
                                   .callback = OIDC_PEOPLE_CALLBACK,
                                   .names = "people_oidc"};

    if (open_provider(s, &staff, set->oidc_client_secret_file, &s->oidc, err) < 0)
        return -1;
    /* The chat is on other pages: it must know where this server is. */
    if (set->people_oidc_issuer[0] != '\0' && set->url[0] == '\0')
        return err_set(err, "people_oidc_issuer needs url: the chat opens a window there");
    return open_provider(s, &people, set->people_secret_file, &s->people_oidc, err);
}

static int open_door(struct server *s, struct err *err)
{
    const struct settings *set = &s->set;
    const struct http_server_settings door = {
        .listen = set->listen,
        .body_max = BODY_MAX,
        .connections_max = (size_t)set->connections_max,
        .connections_per_peer = (size_t)set->connections_per_address,
        .free_peers = (const char *const *)set->proxies,
        .head_ms = HEAD_MS,
        .idle_ms = IDLE_MS,
        .ws_protocol = "parley.v1",
        .ws_message_max = 32768,
        .queue_max = QUEUE_MAX,
        .ws_ping_ms = set->heartbeat_ms,
    };
    const struct http_handlers handlers = api_handlers();

    s->api = api_new(&(struct api_settings){
        .env = loop_env(s->loop),
        .store = s->store,
        .work = s->work,
        .disk = s->disk,
        .files_folder = s->files,
        .files_public = set->files_public,
        .key = s->key,
        .desk = s->desk,
        .post = s->post,
        .courier = s->courier,
        .duty = s->duty,
        .url = set->url[0] != '\0' ? set->url : NULL,
        .oidc = s->oidc,
        .oidc_name = set->oidc_name,
        .people_oidc = s->people_oidc,
        .people_oidc_name = set->people_oidc_name,
        .people_oidc_trusts = set->people_oidc_trust_email != 0,
        .origins = (const char *const *)set->origins,
        .proxies = (const char *const *)set->proxies,
        .sockets_per_address = (int)set->sockets_per_address,
        .messages_per_minute = (int)set->messages_per_minute,
        .message_burst = (int)set->message_burst,
        .starts_per_minute = (int)set->starts_per_minute,
        .start_burst = (int)set->start_burst,
        .newcomers_per_minute = (int)set->newcomers_per_minute,
        .newcomer_burst = (int)set->newcomer_burst,
        .heartbeat_ms = set->heartbeat_ms,
        .hello_ms = HELLO_MS,
        .committed = committed,
        .attended = attended,
        .hinted = hinted,
        .seen = seen,
        .account = account,
        .sync = sync_now,
        .ticket_url = ticket_url,
        .arg = s,
    });
    s->door = http_server_new(s->loop, &door, &handlers, s->api, err);
    return s->door == NULL ? -1 : 0;
}

/* The same order backwards; parts that were never opened are NULL. */
static void close_parts(struct server *s)
{
    if (s->stop_timer != NULL)
        env_timer_cancel(loop_env(s->loop), &s->stop_timer);
    if (s->door != NULL)
        http_server_free(s->door);
    store_cancel(s->store, &s->setup_op);
    api_free(s->api);
    oidc_free(s->oidc);
    oidc_free(s->people_oidc);
    work_pool_free(s->work);
    work_pool_free(s->disk);
    desk_free(s->desk);
    duty_free(s->duty);
    post_free(s->post);
    courier_free(s->courier);
    http_client_curl_free(s->hook_http);
    smtp_client_curl_free(s->smtp);
    outbox_free(s->outbox, true);
    http_client_curl_free(s->http);
    http_client_curl_free(s->oidc_http);
    if (s->store != NULL)
        store_free(s->store);
    secret_key_free(s->key);
    if (s->loop != NULL) {
        loop_turn(s->loop, 0);
        loop_free(s->loop);
    }
    settings_free(&s->set);
}

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
    if (open_parts(s, &err) < 0 || open_mail(s, &err) < 0 || open_hooks(s, &err) < 0 ||
        open_oidc(s, &err) < 0 || open_door(s, &err) < 0) {
        code = app_fail(APP_FAILED, err.text);
    } else {
        loop_on_stop_signal(s->loop, stop, s);
        say_listening(s);
        make_setup_link(s);
        loop_run(s->loop);
        loop_on_stop_signal(s->loop, NULL, NULL);
    }
    close_parts(s);
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
