/* Comments: of one ticket, of all, and a new one. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "sandbox/core_private.h"

struct sb_comment *sb_comment_add(struct sandbox *sb, struct sb_ticket *t, const char *subject,
                                  const char *body, const char *tech, bool hidden, bool no_email,
                                  int64_t user_id, int64_t now_ms)
{
    struct sb_comment *m = sb_table_add(&sb->comments);

    if (m == NULL)
        return NULL;
    m->ticket_id = t->id;
    m->user_id = user_id;
    m->created_ms = m->updated_ms = now_ms;
    m->hidden = hidden;
    m->no_email = no_email;
    sb_text_set(&m->subject, subject);
    sb_text_set(&m->body, body);
    sb_text_set(&m->tech, tech);
    sb_comment_link(t, m);
    sb_changed(sb, m, &sb_comment_type);
    if (!hidden || sb_is(sb, SB_SW_HIDDEN_TOUCHES, "yes"))
        sb_ticket_touch(sb, t, SB_SW_COMMENT_TOUCHES, now_ms);
    return m;
}

void sb_comment_drop(struct sandbox *sb, int64_t id)
{
    const struct sb_comment *m = sb_table_find(&sb->comments, id);
    struct sb_ticket *t = m == NULL ? NULL : sb_table_find(&sb->tickets, m->ticket_id);

    if (t != NULL)
        sb_comment_unlink(t, m);
    sb_table_remove(&sb->comments, id);
}

void sb_comment_said(struct sandbox *sb, const struct sb_ticket *t, const struct sb_comment *m)
{
    sb_email_comment(sb, t, m);
    sb_hook_comment(sb, m->hidden ? SB_EV_HIDDEN : SB_EV_COMMENT, t, m);
}

static bool is_blank(const struct json *v)
{
    const char *text = json_text(v);

    if (json_kind(v) == JSON_KIND_INT)
        return false;
    return text == NULL || str_trim(text, strlen(text)).len == 0;
}

static bool refuse_comment(struct sb_ctx *c)
{
    const char *said[3];
    size_t count = 0;
    const char *subject = json_get_text(c->body, "subject");

    if (is_blank(json_get(c->body, "body")))
        said[count++] = "Body can't be blank";
    if (is_blank(json_get(c->body, "subject")))
        said[count++] = "Subject can't be blank";
    else if (subject != NULL && strlen(subject) > 255 && sb_is(c->sb, SB_SW_SUBJECT_MAX, "255"))
        said[count++] = "Subject is too long (maximum is 255 characters)";
    if (count > 0)
        sb_refuse(c, said, count);
    return count > 0;
}

void sb_comment_create(struct sb_ctx *c)
{
    struct sb_ticket *t = sb_table_find(&c->sb->tickets, c->id);
    const bool hidden = sb_is_true(json_get(c->body, "hidden"));

    if (sb_is(c->sb, SB_SW_COMMENT_RIGHT, "both") && !hidden && !sb_has_right(c, SB_COMMENTS_NEW)) {
        sb_no_right(c);
        return;
    }
    if (t == NULL) {
        sb_not_found(c);
        return;
    }
    if (refuse_comment(c))
        return;
    const bool nobody = sb_is(c->sb, SB_SW_API_AUTHOR, "null");
    const struct sb_user *user = nobody ? NULL : sb_user_find(c->token->user_id);
    struct sb_comment *m = sb_comment_add(c->sb, t, "", "", user == NULL ? NULL : user->name,
                                          hidden, false, user == NULL ? 0 : user->id, c->now_ms);
    if (m == NULL) {
        sb_html(c->r, 503, "The stand-in is full");
        return;
    }
    sb_record_set(m, &sb_comment_type, c->body, false);
    sb_changed(c->sb, m, &sb_comment_type);
    sb_comment_said(c->sb, t, m);
    sb_ok(c);
    jw_object(&c->w, NULL);
    jw_object(&c->w, "comment");
    sb_write_comment(c->sb, &c->w, m, false);
    jw_object_end(&c->w);
    jw_object_end(&c->w);
}

/* --- lists --- */

static int64_t key_of(const struct sb_comment *m, bool updated)
{
    return updated ? m->updated_ms : m->created_ms;
}

static int compare_created(const void *a, const void *b)
{
    const struct sb_comment *x = *(struct sb_comment *const *)a,
                            *y = *(struct sb_comment *const *)b;

    if (x->created_ms != y->created_ms)
        return x->created_ms < y->created_ms ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static int compare_updated(const void *a, const void *b)
{
    const struct sb_comment *x = *(struct sb_comment *const *)a,
                            *y = *(struct sb_comment *const *)b;

    if (x->updated_ms != y->updated_ms)
        return x->updated_ms < y->updated_ms ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static bool within(const struct sb_ctx *c, const char *after, const char *before, int64_t ms)
{
    int64_t bound_ms;

    if (sb_param_time(c, after, &bound_ms) == 0 && !sb_is_after(c->sb, ms, bound_ms))
        return false;
    return sb_param_time(c, before, &bound_ms) != 0 || ms < bound_ms;
}

static void write_page(struct sb_ctx *c, struct sb_comment *const *rows, struct sb_page page)
{
    sb_ok(c);
    jw_object(&c->w, NULL);
    jw_array(&c->w, "comments");
    for (size_t i = page.from; i < page.to; i++) {
        jw_object(&c->w, NULL);
        sb_write_comment(c->sb, &c->w, rows[i], true);
        jw_object_end(&c->w);
    }
    jw_array_end(&c->w);
    jw_object(&c->w, "meta");
    jw_int(&c->w, "total_pages", (int64_t)page.pages);
    jw_int(&c->w, "page", (int64_t)page.page);
    jw_int(&c->w, "per_page", (int64_t)page.per_page);
    jw_object_end(&c->w);
    jw_object_end(&c->w);
}

static void turn_round(struct sb_comment **rows, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        struct sb_comment *m = rows[i];
        rows[i] = rows[count - 1 - i];
        rows[count - 1 - i] = m;
    }
}

void sb_comments_list(struct sb_ctx *c)
{
    const struct sb_ticket *t = sb_ticket_to_view(c);
    const bool by_updated = str_equal(sb_param(c, "sort_by"), "updated_at");

    if (t == NULL)
        return;
    struct sb_comment **rows = calloc(t->comment_count + 1, sizeof(struct sb_comment *));
    size_t count = 0;
    if (rows == NULL)
        abort();
    for (size_t i = 0; i < t->comment_count; i++) {
        struct sb_comment *m = t->comments[i];
        if (within(c, "created_after", "created_before", key_of(m, false)) &&
            within(c, "updated_after", "updated_before", key_of(m, true)))
            rows[count++] = m;
    }
    qsort(rows, count, sizeof(struct sb_comment *), by_updated ? compare_updated : compare_created);
    if (!str_equal_nocase(sb_param(c, "sort_direction"), "ASC"))
        turn_round(rows, count);
    write_page(c, rows, sb_page_of(c, count, 10, true));
    free(rows);
}

static bool param_is(const struct sb_ctx *c, const char *key, int64_t id)
{
    int64_t wanted;

    return sb_param_int(c, key, &wanted) != 0 || wanted == id;
}

/* By ticket upwards, within it the newest first. */
void sb_ticket_comments_list(struct sb_ctx *c)
{
    struct sandbox *sb = c->sb;
    struct sb_comment **rows = calloc(sb->comments.count + 1, sizeof(struct sb_comment *));
    size_t count = 0;

    if (rows == NULL)
        abort();
    for (size_t i = 0; i < sb->tickets.count; i++) {
        const struct sb_ticket *t = sb->tickets.rows[i];
        const char *status = sb_param(c, "status");
        int64_t since_ms;
        if (!param_is(c, "ticket_id", t->id) || !param_is(c, "customer_id", t->customer_id) ||
            !param_is(c, "contact_id", t->contact_id) || !param_is(c, "user_id", t->user_id) ||
            (status != NULL && !str_equal(t->status, status)) ||
            (sb_param_time(c, "since_updated_at", &since_ms) == 0 &&
             !sb_is_after(sb, t->updated_ms, since_ms)))
            continue;
        for (size_t j = t->comment_count; j > 0; j--)
            if (within(c, "comment_created_after", "comment_created_before",
                       t->comments[j - 1]->created_ms))
                rows[count++] = t->comments[j - 1];
    }
    write_page(c, rows, sb_page_of(c, count, 25, true));
    free(rows);
}
