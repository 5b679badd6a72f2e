/* People, conversations and messages. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "store/fake/fake_private.h"

static struct fake_visitor *find_visitor(struct fake *f, const uint8_t *hash)
{
    for (size_t i = 0; i < f->visitor.count; i++)
        if (memcmp(f->visitor.row[i].hash, hash, STORE_HASH_SIZE) == 0)
            return &f->visitor.row[i];
    return NULL;
}

struct fake_conversation *fake_find_conversation(struct fake *f, const struct id *id)
{
    for (size_t i = 0; i < f->conversation.count; i++)
        if (id_equal(&f->conversation.row[i].id, id))
            return &f->conversation.row[i];
    return NULL;
}

struct fake_conversation *fake_find_for(struct fake *f, const struct id *id,
                                        const struct store_asker *asker)
{
    struct fake_conversation *c = fake_find_conversation(f, id);

    if (c == NULL || asker->is_staff)
        return c;
    const struct fake_visitor *v = find_visitor(f, asker->token_hash);
    return v != NULL && v->person == c->person ? c : NULL;
}

size_t fake_index(const struct fake *f, const struct fake_conversation *c)
{
    return (size_t)(c - f->conversation.row);
}

/* The message that was stored for this act. */
static struct fake_message *find_act(struct fake *f, const char *sender, const char *client_id)
{
    for (size_t i = 0; i < f->message.count; i++)
        if (strcmp(f->message.row[i].sender, sender) == 0 &&
            strcmp(f->message.row[i].client_id, client_id) == 0)
            return &f->message.row[i];
    return NULL;
}

static struct fake_message *find_comment(struct fake *f, size_t conversation, int64_t comment_id)
{
    for (size_t i = 0; i < f->message.count; i++)
        if (comment_id != 0 && f->message.row[i].conversation == conversation &&
            f->message.row[i].comment_id == comment_id)
            return &f->message.row[i];
    return NULL;
}

static bool is_taken(struct fake *f, const struct store_conversation_start *in)
{
    for (size_t i = 0; i < f->conversation.count; i++)
        if (strcmp(f->conversation.row[i].reference, in->reference) == 0)
            return true;
    return fake_find_conversation(f, &in->conversation) != NULL;
}

/* The index of the person behind the browser, made or brought up to date. */
static size_t meet(struct fake *f, const struct store_conversation_start *in)
{
    struct fake_visitor *v = find_visitor(f, in->token_hash);
    struct fake_person *p;

    if (v == NULL) {
        v = FAKE_ADD(&f->visitor);
        memcpy(v->hash, in->token_hash, STORE_HASH_SIZE);
        v->person = f->person.count;
        p = FAKE_ADD(&f->person);
        p->id = in->person;
        p->company = fake_own("");
    } else {
        p = &f->person.row[v->person];
        if (!str_equal_nocase(p->email, in->email)) {
            for (size_t i = 0; i < f->person_link.count; i++)
                if (f->person_link.row[i].person == v->person)
                    f->person_link.row[i].psa_customer = 0;
            fake_set(&p->company, "");
        }
    }
    fake_set(&p->name, in->name);
    fake_set(&p->email, in->email);
    return v->person;
}

static void started_out(struct fake *f, struct store_op *op, const struct fake_message *m,
                        bool duplicate)
{
    const struct fake_conversation *c = &f->conversation.row[m->conversation];

    op->out.started = (struct store_started){
        .duplicate = duplicate,
        .conversation = c->id,
        .person = f->person.row[c->person].id,
        .message = m->id,
        .reference = fake_text(op, c->reference),
        .seq = m->seq,
        .at_ms = m->at_ms,
    };
}

struct fake_message *fake_say(struct fake *f, struct fake_conversation *c,
                              const struct store_message_add *in)
{
    struct fake_message *m = FAKE_ADD(&f->message);

    m->id = in->message;
    m->conversation = fake_index(f, c);
    m->seq = ++c->last_seq;
    m->at_ms = in->now_ms;
    m->author = in->author;
    m->name = fake_own(in->name);
    m->body = fake_own(in->body);
    m->sender = fake_own(in->sender);
    m->client_id = fake_own(in->client_id);
    m->comment_id = in->psa_comment_id;
    if (in->author <= STORE_STAFF)
        c->last_at_ms = in->now_ms;
    return m;
}

/* The last entry of the message's conversation, when it is a comment that has room for it. */
static struct fake_entry *find_room(struct fake *f, const struct fake_message *m)
{
    struct fake_entry *last = NULL;

    for (size_t i = 0; i < f->entry.count; i++)
        if (f->entry.row[i].conversation == m->conversation)
            last = &f->entry.row[i];
    if (last == NULL || last->kind != STORE_ADD_COMMENT || last->state != STORE_WAITING ||
        last->attempts > 0 || last->author != m->author || last->messages >= STORE_BATCH_MESSAGES ||
        last->bytes + strlen(m->body) > STORE_BATCH_BYTES)
        return NULL;
    return last;
}

/* The entry that carries this message; returns its id. */
static int64_t carry(struct fake *f, struct fake_message *m, enum store_outbox_kind kind,
                     const struct store_enqueue *enqueue)
{
    struct fake_entry *e = kind == STORE_ADD_COMMENT ? find_room(f, m) : NULL;

    if (e == NULL) {
        e = fake_enqueue(f, m->conversation, kind, enqueue->payload, enqueue->interactive,
                         enqueue->next_at_ms, m->at_ms);
        e->author = m->author;
        e->seq_from = m->seq;
    }
    e->interactive = e->interactive || enqueue->interactive;
    e->seq_to = m->seq;
    e->messages++;
    e->bytes += strlen(m->body);
    return e->id;
}

enum store_result fake_run_conversation_start(struct fake *f, struct store_op *op)
{
    const struct store_conversation_start *in = &op->in.conversation_start;
    struct fake_message *m = find_act(f, in->sender, in->client_id);

    if (m != NULL) {
        started_out(f, op, m, true);
        return STORE_OK;
    }
    if (is_taken(f, in))
        return STORE_CONFLICT;
    const size_t person = meet(f, in);
    struct fake_conversation *c = FAKE_ADD(&f->conversation);
    c->id = in->conversation;
    memcpy(c->reference, in->reference, REFERENCE_SIZE);
    c->person = person;
    c->open = true;
    c->created_ms = c->waiting_since_ms = in->now_ms;
    c->subject = fake_own(in->subject);
    c->number = fake_own("");
    c->status = fake_own("");
    c->priority = fake_own("");
    c->account = fake_own("");
    const struct store_message_add message = {.message = in->message,
                                              .author = STORE_PERSON,
                                              .name = in->name,
                                              .body = in->body,
                                              .sender = in->sender,
                                              .client_id = in->client_id,
                                              .now_ms = in->now_ms};
    m = fake_say(f, c, &message);
    if (in->outbox.wanted)
        m->outbox = carry(f, m, STORE_CREATE_TICKET, &in->outbox);
    started_out(f, op, m, false);
    return STORE_OK;
}

void fake_added_out(struct fake *f, struct store_op *op, const struct fake_message *m,
                    bool duplicate, struct store_added *to)
{
    const struct fake_conversation *c = &f->conversation.row[m->conversation];

    *to = (struct store_added){
        .duplicate = duplicate,
        .conversation = c->id,
        .message = m->id,
        .reference = fake_text(op, c->reference),
        .seq = m->seq,
        .at_ms = m->at_ms,
    };
}

enum store_result fake_run_message_add(struct fake *f, struct store_op *op)
{
    const struct store_message_add *in = &op->in.message_add;
    struct fake_conversation *c = fake_find_for(f, &in->conversation, &in->asker);

    if (c == NULL)
        return STORE_NOT_FOUND;
    struct fake_message *m = find_act(f, in->sender, in->client_id);
    if (m != NULL && m->conversation != fake_index(f, c))
        return STORE_CONFLICT;
    if (m == NULL)
        m = find_comment(f, fake_index(f, c), in->psa_comment_id);
    if (m != NULL) {
        fake_added_out(f, op, m, true, &op->out.added);
        return STORE_OK;
    }
    m = fake_say(f, c, in);
    if (in->author == STORE_PERSON)
        c->open = true;
    if (in->waiting == STORE_WAITING_END)
        c->waiting_since_ms = 0;
    else if (in->waiting == STORE_WAITING_BEGIN && c->waiting_since_ms == 0)
        c->waiting_since_ms = in->now_ms;
    if (in->outbox.wanted && !c->no_ticket) {
        m->outbox = carry(f, m, STORE_ADD_COMMENT, &in->outbox);
    } else if (in->outbox.wanted && in->author == STORE_PERSON) {
        c->no_ticket = false;
        m->outbox = carry(f, m, STORE_CREATE_TICKET, &in->outbox);
    }
    fake_added_out(f, op, m, false, &op->out.added);
    return STORE_OK;
}

/* The first STORE_LAST_BODY characters. */
static const char *cut_body(struct store_op *op, const char *body)
{
    size_t len = 0;

    for (int n = 0; body[len] != '\0'; len++)
        if (((unsigned char)body[len] & 0xc0) != 0x80 && n++ == STORE_LAST_BODY)
            break;
    const char *copy = arena_strndup(op->arena, body, len);
    return copy != NULL ? copy : "";
}

static struct store_summary summarise(struct fake *f, struct store_op *op,
                                      const struct fake_conversation *c)
{
    const struct fake_person *p = &f->person.row[c->person];
    const struct fake_entry *head = fake_head(f, fake_index(f, c));
    struct store_summary s = {
        .conversation = c->id,
        .person = p->id,
        .reference = fake_text(op, c->reference),
        .name = fake_text(op, p->name),
        .email = fake_text(op, p->email),
        .company = fake_text(op, p->company),
        .subject = fake_text(op, c->subject),
        .last_body = "",
        .last_at_ms = c->last_at_ms,
        .last_seq = c->last_seq,
        .waiting_since_ms = c->waiting_since_ms,
        .created_ms = c->created_ms,
        .open = c->open,
        .ticket = {.id = c->ticket_id,
                   .number = fake_text(op, c->number),
                   .status = fake_text(op, c->status),
                   .priority = fake_text(op, c->priority),
                   .account = fake_text(op, c->account),
                   .state = head != NULL ? head->state : STORE_DONE,
                   .reason = fake_text(op, fake_late_reason(f, head))},
    };

    for (size_t i = f->message.count; i-- > 0;) {
        const struct fake_message *m = &f->message.row[i];
        if (m->conversation != fake_index(f, c) || m->author > STORE_STAFF)
            continue;
        s.last_body = cut_body(op, m->body);
        s.last_from = m->author;
        break;
    }
    return s;
}

enum store_result fake_run_visitor_open(struct fake *f, struct store_op *op)
{
    const struct fake_visitor *v = find_visitor(f, op->in.visitor_open.hash);
    const struct fake_conversation *latest = NULL;
    struct store_visitor *out = &op->out.visitor;

    if (v == NULL)
        return STORE_NOT_FOUND;
    const struct fake_person *p = &f->person.row[v->person];
    *out = (struct store_visitor){.person = p->id,
                                  .name = fake_text(op, p->name),
                                  .email = fake_text(op, p->email),
                                  .company = fake_text(op, p->company)};
    for (size_t i = 0; i < f->conversation.count; i++) {
        const struct fake_conversation *c = &f->conversation.row[i];
        if (c->open && c->person == v->person &&
            (latest == NULL || c->created_ms >= latest->created_ms))
            latest = c;
    }
    out->has_conversation = latest != NULL;
    if (latest != NULL)
        out->conversation = summarise(f, op, latest);
    return STORE_OK;
}

void fake_message_out(struct store_op *op, const struct fake_message *m, struct store_message *to)
{
    *to = (struct store_message){
        .id = m->id,
        .seq = m->seq,
        .at_ms = m->at_ms,
        .author = m->author,
        .name = fake_text(op, m->name),
        .body = fake_text(op, m->body),
        .sender = fake_text(op, m->sender),
        .client_id = fake_text(op, m->client_id),
        .psa_comment_id = m->comment_id,
    };
}

enum store_result fake_run_messages_read(struct fake *f, struct store_op *op)
{
    const struct store_messages_read *in = &op->in.messages_read;
    struct store_messages *out = &op->out.messages;
    const struct fake_conversation *c = fake_find_for(f, &in->conversation, &in->asker);

    if (c == NULL)
        return STORE_NOT_FOUND;
    struct store_message *rows = fake_room(op, in->limit, sizeof(*rows));
    *out = (struct store_messages){.conversation = c->id,
                                   .reference = fake_text(op, c->reference),
                                   .rows = rows,
                                   .last_seq = c->last_seq};
    size_t bytes = 0;
    for (size_t i = 0; i < f->message.count && !out->more; i++) {
        const struct fake_message *m = &f->message.row[i];
        if (m->conversation != fake_index(f, c) || m->seq <= in->since ||
            (m->author == STORE_NOTE && !in->include_notes))
            continue;
        bytes += strlen(m->body);
        if (out->count == in->limit || (out->count > 0 && bytes > STORE_READ_BYTES))
            out->more = true;
        else
            fake_message_out(op, m, &rows[out->count++]);
    }
    return STORE_OK;
}

/* Those who wait for us first, longest first; then by the last message, newest first. */
static int by_waiting(const void *left, const void *right)
{
    const struct fake_conversation *a = *(const struct fake_conversation *const *)left;
    const struct fake_conversation *b = *(const struct fake_conversation *const *)right;

    if ((a->waiting_since_ms != 0) != (b->waiting_since_ms != 0))
        return a->waiting_since_ms != 0 ? -1 : 1;
    if (a->waiting_since_ms != b->waiting_since_ms)
        return a->waiting_since_ms < b->waiting_since_ms ? -1 : 1;
    if (a->last_at_ms != b->last_at_ms)
        return a->last_at_ms > b->last_at_ms ? -1 : 1;
    return memcmp(&a->id, &b->id, sizeof(a->id));
}

enum store_result fake_run_inbox_read(struct fake *f, struct store_op *op)
{
    const size_t limit = op->in.inbox_read.limit;
    const struct fake_conversation **open = fake_room(op, f->conversation.count, sizeof(*open));
    struct store_summary *rows = fake_room(op, limit, sizeof(*rows));
    size_t count = 0;

    for (size_t i = 0; i < f->conversation.count; i++)
        if (f->conversation.row[i].open)
            open[count++] = &f->conversation.row[i];
    qsort(open, count, sizeof(*open), by_waiting);
    op->out.summaries = (struct store_summaries){
        .rows = rows, .count = count < limit ? count : limit, .more = count > limit};
    for (size_t i = 0; i < op->out.summaries.count; i++)
        rows[i] = summarise(f, op, open[i]);
    return STORE_OK;
}

enum store_result fake_run_conversation_summary(struct fake *f, struct store_op *op)
{
    const struct store_in_summary *in = &op->in.conversation_summary;
    const struct fake_conversation *c = fake_find_for(f, &in->conversation, &in->asker);

    if (c == NULL)
        return STORE_NOT_FOUND;
    op->out.summary = summarise(f, op, c);
    return STORE_OK;
}

enum store_result fake_run_conversation_by_ticket(struct fake *f, struct store_op *op)
{
    const struct store_in_ticket *in = &op->in.conversation_by_ticket;

    for (size_t i = 0; i < f->conversation.count; i++) {
        const struct fake_conversation *c = &f->conversation.row[i];
        if (c->ticket_id == 0 || c->ticket_id != in->ticket_id ||
            strcmp(c->account, in->account) != 0)
            continue;
        op->out.summary = summarise(f, op, c);
        return STORE_OK;
    }
    return STORE_NOT_FOUND;
}

/* Replace a text unless with is "" or the same; true when it changed. */
static bool renew(char **text, const char *with)
{
    if (with[0] == '\0' || strcmp(*text, with) == 0)
        return false;
    fake_set(text, with);
    return true;
}

enum store_result fake_run_ticket_set(struct fake *f, struct store_op *op)
{
    const struct store_ticket_set *in = &op->in.ticket_set;
    struct fake_conversation *c = fake_find_conversation(f, &in->conversation);

    if (c == NULL)
        return STORE_NOT_FOUND;
    bool changed = renew(&c->number, in->number);
    changed = renew(&c->status, in->status) || changed;
    changed = renew(&c->priority, in->priority) || changed;
    if (in->set_open && c->open != in->open) {
        c->open = in->open;
        changed = true;
    }
    op->out.changed.changed = changed;
    return STORE_OK;
}

struct fake_person_link *fake_find_person_link(struct fake *f, size_t person, const char *account)
{
    for (size_t i = 0; i < f->person_link.count; i++)
        if (f->person_link.row[i].person == person && f->person_link.row[i].psa_customer != 0 &&
            strcmp(f->person_link.row[i].account, account) == 0)
            return &f->person_link.row[i];
    return NULL;
}

void fake_set_person_link(struct fake *f, size_t person, const struct store_person_link *link)
{
    struct fake_person_link *l = fake_find_person_link(f, person, link->account);

    if (l == NULL) {
        l = FAKE_ADD(&f->person_link);
        l->person = person;
        l->account = fake_own(link->account);
    }
    l->psa_contact = link->psa_contact;
    l->psa_customer = link->psa_customer;
    fake_set(&f->person.row[person].company, link->company);
}

enum store_result fake_run_person_link(struct fake *f, struct store_op *op)
{
    for (size_t i = 0; i < f->person.count; i++) {
        if (!id_equal(&f->person.row[i].id, &op->in.person_link.person))
            continue;
        fake_set_person_link(f, i, &op->in.person_link);
        return STORE_OK;
    }
    return STORE_NOT_FOUND;
}

enum store_result fake_run_counts(struct fake *f, struct store_op *op)
{
    struct store_counts *out = &op->out.counts;

    *out = (struct store_counts){.people = (int64_t)f->person.count,
                                 .conversations = (int64_t)f->conversation.count,
                                 .messages = (int64_t)f->message.count};
    for (size_t i = 0; i < f->conversation.count; i++)
        out->open += f->conversation.row[i].open;
    for (size_t i = 0; i < f->entry.count; i++) {
        const struct fake_entry *e = &f->entry.row[i];
        if (e->state == STORE_DONE)
            continue;
        out->outbox_waiting += e->state == STORE_WAITING;
        out->outbox_in_doubt += e->state == STORE_IN_DOUBT;
        out->outbox_parked += e->state == STORE_PARKED;
        if (e->state != STORE_PARKED && (out->oldest_ms == 0 || e->created_ms < out->oldest_ms))
            out->oldest_ms = e->created_ms;
    }
    return STORE_OK;
}
