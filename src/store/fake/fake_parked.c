/* What is parked: reading it, choosing a company, giving it up. */
#include <string.h>

#include "store/fake/fake_private.h"

void fake_audit_of(struct fake *f, const struct store_audit *audit,
                   const struct fake_conversation *c)
{
    struct store_audit named = *audit;

    if (named.object[0] == '\0')
        named.object = c->reference;
    fake_audit(f, &named);
}

enum store_result fake_run_backlog_read(struct fake *f, struct store_op *op)
{
    struct store_backlog *out = &op->out.backlog;

    *out = (struct store_backlog){0};
    for (size_t i = 0; i < f->entry.count; i++) {
        const struct fake_entry *e = &f->entry.row[i];
        if (e->state == STORE_DONE)
            continue;
        out->waiting += e->state == STORE_WAITING;
        out->in_doubt += e->state == STORE_IN_DOUBT;
        out->parked += e->state == STORE_PARKED;
        if (e->state != STORE_PARKED && (out->oldest_ms == 0 || e->created_ms < out->oldest_ms))
            out->oldest_ms = e->created_ms;
    }
    return STORE_OK;
}

enum store_result fake_run_parked_read(struct fake *f, struct store_op *op)
{
    const struct store_parked_read *in = &op->in.parked_read;
    struct store_parked_list *out = &op->out.parked;
    struct store_parked *rows = fake_room(op, in->limit, sizeof(*rows));

    *out = (struct store_parked_list){.rows = rows};
    for (size_t i = 0; i < f->entry.count; i++) {
        const struct fake_entry *e = &f->entry.row[i];
        const struct fake_conversation *c = &f->conversation.row[e->conversation];
        const struct fake_person *p = &f->person.row[c->person];
        if (e->state != STORE_PARKED || e->id <= in->after || e != fake_head(f, e->conversation))
            continue;
        if (out->count == in->limit) {
            out->more = true;
            break;
        }
        const char *account = c->account[0] == '\0' && e->in_doubt ? e->account : c->account;
        rows[out->count++] = (struct store_parked){
            .outbox = e->id,
            .conversation = c->id,
            .reference = fake_text(op, c->reference),
            .name = fake_text(op, p->name),
            .email = fake_text(op, p->email),
            .company = fake_text(op, p->company),
            .subject = fake_text(op, c->subject),
            .reason = fake_text(op, e->reason),
            .kind = e->kind,
            .since_ms = e->created_ms,
            .account = fake_text(op, account),
            .account_differs = account[0] != '\0' && strcmp(account, in->account) != 0,
        };
    }
    return STORE_OK;
}

/* The parked head of a conversation. */
static enum store_result find_parked(struct fake *f, const struct id *conversation,
                                     struct fake_conversation **c, struct fake_entry **e)
{
    *c = fake_find_conversation(f, conversation);
    if (*c == NULL)
        return STORE_NOT_FOUND;
    *e = fake_head(f, fake_index(f, *c));
    return *e != NULL && (*e)->state == STORE_PARKED ? STORE_OK : STORE_CONFLICT;
}

enum store_result fake_run_outbox_company(struct fake *f, struct store_op *op)
{
    const struct store_outbox_company *in = &op->in.outbox_company;
    struct fake_conversation *c;
    struct fake_entry *e;
    const enum store_result result = find_parked(f, &in->conversation, &c, &e);

    if (result != STORE_OK)
        return result;
    if (e->kind != STORE_CREATE_TICKET)
        return STORE_CONFLICT;
    fake_set_person_link(f, c->person,
                         &(struct store_person_link){.account = in->account,
                                                     .psa_customer = in->psa_customer,
                                                     .company = in->company});
    op->out.changed.changed = fake_retry(e, in->now_ms);
    fake_audit_of(f, &in->audit, c);
    return STORE_OK;
}

enum store_result fake_run_outbox_give_up(struct fake *f, struct store_op *op)
{
    const struct store_outbox_give_up *in = &op->in.outbox_give_up;
    struct store_given_up *out = &op->out.given_up;
    struct fake_conversation *c;
    struct fake_entry *head;
    const enum store_result result = find_parked(f, &in->conversation, &c, &head);

    if (result != STORE_OK)
        return result;
    const bool all = head->kind == STORE_CREATE_TICKET;
    if (all && head->in_doubt && strcmp(head->account, in->account) == 0)
        return STORE_CONFLICT;
    *out = (struct store_given_up){0};
    for (size_t i = 0; i < f->entry.count; i++) {
        struct fake_entry *e = &f->entry.row[i];
        if (e->state == STORE_DONE || e->conversation != fake_index(f, c) || (!all && e != head))
            continue;
        e->state = STORE_DONE;
        e->given_up = true;
        e->in_doubt = false;
        fake_set(&e->reason, "");
        out->entries++;
    }
    c->no_ticket = all;
    fake_audit_of(f, &in->audit, c);
    char client_id[ID_TEXT_SIZE];
    id_format(&in->message, client_id);
    const struct store_message_add event = {.message = in->message,
                                            .author = STORE_EVENT,
                                            .name = in->name,
                                            .body = all ? in->said_create : in->said,
                                            .sender = in->sender,
                                            .client_id = client_id,
                                            .now_ms = in->now_ms};
    fake_added_out(f, op, fake_say(f, c, &event), false, &out->event);
    return STORE_OK;
}
