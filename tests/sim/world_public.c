/* Both sides show the same public conversation, each entry once. An entry is known by its mark:
 * "<03:07>" was said in Parley, "{0012.1}" in Syncro, as it was worded last. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chat/status.h"
#include "sim/world_private.h"

#define CALM_MS  200000
#define MARK_LEN 7
#define MARKS    512

struct marks {
    char text[MARKS][MARK_LEN + 2];
    size_t count;
};

/* Both sides of one talk; note: what only staff see. */
struct sides {
    struct talk *t;
    struct marks chat, chat_notes, ticket, ticket_notes;
    bool is_read, is_empty; /* is_empty: the ticket, which proves nothing */
};

static void collect(const char *body, struct marks *to)
{
    int a, b;

    for (const char *p = body; *p != '\0' && to->count < MARKS; p++) {
        size_t len = 0;
        if (*p == '<' && sscanf(p, "<%2d:%2d>", &a, &b) == 2)
            len = 7;
        else if (*p == '{' && sscanf(p, "{%4d.%1d}", &a, &b) == 2)
            len = 8;
        if (len > 0)
            snprintf(to->text[to->count++], sizeof(to->text[0]), "%.*s", (int)len, p);
    }
}

static int count_of(const struct marks *in, const char *text)
{
    int n = 0;

    for (size_t i = 0; i < in->count; i++)
        n += strcmp(in->text[i], text) == 0;
    return n;
}

static void on_messages(enum store_result result, const union store_out *out, void *arg)
{
    struct sides *s = arg;

    s->t->look = NULL;
    s->is_read = result == STORE_OK && !out->messages.more;
    for (size_t i = 0; s->is_read && i < out->messages.count; i++) {
        const struct store_message *m = &out->messages.rows[i];
        if (m->author != STORE_EVENT)
            collect(m->body, m->author == STORE_NOTE ? &s->chat_notes : &s->chat);
    }
}

static void on_summary(enum store_result result, const union store_out *out, void *arg)
{
    struct talk *t = arg;

    t->look = NULL;
    t->ticket = result == STORE_OK ? out->summary.ticket.id : 0;
    if (result == STORE_OK) {
        snprintf(t->status, sizeof(t->status), "%s", out->summary.ticket.status);
        t->is_open = out->summary.open;
        t->is_joined = !id_is_none(&out->summary.merged);
    }
}

/* Somebody opens every conversation: what no poll tells is seen then. */
static void open_all(struct world *w)
{
    struct sync *sync = outbox_sync(w->outbox);

    for (int i = 0; i < w->talk_count; i++) {
        struct talk *t = &w->talks[i];
        world_look(t, on_summary);
        sim_env_run(w->sim, 500);
        if (sync != NULL && t->ticket != 0)
            sync_read(sync, &t->id, t->ticket);
        sim_env_run(w->sim, 3000);
    }
}

/* The description of a new ticket tells again what the person had said in the one before. */
static bool tells_again(const struct sandbox_comment *c)
{
    return c->hidden && strstr(c->body, WORLD_LEFT) != NULL;
}

static void read_sides(struct sides *s)
{
    struct talk *t = s->t;
    const struct store_messages_read in = {.conversation = t->id,
                                           .asker = {.is_staff = true},
                                           .limit = STORE_READ_MAX,
                                           .include_notes = true};
    struct sandbox_ticket view;
    struct sandbox_comment c;

    world_look(t, on_summary);
    sim_env_run(t->w->sim, 200);
    t->look = store_messages_read(t->w->store, &in, on_messages, s);
    sim_env_run(t->w->sim, 200);
    const int at = t->ticket == 0 ? -1 : world_find_ticket(t->w, t->ticket, &view);
    s->is_empty = at >= 0 && view.comments == 0;
    if (t->ticket != 0 && at < 0)
        world_wrong(t->w, "talk %d: its ticket %lld is gone, and nobody noticed", t->number,
                    (long long)t->ticket);
    if (at >= 0 && t->seen.unfinished == 0 && view.status != NULL &&
        strcmp(view.status, t->status) != 0)
        world_wrong(t->w, "talk %d: the chat says %s, the ticket %s", t->number, t->status,
                    view.status);
    /* Who turned it last only the PSA's own clock tells. */
    if (at >= 0 && t->seen.unfinished == 0 && view.status != NULL && !t->w->is_skewed &&
        !t->is_joined && t->leaves == 0 && !t->is_cut && !t->is_merged &&
        t->is_open != !status_is_closed(view.status))
        world_wrong(t->w, "talk %d: the chat is %s, the ticket %s", t->number,
                    t->is_open ? "open" : "closed", view.status);
    for (size_t j = 0; at >= 0 && sandbox_comment_at(t->w->sandbox, (size_t)at, j, &c) == 0; j++)
        if (c.body != NULL && !tells_again(&c))
            collect(c.body, c.hidden ? &s->ticket_notes : &s->ticket);
}

static void check_sides(struct sides *s)
{
    struct talk *t = s->t;
    struct world *w = t->w;

    if (!s->is_read)
        world_wrong(w, "talk %d cannot be read", t->number);
    for (size_t i = 0; i < s->ticket.count; i++) {
        const char *mark = s->ticket.text[i];
        /* Merged as copies it may be there twice; then it is here as often. What was said in a
         * ticket while the talk had another is for staff only, as is what is there no more. */
        const int notes = t->leaves > 0 ? count_of(&s->chat_notes, mark) : 0;
        const int shown = count_of(&s->chat, mark);
        if (shown > count_of(&s->ticket, mark) || shown + notes < count_of(&s->ticket, mark))
            world_wrong(w, "talk %d: %s is %d times in the ticket and %d times in the chat",
                        t->number, mark, count_of(&s->ticket, mark), shown);
    }
    for (size_t i = 0; i < s->ticket_notes.count; i++) {
        const char *mark = s->ticket_notes.text[i];
        if (count_of(&s->chat, mark) > count_of(&s->ticket, mark))
            world_wrong(w, "talk %d: %s is hidden in the ticket and shown in the chat", t->number,
                        mark);
    }
    /* What was in a ticket that is gone stays in the chat, and what was
     * never filed. */
    for (size_t i = 0; i < s->chat.count; i++) {
        const char *mark = s->chat.text[i];
        const bool may_be_more =
            t->is_cut || t->leaves > 0 || t->seen.parked > 0 || t->ticket == 0 || s->is_empty;
        if (count_of(&s->ticket, mark) == 0 && !may_be_more)
            world_wrong(w, "talk %d: %s is in the chat only", t->number, mark);
        if (count_of(&s->chat, mark) > 1 && !t->is_merged && !t->is_cut)
            world_wrong(w, "talk %d: %s is in the chat %d times", t->number, mark,
                        count_of(&s->chat, mark));
    }
}

static bool is(const struct world *w, const char *name, const char *value)
{
    const char *now = sandbox_get_switch(w->sandbox, name);

    return now != NULL && strcmp(now, value) == 0;
}

void world_public_check(struct world *w)
{
    bool polled = is(w, "comment-touches-ticket", "yes") && is(w, "hidden-touches-ticket", "yes") &&
                  is(w, "edit-touches-ticket", "yes");

    for (int i = 0; i < w->talk_count; i++)
        polled = polled && !w->talks[i].is_cut && !w->talks[i].is_merged;
    /* A token that was taken away comes back, and is tried again within minutes. */
    for (int i = 0; (w->mend != NULL || outbox_sync(w->outbox) == NULL) && i < 60; i++)
        sim_env_run(w->sim, 10000);
    sim_env_run(w->sim, CALM_MS);
    if (!polled) {
        open_all(w);
        sim_env_run(w->sim, CALM_MS);
    }
    for (int i = 0; i < w->talk_count; i++) {
        struct sides *s = calloc(1, sizeof(*s));

        if (s == NULL)
            abort();
        s->t = &w->talks[i];
        read_sides(s);
        check_sides(s);
        free(s);
    }
}
