/* What staff may ask for. */
#include "api/api_private.h"

#include "base/str.h"
#include "chat/account.h"

#include <stdlib.h>
#include <string.h>

#define INBOX_MAX 500

/* --- hello --- */

static void inbox_read(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;

    a->op = NULL;
    if (!act_refused(a, result)) {
        print_inbox(a->api, &out->summaries);
        session_send_out(a->session);
    }
    act_free(a);
}

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
    a->op = store_inbox_read(s->api->set.store, INBOX_MAX, inbox_read, a);
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

/* --- a conversation --- */

static void entries_read(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;

    a->op = NULL;
    if (!act_refused(a, result)) {
        print_outbox(a->api, &a->conversation, &out->entries);
        session_send_out(a->session);
    }
    act_free(a);
}

static void open_conversation(struct session *s, const struct frame *f)
{
    struct act *a = act_new(s, false, f);

    if (a == NULL)
        return;
    /* Joined before it is read: what comes in between is sent twice rather than not at all. */
    room_join(s, room_get(s->api, &f->conversation));
    resume_frame(s, f);
    a->op = store_outbox_of(s->api->set.store, &f->conversation, entries_read, a);
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
        open_conversation(s, f);
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
        staff_act(s, f);
        break;
    default: /* frame_parse lets no other through */
        break;
    }
}
