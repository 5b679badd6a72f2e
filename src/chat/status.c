#include "chat/status.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

struct status_map {
    struct json_doc *doc;
};

static const char *const words[] = {
    [STATUS_NEW] = "new",
    [STATUS_WORKING] = "working",
    [STATUS_WAITING_YOU] = "waiting_you",
    [STATUS_WAITING_US] = "waiting_us",
    [STATUS_SCHEDULED] = "scheduled",
    [STATUS_SOLVED] = "solved",
};

static const char *const acts[] = {[STATUS_ACT_SOLVED] = "solved", [STATUS_ACT_HELP] = "help"};

/* Parts of a status in small letters and what they tell; the first that is found counts. The words
 * are those of Syncro's own list and of lists that were seen (syncro-api.md, 5). */
static const struct {
    const char *part;
    enum status_bucket bucket;
} parts[] = {
    {"not closed", STATUS_WORKING},
    {"unresolved", STATUS_WORKING},
    {"incomplete", STATUS_WORKING},
    {"reopen", STATUS_WAITING_US},
    {"re-open", STATUS_WAITING_US},
    {"customer reply", STATUS_WAITING_US},
    {"client reply", STATUS_WAITING_US},
    {"replied", STATUS_WAITING_US},
    {"customer respon", STATUS_WAITING_US},
    {"waiting on customer", STATUS_WAITING_YOU},
    {"waiting for customer", STATUS_WAITING_YOU},
    {"waiting on client", STATUS_WAITING_YOU},
    {"waiting for client", STATUS_WAITING_YOU},
    {"waiting on user", STATUS_WAITING_YOU},
    {"pending customer", STATUS_WAITING_YOU},
    {"pending client", STATUS_WAITING_YOU},
    {"awaiting customer", STATUS_WAITING_YOU},
    {"awaiting client", STATUS_WAITING_YOU},
    {"on hold (customer)", STATUS_WAITING_YOU},
    {"resolv", STATUS_SOLVED},
    {"invoic", STATUS_SOLVED},
    {"clos", STATUS_SOLVED},
    {"complet", STATUS_SOLVED},
    {"done", STATUS_SOLVED},
    {"cancel", STATUS_SOLVED},
    {"solved", STATUS_SOLVED},
    {"schedul", STATUS_SCHEDULED},
    {"appointment", STATUS_SCHEDULED},
    {"parts", STATUS_SCHEDULED},
    {"vendor", STATUS_SCHEDULED},
    {"third party", STATUS_SCHEDULED},
    {"hold", STATUS_SCHEDULED},
    {"waiting", STATUS_SCHEDULED},
    {"new", STATUS_NEW},
};

struct status_map *status_map_new(const char *json, size_t len)
{
    struct status_map *map;
    struct json_doc *doc = json_parse(json, len, NULL);

    if (doc == NULL)
        return NULL;
    map = calloc(1, sizeof(*map));
    if (map == NULL)
        abort();
    map->doc = doc;
    return map;
}

void status_map_free(struct status_map *map)
{
    if (map == NULL)
        return;
    json_free(map->doc);
    free(map);
}

const char *status_word(enum status_bucket bucket)
{
    return words[bucket];
}

enum status_bucket status_read_word(const char *word)
{
    for (size_t i = STATUS_NEW; i < COUNT_OF(words); i++)
        if (str_equal(words[i], word))
            return (enum status_bucket)i;
    return (enum status_bucket)0;
}

enum status_bucket status_by_words(const char *status)
{
    char lower[STATUS_MAX];

    (void)!str_copy(lower, sizeof(lower), status);
    str_lower(lower);
    if (str_trim(lower, strlen(lower)).len == 0)
        return STATUS_NEW;
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (strstr(lower, parts[i].part) != NULL)
            return parts[i].bucket;
    return STATUS_WORKING;
}

bool status_is_closed(const char *status)
{
    return status_by_words(status) == STATUS_SOLVED;
}

static const struct json *root_of(const struct status_map *map)
{
    return map == NULL ? NULL : json_root(map->doc);
}

enum status_bucket status_map_bucket(const struct status_map *map, const char *status)
{
    const struct json *all = json_get(root_of(map), "words");

    for (size_t i = 0; i < json_count(all) && i < STATUS_COUNT; i++) {
        const struct json *one = json_at(all, i);

        if (str_equal_nocase(json_get_text(one, "status"), status))
            return status_read_word(json_get_text(one, "word"));
    }
    return (enum status_bucket)0;
}

enum status_bucket status_bucket(const struct status_map *map, const char *status)
{
    const enum status_bucket said = status_map_bucket(map, status);

    return said != 0 ? said : status_by_words(status);
}

enum status_bucket status_told(const struct status_map *map, const char *status, bool open)
{
    const enum status_bucket bucket = status_bucket(map, status);

    if (!open)
        return STATUS_SOLVED;
    return bucket == STATUS_SOLVED && status_is_closed(status) ? STATUS_WAITING_US : bucket;
}

const char *status_map_act(const struct status_map *map, enum status_act act)
{
    return json_get_text(root_of(map), acts[act]);
}

static const char *first_with(const struct status_map *map, const struct json *statuses,
                              const char *part, enum status_bucket bucket)
{
    for (size_t i = 0; i < json_count(statuses) && i < STATUS_COUNT; i++) {
        const char *status = json_text(json_at(statuses, i));
        char lower[STATUS_MAX];

        if (status == NULL || status_bucket(map, status) != bucket)
            continue;
        (void)!str_copy(lower, sizeof(lower), status);
        str_lower(lower);
        if (strstr(lower, part) != NULL)
            return status;
    }
    return NULL;
}

const char *status_of_act(const struct status_map *map, const struct json *statuses,
                          enum status_act act)
{
    const char *said = status_map_act(map, act), *found;

    if (said == NULL && act == STATUS_ACT_SOLVED) {
        found = first_with(map, statuses, "resolv", STATUS_SOLVED);
        return found != NULL ? found : first_with(map, statuses, "solved", STATUS_SOLVED);
    }
    if (said == NULL) {
        found = first_with(map, statuses, "", STATUS_WAITING_US);
        return found != NULL ? found : first_with(map, statuses, "progress", STATUS_WORKING);
    }
    for (size_t i = 0; said[0] != '\0' && i < json_count(statuses); i++)
        if (str_equal_nocase(json_text(json_at(statuses, i)), said))
            return json_text(json_at(statuses, i));
    return NULL;
}
