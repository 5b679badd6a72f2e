/* Changes of a ticket that meet what others changed in the PSA, and what staff decide then. */
#include <inttypes.h>
#include <string.h>

#include "base/json.h"
#include "base/jw.h"
#include "store/sqlite/ops_private.h"

#define ENTRIES_MAX 32 /* of one conversation that are looked at; more never wait in earnest */
#define SAME_DUE_MS INT64_C(86400000) /* the PSA may keep the day and not the hour */

enum { STATUS, PRIORITY, ISSUE_TYPE, TEXTS, ASSIGNEE = TEXTS, DUE, FIELDS };

static const char *const names[FIELDS] = {"status", "priority", "issue_type", "assignee", "due"};

/* What can be changed of a ticket, as somebody has it. */
struct facts {
    bool known;
    const char *texts[TEXTS];
    int64_t numbers[FIELDS]; /* from TEXTS on */
};

static bool same_number(int field, int64_t a, int64_t b)
{
    const int64_t by = a > b ? a - b : b - a;

    return field == DUE && a != 0 && b != 0 ? by < SAME_DUE_MS : a == b;
}

static bool same(int field, const struct facts *a, const struct facts *b)
{
    return field < TEXTS ? strcmp(a->texts[field], b->texts[field]) == 0
                         : same_number(field, a->numbers[field], b->numbers[field]);
}

/* A row of status, priority, issue_type, assignee_id, due_ms. */
static enum store_result read_facts(struct store_op *op, struct db *db, sqlite3_stmt *st,
                                    struct facts *to)
{
    const int found = db_step(db, st);

    *to = (struct facts){.known = found == 1};
    for (int i = 0; found == 1 && i < FIELDS; i++) {
        if (i < TEXTS)
            to->texts[i] = db_text(op, st, i);
        else
            to->numbers[i] = db_int(st, i);
    }
    return found < 0 ? STORE_FAILED : STORE_OK;
}

/* Which fields somebody else has changed: they are not as they were last seen in the PSA, and not
 * as our own changes left them. */
static bool find_changed(const struct facts *now, const struct facts *ours,
                         const struct facts *seen, bool changed[FIELDS])
{
    bool any = false;

    for (int i = 0; i < FIELDS; i++) {
        /* It was not read before this could be. */
        const bool unread =
            i == ISSUE_TYPE ? ours->texts[i][0] == '\0' : i == DUE && ours->numbers[i] == 0;

        changed[i] = !unread && !same(i, now, ours) && !(seen->known && same(i, now, seen));
        any = any || changed[i];
    }
    return any;
}

/* ---- one entry ---- */

struct waiting {
    int64_t id;
    bool is_free;  /* nobody is sending it, and nothing is to come of an earlier try */
    bool is_tried; /* it may have arrived: an earlier try was in doubt */
    const char *payload;
};

static bool wants(const struct json *payload, int field, struct facts *mine)
{
    if (field < TEXTS)
        return (mine->texts[field] = json_get_text(payload, names[field])) != NULL;
    return json_get_int(payload, names[field], &mine->numbers[field]) == 0;
}

static void write_value(struct jw *w, const char *key, int field, const struct facts *from)
{
    if (field < TEXTS)
        jw_text(w, key, from->texts[field]);
    else
        jw_int(w, key, from->numbers[field]);
}

/* What of this payload meets what was changed, as JSON; false: nothing. */
static bool write_conflict(struct buf *to, const char *payload, const struct facts *was,
                           const struct facts *now, const bool changed[FIELDS])
{
    struct json_doc *doc = json_parse(payload, strlen(payload), NULL);
    const struct json *root = doc == NULL ? NULL : json_root(doc);
    struct facts mine = {.known = true};
    bool any = false;
    struct jw w;

    if (json_get_bool(root, "compare", false)) {
        jw_init(&w, to);
        jw_object(&w, NULL);
        for (int i = 0; i < FIELDS; i++) {
            if (!changed[i] || !wants(root, i, &mine) || same(i, &mine, now))
                continue;
            any = true;
            jw_object(&w, names[i]);
            write_value(&w, "was", i, was);
            write_value(&w, "now", i, now);
            write_value(&w, "mine", i, &mine);
            jw_object_end(&w);
        }
        jw_object_end(&w);
    }
    json_free(doc);
    return any && buf_ok(to);
}

/* What one of ours wants that may have arrived is nobody else's doing. */
static void leave_out(const struct waiting *e, const struct facts *now, bool changed[FIELDS])
{
    struct json_doc *doc = !e->is_tried ? NULL : json_parse(e->payload, strlen(e->payload), NULL);
    struct facts mine = {.known = true};

    for (int i = 0; doc != NULL && i < FIELDS; i++)
        if (wants(json_root(doc), i, &mine) && same(i, &mine, now))
            changed[i] = false;
    json_free(doc);
}

/* One that may be on its way only remembers: what comes of it decides (ops_outbox_finish.c). */
static enum store_result mark(struct db *db, const struct waiting *e, const char *conflict,
                              int64_t n, int64_t now_ms)
{
    enum store_result result;

    if (!e->is_free)
        return db_run(db, "UPDATE outbox SET conflict = ? WHERE id = ?", DB_T(conflict),
                      DB_N(e->id));
    result = db_run(db,
                    "UPDATE outbox SET state = 4, head = 0, given_up = 1, finished_ms = ?, "
                    "reason = '', conflict = ? WHERE id = ?",
                    DB_N(now_ms), DB_T(conflict), DB_N(e->id));
    return result == STORE_OK ? ops_next_head(db, n) : result;
}

/* ---- all that wait ---- */

static enum store_result read_waiting(struct db *db, struct store_op *op, int64_t n,
                                      struct waiting *rows, size_t *count)
{
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT id, state <> 2 AND in_doubt = 0, state = 2 OR in_doubt OR attempts > 0, "
                 "payload FROM outbox WHERE "
                 "conversation = ? AND kind = 3 AND state < 4 ORDER BY id LIMIT ?",
                 DB_N(n), DB_N(ENTRIES_MAX));
    int more;

    while ((more = db_step(db, st)) == 1)
        rows[(*count)++] = (struct waiting){.id = db_int(st, 0),
                                            .is_free = db_int(st, 1) != 0,
                                            .is_tried = db_int(st, 2) != 0,
                                            .payload = db_text(op, st, 3)};
    return more < 0 ? STORE_FAILED : STORE_OK;
}

/* What staff were to decide about, and is as they wanted it meanwhile, is decided. */
static enum store_result decide_by_itself(struct db *db, struct store_op *op, int64_t n,
                                          const struct facts *now)
{
    int64_t ids[ENTRIES_MAX];
    size_t count = 0;
    enum store_result result = STORE_OK;
    int more;
    sqlite3_stmt *st = db_query(db,
                                "SELECT id, payload FROM outbox WHERE conversation = ? AND "
                                "conflict <> '' AND state = 4 LIMIT ?",
                                DB_N(n), DB_N(ENTRIES_MAX));

    while ((more = db_step(db, st)) == 1) {
        const char *payload = db_text(op, st, 1);
        struct json_doc *doc = json_parse(payload, strlen(payload), NULL);
        struct facts mine = {.known = true};
        bool is_so = doc != NULL;

        for (int i = 0; is_so && i < FIELDS; i++)
            is_so = !wants(json_root(doc), i, &mine) || same(i, &mine, now);
        json_free(doc);
        if (is_so)
            ids[count++] = db_int(st, 0);
    }
    if (more < 0)
        return STORE_FAILED;
    for (size_t i = 0; result == STORE_OK && i < count; i++)
        result = db_run(db, "UPDATE outbox SET conflict = '' WHERE id = ?", DB_N(ids[i]));
    return result;
}

enum store_result ops_conflicts(struct db *db, struct store_op *op, int64_t n,
                                const struct store_psa_ticket *t)
{
    const struct store_sync_tickets *in = &op->in.sync_tickets;
    const struct facts now = {.known = true,
                              .texts = {t->status, t->priority, t->issue_type},
                              .numbers = {[ASSIGNEE] = t->assignee_id, [DUE] = t->due_ms}};
    struct waiting rows[ENTRIES_MAX];
    struct facts ours, seen = {.known = false};
    bool changed[FIELDS];
    size_t count = 0;
    struct buf text;
    enum store_result result = decide_by_itself(db, op, n, &now);

    if (result == STORE_OK)
        result = read_waiting(db, op, n, rows, &count);
    if (result != STORE_OK || count == 0)
        return result;
    result = read_facts(op, db,
                        db_query(db,
                                 "SELECT ticket_status, ticket_priority, issue_type, assignee_id, "
                                 "due_ms FROM conversation WHERE n = ?",
                                 DB_N(n)),
                        &ours);
    if (result == STORE_OK)
        result = read_facts(op, db,
                            db_query(db,
                                     "SELECT status, priority, issue_type, assignee_id, due_ms "
                                     "FROM ticket WHERE account = ? AND id = ?",
                                     DB_T(in->account), DB_N(t->id)),
                            &seen);
    if (result != STORE_OK || !ours.known || !find_changed(&now, &ours, &seen, changed))
        return result;
    for (size_t i = 0; i < count; i++)
        leave_out(&rows[i], &now, changed);
    buf_init(&text, STORE_BODY_MAX);
    for (size_t i = 0; result == STORE_OK && i < count; i++) {
        buf_clear(&text);
        if (write_conflict(&text, rows[i].payload, &ours, &now, changed)) {
            buf_char(&text, '\0');
            result = mark(db, &rows[i], text.ptr, n, in->now_ms);
        }
    }
    buf_free(&text);
    return result;
}

/* ---- the decision ---- */

/* STORE_OK with *id: it was sent once more before, under the same name. */
static enum store_result find_act(struct db *db, const struct store_conflict_settle *in,
                                  int64_t *id)
{
    sqlite3_stmt *st = db_query(db, "SELECT id FROM outbox WHERE sender = ? AND client_id = ?",
                                DB_T(in->sender), DB_T(in->client_id));
    const int found = db_step(db, st);

    *id = found == 1 ? db_int(st, 0) : 0;
    return found < 0 ? STORE_FAILED : STORE_OK;
}

enum store_result ops_conflict_settle(struct db *db, struct store_op *op)
{
    const struct store_conflict_settle *in = &op->in.conflict_settle;
    const struct store_asker staff = {.is_staff = true};
    int64_t n, id = 0;
    const char *payload;
    sqlite3_stmt *st;
    enum store_result result = ops_find(db, &in->conversation, &staff, &n);

    op->out.changed.changed = false;
    if (result == STORE_OK)
        result = find_act(db, in, &id);
    if (result != STORE_OK || id != 0)
        return result;
    st = db_query(db,
                  "SELECT payload, conflict <> '' AND state = 4, (SELECT ticket_id <> 0 FROM "
                  "conversation WHERE n = ?1) FROM outbox WHERE id = ?2 AND conversation = ?1 AND "
                  "kind = 3",
                  DB_N(n), DB_N(in->outbox));
    result = ops_one_row(db, st);
    if (result != STORE_OK)
        return result;
    if (in->keep && db_int(st, 2) == 0)
        return STORE_CONFLICT;
    if (db_int(st, 1) == 0)
        return STORE_OK;
    payload = db_text(op, st, 0);
    op->out.changed.changed = true;
    result = db_run(db, "UPDATE outbox SET conflict = '' WHERE id = ?", DB_N(in->outbox));
    if (result != STORE_OK || !in->keep)
        return result;
    return ops_enqueue(db,
                       &(struct entry_new){.conversation = n,
                                           .kind = STORE_UPDATE_TICKET,
                                           .interactive = true,
                                           .next_at_ms = in->now_ms,
                                           .now_ms = in->now_ms,
                                           .payload = payload,
                                           .sender = in->sender,
                                           .client_id = in->client_id},
                       &id);
}

/* ---- who works on tickets ---- */

enum store_result ops_psa_users(struct db *db, struct store_op *op)
{
    const struct store_in_due *in = &op->in.psa_users;
    struct store_psa_users *out = &op->out.psa_users;
    struct store_psa_user *rows = arena_alloc(op->arena, (in->limit + 1) * sizeof(*rows));
    sqlite3_stmt *st;
    int more;

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_psa_users){.rows = rows};
    st = db_query(db, "SELECT id, name FROM psa_user WHERE account = ? ORDER BY name, id LIMIT ?",
                  DB_T(in->account), DB_N(in->limit));
    while ((more = db_step(db, st)) == 1)
        rows[out->count++] = (struct store_psa_user){db_int(st, 0), db_text(op, st, 1)};
    return more < 0 ? STORE_FAILED : STORE_OK;
}
