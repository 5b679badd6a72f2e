#include "api/files.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/env.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/str.h"
#include "net/work.h"
#include "store/bytes.h"

#define SWEEP_MS 3600000 /* how often what was never sent is looked for */
#define AGAIN_MS 1000    /* there was more than one go takes */

/* Owned by its files and its locks: a lock outlives the files while its work runs. */
struct lock_list {
    size_t refs;
    struct files_lock *first;
};

struct files_lock {
    size_t refs;
    struct lock_list *list;
    struct files_lock *next;
    struct id file;
};

struct files {
    struct files_settings set;
    char *folder;
    struct files_rules rules;
    struct lock_list *locks;
    struct store_op *rules_op, *sweep_op;
    struct work *work;
    struct env_timer *timer;
    bool looked; /* for bytes without a row, since the start */
    bool soon;   /* somebody waits for bytes to go */
    struct paths *found;
    size_t found_at; /* so many of them were asked about */
};

static void *alloc(size_t size)
{
    void *p = calloc(1, size);

    if (p == NULL)
        abort();
    return p;
}

/* ---- the rules ---- */

#define ALL_KINDS ((1u << FILE_KIND_COUNT) - 2)

struct files_rules files_rules_default(void)
{
    return (struct files_rules){.max_mib = 20,
                                .count = CHAT_FILES_MAX,
                                .conversation_mib = 500,
                                .disk_mib = 20480,
                                .kinds = ALL_KINDS & ~(1u << FILE_PROGRAM)};
}

static void read_number(const struct json *root, const char *key, int64_t min, int64_t max,
                        int64_t *to)
{
    int64_t value;

    if (json_get_int(root, key, &value) == 0 && value >= min && value <= max)
        *to = value;
}

struct files_rules files_rules_read(const char *json)
{
    struct files_rules rules = files_rules_default();
    struct json_doc *doc = json_parse(json, strlen(json), NULL);
    const struct json *root = doc == NULL ? NULL : json_root(doc);
    const struct json *types = json_get(root, "types");

    read_number(root, "max_mib", 1, FILES_MAX_MIB, &rules.max_mib);
    read_number(root, "count", 0, CHAT_FILES_MAX, &rules.count);
    read_number(root, "conversation_mib", 1, FILES_DISK_MAX_MIB, &rules.conversation_mib);
    read_number(root, "disk_mib", 1, FILES_DISK_MAX_MIB, &rules.disk_mib);
    if (json_kind(types) == JSON_KIND_ARRAY) {
        rules.kinds = 0;
        for (size_t i = 0; i < json_count(types); i++) {
            const char *name = json_text(json_at(types, i));

            if (name != NULL)
                rules.kinds |= 1u << file_kind_of(name);
        }
        rules.kinds &= ALL_KINDS;
    }
    json_free(doc);
    return rules;
}

void files_rules_write(struct jw *w, const struct files_rules *rules)
{
    jw_int(w, "max_mib", rules->max_mib);
    jw_int(w, "count", rules->count);
    jw_int(w, "conversation_mib", rules->conversation_mib);
    jw_int(w, "disk_mib", rules->disk_mib);
    jw_array(w, "types");
    for (int k = 1; k < FILE_KIND_COUNT; k++)
        if (rules->kinds & 1u << k)
            jw_text(w, NULL, file_kind_name((enum file_kind)k));
    jw_array_end(w);
}

const struct files_rules *files_rules(const struct files *f)
{
    return &f->rules;
}

void files_rules_set(struct files *f, const struct files_rules *rules)
{
    f->rules = *rules;
}

bool files_takes(const struct files *f, enum file_kind kind)
{
    return (f->rules.kinds & 1u << kind) != 0;
}

static void rules_read(enum store_result result, const union store_out *out, void *arg)
{
    struct files *f = arg;

    f->rules_op = NULL;
    if (result == STORE_OK)
        f->rules = files_rules_read(out->value.text);
}

/* ---- locks ---- */

static void list_unref(struct lock_list *list)
{
    if (--list->refs == 0)
        free(list);
}

struct files_lock *files_lock(struct files *f, const struct id *file)
{
    struct files_lock *l;

    for (l = f->locks->first; l != NULL; l = l->next)
        if (id_equal(&l->file, file))
            return NULL;
    l = alloc(sizeof(*l));
    *l = (struct files_lock){.refs = 1, .list = f->locks, .next = f->locks->first, .file = *file};
    f->locks->first = l;
    f->locks->refs++;
    return l;
}

struct files_lock *files_lock_ref(struct files_lock *l)
{
    l->refs++;
    return l;
}

void files_unlock(struct files_lock **lock)
{
    struct files_lock *l = *lock;

    *lock = NULL;
    if (l == NULL || --l->refs > 0)
        return;
    struct files_lock **at = &l->list->first;
    while (*at != l)
        at = &(*at)->next;
    *at = l->next;
    list_unref(l->list);
    free(l);
}

/* ---- the broom ----
 * Rows that go leave the path of their bytes (file_gone) in the same transaction; the bytes go
 * after it, and then that note. Once after a start the disk is searched for what has no row at all,
 * as after an older database was put back. */

struct paths {
    char (*rows)[STORE_FILE_PATH_SIZE];
    size_t count, room;
};

struct sweep {
    struct files *files; /* looked at on the loop only */
    char *folder;
    struct paths paths;
    bool searches;
    bool failed;
};

static bool add_path(const char *path, void *arg)
{
    struct paths *p = arg;

    if (p->count == p->room) {
        p->room = p->room == 0 ? 256 : 2 * p->room;
        p->rows = realloc(p->rows, p->room * sizeof(*p->rows));
        if (p->rows == NULL)
            abort();
    }
    memcpy(p->rows[p->count++], path, STORE_FILE_PATH_SIZE);
    return p->count < 4000000; /* 100 MB of names: what is left is found after the next start */
}

static void paths_free(struct paths *p)
{
    if (p != NULL)
        free(p->rows);
    free(p);
}

static void sweep_run(void *job)
{
    struct sweep *s = job;

    if (s->searches)
        s->failed = bytes_each(s->folder, add_path, &s->paths) < 0;
    for (size_t i = 0; !s->searches && i < s->paths.count; i++)
        s->failed = bytes_remove(s->folder, s->paths.rows[i]) < 0 || s->failed;
}

static void look(void *arg);
static void ask_about_next(struct files *f);

static void look_again(struct files *f, int64_t after_ms)
{
    env_timer_cancel(f->set.env, &f->timer);
    if (f->soon && after_ms > AGAIN_MS)
        after_ms = AGAIN_MS;
    f->soon = false;
    f->timer = env_timer_start(f->set.env, after_ms, look, f);
}

static void on_swept(enum store_result result, const union store_out *out, void *arg)
{
    struct files *f = arg;

    (void)out;
    f->sweep_op = NULL;
    look_again(f, result == STORE_OK ? AGAIN_MS : SWEEP_MS);
}

static void sweep_done(void *job)
{
    struct sweep *s = job;
    struct files *f = s->files;
    const char *rows[STORE_GONE_MAX];

    f->work = NULL;
    if (s->failed)
        log_event(LOG_ERROR, "files", s->searches ? "not_searched" : "not_removed");
    if (s->searches && !s->failed) {
        f->found = alloc(sizeof(*f->found));
        *f->found = s->paths;
        s->paths = (struct paths){NULL, 0, 0};
        f->found_at = 0;
        ask_about_next(f);
        return;
    }
    if (s->failed || s->searches || f->found != NULL) {
        if (f->found != NULL)
            ask_about_next(f);
        else
            look_again(f, SWEEP_MS);
        return;
    }
    for (size_t i = 0; i < s->paths.count; i++)
        rows[i] = s->paths.rows[i];
    f->sweep_op =
        store_file_swept(f->set.store, &(struct store_paths){rows, s->paths.count}, on_swept, f);
}

static void sweep_free(void *job)
{
    struct sweep *s = job;

    free(s->paths.rows);
    free(s->folder);
    free(s);
}

static const struct work_calls sweep_calls = {sweep_run, sweep_done, sweep_free};

/* Search the disk (paths NULL), or remove these. */
static void start_sweep(struct files *f, const struct store_paths *paths)
{
    struct sweep *s = alloc(sizeof(*s));

    s->files = f;
    s->folder = strdup(f->folder);
    if (s->folder == NULL)
        abort();
    s->searches = paths == NULL;
    for (size_t i = 0; paths != NULL && i < paths->count; i++)
        if (strlen(paths->rows[i]) == STORE_FILE_PATH_SIZE - 1)
            (void)add_path(paths->rows[i], &s->paths);
    f->work = work_start(f->set.pool, &sweep_calls, s);
    if (f->work == NULL)
        look_again(f, AGAIN_MS);
}

static void on_unknown(enum store_result result, const union store_out *out, void *arg)
{
    struct files *f = arg;

    f->sweep_op = NULL;
    if (result != STORE_OK) {
        paths_free(f->found);
        f->found = NULL;
        look_again(f, SWEEP_MS);
        return;
    }
    if (out->paths.count > 0) {
        log_event(LOG_WARN, "files", "orphans_removed", LOG_N("count", (int64_t)out->paths.count));
        start_sweep(f, &out->paths);
    } else {
        ask_about_next(f);
    }
}

static void ask_about_next(struct files *f)
{
    const char *rows[STORE_GONE_MAX];
    size_t n = 0;

    while (n < STORE_GONE_MAX && f->found_at < f->found->count)
        rows[n++] = f->found->rows[f->found_at++];
    if (n > 0) {
        f->sweep_op =
            store_file_unknown(f->set.store, &(struct store_paths){rows, n}, on_unknown, f);
        return;
    }
    paths_free(f->found);
    f->found = NULL;
    look_again(f, 0);
}

static void on_sweep(enum store_result result, const union store_out *out, void *arg)
{
    struct files *f = arg;

    f->sweep_op = NULL;
    if (result == STORE_OK && out->paths.count > 0)
        start_sweep(f, &out->paths);
    else
        look_again(f, SWEEP_MS);
}

static void look(void *arg)
{
    struct files *f = arg;

    f->timer = NULL;
    if (f->found != NULL) { /* the pool was full */
        f->found_at = 0;
        ask_about_next(f);
    } else if (!f->looked) {
        f->looked = true;
        start_sweep(f, NULL);
    } else {
        f->sweep_op =
            store_file_sweep(f->set.store, env_now_ms(f->set.env) - FILES_LOOSE_MS, on_sweep, f);
    }
}

void files_sweep_soon(struct files *f)
{
    f->soon = true;
    if (f->work == NULL && f->sweep_op == NULL) /* otherwise once that has ended */
        look_again(f, AGAIN_MS);
}

/* ---- life ---- */

struct files *files_new(const struct files_settings *set)
{
    struct files *f = alloc(sizeof(*f));

    f->set = *set;
    f->folder = strdup(set->folder);
    if (f->folder == NULL)
        abort();
    f->rules = files_rules_default();
    f->locks = alloc(sizeof(*f->locks));
    f->locks->refs = 1;
    f->rules_op = store_value_get(set->store, STORE_VALUE_FILES, rules_read, f);
    look_again(f, 0);
    return f;
}

void files_free(struct files *f)
{
    if (f == NULL)
        return;
    store_cancel(f->set.store, &f->rules_op);
    store_cancel(f->set.store, &f->sweep_op);
    work_cancel(&f->work);
    env_timer_cancel(f->set.env, &f->timer);
    paths_free(f->found);
    list_unref(f->locks);
    free(f->folder);
    free(f);
}

const char *files_folder(const struct files *f)
{
    return f->folder;
}

struct work_pool *files_pool(const struct files *f)
{
    return f->set.pool;
}

/* ---- addresses for the PSA ---- */

static void mac_of(const struct secret_key *key, const struct id *file, int64_t expires_ms,
                   char mac[2 * SECRET_HASH_SIZE + 1])
{
    uint8_t raw[SECRET_HASH_SIZE];
    char text[ID_TEXT_SIZE], what[96];

    id_format(file, text);
    snprintf(what, sizeof(what), "%s %" PRId64, text, expires_ms);
    secret_mac(key, "file", what, strlen(what), raw);
    str_hex(raw, sizeof(raw), mac);
    secret_wipe(raw, sizeof(raw));
}

void files_address(const struct secret_key *key, const struct store_file *file, int64_t expires_ms,
                   char path[FILES_ADDRESS_SIZE])
{
    char id[ID_TEXT_SIZE], mac[2 * SECRET_HASH_SIZE + 1];
    size_t len;

    id_format(&file->id, id);
    mac_of(key, &file->id, expires_ms, mac);
    len = (size_t)snprintf(path, FILES_ADDRESS_SIZE, "%s/%" PRId64 ".%s/", id, expires_ms, mac);
    for (const unsigned char *p = (const unsigned char *)file->name;
         *p != '\0' && len + 4 < FILES_ADDRESS_SIZE; p++) {
        const bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                           (*p >= '0' && *p <= '9') || strchr("-._~", *p) != NULL;

        if (plain)
            path[len++] = (char)*p;
        else
            len += (size_t)snprintf(path + len, FILES_ADDRESS_SIZE - len, "%%%02X", *p);
    }
    path[len] = '\0';
}

bool files_address_is_good(const struct secret_key *key, const struct id *file, const char *ticket,
                           int64_t now_ms)
{
    const char *dot = strchr(ticket, '.');
    char number[24], mac[2 * SECRET_HASH_SIZE + 1];
    int64_t expires_ms;

    if (dot == NULL || (size_t)(dot - ticket) >= sizeof(number) ||
        strlen(dot + 1) != sizeof(mac) - 1)
        return false;
    memcpy(number, ticket, (size_t)(dot - ticket));
    number[dot - ticket] = '\0';
    if (str_to_int(number, 1, INT64_MAX, &expires_ms) != 0)
        return false;
    mac_of(key, file, expires_ms, mac);
    return secret_same(mac, dot + 1, sizeof(mac) - 1) && expires_ms > now_ms;
}

void files_print(struct jw *w, const struct store_file *file)
{
    char id[ID_TEXT_SIZE];

    id_format(&file->id, id);
    jw_text(w, "id", id);
    jw_text(w, "name", file->name);
    jw_text(w, "type", file->type);
    jw_int(w, "size", file->size);
    if (file->width > 0) {
        jw_int(w, "width", file->width);
        jw_int(w, "height", file->height);
    }
}
