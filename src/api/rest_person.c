/* What staff do about a person. */
#include <string.h>

#include "api/rest_people_private.h"
#include "base/str.h"
#include "chat/address.h"

#define COMPANY_MAX 256
#define ERASED      "(erased)"

void rest_tried(struct rest *r, const struct store_tried *tried)
{
    if (tried->count > 0)
        api_wake(r->api);
    for (size_t i = 0; i < tried->count; i++)
        hub_refresh(r->api, &tried->conversations[i]);
}

/* What all ends have in common. False: answered. */
static bool is_done(struct rest *r, enum store_result result)
{
    r->op = NULL;
    if (result == STORE_NOT_FOUND)
        rest_error_not_found(r);
    else if (result != STORE_OK)
        rest_error_busy(r);
    return result == STORE_OK;
}

/* --- who they are --- */

static void chosen(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const struct store_person_choose *in = r->state;

    if (!is_done(r, result))
        return;
    rest_tried(r, &out->tried);
    tickets_known(r->api, &in->person);
    if (r->api->set.seen != NULL) /* their tickets can be read now */
        r->api->set.seen(&in->person, r->api->set.arg);
    jw_int(rest_begin(r), "tried", (int64_t)out->tried.count);
    rest_done(r, 200);
}

static void choose(struct rest *r, const char *account)
{
    struct store_person_choose *in = r->state;

    in->account = account;
    in->now_ms = env_now_ms(r->api->set.env);
    r->op = store_person_choose(r->api->set.store, in, chosen, r);
}

void rest_person_link(struct rest *r)
{
    struct store_person_choose *in = rest_state(r, sizeof(*in), NULL);
    const char *name = rest_text(r, "contact_name", COMPANY_MAX, true);
    int64_t contact = 0;

    if (name == NULL || !rest_id(r, 0, &in->person))
        return;
    in->company = rest_text(r, "company", COMPANY_MAX, true);
    if (in->company == NULL)
        return;
    if (json_get_int(r->body, "customer", &in->psa_customer) != 0 || in->psa_customer <= 0) {
        rest_error(r, 400, "bad_field", "customer", "choose a company from the list");
        return;
    }
    if (json_kind(json_get(r->body, "contact")) != JSON_KIND_NONE &&
        (json_get_int(r->body, "contact", &contact) != 0 || contact < 0)) {
        rest_error(r, 400, "bad_field", "contact", "choose a contact from the list");
        return;
    }
    in->choice = STORE_CHOOSE;
    in->psa_contact = contact;
    in->audit = rest_audit(r, AUDIT_PERSON_LINKED, "");
    in->audit.detail =
        arena_printf(r->arena, "%s%s%s", in->company, name[0] != '\0' ? ": " : "", name);
    rest_account(r, true, choose);
}

void rest_person_unlink(struct rest *r)
{
    struct store_person_choose *in = rest_state(r, sizeof(*in), NULL);
    const bool anew = json_get_bool(r->body, "ask_again", false);

    if (!rest_id(r, 0, &in->person))
        return;
    in->choice = anew ? STORE_CHOOSE_ANEW : STORE_CHOOSE_NOBODY;
    in->company = "";
    in->audit = rest_audit(r, AUDIT_PERSON_UNLINKED, "");
    in->audit.detail = anew ? "to be asked again" : "nobody";
    rest_account(r, true, choose);
}

/* --- block, manage, sign out --- */

static void changed(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const struct store_person_change *in = r->state;

    if (!is_done(r, result))
        return;
    if (in->act == STORE_PERSON_BLOCK)
        session_end_person(r->api, &in->person, PERSON_BLOCKED);
    else if (in->act == STORE_PERSON_SIGN_OUT)
        session_end_person(r->api, &in->person, PERSON_SIGNED_OUT);
    jw_bool(rest_begin(r), "changed", out->changed.changed);
    rest_done(r, 200);
}

static void change(struct rest *r, enum store_person_act act, enum audit_action action)
{
    struct store_person_change *in = rest_state(r, sizeof(*in), NULL);

    in->act = act;
    in->now_ms = env_now_ms(r->api->set.env);
    in->audit = rest_audit(r, action, "");
    if (rest_id(r, 0, &in->person))
        r->op = store_person_change(r->api->set.store, in, changed, r);
}

void rest_person_block(struct rest *r)
{
    change(r, STORE_PERSON_BLOCK, AUDIT_PERSON_BLOCKED);
}

void rest_person_unblock(struct rest *r)
{
    change(r, STORE_PERSON_UNBLOCK, AUDIT_PERSON_UNBLOCKED);
}

void rest_person_sign_out(struct rest *r)
{
    change(r, STORE_PERSON_SIGN_OUT, AUDIT_PERSON_SIGNED_OUT);
}

void rest_person_manager(struct rest *r)
{
    bool manager;

    if (json_bool(json_get(r->body, "manager"), &manager) < 0)
        rest_error(r, 400, "bad_field", "manager", "this must be true or false");
    else if (manager)
        change(r, STORE_PERSON_MANAGER, AUDIT_PERSON_MANAGER);
    else
        change(r, STORE_PERSON_NO_MANAGER, AUDIT_PERSON_NO_MANAGER);
}

/* --- erase --- */

static void erased(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const struct store_person_erase *in = r->state;

    (void)out;
    if (result == STORE_CONFLICT) {
        r->op = NULL;
        rest_error(r, 409, "waiting", NULL,
                   "something of this person still waits to go to the PSA: let it be filed, or "
                   "discard it under Connectors, and try again");
        return;
    }
    if (!is_done(r, result))
        return;
    session_end_person(r->api, &in->person, PERSON_ERASED);
    files_sweep_soon(r->api->files);
    rest_empty(r);
}

static void found_to_erase(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct store_person_erase *in = r->state;
    const char *typed = json_get_text(r->body, "email");

    if (!is_done(r, result))
        return;
    if (!address_equal(typed, out->looked.email) && !str_equal(typed, out->looked.email)) {
        rest_error(r, 400, "bad_field", "email",
                   "type the email address of the person whom you want to erase");
        return;
    }
    in->email = arena_strdup(r->arena, out->looked.email);
    in->audit = rest_audit(r, AUDIT_PERSON_ERASED, arena_strdup(r->arena, r->param[0]));
    r->op = store_person_erase(r->api->set.store, in, erased, r);
}

void rest_person_erase(struct rest *r)
{
    struct store_person_erase *in = rest_state(r, sizeof(*in), NULL);
    struct store_person_key who = {.account = ""};

    if (!rest_id(r, 0, &who.person) || rest_text(r, "email", CHAT_EMAIL_MAX * 2, true) == NULL)
        return;
    in->person = who.person;
    in->said = ERASED;
    in->now_ms = env_now_ms(r->api->set.env);
    r->op = store_person_look(r->api->set.store, &who, found_to_erase, r);
}
