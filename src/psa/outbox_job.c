/* One try of one entry: take it, find out whose ticket it is, send or look up, note what came. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "psa/outbox_private.h"

#define BACK_OFF_MS   1000
#define BACK_OFF_MOST 300000
#define PAUSE_MS      5000 /* after a 429 (syncro-api.md, section 6) */
/* What a Retry-After may ask for: a day, by mistake or by a proxy, would stop everything for one.
 */
#define RETRY_AFTER_MOST INT64_C(900000)

static void permit_end(struct job *j)
{
    if (j->has_permit)
        gate_end(j->o->gate, &j->permit);
    j->has_permit = false;
}

static void job_end(struct job *j, int64_t look_in_ms)
{
    struct outbox *o = j->o;

    permit_end(j);
    *j = (struct job){.o = NULL};
    outbox_look_in(o, look_in_ms);
}

/* Half of it and by chance up to all of it. */
static int64_t back_off(struct outbox *o, int64_t attempts, int64_t first_ms)
{
    int64_t most = first_ms;
    uint32_t chance;

    for (int64_t i = 1; i < attempts && most < BACK_OFF_MOST; i++)
        most *= 2;
    if (most > BACK_OFF_MOST)
        most = BACK_OFF_MOST;
    env_random(o->set.env, &chance, sizeof(chance));
    return most / 2 + (int64_t)(chance % (uint32_t)(most / 2 + 1));
}

static void changed(struct outbox *o, const struct id *conversation)
{
    if (o->set.changed != NULL)
        o->set.changed(conversation, o->set.arg);
}

/* ---- the end of a try ---- */

static void on_finished(enum store_result result, const union store_out *out, void *arg)
{
    struct job *j = arg;

    (void)out;
    j->op = NULL;
    if (result == STORE_OK)
        changed(j->o, &j->conversation);
    else /* it stays in doubt in the store, and is looked up when that is due */
        log_event(LOG_ERROR, "outbox", "finish", LOG_S("result", store_result_name(result)));
    job_end(j, result == STORE_OK ? 0 : OUTBOX_AGAIN_MS);
}

static void finish(struct job *j, struct store_outbox_finish *in)
{
    in->outbox = j->outbox;
    in->now_ms = outbox_now_ms(j->o);
    permit_end(j);
    j->op = store_outbox_finish(j->o->set.store, in, on_finished, j);
}

/* Not done. A look-up leaves the doubt, a send that had no effect ends it. */
static void again(struct job *j, bool in_doubt, int64_t after_ms, const char *reason)
{
    struct store_outbox_finish in = {.outcome = in_doubt ? STORE_STILL_DOUBT : STORE_RETRY,
                                     .at_ms = outbox_now_ms(j->o) + after_ms,
                                     .reason = reason};

    finish(j, &in);
}

static void park(struct job *j, const char *reason)
{
    struct store_outbox_finish in = {
        .outcome = STORE_PARK, .still_in_doubt = j->looking_up, .reason = reason};

    finish(j, &in);
}

static void filed(struct job *j, const struct psa_result *r)
{
    struct store_outbox_finish in = {
        .outcome = STORE_FILED,
        .ticket_id = j->kind == STORE_CREATE_TICKET ? r->ticket_id : 0,
        .comment_id = r->comment_id,
        .ticket_number = r->number,
        .ticket_status = r->status,
        .ticket_priority = r->priority,
        .account = j->kind == STORE_CREATE_TICKET ? j->o->account : "",
        .has_more = r->has_more,
        .issue_type = r->issue_type,
        .assignee = r->assignee,
        .assignee_id = r->assignee_id,
        .due_ms = r->due_ms,
        .updated_ms = r->updated_ms,
    };

    outbox_link_worked(j->o, j->kind);
    finish(j, &in);
}

/* So long, or as long as the other side asks for. */
static int64_t or_retry_after(const struct psa_verdict *v, int64_t ms)
{
    const int64_t asked =
        v->retry_after_ms < RETRY_AFTER_MOST ? v->retry_after_ms : RETRY_AFTER_MOST;

    return asked > ms ? asked : ms;
}

static void throttled(struct job *j, const struct psa_verdict *v)
{
    struct outbox *o = j->o;
    const int64_t wait = or_retry_after(v, back_off(o, ++o->throttled, 2 * PAUSE_MS));

    o->pause_until_ms = env_mono_ms(o->set.env) + wait;
    again(j, j->looking_up || j->kind != STORE_UPDATE_TICKET, wait, v->reason);
}

static void on_doubted(enum store_result result, const union store_out *out, void *arg)
{
    struct job *j = arg;

    (void)result;
    (void)out;
    j->op = NULL;
    again(j, false, 0, "");
}

/* A new ticket that the PSA refuses may be for a company or contact that is gone: who the person
 * is, is asked again, once; refused again it is something else. */
static void refused(struct job *j, const struct psa_verdict *v)
{
    const struct store_person_key who = {j->person, j->o->account};

    if (j->kind == STORE_CREATE_TICKET && !j->looking_up && j->is_linked && !j->matched)
        j->op = store_person_doubt(j->o->set.store, &who, on_doubted, j);
    else
        park(j, v->reason);
}

static void not_done(struct job *j, const struct psa_verdict *v)
{
    switch (v->outcome) {
    case PSA_THROTTLED:
        throttled(j, v);
        return;
    case PSA_REFUSED:
        refused(j, v);
        return;
    case PSA_HOLD:
        outbox_link_refused(j->o, j->kind, v->reason);
        again(j, j->looking_up, 15000, v->reason);
        return;
    case PSA_IN_DOUBT:
        again(j, true, or_retry_after(v, OUTBOX_SLIP_MS), v->reason);
        return;
    case PSA_NO_EFFECT:
    case PSA_DONE:
        break;
    }
    again(j, j->looking_up, or_retry_after(v, back_off(j->o, j->attempts, BACK_OFF_MS)), v->reason);
}

/* How long until what was sent cannot come any more by itself; 0: it cannot. */
static int64_t settles_in(const struct job *j)
{
    int64_t left = j->sent_at_ms + OUTBOX_SETTLED_MS - outbox_now_ms(j->o);
    const int64_t by_clock = j->o->settled_from_ms - env_mono_ms(j->o->set.env);

    if (left > OUTBOX_SETTLED_MS + OUTBOX_STEP_MS) /* the clock was set back since */
        left = 0;
    if (left < by_clock)
        left = by_clock;
    return left > 0 ? left : 0;
}

/* Send again what is not there, once it cannot come any more by itself. What counts is when the
 * look-up began: it may have come after a slow one has passed its place. */
static void unless_on_its_way(struct job *j)
{
    if (j->settles_ms == 0)
        again(j, false, 0, "");
    else
        again(j, true, settles_in(j), "It is not known yet whether it was sent");
}

/* ---- a ticket that is not there any more ---- */

static void on_gone(enum store_result result, const union store_out *out, void *arg)
{
    struct job *j = arg;

    (void)out;
    j->op = NULL;
    if (result == STORE_OK)
        changed(j->o, &j->conversation);
    job_end(j, result == STORE_OK ? 0 : OUTBOX_AGAIN_MS);
}

/* What of it was not filed goes into a new one. */
static void begin_anew(struct job *j)
{
    const struct store_sync_gone in = {.account = j->o->account,
                                       .ticket = j->ticket,
                                       .outbox = j->outbox,
                                       .event = env_new_id(j->o->set.env),
                                       .text = PSA_GONE_TEXT,
                                       .now_ms = outbox_now_ms(j->o)};

    j->op = store_sync_gone(j->o->set.store, &in, on_gone, j);
}

/* Asked for itself: only what is certainly gone is begun anew. */
static void on_ticket(const struct psa_result *r, void *arg)
{
    struct job *j = arg;

    j->call = NULL;
    if (r->gone)
        begin_anew(j);
    else if (r->verdict.outcome == PSA_DONE)
        park(j,
             "Syncro says that the ticket is not there, but shows it. Does the API key's user see "
             "all customers?");
    else
        not_done(j, &r->verdict);
}

static void on_verdict(const struct psa_result *r, void *arg)
{
    struct job *j = arg;

    j->call = NULL;
    if (r->gone && r->verdict.outcome == PSA_REFUSED && j->kind != STORE_CREATE_TICKET) {
        j->call = j->o->connector->ops->ticket(j->o->connector, j->ticket, j->class, on_ticket, j);
        return;
    }
    if (r->verdict.outcome != PSA_DONE) {
        not_done(j, &r->verdict);
        return;
    }
    j->o->throttled = 0;
    if (!j->looking_up || r->found)
        filed(j, r);
    else
        unless_on_its_way(j);
}

/* ---- whose ticket ---- */

static void retake(struct job *j)
{
    struct outbox *o = j->o;

    if (j->has_permit && env_mono_ms(o->set.env) - j->permit_at_ms > OUTBOX_SLIP_MS)
        permit_end(j);
    if (!j->has_permit) {
        j->has_permit = gate_take(o->gate, j->class, &j->permit);
        j->permit_at_ms = env_mono_ms(o->set.env);
    }
    if (j->has_permit)
        outbox_job_take(j);
    else
        job_end(j, OUTBOX_AGAIN_MS); /* what was found out is in the store */
}

static void on_match(const struct psa_verdict *verdict, const struct store_matched *matched,
                     void *arg)
{
    struct job *j = arg;

    j->match = NULL;
    if (verdict->outcome != PSA_DONE) {
        not_done(j, verdict);
        return;
    }
    j->matched = true;
    if (matched->changed)
        changed(j->o, &j->conversation);
    retake(j);
}

/* The entry is not in doubt any more (a crash now needs no look-up). */
static struct store_op *undo(struct job *j, store_fn *fn)
{
    const struct store_outbox_finish in = {.outbox = j->outbox,
                                           .outcome = STORE_RETRY,
                                           .not_sent = true,
                                           .now_ms = outbox_now_ms(j->o),
                                           .at_ms = outbox_now_ms(j->o)};

    return store_outbox_finish(j->o->set.store, &in, fn, j);
}

static void on_undone(enum store_result result, const union store_out *out, void *arg)
{
    struct job *j = arg;
    const struct outbox *o = j->o;
    const struct match_place place = {o->set.env, o->set.store, o->connector, o->account};

    (void)out;
    j->op = NULL;
    j->who.email = j->email;
    if (result != STORE_OK)
        job_end(j, OUTBOX_AGAIN_MS);
    else
        j->match = match_start(&place, &j->who, j->class, on_match, j);
}

static void ask_who(struct job *j, const struct store_taken *t)
{
    (void)!str_copy(j->email, sizeof(j->email), t->email);
    j->who = (struct match_who){
        .person = t->person, .how = t->how, .contact = t->psa_contact, .customer = t->psa_customer};
    j->op = undo(j, on_undone);
}

static void create(struct job *j, const struct store_taken *t)
{
    struct outbox *o = j->o;
    const bool linked = t->psa_customer != 0;
    const int64_t customer = linked ? t->psa_customer : o->fallback_customer;

    j->is_linked = linked;
    if (!t->link_is_good && !j->matched && t->email[0] != '\0') {
        ask_who(j, t);
    } else if (t->how == STORE_BY_SEVERAL) {
        park(j, "Several in the PSA may be this person, or whom you chose is not there any more. "
                "Choose who it is under Needs attention: it is asked only once");
    } else if (customer == 0) {
        park(j, "No company is known for this person, and no fallback customer is set. Add the "
                "email to a contact in the PSA, choose a company under Needs attention or set a "
                "fallback customer, then try again");
    } else {
        j->has_permit = false; /* the call's from here */
        j->call = o->connector->ops->ticket_create(
            o->connector, t, customer, linked ? t->psa_contact : 0, &j->permit, on_verdict, j);
    }
}

/* ---- is what is to be changed as it was? ---- */

static void on_kept(enum store_result result, const union store_out *out, void *arg)
{
    struct job *j = arg;

    j->op = NULL;
    if (result != STORE_OK) {
        job_end(j, OUTBOX_AGAIN_MS);
        return;
    }
    sync_tell(j->o->sync, &out->sync_seen);
    j->compared = j->outbox;
    retake(j); /* unless it has met another's change: then it is no head any more */
}

static void on_read(const struct psa_result *r, void *arg)
{
    struct job *j = arg;

    j->call = NULL;
    if (r->gone)
        begin_anew(j);
    else if (r->verdict.outcome != PSA_DONE)
        not_done(j, &r->verdict);
    else
        j->op = sync_keep(j->o->sync, r, on_kept, j);
}

static void on_untaken(enum store_result result, const union store_out *out, void *arg)
{
    struct job *j = arg;
    struct psa_connector *c = j->o->connector;

    (void)out;
    j->op = NULL;
    if (result != STORE_OK)
        job_end(j, OUTBOX_AGAIN_MS);
    else
        j->call = c->ops->ticket(c, j->ticket, j->class, on_read, j);
}

/* Must the ticket be read first, for somebody in the PSA may have changed the same meanwhile? */
static bool is_to_compare(const struct job *j, const struct store_taken *t)
{
    struct json_doc *doc;
    bool compare;

    if (j->kind != STORE_UPDATE_TICKET || j->compared == j->outbox)
        return false;
    doc = json_parse(t->payload, strlen(t->payload), NULL);
    compare = doc != NULL && json_get_bool(json_root(doc), "compare", false);
    json_free(doc);
    return compare;
}

/* ---- files ---- */

/* What a comment says of the files that come with it. */
static void say_where(struct job *j, struct store_taken *t, char at[PSA_FILE_URL_SIZE])
{
    const struct outbox_settings *set = &j->o->set;
    char id[ID_TEXT_SIZE];

    t->files_offered = set->file_url != NULL && t->author != STORE_NOTE;
    if (set->url == NULL)
        return;
    id_format(&t->conversation, id);
    snprintf(at, PSA_FILE_URL_SIZE, "%s/console#c=%s", set->url, id);
    t->files_at = at;
}

static void attach(struct job *j, const struct store_taken *t)
{
    const struct outbox_settings *set = &j->o->set;
    const struct store_message *m = t->message_count > 0 ? &t->messages[0] : NULL;
    const size_t count = m != NULL ? m->file_count : 0;
    char text[STORE_FILES_MAX][PSA_FILE_URL_SIZE];
    const char *urls[STORE_FILES_MAX];
    const struct psa_result nothing = {.number = "", .status = "", .priority = ""};

    if (count == 0 || m->author == STORE_NOTE) { /* erased, or hidden since */
        filed(j, &nothing);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        urls[i] = text[i];
        if (set->file_url == NULL || !set->file_url(&m->files[i], text[i], set->arg)) {
            park(j, "The files wait in Parley: files_public is not set any more. Set it and try "
                    "again, or leave them there");
            return;
        }
    }
    j->has_permit = false;
    j->call =
        j->o->connector->ops->files_attach(j->o->connector, t, urls, &j->permit, on_verdict, j);
}

/* ---- the try ---- */

static void send(struct job *j, struct store_taken *t)
{
    char at[PSA_FILE_URL_SIZE];
    struct psa_connector *c = j->o->connector;

    /* The take came no earlier than the permit. */
    if (!j->has_permit || env_mono_ms(j->o->set.env) - j->permit_at_ms > OUTBOX_SLIP_MS) {
        struct store_outbox_finish in = {
            .outcome = STORE_RETRY, .not_sent = true, .at_ms = outbox_now_ms(j->o)};
        finish(j, &in);
        return;
    }
    if (is_to_compare(j, t)) {
        j->op = undo(j, on_untaken);
        return;
    }
    say_where(j, t, at);
    if (j->kind == STORE_CREATE_TICKET || j->kind == STORE_ATTACH_FILES) {
        (j->kind == STORE_CREATE_TICKET ? create : attach)(j, t);
        return;
    }
    j->has_permit = false;
    j->call = j->kind == STORE_ADD_COMMENT ? c->ops->comment_add(c, t, &j->permit, on_verdict, j)
                                           : c->ops->ticket_update(c, t, &j->permit, on_verdict, j);
}

static void look_up(struct job *j, const struct store_taken *t)
{
    struct psa_connector *c = j->o->connector;

    permit_end(j);
    outbox_watch_clock(j->o);
    j->settles_ms = settles_in(j);
    if (j->kind == STORE_CREATE_TICKET)
        j->call = c->ops->ticket_find(c, t, j->class, on_verdict, j);
    else if (j->kind == STORE_ADD_COMMENT)
        j->call = c->ops->comment_find(c, t, j->class, on_verdict, j);
    else if (j->kind == STORE_ATTACH_FILES)
        j->call = c->ops->files_find(c, t, j->class, on_verdict, j);
    else /* a change done twice is done once, but one that comes late undoes the next */
        unless_on_its_way(j);
}

static void on_taken(enum store_result result, const union store_out *out, void *arg)
{
    struct job *j = arg;

    j->op = NULL;
    if (result != STORE_OK) {
        job_end(j, OUTBOX_AGAIN_MS);
        return;
    }
    struct store_taken t = out->taken;
    j->looking_up = t.was_in_doubt;
    j->outbox = t.outbox;
    j->kind = t.kind;
    j->person = t.person;
    j->attempts = t.attempts;
    j->sent_at_ms = t.sent_at_ms;
    j->ticket = t.ticket_id;
    if (t.account[0] != '\0' && strcmp(t.account, j->o->account) != 0)
        park(j, "Its ticket is in another account than the connector's. Connect that account "
                "again, or close the conversation");
    else if (t.was_in_doubt)
        look_up(j, &t);
    else
        send(j, &t);
}

void outbox_job_take(struct job *j)
{
    outbox_watch_clock(j->o);
    const int64_t now = outbox_now_ms(j->o);
    const struct store_outbox_take in = {.conversation = j->conversation,
                                         .now_ms = now,
                                         .doubt_until_ms = now + OUTBOX_SETTLED_MS,
                                         .account = j->o->account,
                                         .found_after_ms = now - MATCH_TTL_MS,
                                         .missed_after_ms = now - MATCH_MISS_MS};

    j->op = store_outbox_take(j->o->set.store, &in, on_taken, j);
}

void outbox_job_cancel(struct job *j)
{
    store_cancel(j->o->set.store, &j->op);
    match_cancel(&j->match);
    psa_cancel(j->o->connector, &j->call);
    permit_end(j);
}
