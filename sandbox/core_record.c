/* Records: their fields as tables, their way from and to JSON, and the tables that hold them. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "sandbox/core_private.h"

#define OPEN(type, member, key_, kind_)                                                            \
    {                                                                                              \
        key_, kind_, offsetof(struct type, member), true                                           \
    }
#define OWN(type, member, key_, kind_)                                                             \
    {                                                                                              \
        key_, kind_, offsetof(struct type, member), false                                          \
    }

static const struct sb_field ticket_fields[] = {
    OWN(sb_ticket, number, "number", SB_ID),
    OWN(sb_ticket, created_ms, "created_at", SB_TIME),
    OWN(sb_ticket, updated_ms, "updated_at", SB_TIME),
    OWN(sb_ticket, resolved_ms, "resolved_at", SB_TIME),
    OWN(sb_ticket, files, "files", SB_ARRAY),
    OPEN(sb_ticket, customer_id, "customer_id", SB_ID),
    OPEN(sb_ticket, contact_id, "contact_id", SB_ID),
    OPEN(sb_ticket, user_id, "user_id", SB_ID),
    OPEN(sb_ticket, location_id, "location_id", SB_ID),
    OPEN(sb_ticket, ticket_type_id, "ticket_type_id", SB_ID),
    OPEN(sb_ticket, sla_id, "sla_id", SB_ID),
    OPEN(sb_ticket, due_ms, "due_date", SB_TIME),
    OPEN(sb_ticket, start_ms, "start_at", SB_TIME),
    OPEN(sb_ticket, end_ms, "end_at", SB_TIME),
    OPEN(sb_ticket, outtake_ms, "outtake_form_date", SB_TIME),
    OPEN(sb_ticket, subject, "subject", SB_TEXT),
    OPEN(sb_ticket, problem_type, "problem_type", SB_TEXT),
    OPEN(sb_ticket, status, "status", SB_TEXT),
    OPEN(sb_ticket, priority, "priority", SB_TEXT),
    OPEN(sb_ticket, signature_name, "signature_name", SB_TEXT),
    OPEN(sb_ticket, outtake_name, "outtake_form_name", SB_TEXT),
    OPEN(sb_ticket, properties, "properties", SB_OBJECT),
    OPEN(sb_ticket, asset_ids, "asset_ids", SB_ARRAY),
    OPEN(sb_ticket, tag_list, "tag_list", SB_ARRAY),
};
static const struct sb_field comment_fields[] = {
    OWN(sb_comment, ticket_id, "ticket_id", SB_ID),
    OWN(sb_comment, user_id, "user_id", SB_ID),
    OWN(sb_comment, created_ms, "created_at", SB_TIME),
    OWN(sb_comment, updated_ms, "updated_at", SB_TIME),
    OPEN(sb_comment, subject, "subject", SB_TEXT),
    OPEN(sb_comment, body, "body", SB_TEXT),
    OPEN(sb_comment, tech, "tech", SB_TEXT),
    OPEN(sb_comment, hidden, "hidden", SB_BOOL),
    OPEN(sb_comment, no_email, "do_not_email", SB_BOOL),
};
static const struct sb_field customer_fields[] = {
    OWN(sb_customer, created_ms, "created_at", SB_TIME),
    OWN(sb_customer, updated_ms, "updated_at", SB_TIME),
    OPEN(sb_customer, firstname, "firstname", SB_TEXT),
    OPEN(sb_customer, lastname, "lastname", SB_TEXT),
    OPEN(sb_customer, business_name, "business_name", SB_TEXT),
    OPEN(sb_customer, email, "email", SB_TEXT),
    OPEN(sb_customer, phone, "phone", SB_TEXT),
    OPEN(sb_customer, mobile, "mobile", SB_TEXT),
    OPEN(sb_customer, address, "address", SB_TEXT),
    OPEN(sb_customer, address_2, "address_2", SB_TEXT),
    OPEN(sb_customer, city, "city", SB_TEXT),
    OPEN(sb_customer, state, "state", SB_TEXT),
    OPEN(sb_customer, zip, "zip", SB_TEXT),
    OPEN(sb_customer, notes, "notes", SB_TEXT),
    OPEN(sb_customer, notification_email, "notification_email", SB_TEXT),
    OPEN(sb_customer, invoice_cc_emails, "invoice_cc_emails", SB_TEXT),
    OPEN(sb_customer, referred_by, "referred_by", SB_TEXT),
    OPEN(sb_customer, location_id, "location_id", SB_ID),
    OPEN(sb_customer, tax_rate_id, "tax_rate_id", SB_ID),
    OPEN(sb_customer, invoice_term_id, "invoice_term_id", SB_ID),
    OPEN(sb_customer, ref_customer_id, "ref_customer_id", SB_ID),
    OPEN(sb_customer, get_sms, "get_sms", SB_BOOL),
    OPEN(sb_customer, opt_out, "opt_out", SB_BOOL),
    OPEN(sb_customer, disabled, "disabled", SB_BOOL),
    OPEN(sb_customer, no_email, "no_email", SB_BOOL),
    OPEN(sb_customer, properties, "properties", SB_OBJECT),
};
static const struct sb_field contact_fields[] = {
    OWN(sb_contact, created_ms, "created_at", SB_TIME),
    OWN(sb_contact, updated_ms, "updated_at", SB_TIME),
    OPEN(sb_contact, customer_id, "customer_id", SB_ID),
    OPEN(sb_contact, vendor_id, "vendor_id", SB_ID),
    OPEN(sb_contact, name, "name", SB_TEXT),
    OPEN(sb_contact, address1, "address1", SB_TEXT),
    OPEN(sb_contact, address2, "address2", SB_TEXT),
    OPEN(sb_contact, city, "city", SB_TEXT),
    OPEN(sb_contact, state, "state", SB_TEXT),
    OPEN(sb_contact, zip, "zip", SB_TEXT),
    OPEN(sb_contact, email, "email", SB_TEXT),
    OPEN(sb_contact, phone, "phone", SB_TEXT),
    OPEN(sb_contact, mobile, "mobile", SB_TEXT),
    OPEN(sb_contact, notes, "notes", SB_TEXT),
    OPEN(sb_contact, extension, "extension", SB_TEXT),
    OPEN(sb_contact, opt_out, "opt_out", SB_BOOL),
    OPEN(sb_contact, properties, "properties", SB_OBJECT),
};
static const struct sb_field token_fields[] = {
    OWN(sb_token, user_id, "user_id", SB_ID),
    OWN(sb_token, created_ms, "created_at", SB_TIME),
    OWN(sb_token, used_ms, "last_used_at", SB_TIME),
    OWN(sb_token, expires_ms, "expires_at", SB_TIME),
    OWN(sb_token, name, "name", SB_TEXT),
    OWN(sb_token, hash, "hash", SB_TEXT),
    OWN(sb_token, right_names, "rights", SB_TEXT),
    OWN(sb_token, enabled, "enabled", SB_BOOL),
};

static const struct sb_field attachment_fields[] = {
    OWN(sb_attachment, ticket_id, "ticket_id", SB_ID),
    OWN(sb_attachment, created_ms, "created_at", SB_TIME),
    OWN(sb_attachment, updated_ms, "updated_at", SB_TIME),
    OWN(sb_attachment, size, "size", SB_ID),
    OWN(sb_attachment, file_name, "file_name", SB_TEXT),
    OWN(sb_attachment, source, "source", SB_TEXT),
    OWN(sb_attachment, content_type, "content_type", SB_TEXT),
};
static const struct sb_field email_fields[] = {
    OWN(sb_email, ticket_id, "ticket_id", SB_ID),
    OWN(sb_email, comment_id, "comment_id", SB_ID),
    OWN(sb_email, created_ms, "created_at", SB_TIME),
    OWN(sb_email, to, "to", SB_TEXT),
};

static void release_ticket(void *record)
{
    free(((struct sb_ticket *)record)->comments);
}

static void release_attachment(void *record)
{
    free(((struct sb_attachment *)record)->bytes);
}

const struct sb_type sb_ticket_type = {"ticket", ticket_fields, COUNT_OF(ticket_fields),
                                       sizeof(struct sb_ticket), release_ticket};
const struct sb_type sb_comment_type = {"comment", comment_fields, COUNT_OF(comment_fields),
                                        sizeof(struct sb_comment), NULL};
const struct sb_type sb_customer_type = {"customer", customer_fields, COUNT_OF(customer_fields),
                                         sizeof(struct sb_customer), NULL};
const struct sb_type sb_contact_type = {"contact", contact_fields, COUNT_OF(contact_fields),
                                        sizeof(struct sb_contact), NULL};
const struct sb_type sb_attachment_type = {"attachment", attachment_fields,
                                           COUNT_OF(attachment_fields),
                                           sizeof(struct sb_attachment), release_attachment};
const struct sb_type sb_email_type = {"email", email_fields, COUNT_OF(email_fields),
                                      sizeof(struct sb_email), NULL};
const struct sb_type sb_token_type = {"api_token", token_fields, COUNT_OF(token_fields),
                                      sizeof(struct sb_token), NULL};

static char **text_at(void *record, const struct sb_field *f)
{
    return (char **)(void *)((char *)record + f->offset);
}

static int64_t *number_at(void *record, const struct sb_field *f)
{
    return (int64_t *)(void *)((char *)record + f->offset);
}

static bool *bool_at(void *record, const struct sb_field *f)
{
    return (bool *)(void *)((char *)record + f->offset);
}

static bool holds_text(const struct sb_field *f)
{
    return f->kind == SB_TEXT || f->kind == SB_OBJECT || f->kind == SB_ARRAY;
}

/* --- tables --- */

void sb_table_init(struct sb_table *t, const struct sb_type *type, int64_t first_id)
{
    *t = (struct sb_table){.type = type, .next_id = first_id};
}

void sb_record_clear(void *record, const struct sb_type *type)
{
    for (size_t i = 0; i < type->count; i++)
        if (holds_text(&type->fields[i]))
            free(*text_at(record, &type->fields[i]));
}

static void record_free(void *record, const struct sb_type *type)
{
    sb_record_clear(record, type);
    if (type->release != NULL)
        type->release(record);
    free(record);
}

void sb_table_free(struct sb_table *t)
{
    for (size_t i = 0; i < t->count; i++)
        record_free(t->rows[i], t->type);
    free(t->rows);
}

static int64_t id_of(const void *record)
{
    int64_t id;

    memcpy(&id, record, sizeof(id));
    return id;
}

/* The place of the first record whose id is at least id. */
static size_t lower_bound(const struct sb_table *t, int64_t id)
{
    size_t low = 0, high = t->count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (id_of(t->rows[middle]) < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void *sb_table_find(const struct sb_table *t, int64_t id)
{
    const size_t i = lower_bound(t, id);

    return i < t->count && id_of(t->rows[i]) == id ? t->rows[i] : NULL;
}

void *sb_table_put(struct sb_table *t, int64_t id)
{
    const size_t at = lower_bound(t, id);

    if (at < t->count && id_of(t->rows[at]) == id)
        return t->rows[at];
    if (t->count == SB_ROWS_MAX)
        return NULL;
    if (t->count == t->room) {
        t->room = t->room == 0 ? 16 : t->room * 2;
        t->rows = realloc(t->rows, t->room * sizeof(t->rows[0]));
        if (t->rows == NULL)
            abort();
    }
    void *record = calloc(1, t->type->size);
    if (record == NULL)
        abort();
    memcpy(record, &id, sizeof(id));
    memmove(t->rows + at + 1, t->rows + at, (t->count - at) * sizeof(t->rows[0]));
    t->rows[at] = record;
    t->count++;
    if (id >= t->next_id)
        t->next_id = id + 1;
    return record;
}

void *sb_table_add(struct sb_table *t)
{
    return sb_table_put(t, t->next_id);
}

void sb_table_remove(struct sb_table *t, int64_t id)
{
    const size_t at = lower_bound(t, id);

    if (at == t->count || id_of(t->rows[at]) != id)
        return;
    record_free(t->rows[at], t->type);
    t->count--;
    memmove(t->rows + at, t->rows + at + 1, (t->count - at) * sizeof(t->rows[0]));
}

void sb_comment_link(struct sb_ticket *t, struct sb_comment *m)
{
    size_t at = t->comment_count;

    if (t->comment_count == t->comment_room) {
        t->comment_room = t->comment_room == 0 ? 4 : t->comment_room * 2;
        t->comments = realloc(t->comments, t->comment_room * sizeof(t->comments[0]));
        if (t->comments == NULL)
            abort();
    }
    while (at > 0 && t->comments[at - 1]->id > m->id) { /* one that was moved here is older */
        t->comments[at] = t->comments[at - 1];
        at--;
    }
    t->comments[at] = m;
    t->comment_count++;
}

void sb_comment_unlink(struct sb_ticket *t, const struct sb_comment *m)
{
    size_t at = 0;

    while (at < t->comment_count && t->comments[at] != m)
        at++;
    if (at == t->comment_count)
        return;
    t->comment_count--;
    memmove(t->comments + at, t->comments + at + 1,
            (t->comment_count - at) * sizeof(t->comments[0]));
}

/* --- from and to JSON --- */

void sb_text_set(char **text, const char *value)
{
    char *copy = value == NULL ? NULL : strdup(value);

    if (value != NULL && copy == NULL)
        abort();
    free(*text);
    *text = copy;
}

bool sb_is_true(const struct json *v)
{
    bool yes;
    int64_t number;

    if (json_bool(v, &yes) == 0)
        return yes;
    if (json_int(v, &number) == 0)
        return number != 0;
    const char *text = json_text(v);
    return text != NULL && (str_equal_nocase(text, "true") || str_equal_nocase(text, "t"));
}

static void set_text(char **text, const struct json *v)
{
    int64_t number;
    char room[32];

    if (json_text(v) != NULL) {
        sb_text_set(text, json_text(v));
    } else if (json_int(v, &number) == 0) {
        snprintf(room, sizeof(room), "%lld", (long long)number);
        sb_text_set(text, room);
    } else if (json_kind(v) == JSON_KIND_NULL) {
        sb_text_set(text, NULL);
    }
}

static void set_json(char **text, const struct json *v, enum json_kind kind)
{
    if (json_kind(v) != kind)
        return;
    free(*text);
    *text = json_dump(v);
}

static void set_number(int64_t *to, const struct json *v, bool is_time)
{
    int64_t number;

    if (json_kind(v) == JSON_KIND_NULL)
        *to = 0;
    else if (is_time && json_text(v) != NULL && clock_parse(json_text(v), &number) == 0)
        *to = number;
    else if (json_int(v, &number) == 0 && number >= 0)
        *to = number;
}

void sb_record_set(void *record, const struct sb_type *type, const struct json *from, bool all)
{
    for (size_t i = 0; i < type->count; i++) {
        const struct sb_field *f = &type->fields[i];
        const struct json *v = json_get(from, f->key);
        if (v == NULL || !(all || f->open))
            continue;
        switch (f->kind) {
        case SB_ID:
        case SB_TIME:
            set_number(number_at(record, f), v, f->kind == SB_TIME);
            break;
        case SB_TEXT:
            set_text(text_at(record, f), v);
            break;
        case SB_BOOL:
            *bool_at(record, f) = sb_is_true(v);
            break;
        case SB_OBJECT:
            set_json(text_at(record, f), v, JSON_KIND_OBJECT);
            break;
        case SB_ARRAY:
            set_json(text_at(record, f), v, JSON_KIND_ARRAY);
            break;
        }
    }
}

void sb_record_write(const void *record, const struct sb_type *type, struct buf *to)
{
    void *r = (void *)(uintptr_t)record; /* only read */
    struct jw w;

    jw_init(&w, to);
    jw_object(&w, NULL);
    jw_text(&w, "kind", type->name);
    jw_int(&w, "id", id_of(record));
    for (size_t i = 0; i < type->count; i++) {
        const struct sb_field *f = &type->fields[i];
        if (f->kind == SB_BOOL)
            jw_bool(&w, f->key, *bool_at(r, f));
        else if (!holds_text(f))
            jw_int(&w, f->key, *number_at(r, f));
        else if (f->kind == SB_TEXT)
            jw_text(&w, f->key, *text_at(r, f));
        else if (*text_at(r, f) != NULL)
            jw_raw(&w, f->key, *text_at(r, f));
    }
    jw_object_end(&w);
}
