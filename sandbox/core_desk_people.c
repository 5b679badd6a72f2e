/* What technicians do with customers and contacts on Syncro's own pages. */
#include <string.h>

#include "base/str.h"
#include "sandbox/core_private.h"

static struct sb_customer *customer_of(struct sandbox *sb, int64_t id, struct err *err)
{
    struct sb_customer *u = sb_table_find(&sb->customers, id);

    if (u == NULL)
        err_set(err, "there is no such customer");
    return u;
}

static struct sb_contact *contact_of(struct sandbox *sb, int64_t id, struct err *err)
{
    struct sb_contact *p = sb_table_find(&sb->contacts, id);

    if (p == NULL)
        err_set(err, "there is no such contact");
    return p;
}

static void drop_all_of(struct sandbox *sb, int64_t customer_id)
{
    for (size_t i = sb->tickets.count; i > 0; i--) {
        const struct sb_ticket *t = sb->tickets.rows[i - 1];
        const int64_t id = t->id;
        if (t->customer_id != customer_id)
            continue;
        sb_ticket_drop(sb, id);
        sb_removed(sb, id, &sb_ticket_type);
    }
    for (size_t i = sb->contacts.count; i > 0; i--) {
        const struct sb_contact *p = sb->contacts.rows[i - 1];
        const int64_t id = p->id;
        if (p->customer_id != customer_id)
            continue;
        sb_table_remove(&sb->contacts, id);
        sb_removed(sb, id, &sb_contact_type);
    }
}

void sb_customer_drop(struct sandbox *sb, int64_t id)
{
    if (sb_is(sb, SB_SW_CUSTOMER_DELETE, "cascade"))
        drop_all_of(sb, id);
    sb_table_remove(&sb->customers, id);
    sb_removed(sb, id, &sb_customer_type);
}

void sb_contact_drop(struct sandbox *sb, int64_t id, int64_t now_ms)
{
    for (size_t i = 0; i < sb->tickets.count && sb_is(sb, SB_SW_CONTACT_DELETE, "null"); i++) {
        struct sb_ticket *t = sb->tickets.rows[i];
        if (t->contact_id != id)
            continue;
        t->contact_id = 0;
        sb_changed(sb, t, &sb_ticket_type);
        sb_ticket_touch(sb, t, SB_SW_MOVE_TOUCHES, now_ms);
    }
    sb_table_remove(&sb->contacts, id);
    sb_removed(sb, id, &sb_contact_type);
}

int sandbox_customer_new(struct sandbox *sb, const char *business_name, const char *email,
                         int64_t now_ms, int64_t *id, struct err *err)
{
    if (business_name == NULL || str_trim(business_name, strlen(business_name)).len == 0)
        return err_set(err, "business_name is empty");
    struct sb_customer *u = sb_table_add(&sb->customers);
    if (u == NULL)
        return err_set(err, "the stand-in is full");
    sb_text_set(&u->business_name, business_name);
    sb_text_set(&u->email, email);
    u->created_ms = u->updated_ms = now_ms;
    sb_changed(sb, u, &sb_customer_type);
    if (id != NULL)
        *id = u->id;
    return 0;
}

int sandbox_customer_delete(struct sandbox *sb, int64_t id, struct err *err)
{
    if (customer_of(sb, id, err) == NULL)
        return -1;
    sb_customer_drop(sb, id);
    return 0;
}

int sandbox_customer_merge(struct sandbox *sb, int64_t from, int64_t into, int64_t now_ms,
                           struct err *err)
{
    if (customer_of(sb, from, err) == NULL || customer_of(sb, into, err) == NULL)
        return -1;
    if (from == into)
        return err_set(err, "those are the same customer");
    for (size_t i = 0; i < sb->contacts.count; i++) {
        struct sb_contact *p = sb->contacts.rows[i];
        if (p->customer_id != from)
            continue;
        p->customer_id = into;
        p->updated_ms = now_ms;
        sb_changed(sb, p, &sb_contact_type);
    }
    for (size_t i = 0; i < sb->tickets.count; i++) {
        struct sb_ticket *t = sb->tickets.rows[i];
        if (t->customer_id != from)
            continue;
        t->customer_id = into;
        sb_changed(sb, t, &sb_ticket_type);
        sb_ticket_touch(sb, t, SB_SW_MOVE_TOUCHES, now_ms);
    }
    sb_table_remove(&sb->customers, from);
    sb_removed(sb, from, &sb_customer_type);
    return 0;
}

int sandbox_customer_disable(struct sandbox *sb, int64_t id, bool disabled, int64_t now_ms,
                             struct err *err)
{
    struct sb_customer *u = customer_of(sb, id, err);

    if (u == NULL)
        return -1;
    u->disabled = disabled;
    u->updated_ms = now_ms;
    sb_changed(sb, u, &sb_customer_type);
    return 0;
}

int sandbox_contact_new(struct sandbox *sb, int64_t customer_id, const char *name,
                        const char *email, int64_t now_ms, int64_t *id, struct err *err)
{
    if (customer_of(sb, customer_id, err) == NULL)
        return -1;
    struct sb_contact *p = sb_table_add(&sb->contacts);
    if (p == NULL)
        return err_set(err, "the stand-in is full");
    p->customer_id = customer_id;
    sb_text_set(&p->name, name);
    sb_text_set(&p->email, email);
    p->created_ms = p->updated_ms = now_ms;
    sb_changed(sb, p, &sb_contact_type);
    if (id != NULL)
        *id = p->id;
    return 0;
}

int sandbox_contact_move(struct sandbox *sb, int64_t id, int64_t customer_id, int64_t now_ms,
                         struct err *err)
{
    struct sb_contact *p = contact_of(sb, id, err);

    if (p == NULL || customer_of(sb, customer_id, err) == NULL)
        return -1;
    p->customer_id = customer_id;
    p->updated_ms = now_ms;
    sb_changed(sb, p, &sb_contact_type);
    return 0;
}

int sandbox_contact_email(struct sandbox *sb, int64_t id, const char *email, int64_t now_ms,
                          struct err *err)
{
    struct sb_contact *p = contact_of(sb, id, err);

    if (p == NULL)
        return -1;
    sb_text_set(&p->email, email);
    p->updated_ms = now_ms;
    sb_changed(sb, p, &sb_contact_type);
    return 0;
}

int sandbox_contact_delete(struct sandbox *sb, int64_t id, int64_t now_ms, struct err *err)
{
    if (contact_of(sb, id, err) == NULL)
        return -1;
    sb_contact_drop(sb, id, now_ms);
    return 0;
}
