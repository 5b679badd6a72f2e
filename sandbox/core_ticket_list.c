/* GET /tickets: filters, order, pages. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "sandbox/core_private.h"

struct filter {
    int64_t customer_id, contact_id, user_id; /* 0: any */
    const char *number, *status, *query;      /* NULL: any */
    int64_t created_ms, resolved_ms, updated_ms;
    int64_t until_ms; /* by_updated: changes since then do not show yet */
    bool by_created, by_resolved, by_updated;
};

static int64_t id_param(const struct sb_ctx *c, const char *key)
{
    int64_t id;
    const char *text = sb_param(c, key);

    if (text == NULL || text[0] == '\0')
        return 0;
    return sb_param_int(c, key, &id) == 0 ? id : -1; /* no id at all matches nothing */
}

static const char *text_param(const struct sb_ctx *c, const char *key)
{
    const char *text = sb_param(c, key);

    return text == NULL || text[0] == '\0' ? NULL : text;
}

static struct filter filter_of(const struct sb_ctx *c)
{
    struct filter f = {
        .customer_id = id_param(c, "customer_id"),
        .contact_id = id_param(c, "contact_id"),
        .user_id = id_param(c, "user_id"),
        .number = text_param(c, "number"),
        .status = text_param(c, "status"),
        .query = text_param(c, "query"),
    };
    f.by_created = sb_param_time(c, "created_after", &f.created_ms) == 0;
    f.by_resolved = sb_param_time(c, "resolved_after", &f.resolved_ms) == 0;
    f.by_updated = sb_param_time(c, "since_updated_at", &f.updated_ms) == 0;
    const int64_t lag_ms = sb_number(c->sb, SB_SW_SINCE_LAG);
    f.until_ms = lag_ms > 0 ? c->now_ms - lag_ms : INT64_MAX;
    if (text_param(c, "mine") != NULL && !str_equal(sb_param(c, "mine"), "false"))
        f.user_id = c->token->user_id;
    if (f.query != NULL)
        f.status = NULL; /* with both, only the query counts */
    return f;
}

bool sb_is_after(const struct sandbox *sb, int64_t ms, int64_t bound_ms)
{
    return ms > bound_ms || (ms == bound_ms && sb_is(sb, SB_SW_SINCE_BOUND, "from"));
}

static bool status_fits(const struct sb_ticket *t, const char *status)
{
    if (strcmp(status, "Not Closed") != 0)
        return str_equal(t->status, status);
    return !str_equal(t->status, "Resolved") && !str_equal(t->status, "Invoiced");
}

static bool query_fits(const struct sandbox *sb, const struct sb_ticket *t, const char *query)
{
    const struct sb_customer *customer = sb_table_find(&sb->customers, t->customer_id);
    const struct sb_contact *contact = sb_table_find(&sb->contacts, t->contact_id);
    char text[512];

    snprintf(text, sizeof(text), "%lld", (long long)t->number);
    if (sb_contains(t->subject, query) || strcmp(text, query) == 0)
        return true;
    if (customer != NULL && sb_contains(sb_customer_name(customer, text, sizeof(text)), query))
        return true;
    if (contact != NULL && sb_contains(contact->name, query))
        return true;
    for (size_t i = 0; i < t->comment_count && sb_is(sb, SB_SW_QUERY_SEARCHES, "all"); i++)
        if (sb_contains(t->comments[i]->subject, query) || sb_contains(t->comments[i]->body, query))
            return true;
    return false;
}

static bool fits(const struct sandbox *sb, const struct sb_ticket *t, const struct filter *f)
{
    char number[24];

    snprintf(number, sizeof(number), "%lld", (long long)t->number);
    if ((f->customer_id != 0 && t->customer_id != f->customer_id) ||
        (f->contact_id != 0 && t->contact_id != f->contact_id) ||
        (f->user_id != 0 && t->user_id != f->user_id) ||
        (f->number != NULL && strcmp(number, f->number) != 0))
        return false;
    if (f->status != NULL && !status_fits(t, f->status))
        return false;
    if (f->by_created && !sb_is_after(sb, t->created_ms, f->created_ms))
        return false;
    if (f->by_updated &&
        (!sb_is_after(sb, t->updated_ms, f->updated_ms) || t->updated_ms > f->until_ms))
        return false;
    if (f->by_resolved && (t->resolved_ms == 0 || !sb_is_after(sb, t->resolved_ms, f->resolved_ms)))
        return false;
    return f->query == NULL || query_fits(sb, t, f->query);
}

static int by_id(const void *a, const void *b)
{
    const struct sb_ticket *x = *(void *const *)a, *y = *(void *const *)b;

    return (x->id > y->id) - (x->id < y->id);
}

static int by_id_down(const void *a, const void *b)
{
    return -by_id(a, b);
}

static int by_updated_down(const void *a, const void *b)
{
    const struct sb_ticket *x = *(void *const *)a, *y = *(void *const *)b;

    if (x->updated_ms != y->updated_ms)
        return x->updated_ms < y->updated_ms ? 1 : -1;
    return -by_id(a, b);
}

void sb_tickets_list(struct sb_ctx *c)
{
    struct sandbox *sb = c->sb;
    const struct filter filter = filter_of(c);
    void **found = calloc(sb->tickets.count + 1, sizeof(found[0]));
    size_t count = 0;

    if (found == NULL)
        abort();
    for (size_t i = 0; i < sb->tickets.count; i++)
        if (fits(sb, sb->tickets.rows[i], &filter))
            found[count++] = sb->tickets.rows[i];
    qsort(found, count, sizeof(found[0]),
          sb_is(sb, SB_SW_TICKETS_ORDER, "updated")  ? by_updated_down
          : sb_is(sb, SB_SW_TICKETS_ORDER, "oldest") ? by_id
                                                     : by_id_down);
    const struct sb_page page = sb_page_of(c, count, sb_number(sb, SB_SW_TICKETS_PAGE),
                                           sb_is(sb, SB_SW_TICKETS_PER_PAGE, "honoured"));
    sb_ok(c);
    jw_object(&c->w, NULL);
    jw_array(&c->w, "tickets");
    for (size_t i = page.from; i < page.to; i++)
        sb_write_ticket_row(sb, &c->w, found[i]);
    jw_array_end(&c->w);
    jw_object(&c->w, "meta");
    jw_int(&c->w, "total_pages", (int64_t)page.pages);
    jw_int(&c->w, "page", (int64_t)page.page);
    jw_object_end(&c->w);
    jw_object_end(&c->w);
    free(found);
}
