/* People: the list, and one of them. */
#include <string.h>

#include "api/rest_people_private.h"
#include "hook/body.h"

#define PAGE_ROWS 50

/* --- the account --- */

static void account_read(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const char *account = "";

    r->op = NULL;
    if (result == STORE_OK)
        account = arena_strdup(r->arena, out->connector.account);
    if (result != STORE_OK && result != STORE_NOT_FOUND)
        rest_error_busy(r);
    else if (account[0] == '\0' && r->needs_account)
        rest_error(r, 409, "no_connector", NULL, "no connector is set: set one first");
    else
        r->with_account(r, account);
}

void rest_account(struct rest *r, bool needed, void (*then)(struct rest *r, const char *account))
{
    r->needs_account = needed;
    r->with_account = then;
    r->op = store_connector_get(r->api->set.store, account_read, r);
}

/* --- words --- */

const char *rest_how_name(enum store_link_how how)
{
    static const char *const names[] = {"",      "contact", "company", "domain",
                                        "staff", "several", "nobody"};

    return (size_t)how < COUNT_OF(names) ? names[how] : "";
}

void rest_time_or_null(struct jw *w, const char *key, int64_t ms)
{
    if (ms != 0)
        jw_int(w, key, ms);
    else
        jw_null(w, key);
}

void rest_print_person(struct jw *w, const struct store_person *p)
{
    char id[ID_TEXT_SIZE];

    id_format(&p->id, id);
    jw_text(w, "id", id);
    jw_text(w, "name", p->name);
    jw_text(w, "email", p->email);
    jw_text(w, "company", p->company);
    jw_bool(w, "verified", p->is_verified);
    jw_bool(w, "blocked", p->is_blocked);
    jw_bool(w, "manager", p->is_manager);
    jw_text(w, "how", rest_how_name(p->how));
    jw_int(w, "created", p->created_ms);
    rest_time_or_null(w, "seen", p->seen_ms);
    jw_int(w, "conversations", p->conversations);
}

/* --- the list --- */

static void listed(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct jw *w = rest_list(r, result, "people");

    if (w == NULL)
        return;
    for (size_t i = 0; i < out->people.count; i++) {
        jw_object(w, NULL);
        rest_print_person(w, &out->people.rows[i]);
        jw_object_end(w);
    }
    jw_array_end(w);
    jw_bool(w, "more", out->people.more);
    rest_done(r, 200);
}

static void list(struct rest *r, const char *account)
{
    struct store_people_read in = {.account = account, .limit = PAGE_ROWS};
    const char *before = rest_query(r, "before");

    in.query = rest_query(r, "query");
    if (strlen(in.query) > STORE_QUERY_MAX)
        rest_error(r, 400, "too_long", "query", "this is too long: shorten it");
    else if (before[0] != '\0' && id_parse(before, &in.before) != 0)
        rest_error(r, 400, "bad_field", "before", "this must be the id of a person");
    else
        r->op = store_people_read(r->api->set.store, &in, listed, r);
}

void rest_people(struct rest *r)
{
    rest_account(r, false, list);
}

/* --- one of them --- */

static void print_identities(struct jw *w, const struct store_person_page *p)
{
    static const char *const kinds[] = {"?", "email", "site", "oidc"};

    jw_array(w, "identities");
    for (size_t i = 0; i < p->identity_count; i++) {
        const struct store_identity *one = &p->identities[i];

        jw_object(w, NULL);
        jw_text(w, "kind", (size_t)one->kind < COUNT_OF(kinds) ? kinds[one->kind] : "?");
        jw_text(w, "issuer", one->issuer);
        jw_text(w, "subject", one->subject);
        jw_int(w, "created", one->created_ms);
        jw_object_end(w);
    }
    jw_array_end(w);
}

static void print_talks(struct jw *w, const struct store_person_page *p)
{
    char id[ID_TEXT_SIZE];

    jw_array(w, "conversations");
    for (size_t i = 0; i < p->talk_count; i++) {
        const struct store_person_talk *one = &p->talks[i];

        id_format(&one->conversation, id);
        jw_object(w, NULL);
        jw_text(w, "id", id);
        jw_text(w, "reference", one->reference);
        jw_text(w, "subject", one->subject);
        jw_text(w, "number", one->number);
        jw_text(w, "status", one->status);
        jw_bool(w, "open", one->open);
        jw_int(w, "created", one->created_ms);
        jw_int(w, "last", one->last_at_ms);
        hook_body_rating(w, "rating", &one->rating);
        jw_object_end(w);
    }
    jw_array_end(w);
}

static void print_tickets_of(struct api *api, struct jw *w, const struct store_person_page *p)
{
    jw_array(w, "tickets");
    for (size_t i = 0; i < p->ticket_count; i++) {
        const struct store_person_ticket *one = &p->tickets[i];
        const struct store_ticket ticket = {.id = one->id, .account = one->account};
        char url[API_URL_SIZE] = "";

        if (api->set.ticket_url != NULL)
            api->set.ticket_url(&ticket, url, api->set.arg);
        jw_object(w, NULL);
        jw_text(w, "number", one->number);
        jw_text(w, "subject", one->subject);
        jw_text(w, "status", one->status);
        jw_bool(w, "open", one->open);
        jw_int(w, "updated", one->updated_ms);
        jw_text(w, "url", url);
        jw_object_end(w);
    }
    jw_array_end(w);
}

static void print_sessions(struct jw *w, const struct store_person_page *p)
{
    jw_array(w, "sessions");
    for (size_t i = 0; i < p->session_count; i++) {
        const struct store_person_session *one = &p->sessions[i];

        jw_object(w, NULL);
        jw_bool(w, "verified", one->is_verified);
        jw_text(w, "via", one->via);
        jw_text(w, "agent", one->agent);
        jw_int(w, "created", one->created_ms);
        rest_time_or_null(w, "seen", one->seen_ms);
        rest_time_or_null(w, "expires", one->expires_ms);
        jw_object_end(w);
    }
    jw_array_end(w);
}

static void print_mails(struct jw *w, const struct store_person_page *p)
{
    static const char *const states[] = {"?",      "waiting", "sending", "sent",
                                         "parked", "expired", "dropped"};

    jw_array(w, "mails");
    for (size_t i = 0; i < p->mail_count; i++) {
        const struct store_person_mail *one = &p->mails[i];

        jw_object(w, NULL);
        jw_text(w, "kind", store_mail_kind_name((enum store_mail_kind)one->kind));
        jw_text(w, "state", (size_t)one->state < COUNT_OF(states) ? states[one->state] : "?");
        jw_text(w, "reference", one->reference);
        jw_int(w, "created", one->created_ms);
        rest_time_or_null(w, "finished", one->finished_ms);
        jw_object_end(w);
    }
    jw_array_end(w);
}

void rest_print_page(struct api *api, struct jw *w, const struct store_person_page *p)
{
    rest_print_person(w, &p->person);
    rest_time_or_null(w, "verified_at", p->verified_ms);
    rest_time_or_null(w, "blocked_at", p->blocked_ms);
    rest_time_or_null(w, "mail_off_at", p->mail_off_ms);
    rest_time_or_null(w, "checked", p->checked_ms);
    jw_int(w, "customer", p->person.psa_customer);
    jw_int(w, "contact", p->person.psa_contact);
    jw_raw(w, "candidates", p->candidates[0] != '\0' ? p->candidates : "[]");
    print_identities(w, p);
    print_talks(w, p);
    print_tickets_of(api, w, p);
    print_sessions(w, p);
    print_mails(w, p);
}

static void page_read(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    r->op = NULL;
    if (result == STORE_NOT_FOUND) {
        rest_error_not_found(r);
    } else if (result != STORE_OK) {
        rest_error_busy(r);
    } else {
        rest_print_page(r->api, rest_begin(r), &out->person_page);
        rest_done(r, 200);
    }
}

static void page(struct rest *r, const char *account)
{
    struct store_person_key who = {.account = account};

    if (rest_id(r, 0, &who.person))
        r->op =
            store_person_read(r->api->set.store, &who, env_now_ms(r->api->set.env), page_read, r);
}

void rest_person(struct rest *r)
{
    rest_account(r, false, page);
}
