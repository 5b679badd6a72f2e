/* What staff do with a conversation: who has it, when it sleeps, open or closed, its tags. */
#include <assert.h>
#include <string.h>

#include "base/jw.h"
#include "store/sqlite/ops_private.h"

/* The conversation as it is. */
struct now {
    int64_t n;
    bool open;
    struct id staff; /* none: nobody has it */
    int64_t snoozed_ms;
    const char *tags; /* by name, with commas between */
};

static enum store_result read_now(struct db *db, struct store_op *op, const struct id *conversation,
                                  struct now *now)
{
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT c.n, c.open, c.staff, c.snoozed_ms, " TAGS " FROM conversation c "
                 "WHERE c.id = ?",
                 DB_ID(conversation));
    const enum store_result result = ops_one_row(db, st);

    if (result != STORE_OK)
        return result;
    *now = (struct now){.n = db_int(st, 0),
                        .open = db_int(st, 1) != 0,
                        .snoozed_ms = db_int(st, 3),
                        .tags = db_text(op, st, 4)};
    if (sqlite3_column_type(st, 2) != SQLITE_NULL)
        db_id(st, 2, &now->staff);
    return STORE_OK;
}

/* PREFIX and the id of who does it, in the arena. */
static const char *sender_of(struct store_op *op, const char *prefix, const struct id *by)
{
    char text[ID_TEXT_SIZE] = "";

    if (!id_is_none(by))
        id_format(by, text);
    return arena_printf(op->arena, "%s%s", prefix, text);
}

static enum store_result put(struct db *db, struct store_op *op, const struct store_act *in,
                             enum store_author author, const char *body)
{
    const struct store_message_add m = {.conversation = in->conversation,
                                        .message = in->message,
                                        .asker = {.is_staff = true},
                                        .author = author,
                                        .name = author == STORE_EVENT ? "" : in->name,
                                        .body = body,
                                        .sender = sender_of(op, STORE_ACT_SENDER, &in->by),
                                        .client_id = in->client_id,
                                        .waiting = in->kind == STORE_ACT_CLOSE ? STORE_WAITING_END
                                                                               : STORE_WAITING_KEEP,
                                        .now_ms = in->now_ms};

    return m.sender == NULL ? STORE_FAILED : ops_put_message(db, op, &m, &op->out.added);
}

/* Was it done before? STORE_NOT_FOUND: no. */
static enum store_result find_before(struct db *db, struct store_op *op, const struct store_act *in,
                                     int64_t n)
{
    struct store_added *out = &op->out.added;
    const char *sender = sender_of(op, STORE_ACT_SENDER, &in->by);
    sqlite3_stmt *st;
    enum store_result result;

    if (sender == NULL)
        return STORE_FAILED;
    st = db_query(db,
                  "SELECT m.conversation, m.seq, m.created_ms, m.id FROM message m JOIN sender s "
                  "ON s.n = m.sender WHERE s.name = ? AND m.client_id = ?",
                  DB_T(sender), DB_T(in->client_id));
    result = ops_one_row(db, st);
    if (result != STORE_OK)
        return result;
    out->duplicate = true;
    out->seq = db_int(st, 1);
    out->at_ms = db_int(st, 2);
    db_id(st, 3, &out->message);
    return db_int(st, 0) == n ? STORE_OK : STORE_CONFLICT;
}

/* ---- each of them; *says: there is something to say of it, in w ---- */

static enum store_result assign(struct db *db, struct store_op *op, const struct store_act *in,
                                const struct now *now, struct jw *w, bool *says)
{
    sqlite3_stmt *st;
    enum store_result result;

    if (in->look_was && !id_equal(&now->staff, &in->was))
        return STORE_CROSSED;
    *says = !id_equal(&now->staff, &in->to);
    if (!*says)
        return STORE_OK;
    if (id_is_none(&in->to)) {
        jw_text(w, "act", "unassign");
        return db_run(db, "UPDATE conversation SET staff = NULL WHERE n = ?", DB_N(now->n));
    }
    st = db_query(db, "SELECT name FROM staff WHERE id = ? AND disabled_ms = 0", DB_ID(&in->to));
    result = ops_one_row(db, st);
    if (result != STORE_OK)
        return result;
    jw_text(w, "act", "assign");
    jw_text(w, "to", db_text(op, st, 0));
    return db_run(db, "UPDATE conversation SET staff = ? WHERE n = ?", DB_ID(&in->to),
                  DB_N(now->n));
}

static enum store_result snooze(struct db *db, const struct store_act *in, const struct now *now,
                                struct jw *w, bool *says)
{
    if (!now->open) /* what is closed is asleep as it is */
        return STORE_OK;
    /* The house wakes what is due; staff may have put it off since it looked. */
    if (id_is_none(&in->by) && now->snoozed_ms > in->now_ms)
        return STORE_OK;
    *says = now->snoozed_ms != in->until_ms;
    jw_text(w, "act", in->until_ms == 0 ? "wake" : "snooze");
    if (in->until_ms != 0)
        jw_int(w, "until", in->until_ms);
    return db_run(db,
                  "UPDATE conversation SET snoozed_ms = ?1, "
                  "woke_ms = iif(?1 = 0 AND snoozed_ms <> 0, ?2, woke_ms) WHERE n = ?3",
                  DB_N(in->until_ms), DB_N(in->now_ms), DB_N(now->n));
}

static enum store_result put_tags(struct db *db, struct store_op *op, const struct store_act *in,
                                  const struct now *now, struct jw *w, bool *says)
{
    enum store_result result =
        db_run(db, "DELETE FROM conversation_tag WHERE conversation = ?", DB_N(now->n));
    struct now after;

    jw_text(w, "act", "tags");
    jw_array(w, "tags");
    for (size_t i = 0; result == STORE_OK && i < in->tag_count; i++) {
        assert(in->tags[i][0] != '\0' && strchr(in->tags[i], ',') == NULL);
        jw_text(w, NULL, in->tags[i]);
        result = db_run(db,
                        "INSERT OR IGNORE INTO conversation_tag (conversation, tag) "
                        "VALUES (?, ?)",
                        DB_N(now->n), DB_T(in->tags[i]));
    }
    jw_array_end(w);
    if (result == STORE_OK)
        result = read_now(db, op, &in->conversation, &after);
    *says = result == STORE_OK && strcmp(after.tags, now->tags) != 0;
    return result;
}

/* Has the person written since? What nobody has read is not closed away. */
static enum store_result look_written(struct db *db, const struct store_act *in, int64_t n)
{
    int found;

    if (in->seen == 0)
        return STORE_OK;
    found = db_step(db, db_query(db,
                                 "SELECT 1 FROM message WHERE conversation = ? AND seq > ? AND "
                                 "author = 1 LIMIT 1",
                                 DB_N(n), DB_N(in->seen)));
    if (found < 0)
        return STORE_FAILED;
    return found == 1 ? STORE_CROSSED : STORE_OK;
}

/* Closed or open: the person reads of it, and the ticket gets its status. */
static enum store_result turn(struct db *db, struct store_op *op, const struct store_act *in,
                              const struct now *now)
{
    const bool opens = in->kind == STORE_ACT_REOPEN;
    enum store_result result;

    if (now->open == opens)
        return STORE_OK;
    result = opens ? STORE_OK : look_written(db, in, now->n);
    if (result != STORE_OK)
        return result;
    result = put(db, op, in, STORE_EVENT, in->text);
    if (result == STORE_OK)
        result =
            db_run(db, "UPDATE conversation SET open = ? WHERE n = ?", DB_N(opens), DB_N(now->n));
    if (result != STORE_OK || in->payload[0] == '\0')
        return result;
    return ops_put_update(db, now->n, in->payload, sender_of(op, STORE_ACT_SENDER, &in->by),
                          in->client_id, in->now_ms);
}

/* The note to the next. */
static enum store_result put_note(struct db *db, struct store_op *op, const struct store_act *in,
                                  int64_t n)
{
    struct store_added *out = &op->out.added, added;
    const struct store_message_add m = {.conversation = in->conversation,
                                        .message = in->second,
                                        .asker = {.is_staff = true},
                                        .author = STORE_NOTE,
                                        .name = in->name,
                                        .body = in->body,
                                        .sender = sender_of(op, "s:", &in->by),
                                        .client_id = in->client_id,
                                        .outbox = in->outbox,
                                        .mentions = in->mentions,
                                        .mention_count = in->mention_count,
                                        .now_ms = in->now_ms};
    enum store_result result;

    if (in->kind != STORE_ACT_ASSIGN || in->body[0] == '\0')
        return STORE_OK;
    result = m.sender == NULL ? STORE_FAILED : ops_put_message(db, op, &m, &added);
    if (result != STORE_OK || added.duplicate)
        return result;
    out->note_seq = added.seq;
    if (out->seq == 0)
        out->seq = added.seq;
    return ops_mention(db, n, added.seq, &m);
}

static enum store_result act(struct db *db, struct store_op *op, const struct store_act *in,
                             const struct now *now, struct jw *w, bool *says)
{
    switch (in->kind) {
    case STORE_ACT_ASSIGN:
        return assign(db, op, in, now, w, says);
    case STORE_ACT_SNOOZE:
        return snooze(db, in, now, w, says);
    case STORE_ACT_TAGS:
        return put_tags(db, op, in, now, w, says);
    case STORE_ACT_MERGE:
        return ops_merge(db, op, in);
    case STORE_ACT_CLOSE:
    case STORE_ACT_REOPEN:
        break;
    }
    return turn(db, op, in, now);
}

enum store_result ops_conversation_act(struct db *db, struct store_op *op)
{
    const struct store_act *in = &op->in.conversation_act;
    struct buf body;
    struct jw w;
    struct now now;
    bool says = false;
    enum store_result result = read_now(db, op, &in->conversation, &now);

    if (result != STORE_OK)
        return result;
    op->out.added = (struct store_added){.conversation = in->conversation,
                                         .message = in->message,
                                         .reference = "",
                                         .at_ms = in->now_ms};
    result = find_before(db, op, in, now.n);
    if (result != STORE_NOT_FOUND)
        return result;
    buf_init(&body, STORE_BODY_MAX);
    jw_init(&w, &body);
    jw_object(&w, NULL);
    result = act(db, op, in, &now, &w, &says);
    jw_object_end(&w);
    if (result == STORE_OK && !buf_ok(&body))
        result = STORE_FAILED;
    if (result == STORE_OK && says)
        result = put(db, op, in, STORE_NOTE, body.ptr);
    if (result == STORE_OK)
        result = put_note(db, op, in, now.n);
    buf_free(&body);
    return result;
}

/* ---- what each of them chose ---- */

enum store_result ops_staff_setting_get(struct db *db, struct store_op *op)
{
    const struct store_staff_setting *in = &op->in.staff_setting_get;
    sqlite3_stmt *st =
        db_query(db, "SELECT text, changed_ms FROM staff_setting WHERE staff = ? AND key = ?",
                 DB_ID(&in->staff), DB_T(in->key));
    const enum store_result result = ops_one_row(db, st);

    if (result == STORE_OK)
        op->out.setting = (struct store_staff_setting){.staff = in->staff,
                                                       .key = in->key,
                                                       .text = db_text(op, st, 0),
                                                       .changed_ms = db_int(st, 1)};
    return result;
}

enum store_result ops_staff_setting_put(struct db *db, struct store_op *op)
{
    const struct store_staff_setting *in = &op->in.staff_setting_put;
    const enum store_result result =
        db_run(db,
               "INSERT OR REPLACE INTO staff_setting (staff, key, text, changed_ms) "
               "SELECT id, ?2, ?3, ?4 FROM staff WHERE id = ?1",
               DB_ID(&in->staff), DB_T(in->key), DB_T(in->text), DB_N(in->changed_ms));

    return result == STORE_OK && db_changes(db) == 0 ? STORE_NOT_FOUND : result;
}
