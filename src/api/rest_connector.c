/* Connectors: the table of PSAs, the one that is set, and what an administrator does to it. The
 * desk (psa/desk.h) knows how; this reads the request and prints the answer. */
#include "api/rest_private.h"

#include <stdlib.h>
#include <string.h>

#include "api/rest_connector_private.h"

#define VALUE_MAX 120 /* bytes of a status, priority or problem type */
#define NAME_MAX  256 /* of a company's name */

/* --- what the desk says --- */

bool rest_desk_refused(struct rest *r, const struct desk_answer *answer)
{
    static const int status[] = {[DESK_OK] = 200,        [DESK_BAD] = 400,  [DESK_STATE] = 409,
                                 [DESK_NOT_FOUND] = 404, [DESK_BUSY] = 503, [DESK_PSA] = 502};

    r->act = NULL;
    if (answer->result == DESK_OK)
        return false;
    rest_error(r, status[answer->result], answer->code, answer->field, answer->text);
    return true;
}

/* --- the table --- */

static void print_psa(struct jw *w, const struct psa_kind *kind)
{
    jw_object(w, NULL);
    jw_text(w, "kind", kind->kind);
    jw_text(w, "title", kind->title);
    jw_array(w, "fields");
    for (size_t i = 0; i < kind->field_count; i++) {
        jw_object(w, NULL);
        jw_text(w, "name", kind->fields[i].name);
        jw_text(w, "label", kind->fields[i].label);
        jw_text(w, "hint", kind->fields[i].hint);
        jw_int(w, "max", (int64_t)kind->fields[i].max);
        jw_bool(w, "secret", kind->fields[i].secret);
        jw_object_end(w);
    }
    jw_array_end(w);
    jw_array(w, "rights");
    for (size_t i = 0; i < kind->right_count; i++) {
        jw_object(w, NULL);
        jw_text(w, "name", kind->rights[i].name);
        jw_text(w, "why", kind->rights[i].why);
        jw_object_end(w);
    }
    jw_array_end(w);
    jw_array(w, "guide");
    for (size_t i = 0; i < kind->guide_count; i++)
        jw_text(w, NULL, kind->guide[i]);
    jw_array_end(w);
    jw_object_end(w);
}

void rest_psas(struct rest *r)
{
    struct jw *w = rest_begin(r);

    jw_array(w, "psas");
    for (size_t i = 0; psa_kind_at(i) != NULL; i++)
        print_psa(w, psa_kind_at(i));
    jw_array_end(w);
    rest_done(r, 200);
}

/* --- the connector that is set --- */

static void time_or_null(struct jw *w, const char *key, int64_t ms)
{
    if (ms != 0)
        jw_int(w, key, ms);
    else
        jw_null(w, key);
}

static void print_health(struct jw *w, const struct desk_health *h)
{
    jw_object(w, "health");
    jw_int(w, "waiting", h->backlog.waiting);
    time_or_null(w, "oldest_waiting", h->backlog.oldest_ms);
    jw_int(w, "parked", h->backlog.parked);
    jw_int(w, "in_doubt", h->backlog.in_doubt);
    jw_int(w, "budget_used", h->budget_used);
    jw_int(w, "budget_limit", h->budget_limit);
    time_or_null(w, "last_call", h->last_call_ms);
    jw_array(w, "hours");
    for (size_t i = 0; i < DESK_HOURS; i++) {
        jw_object(w, NULL);
        jw_int(w, "at", h->hours[i].hour_ms);
        jw_int(w, "calls", h->hours[i].calls);
        jw_int(w, "errors", h->hours[i].errors);
        jw_object_end(w);
    }
    jw_array_end(w);
    jw_object_end(w);
}

/* The members of the object that is open. Of the token only its end. */
static void print_connector(struct jw *w, const struct desk_answer *a)
{
    const struct store_connector *c = a->connector;
    const struct psa_kind *kind = psa_kind_find(c->kind);

    jw_text(w, "kind", c->kind);
    jw_text(w, "title", kind != NULL ? kind->title : c->kind);
    jw_text(w, "account", c->account);
    jw_text(w, "origin", a->origin != NULL ? a->origin : "");
    jw_text(w, "token_end", c->token_end);
    jw_text(w, "state", c->paused ? "paused" : c->state[0] != '\0' ? c->state : "new");
    jw_text(w, "reason", c->reason);
    jw_int(w, "changed", c->changed_ms);
    if (c->fallback_customer != 0) {
        jw_object(w, "fallback");
        jw_int(w, "id", c->fallback_customer);
        jw_text(w, "name", c->fallback_name);
        jw_object_end(w);
    } else {
        jw_null(w, "fallback");
    }
    jw_text(w, "status", c->status);
    jw_text(w, "priority", c->priority);
    jw_text(w, "problem_type", c->problem_type);
    print_health(w, a->health);
}

static void listed(const struct desk_answer *answer, void *arg)
{
    struct rest *r = arg;

    if (rest_desk_refused(r, answer))
        return;
    struct jw *w = rest_begin(r);
    jw_array(w, "connectors");
    if (answer->connector != NULL) {
        jw_object(w, NULL);
        print_connector(w, answer);
        jw_object_end(w);
    }
    jw_array_end(w);
    rest_done(r, 200);
}

void rest_connectors(struct rest *r)
{
    r->act = desk_look(r->api->set.desk, listed, r);
}

static void looked(const struct desk_answer *answer, void *arg)
{
    struct rest *r = arg;

    if (rest_desk_refused(r, answer))
        return;
    if (answer->connector == NULL) { /* somebody removed it just now */
        rest_error_not_found(r);
        return;
    }
    print_connector(rest_begin(r), answer);
    rest_done(r, 200);
}

/* It was changed: answer how it is now. */
static void changed(const struct desk_answer *answer, void *arg)
{
    struct rest *r = arg;

    if (!rest_desk_refused(r, answer))
        r->act = desk_look(r->api->set.desk, looked, r);
}

/* --- understand, save --- */

void rest_connector_understand(struct rest *r)
{
    const char *kind = rest_text(r, "kind", NAME_MAX, false);
    const char *text = kind == NULL ? NULL : rest_text(r, "account", REST_BODY_MAX, true);
    struct psa_account account;
    struct err err = {""};

    if (text == NULL)
        return;
    switch (desk_understand(r->api->set.desk, kind, text, &account, &err)) {
    case DESK_OK:
        break;
    case DESK_BAD:
        rest_error(r, 400, "bad_account", "account", err.text);
        return;
    default:
        rest_error_not_found(r);
        return;
    }
    struct jw *w = rest_begin(r);
    jw_text(w, "account", account.account);
    jw_text(w, "origin", account.origin);
    rest_done(r, 200);
}

bool rest_company(struct rest *r, const struct json *from, const char *id_key, int64_t *id,
                  const char **name)
{
    *name = json_get_text(from, "name");
    if (json_get_int(from, id_key, id) != 0 || *id <= 0 || *name == NULL ||
        strlen(*name) > NAME_MAX) {
        rest_error(r, 400, "bad_company", id_key, "choose a company from the list");
        return false;
    }
    return true;
}

/* False: answered. */
static bool read_values(struct rest *r, struct desk_save *in)
{
    const struct json *fallback = json_get(r->body, "fallback");

    return (in->kind = rest_text(r, "kind", NAME_MAX, false)) != NULL &&
           (in->account = rest_text(r, "account", REST_BODY_MAX, true)) != NULL &&
           (in->token = rest_text(r, "token", REST_BODY_MAX, true)) != NULL &&
           (in->test = rest_text(r, "test", NAME_MAX, true)) != NULL &&
           (in->status = rest_text(r, "status", VALUE_MAX, true)) != NULL &&
           (in->priority = rest_text(r, "priority", VALUE_MAX, true)) != NULL &&
           (in->problem_type = rest_text(r, "problem_type", VALUE_MAX, true)) != NULL &&
           (json_kind(fallback) == JSON_KIND_NONE || json_kind(fallback) == JSON_KIND_NULL ||
            rest_company(r, fallback, "id", &in->fallback_customer, &in->fallback_name));
}

void rest_connector_save(struct rest *r)
{
    struct desk_save in = {.insist = json_get_bool(r->body, "insist", false)};

    if (!read_values(r, &in))
        return;
    in.audit = rest_audit(r, AUDIT_CONNECTOR_SAVED, in.kind);
    r->act = desk_save(r->api->set.desk, &in, changed, r);
}

/* --- pause, resume, remove --- */

static void removed(const struct desk_answer *answer, void *arg)
{
    if (!rest_desk_refused(arg, answer))
        rest_empty(arg);
}

static void switch_to(struct rest *r, enum desk_switch to, enum audit_action action)
{
    const struct store_audit audit = rest_audit(r, action, r->param[0]);

    r->act = desk_switch(r->api->set.desk, r->param[0], to, &audit,
                         to == DESK_REMOVE ? removed : changed, r);
}

void rest_connector_pause(struct rest *r)
{
    switch_to(r, DESK_PAUSE, AUDIT_CONNECTOR_PAUSED);
}

void rest_connector_resume(struct rest *r)
{
    switch_to(r, DESK_RESUME, AUDIT_CONNECTOR_RESUMED);
}

void rest_connector_remove(struct rest *r)
{
    switch_to(r, DESK_REMOVE, AUDIT_CONNECTOR_REMOVED);
}

static void backlog_read(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    r->op = NULL;
    if (result != STORE_OK) {
        rest_error_busy(r);
        return;
    }
    struct jw *w = rest_begin(r);
    jw_int(w, "waiting", out->backlog.waiting);
    jw_int(w, "in_doubt", out->backlog.in_doubt);
    jw_int(w, "parked", out->backlog.parked);
    rest_done(r, 200);
}

void rest_connector_consequences(struct rest *r)
{
    if (psa_kind_find(r->param[0]) == NULL)
        rest_error_not_found(r);
    else
        r->op = store_backlog_read(r->api->set.store, backlog_read, r);
}

/* --- companies, lists --- */

/* The desk's text is JSON already. */
void rest_desk_json(const struct desk_answer *answer, void *arg)
{
    struct rest *r = arg;
    const struct json *member;
    const char *key;
    void *iter = NULL;

    if (rest_desk_refused(r, answer))
        return;
    struct json_doc *doc = json_parse(answer->json, strlen(answer->json), NULL);
    struct jw *w = rest_begin(r);
    while ((key = json_next(json_root(doc), &iter, &member)) != NULL) {
        char *text = json_dump(member);
        if (text == NULL)
            abort();
        jw_raw(w, key, text);
        free(text);
    }
    json_free(doc);
    rest_done(r, 200);
}

void rest_connector_companies(struct rest *r)
{
    const char *query = rest_text(r, "query", PSA_QUERY_MAX, true);
    const char *test = query == NULL ? NULL : rest_text(r, "test", NAME_MAX, true);

    if (test == NULL)
        return;
    r->act = desk_companies(r->api->set.desk, r->param[0], test, query, rest_desk_json, r);
}

void rest_connector_options(struct rest *r)
{
    const char *test = rest_text(r, "test", NAME_MAX, true);

    if (test == NULL)
        return;
    r->act = desk_options(r->api->set.desk, r->param[0], test, rest_desk_json, r);
}
