/* Two conversations of one person become one: the first is closed and points to the other, where
 * the person goes on. Their messages stay where they are. */
#include "base/str.h"
#include "store/sqlite/ops_private.h"

struct side {
    int64_t n;
    struct id id;
    bool open;
    int64_t merged, waiting_since_ms;
    const char *reference, *number;
};

static enum store_result read_side(struct db *db, struct store_op *op, const struct id *id,
                                   struct side *to, struct id *person)
{
    sqlite3_stmt *st = db_query(db,
                                "SELECT n, open, merged, waiting_since_ms, reference, "
                                "ticket_number, person FROM conversation WHERE id = ?",
                                DB_ID(id));
    const enum store_result result = ops_one_row(db, st);

    if (result != STORE_OK)
        return result;
    *to = (struct side){.n = db_int(st, 0),
                        .id = *id,
                        .open = db_int(st, 1) != 0,
                        .merged = db_int(st, 2),
                        .waiting_since_ms = db_int(st, 3),
                        .reference = db_text(op, st, 4),
                        .number = db_text(op, st, 5)};
    db_id(st, 6, person);
    return STORE_OK;
}

/* Something that is said of it in one of the two; enqueue: in its ticket, too. */
static enum store_result tell(struct db *db, struct store_op *op, const struct store_act *in,
                              const struct side *in_which, const struct id *message,
                              const char *sender, const char *text)
{
    const bool is_note = str_equal(sender, "s:");
    char by[ID_TEXT_SIZE];
    struct store_added added;
    struct store_message_add m = {.conversation = in_which->id,
                                  .message = *message,
                                  .asker = {.is_staff = true},
                                  .author = is_note ? STORE_NOTE : STORE_EVENT,
                                  .name = is_note ? in->name : "",
                                  .body = text,
                                  .client_id = in->client_id,
                                  .waiting = STORE_WAITING_KEEP,
                                  .now_ms = in->now_ms};

    id_format(&in->by, by);
    m.sender = arena_printf(op->arena, "%s%s", sender, by);
    if (is_note)
        m.outbox = in->outbox;
    if (m.sender == NULL || text == NULL)
        return STORE_FAILED;
    return ops_put_message(db, op, &m, is_note ? &added : &op->out.added);
}

static const char *name_of(struct store_op *op, const struct side *one)
{
    if (one->number[0] != '\0')
        return arena_printf(op->arena, "ticket #%s", one->number);
    return arena_printf(op->arena, "conversation %s", one->reference);
}

static enum store_result close_into(struct db *db, const struct side *from, const struct side *into,
                                    int64_t now_ms)
{
    enum store_result result =
        db_run(db, "UPDATE conversation SET open = 0, merged = ?, waiting_since_ms = 0 WHERE n = ?",
               DB_N(into->n), DB_N(from->n));

    if (result != STORE_OK)
        return result;
    /* Who waits there waits here, and not asleep. */
    return db_run(db,
                  "UPDATE conversation SET open = 1, snoozed_ms = iif(?1 = 0, snoozed_ms, 0), "
                  "woke_ms = iif(?1 = 0 OR snoozed_ms = 0, woke_ms, ?3), "
                  "waiting_since_ms = CASE WHEN ?1 = 0 THEN "
                  "waiting_since_ms WHEN waiting_since_ms = 0 THEN ?1 ELSE "
                  "min(?1, waiting_since_ms) END WHERE n = ?2",
                  DB_N(from->waiting_since_ms), DB_N(into->n), DB_N(now_ms));
}

/* The ticket of the first is done with; that of the other is open again, as its conversation is. */
static enum store_result turn_tickets(struct db *db, struct store_op *op,
                                      const struct store_act *in, const struct side *from,
                                      const struct side *into)
{
    enum store_result result = STORE_OK;

    if (from->open && in->payload[0] != '\0')
        result = ops_put_update(db, from->n, in->payload,
                                arena_printf(op->arena, "merge:%s", in->client_id), in->client_id,
                                in->now_ms);
    if (result == STORE_OK && !into->open && in->reopen[0] != '\0')
        result = ops_put_update(db, into->n, in->reopen,
                                arena_printf(op->arena, "merged:%s", in->client_id), in->client_id,
                                in->now_ms);
    return result;
}

enum store_result ops_merge(struct db *db, struct store_op *op, const struct store_act *in)
{
    struct id one, other;
    struct side from, into;
    struct store_added told;
    enum store_result result = read_side(db, op, &in->conversation, &from, &one);

    if (result == STORE_OK)
        result = read_side(db, op, &in->to, &into, &other);
    if (result != STORE_OK)
        return result;
    if (from.n == into.n || !id_equal(&one, &other))
        return STORE_REFUSED;
    if (from.merged != 0 || into.merged != 0)
        return STORE_CROSSED;
    result = tell(db, op, in, &into, &in->third,
                  "merge:", arena_printf(op->arena, "Your %s goes on here.", name_of(op, &from)));
    if (result == STORE_OK)
        result = tell(db, op, in, &from, &in->second,
                      "s:", arena_printf(op->arena, "Goes on in %s.", name_of(op, &into)));
    if (result == STORE_OK)
        result = tell(db, op, in, &from, &in->message, STORE_ACT_SENDER,
                      arena_printf(op->arena, "This goes on in your %s.", name_of(op, &into)));
    told = op->out.added;
    if (result == STORE_OK)
        result = close_into(db, &from, &into, in->now_ms);
    if (result == STORE_OK)
        result = turn_tickets(db, op, in, &from, &into);
    op->out.added = told;
    return result;
}
