#include "app/server.h"

#include <stdio.h>

#include "api/api.h"
#include "api/oidc.h"
#include "app/app.h"
#include "duty/duty.h"
#include "hook/courier.h"
#include "mail/post.h"
#include "net/http_client_curl.h"
#include "net/work.h"
#include "psa/desk.h"
#include "psa/outbox.h"
#include "store/sqlite/store_sqlite.h"

#define BODY_MAX     (288 * 1024) /* of the longest of all routes; see api/routes.c */
#define QUEUE_MAX    (256 * 1024)
#define HELLO_MS     10000
#define IDLE_MS      60000
#define HEAD_MS      10000
#define WORK_RUNNING 2  /* passwords at once: 64 MiB each */
#define WORK_WAITING 32 /* behind them */
#define DISK_RUNNING 2  /* pieces of files at once */
#define DISK_WAITING 128

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

static const char *reopen(void *arg)
{
    struct server *s = arg;

    return s->api != NULL ? api_reopen(s->api) : "";
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
                                             .reopen = reopen,
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

int server_open(struct server *s, struct err *err)
{
    if (open_parts(s, err) < 0 || open_mail(s, err) < 0 || open_hooks(s, err) < 0 ||
        open_oidc(s, err) < 0)
        return -1;
    return open_door(s, err);
}

void server_close(struct server *s)
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
