/* What staff may ask for. */
#include "api/api_private.h"

#include "base/str.h"
#include "chat/account.h"

#include <stdlib.h>
#include <string.h>

/* --- hello --- */

static void session_checked(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;
    struct session *s = a->session;

    a->op = NULL;
    if (s->state != SESSION_OPENING)
        goto done;
    if (result != STORE_OK) {
        bool unknown = result == STORE_NOT_FOUND;

        session_error(s, unknown ? "not_allowed" : "busy",
                      unknown ? "you are signed out: sign in again" : "the server cannot read now",
                      NULL, -1);
        session_end(s, unknown ? 1008 : 1013, unknown ? "not allowed" : "try again later");
        goto done;
    }
    s->staff->name = api_strdup(out->session.name);
    s->staff->id = out->session.staff;
    s->staff->role = out->session.role;
    session_set_state(s, SESSION_READY);
    s->since_ms = 0;
    print_welcome_staff(s->api, s->staff);
    session_send_out(s);
    team_told(s);
    /* The session hears of changes from here on, so that the list cannot miss one. */
    staff_inbox_first(a);
    return;
done:
    act_free(a);
}

static void hello(struct session *s, const struct frame *f)
{
    struct act *a = act_new(s, false, f);

    if (a == NULL)
        return;
    session_set_state(s, SESSION_OPENING);
    a->op = store_session_check(s->api->set.store, s->staff->hash, env_now_ms(s->api->set.env),
                                ACCOUNT_IDLE_MS, session_checked, a);
}

/* --- trying again --- */

static void retried(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;

    (void)out;
    a->op = NULL;
    if (!act_refused(a, result)) {
        hub_refresh(a->api, &a->conversation);
        api_wake(a->api);
    }
    act_free(a);
}

static void retry(struct session *s, const struct frame *f)
{
    struct act *a = act_new(s, true, f);

    if (a != NULL)
        a->op = store_outbox_retry(s->api->set.store, &f->conversation, env_now_ms(s->api->set.env),
                                   NULL, retried, a);
}

void staff_frame(struct session *s, const struct frame *f)
{
    switch (f->kind) {
    case FRAME_HELLO:
        hello(s, f);
        break;
    case FRAME_OPEN:
        staff_open(s, f);
        break;
    case FRAME_INBOX:
        staff_inbox(s, f);
        break;
    case FRAME_RESUME:
        resume_frame(s, f);
        break;
    case FRAME_REPLY:
        act_say(s, f, RULES_REPLY);
        break;
    case FRAME_NOTE:
        act_say(s, f, RULES_NOTE);
        break;
    case FRAME_SET:
        ticket_set(s, f);
        break;
    case FRAME_SETTLE:
        ticket_settle(s, f);
        break;
    case FRAME_RETRY:
        retry(s, f);
        break;
    case FRAME_ASSIGN:
    case FRAME_SNOOZE:
    case FRAME_CLOSE:
    case FRAME_REOPEN:
    case FRAME_TAGS:
    case FRAME_MERGE:
        staff_act(s, f);
        break;
    case FRAME_DRAFT:
    case FRAME_READ:
    case FRAME_LOOK:
        staff_talk(s, f);
        break;
    case FRAME_TRANSCRIPT:
        after_transcript(s, f);
        break;
    default: /* frame_parse lets no other through */
        break;
    }
}
