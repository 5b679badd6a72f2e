/* What technicians do with tickets on Syncro's own pages, and what comes in by email. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "sandbox/core_private.h"

static bool is_blank(const char *text)
{
    return text == NULL || str_trim(text, strlen(text)).len == 0;
}

static struct sb_ticket *ticket_of(struct sandbox *sb, int64_t id, struct err *err)
{
    struct sb_ticket *t = sb_table_find(&sb->tickets, id);

    if (t == NULL)
        err_set(err, "there is no such ticket");
    return t;
}

/* --- comments --- */

static const char *reply_tech(const struct sandbox *sb, const struct sb_ticket *t)
{
    const struct sb_contact *contact = sb_table_find(&sb->contacts, t->contact_id);

    if (sb_is(sb, SB_SW_REPLY_TECH, "null"))
        return NULL;
    return sb_is(sb, SB_SW_REPLY_TECH, "empty") || contact == NULL ? "" : contact->name;
}

static struct sb_comment *reply(struct sandbox *sb, struct sb_ticket *t,
                                const struct sandbox_said *said, int64_t now_ms)
{
    struct sb_comment *m =
        sb_comment_add(sb, t, said->subject != NULL ? said->subject : "Customer Reply", said->body,
                       reply_tech(sb, t), said->hidden, true, 0, now_ms);

    if (m == NULL)
        return NULL;
    sb_ticket_status_set(t, "Customer Reply", now_ms);
    t->updated_ms = now_ms;
    sb_changed(sb, t, &sb_ticket_type);
    sb_hook_comment(sb, SB_EV_REPLIED, t, m);
    return m;
}

int sandbox_say(struct sandbox *sb, const struct sandbox_said *said, int64_t now_ms, int64_t *id,
                struct err *err)
{
    struct sb_ticket *t = ticket_of(sb, said->ticket_id, err);
    const struct sb_user *user = sb_user_find(said->user_id);
    struct sb_comment *m;

    if (t == NULL)
        return -1;
    if (user == NULL && said->user_id != 0)
        return err_set(err, "there is no such user");
    if (is_blank(said->body))
        return err_set(err, "the comment is empty");
    if (user == NULL) {
        m = reply(sb, t, said, now_ms);
    } else {
        const char *usual = said->hidden ? "Private note" : "Update";
        m = sb_comment_add(sb, t, is_blank(said->subject) ? usual : said->subject, said->body,
                           user->name, said->hidden, said->no_email, user->id, now_ms);
        if (m != NULL)
            sb_comment_said(sb, t, m);
    }
    if (m == NULL)
        return err_set(err, "the stand-in is full");
    if (id != NULL)
        *id = m->id;
    return 0;
}

int sandbox_technician_comment(struct sandbox *sb, int64_t ticket_id, int64_t user_id,
                               const char *subject, const char *body, bool hidden, int64_t now_ms,
                               struct err *err)
{
    const struct sandbox_said said = {.ticket_id = ticket_id,
                                      .user_id = user_id == 0 ? -1 : user_id,
                                      .subject = subject,
                                      .body = body,
                                      .hidden = hidden};

    return sandbox_say(sb, &said, now_ms, NULL, err);
}

static struct sb_comment *comment_of(struct sandbox *sb, int64_t id, struct err *err)
{
    struct sb_comment *m = sb_table_find(&sb->comments, id);

    if (m == NULL || sb_table_find(&sb->tickets, m->ticket_id) == NULL) {
        err_set(err, "there is no such comment");
        return NULL;
    }
    return m;
}

/* Edits have no event of a name that is known, so no webhook either. */
static void comment_changed(struct sandbox *sb, struct sb_comment *m, int64_t now_ms)
{
    m->updated_ms = now_ms;
    sb_changed(sb, m, &sb_comment_type);
    sb_ticket_touch(sb, sb_table_find(&sb->tickets, m->ticket_id), SB_SW_EDIT_TOUCHES, now_ms);
}

int sandbox_comment_edit(struct sandbox *sb, int64_t id, const char *subject, const char *body,
                         int64_t now_ms, struct err *err)
{
    struct sb_comment *m = comment_of(sb, id, err);

    if (m == NULL)
        return -1;
    if ((body != NULL && is_blank(body)) || (subject != NULL && is_blank(subject)))
        return err_set(err, "the comment is empty");
    if (subject != NULL)
        sb_text_set(&m->subject, subject);
    if (body != NULL)
        sb_text_set(&m->body, body);
    comment_changed(sb, m, now_ms);
    return 0;
}

int sandbox_comment_hide(struct sandbox *sb, int64_t id, bool hidden, int64_t now_ms,
                         struct err *err)
{
    struct sb_comment *m = comment_of(sb, id, err);

    if (m == NULL)
        return -1;
    m->hidden = hidden;
    comment_changed(sb, m, now_ms);
    return 0;
}

int sandbox_comment_delete(struct sandbox *sb, int64_t id, int64_t now_ms, struct err *err)
{
    const struct sb_comment *m = comment_of(sb, id, err);

    if (m == NULL)
        return -1;
    struct sb_ticket *t = sb_table_find(&sb->tickets, m->ticket_id);
    sb_comment_drop(sb, id);
    sb_removed(sb, id, &sb_comment_type);
    sb_ticket_touch(sb, t, SB_SW_EDIT_TOUCHES, now_ms);
    return 0;
}

/* --- tickets --- */

/* Whether each id of the change is of something that is there. */
static int check_change(const struct sandbox *sb, const struct sandbox_change *c, struct err *err)
{
    if (c->subject != NULL && is_blank(c->subject))
        return err_set(err, "the subject is empty");
    if (c->status != NULL && is_blank(c->status))
        return err_set(err, "the status is empty");
    if (c->customer_id != 0 && sb_table_find(&sb->customers, c->customer_id) == NULL)
        return err_set(err, "there is no such customer");
    if (c->contact_id > 0 && sb_table_find(&sb->contacts, c->contact_id) == NULL)
        return err_set(err, "there is no such contact");
    if (c->user_id > 0 && sb_user_find(c->user_id) == NULL)
        return err_set(err, "there is no such user");
    return 0;
}

static void set_id(int64_t *to, int64_t id)
{
    if (id != 0)
        *to = id == SANDBOX_NOBODY ? 0 : id;
}

int sandbox_ticket_change(struct sandbox *sb, int64_t ticket_id, const struct sandbox_change *c,
                          int64_t now_ms, struct err *err)
{
    struct sb_ticket *t = ticket_of(sb, ticket_id, err);
    char *before = NULL;

    if (t == NULL || check_change(sb, c, err) < 0)
        return -1;
    sb_text_set(&before, t->status);
    if (c->subject != NULL)
        sb_text_set(&t->subject, c->subject);
    if (c->priority != NULL)
        sb_text_set(&t->priority, c->priority[0] == '\0' ? NULL : c->priority);
    if (c->problem_type != NULL)
        sb_text_set(&t->problem_type, c->problem_type);
    if (c->status != NULL)
        sb_ticket_status_set(t, c->status, now_ms);
    set_id(&t->customer_id, c->customer_id);
    set_id(&t->contact_id, c->contact_id);
    set_id(&t->user_id, c->user_id);
    t->updated_ms = now_ms;
    sb_changed(sb, t, &sb_ticket_type);
    sb_hook_changed(sb, t, before);
    free(before);
    return 0;
}

int sandbox_technician_change(struct sandbox *sb, int64_t ticket_id, const char *status,
                              const char *priority, int64_t now_ms, struct err *err)
{
    return sandbox_ticket_change(sb, ticket_id,
                                 &(struct sandbox_change){.status = status, .priority = priority},
                                 now_ms, err);
}

static int check_new(const struct sandbox *sb, const struct sandbox_new_ticket *n,
                     int64_t *customer_id, struct err *err)
{
    const struct sb_contact *contact = sb_table_find(&sb->contacts, n->contact_id);

    if (n->contact_id != 0 && contact == NULL)
        return err_set(err, "there is no such contact");
    *customer_id = n->customer_id != 0 || contact == NULL ? n->customer_id : contact->customer_id;
    if (sb_table_find(&sb->customers, *customer_id) == NULL)
        return err_set(err, "there is no such customer");
    if (is_blank(n->subject) || is_blank(n->body))
        return err_set(err, "subject or body is empty");
    const bool needs_user = !n->by_email || n->answer != NULL || n->note != NULL;
    if (sb_user_find(n->user_id) == NULL && (needs_user || n->user_id != 0))
        return err_set(err, "there is no such user");
    return 0;
}

static void say_first(struct sandbox *sb, struct sb_ticket *t, const struct sandbox_new_ticket *n,
                      int64_t now_ms)
{
    const struct sb_user *user = sb_user_find(n->user_id);

    if (n->by_email)
        sb_comment_add(sb, t, "Initial Issue", n->body, reply_tech(sb, t), false, true, 0, now_ms);
    else
        sb_comment_add(sb, t, "Initial Issue", n->body, user->name, false, true, user->id, now_ms);
    sb_hook_ticket(sb, n->by_email ? SB_EV_CREATED_BY_EMAIL : SB_EV_CREATED, t);
    struct sb_comment *m = n->note == NULL
                               ? NULL
                               : sb_comment_add(sb, t, "Private note", n->note, user->name, true,
                                                true, user->id, now_ms);
    if (m != NULL)
        sb_comment_said(sb, t, m);
    m = n->answer == NULL ? NULL
                          : sb_comment_add(sb, t, "Update", n->answer, user->name, false, false,
                                           user->id, now_ms);
    if (m != NULL)
        sb_comment_said(sb, t, m);
}

int sandbox_ticket_new(struct sandbox *sb, const struct sandbox_new_ticket *n, int64_t now_ms,
                       int64_t *id, struct err *err)
{
    int64_t customer_id;

    if (check_new(sb, n, &customer_id, err) < 0)
        return -1;
    struct sb_ticket *t = sb_table_add(&sb->tickets);
    if (t == NULL)
        return err_set(err, "the stand-in is full");
    t->number = sb->next_number++;
    t->customer_id = customer_id;
    t->contact_id = n->contact_id;
    t->user_id = n->user_id;
    t->created_ms = t->due_ms = t->updated_ms = now_ms;
    sb_text_set(&t->subject, n->subject);
    sb_text_set(&t->priority, n->priority);
    sb_text_set(&t->problem_type, n->problem_type != NULL ? n->problem_type : "Other");
    sb_ticket_status_set(t, n->status != NULL ? n->status : sb_statuses[0], now_ms);
    sb_changed(sb, t, &sb_ticket_type);
    say_first(sb, t, n, now_ms);
    if (id != NULL)
        *id = t->id;
    return 0;
}

int sandbox_ticket_delete(struct sandbox *sb, int64_t id, struct err *err)
{
    if (ticket_of(sb, id, err) == NULL)
        return -1;
    sb_ticket_drop(sb, id);
    sb_removed(sb, id, &sb_ticket_type);
    return 0;
}

/* --- merging --- */

static void move_comment(struct sandbox *sb, struct sb_ticket *from, struct sb_ticket *into,
                         struct sb_comment *m)
{
    sb_comment_unlink(from, m);
    m->ticket_id = into->id;
    sb_comment_link(into, m);
    sb_changed(sb, m, &sb_comment_type);
}

static void copy_comment(struct sandbox *sb, struct sb_ticket *into, const struct sb_comment *m)
{
    struct sb_comment *made = sb_comment_add(sb, into, m->subject, m->body, m->tech, m->hidden,
                                             m->no_email, m->user_id, m->created_ms);

    if (made == NULL)
        return;
    made->updated_ms = m->updated_ms;
    sb_changed(sb, made, &sb_comment_type);
}

static void merge_comments(struct sandbox *sb, struct sb_ticket *from, struct sb_ticket *into)
{
    if (sb_is(sb, SB_SW_MERGE_COMMENTS, "move")) {
        while (from->comment_count > 0)
            move_comment(sb, from, into, from->comments[0]);
        return;
    }
    for (size_t i = 0, count = from->comment_count; i < count; i++)
        copy_comment(sb, into, from->comments[i]);
}

int sandbox_ticket_merge(struct sandbox *sb, int64_t from_id, int64_t into_id, int64_t user_id,
                         int64_t now_ms, struct err *err)
{
    struct sb_ticket *from = ticket_of(sb, from_id, err), *into = ticket_of(sb, into_id, err);
    const struct sb_user *user = sb_user_find(user_id);
    struct buf text;

    if (from == NULL || into == NULL)
        return -1;
    if (from == into || user == NULL)
        return err_set(err, user == NULL ? "there is no such user" : "those are the same ticket");
    merge_comments(sb, from, into);
    for (size_t i = 0; i < sb->attachments.count; i++) {
        struct sb_attachment *a = sb->attachments.rows[i];
        if (a->ticket_id != from_id)
            continue;
        a->ticket_id = into_id;
        sb_changed(sb, a, &sb_attachment_type);
    }
    into->updated_ms = now_ms;
    sb_changed(sb, into, &sb_ticket_type);
    if (sb_is(sb, SB_SW_MERGE, "delete"))
        return sandbox_ticket_delete(sb, from_id, err);
    buf_init(&text, 256);
    buf_printf(&text, "This ticket was merged into #%lld.", (long long)into->number);
    sb_comment_add(sb, from, "Merged", text.ptr, user->name, false, true, user->id, now_ms);
    buf_free(&text);
    sb_ticket_status_set(from, "Resolved", now_ms);
    from->updated_ms = now_ms;
    sb_changed(sb, from, &sb_ticket_type);
    return 0;
}
