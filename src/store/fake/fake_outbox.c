/* The outbox: heads, batches, doubt. */
#include <stdlib.h>
#include <string.h>

#include "store/fake/fake_private.h"

struct fake_entry *fake_head(struct fake *f, size_t conversation)
{
    for (size_t i = 0; i < f->entry.count; i++) {
        struct fake_entry *e = &f->entry.row[i];
        if (e->conversation == conversation && e->state != STORE_DONE)
            return e;
    }
    return NULL;
}

const char *fake_late_reason(struct fake *f, const struct fake_entry *e)
{
    if (e == NULL)
        return "";
    if (e->reason[0] != '\0' || e->state != STORE_WAITING || e != fake_head(f, e->conversation) ||
        f->connector.count == 0)
        return e->reason;
    return f->connector.row[0].reason;
}

struct fake_entry *fake_enqueue(struct fake *f, size_t conversation, enum store_outbox_kind kind,
                                const char *payload, bool interactive, int64_t next_at_ms,
                                int64_t now_ms)
{
    struct fake_entry *e = FAKE_ADD(&f->entry);

    e->id = ++f->last_entry;
    e->conversation = conversation;
    e->kind = kind;
    e->state = STORE_WAITING;
    e->interactive = interactive;
    e->payload = fake_own(payload);
    e->reason = fake_own("");
    e->sender = fake_own("");
    e->client_id = fake_own("");
    e->account = fake_own("");
    e->next_at_ms = next_at_ms;
    e->created_ms = now_ms;
    return e;
}

enum store_result fake_run_ticket_update(struct fake *f, struct store_op *op)
{
    const struct store_ticket_update *in = &op->in.ticket_update;
    const struct fake_conversation *c = fake_find_conversation(f, &in->conversation);

    if (c == NULL)
        return STORE_NOT_FOUND;
    for (size_t i = 0; i < f->entry.count; i++) {
        const struct fake_entry *e = &f->entry.row[i];
        if (e->kind != STORE_UPDATE_TICKET || strcmp(e->sender, in->sender) != 0 ||
            strcmp(e->client_id, in->client_id) != 0)
            continue;
        op->out.enqueued = (struct store_enqueued){.duplicate = true, .outbox = e->id};
        return STORE_OK;
    }
    if (c->no_ticket)
        return STORE_CONFLICT;
    struct fake_entry *e = fake_enqueue(f, fake_index(f, c), STORE_UPDATE_TICKET, in->payload,
                                        in->interactive, in->now_ms, in->now_ms);
    fake_set(&e->sender, in->sender);
    fake_set(&e->client_id, in->client_id);
    op->out.enqueued = (struct store_enqueued){.outbox = e->id};
    return STORE_OK;
}

enum store_result fake_run_recover(struct fake *f, struct store_op *op)
{
    (void)op;
    for (size_t i = 0; i < f->entry.count; i++)
        if (f->entry.row[i].state == STORE_IN_DOUBT)
            f->entry.row[i].next_at_ms = 0;
    return STORE_OK;
}

static bool is_due(const struct fake_entry *e, int64_t now_ms)
{
    return e->next_at_ms <= now_ms || e->next_at_ms > now_ms + STORE_AHEAD_MAX_MS;
}

/* In doubt first, then interactive ones, then by time. */
static int by_urgency(const void *left, const void *right)
{
    const struct store_due_row *a = left;
    const struct store_due_row *b = right;

    if ((a->state == STORE_IN_DOUBT) != (b->state == STORE_IN_DOUBT))
        return a->state == STORE_IN_DOUBT ? -1 : 1;
    if (a->interactive != b->interactive)
        return a->interactive ? -1 : 1;
    if (a->next_at_ms != b->next_at_ms)
        return a->next_at_ms < b->next_at_ms ? -1 : 1;
    return a->outbox < b->outbox ? -1 : a->outbox > b->outbox;
}

enum store_result fake_run_outbox_due(struct fake *f, struct store_op *op)
{
    const struct store_in_limit *in = &op->in.outbox_due;
    struct store_due *out = &op->out.due;
    struct store_due_row *rows = fake_room(op, f->conversation.count, sizeof(*rows));

    *out = (struct store_due){.rows = rows};
    for (size_t i = 0; i < f->conversation.count; i++) {
        const struct fake_entry *e = fake_head(f, i);
        if (e == NULL || e->state == STORE_PARKED)
            continue;
        if (!is_due(e, in->now_ms)) {
            if (out->next_ms == 0 || e->next_at_ms < out->next_ms)
                out->next_ms = e->next_at_ms;
            continue;
        }
        rows[out->count++] = (struct store_due_row){
            .conversation = f->conversation.row[i].id,
            .outbox = e->id,
            .kind = e->kind,
            .state = e->state,
            .interactive = e->interactive,
            .next_at_ms = e->next_at_ms,
        };
    }
    qsort(rows, out->count, sizeof(*rows), by_urgency);
    /* Of those in doubt, which come first, at most half. */
    size_t doubtful = 0, most = (in->limit + 1) / 2;
    while (doubtful < out->count && rows[doubtful].state == STORE_IN_DOUBT)
        doubtful++;
    if (doubtful > most) {
        memmove(&rows[most], &rows[doubtful], (out->count - doubtful) * sizeof(*rows));
        out->count -= doubtful - most;
    }
    if (out->count > in->limit)
        out->count = in->limit;
    return STORE_OK;
}

static void taken_out(struct fake *f, struct store_op *op, const struct fake_entry *e)
{
    const struct fake_conversation *c = &f->conversation.row[e->conversation];
    const struct fake_person *p = &f->person.row[c->person];
    const struct fake_person_link *l =
        fake_find_person_link(f, c->person, op->in.outbox_take.account);
    struct store_message *rows = fake_room(op, f->message.count, sizeof(*rows));
    struct store_taken *out = &op->out.taken;

    *out = (struct store_taken){
        .outbox = e->id,
        .kind = e->kind,
        .sent_at_ms = e->sent_at_ms,
        .attempts = e->attempts,
        .created_ms = e->created_ms,
        .seq_from = e->seq_from,
        .seq_to = e->seq_to,
        .author = e->author,
        .payload = fake_text(op, e->payload),
        .messages = rows,
        .conversation = c->id,
        .person = p->id,
        .reference = fake_text(op, c->reference),
        .subject = fake_text(op, c->subject),
        .name = fake_text(op, p->name),
        .email = fake_text(op, p->email),
        .company = fake_text(op, p->company),
        .psa_contact = l != NULL ? l->psa_contact : 0,
        .psa_customer = l != NULL ? l->psa_customer : 0,
        .ticket_id = c->ticket_id,
        .ticket_number = fake_text(op, c->number),
        .ticket_status = fake_text(op, c->status),
        .account = fake_text(op, c->account),
    };
    for (size_t i = 0; i < f->message.count; i++)
        if (f->message.row[i].outbox == e->id)
            fake_message_out(op, &f->message.row[i], &rows[out->message_count++]);
}

/* The person of a new ticket as the cache knows them; false when it does not. */
static bool link_person(struct fake *f, const struct store_outbox_take *in,
                        const struct fake_entry *e)
{
    const size_t person = f->conversation.row[e->conversation].person;
    const struct fake_person *p = &f->person.row[person];
    const struct fake_match *m = fake_find_match(f, in->account, p->email);

    if (e->kind != STORE_CREATE_TICKET || fake_find_person_link(f, person, in->account) != NULL ||
        p->email[0] == '\0' || m == NULL ||
        m->fetched_ms <= (m->psa_customer != 0 ? in->found_after_ms : in->missed_after_ms))
        return false;
    if (m->psa_customer != 0)
        fake_set_person_link(f, person,
                             &(struct store_person_link){p->id, in->account, m->psa_contact,
                                                         m->psa_customer, m->company});
    return true;
}

enum store_result fake_run_outbox_take(struct fake *f, struct store_op *op)
{
    const struct store_outbox_take *in = &op->in.outbox_take;
    const struct fake_conversation *c = fake_find_conversation(f, &in->conversation);
    struct fake_entry *e = c == NULL ? NULL : fake_head(f, fake_index(f, c));

    if (e == NULL || e->state == STORE_PARKED || !is_due(e, in->now_ms))
        return STORE_NOT_FOUND;
    const bool was_in_doubt = e->state == STORE_IN_DOUBT;
    const int64_t sent_before = e->sent_at_ms;
    const bool was_matched = link_person(f, in, e);
    e->attempts++;
    e->state = STORE_IN_DOUBT;
    e->in_doubt = true;
    e->next_at_ms = in->doubt_until_ms;
    taken_out(f, op, e);
    if (was_in_doubt && c->account[0] == '\0')
        op->out.taken.account = fake_text(op, e->account);
    else if (!was_in_doubt)
        fake_set(&e->account, in->account);
    op->out.taken.was_in_doubt = was_in_doubt;
    op->out.taken.was_matched = was_matched;
    op->out.taken.sent_at_ms = sent_before;
    if (!was_in_doubt)
        e->sent_at_ms = in->now_ms;
    return STORE_OK;
}

static struct fake_entry *find_entry(struct fake *f, int64_t id)
{
    for (size_t i = 0; i < f->entry.count; i++)
        if (id != 0 && f->entry.row[i].id == id)
            return &f->entry.row[i];
    return NULL;
}

static void renew(char **text, const char *with)
{
    if (with[0] != '\0')
        fake_set(text, with);
}

static void file(struct fake *f, struct fake_entry *e, const struct store_outbox_finish *in)
{
    struct fake_conversation *c = &f->conversation.row[e->conversation];

    e->state = STORE_DONE;
    e->in_doubt = false;
    fake_set(&e->reason, "");
    e->result_id = e->kind == STORE_CREATE_TICKET ? in->ticket_id : in->comment_id;
    if (in->ticket_id != 0)
        c->ticket_id = in->ticket_id;
    renew(&c->number, in->ticket_number);
    renew(&c->status, in->ticket_status);
    renew(&c->priority, in->ticket_priority);
    renew(&c->account, in->account);
    for (size_t i = 0; i < f->message.count; i++)
        if (in->comment_id != 0 && f->message.row[i].outbox == e->id)
            f->message.row[i].comment_id = in->comment_id;
}

enum store_result fake_run_outbox_finish(struct fake *f, struct store_op *op)
{
    const struct store_outbox_finish *in = &op->in.outbox_finish;
    struct fake_entry *e = find_entry(f, in->outbox);

    if (e == NULL)
        return STORE_NOT_FOUND;
    if (e->state == STORE_DONE)
        return STORE_CONFLICT;
    switch (in->outcome) {
    case STORE_FILED:
        file(f, e, in);
        break;
    case STORE_RETRY:
        e->state = STORE_WAITING;
        e->in_doubt = false;
        e->attempts -= in->not_sent;
        e->next_at_ms = in->at_ms;
        break;
    case STORE_STILL_DOUBT:
        e->state = STORE_IN_DOUBT;
        e->in_doubt = true;
        e->next_at_ms = in->at_ms;
        break;
    case STORE_PARK:
        e->state = STORE_PARKED;
        e->in_doubt = in->still_in_doubt;
        break;
    }
    if (in->outcome != STORE_FILED)
        fake_set(&e->reason, in->reason);
    op->out.finished = (struct store_finished){
        .conversation = f->conversation.row[e->conversation].id,
        .was_last = fake_head(f, e->conversation) == NULL,
    };
    return STORE_OK;
}

bool fake_retry(struct fake_entry *e, int64_t now_ms)
{
    if (e == NULL || e->state == STORE_IN_DOUBT)
        return false;
    const bool was_put_off = e->attempts > 0 || e->reason[0] != '\0';
    if (e->state == STORE_WAITING && (!was_put_off || e->next_at_ms <= now_ms))
        return false;
    if (e->state == STORE_PARKED)
        e->state = e->in_doubt ? STORE_IN_DOUBT : STORE_WAITING;
    e->next_at_ms = now_ms;
    fake_set(&e->reason, "");
    return true;
}

enum store_result fake_run_outbox_retry(struct fake *f, struct store_op *op)
{
    const struct store_in_retry *in = &op->in.outbox_retry;
    bool changed = false;

    for (size_t i = 0; i < f->conversation.count; i++) {
        if (!in->all && !id_equal(&f->conversation.row[i].id, &in->conversation))
            continue;
        changed = fake_retry(fake_head(f, i), in->now_ms) || changed;
        if (!in->all) {
            op->out.changed.changed = changed;
            if (changed)
                fake_audit_of(f, &in->audit, &f->conversation.row[i]);
            return STORE_OK;
        }
    }
    op->out.changed.changed = changed;
    return in->all ? STORE_OK : STORE_NOT_FOUND;
}

enum store_result fake_run_outbox_of(struct fake *f, struct store_op *op)
{
    const struct fake_conversation *c = fake_find_conversation(f, &op->in.outbox_of.conversation);
    struct store_entry *rows = fake_room(op, STORE_READ_MAX, sizeof(*rows));
    size_t total = 0, skip = 0;

    op->out.entries = (struct store_entries){.rows = rows};
    if (c == NULL)
        return STORE_OK;
    for (size_t i = 0; i < f->entry.count; i++)
        total += f->entry.row[i].conversation == fake_index(f, c);
    if (total > STORE_READ_MAX)
        skip = total - STORE_READ_MAX; /* the oldest, which are finished or lie before the rest */
    for (size_t i = 0; i < f->entry.count; i++) {
        const struct fake_entry *e = &f->entry.row[i];
        if (e->conversation != fake_index(f, c))
            continue;
        if (skip > 0) {
            skip--;
            continue;
        }
        rows[op->out.entries.count++] = (struct store_entry){
            .id = e->id,
            .kind = e->kind,
            .state = e->given_up ? STORE_GIVEN_UP : e->state,
            .reason = fake_text(op, fake_late_reason(f, e)),
            .attempts = e->attempts,
            .seq_from = e->seq_from,
            .seq_to = e->seq_to,
            .created_ms = e->created_ms,
            .next_at_ms = e->next_at_ms,
            .sent_at_ms = e->sent_at_ms,
            .result_id = e->result_id,
        };
    }
    return STORE_OK;
}
