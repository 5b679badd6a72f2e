/* Contacts: Syncro's word for people. Answers are bare objects, without a wrapper. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "sandbox/core_private.h"

void sb_write_meta(struct sb_ctx *c, struct sb_page page)
{
    jw_object(&c->w, "meta");
    jw_int(&c->w, "total_pages", (int64_t)page.pages);
    jw_int(&c->w, "total_entries", (int64_t)page.total);
    jw_int(&c->w, "per_page", (int64_t)page.per_page);
    jw_int(&c->w, "page", (int64_t)page.page);
    jw_object_end(&c->w);
}

/* Only customer_id filters; ?email= is passed over, as Syncro documents none. */
void sb_contacts_list(struct sb_ctx *c)
{
    struct sandbox *sb = c->sb;
    void **found = calloc(sb->contacts.count + 1, sizeof(found[0]));
    int64_t customer = 0;
    size_t count = 0;

    if (found == NULL)
        abort();
    const bool all = sb_param_int(c, "customer_id", &customer) != 0;
    for (size_t i = 0; i < sb->contacts.count; i++) {
        struct sb_contact *p = sb->contacts.rows[i];
        if (all || p->customer_id == customer)
            found[count++] = p;
    }
    const struct sb_page page = sb_page_of(c, count, sb_number(sb, SB_SW_CONTACTS_PAGE), true);
    sb_ok(c);
    jw_object(&c->w, NULL);
    jw_array(&c->w, "contacts");
    for (size_t i = page.from; i < page.to; i++)
        sb_write_contact(sb, &c->w, NULL, found[i]);
    jw_array_end(&c->w);
    sb_write_meta(c, page);
    jw_object_end(&c->w);
    free(found);
}

static void answer_contact(struct sb_ctx *c, const struct sb_contact *p)
{
    sb_ok(c);
    sb_write_contact(c->sb, &c->w, NULL, p);
}

void sb_contact_get(struct sb_ctx *c)
{
    const struct sb_contact *p = sb_table_find(&c->sb->contacts, c->id);

    if (p == NULL)
        sb_not_found(c);
    else
        answer_contact(c, p);
}

/* A title is written at the top and read back among the properties. */
static void take_title(struct sb_contact *p, const char *title)
{
    struct json_doc *old = NULL;
    const struct json *member;
    void *iter = NULL;
    const char *key;
    struct buf text;

    if (title == NULL)
        return;
    if (p->properties != NULL)
        old = json_parse(p->properties, strlen(p->properties), NULL);
    buf_init(&text, SANDBOX_BODY_MAX);
    buf_char(&text, '{');
    while ((key = json_next(json_root(old), &iter, &member)) != NULL) {
        char *value = json_dump(member);
        if (value != NULL && strcmp(key, "title") != 0) {
            jw_quote(&text, key, strlen(key));
            buf_printf(&text, ":%s,", value);
        }
        free(value);
    }
    buf_str(&text, "\"title\":");
    jw_quote(&text, title, strlen(title));
    buf_char(&text, '}');
    if (buf_ok(&text))
        sb_text_set(&p->properties, text.ptr);
    buf_free(&text);
    json_free(old);
}

/* 422 with the record as it would have been. */
static void refuse_record(struct sb_ctx *c, const struct sb_contact *p, const char *why, bool fresh)
{
    sb_ok(c);
    c->r->status = 422;
    jw_object(&c->w, NULL);
    jw_object(&c->w, "record");
    sb_write_contact_members(c->sb, &c->w, p);
    if (fresh) {
        jw_null(&c->w, "processed_phone");
        jw_null(&c->w, "processed_mobile");
    }
    jw_object_end(&c->w);
    jw_text(&c->w, "errors", why);
    jw_object_end(&c->w);
}

/* What is wrong with the record as changed by the body; NULL: nothing. */
static const char *fault_of(const struct sb_contact *p)
{
    if (p->customer_id == 0)
        return "Customer can't be blank";
    if (p->email != NULL && p->email[0] != '\0' && !str_is_email(p->email))
        return "Email is not an email";
    return NULL;
}

/* A copy of the record (or an empty one) with the body's values. In the end either released or
 * stored. */
static void draft(struct sb_ctx *c, const struct sb_contact *from, struct sb_contact *to)
{
    struct buf line;

    *to = (struct sb_contact){0};
    if (from != NULL) {
        buf_init(&line, SANDBOX_ANSWER_MAX);
        sb_record_write(from, &sb_contact_type, &line);
        struct json_doc *doc = buf_ok(&line) ? json_parse(line.ptr, line.len, NULL) : NULL;
        if (doc != NULL)
            sb_record_set(to, &sb_contact_type, json_root(doc), true);
        to->id = from->id;
        json_free(doc);
        buf_free(&line);
    }
    sb_record_set(to, &sb_contact_type, c->body, false);
    take_title(to, json_get_text(c->body, "title"));
}

/* Move the draft's values into the stored record, keeping its id. */
static void store(struct sb_ctx *c, struct sb_contact *record, struct sb_contact *from)
{
    const struct sb_contact old = *record;

    *record = *from;
    record->id = old.id;
    record->updated_ms = c->now_ms;
    *from = old;
    sb_changed(c->sb, record, &sb_contact_type);
    answer_contact(c, record);
}

void sb_contact_create(struct sb_ctx *c)
{
    struct sb_contact fresh;
    int64_t customer;

    if (json_get_int(c->body, "customer_id", &customer) != 0 ||
        sb_table_find(&c->sb->customers, customer) == NULL) {
        sb_not_found(c);
        return;
    }
    draft(c, NULL, &fresh);
    const char *why = fault_of(&fresh);
    struct sb_contact *p = why == NULL ? sb_table_add(&c->sb->contacts) : NULL;
    if (why != NULL) {
        refuse_record(c, &fresh, why, true);
    } else if (p == NULL) {
        sb_html(c->r, 503, "The stand-in is full");
    } else {
        fresh.created_ms = c->now_ms;
        store(c, p, &fresh);
    }
    sb_record_clear(&fresh, &sb_contact_type);
}

void sb_contact_update(struct sb_ctx *c)
{
    struct sb_contact *p = sb_table_find(&c->sb->contacts, c->id), changed;

    if (p == NULL) {
        sb_not_found(c);
        return;
    }
    draft(c, p, &changed);
    const char *why = fault_of(&changed);
    if (why != NULL)
        refuse_record(c, &changed, why, false);
    else
        store(c, p, &changed);
    sb_record_clear(&changed, &sb_contact_type);
}

void sb_contact_delete(struct sb_ctx *c)
{
    if (sb_table_find(&c->sb->contacts, c->id) == NULL) {
        sb_not_found(c);
        return;
    }
    sb_contact_drop(c->sb, c->id, c->now_ms);
    sb_json(c, 200, "{\"success\":true}");
}
