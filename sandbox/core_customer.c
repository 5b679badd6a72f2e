/* Customers: Syncro's word for companies. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "sandbox/core_private.h"

/* Phone numbers are kept as digits (and a leading plus). */
static void strip_phone(char *phone)
{
    char *to = phone;

    if (phone == NULL)
        return;
    for (const char *p = phone; *p != '\0'; p++)
        if ((*p >= '0' && *p <= '9') || (*p == '+' && p == phone))
            *to++ = *p;
    *to = '\0';
}

static bool any_contains(const struct sb_customer *u, const char *query)
{
    char full[512];

    snprintf(full, sizeof(full), "%s %s", u->firstname != NULL ? u->firstname : "",
             u->lastname != NULL ? u->lastname : "");
    return sb_contains(full, query) || sb_contains(u->business_name, query) ||
           sb_contains(u->email, query) || sb_contains(u->phone, query) ||
           sb_contains(u->mobile, query);
}

/* By the people of the company too: Syncro's search finds a customer by a contact. */
static bool query_fits(const struct sandbox *sb, const struct sb_customer *u, const char *query)
{
    if (any_contains(u, query))
        return true;
    for (size_t i = 0; i < sb->contacts.count; i++) {
        const struct sb_contact *p = sb->contacts.rows[i];
        if (p->customer_id == u->id &&
            (sb_contains(p->name, query) || sb_contains(p->email, query) ||
             sb_contains(p->phone, query) || sb_contains(p->mobile, query)))
            return true;
    }
    return false;
}

/* Whether id[]= (or not_id[]=) was given at all, and with this id. */
static bool id_given(const struct sb_ctx *c, const char *key, int64_t id, bool *any)
{
    int64_t wanted;
    char with_brackets[16];

    snprintf(with_brackets, sizeof(with_brackets), "%s[]", key);
    *any = false;
    for (size_t i = 0; i < c->param_count; i++) {
        if (strcmp(c->params[i].key, key) != 0 && strcmp(c->params[i].key, with_brackets) != 0)
            continue;
        *any = true;
        if (str_to_int(c->params[i].value, 0, INT64_MAX, &wanted) == 0 && wanted == id)
            return true;
    }
    return false;
}

static bool like(const struct sb_ctx *c, const char *key, const char *text)
{
    const char *wanted = sb_param(c, key);

    return wanted == NULL || wanted[0] == '\0' || sb_contains(text, wanted);
}

static bool fits(const struct sb_ctx *c, const struct sb_customer *u)
{
    const char *email = sb_param(c, "email"), *query = sb_param(c, "query");
    bool any;

    if (u->disabled && !str_equal(sb_param(c, "include_disabled"), "true"))
        return false;
    if (!id_given(c, "id", u->id, &any) && any)
        return false;
    if (id_given(c, "not_id", u->id, &any))
        return false;
    if (email != NULL && email[0] != '\0' && !str_equal_nocase(u->email, email))
        return false;
    return like(c, "firstname", u->firstname) && like(c, "lastname", u->lastname) &&
           like(c, "business_name", u->business_name) &&
           (query == NULL || query[0] == '\0' || query_fits(c->sb, u, query));
}

/* --- the order: "firstname ASC" --- */

static const char *sort_text(const struct sb_customer *u, const char *column)
{
    const char *text = NULL;

    if (str_has_prefix(column, "lastname"))
        text = u->lastname;
    else if (str_has_prefix(column, "business_name"))
        text = u->business_name;
    else if (str_has_prefix(column, "email"))
        text = u->email;
    else
        text = u->firstname;
    return text != NULL ? text : "";
}

static int compare(const void *a, const void *b, void *arg)
{
    const struct sb_customer *x = *(void *const *)a, *y = *(void *const *)b;
    const char *sort = arg;
    int order = 0;

    if (sort[0] != '\0' && !str_has_prefix(sort, "id"))
        order = strcasecmp(sort_text(x, sort), sort_text(y, sort));
    if (order == 0)
        order = (x->id > y->id) - (x->id < y->id);
    return strcasestr(sort, " DESC") != NULL ? -order : order;
}

void sb_customers_list(struct sb_ctx *c)
{
    struct sandbox *sb = c->sb;
    void **found = calloc(sb->customers.count + 1, sizeof(found[0]));
    const char *sort = sb_param(c, "sort");
    size_t count = 0;

    if (found == NULL)
        abort();
    for (size_t i = 0; i < sb->customers.count; i++)
        if (fits(c, sb->customers.rows[i]))
            found[count++] = sb->customers.rows[i];
    qsort_r(found, count, sizeof(found[0]), compare, (void *)(uintptr_t)(sort ? sort : ""));
    const struct sb_page page = sb_page_of(c, count, sb_number(sb, SB_SW_CUSTOMERS_PAGE), true);
    sb_ok(c);
    jw_object(&c->w, NULL);
    jw_array(&c->w, "customers");
    for (size_t i = page.from; i < page.to; i++)
        sb_write_customer(sb, &c->w, NULL, found[i]);
    jw_array_end(&c->w);
    sb_write_meta(c, page);
    jw_object_end(&c->w);
    free(found);
}

void sb_customers_autocomplete(struct sb_ctx *c)
{
    const char *query = sb_param(c, "query");
    size_t written = 0;

    sb_ok(c);
    jw_object(&c->w, NULL);
    jw_array(&c->w, "customers");
    for (size_t i = 0; i < c->sb->customers.count && written < 25; i++) {
        const struct sb_customer *u = c->sb->customers.rows[i];
        if (u->disabled || (query != NULL && !any_contains(u, query)))
            continue;
        sb_write_customer(c->sb, &c->w, NULL, u);
        written++;
    }
    jw_array_end(&c->w);
    jw_object_end(&c->w);
}

/* --- one customer --- */

static void answer_customer(struct sb_ctx *c, const struct sb_customer *u)
{
    sb_ok(c);
    jw_object(&c->w, NULL);
    sb_write_customer(c->sb, &c->w, "customer", u);
    jw_object_end(&c->w);
}

/* The customer of the path, or NULL after answering: 404 without a body. */
static struct sb_customer *customer_of(struct sb_ctx *c)
{
    struct sb_customer *u = sb_table_find(&c->sb->customers, c->id);

    if (u == NULL)
        sb_empty(c->r, 404);
    return u;
}

void sb_customer_get(struct sb_ctx *c)
{
    const struct sb_customer *u = customer_of(c);

    if (u != NULL)
        answer_customer(c, u);
}

void sb_customer_latest(struct sb_ctx *c)
{
    const size_t count = c->sb->customers.count;

    if (count == 0)
        sb_empty(c->r, 404);
    else
        answer_customer(c, c->sb->customers.rows[count - 1]);
}

/* True when the body's address is none and this was answered; params: echo the body. */
static bool refuse_email(struct sb_ctx *c, bool params)
{
    const char *email = json_get_text(c->body, "email");
    struct buf second;

    if (email == NULL || email[0] == '\0' || str_is_email(email))
        return false;
    buf_init(&second, SANDBOX_BODY_MAX);
    buf_printf(&second, "Email Only able to parse up to \"%s\"", email);
    sb_ok(c);
    c->r->status = 422;
    jw_object(&c->w, NULL);
    jw_bool(&c->w, "success", false);
    jw_array(&c->w, "message");
    jw_text(&c->w, NULL, "Email is not an email");
    jw_text(&c->w, NULL, buf_ok(&second) ? second.ptr : "");
    jw_array_end(&c->w);
    if (params) {
        char *text = json_dump(c->body);
        jw_raw(&c->w, "params", text != NULL ? text : "{}");
        free(text);
    }
    jw_object_end(&c->w);
    buf_free(&second);
    return true;
}

static void take_body(struct sb_ctx *c, struct sb_customer *u)
{
    sb_record_set(u, &sb_customer_type, c->body, false);
    strip_phone(u->phone);
    strip_phone(u->mobile);
    u->updated_ms = c->now_ms;
    sb_changed(c->sb, u, &sb_customer_type);
    answer_customer(c, u);
}

void sb_customer_create(struct sb_ctx *c)
{
    if (refuse_email(c, true))
        return;
    struct sb_customer *u = sb_table_add(&c->sb->customers);
    if (u == NULL) {
        sb_html(c->r, 503, "The stand-in is full");
        return;
    }
    u->created_ms = c->now_ms;
    take_body(c, u);
}

void sb_customer_update(struct sb_ctx *c)
{
    struct sb_customer *u = customer_of(c);

    if (u != NULL && !refuse_email(c, false))
        take_body(c, u);
}

void sb_customer_delete(struct sb_ctx *c)
{
    if (customer_of(c) == NULL)
        return;
    sb_customer_drop(c->sb, c->id);
    sb_json(c, 200, "{\"message\":\"Customer was deleted from the system.\"}");
}

void sb_write_phones(struct sb_ctx *c, const struct sb_customer *u)
{
    const char *const labels[] = {"Mobile", "Phone"};
    const char *const numbers[] = {u->mobile, u->phone};

    jw_array(&c->w, "phones");
    for (size_t i = 0; i < COUNT_OF(labels); i++) {
        if (numbers[i] == NULL || numbers[i][0] == '\0')
            continue;
        jw_object(&c->w, NULL);
        jw_int(&c->w, "id", u->id * 2 + 1 - (int64_t)i);
        jw_text(&c->w, "label", labels[i]);
        jw_text(&c->w, "number", numbers[i]);
        jw_int(&c->w, "customer_id", u->id);
        sb_write_time(c->sb, &c->w, "created_at", u->created_ms);
        sb_write_time(c->sb, &c->w, "updated_at", u->updated_ms);
        jw_null(&c->w, "extension");
        jw_object_end(&c->w);
    }
    jw_array_end(&c->w);
}

void sb_customer_phones(struct sb_ctx *c)
{
    const struct sb_customer *u = customer_of(c);

    if (u == NULL)
        return;
    sb_ok(c);
    jw_object(&c->w, NULL);
    sb_write_phones(c, u);
    jw_object_end(&c->w);
}
