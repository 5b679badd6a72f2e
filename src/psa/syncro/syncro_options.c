/* The lists of the account that the console offers: statuses, priorities, problem types, and who
 * its technicians are. No right is documented for them (syncro-api.md, section 3): a token that may
 * not read them gets empty lists, not a held connector. */
#include "base/jw.h"
#include "psa/syncro/syncro_private.h"

#define ROWS_MAX 200

static void write_list(struct jw *w, const char *key, const struct json *list)
{
    jw_array(w, key);
    for (size_t i = 0; i < json_count(list) && i < ROWS_MAX; i++) {
        const char *text = json_text(json_at(list, i));
        if (text != NULL && text[0] != '\0')
            jw_text(w, NULL, text);
    }
    jw_array_end(w);
}

/* True when the answer, or its absence, is final. */
static bool is_final(struct psa_call *c)
{
    const enum psa_outcome outcome = c->result.verdict.outcome;

    return outcome == PSA_DONE || outcome == PSA_HOLD || outcome == PSA_REFUSED;
}

static void on_settings(struct psa_call *c, const struct json *root, const struct json *document)
{
    const struct json *ticket = json_get(root, "ticket");

    (void)document;
    if (!is_final(c)) {
        buf_clear(&c->json);
        syncro_call_end(c);
        return;
    }
    write_list(&c->writer, "priorities", json_get(ticket, "priorities"));
    write_list(&c->writer, "problem_types", json_get(ticket, "problem_types"));
    jw_object_end(&c->writer);
    if (!buf_ok(&c->json)) {
        syncro_fail(c, PSA_REFUSED, "The account's lists are longer than expected");
        return;
    }
    c->result.verdict = (struct psa_verdict){PSA_DONE, -1, ""};
    syncro_call_end(c);
}

/* ---- who its technicians are ---- */

static void write_user(struct jw *w, const struct json *id, const struct json *name)
{
    const char *text = json_text(name);
    int64_t n;

    if (json_int(id, &n) != 0 || n <= 0 || text == NULL || text[0] == '\0')
        return;
    jw_object(w, NULL);
    jw_int(w, "id", n);
    jw_text(w, "name", text);
    jw_object_end(w);
}

/* Rows are [id, name] here (syncro-api.md, 2.4), {"id", "name"} in the settings of tickets. */
static void write_users(struct jw *w, const struct json *users)
{
    jw_array(w, "technicians");
    for (size_t i = 0; i < json_count(users) && i < ROWS_MAX; i++) {
        const struct json *row = json_at(users, i);

        if (json_kind(row) == JSON_KIND_ARRAY)
            write_user(w, json_at(row, 0), json_at(row, 1));
        else
            write_user(w, json_get(row, "id"), json_get(row, "name"));
    }
    jw_array_end(w);
}

static void on_users(struct psa_call *c, const struct json *root, const struct json *document)
{
    (void)document;
    if (!is_final(c)) {
        buf_clear(&c->json);
        syncro_call_end(c);
        return;
    }
    if (json_count(root) > 0)
        write_users(&c->writer, root);
    syncro_request(c, SYNCRO_SETTINGS, 0, "", NULL, on_settings);
}

static void on_ticket_settings(struct psa_call *c, const struct json *root,
                               const struct json *document)
{
    (void)document;
    if (!is_final(c)) {
        syncro_call_end(c);
        return;
    }
    jw_init(&c->writer, &c->json);
    jw_object(&c->writer, NULL);
    write_list(&c->writer, "statuses", json_get(root, "ticket_status_list"));
    if (json_count(json_get(root, "users")) == 0) {
        syncro_request(c, SYNCRO_USERS, 0, "", NULL, on_users);
        return;
    }
    write_users(&c->writer, json_get(root, "users"));
    syncro_request(c, SYNCRO_SETTINGS, 0, "", NULL, on_settings);
}

struct psa_call *syncro_options(struct psa_connector *base, psa_done_fn *done, void *arg)
{
    struct psa_call *c = syncro_call_new((struct syncro *)base, BUDGET_BACKGROUND, done, arg);

    syncro_request(c, SYNCRO_TICKET_SETTINGS, 0, "", NULL, on_ticket_settings);
    return c;
}
