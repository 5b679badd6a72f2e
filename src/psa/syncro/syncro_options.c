/* The lists of the account that the console offers: statuses, priorities, problem types. No right
 * is documented for them; a token that may not read them gets empty lists, not a held connector. */
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
    syncro_request(c, SYNCRO_SETTINGS, 0, "", NULL, on_settings);
}

struct psa_call *syncro_options(struct psa_connector *base, psa_done_fn *done, void *arg)
{
    struct psa_call *c = syncro_call_new((struct syncro *)base, BUDGET_BACKGROUND, done, arg);

    syncro_request(c, SYNCRO_TICKET_SETTINGS, 0, "", NULL, on_ticket_settings);
    return c;
}
