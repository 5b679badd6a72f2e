/* The test of credentials. A right to read is proved by reading. A right to write is proved by a
 * request that Syncro must refuse: one who has the right gets 404 or 422, one who has not gets 401
 * (syncro-api.md, section 1). Where an answer does not tell, the line says so. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "psa/syncro/syncro_check.h"
#include "psa/syncro/syncro_private.h"

#define CHECK_MS 60000 /* of the whole: permits may have to be waited for */
#define NO_ID    0     /* ids are counted from 1: this one cannot exist */

struct syncro_check {
    psa_step_fn *step;
    bool worked;
    enum psa_step_state state[SYNCRO_STEPS];
    bool is_let_in;             /* some call was not answered 401 */
    bool denied[SYNCRO_RIGHTS]; /* 401, to be told when the token is known to be good */
    enum syncro_right at;
    int64_t user;       /* the token's owner; 0: not known */
    int64_t ticket;     /* one to read; 0: none was listed */
    bool is_own_ticket; /* assigned to the owner, or perhaps */
    int64_t customer;
    struct env_timer *timer;
};

/* What an answer to a probe means. */
enum reply { LET_IN, ABSENT, REFUSED, DENIED, TROUBLE };

static void next_right(struct psa_call *c);

/* ---- telling ---- */

static void tell(struct psa_call *c, size_t step, enum psa_step_state state,
                 enum syncro_sentence sentence, const char *detail)
{
    const char *first = step < SYNCRO_STEP_RIGHTS || sentence < SYNCRO_SAY_RIGHT_OK
                            ? c->s->origin
                            : syncro_kind.rights[step - SYNCRO_STEP_RIGHTS].name;
    char text[600];

    c->check->state[step] = state;
    syncro_say(sentence, first, detail, text, sizeof(text));
    c->check->step(step, state, text, c->arg);
}

static void begin(struct psa_call *c, size_t step)
{
    c->check->state[step] = PSA_STEP_RUNNING;
    c->check->step(step, PSA_STEP_RUNNING, "", c->arg);
}

static void tell_right(struct psa_call *c, enum psa_step_state state, enum syncro_sentence sentence)
{
    tell(c, SYNCRO_STEP_RIGHTS + c->check->at, state, sentence, "");
}

/* Every line has its end; the rest was not tried. */
static void finish(struct psa_call *c, enum syncro_sentence rest)
{
    bool good = true;

    for (size_t i = 0; i < SYNCRO_STEPS; i++) {
        if (c->check->state[i] == 0 || c->check->state[i] == PSA_STEP_RUNNING)
            tell(c, i, PSA_STEP_SKIPPED, rest, "");
        if (c->check->state[i] == PSA_STEP_FAILED)
            good = false;
    }
    c->result =
        (struct psa_result){.verdict = {PSA_DONE, -1, ""}, .found = good && c->check->is_let_in};
    syncro_call_end(c);
}

/* ---- what an answer means ---- */

/* Troubles that say nothing of rights; *detail for {2}. SYNCRO_SENTENCE_COUNT: none. */
static enum syncro_sentence trouble_of(const struct psa_call *c, char *detail, size_t size)
{
    const struct http_answer *a = c->answer;

    snprintf(detail, size, "%s", a->trouble);
    switch (a->result) {
    case HTTP_NO_NAME:
        return SYNCRO_SAY_NO_NAME;
    case HTTP_NOT_PUBLIC:
        return SYNCRO_SAY_NOT_PUBLIC;
    case HTTP_NOT_CONNECTED:
        return SYNCRO_SAY_NOT_CONNECTED;
    case HTTP_CONNECT_SLOW:
    case HTTP_TIMED_OUT:
        return SYNCRO_SAY_TIMED_OUT;
    case HTTP_TLS_FAILED:
        return SYNCRO_SAY_TLS_FAILED;
    case HTTP_BROKEN:
        return SYNCRO_SAY_BROKEN;
    case HTTP_TOO_LARGE:
        snprintf(detail, size, "too long");
        return SYNCRO_SAY_UNREADABLE;
    case HTTP_ANSWERED:
        break;
    }
    snprintf(detail, size, "%d", a->status);
    if (a->status >= 300 && a->status < 400)
        return SYNCRO_SAY_REDIRECT;
    if (a->status == 429)
        return SYNCRO_SAY_SLOW_DOWN;
    if (a->status >= 500)
        return SYNCRO_SAY_OWN_TROUBLE;
    if (a->status == 200 && strcmp(a->content_type, "application/json") != 0)
        return strcmp(a->content_type, "text/html") == 0 ? SYNCRO_SAY_PAGE : SYNCRO_SAY_UNREADABLE;
    return SYNCRO_SENTENCE_COUNT;
}

static enum reply reply_of(const struct psa_call *c)
{
    char detail[8];

    if (trouble_of(c, detail, sizeof(detail)) != SYNCRO_SENTENCE_COUNT)
        return TROUBLE;
    switch (c->answer->status) {
    case 200:
        return LET_IN;
    case 401:
    case 403:
        return DENIED;
    case 404:
        return ABSENT;
    case 422:
        return REFUSED;
    default:
        return TROUBLE;
    }
}

/* The token is good, and this was answered 401. Adding a comment asks for Tickets - Edit, says the
 * specification; for Ticket Comments - New too, say others (syncro-api.md, section 3). */
static void tell_denied(struct psa_call *c, enum syncro_right right)
{
    const struct syncro_check *k = c->check;
    enum psa_step_state state = PSA_STEP_FAILED;
    enum syncro_sentence sentence = SYNCRO_SAY_RIGHT_MISSING;

    if (right == SYNCRO_RIGHT_COMMENTS_NEW && k->denied[SYNCRO_RIGHT_TICKETS_EDIT]) {
        state = PSA_STEP_UNPROVED;
        sentence = SYNCRO_SAY_BEHIND_EDIT;
    } else if (right == SYNCRO_RIGHT_COMMENTS_NEW &&
               k->state[SYNCRO_STEP_RIGHTS + SYNCRO_RIGHT_TICKETS_EDIT] != PSA_STEP_OK) {
        sentence = SYNCRO_SAY_EITHER_MISSING;
    }
    tell(c, SYNCRO_STEP_RIGHTS + right, state, sentence, "");
}

/* What was answered 401 before is a right that is missing. */
static void let_in(struct psa_call *c)
{
    struct syncro_check *k = c->check;

    if (k->is_let_in)
        return;
    k->is_let_in = true;
    tell(c, SYNCRO_STEP_TOKEN, PSA_STEP_OK, SYNCRO_SAY_TOKEN_OK, "");
    for (int i = 0; i < SYNCRO_RIGHTS; i++)
        if (k->denied[i])
            tell_denied(c, (enum syncro_right)i);
}

static void denied(struct psa_call *c)
{
    c->check->denied[c->check->at] = true;
    if (c->check->is_let_in)
        tell_denied(c, c->check->at);
}

/* ---- one right after the other ---- */

static void advance(struct psa_call *c)
{
    c->check->at++;
    next_right(c);
}

/* The common ends of a probe; true when it has ended there. */
static bool ended(struct psa_call *c, enum reply reply)
{
    enum syncro_sentence sentence;
    char detail[300];

    if (reply == DENIED) {
        denied(c);
        advance(c);
        return true;
    }
    if (reply != TROUBLE) {
        let_in(c);
        return false;
    }
    sentence = trouble_of(c, detail, sizeof(detail));
    if (sentence == SYNCRO_SENTENCE_COUNT) { /* 400, 402, 406, ...: of this line only */
        let_in(c);
        tell(c, SYNCRO_STEP_RIGHTS + c->check->at, PSA_STEP_UNPROVED, SYNCRO_SAY_ODD, detail);
        advance(c);
        return true;
    }
    tell(c, SYNCRO_STEP_RIGHTS + c->check->at, PSA_STEP_FAILED, sentence, detail);
    finish(c, SYNCRO_SAY_SKIPPED);
    return true;
}

/* A request that was to have no effect had one. */
static void made(struct psa_call *c, const struct json *document)
{
    const struct json *ticket = json_get(document, "ticket");
    const struct json *comment = json_get(document, "comment");
    char detail[32] = "(its number is not known)";
    int64_t id;

    if (json_get_int(ticket, "number", &id) == 0 || json_get_int(ticket, "id", &id) == 0 ||
        json_get_int(comment, "ticket_id", &id) == 0)
        snprintf(detail, sizeof(detail), "%" PRId64, id);
    tell(c, SYNCRO_STEP_RIGHTS + c->check->at, PSA_STEP_FAILED, SYNCRO_SAY_MADE, detail);
    advance(c);
}

/* A list or a detail. */
static void on_read(struct psa_call *c, const struct json *root, const struct json *document)
{
    const enum reply reply = reply_of(c);

    (void)document;
    if (ended(c, reply))
        return;
    if (reply == LET_IN && root != NULL)
        tell_right(c, PSA_STEP_OK, SYNCRO_SAY_RIGHT_OK);
    else if (reply == ABSENT)
        tell_right(c, PSA_STEP_UNPROVED, SYNCRO_SAY_GONE);
    else
        tell(c, SYNCRO_STEP_RIGHTS + c->check->at, PSA_STEP_UNPROVED, SYNCRO_SAY_ODD, "no data");
    advance(c);
}

/* A ticket to read: best one that is certainly not the owner's, for whose own ones a smaller right
 * is enough. */
static void on_tickets(struct psa_call *c, const struct json *root, const struct json *document)
{
    struct syncro_check *k = c->check;

    for (size_t i = 0; i < json_count(root); i++) {
        const struct json *ticket = json_at(root, i);
        int64_t id, user;
        if (json_get_int(ticket, "id", &id) != 0 || id <= 0)
            continue;
        const bool has_user = json_get_int(ticket, "user_id", &user) == 0;
        const bool is_own = has_user && (k->user == 0 || user == k->user);
        if (k->ticket == 0 || (k->is_own_ticket && !is_own)) {
            k->ticket = id;
            k->is_own_ticket = is_own;
        }
    }
    on_read(c, root, document);
}

static void on_customers(struct psa_call *c, const struct json *root, const struct json *document)
{
    for (size_t i = 0; i < json_count(root) && c->check->customer == 0; i++)
        if (json_get_int(json_at(root, i), "id", &c->check->customer) != 0)
            c->check->customer = 0;
    on_read(c, root, document);
}

static void on_ticket(struct psa_call *c, const struct json *root, const struct json *document)
{
    const struct syncro_check *k = c->check;
    const enum reply reply = reply_of(c);

    if (k->ticket != 0 && (!k->is_own_ticket || reply != LET_IN)) {
        on_read(c, root, document);
        return;
    }
    if (ended(c, reply))
        return;
    if (k->ticket != 0)
        tell_right(c, PSA_STEP_UNPROVED, SYNCRO_SAY_OWN_TICKETS);
    else
        tell_right(c, PSA_STEP_UNPROVED,
                   k->denied[SYNCRO_RIGHT_TICKETS_LIST] ? SYNCRO_SAY_NO_LIST
                                                        : SYNCRO_SAY_NO_TICKET);
    advance(c);
}

static void on_create(struct psa_call *c, const struct json *root, const struct json *document)
{
    const enum reply reply = reply_of(c);

    (void)root;
    if (ended(c, reply))
        return;
    if (reply == LET_IN) {
        made(c, document);
        return;
    }
    if (reply == REFUSED)
        tell_right(c, PSA_STEP_OK, SYNCRO_SAY_RIGHT_OK);
    else
        tell(c, SYNCRO_STEP_RIGHTS + c->check->at, PSA_STEP_UNPROVED, SYNCRO_SAY_ODD, "404");
    advance(c);
}

/* Does Syncro look at the right before it looks for the ticket? It does when it refuses what the
 * token has no right to (nobody ticks Tickets - Delete for Parley) although there is no ticket. */
static void on_order(struct psa_call *c, const struct json *root, const struct json *document)
{
    (void)root;
    switch (reply_of(c)) {
    case DENIED:
        tell_right(c, PSA_STEP_OK, SYNCRO_SAY_RIGHT_OK);
        advance(c);
        break;
    case LET_IN:
        made(c, document);
        break;
    case TROUBLE:
        if (ended(c, TROUBLE))
            return;
        break;
    case ABSENT:
    case REFUSED:
        tell_right(c, PSA_STEP_UNPROVED, SYNCRO_SAY_BEFORE_RIGHTS);
        advance(c);
        break;
    }
}

static void on_edit(struct psa_call *c, const struct json *root, const struct json *document)
{
    const enum reply reply = reply_of(c);

    (void)root;
    if (ended(c, reply))
        return;
    if (reply == LET_IN) {
        made(c, document);
        return;
    }
    buf_clear(&c->body);
    syncro_request(c, SYNCRO_TICKET_DELETE, NO_ID, "", NULL, on_order);
}

/* That comments may be added does not prove Ticket Comments - New: Tickets - Edit may be enough. */
static void on_comment(struct psa_call *c, const struct json *root, const struct json *document)
{
    const enum reply reply = reply_of(c);

    (void)root;
    if (ended(c, reply))
        return;
    if (reply == LET_IN) {
        made(c, document);
        return;
    }
    if (c->check->denied[SYNCRO_RIGHT_TICKETS_EDIT]) /* it looks at rights, and found this one */
        tell_right(c, PSA_STEP_OK, SYNCRO_SAY_RIGHT_OK);
    else
        tell_right(c, PSA_STEP_UNPROVED,
                   c->check->state[SYNCRO_STEP_RIGHTS + SYNCRO_RIGHT_TICKETS_EDIT] == PSA_STEP_OK
                       ? SYNCRO_SAY_AS_EDIT
                       : SYNCRO_SAY_BEFORE_RIGHTS);
    advance(c);
}

/* All were tried. */
static void over(struct psa_call *c)
{
    const struct syncro_check *k = c->check;

    if (!k->is_let_in)
        tell(c, SYNCRO_STEP_TOKEN, PSA_STEP_FAILED,
             k->worked ? SYNCRO_SAY_TOKEN_ENDED : SYNCRO_SAY_TOKEN_WRONG, "");
    finish(c, SYNCRO_SAY_SKIPPED_TOKEN);
}

static void next_right(struct psa_call *c)
{
    const struct syncro_check *k = c->check;

    if (k->at == SYNCRO_RIGHTS) {
        over(c);
        return;
    }
    begin(c, SYNCRO_STEP_RIGHTS + k->at);
    buf_clear(&c->body);
    buf_str(&c->body, "{}");
    switch (k->at) {
    case SYNCRO_RIGHT_TICKETS_LIST:
        syncro_request(c, SYNCRO_TICKETS_LIST, 0, "?per_page=25", NULL, on_tickets);
        break;
    case SYNCRO_RIGHT_TICKETS_VIEW:
        syncro_request(c, SYNCRO_TICKET_GET, k->ticket, "", NULL, on_ticket);
        break;
    case SYNCRO_RIGHT_TICKETS_CREATE: /* without a company it must be refused */
        syncro_request(c, SYNCRO_TICKET_CREATE, 0, "", NULL, on_create);
        break;
    case SYNCRO_RIGHT_TICKETS_EDIT:
        syncro_request(c, SYNCRO_TICKET_UPDATE, NO_ID, "", NULL, on_edit);
        break;
    case SYNCRO_RIGHT_COMMENTS_NEW:
        syncro_request(c, SYNCRO_COMMENT_ADD, NO_ID, "", NULL, on_comment);
        break;
    case SYNCRO_RIGHT_CUSTOMERS_LIST:
        syncro_request(c, SYNCRO_CUSTOMERS_LIST, 0, "", NULL, on_customers);
        break;
    case SYNCRO_RIGHT_CUSTOMERS_VIEW: /* contacts need the same right, and no company to be there */
        if (k->customer > 0)
            syncro_request(c, SYNCRO_CUSTOMER_GET, k->customer, "", NULL, on_read);
        else
            syncro_request(c, SYNCRO_CONTACTS_LIST, 0, "", NULL, on_read);
        break;
    case SYNCRO_RIGHTS:
        break;
    }
}

/* ---- the first request: host, encryption, token ---- */

/* The connection failed, or who answers is not Syncro. True: it has ended. */
static bool is_not_there(struct psa_call *c, enum syncro_sentence sentence, const char *detail)
{
    if (sentence == SYNCRO_SAY_TLS_FAILED) {
        tell(c, SYNCRO_STEP_HOST, PSA_STEP_OK, SYNCRO_SAY_HOST_OK, "");
        tell(c, SYNCRO_STEP_TLS, PSA_STEP_FAILED, sentence, detail);
    } else if (sentence != SYNCRO_SENTENCE_COUNT && sentence != SYNCRO_SAY_SLOW_DOWN &&
               sentence != SYNCRO_SAY_OWN_TROUBLE) {
        tell(c, SYNCRO_STEP_HOST, PSA_STEP_FAILED, sentence, detail);
    } else if (c->answer->status == 404) {
        tell(c, SYNCRO_STEP_HOST, PSA_STEP_FAILED, SYNCRO_SAY_NO_ACCOUNT, "");
    } else {
        return false;
    }
    finish(c, SYNCRO_SAY_SKIPPED);
    return true;
}

static void on_me(struct psa_call *c, const struct json *root, const struct json *document)
{
    const bool is_safe = str_has_prefix(c->s->origin, "https://");
    char detail[300];
    const enum syncro_sentence sentence = trouble_of(c, detail, sizeof(detail));

    (void)document;
    if (is_not_there(c, sentence, detail))
        return;
    tell(c, SYNCRO_STEP_HOST, PSA_STEP_OK, SYNCRO_SAY_HOST_OK, "");
    tell(c, SYNCRO_STEP_TLS, is_safe ? PSA_STEP_OK : PSA_STEP_SKIPPED,
         is_safe ? SYNCRO_SAY_TLS_OK : SYNCRO_SAY_TLS_NONE, "");
    begin(c, SYNCRO_STEP_TOKEN);
    if (root != NULL && json_get_int(root, "user_id", &c->check->user) == 0) {
        let_in(c);
        next_right(c);
    } else if (root != NULL || reply_of(c) == DENIED) {
        /* Nobody documents that /me answers to every token: other calls may let it in. */
        c->check->user = 0;
        next_right(c);
    } else {
        tell(c, SYNCRO_STEP_TOKEN, PSA_STEP_FAILED,
             sentence != SYNCRO_SENTENCE_COUNT ? sentence : SYNCRO_SAY_ODD, detail);
        finish(c, SYNCRO_SAY_SKIPPED);
    }
}

static void on_late(void *arg)
{
    struct psa_call *c = arg;

    c->check->timer = NULL;
    gate_cancel(c->s->gate, &c->wait);
    http_cancel(c->s->http, &c->http);
    for (size_t i = 0; i < SYNCRO_STEPS; i++) {
        if (c->check->state[i] != PSA_STEP_RUNNING)
            continue;
        tell(c, i, PSA_STEP_FAILED, SYNCRO_SAY_NO_BUDGET, "");
        break;
    }
    finish(c, SYNCRO_SAY_SKIPPED);
}

void syncro_check_free(struct psa_call *c)
{
    if (c->check != NULL)
        env_timer_cancel(c->s->env, &c->check->timer);
    free(c->check);
}

static void on_begin(void *arg)
{
    struct psa_call *c = arg;

    c->check->timer = env_timer_start(c->s->env, CHECK_MS, on_late, c);
    begin(c, SYNCRO_STEP_HOST);
    syncro_request(c, SYNCRO_ME, 0, "", NULL, on_me);
}

struct psa_call *syncro_check(struct psa_connector *base, bool worked, psa_step_fn *step,
                              psa_done_fn *done, void *arg)
{
    struct syncro *s = (struct syncro *)base;
    struct psa_call *c = syncro_call_new(s, BUDGET_INTERACTIVE, done, arg);

    c->check = calloc(1, sizeof(*c->check));
    if (c->check == NULL)
        abort();
    c->check->step = step;
    c->check->worked = worked;
    c->timeout_ms = CHECK_TIMEOUT_MS;
    c->check->timer = env_timer_start(s->env, 0, on_begin, c);
    return c;
}
