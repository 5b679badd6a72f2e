/* Who can be given a ticket: the technicians that the PSA lists; where it lists none, whoever was
 * seen to work on one. */
#include "api/api_private.h"

#include <stdlib.h>
#include <string.h>

#define USERS_MAX 200

static struct json_doc *lists_of(const struct api *api)
{
    const size_t len = api->options == NULL ? 0 : strlen(api->options);

    return len == 0 ? NULL : json_parse(api->options, len, NULL);
}

const char *ticket_lists(const struct api *api)
{
    return api->options != NULL ? api->options : "{\"statuses\":[],\"priorities\":[]}";
}

static const struct json *users_in(const struct json_doc *doc)
{
    return doc == NULL ? NULL : json_get(json_root(doc), "technicians");
}

bool ticket_is_user(const struct api *api, int64_t id)
{
    struct json_doc *doc = lists_of(api);
    const struct json *users = users_in(doc);
    bool found = false;
    int64_t one;

    for (size_t i = 0; !found && i < json_count(users); i++)
        found = json_get_int(json_at(users, i), "id", &one) == 0 && one == id;
    json_free(doc);
    return found;
}

/* The lists as they are, and in them these people. */
static char *with_users(const struct json_doc *doc, const struct store_psa_users *users)
{
    const struct json *member;
    void *iter = NULL;
    const char *key;
    struct buf b;
    struct jw w;

    buf_init(&b, 2 * STORE_BODY_MAX);
    jw_init(&w, &b);
    jw_object(&w, NULL);
    while ((key = json_next(json_root(doc), &iter, &member)) != NULL) {
        char *text = strcmp(key, "technicians") == 0 ? NULL : json_dump(member);

        if (text != NULL)
            jw_raw(&w, key, text);
        free(text);
    }
    jw_array(&w, "technicians");
    for (size_t i = 0; i < users->count; i++) {
        jw_object(&w, NULL);
        jw_int(&w, "id", users->rows[i].id);
        jw_text(&w, "name", users->rows[i].name);
        jw_object_end(&w);
    }
    jw_array_end(&w);
    jw_bool(&w, "technicians_seen", true);
    jw_object_end(&w);
    char *whole = buf_ok(&b) ? api_strdup(b.ptr) : NULL;
    buf_free(&b);
    return whole;
}

static void users_read(enum store_result result, const union store_out *out, void *arg)
{
    struct api *api = arg;
    struct json_doc *doc = lists_of(api);
    char *whole = NULL;

    api->options_op = NULL;
    if (result == STORE_OK && doc != NULL)
        whole = with_users(doc, &out->psa_users);
    if (whole != NULL) {
        free(api->options);
        api->options = whole;
        api->users_are_seen = true;
    }
    json_free(doc);
    api_tell_options(api);
}

void ticket_users_read(struct api *api)
{
    struct json_doc *doc = lists_of(api);
    const bool listed = json_count(users_in(doc)) > 0;
    const char *account = api->set.account != NULL ? api->set.account(api->set.arg) : "";

    json_free(doc);
    api->users_are_seen = false;
    if (listed || account[0] == '\0')
        api_tell_options(api);
    else
        api->options_op = store_psa_users(api->set.store, account, USERS_MAX, users_read, api);
}

void ticket_user_seen(struct api *api, int64_t id)
{
    /* Asked for once: beyond the most that are read nobody is found. */
    if (!api->users_are_seen || id == 0 || id == api->user_asked || ticket_is_user(api, id))
        return;
    api->user_asked = id;
    api_read_options(api);
}
