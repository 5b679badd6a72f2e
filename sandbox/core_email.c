/* The emails that Syncro would have sent to customers. None is sent. */
#include "sandbox/core_private.h"

/* The contact's address; without a contact the customer's. NULL: nobody is written to. */
static const char *address_of(const struct sandbox *sb, const struct sb_ticket *t)
{
    const struct sb_contact *contact = sb_table_find(&sb->contacts, t->contact_id);
    const struct sb_customer *customer = sb_table_find(&sb->customers, t->customer_id);
    const char *to = NULL;

    if (customer != NULL && customer->no_email)
        return NULL;
    if (contact != NULL)
        to = contact->email;
    else if (customer != NULL)
        to = customer->email;
    return to != NULL && to[0] != '\0' ? to : NULL;
}

void sb_email_comment(struct sandbox *sb, const struct sb_ticket *t, const struct sb_comment *m)
{
    const char *to = address_of(sb, t);
    struct sb_email *e = NULL;

    if (!m->hidden && !m->no_email && to != NULL)
        e = sb_table_add(&sb->emails);
    if (e == NULL)
        return;
    e->ticket_id = t->id;
    e->comment_id = m->id;
    e->created_ms = m->created_ms;
    sb_text_set(&e->to, to);
    sb_changed(sb, e, &sb_email_type);
}
