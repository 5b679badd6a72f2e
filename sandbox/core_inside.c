/* Looking inside. */
#include <string.h>

#include "sandbox/core_private.h"

size_t sandbox_tickets(const struct sandbox *sb)
{
    return sb->tickets.count;
}

int sandbox_ticket_at(const struct sandbox *sb, size_t i, struct sandbox_ticket *view)
{
    if (i >= sb->tickets.count)
        return -1;
    const struct sb_ticket *t = sb->tickets.rows[i];
    *view = (struct sandbox_ticket){
        .id = t->id,
        .number = t->number,
        .customer_id = t->customer_id,
        .contact_id = t->contact_id,
        .user_id = t->user_id,
        .subject = t->subject,
        .status = t->status,
        .priority = t->priority,
        .problem_type = t->problem_type,
        .created_ms = t->created_ms,
        .updated_ms = t->updated_ms,
        .comments = t->comment_count,
    };
    return 0;
}

int sandbox_comment_at(const struct sandbox *sb, size_t i, size_t j, struct sandbox_comment *view)
{
    if (i >= sb->tickets.count)
        return -1;
    const struct sb_ticket *t = sb->tickets.rows[i];
    if (j >= t->comment_count)
        return -1;
    const struct sb_comment *m = t->comments[j];
    *view = (struct sandbox_comment){
        .id = m->id,
        .user_id = m->user_id,
        .subject = m->subject,
        .body = m->body,
        .tech = m->tech,
        .hidden = m->hidden,
        .no_email = m->no_email,
        .created_ms = m->created_ms,
        .updated_ms = m->updated_ms,
    };
    return 0;
}

size_t sandbox_comments(const struct sandbox *sb)
{
    return sb->comments.count;
}

size_t sandbox_emails(const struct sandbox *sb, int64_t comment_id)
{
    size_t count = 0;

    for (size_t i = 0; i < sb->emails.count; i++) {
        const struct sb_email *e = sb->emails.rows[i];
        count += comment_id == 0 || e->comment_id == comment_id;
    }
    return count;
}

int64_t sandbox_requests(const struct sandbox *sb)
{
    return sb->requests;
}

size_t sandbox_max_minute(const struct sandbox *sb)
{
    return sb->max_minute;
}

uint64_t sandbox_version(const struct sandbox *sb)
{
    return sb->version;
}

void sandbox_write_stats(const struct sandbox *sb, struct buf *to)
{
    struct jw w;
    char name[64];

    jw_init(&w, to);
    jw_object(&w, NULL);
    jw_int(&w, "requests", sb->requests);
    jw_int(&w, "limited", sb->limited);
    jw_int(&w, "max_minute", (int64_t)sb->max_minute);
    jw_int(&w, "tickets", (int64_t)sb->tickets.count);
    jw_int(&w, "comments", (int64_t)sb->comments.count);
    jw_int(&w, "version", (int64_t)sb->version);
    jw_int(&w, "emails", (int64_t)sb->emails.count);
    jw_object(&w, "webhooks");
    jw_int(&w, "made", sb->hooks_made);
    jw_int(&w, "waiting", (int64_t)sb->hook_count);
    jw_int(&w, "arrived", sb->hooks_arrived);
    jw_int(&w, "failed", sb->hooks_failed);
    jw_int(&w, "lost", sb->hooks_lost);
    jw_object_end(&w);
    jw_object(&w, "paths");
    for (size_t i = 0; sb_route_name(i, name, sizeof(name)) != NULL; i++)
        if (sb->route_counts[i] > 0)
            jw_int(&w, name, sb->route_counts[i]);
    if (sb->route_counts[SB_ROUTES_MAX] > 0)
        jw_int(&w, "other", sb->route_counts[SB_ROUTES_MAX]);
    jw_object_end(&w);
    jw_object_end(&w);
}

/* --- the state, for the live page --- */

static void write_list(struct jw *w, const char *key, const char *const *list)
{
    jw_array(w, key);
    for (; *list != NULL; list++)
        jw_text(w, NULL, *list);
    jw_array_end(w);
}

static void write_comment(const struct sandbox *sb, struct jw *w, const struct sb_comment *m)
{
    jw_object(w, NULL);
    sb_write_comment(sb, w, m, false);
    jw_bool(w, "do_not_email", m->no_email);
    jw_object_end(w);
}

static void write_ticket(const struct sandbox *sb, struct jw *w, const struct sb_ticket *t)
{
    const struct sb_customer *customer = sb_table_find(&sb->customers, t->customer_id);
    const struct sb_contact *contact = sb_table_find(&sb->contacts, t->contact_id);
    char name[512];

    jw_object(w, NULL);
    jw_int(w, "id", t->id);
    jw_int(w, "number", t->number);
    jw_text(w, "subject", t->subject);
    jw_int(w, "customer_id", t->customer_id);
    jw_text(w, "company", customer == NULL ? NULL : sb_customer_name(customer, name, sizeof(name)));
    sb_write_id(w, "contact_id", t->contact_id);
    jw_text(w, "contact", contact == NULL ? NULL : contact->name);
    jw_text(w, "status", t->status);
    jw_text(w, "priority", t->priority);
    jw_text(w, "problem_type", t->problem_type);
    sb_write_time(sb, w, "created_at", t->created_ms);
    sb_write_time(sb, w, "updated_at", t->updated_ms);
    sb_write_id(w, "user_id", t->user_id);
    jw_bool(w, "customer_reply", t->status != NULL && strcmp(t->status, "Customer Reply") == 0);
    sb_write_time(sb, w, "resolved_at", t->resolved_ms);
    jw_raw(w, "files", t->files != NULL ? t->files : "[]");
    sb_write_attachments(sb, w, t);
    jw_array(w, "comments");
    for (size_t i = 0; i < t->comment_count; i++)
        write_comment(sb, w, t->comments[i]);
    jw_array_end(w);
    jw_object_end(w);
}

static void write_people(const struct sandbox *sb, struct jw *w)
{
    char name[512];

    jw_array(w, "customers");
    for (size_t i = 0; i < sb->customers.count; i++) {
        const struct sb_customer *u = sb->customers.rows[i];
        jw_object(w, NULL);
        jw_int(w, "id", u->id);
        jw_text(w, "name", sb_customer_name(u, name, sizeof(name)));
        jw_text(w, "email", u->email);
        jw_bool(w, "disabled", u->disabled);
        jw_object_end(w);
    }
    jw_array_end(w);
    jw_array(w, "contacts");
    for (size_t i = 0; i < sb->contacts.count; i++) {
        const struct sb_contact *p = sb->contacts.rows[i];
        jw_object(w, NULL);
        jw_int(w, "id", p->id);
        sb_write_id(w, "customer_id", p->customer_id);
        jw_text(w, "name", p->name);
        jw_text(w, "email", p->email);
        jw_object_end(w);
    }
    jw_array_end(w);
}

#define EMAILS_SHOWN 1000

static void write_emails(const struct sandbox *sb, struct jw *w)
{
    const size_t count = sb->emails.count;

    jw_array(w, "emails");
    for (size_t i = count > EMAILS_SHOWN ? count - EMAILS_SHOWN : 0; i < count; i++) {
        const struct sb_email *e = sb->emails.rows[i];
        jw_object(w, NULL);
        jw_text(w, "to", e->to);
        jw_int(w, "ticket_id", e->ticket_id);
        jw_int(w, "comment_id", e->comment_id);
        sb_write_time(sb, w, "created_at", e->created_ms);
        jw_object_end(w);
    }
    jw_array_end(w);
}

void sandbox_write_state(const struct sandbox *sb, struct buf *to)
{
    struct jw w;

    jw_init(&w, to);
    jw_object(&w, NULL);
    jw_int(&w, "version", (int64_t)sb->version);
    write_list(&w, "statuses", sb_statuses);
    write_list(&w, "priorities", sb_priorities);
    jw_array(&w, "users");
    for (size_t i = 0; i < sb_user_count; i++)
        sb_write_user(sb, &w, NULL, &sb_users[i]);
    jw_array_end(&w);
    write_people(sb, &w);
    write_emails(sb, &w);
    jw_array(&w, "tickets");
    for (size_t i = sb->tickets.count; i > 0; i--)
        write_ticket(sb, &w, sb->tickets.rows[i - 1]);
    jw_array_end(&w);
    jw_object_end(&w);
}
