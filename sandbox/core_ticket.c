/* Tickets one by one: make, read, change, delete. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "sandbox/core_private.h"

#define SUBJECT_MAX 255

/* Whether the token may read this ticket's details. */
static bool may_view(const struct sb_ctx *c, const struct sb_ticket *t)
{
    if (sb_has_right(c, SB_TICKETS_VIEW))
        return true;
    return sb_has_right(c, SB_TICKETS_VIEW_THEIRS) && t != NULL && t->user_id == c->token->user_id;
}

/* The ticket of the path, or NULL after answering. */
struct sb_ticket *sb_ticket_to_view(struct sb_ctx *c)
{
    struct sb_ticket *t = sb_table_find(&c->sb->tickets, c->id);

    if (!may_view(c, t)) {
        sb_no_right(c);
        return NULL;
    }
    if (t == NULL)
        sb_not_found(c);
    return t;
}

static void answer_ticket(struct sb_ctx *c, const struct sb_ticket *t, bool posted)
{
    sb_ok(c);
    jw_object(&c->w, NULL);
    sb_write_ticket(c->sb, &c->w, "ticket", t, posted);
    jw_object_end(&c->w);
}

void sb_ticket_get(struct sb_ctx *c)
{
    const struct sb_ticket *t = sb_ticket_to_view(c);

    if (t != NULL)
        answer_ticket(c, t, false);
}

static bool is_blank(const char *text)
{
    return text == NULL || str_trim(text, strlen(text)).len == 0;
}

static bool is_listed(const char *const *list, const char *text)
{
    for (; *list != NULL; list++)
        if (strcmp(*list, text) == 0)
            return true;
    return false;
}

/* What the account's rules say against the body; true when it was answered 422. */
static bool refuse_values(struct sb_ctx *c, bool making)
{
    const struct json *subject = json_get(c->body, "subject");
    const char *problem = json_get_text(c->body, "problem_type");
    const char *said[4];
    size_t count = 0;
    const char *text = json_text(subject);
    const bool is_number = json_kind(subject) == JSON_KIND_INT;

    if ((making || subject != NULL) && is_blank(text) && !is_number)
        said[count++] = "Subject can't be blank";
    if (text != NULL && strlen(text) > SUBJECT_MAX && sb_is(c->sb, SB_SW_SUBJECT_MAX, "255"))
        said[count++] = "Subject is too long (maximum is 255 characters)";
    if (problem != NULL && sb_is(c->sb, SB_SW_UNKNOWN_PROBLEM_TYPE, "422") &&
        !is_listed(sb_problem_types, problem))
        said[count++] = "Problem type is not included in the list";
    const struct json *comments = json_get(c->body, "comments_attributes");
    for (size_t i = 0; i < json_count(comments); i++) {
        if (is_blank(json_get_text(json_at(comments, i), "body"))) {
            said[count++] = "Comments body can't be blank";
            break;
        }
    }
    if (count > 0)
        sb_refuse(c, said, count);
    return count > 0;
}

/* True when it was answered: no customer, or not one that is there. */
static bool refuse_customer(struct sb_ctx *c)
{
    int64_t id;
    const bool given = json_get_int(c->body, "customer_id", &id) == 0 && id > 0;

    if (given && sb_table_find(&c->sb->customers, id) != NULL)
        return false;
    if (given && sb_is(c->sb, SB_SW_UNKNOWN_CUSTOMER, "store"))
        return false;
    if (given && sb_is(c->sb, SB_SW_UNKNOWN_CUSTOMER, "404"))
        sb_not_found(c);
    else
        sb_json(c, 422, "{\"error\":\"Customer required field\"}");
    return true;
}

static bool refuse_user(struct sb_ctx *c)
{
    static const char *const said[] = {"User is invalid"};
    int64_t id;

    if (json_get_int(c->body, "user_id", &id) != 0 || id == 0 || sb_user_find(id) != NULL ||
        !sb_is(c->sb, SB_SW_UNKNOWN_USER, "422"))
        return false;
    sb_refuse(c, said, COUNT_OF(said));
    return true;
}

static bool refuse_contact(struct sb_ctx *c)
{
    static const char *const said[] = {"Contact is invalid"};
    int64_t id;

    if (json_get_int(c->body, "contact_id", &id) != 0 || id == 0 ||
        sb_table_find(&c->sb->contacts, id) != NULL || !sb_is(c->sb, SB_SW_UNKNOWN_CONTACT, "422"))
        return false;
    sb_refuse(c, said, COUNT_OF(said));
    return true;
}

void sb_ticket_status_set(struct sb_ticket *t, const char *status, int64_t now_ms)
{
    if (status != t->status)
        sb_text_set(&t->status, status);
    const bool resolved = t->status != NULL && strcmp(t->status, "Resolved") == 0;
    const bool invoiced = t->status != NULL && strcmp(t->status, "Invoiced") == 0;

    if (resolved && t->resolved_ms == 0)
        t->resolved_ms = now_ms;
    else if (!resolved && !invoiced)
        t->resolved_ms = 0;
}

void sb_ticket_touch(struct sandbox *sb, struct sb_ticket *t, enum sb_switch which, int64_t now_ms)
{
    if (!sb_is(sb, which, "yes") || t->updated_ms == now_ms)
        return;
    t->updated_ms = now_ms;
    sb_changed(sb, t, &sb_ticket_type);
}

/* The comments that came with the ticket. */
static void add_comments(struct sb_ctx *c, struct sb_ticket *t, bool making)
{
    const struct json *comments = json_get(c->body, "comments_attributes");
    const bool owner = sb_is(c->sb, SB_SW_API_AUTHOR, "owner");
    const struct sb_user *user = owner ? sb_user_find(c->token->user_id) : NULL;

    for (size_t i = 0; i < json_count(comments); i++) {
        const struct json *m = json_at(comments, i);
        const char *subject = json_get_text(m, "subject");
        const char *tech = json_get_text(m, "tech");
        if (tech == NULL && user != NULL)
            tech = user->name;
        const struct sb_comment *made = sb_comment_add(
            c->sb, t, is_blank(subject) ? "Initial Issue" : subject, json_get_text(m, "body"), tech,
            sb_is_true(json_get(m, "hidden")), sb_is_true(json_get(m, "do_not_email")),
            user == NULL ? 0 : user->id, c->now_ms);
        if (made != NULL && making)
            sb_email_comment(c->sb, t, made);
        else if (made != NULL)
            sb_comment_said(c->sb, t, made);
    }
}

/* When that day begins in the account's time zone (-08:00, see sb_settings_get). */
static int64_t day_of(int64_t ms)
{
    const int64_t zone_ms = INT64_C(28800000), day_ms = INT64_C(86400000);

    return ms < zone_ms ? ms : (ms - zone_ms) / day_ms * day_ms + zone_ms;
}

static void take_body(struct sb_ctx *c, struct sb_ticket *t)
{
    const int64_t due_ms = t->due_ms;

    sb_record_set(t, &sb_ticket_type, c->body, false);
    if (t->due_ms == 0 && sb_is(c->sb, SB_SW_DUE_CLEAR, "keep"))
        t->due_ms = due_ms;
    if (t->contact_id != 0 && sb_table_find(&c->sb->contacts, t->contact_id) == NULL &&
        sb_is(c->sb, SB_SW_UNKNOWN_CONTACT, "null"))
        t->contact_id = 0;
    if (t->user_id != 0 && sb_user_find(t->user_id) == NULL &&
        sb_is(c->sb, SB_SW_UNKNOWN_USER, "null"))
        t->user_id = 0;
    if (json_get(c->body, "due_date") != NULL && t->due_ms != 0 &&
        sb_is(c->sb, SB_SW_DUE_DATE, "day"))
        t->due_ms = day_of(t->due_ms);
    t->updated_ms = c->now_ms;
    sb_ticket_status_set(t, t->status, c->now_ms);
}

void sb_ticket_create(struct sb_ctx *c)
{
    int64_t number;

    if (refuse_customer(c) || refuse_values(c, true) || refuse_contact(c) || refuse_user(c))
        return;
    struct sb_ticket *t = sb_table_add(&c->sb->tickets);
    if (t == NULL) {
        sb_html(c->r, 503, "The stand-in is full");
        return;
    }
    sb_text_set(&t->status, sb_statuses[0]);
    t->created_ms = c->now_ms;
    t->due_ms = c->now_ms;
    take_body(c, t);
    if (json_get_int(c->body, "number", &number) == 0 && number > 0 && number < INT32_MAX)
        t->number = number;
    else
        t->number = c->sb->next_number++;
    sb_changed(c->sb, t, &sb_ticket_type);
    add_comments(c, t, true);
    sb_hook_ticket(c->sb, SB_EV_CREATED, t);
    answer_ticket(c, t, true);
}

void sb_ticket_update(struct sb_ctx *c)
{
    struct sb_ticket *t = sb_table_find(&c->sb->tickets, c->id);

    if (t == NULL) {
        sb_not_found(c);
        return;
    }
    if (refuse_values(c, false) ||
        (json_get(c->body, "customer_id") != NULL && refuse_customer(c)) || refuse_contact(c) ||
        refuse_user(c))
        return;
    char *before = NULL;
    sb_text_set(&before, t->status);
    take_body(c, t);
    sb_changed(c->sb, t, &sb_ticket_type);
    sb_hook_changed(c->sb, t, before);
    free(before);
    add_comments(c, t, false);
    answer_ticket(c, t, false);
}

void sb_ticket_drop(struct sandbox *sb, int64_t id)
{
    struct sb_ticket *t = sb_table_find(&sb->tickets, id);

    if (t == NULL)
        return;
    for (size_t i = 0; i < t->comment_count; i++)
        sb_table_remove(&sb->comments, t->comments[i]->id);
    for (size_t i = sb->attachments.count; i > 0; i--) {
        const struct sb_attachment *a = sb->attachments.rows[i - 1];
        if (a->ticket_id == id)
            sb_attachment_drop(sb, a->id);
    }
    sb_table_remove(&sb->tickets, id);
}

void sb_ticket_delete(struct sb_ctx *c)
{
    if (sb_table_find(&c->sb->tickets, c->id) == NULL) {
        sb_not_found(c);
        return;
    }
    sb_ticket_drop(c->sb, c->id);
    sb_removed(c->sb, c->id, &sb_ticket_type);
    sb_json(c, 200, "{\"message\":\"Ticket was successfully deleted. \"}");
}
