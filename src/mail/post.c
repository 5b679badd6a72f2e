#include "mail/post.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "mail/letter.h"

#define LOOK_MS       5000 /* the longest that an answer's letter waits for being seen */
#define AGAIN_MS      2000 /* after the store could not */
#define HOLD_FIRST_MS 5000
#define HOLD_MOST_MS  300000
#define LATER_MS      5000 /* a letter's own first wait; it doubles up to */
#define LATER_MOST_MS 900000
#define TRIES_MAX     100 /* about a day of them */
#define DUE_MAX       16

/* One letter on its way: it is taken from the store, sent, and its end is written down. */
struct job {
    struct post *p; /* NULL: free */
    int64_t id, attempts;
    enum store_mail_kind kind;
    struct store_op *op;
    struct smtp_call *call;
    struct store_mail_finish end; /* how it ended; its reason is the text behind */
    char reason[SMTP_TROUBLE_MAX];
    struct env_timer *again; /* until that is written down once more */
};

struct post {
    struct post_settings set;
    struct job jobs[SMTP_AT_ONCE];
    struct store_op *beginning, *due;
    struct env_timer *timer;
    bool begun, stopped, again;
    char from[256], url[256];
    char reason[SMTP_TROUBLE_MAX];
    int64_t held_ms;       /* wall clock; 0: not held */
    int64_t hold_wait_ms;  /* the latest wait */
    int64_t hold_until_ms; /* mono */
};

static void look(struct post *p);

static int64_t now_ms(const struct post *p)
{
    return env_now_ms(p->set.env);
}

static void on_timer(void *arg)
{
    struct post *p = arg;

    p->timer = NULL;
    look(p);
}

static void look_in(struct post *p, int64_t ms)
{
    env_timer_cancel(p->set.env, &p->timer);
    p->timer = env_timer_start(p->set.env, ms > 0 ? ms : 0, on_timer, p);
}

static int jobs_under_way(const struct post *p)
{
    int n = 0;

    for (size_t i = 0; i < COUNT_OF(p->jobs); i++)
        n += p->jobs[i].p != NULL;
    return n;
}

/* ---- what holds all ---- */

static void hold(struct post *p, const char *reason)
{
    if (p->held_ms != 0 && env_mono_ms(p->set.env) < p->hold_until_ms)
        return; /* two were on their way */
    p->hold_wait_ms = p->held_ms == 0                      ? HOLD_FIRST_MS
                      : p->hold_wait_ms < HOLD_MOST_MS / 2 ? 2 * p->hold_wait_ms
                                                           : HOLD_MOST_MS;
    p->hold_until_ms = env_mono_ms(p->set.env) + p->hold_wait_ms;
    if (p->held_ms == 0)
        p->held_ms = now_ms(p);
    if (strcmp(p->reason, reason) == 0)
        return;
    log_event(LOG_WARN, "mail", "held", LOG_S("reason", reason));
    (void)!str_copy(p->reason, sizeof(p->reason), reason);
}

static void let_go(struct post *p)
{
    if (p->held_ms == 0)
        return;
    log_event(LOG_INFO, "mail", "mended");
    p->held_ms = p->hold_until_ms = 0;
    p->reason[0] = '\0';
}

/* ---- one letter ---- */

static void job_end(struct job *j, int64_t look_in_ms)
{
    struct post *p = j->p;

    *j = (struct job){0};
    look_in(p, look_in_ms);
}

static void on_finished(enum store_result result, const union store_out *out, void *arg);

static void mark(void *arg)
{
    struct job *j = arg;

    j->again = NULL;
    j->op = store_mail_finish(j->p->set.store, &j->end, on_finished, j);
}

/* Unmarked it would go out again after the next start, with the same Message-ID. */
static void on_finished(enum store_result result, const union store_out *out, void *arg)
{
    struct job *j = arg;

    (void)out;
    j->op = NULL;
    if ((result != STORE_FAILED && result != STORE_BUSY) || j->p->stopped) {
        job_end(j, 0);
        return;
    }
    log_event(LOG_ERROR, "mail", "not_marked", LOG_N("letter", j->id),
              LOG_S("result", store_result_name(result)));
    j->again = env_timer_start(j->p->set.env, AGAIN_MS, mark, j);
}

static void finish(struct job *j, enum store_mail_outcome outcome, int64_t after_ms,
                   const char *reason)
{
    static const char *const words[] = {"sent", "later", "held", "parked"};
    const int64_t now = now_ms(j->p);

    (void)!str_copy(j->reason, sizeof(j->reason), reason);
    j->end = (struct store_mail_finish){.id = j->id,
                                        .outcome = outcome,
                                        .now_ms = now,
                                        .at_ms = now + after_ms,
                                        .reason = j->reason};
    log_event(outcome == STORE_MAIL_PARK ? LOG_WARN : LOG_INFO, "mail", words[outcome],
              LOG_N("letter", j->id), LOG_N("kind", j->kind), LOG_N("attempts", j->attempts),
              LOG_S("reason", reason));
    mark(j);
}

static int64_t later_ms(int64_t attempts)
{
    return attempts > 5 ? LATER_MOST_MS : (int64_t)LATER_MS << (attempts - 1);
}

/* Not taken this time. A code that waits long is of no use: its time ends that. */
static void retry(struct job *j, const char *reason)
{
    if (j->attempts >= TRIES_MAX)
        finish(j, STORE_MAIL_PARK, 0, reason);
    else
        finish(j, STORE_MAIL_RETRY, j->kind == STORE_MAIL_CODE ? LATER_MS : later_ms(j->attempts),
               reason);
}

static void on_sent(const struct smtp_answer *answer, void *arg)
{
    struct job *j = arg;
    struct post *p = j->p;

    j->call = NULL;
    if (answer->result != SMTP_TROUBLE && answer->result != SMTP_UNSURE)
        let_go(p);
    switch (answer->result) {
    case SMTP_TAKEN:
        finish(j, STORE_MAIL_DONE, 0, "");
        break;
    case SMTP_REFUSED:
        finish(j, STORE_MAIL_PARK, 0, answer->trouble);
        break;
    case SMTP_LATER:
    case SMTP_UNSURE:
        retry(j, answer->trouble);
        break;
    case SMTP_TROUBLE:
        hold(p, answer->trouble);
        finish(j, STORE_MAIL_HOLD, 0, answer->trouble);
        break;
    }
}

static void send_letter(struct job *j, const struct store_mail_taken *taken)
{
    struct post *p = j->p;
    const struct letter_house house = {.from = p->from, .url = p->url, .k = p->set.k};
    struct err err = {""};
    struct buf text;

    buf_init(&text, LETTER_MAX);
    if (letter_write(&house, taken, now_ms(p), &text, &err) == 0)
        j->call = smtp_send(p->set.smtp, taken->to, text.ptr, text.len, on_sent, j);
    else
        finish(j, STORE_MAIL_PARK, 0, err.text);
    if (text.ptr != NULL)
        secret_wipe(text.ptr, text.len);
    buf_free(&text);
}

static void on_taken(enum store_result result, const union store_out *out, void *arg)
{
    struct job *j = arg;

    j->op = NULL;
    if (result != STORE_OK || out->mail_taken.ended) {
        job_end(j, result == STORE_OK || result == STORE_NOT_FOUND ? 0 : AGAIN_MS);
        return;
    }
    j->attempts = out->mail_taken.attempts;
    j->kind = out->mail_taken.kind;
    send_letter(j, &out->mail_taken);
}

/* ---- what is due ---- */

/* False: as many are on their way as may be. While all are held one tries for all. */
static bool start(struct post *p, int64_t id)
{
    struct job *j = NULL;

    for (size_t i = 0; i < COUNT_OF(p->jobs); i++) {
        if (p->jobs[i].p == NULL)
            j = &p->jobs[i];
        else if (p->jobs[i].id == id)
            return true;
    }
    if (j == NULL || (p->held_ms != 0 && jobs_under_way(p) > 0))
        return false;
    *j = (struct job){.p = p, .id = id};
    j->op = store_mail_take(p->set.store, id, now_ms(p), on_taken, j);
    return true;
}

static void on_due(enum store_result result, const union store_out *out, void *arg)
{
    struct post *p = arg;
    const bool again = p->again;
    int64_t wait_ms = p->set.after_ms < LOOK_MS ? p->set.after_ms : LOOK_MS;

    p->due = NULL;
    p->again = false;
    if (result != STORE_OK) {
        look_in(p, AGAIN_MS);
        return;
    }
    for (size_t i = 0; i < out->mail_due.count && start(p, out->mail_due.ids[i]); i++)
        ;
    if (out->mail_due.next_ms != 0 && out->mail_due.next_ms - now_ms(p) < wait_ms)
        wait_ms = out->mail_due.next_ms - now_ms(p);
    look_in(p, again ? 0 : wait_ms);
}

static void look(struct post *p)
{
    const int64_t held_for_ms = p->hold_until_ms - env_mono_ms(p->set.env);

    if (p->stopped || !p->begun)
        return;
    if (p->due != NULL)
        p->again = true;
    else if (p->held_ms != 0 && held_for_ms > 0)
        look_in(p, held_for_ms);
    else
        p->due = store_mail_due(p->set.store, now_ms(p), DUE_MAX, on_due, p);
}

/* ---- the whole ---- */

static void begin(struct post *p);

static void on_begun(enum store_result result, const union store_out *out, void *arg)
{
    struct post *p = arg;

    (void)out;
    p->beginning = NULL;
    if (result != STORE_OK) {
        log_event(LOG_ERROR, "mail", "not_begun", LOG_S("result", store_result_name(result)));
        if (!p->stopped)
            begin(p);
        return;
    }
    p->begun = p->set.smtp != NULL;
    look(p);
}

static void begin(struct post *p)
{
    const struct store_mail_begin in = {.ready = p->set.smtp != NULL,
                                        .after_ms = p->set.after_ms,
                                        .most_ms = p->set.most_ms,
                                        .now_ms = now_ms(p)};

    p->beginning = store_mail_begin(p->set.store, &in, on_begun, p);
}

struct post *post_new(const struct post_settings *settings)
{
    struct post *p = calloc(1, sizeof(*p));

    if (p == NULL)
        abort();
    p->set = *settings;
    if (settings->smtp != NULL) {
        (void)!str_copy(p->from, sizeof(p->from), settings->from);
        (void)!str_copy(p->url, sizeof(p->url), settings->url);
    }
    begin(p);
    return p;
}

void post_free(struct post *p)
{
    if (p == NULL)
        return;
    store_cancel(p->set.store, &p->beginning);
    store_cancel(p->set.store, &p->due);
    for (size_t i = 0; i < COUNT_OF(p->jobs); i++) {
        store_cancel(p->set.store, &p->jobs[i].op);
        smtp_cancel(p->set.smtp, &p->jobs[i].call);
        env_timer_cancel(p->set.env, &p->jobs[i].again);
    }
    env_timer_cancel(p->set.env, &p->timer);
    free(p);
}

void post_wake(struct post *p)
{
    if (p->begun && !p->stopped)
        look_in(p, 0);
}

void post_try(struct post *p)
{
    p->hold_until_ms = 0;
    post_wake(p);
}

void post_stop(struct post *p)
{
    p->stopped = true;
}

bool post_is_idle(const struct post *p)
{
    return jobs_under_way(p) == 0;
}

struct post_state post_state(const struct post *p)
{
    const int64_t in_ms = p->hold_until_ms - env_mono_ms(p->set.env);

    return (struct post_state){
        .is_set = p->set.smtp != NULL,
        .url = p->set.smtp != NULL ? p->set.smtp->url : "",
        .from = p->from,
        .held = p->held_ms != 0,
        .reason = p->reason,
        .held_ms = p->held_ms,
        .next_try_ms = p->held_ms == 0 ? 0 : now_ms(p) + (in_ms > 0 ? in_ms : 0),
    };
}
