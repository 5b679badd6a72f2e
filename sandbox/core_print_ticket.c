/* The two shapes of a ticket: a row of a list, and in full. */
#include <string.h>

#include "sandbox/core_private.h"

static const char *company_name(const struct sandbox *sb, int64_t customer_id, char *room,
                                size_t size)
{
    const struct sb_customer *u = sb_table_find(&sb->customers, customer_id);

    return u == NULL ? NULL : sb_customer_name(u, room, size);
}

static void write_head(const struct sandbox *sb, struct jw *w, const struct sb_ticket *t)
{
    char name[512];

    jw_int(w, "id", t->id);
    jw_int(w, "number", t->number);
    jw_text(w, "subject", t->subject);
    sb_write_time(sb, w, "created_at", t->created_ms);
    sb_write_id(w, "customer_id", t->customer_id);
    jw_text(w, "customer_business_then_name", company_name(sb, t->customer_id, name, sizeof(name)));
    sb_write_time(sb, w, "due_date", t->due_ms);
}

static void write_comment_object(const struct sandbox *sb, struct jw *w, const struct sb_comment *m)
{
    jw_object(w, NULL);
    sb_write_comment(sb, w, m, false);
    jw_object_end(w);
}

/* The first `most` comments by age, in the order of the switch. */
static void write_comments(const struct sandbox *sb, struct jw *w, const struct sb_ticket *t,
                           size_t most)
{
    const size_t count = t->comment_count < most ? t->comment_count : most;

    jw_array(w, "comments");
    for (size_t i = 0; i < count; i++) {
        const bool oldest_first = sb_is(sb, SB_SW_EMBEDDED_ORDER, "oldest");
        write_comment_object(sb, w, t->comments[oldest_first ? i : count - 1 - i]);
    }
    jw_array_end(w);
}

static void write_empty_array(struct jw *w, const char *key)
{
    jw_array(w, key);
    jw_array_end(w);
}

/* What a row has of service levels, contracts and parents: a stand-in has none of them. */
static void write_row_middle(const struct sandbox *sb, struct jw *w, const struct sb_ticket *t)
{
    const struct sb_contact *contact = sb_table_find(&sb->contacts, t->contact_id);

    jw_null(w, "pdf_url");
    jw_text(w, "priority", t->priority);
    jw_null(w, "billing_status");
    jw_raw(w, "tag_list", t->tag_list != NULL ? t->tag_list : "[]");
    jw_null(w, "sla_name");
    jw_null(w, "creator_name_or_email");
    jw_text(w, "contact_fullname", contact == NULL ? NULL : contact->name);
    jw_null(w, "contract_name");
    jw_null(w, "address_id");
    jw_bool(w, "parent", false);
    jw_null(w, "parent_id");
    jw_bool(w, "child", false);
    jw_bool(w, "recurring", false);
    jw_bool(w, "customer_reply", t->status != NULL && strcmp(t->status, "Customer Reply") == 0);
    jw_null(w, "total_formatted_billable_time");
    sb_write_id(w, "contact_id", t->contact_id);
    jw_bool(w, "sla_breached", false);
    jw_bool(w, "sla_breaching_soon", false);
    jw_null(w, "contract_id");
    sb_write_id(w, "sla_id", t->sla_id);
    write_empty_array(w, "customer_tag_list");
    jw_null(w, "resolution_time");
    jw_null(w, "response_time");
    write_empty_array(w, "customer_icons");
}

void sb_write_ticket_row(const struct sandbox *sb, struct jw *w, const struct sb_ticket *t)
{
    jw_object(w, NULL);
    write_head(sb, w, t);
    sb_write_time(sb, w, "resolved_at", t->resolved_ms);
    sb_write_time(sb, w, "start_at", t->start_ms);
    sb_write_time(sb, w, "end_at", t->end_ms);
    sb_write_id(w, "location_id", t->location_id);
    jw_null(w, "location_name");
    jw_text(w, "problem_type", t->problem_type);
    jw_text(w, "status", t->status);
    sb_write_id(w, "ticket_type_id", t->ticket_type_id);
    jw_text(w, "ticket_type_name", t->ticket_type_id == 0 ? NULL : "Service");
    jw_raw(w, "properties", t->properties != NULL ? t->properties : "{}");
    sb_write_id(w, "user_id", t->user_id);
    sb_write_time(sb, w, "updated_at", t->updated_ms);
    write_row_middle(sb, w, t);
    write_comments(sb, w, t,
                   sb_is(sb, SB_SW_LIST_COMMENTS, "initial") ? 1
                   : sb_is(sb, SB_SW_LIST_COMMENTS, "all")   ? SIZE_MAX
                                                             : 0);
    sb_write_user(sb, w, "user", sb_user_find(t->user_id));
    jw_object_end(w);
}

static void write_ticket_type(const struct sandbox *sb, struct jw *w, int64_t id)
{
    if (id == 0) {
        jw_null(w, "ticket_type");
        return;
    }
    jw_object(w, "ticket_type");
    jw_int(w, "id", id);
    jw_text(w, "name", "Service");
    jw_int(w, "account_id", 1);
    sb_write_time(sb, w, "created_at", SB_USERS_MADE_MS);
    sb_write_time(sb, w, "updated_at", SB_USERS_MADE_MS);
    jw_bool(w, "disabled", false);
    jw_null(w, "intake_terms");
    jw_bool(w, "skip_intake", false);
    jw_null(w, "outtake_terms");
    jw_bool(w, "skip_outtake", false);
    write_empty_array(w, "ticket_fields");
    jw_object_end(w);
}

static void write_people(const struct sandbox *sb, struct jw *w, const struct sb_ticket *t)
{
    const struct sb_customer *customer = sb_table_find(&sb->customers, t->customer_id);
    const struct sb_contact *contact = sb_table_find(&sb->contacts, t->contact_id);

    if (customer == NULL)
        jw_null(w, "customer");
    else
        sb_write_customer(sb, w, "customer", customer);
    if (contact == NULL)
        jw_null(w, "contact");
    else
        sb_write_contact(sb, w, "contact", contact);
    sb_write_user(sb, w, "user", sb_user_find(t->user_id));
    write_ticket_type(sb, w, t->ticket_type_id);
}

static void write_forms(const struct sandbox *sb, struct jw *w, const struct sb_ticket *t)
{
    jw_null(w, "pdf_url");
    jw_null(w, "intake_form_html");
    jw_text(w, "signature_name", t->signature_name);
    jw_null(w, "signature_date");
    jw_raw(w, "asset_ids", t->asset_ids != NULL ? t->asset_ids : "[]");
    jw_text(w, "priority", t->priority);
    sb_write_time(sb, w, "resolved_at", t->resolved_ms);
    jw_text(w, "outtake_form_name", t->outtake_name);
    sb_write_time(sb, w, "outtake_form_date", t->outtake_ms);
    jw_null(w, "outtake_form_html");
}

void sb_write_ticket(const struct sandbox *sb, struct jw *w, const char *key,
                     const struct sb_ticket *t, bool posted)
{
    static const char *const empty[] = {"ticket_timers", "line_items",   "worksheet_results",
                                        "assets",        "appointments", "ticket_fields",
                                        "ticket_answers"};
    const char *tags = t->tag_list != NULL ? t->tag_list : "[]";

    jw_object(w, key);
    write_head(sb, w, t);
    sb_write_time(sb, w, "start_at", t->start_ms);
    sb_write_time(sb, w, "end_at", t->end_ms);
    sb_write_id(w, "location_id", t->location_id);
    jw_text(w, "problem_type", t->problem_type);
    jw_text(w, "status", t->status);
    jw_raw(w, "properties", t->properties != NULL ? t->properties : "{}");
    sb_write_id(w, "user_id", t->user_id);
    sb_write_time(sb, w, "updated_at", t->updated_ms);
    write_forms(sb, w, t);
    if (posted)
        jw_raw(w, "tag_list", tags);
    write_comments(sb, w, t, SIZE_MAX);
    sb_write_attachments(sb, w, t);
    for (size_t i = 0; i < COUNT_OF(empty); i++)
        write_empty_array(w, empty[i]);
    if (!posted)
        jw_raw(w, "tag_list", tags);
    write_people(sb, w, t);
    if (!posted)
        jw_null(w, "address");
    jw_object_end(w);
}
