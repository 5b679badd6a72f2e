/* The shapes of customers, contacts, users and comments, key by key in the documented order. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "sandbox/core_private.h"

void sb_write_time(const struct sandbox *sb, struct jw *w, const char *key, int64_t ms)
{
    const int64_t west_ms = 8 * 3600000;
    char text[CLOCK_TEXT_SIZE], with_offset[CLOCK_TEXT_SIZE + 8];

    if (ms == 0) {
        jw_null(w, key);
        return;
    }
    if (sb_is(sb, SB_SW_DATE_FORM, "z")) {
        clock_format(ms, text);
        jw_text(w, key, text);
        return;
    }
    clock_format(ms - west_ms, text);
    snprintf(with_offset, sizeof(with_offset), "%.23s-08:00", text);
    jw_text(w, key, with_offset);
}

void sb_write_id(struct jw *w, const char *key, int64_t id)
{
    if (id == 0)
        jw_null(w, key);
    else
        jw_int(w, key, id);
}

bool sb_contains(const char *hay, const char *needle)
{
    return hay != NULL && strcasestr(hay, needle) != NULL;
}

/* The two texts with something between, when both are there. */
static void join(char *room, size_t size, const char *a, const char *between, const char *b)
{
    const bool has_a = a != NULL && a[0] != '\0', has_b = b != NULL && b[0] != '\0';

    snprintf(room, size, "%s%s%s", has_a ? a : "", has_a && has_b ? between : "", has_b ? b : "");
}

const char *sb_customer_name(const struct sb_customer *u, char *room, size_t size)
{
    if (u->business_name != NULL && u->business_name[0] != '\0')
        snprintf(room, size, "%s", u->business_name);
    else
        join(room, size, u->firstname, " ", u->lastname);
    return room;
}

static void write_customer_address(struct jw *w, const struct sb_customer *u)
{
    jw_null(w, "pdf_url");
    jw_text(w, "address", u->address);
    jw_text(w, "address_2", u->address_2);
    jw_text(w, "city", u->city);
    jw_text(w, "state", u->state);
    jw_text(w, "zip", u->zip);
    jw_null(w, "latitude");
    jw_null(w, "longitude");
}

static void write_customer_flags(const struct sandbox *sb, struct jw *w,
                                 const struct sb_customer *u)
{
    char url[128];

    jw_text(w, "notes", u->notes);
    jw_bool(w, "get_sms", u->get_sms);
    jw_bool(w, "opt_out", u->opt_out);
    jw_bool(w, "disabled", u->disabled);
    jw_bool(w, "no_email", u->no_email);
    jw_null(w, "location_name");
    sb_write_id(w, "location_id", u->location_id);
    jw_raw(w, "properties", u->properties != NULL ? u->properties : "{}");
    snprintf(url, sizeof(url), "https://%s.invalid/my_profile/v2/index?portal_key=%lld",
             sb->subdomain, (long long)u->id);
    jw_text(w, "online_profile_url", url);
    sb_write_id(w, "tax_rate_id", u->tax_rate_id);
    jw_text(w, "notification_email", u->notification_email);
    jw_text(w, "invoice_cc_emails", u->invoice_cc_emails);
    sb_write_id(w, "invoice_term_id", u->invoice_term_id);
    jw_text(w, "referred_by", u->referred_by);
    sb_write_id(w, "ref_customer_id", u->ref_customer_id);
}

void sb_write_customer(const struct sandbox *sb, struct jw *w, const char *key,
                       const struct sb_customer *u)
{
    char full[512], both[1024], name[512];

    join(full, sizeof(full), u->firstname, " ", u->lastname);
    join(both, sizeof(both), u->business_name, " - ", full);
    jw_object(w, key);
    jw_int(w, "id", u->id);
    jw_text(w, "firstname", u->firstname);
    jw_text(w, "lastname", u->lastname);
    jw_text(w, "fullname", full);
    jw_text(w, "business_name", u->business_name);
    jw_text(w, "email", u->email);
    jw_text(w, "phone", u->phone);
    jw_text(w, "mobile", u->mobile);
    sb_write_time(sb, w, "created_at", u->created_ms);
    sb_write_time(sb, w, "updated_at", u->updated_ms);
    write_customer_address(w, u);
    write_customer_flags(sb, w, u);
    jw_text(w, "business_and_full_name", both);
    jw_text(w, "business_then_name", sb_customer_name(u, name, sizeof(name)));
    jw_array(w, "contacts");
    for (size_t i = 0; i < sb->contacts.count; i++) {
        const struct sb_contact *p = sb->contacts.rows[i];
        if (p->customer_id == u->id && sb_is(sb, SB_SW_EMBEDDED_CONTACTS, "full"))
            sb_write_contact(sb, w, NULL, p);
    }
    jw_array_end(w);
    jw_object_end(w);
}

void sb_write_contact_members(const struct sandbox *sb, struct jw *w, const struct sb_contact *p)
{
    sb_write_id(w, "id", p->id);
    jw_text(w, "name", p->name);
    jw_text(w, "address1", p->address1);
    jw_text(w, "address2", p->address2);
    jw_text(w, "city", p->city);
    jw_text(w, "state", p->state);
    jw_text(w, "zip", p->zip);
    jw_text(w, "email", p->email);
    jw_text(w, "phone", p->phone);
    jw_text(w, "mobile", p->mobile);
    jw_null(w, "latitude");
    jw_null(w, "longitude");
    sb_write_id(w, "customer_id", p->customer_id);
    jw_int(w, "account_id", 1);
    jw_text(w, "notes", p->notes);
    sb_write_time(sb, w, "created_at", p->created_ms);
    sb_write_time(sb, w, "updated_at", p->updated_ms);
    sb_write_id(w, "vendor_id", p->vendor_id);
    jw_raw(w, "properties", p->properties != NULL ? p->properties : "{}");
    jw_bool(w, "opt_out", p->opt_out);
    jw_text(w, "extension", p->extension);
}

void sb_write_contact(const struct sandbox *sb, struct jw *w, const char *key,
                      const struct sb_contact *p)
{
    jw_object(w, key);
    sb_write_contact_members(sb, w, p);
    jw_object_end(w);
}

void sb_write_user(const struct sandbox *sb, struct jw *w, const char *key, const struct sb_user *u)
{
    if (u == NULL) {
        jw_null(w, key);
        return;
    }
    jw_object(w, key);
    jw_int(w, "id", u->id);
    jw_text(w, "email", u->email);
    jw_text(w, "full_name", u->name);
    sb_write_time(sb, w, "created_at", SB_USERS_MADE_MS);
    sb_write_time(sb, w, "updated_at", SB_USERS_MADE_MS);
    jw_text(w, "group", u->group);
    jw_bool(w, "admin", u->admin);
    jw_text(w, "color", u->color);
    jw_object_end(w);
}

void sb_write_comment(const struct sandbox *sb, struct jw *w, const struct sb_comment *m,
                      bool listed)
{
    jw_int(w, "id", m->id);
    sb_write_time(sb, w, "created_at", m->created_ms);
    sb_write_time(sb, w, "updated_at", m->updated_ms);
    jw_int(w, "ticket_id", m->ticket_id);
    jw_text(w, "subject", m->subject);
    jw_text(w, "body", m->body);
    jw_text(w, "tech", m->tech);
    jw_bool(w, "hidden", m->hidden);
    sb_write_id(w, "user_id", m->user_id);
    if (listed) {
        jw_bool(w, "is_rich_text", false);
        sb_write_user(sb, w, "user", sb_user_find(m->user_id));
    }
}
