/* The api's own life: its tick, its lists, its stop. */
#include "api/api.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/rest_private.h"
#include "base/json.h"
#include "base/str.h"

#define TICK_MS     1000
#define PROBE_BYTES 20000
#define PENDING_MAX 1000 /* of every kind together */

void *api_alloc(size_t size)
{
    void *p = calloc(1, size);

    if (p == NULL)
        abort();
    return p;
}

char *api_strdup(const char *s)
{
    char *copy = strdup(s != NULL ? s : "");

    if (copy == NULL)
        abort();
    return copy;
}

/* --- the outbox is told --- */

static void wake(void *arg)
{
    struct api *api = arg;

    api->wake = NULL;
    if (api->set.committed != NULL)
        api->set.committed(api->set.arg);
}

void api_wake(struct api *api)
{
    if (api->wake == NULL)
        api->wake = env_timer_start(api->set.env, 0, wake, api);
}

/* --- the account's lists --- */

static void options_read(enum store_result result, const union store_out *out, void *arg)
{
    struct api *api = arg;

    api->options_op = NULL;
    if (result != STORE_OK)
        return;
    free(api->options);
    api->options = api_strdup(out->value.text);
    tickets_forget_reopen(api);
    ticket_users_read(api);
}

void api_tell_options(struct api *api)
{
    print_options(api);
    struct outgoing o = outgoing_of(&api->out);
    for (struct session *s = api->staff.first; s != NULL; s = s->next)
        session_send(s, &o);
    outgoing_done(&o);
}

void api_read_options(struct api *api)
{
    store_cancel(api->set.store, &api->options_op);
    api->options_op = store_value_get(api->set.store, STORE_VALUE_OPTIONS, options_read, api);
}

bool api_is_option(const struct api *api, const char *list, const char *text)
{
    const size_t len = api->options == NULL ? 0 : strlen(api->options);
    struct json_doc *doc = len == 0 ? NULL : json_parse(api->options, len, NULL);
    const struct json *all = doc == NULL ? NULL : json_get(json_root(doc), list);
    bool found = false;

    for (size_t i = 0; !found && i < json_count(all); i++)
        found = str_equal(json_text(json_at(all, i)), text);
    json_free(doc);
    return found;
}

/* --- the tick --- */

static void probed(enum store_result result, const union store_out *out, void *arg)
{
    (void)result;
    (void)out;
    ((struct api *)arg)->probe_op = NULL;
}

/* The store cannot write: see whether it can again, for nobody may be sent here meanwhile. With
 * more than a message needs, so that the last bytes of a full disk are not taken for room. */
static void probe(struct api *api)
{
    char text[PROBE_BYTES + 1];

    if (api->probe_op != NULL || !store_is_failing(api->set.store))
        return;
    memset(text, '-', PROBE_BYTES);
    text[PROBE_BYTES] = '\0';
    const struct store_value in = {.key = STORE_VALUE_PROBE, .text = text};
    api->probe_op = store_value_put(api->set.store, &in, probed, api);
}

static void tick(void *arg)
{
    struct api *api = arg;
    const int64_t now = env_mono_ms(api->set.env);

    api->tick = env_timer_start(api->set.env, TICK_MS, tick, api);
    session_expire(api);
    address_sweep(api);
    visitor_sweep(api);
    guard_sweep(api);
    pendings_sweep(api->pendings);
    probe(api);
    if (now >= api->next_beat_ms) {
        api->next_beat_ms = now + api->set.heartbeat_ms;
        stream_beat(api);
    }
}

/* --- life --- */

struct api *api_new(const struct api_settings *settings)
{
    struct api *api = api_alloc(sizeof(*api));
    uint64_t seed;

    api->set = *settings;
    env_random(api->set.env, &seed, sizeof(seed));
    table_init(&api->rooms, offsetof(struct room, id), sizeof(struct id), seed);
    table_init(&api->visitors, offsetof(struct visitor, hash), STORE_HASH_SIZE, seed);
    table_init(&api->addresses, offsetof(struct address, text), 48, seed);
    table_init(&api->streams, offsetof(struct stream, id), API_STREAM_ID, seed);
    present_init(api, seed);
    buf_init(&api->out, API_FRAME_OUT_MAX);
    api->guard = guard_new(seed);
    api->pendings = pendings_new(api->set.env, PENDING_MAX, seed);
    api_read_options(api);
    brand_read(api);
    hook_read(api);
    status_read(api);
    sites_read(api);
    team_read(api);
    api->files = files_new(&(struct files_settings){.env = api->set.env,
                                                    .store = api->set.store,
                                                    .pool = api->set.disk,
                                                    .folder = api->set.files_folder});
    api->search = search_new(api->set.env, api->set.store);
    api->tick = env_timer_start(api->set.env, TICK_MS, tick, api);
    return api;
}

static void free_room(struct table_link *link, void *arg)
{
    room_cancel((struct room *)link);
    table_remove(&((struct api *)arg)->rooms, link);
    free(link);
}

void api_free(struct api *api)
{
    if (api == NULL)
        return;
    env_timer_cancel(api->set.env, &api->tick);
    env_timer_cancel(api->set.env, &api->wake);
    env_timer_cancel(api->set.env, &api->presence);
    store_cancel(api->set.store, &api->options_op);
    store_cancel(api->set.store, &api->probe_op);
    rest_cancel_all(api);
    store_cancel(api->set.store, &api->hook_op);
    brand_free(api);
    status_free(api);
    sites_free(api);
    team_free(api);
    search_free(api->search);
    files_free(api->files);
    guard_free(api->guard);
    pendings_free(api->pendings);
    act_cancel_all(api);
    edits_cancel_all(api);
    table_each(&api->rooms, free_room, api);
    connected_free(api);
    table_free(&api->rooms);
    table_free(&api->visitors);
    table_free(&api->addresses);
    table_free(&api->streams);
    table_free(&api->presents);
    buf_free(&api->out);
    free(api->options);
    free(api);
}

void api_changed(struct api *api, const struct id *conversation)
{
    hub_refresh(api, conversation);
}

void api_edited(struct api *api, const struct id *conversation, const int64_t *seqs, size_t count)
{
    hub_edited(api, conversation, seqs, count);
}

void api_read(struct api *api, const struct id *conversation, bool good)
{
    hub_history(api, conversation, good);
}

enum api_watch api_watch(const struct api *api)
{
    if (api->rooms.count > 0)
        return API_CLOSELY;
    for (const struct session *s = api->people.first; s != NULL; s = s->next)
        if (s->is_verified)
            return API_CLOSELY;
    return api->people.count + api->staff.count > 0 ? API_SOMEBODY : API_NOBODY;
}

void api_known(struct api *api, const struct id *person)
{
    tickets_known(api, person);
}

void api_options_changed(struct api *api)
{
    api_read_options(api);
}

bool api_file_url(struct api *api, const struct store_file *file, char url[API_FILE_URL_SIZE])
{
    char path[FILES_ADDRESS_SIZE];

    if (!api->set.files_public || api->set.url == NULL)
        return false;
    files_address(api->set.key, file, env_now_ms(api->set.env) + FILES_ADDRESS_MS, path);
    return snprintf(url, API_FILE_URL_SIZE, "%s/v1/f/%s", api->set.url, path) < API_FILE_URL_SIZE;
}

/* --- the end --- */

void api_stop(struct api *api)
{
    api->stopping = true;
}

bool api_is_idle(const struct api *api)
{
    return api->writes == 0 && api->rests == NULL;
}

static void end_list(struct session_list *list)
{
    while (list->first != NULL)
        session_end(list->first, 1001, "the server stops");
}

void api_close_all(struct api *api)
{
    end_list(&api->waiting);
    end_list(&api->people);
    end_list(&api->staff);
    exports_end(api);
    downloads_end(api);
}
