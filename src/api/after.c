/* What comes after a conversation: the person rates it, and somebody has what was said sent to the
 * person by email. */
#include "api/api_private.h"
#include "chat/text.h"
#include "mail/post.h"

#include <stdlib.h>
#include <string.h>

#define LETTERS_PER_MINUTE 1 /* transcripts that one browser asks for */
#define LETTER_BURST       5

static bool too_fast(struct session *s, const struct frame *f)
{
    const struct api_settings *set = &s->api->set;
    const int64_t now = env_mono_ms(set->env);
    int64_t wait = 0;

    if (s->side == FRAME_PERSON)
        wait = rate_take(&s->visitor->rate, now, set->messages_per_minute, set->message_burst);
    if (wait == 0 && s->side == FRAME_PERSON && f->kind == FRAME_TRANSCRIPT)
        wait = rate_take(&s->visitor->letters, now, LETTERS_PER_MINUTE, LETTER_BURST);
    if (wait > 0)
        session_error(s, "too_fast", "a little slower, please", f->client_id, wait);
    return wait > 0;
}

static struct store_after after_of(const struct session *s, const struct frame *f)
{
    struct store_after in = {.conversation = f->conversation,
                             .message = env_new_id(s->api->set.env),
                             .name = "",
                             .client_id = f->client_id,
                             .now_ms = env_now_ms(s->api->set.env)};

    if (s->side == FRAME_PERSON) {
        in.asker = asker_of(s);
        return in;
    }
    in.asker.is_staff = true;
    in.by = s->staff->id;
    in.name = s->staff->name;
    return in;
}

/* It is committed: whoever asked hears it, and staff read what was done. */
static void told(struct act *a, const struct store_added *added)
{
    if (a->session != NULL) {
        print_ack(a->api, a, NULL, added->seq, added->at_ms);
        session_send_out(a->session);
    }
    hub_missed_from(a->api, &a->conversation, added->seq);
    hub_refresh_soon(a->api, &a->conversation);
    api_wake(a->api);
}

/* --- the rating --- */

/* On every device of theirs that shows it; a guest is shown their own words only. */
static void rating_read(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;
    struct session *rater = a->session; /* reads do not outlive it */
    struct room *room = room_find(a->api, &a->conversation);

    a->op = NULL;
    if (result == STORE_OK) {
        print_rating(a->api, &out->summary);
        session_send_out(rater);
        for (struct session *s = room == NULL ? NULL : room->first; s != NULL; s = s->room_next)
            if (s->side == FRAME_PERSON && s != rater && !s->is_guest)
                session_send_out(s);
    }
    act_free(a);
}

static void tell_rating(struct session *s, const struct id *conversation)
{
    const struct store_asker asker = asker_of(s);
    struct act *a = act_new(s, false, &(struct frame){.conversation = *conversation});

    if (a != NULL)
        a->op = store_conversation_summary(s->api->set.store, conversation, &asker, rating_read, a);
}

static void rated(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;

    a->op = NULL;
    if (a->session != NULL && result == STORE_REFUSED) {
        session_error(a->session, "not_closed",
                      "this conversation is open: it can be rated once it is closed", a->client_id,
                      -1);
    } else if (a->session != NULL && result == STORE_CROSSED) {
        session_error(a->session, "too_late",
                      "this was rated more than a day ago, and stays as it is", a->client_id, -1);
    } else if (!act_refused(a, result)) {
        told(a, &out->added);
        if (a->session != NULL)
            tell_rating(a->session, &a->conversation);
    }
    act_free(a);
}

/* The comment, cleaned; false: refused, with an error sent. */
static bool clean_comment(struct session *s, const struct frame *f, char body[CHAT_BODY_MAX + 1])
{
    size_t len = 0;
    const char *comment = f->comment != NULL ? f->comment : "";
    const enum text_result result = text_body(comment, strlen(comment), body, &len);

    if (result == TEXT_EMPTY)
        body[0] = '\0';
    else if (result == TEXT_TOO_LONG || (result == TEXT_OK && len > STORE_RATING_COMMENT_MAX))
        session_error(s, "too_long", "the comment is too long", f->client_id, -1);
    else if (result != TEXT_OK)
        session_error(s, "bad_frame", "the comment is not UTF-8", f->client_id, -1);
    return result == TEXT_EMPTY || (result == TEXT_OK && len <= STORE_RATING_COMMENT_MAX);
}

void after_rate(struct session *s, const struct frame *f)
{
    char comment[CHAT_BODY_MAX + 1];
    struct store_after in = after_of(s, f);
    struct act *a;

    if (too_fast(s, f) || !clean_comment(s, f, comment))
        return;
    in.score = f->score;
    in.comment = comment;
    a = act_new(s, true, f);
    if (a != NULL)
        a->op = store_rate(s->api->set.store, &in, rated, a);
}

/* --- the transcript --- */

bool after_has_mail(const struct api *api)
{
    return api->set.post != NULL && post_state(api->set.post).is_set;
}

static void sent(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;

    a->op = NULL;
    if (a->session != NULL && result == STORE_REFUSED) {
        session_error(a->session, "not_proved",
                      "a transcript goes only to an address that was proved, and none was",
                      a->client_id, -1);
    } else if (a->session != NULL && result == STORE_CROSSED) {
        session_error(a->session, "under_way",
                      "a transcript of this conversation is on its way already", a->client_id, -1);
    } else if (!act_refused(a, result)) {
        told(a, &out->added);
        post_wake(a->api->set.post);
    }
    act_free(a);
}

void after_transcript(struct session *s, const struct frame *f)
{
    const struct store_after in = after_of(s, f);
    struct act *a;

    if (too_fast(s, f))
        return;
    if (!after_has_mail(s->api)) {
        session_error(s, "no_mail", "this server sends no email: an administrator sets that up",
                      f->client_id, -1);
        return;
    }
    a = act_new(s, true, f);
    if (a != NULL)
        a->op = store_transcript(s->api->set.store, &in, sent, a);
}
