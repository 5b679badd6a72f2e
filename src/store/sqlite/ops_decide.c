/* A person says that their ticket is solved, or that they still need help. */
#include "store/sqlite/ops_private.h"

enum store_result ops_put_update(struct db *db, int64_t n, const char *payload, const char *sender,
                                 const char *client_id, int64_t now_ms)
{
    sqlite3_stmt *st = db_query(db, "SELECT no_ticket FROM conversation WHERE n = ?", DB_N(n));
    int64_t outbox;

    if (db_step(db, st) != 1)
        return STORE_FAILED;
    if (db_int(st, 0) != 0)
        return STORE_OK;
    return ops_enqueue(db,
                       &(struct entry_new){.conversation = n,
                                           .kind = STORE_UPDATE_TICKET,
                                           .interactive = true,
                                           .next_at_ms = now_ms,
                                           .now_ms = now_ms,
                                           .payload = payload,
                                           .sender = sender,
                                           .client_id = client_id},
                       &outbox);
}

enum store_result ops_ticket_decide(struct db *db, struct store_op *op)
{
    const struct store_ticket_decide *in = &op->in.ticket_decide;
    const struct store_message_add event = {.conversation = in->conversation,
                                            .message = in->message,
                                            .asker = in->asker,
                                            .author = STORE_EVENT,
                                            .name = "",
                                            .body = in->text,
                                            .sender = in->sender,
                                            .client_id = in->client_id,
                                            .waiting = in->closes ? STORE_WAITING_END
                                                                  : STORE_WAITING_BEGIN,
                                            .now_ms = in->now_ms};
    int64_t n;
    enum store_result result = ops_find(db, &in->conversation, &in->asker, &n);

    if (result == STORE_OK)
        result = ops_put_message(db, op, &event, &op->out.added);
    if (result != STORE_OK || op->out.added.duplicate)
        return result;
    result = db_run(db, "UPDATE conversation SET open = ? WHERE n = ?", DB_N(!in->closes), DB_N(n));
    if (result != STORE_OK)
        return result;
    return ops_put_update(db, n, in->payload, in->sender, in->client_id, in->now_ms);
}
