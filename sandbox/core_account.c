/* The account: who the token belongs to, users, settings and lists, the search over everything. */
#include <string.h>

#include "sandbox/core_private.h"

const char *const sb_statuses[] = {"New",       "In Progress",       "Resolved",
                                   "Invoiced",  "Waiting for Parts", "Waiting on Customer",
                                   "Scheduled", "Customer Reply",    NULL};
const char *const sb_priorities[] = {"", "0 Urgent", "1 High", "2 Normal", "3 Low", NULL};
const char *const sb_problem_types[] = {"Remote Support", "Hardware", "Software", "Network",
                                        "Email",          "Other",    NULL};

#define SEVEN                                                                                      \
    (SB_RIGHT_BIT(SB_TICKETS_LIST) | SB_RIGHT_BIT(SB_TICKETS_VIEW) |                               \
     SB_RIGHT_BIT(SB_TICKETS_CREATE) | SB_RIGHT_BIT(SB_TICKETS_EDIT) |                             \
     SB_RIGHT_BIT(SB_COMMENTS_NEW) | SB_RIGHT_BIT(SB_CUSTOMERS_LIST) |                             \
     SB_RIGHT_BIT(SB_CUSTOMERS_VIEW))
const struct sb_user sb_users[] = {
    {7001, "admin@demo.example", "Mara Lindqvist", "Admins", "2f6f8f", "demo-admin", true,
     SB_ALL_RIGHTS},
    {7002, "tomasz@demo.example", "Tomasz Wilk", "Technicians", "7a5c2e", "demo-tomasz", false,
     SB_RIGHT_BIT(SB_TICKETS_LIST) | SB_RIGHT_BIT(SB_TICKETS_VIEW) | SB_RIGHT_BIT(SB_COMMENTS_NEW) |
         SB_RIGHT_BIT(SB_CUSTOMERS_LIST) | SB_RIGHT_BIT(SB_TIMERS_OVERVIEW)},
    {7003, "aiko@demo.example", "Aiko Brandt", "Technicians", "4d7a3a", "demo-aiko", false,
     SEVEN | SB_RIGHT_BIT(SB_TIMERS_OVERVIEW) | SB_RIGHT_BIT(SB_CANNED_MANAGE) |
         SB_RIGHT_BIT(SB_ASSETS_LIST) | SB_RIGHT_BIT(SB_ASSETS_VIEW)},
    {7004, "parley@demo.example", "Parley Connector", "Connectors", "5b5b8f", "demo-parley", false,
     SEVEN},
};
const size_t sb_user_count = COUNT_OF(sb_users);

const struct sb_user *sb_user_find(int64_t id)
{
    for (size_t i = 0; i < sb_user_count; i++)
        if (sb_users[i].id == id)
            return &sb_users[i];
    return NULL;
}

static void write_permission(struct jw *w, const char *key, const char *const names[3])
{
    jw_object(w, key);
    for (size_t i = 0; i < 3 && names[i] != NULL; i++)
        jw_bool(w, names[i], true);
    jw_object_end(w);
}

/* The rights of the user, not those of the token: Syncro shows the same for every token. */
void sb_me(struct sb_ctx *c)
{
    static const char *const plain[] = {"read", "write", "delete"};
    static const char *const worksheet[] = {"add", "manage", "delete"};
    static const char *const script[] = {"execute", NULL, NULL};
    static const char *const parts[] = {"asset", "customer", "ticket", "invoice", "payment"};
    const struct sb_user *u = sb_user_find(c->token->user_id);
    struct jw *w = &c->w;

    sb_ok(c);
    jw_object(w, NULL);
    jw_text(w, "user_token", "00000000-0000-0000-0000-000000000000");
    jw_text(w, "user_email", u->email);
    jw_text(w, "user_name", u->name);
    jw_int(w, "user_id", u->id);
    jw_bool(w, "admin", u->admin);
    jw_bool(w, "can_use_app", true);
    jw_bool(w, "two_factor_required", false);
    jw_text(w, "subdomain", c->sb->subdomain);
    jw_null(w, "default_location");
    jw_bool(w, "enable_multi_locations", false);
    jw_array(w, "locations_allowed");
    jw_array_end(w);
    jw_object(w, "permissions");
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        write_permission(w, parts[i], plain);
    write_permission(w, "worksheet", worksheet);
    write_permission(w, "script", script);
    jw_object_end(w);
    jw_object_end(w);
}

void sb_users_list(struct sb_ctx *c)
{
    sb_ok(c);
    jw_object(&c->w, NULL);
    jw_array(&c->w, "users");
    for (size_t i = 0; i < sb_user_count; i++) {
        jw_array(&c->w, NULL);
        jw_int(&c->w, NULL, sb_users[i].id);
        jw_text(&c->w, NULL, sb_users[i].name);
        jw_array_end(&c->w);
    }
    jw_array_end(&c->w);
    jw_object_end(&c->w);
}

void sb_user_get(struct sb_ctx *c)
{
    const struct sb_user *u = sb_user_find(c->id);

    if (u == NULL) {
        sb_not_found(c);
        return;
    }
    sb_ok(c);
    jw_object(&c->w, NULL);
    sb_write_user(c->sb, &c->w, "user", u);
    jw_object_end(&c->w);
}

static void write_list(struct jw *w, const char *key, const char *const *list)
{
    jw_array(w, key);
    for (; *list != NULL; list++)
        jw_text(w, NULL, *list);
    jw_array_end(w);
}

static void write_empty(struct jw *w, const char *const *keys, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        jw_array(w, keys[i]);
        jw_array_end(w);
    }
}

static void write_hours(struct jw *w)
{
    static const char *const days[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                       "Thursday", "Friday", "Saturday"};

    jw_bool(w, "business_hours_enabled", true);
    jw_array(w, "business_hours");
    for (size_t i = 0; i < COUNT_OF(days); i++) {
        jw_object(w, NULL);
        jw_text(w, "day", days[i]);
        jw_text(w, "start", "09:00");
        jw_text(w, "end", "17:00");
        jw_bool(w, "closed", i == 0 || i == 6);
        jw_object_end(w);
    }
    jw_array_end(w);
    jw_text(w, "default_holiday_calendar", "USA");
    jw_null(w, "msp_addon");
}

void sb_settings_get(struct sb_ctx *c)
{
    static const char *const customers[] = {"customer_fields", "customer_field_answers"};
    static const char *const assets[] = {"asset_types", "asset_type_fields",
                                         "asset_type_field_answers"};
    static const char *const types[] = {"ticket_types", "ticket_type_fields",
                                        "ticket_type_field_answers"};
    struct jw *w = &c->w;

    sb_ok(c);
    jw_object(w, NULL);
    jw_object(w, "customers");
    jw_null(w, "required_fields");
    write_empty(w, customers, COUNT_OF(customers));
    jw_object_end(w);
    jw_object(w, "assets");
    write_empty(w, assets, COUNT_OF(assets));
    jw_object_end(w);
    jw_object(w, "locale");
    jw_text(w, "iso_code", "en");
    jw_text(w, "currency_symbol", "$");
    jw_text(w, "date_format", "mm-dd-yy");
    jw_text(w, "time_format", "hh:mm tt");
    jw_text(w, "time_zone", "America/Los_Angeles");
    jw_text(w, "time_offset", "-08:00");
    jw_object_end(w);
    jw_object(w, "ticket");
    write_empty(w, types, COUNT_OF(types));
    write_list(w, "problem_types", sb_problem_types);
    write_list(w, "priorities", sb_priorities);
    jw_object_end(w);
    write_hours(w);
    jw_object_end(w);
}

void sb_ticket_settings(struct sb_ctx *c)
{
    static const char *const lists[] = {"saved_searches", "ticket_types", "ticket_type_fields",
                                        "ticket_type_field_answers", "appointment_types"};
    struct jw *w = &c->w;

    sb_ok(c);
    jw_object(w, NULL);
    write_list(w, "ticket_status_list", sb_statuses);
    jw_null(w, "default_labor_product_id");
    jw_null(w, "ticket_timer_charge_by_default");
    write_empty(w, lists, COUNT_OF(lists));
    jw_array(w, "users");
    for (size_t i = 0; i < sb_user_count; i++) {
        jw_object(w, NULL);
        jw_int(w, "id", sb_users[i].id);
        jw_text(w, "name", sb_users[i].name);
        jw_object_end(w);
    }
    jw_array_end(w);
    jw_null(w, "dashboard_settings");
    jw_array(w, "worksheet_templates");
    jw_array_end(w);
    jw_null(w, "require_ticket_type");
    jw_null(w, "require_intake_form_with_ticket");
    jw_null(w, "require_outtake_form_with_ticket");
    jw_null(w, "ticket_workflow_default_id");
    jw_object_end(w);
}

/* --- the search --- */

static void begin_result(struct sb_ctx *c, int64_t id, const char *type, const char *index)
{
    jw_object(&c->w, NULL);
    jw_object(&c->w, "table");
    jw_int(&c->w, "_id", id);
    jw_text(&c->w, "_type", type);
    jw_text(&c->w, "_index", index);
    jw_object(&c->w, "_source");
    jw_object(&c->w, "table");
}

static void end_result(struct sb_ctx *c)
{
    for (int i = 0; i < 4; i++)
        jw_object_end(&c->w);
}

static void search_people(struct sb_ctx *c, const char *query)
{
    char name[512];

    for (size_t i = 0; i < c->sb->customers.count; i++) {
        const struct sb_customer *u = c->sb->customers.rows[i];
        if (!sb_contains(sb_customer_name(u, name, sizeof(name)), query) &&
            !sb_contains(u->email, query) && !sb_contains(u->lastname, query) &&
            !sb_contains(u->firstname, query) && !sb_contains(u->phone, query))
            continue;
        begin_result(c, u->id, "customer", "customers");
        jw_text(&c->w, "firstname", u->firstname);
        jw_text(&c->w, "lastname", u->lastname);
        jw_text(&c->w, "email", u->email);
        jw_text(&c->w, "business_name", u->business_name);
        sb_write_phones(c, u);
        end_result(c);
    }
    for (size_t i = 0; i < c->sb->contacts.count; i++) {
        const struct sb_contact *p = c->sb->contacts.rows[i];
        if (!sb_contains(p->name, query) && !sb_contains(p->email, query))
            continue;
        begin_result(c, p->id, "contact", "contacts");
        jw_text(&c->w, "name", p->name);
        jw_text(&c->w, "email", p->email);
        sb_write_id(&c->w, "customer_id", p->customer_id);
        end_result(c);
    }
}

/* What a token has no right to is left out of the results. */
void sb_search(struct sb_ctx *c)
{
    const char *query = sb_param(c, "query");

    sb_ok(c);
    jw_object(&c->w, NULL);
    jw_null(&c->w, "quick_result");
    jw_array(&c->w, "results");
    if (query != NULL && query[0] != '\0' && sb_has_right(c, SB_CUSTOMERS_LIST))
        search_people(c, query);
    for (size_t i = 0; i < c->sb->tickets.count; i++) {
        const struct sb_ticket *t = c->sb->tickets.rows[i];
        if (query == NULL || query[0] == '\0' || !sb_has_right(c, SB_TICKETS_LIST) ||
            !sb_contains(t->subject, query))
            continue;
        begin_result(c, t->id, "ticket", "tickets");
        jw_int(&c->w, "number", t->number);
        jw_text(&c->w, "subject", t->subject);
        jw_text(&c->w, "status", t->status);
        sb_write_id(&c->w, "customer_id", t->customer_id);
        end_result(c);
    }
    jw_array_end(&c->w);
    jw_null(&c->w, "error");
    jw_object_end(&c->w);
}
