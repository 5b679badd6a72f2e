/* What the PSA tells of tickets: their facts, which comments are to be read, tickets that are gone,
 * tickets that somebody opens. */
#include <stdio.h>
#include <string.h>

#include "store/sqlite/ops_private.h"

static void psa_sender(const char *account, char sender[STORE_TEXT_MAX])
{
    snprintf(sender, STORE_TEXT_MAX, "psa:%.900s", account);
}

/* ---- facts ---- */

/* The conversation about a ticket; n 0: there is none. */
struct about {
    int64_t n;
    struct id id;
    bool open;
};

/* The next after this number. Most tickets have one at most; two when one was merged into another
 * before Parley had learned what became of its making. */
static enum store_result find_about(struct db *db, const char *account, int64_t ticket,
                                    int64_t after, struct about *to)
{
    sqlite3_stmt *st = db_query(db,
                                "SELECT n, id, open FROM conversation WHERE ticket_id = ? AND "
                                "ticket_id <> 0 AND account = ? AND n > ? ORDER BY n LIMIT 1",
                                DB_N(ticket), DB_T(account), DB_N(after));
    const int found = db_step(db, st);

    to->n = 0;
    if (found <= 0)
        return found < 0 ? STORE_FAILED : STORE_OK;
    to->n = db_int(st, 0);
    db_id(st, 1, &to->id);
    to->open = db_int(st, 2) != 0;
    return STORE_OK;
}

/* Was the person of this ticket erased? Then nothing of it is to be known here any more. */
static enum store_result is_erased(struct db *db, const char *account, int64_t ticket, bool *erased)
{
    sqlite3_stmt *st = db_query(db,
                                "SELECT 1 FROM conversation c JOIN person p ON p.id = c.person "
                                "WHERE c.ticket_id = ? AND c.ticket_id <> 0 AND c.account = ? AND "
                                "p.erased_ms <> 0",
                                DB_N(ticket), DB_T(account));
    const int found = db_step(db, st);

    *erased = found == 1;
    return found < 0 ? STORE_FAILED : STORE_OK;
}

/* What the mirror has of a ticket. */
struct known {
    bool there, open;
    int64_t updated_ms, asked_ms;
    bool same; /* nothing has changed since; or this answer was on its way for so long that what is
                * known is newer */
};

static enum store_result find_known(struct db *db, const struct store_sync_tickets *in,
                                    const struct store_psa_ticket *t, struct known *to)
{
    sqlite3_stmt *st = db_query(
        db,
        "SELECT open, (updated_ms = ? AND status = ? AND contact = ? AND "
        "customer = ? AND issue_type = ? AND assignee_id = ? AND due_ms = ? AND gone = 0) OR "
        "(updated_ms > ? AND asked_ms > ?), updated_ms, asked_ms FROM ticket WHERE account = ? AND "
        "id = ?",
        DB_N(t->updated_ms), DB_T(t->status), DB_N(t->contact), DB_N(t->customer),
        DB_T(t->issue_type), DB_N(t->assignee_id), DB_N(t->due_ms), DB_N(t->updated_ms),
        DB_N(in->asked_ms), DB_T(in->account), DB_N(t->id));
    const int found = db_step(db, st);

    *to = (struct known){.there = found == 1};
    if (found <= 0)
        return found < 0 ? STORE_FAILED : STORE_OK;
    to->open = db_int(st, 0) != 0;
    to->same = db_int(st, 1) != 0;
    to->updated_ms = db_int(st, 2);
    to->asked_ms = db_int(st, 3);
    return STORE_OK;
}

static enum store_result see_user(struct db *db, const char *account,
                                  const struct store_psa_ticket *t)
{
    if (t->assignee_id == 0 || t->assignee[0] == '\0')
        return STORE_OK;
    return db_run(db,
                  "INSERT INTO psa_user (account, id, name) VALUES (?1, ?2, ?3) ON CONFLICT DO "
                  "UPDATE SET name = ?3 WHERE name <> ?3",
                  DB_T(account), DB_N(t->assignee_id), DB_T(t->assignee));
}

enum store_result ops_put_ticket(struct db *db, const struct store_sync_tickets *in,
                                 const struct store_psa_ticket *t)
{
    const enum store_result result = see_user(db, in->account, t);

    if (result != STORE_OK)
        return result;
    return db_run(
        db,
        "INSERT INTO ticket (account, id, number, customer, contact, contact_name, subject, "
        "status, priority, assignee, issue_type, assignee_id, due_ms, open, gone, created_ms, "
        "updated_ms, resolved_ms, seen_ms, asked_ms) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE "
        "SET "
        "number = excluded.number, customer = excluded.customer, contact = excluded.contact, "
        "contact_name = excluded.contact_name, subject = excluded.subject, "
        "status = excluded.status, priority = excluded.priority, assignee = excluded.assignee, "
        "issue_type = excluded.issue_type, assignee_id = excluded.assignee_id, "
        "due_ms = excluded.due_ms, open = excluded.open, gone = 0, created_ms = "
        "excluded.created_ms, "
        "updated_ms = excluded.updated_ms, resolved_ms = excluded.resolved_ms, "
        "seen_ms = excluded.seen_ms, asked_ms = excluded.asked_ms",
        DB_T(in->account), DB_N(t->id), DB_T(t->number), DB_N(t->customer), DB_N(t->contact),
        DB_T(t->contact_name), DB_T(t->subject), DB_T(t->status), DB_T(t->priority),
        DB_T(t->assignee), DB_T(t->issue_type), DB_N(t->assignee_id), DB_N(t->due_ms),
        DB_N(t->open), DB_N(t->created_ms), DB_N(t->updated_ms), DB_N(t->resolved_ms),
        DB_N(in->now_ms), DB_N(in->asked_ms));
}

/* A message that tells what happened to the ticket. */
static enum store_result tell(struct db *db, struct store_op *op, const struct id *conversation,
                              const struct id *message, const char *account, const char *client_id,
                              const char *text, int64_t now_ms)
{
    char sender[STORE_TEXT_MAX];
    struct store_added added;
    const struct store_message_add in = {.conversation = *conversation,
                                         .message = *message,
                                         .asker = {.is_staff = true},
                                         .author = STORE_EVENT,
                                         .name = "",
                                         .body = text,
                                         .sender = sender,
                                         .client_id = client_id,
                                         .now_ms = now_ms};

    psa_sender(account, sender);
    return ops_put_message(db, op, &in, &added);
}

static enum store_result tell_open(struct db *db, struct store_op *op, const struct about *about,
                                   const struct store_psa_ticket *t)
{
    const struct store_sync_tickets *in = &op->in.sync_tickets;
    char client_id[96], text[200];

    snprintf(client_id, sizeof(client_id), "o%lld.%lld.%d.%lld", (long long)t->id,
             (long long)t->updated_ms, t->open, (long long)about->n);
    if (t->open)
        snprintf(text, sizeof(text), "The ticket is open again.");
    else if (t->status[0] != '\0')
        snprintf(text, sizeof(text), "The ticket was closed (%.128s).", t->status);
    else
        snprintf(text, sizeof(text), "The ticket was closed.");
    return tell(db, op, &about->id, &t->event, in->account, client_id, text, in->now_ms);
}

/* Somebody has opened or closed the conversation since, and the ticket does not know yet: what
 * waits to be changed there without a look at what it is comes from closing and opening alone, and
 * the last of it made the conversation what it is. */
static enum store_result look_turned_here(struct db *db, int64_t n, bool *is_turned)
{
    const int found =
        db_step(db, db_query(db,
                             "SELECT 1 FROM outbox WHERE conversation = ? AND kind = 3 AND "
                             "state < 4 AND NOT iif(json_valid(payload), "
                             "coalesce(json_extract(payload, '$.compare'), 0), 0) LIMIT 1",
                             DB_N(n)));

    *is_turned = found == 1;
    return found < 0 ? STORE_FAILED : STORE_OK;
}

/* It is known as it is now, and may have been otherwise between: our last change of its status came
 * there since, and it has not that status any more; or it is closed as staff chose. The times are
 * the PSA's. */
static enum store_result look_turned_back(struct db *db, int64_t n,
                                          const struct store_psa_ticket *t,
                                          const struct known *known, bool *is_back)
{
    const int found =
        db_step(db, db_query(db,
                             "SELECT 1 FROM outbox WHERE id = (SELECT max(id) FROM outbox WHERE "
                             "conversation = ? AND kind = 3 AND state = 4 AND given_up = 0 AND "
                             "iif(json_valid(payload), json_extract(payload, '$.status'), NULL) "
                             "IS NOT NULL) AND psa_ms > ? AND psa_ms <= ? AND "
                             "((? AND json_extract(payload, '$.compare')) OR "
                             "json_extract(payload, '$.status') <> ?)",
                             DB_N(n), DB_N(known->updated_ms), DB_N(t->updated_ms), DB_N(!t->open),
                             DB_T(t->status)));

    *is_back = found == 1;
    return found < 0 ? STORE_FAILED : STORE_OK;
}

/* Whoever closed the ticket has not seen what its person said meanwhile: it is still on its way
 * there, or it went there after that, and after what was changed from here. The PSA says by its own
 * clock when that was. */
static enum store_result look_unheard(struct db *db, const struct store_sync_tickets *in, int64_t n,
                                      const struct store_psa_ticket *t, const struct known *known,
                                      bool *is_unheard)
{
    int64_t closed_ms = INT64_MAX; /* by our clock; not known */
    int found;

    if (t->resolved_ms != 0 && in->clock_ms != 0)
        closed_ms = t->resolved_ms + (in->now_ms - in->clock_ms);
    /* Not what was there when the ticket was last seen open, and not where our clock was set. */
    if (closed_ms < known->asked_ms)
        closed_ms = known->asked_ms;
    found = db_step(
        db,
        db_query(db,
                 "SELECT 1 FROM outbox WHERE conversation = ?1 AND kind = 2 AND author = 1 AND "
                 "(state < 4 OR (given_up = 0 AND sent_at_ms > ?2 AND sent_at_ms <= ?3 AND id > "
                 "(SELECT coalesce(max(id), 0) FROM outbox WHERE conversation = ?1 AND "
                 "kind = 3 AND state = 4 AND given_up = 0))) LIMIT 1",
                 DB_N(n), DB_N(closed_ms), DB_N(in->now_ms)));
    *is_unheard = found == 1;
    return found < 0 ? STORE_FAILED : STORE_OK;
}

/* The ticket was closed over such words: it opens again, behind them, unless its status is to be
 * set anyway. Not by what will be given up because of this, nor by what closed it: that is on its
 * way, and has come there. */
static enum store_result open_again(struct db *db, const struct store_sync_tickets *in, int64_t n,
                                    const char *status)
{
    int found;

    if (in->reopen[0] == '\0')
        return STORE_OK;
    found = db_step(
        db, db_query(db,
                     "SELECT 1 FROM outbox WHERE conversation = ? AND kind = 3 AND state < 4 AND "
                     "conflict = '' AND iif(json_valid(payload), json_extract(payload, '$.status') "
                     "<> iif(state = 2 OR in_doubt, ?, ''), 0) LIMIT 1",
                     DB_N(n), DB_T(status)));
    if (found != 0)
        return found < 0 ? STORE_FAILED : STORE_OK;
    return ops_put_update(db, n, in->reopen, NULL, NULL, in->now_ms);
}

/* Does the conversation turn as its ticket has? Not where somebody has turned it here since, nor
 * where the ticket was closed over what they said: then that is to open again. */
static enum store_result look_turned(struct db *db, struct store_op *op, const struct about *about,
                                     const struct store_psa_ticket *t, const struct known *known,
                                     bool *is_turned)
{
    const struct store_sync_tickets *in = &op->in.sync_tickets;
    const bool closes = about->open && !t->open, opens = !about->open && t->open;
    bool is_here = false, is_unheard = false;
    enum store_result result = STORE_OK;

    /* Seen for the first time it may be open only because our closing is not there yet. */
    *is_turned = known->there ? t->open != known->open : closes;
    if ((closes || opens) && !*is_turned)
        result = look_turned_back(db, about->n, t, known, is_turned);
    if (result == STORE_OK && *is_turned && (closes || opens))
        result = look_turned_here(db, about->n, &is_here);
    if (result == STORE_OK && *is_turned && closes && !is_here)
        result = look_unheard(db, in, about->n, t, known, &is_unheard);
    if (result == STORE_OK && is_unheard)
        result = open_again(db, in, about->n, t->status);
    *is_turned = *is_turned && !is_here && !is_unheard;
    return result;
}

/* The conversation follows when the ticket closes or opens. */
static enum store_result follow(struct db *db, struct store_op *op, const struct about *about,
                                const struct store_psa_ticket *t, const struct known *known)
{
    bool turned;
    enum store_result result = look_turned(db, op, about, t, known, &turned);

    /* Where it was closed from here, that was told. */
    if (result == STORE_OK && turned && (t->open || about->open))
        result = tell_open(db, op, about, t);
    if (result != STORE_OK)
        return result;
    return db_run(db,
                  "UPDATE conversation SET ticket_number = ?1, ticket_status = ?2, "
                  "ticket_priority = ?3, assignee = ?4, sync_due = 1, issue_type = ?8, "
                  "assignee_id = ?9, due_ms = ?10, "
                  "waiting_since_ms = iif(?5 AND NOT ?6, 0, waiting_since_ms), "
                  "open = iif(?5, ?6, open) WHERE n = ?7",
                  DB_T(t->number), DB_T(t->status), DB_T(t->priority), DB_T(t->assignee),
                  DB_N(turned), DB_N(t->open), DB_N(about->n), DB_T(t->issue_type),
                  DB_N(t->assignee_id), DB_N(t->due_ms));
}

enum store_result ops_sync_tickets(struct db *db, struct store_op *op)
{
    const struct store_sync_tickets *in = &op->in.sync_tickets;
    struct store_sync_seen *out = &op->out.sync_seen;
    struct id *seen = arena_alloc(op->arena, (in->count + 1) * sizeof(*seen));
    enum store_result result = STORE_OK;

    if (seen == NULL)
        return STORE_FAILED;
    *out = (struct store_sync_seen){.conversations = seen};
    for (size_t i = 0; result == STORE_OK && i < in->count; i++) {
        const struct store_psa_ticket *t = &in->rows[i];
        struct known known;
        struct about about;
        bool erased = false;

        result = find_known(db, in, t, &known);
        if (result != STORE_OK || known.same)
            continue;
        result = is_erased(db, in->account, t->id, &erased);
        if (result != STORE_OK || erased)
            continue;
        out->changed++;
        about.n = 0;
        do {
            result = find_about(db, in->account, t->id, about.n, &about);
            if (result != STORE_OK || about.n == 0)
                break;
            if (out->count < in->count)
                seen[out->count++] = about.id;
            result = ops_conflicts(db, op, about.n, t);
            if (result == STORE_OK)
                result = follow(db, op, &about, t, &known);
        } while (result == STORE_OK);
        /* Last: until here it told what was known of the ticket. */
        if (result == STORE_OK)
            result = ops_put_ticket(db, in, t);
    }
    return result;
}

/* ---- which comments are to be read ---- */

enum store_result ops_sync_due(struct db *db, struct store_op *op)
{
    const struct store_in_due *in = &op->in.sync_due;
    struct store_sync_due *out = &op->out.sync_due;
    struct store_sync_due_row *rows = arena_alloc(op->arena, (in->limit + 1) * sizeof(*rows));
    sqlite3_stmt *st;
    int more;

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_sync_due){.rows = rows};
    st = db_query(db,
                  "SELECT c.id, c.ticket_id, coalesce(t.updated_ms, 0) FROM conversation c "
                  "LEFT JOIN ticket t ON t.account = c.account AND t.id = c.ticket_id "
                  "WHERE c.account = ? AND c.sync_due = 1 AND c.ticket_id <> 0 AND "
                  "NOT EXISTS (SELECT 1 FROM outbox o WHERE "
                  "o.conversation = c.n AND o.head = 1 AND (o.state = 2 OR o.in_doubt = 1)) "
                  "ORDER BY c.last_at_ms DESC LIMIT ?",
                  DB_T(in->account), DB_N(in->limit));
    while ((more = db_step(db, st)) == 1) {
        struct store_sync_due_row *row = &rows[out->count++];
        db_id(st, 0, &row->conversation);
        row->ticket = db_int(st, 1);
        row->updated_ms = db_int(st, 2);
    }
    return more < 0 ? STORE_FAILED : STORE_OK;
}

enum store_result ops_sync_hint(struct db *db, struct store_op *op)
{
    const struct store_in_hint *in = &op->in.sync_hint;
    const enum store_result result =
        db_run(db,
               "UPDATE conversation SET sync_due = 1 WHERE ticket_id = ?1 AND ticket_id <> 0 AND "
               "account = ?2 AND (?3 = 0 OR NOT EXISTS (SELECT 1 FROM message m WHERE "
               "m.conversation = conversation.n AND m.psa_comment_id = ?3 AND "
               "m.psa_comment_id <> 0))",
               DB_N(in->ticket), DB_T(in->account), DB_N(in->comment));

    op->out.changed.changed = db_changes(db) > 0;
    return result;
}

enum store_result ops_sync_stale(struct db *db, struct store_op *op)
{
    const struct store_in_stale *in = &op->in.sync_stale;
    struct store_sync_due_row *row = arena_alloc(op->arena, sizeof(*row));
    int64_t n;
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT n, id, ticket_id FROM conversation WHERE account = ?1 AND open = 1 AND "
                 "ticket_id <> 0 AND (checked_ms < ?2 OR checked_ms > ?3) ORDER BY checked_ms "
                 "LIMIT 1",
                 DB_T(in->account), DB_N(in->before_ms), DB_N(in->now_ms));
    const int found = db_step(db, st);

    op->out.sync_due = (struct store_sync_due){.rows = row};
    if (found <= 0 || row == NULL)
        return found < 0 || row == NULL ? STORE_FAILED : STORE_OK;
    n = db_int(st, 0);
    *row = (struct store_sync_due_row){.ticket = db_int(st, 2)};
    db_id(st, 1, &row->conversation);
    op->out.sync_due.count = 1;
    return db_run(db, "UPDATE conversation SET checked_ms = ? WHERE n = ?", DB_N(in->now_ms),
                  DB_N(n));
}

/* ---- gone ---- */

/* STORE_CONFLICT: something else of it may be on its way; that is to be known first. */
static enum store_result let_go(struct db *db, struct store_op *op, const struct about *about)
{
    const struct store_sync_gone *in = &op->in.sync_gone;
    sqlite3_stmt *st = db_query(db,
                                "SELECT 1 FROM outbox WHERE conversation = ? AND head = 1 AND "
                                "(state = 2 OR in_doubt = 1) AND id <> ?",
                                DB_N(about->n), DB_N(in->outbox));
    const int busy = db_step(db, st);
    struct id event = in->event;
    enum store_result result;
    char client_id[64];
    bool waits;

    if (busy != 0)
        return busy == 1 ? STORE_CONFLICT : STORE_FAILED;
    result = ops_begin_anew(db, about->n, in->now_ms, &waits);
    if (result == STORE_OK)
        result = ops_leave_ticket(db, about->n, waits ? 0 : 1, waits);
    if (result != STORE_OK)
        return result;
    event.bytes[15] ^= (uint8_t)op->out.gone.count;
    snprintf(client_id, sizeof(client_id), "g%lld.%lld", (long long)in->ticket,
             (long long)about->n);
    return tell(db, op, &about->id, &event, in->account, client_id, in->text, in->now_ms);
}

enum store_result ops_sync_gone(struct db *db, struct store_op *op)
{
    const struct store_sync_gone *in = &op->in.sync_gone;
    struct store_gone *out = &op->out.gone;
    struct about about = {.n = 0};
    bool conflict = false;
    enum store_result result = STORE_OK;

    *out = (struct store_gone){.count = 0};
    while (result == STORE_OK) {
        result = find_about(db, in->account, in->ticket, about.n, &about);
        if (result != STORE_OK || about.n == 0)
            break;
        result = let_go(db, op, &about);
        if (result == STORE_OK && out->count++ == 0)
            out->conversation = about.id;
        conflict = conflict || result == STORE_CONFLICT;
        result = result == STORE_CONFLICT ? STORE_OK : result;
    }
    if (result == STORE_OK && conflict && out->count == 0)
        return STORE_CONFLICT;
    if (result != STORE_OK)
        return result;
    /* Last: until here it told whose the conversations are. */
    return db_run(db, "UPDATE ticket SET gone = 1, open = 0 WHERE account = ? AND id = ?",
                  DB_T(in->account), DB_N(in->ticket));
}

/* ---- opening a ticket that has no conversation ---- */

struct adopter {
    struct id person;
    bool may_write, may_read;
};

/* Whose the ticket is, as ops_access.c has it for one with a conversation. */
static enum store_result who_adopts(struct db *db, const struct store_ticket_adopt *in,
                                    struct adopter *to)
{
    sqlite3_stmt *st;
    int found;

    *to = (struct adopter){.may_read = true, .may_write = true};
    if (in->asker.is_staff) {
        to->may_write = false; /* it is for whoever it belongs to */
        return STORE_OK;
    }
    st = db_query(
        db,
        "SELECT v.person, ((l.psa_contact <> 0 AND l.psa_contact = t.contact) OR (l.how = 2 AND "
        "t.contact = 0 AND l.psa_customer <> 0 AND l.psa_customer = t.customer)), "
        "(vp.manager = 1 AND l.psa_customer <> 0 AND l.psa_customer = t.customer) "
        "FROM visitor v JOIN person vp ON vp.id = v.person JOIN person_link l ON "
        "l.person = v.person AND l.account = ?3 JOIN ticket t ON t.account = ?3 AND t.id = ?4 AND "
        "t.gone = 0 WHERE v.token_hash = ?1 AND v.verified_ms <> 0 AND " ACCESS_RUNS("?2"),
        DB_HASH(in->asker.token_hash), DB_N(in->asker.now_ms), DB_T(in->account), DB_N(in->ticket));
    found = db_step(db, st);
    if (found <= 0)
        return found < 0 ? STORE_FAILED : STORE_NOT_FOUND;
    db_id(st, 0, &to->person);
    to->may_write = db_int(st, 1) != 0;
    to->may_read = to->may_write || db_int(st, 2) != 0;
    return to->may_read ? STORE_OK : STORE_NOT_FOUND;
}

/* One whom the PSA names, and who has not been here. */
static enum store_result put_stand_in(struct db *db, const struct store_ticket_adopt *in)
{
    return db_run(db,
                  "INSERT INTO person (id, name, email, created_ms) SELECT ?1, contact_name, '', "
                  "?2 FROM ticket WHERE account = ?3 AND id = ?4",
                  DB_ID(&in->person), DB_N(in->now_ms), DB_T(in->account), DB_N(in->ticket));
}

enum store_result ops_ticket_adopt(struct db *db, struct store_op *op)
{
    const struct store_ticket_adopt *in = &op->in.ticket_adopt;
    struct adopter who;
    struct about about;
    enum store_result result = find_about(db, in->account, in->ticket, 0, &about);

    if (result == STORE_OK && about.n == 0) {
        result = who_adopts(db, in, &who);
        if (result == STORE_OK && !who.may_write) {
            who.person = in->person;
            result = put_stand_in(db, in);
        }
        if (result == STORE_OK)
            result = db_run(
                db,
                "INSERT INTO conversation (id, reference, person, subject, open, last_seq, "
                "last_at_ms, waiting_since_ms, created_ms, account, ticket_id, ticket_number, "
                "ticket_status, ticket_priority, assignee, issue_type, assignee_id, due_ms, "
                "adopted, "
                "sync_due) SELECT ?1, ?2, ?3, subject, open, 0, updated_ms, 0, created_ms, "
                "account, "
                "id, number, status, priority, assignee, issue_type, assignee_id, due_ms, 1, 1 "
                "FROM ticket WHERE account = ?4 AND id = ?5 AND gone = 0",
                DB_ID(&in->conversation), DB_T(in->reference), DB_ID(&who.person),
                DB_T(in->account), DB_N(in->ticket));
        if (result == STORE_OK && db_changes(db) == 0)
            return STORE_NOT_FOUND;
        about.id = in->conversation;
    }
    if (result != STORE_OK)
        return result;
    const struct store_conversation_open open = {.asker = in->asker, .conversation = about.id};
    return ops_open(db, op, &open);
}

/* ---- older tickets ---- */

enum store_result ops_history(struct db *db, struct store_op *op)
{
    const struct store_history *in = &op->in.history;
    sqlite3_stmt *st;
    int found;

    op->out.changed.changed = in->done;
    if (in->done)
        return db_run(db,
                      "INSERT OR REPLACE INTO ticket_history (account, contact, customer, read_ms) "
                      "VALUES (?, ?, ?, ?)",
                      DB_T(in->account), DB_N(in->contact), DB_N(in->customer), DB_N(in->now_ms));
    st = db_query(db,
                  "SELECT 1 FROM ticket_history WHERE account = ? AND contact = ? AND "
                  "customer = ? AND read_ms BETWEEN ? AND ?",
                  DB_T(in->account), DB_N(in->contact), DB_N(in->customer),
                  DB_N(in->now_ms - STORE_HISTORY_MS), DB_N(in->now_ms));
    found = db_step(db, st);
    op->out.changed.changed = found == 0;
    return found < 0 ? STORE_FAILED : STORE_OK;
}
