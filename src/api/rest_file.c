/* Files come: announced, then piece by piece, from people's browsers and from the console. Nothing
 * is told to be there before its bytes are on the disk and its row is committed. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "api/rest_file_private.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/str.h"
#include "chat/text.h"
#include "store/bytes.h"

/* ---- who asks ---- */

static void is_staff(struct rest *r)
{
    struct file_who *who = r->who;
    char *sender;

    if (r->x == NULL) {
        rest_end(r);
        return;
    }
    if (id_is_none(&r->me.staff)) {
        rest_error(r, 401, "sign_in", NULL, "sign in first, or send the browser's token");
        return;
    }
    sender = arena_alloc(r->arena, 2 + ID_TEXT_SIZE);
    memcpy(sender, "s:", 2);
    id_format(&r->me.staff, sender + 2);
    who->asker.is_staff = true;
    who->sender = sender;
    who->then(r);
}

static void is_person(struct rest *r, const char *token)
{
    struct file_who *who = r->who;
    char *sender = arena_alloc(r->arena, 2 + 2 * STORE_HASH_SIZE + 1);

    secret_hash(token, CHAT_TOKEN_LEN, who->asker.token_hash);
    memcpy(sender, "v:", 2);
    str_hex(who->asker.token_hash, STORE_HASH_SIZE, sender + 2);
    who->sender = sender;
    who->then(r);
}

void rest_file_who(struct rest *r, void (*then)(struct rest *r))
{
    const char *bearer = http_header(r->x, "authorization");
    const enum origin origin = origin_of(r->api, r->x);
    const bool changes = strcmp(http_method(r->x), "POST") == 0;

    r->who = arena_alloc(r->arena, sizeof(*r->who));
    *r->who = (struct file_who){.then = then};
    r->who->asker.now_ms = env_now_ms(r->api->set.env);
    if (origin == ORIGIN_LISTED)
        r->cors = arena_strdup(r->arena, http_header(r->x, "origin"));
    if (origin == ORIGIN_OTHER) {
        rest_error(r, 403, "origin", NULL, "this page may not chat here");
    } else if (bearer != NULL) {
        if (!str_has_prefix(bearer, "Bearer ") || !text_is_token(bearer + 7))
            rest_error(r, 401, "bad_token", NULL, "the browser's token has 43 characters");
        else
            is_person(r, bearer + 7);
    } else if (r->has_cookie && (origin == ORIGIN_OWN || (!changes && origin == ORIGIN_NONE))) {
        /* A browser names the page with whatever changes something. */
        rest_check_session(r, is_staff);
    } else {
        rest_error(r, 401, "sign_in", NULL, "sign in first, or send the browser's token");
    }
}

/* 0, or the ms to wait. */
static int64_t takes_one_more(struct rest *r)
{
    const int64_t now = env_mono_ms(r->api->set.env);
    int64_t wait = rate_take(&address_get(r->api, r->x)->files, now, CHAT_FILES_ADDRESS_PER_MINUTE,
                             CHAT_FILES_ADDRESS_BURST);

    if (wait == 0 && !r->who->asker.is_staff)
        wait = rate_take(&visitor_get(r->api, r->who->asker.token_hash)->files, now,
                         CHAT_FILES_PER_MINUTE, CHAT_FILES_BURST);
    return wait;
}

static void show(struct rest *r, const struct store_file *f)
{
    struct jw *w = rest_begin(r);

    jw_object(w, "file");
    files_print(w, f);
    jw_object_end(w);
    jw_int(w, "offset", f->got);
    jw_int(w, "chunk", CHAT_FILE_CHUNK);
    rest_done(r, 200);
}

/* ---- announced ---- */

static void begun(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    r->op = NULL;
    if (result == STORE_NOT_FOUND)
        rest_error_not_found(r);
    else if (result == STORE_CONFLICT)
        rest_error(r, 409, "conflict", "client_id", "that client_id named another file");
    else if (result != STORE_OK)
        rest_error_busy(r);
    else if (out->file.no == STORE_FILE_TOO_MANY)
        rest_error(r, 409, "too_many", NULL, "too many files wait to be sent: send or remove some");
    else if (out->file.no == STORE_FILE_CONVERSATION_FULL)
        rest_error(r, 413, "conversation_full", NULL,
                   "the files of this conversation together would be too large");
    else if (out->file.no == STORE_FILE_DISK_FULL)
        rest_error(r, 507, "disk_full", NULL, "there is no room for files on the server now");
    else
        show(r, &out->file.file);
}

/* The request's JSON; this route is open, for pages that may chat here. False: answered. */
static bool read_json(struct rest *r)
{
    size_t len;
    const char *body = http_body(r->x, &len);

    r->doc = json_parse(body, len, NULL);
    r->body = r->doc == NULL ? NULL : json_root(r->doc);
    if (json_kind(r->body) == JSON_KIND_OBJECT)
        return true;
    rest_error(r, 400, "bad_json", NULL, "the body must be a JSON object");
    return false;
}

static bool fits(struct rest *r, const char *name, int64_t size)
{
    const struct files_rules *rules = files_rules(r->api->files);

    if (size > rules->max_mib * FILES_MIB)
        rest_error(
            r, 413, "too_large", "size",
            arena_printf(r->arena, "a file may have at most %" PRId64 " MB", rules->max_mib));
    else if (rules->count == 0 || !files_takes(r->api->files, file_kind_by_name(name)))
        rest_error(r, 415, "bad_type", "name", "files of this kind are not taken here");
    else
        return true;
    return false;
}

static void announce(struct rest *r)
{
    const struct files_rules *rules = files_rules(r->api->files);
    char name[CHAT_FILE_NAME_MAX + 1];
    struct store_file_begin in = {.asker = r->who->asker,
                                  .sender = r->who->sender,
                                  .conversation_max = rules->conversation_mib * FILES_MIB,
                                  .disk_max = rules->disk_mib * FILES_MIB,
                                  .loose_max = FILES_LOOSE_MAX,
                                  .now_ms = r->who->asker.now_ms};
    const char *text, *conversation;
    uint8_t random[12];
    int64_t wait;

    if (!read_json(r))
        return;
    text = rest_text(r, "name", STORE_TEXT_MAX, true);
    conversation = text == NULL ? NULL : rest_text(r, "conversation", ID_TEXT_SIZE, true);
    in.client_id = json_get_text(r->body, "client_id");
    if (conversation == NULL)
        return;
    if (in.client_id == NULL || !text_is_client_id(in.client_id)) {
        rest_error(r, 400, "bad_field", "client_id",
                   "client_id has 8 to 64 characters of A-Z a-z 0-9 _ -");
        return;
    }
    if (json_get_int(r->body, "size", &in.size) != 0 || in.size <= 0) {
        rest_error(r, 400, "empty", "size", "the file is empty");
        return;
    }
    if (conversation[0] != '\0' && id_parse(conversation, &in.conversation) != 0) {
        rest_error_not_found(r);
        return;
    }
    file_name_clean(text, name);
    if (!fits(r, name, in.size))
        return;
    wait = takes_one_more(r);
    if (wait > 0) {
        rest_error_wait(r, "too_fast", wait, "a little slower, please");
        return;
    }
    in.name = name;
    in.id = env_new_id(r->api->set.env);
    env_random(r->api->set.env, random, sizeof(random));
    str_hex(random, sizeof(random), in.path);
    r->op = store_file_begin(r->api->set.store, &in, begun, r);
}

void rest_file_begin(struct rest *r)
{
    rest_file_who(r, announce);
}

/* ---- how far it is ---- */

static void found(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    r->op = NULL;
    if (result == STORE_OK && strcmp(out->file.file.sender, r->who->sender) == 0)
        show(r, &out->file.file);
    else if (result == STORE_OK || result == STORE_NOT_FOUND)
        rest_error_not_found(r);
    else
        rest_error_busy(r);
}

static void ask_offset(struct rest *r)
{
    struct store_file_key key = {.asker = r->who->asker, .sender = r->who->sender};

    if (rest_id(r, 0, &key.id))
        r->op = store_file_get(r->api->set.store, &key, found, r);
}

void rest_file_offset(struct rest *r)
{
    rest_file_who(r, ask_offset);
}

/* ---- a piece ---- */

/* Lives as long as the request. */
struct put {
    struct id file;
    int64_t offset;
    struct files_lock *lock;
    struct store_file_append append; /* what is on the disk by now */
    char sha256[DIGEST_TEXT_SIZE];
};

/* Lives as long as its work, which outlives a request whose peer has left. */
struct piece {
    struct rest *rest; /* looked at only while the work is not cancelled */
    struct files_lock *lock;
    char *folder, path[STORE_FILE_PATH_SIZE];
    int64_t from, size;
    bool failed;
    int error;
    struct file_look look; /* of a whole file */
    char sha256[DIGEST_TEXT_SIZE];
    size_t len;
    char bytes[];
};

static void piece_run(void *job)
{
    struct piece *p = job;
    void *head;

    p->failed = bytes_put(p->folder, p->path, p->from, p->bytes, p->len) < 0;
    p->error = errno;
    if (p->failed || p->from + (int64_t)p->len < p->size)
        return;
    head = malloc(FILE_HEAD_SIZE);
    if (head == NULL)
        abort();
    p->failed = bytes_read_all(p->folder, p->path, p->size, p->sha256, head, FILE_HEAD_SIZE) < 0;
    p->error = errno;
    if (!p->failed)
        p->look = file_look_at(head, p->size < FILE_HEAD_SIZE ? (size_t)p->size : FILE_HEAD_SIZE);
    free(head);
}

static void appended(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct put *put = r->state;

    (void)out;
    r->op = NULL;
    if (result == STORE_OK) {
        struct jw *w = rest_begin(r);

        jw_int(w, "offset", put->append.to);
        rest_done(r, 200);
    } else if (result == STORE_CONFLICT) {
        rest_error_not_found(r);
    } else {
        rest_error_busy(r);
    }
}

static void dropped(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)result;
    (void)out;
    r->op = NULL;
    files_sweep_soon(r->api->files);
    rest_error(r, 415, "bad_type", "name", "files of this kind are not taken here");
}

static void piece_done(void *job)
{
    struct piece *p = job;
    struct rest *r = p->rest;
    struct put *put = r->state;

    r->work = NULL;
    if (p->failed) {
        log_event(LOG_ERROR, "files", "not_written", LOG_S("why", strerror(p->error)));
        rest_error_busy(r);
        return;
    }
    if (p->look.kind != 0 && !files_takes(r->api->files, p->look.kind)) {
        r->op = store_file_drop(r->api->set.store, &put->file, r->who->sender, dropped, r);
        return;
    }
    memcpy(put->sha256, p->sha256, sizeof(put->sha256));
    put->append = (struct store_file_append){.id = put->file,
                                             .from = p->from,
                                             .to = p->from + (int64_t)p->len,
                                             .sha256 = put->sha256,
                                             .type = p->look.type,
                                             .width = p->look.width,
                                             .height = p->look.height};
    r->op = store_file_append(r->api->set.store, &put->append, appended, r);
}

static void piece_free(void *job)
{
    struct piece *p = job;

    files_unlock(&p->lock);
    free(p->folder);
    free(p);
}

static const struct work_calls piece_calls = {piece_run, piece_done, piece_free};

static void write_piece(struct rest *r, const struct store_file *f)
{
    const struct put *put = r->state;
    size_t len;
    const char *body = http_body(r->x, &len);
    struct piece *p = api_alloc(sizeof(*p) + len);

    p->rest = r;
    p->lock = files_lock_ref(put->lock);
    p->folder = api_strdup(files_folder(r->api->files));
    memcpy(p->path, f->path, strlen(f->path));
    p->from = put->offset;
    p->size = f->size;
    p->len = len;
    memcpy(p->bytes, body, len);
    r->work = work_start(files_pool(r->api->files), &piece_calls, p);
    if (r->work == NULL)
        rest_error_busy(r);
}

static void say_offset(struct rest *r, int64_t offset)
{
    struct jw *w = rest_begin(r);

    jw_text(w, "error", "go on at the offset");
    jw_text(w, "code", "offset");
    jw_int(w, "offset", offset);
    rest_done(r, 409);
}

static void looked_up(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const struct put *put = r->state;
    const struct store_file *f = result == STORE_OK ? &out->file.file : NULL;
    size_t len = 0;

    r->op = NULL;
    if (r->x == NULL) {
        rest_end(r);
        return;
    }
    (void)http_body(r->x, &len);
    if (result != STORE_OK && result != STORE_NOT_FOUND)
        rest_error_busy(r);
    else if (f == NULL || strcmp(f->sender, r->who->sender) != 0 ||
             strlen(f->path) >= STORE_FILE_PATH_SIZE)
        rest_error_not_found(r);
    else if (put->offset != f->got)
        say_offset(r, f->got);
    else if (len == 0 || (int64_t)len > f->size - f->got)
        rest_error(r, 400, "bad_field", NULL, "the piece is empty or reaches past the end");
    else
        write_piece(r, f);
}

static void put_free(void *state)
{
    files_unlock(&((struct put *)state)->lock);
}

static void take_piece(struct rest *r)
{
    struct store_file_key key = {.asker = r->who->asker, .sender = r->who->sender};
    struct put *put = rest_state(r, sizeof(*put), put_free);

    if (!rest_id(r, 0, &key.id))
        return;
    if (str_to_int(r->param[1], 0, INT64_MAX, &put->offset) != 0) {
        rest_error_not_found(r);
        return;
    }
    put->file = key.id;
    put->lock = files_lock(r->api->files, &key.id);
    if (put->lock == NULL)
        rest_error_wait(r, "busy", 500, "another piece of this file is being written");
    else
        r->op = store_file_get(r->api->set.store, &key, looked_up, r);
}

void rest_file_put(struct rest *r)
{
    rest_file_who(r, take_piece);
}

/* ---- taken back ---- */

static void removed(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    r->op = NULL;
    if (result != STORE_OK && result != STORE_NOT_FOUND) {
        rest_error_busy(r);
        return;
    }
    files_sweep_soon(r->api->files);
    rest_empty(r);
}

static void take_back(struct rest *r)
{
    struct put *put = rest_state(r, sizeof(*put), put_free);

    if (!rest_id(r, 0, &put->file))
        return;
    put->lock = files_lock(r->api->files, &put->file);
    if (put->lock == NULL)
        rest_error_wait(r, "busy", 500, "a piece of this file is being written");
    else
        r->op = store_file_drop(r->api->set.store, &put->file, r->who->sender, removed, r);
}

void rest_file_remove(struct rest *r)
{
    rest_file_who(r, take_back);
}
