/* The ticket as staff have it before them: what of it they set, what is still on its way, and what
 * met another's change in the PSA (store/ticket.h). */
#include "api/api_private.h"

#include "base/str.h"

#include <string.h>

#define VALUE_SIZE  256
#define PAYLOAD_MAX 4096

/* --- setting --- */

static void updated(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;

    (void)out;
    a->op = NULL;
    if (!act_refused(a, result)) {
        if (a->session != NULL) {
            print_ack(a->api, a, NULL, 0, env_now_ms(a->api->set.env));
            session_send_out(a->session);
        }
        hub_refresh(a->api, &a->conversation);
        api_wake(a->api);
    }
    act_free(a);
}

static bool may_be(const struct api *api, const char *list, const char *value)
{
    return value == NULL || api_is_option(api, list, value);
}

static void write_change(struct buf *to, const struct frame *f)
{
    struct jw w;

    jw_init(&w, to);
    jw_object(&w, NULL);
    if (f->status != NULL)
        jw_text(&w, "status", f->status);
    if (f->priority != NULL)
        jw_text(&w, "priority", f->priority);
    if (f->issue_type != NULL)
        jw_text(&w, "issue_type", f->issue_type);
    if (f->has_assignee)
        jw_int(&w, "assignee", f->assignee);
    if (f->has_due)
        jw_int(&w, "due", f->due_ms);
    jw_bool(&w, "compare", true);
    jw_object_end(&w);
}

void ticket_set(struct session *s, const struct frame *f)
{
    struct store_ticket_update in = {.conversation = f->conversation,
                                     .client_id = f->client_id,
                                     .interactive = true,
                                     .now_ms = env_now_ms(s->api->set.env)};
    struct act *a;
    struct buf b;

    if (!may_be(s->api, "statuses", f->status) || !may_be(s->api, "priorities", f->priority) ||
        !may_be(s->api, "problem_types", f->issue_type) ||
        (f->has_assignee && f->assignee != 0 && !ticket_is_user(s->api, f->assignee))) {
        session_error(s, "not_allowed", "the account has no such value", f->client_id, -1);
        return;
    }
    a = act_new(s, true, f);
    if (a == NULL)
        return;
    buf_init(&b, PAYLOAD_MAX);
    write_change(&b, f);
    a->sender = sender_of(s);
    in.sender = a->sender;
    in.payload = b.ptr;
    a->op = store_ticket_update(s->api->set.store, &in, updated, a);
    buf_free(&b);
}

void ticket_settle(struct session *s, const struct frame *f)
{
    struct act *a = act_new(s, true, f);
    struct store_conflict_settle in = {.conversation = f->conversation,
                                       .outbox = f->entry,
                                       .keep = f->keep,
                                       .client_id = f->client_id,
                                       .now_ms = env_now_ms(s->api->set.env)};

    if (a == NULL)
        return;
    a->sender = sender_of(s);
    in.sender = a->sender;
    a->op = store_conflict_settle(s->api->set.store, &in, updated, a);
}

/* --- telling --- */

/* What a ticket is to become, by what waits: the latest of each counts. */
struct wanted {
    char status[VALUE_SIZE], priority[VALUE_SIZE], issue_type[VALUE_SIZE];
    bool has_assignee, has_due;
    int64_t assignee, due_ms;
};

static void take_text(const struct json *from, const char *key, char to[VALUE_SIZE])
{
    const char *text = json_get_text(from, key);

    if (text != NULL)
        (void)!str_copy(to, VALUE_SIZE, text);
}

static void take_line(struct wanted *to, const char *line, size_t len)
{
    struct json_doc *doc = json_parse(line, len, NULL);
    const struct json *root = doc == NULL ? NULL : json_root(doc);

    take_text(root, "status", to->status);
    take_text(root, "priority", to->priority);
    take_text(root, "issue_type", to->issue_type);
    to->has_assignee = json_get_int(root, "assignee", &to->assignee) == 0 || to->has_assignee;
    to->has_due = json_get_int(root, "due", &to->due_ms) == 0 || to->has_due;
    json_free(doc);
}

static void print_changes(struct jw *w, const char *key, const char *lines)
{
    struct wanted want = {.assignee = 0};

    while (*lines != '\0') {
        const size_t len = strcspn(lines, "\n");

        take_line(&want, lines, len);
        lines += len + (lines[len] == '\n');
    }
    jw_object(w, key);
    if (want.status[0] != '\0')
        jw_text(w, "status", want.status);
    if (want.priority[0] != '\0')
        jw_text(w, "priority", want.priority);
    if (want.issue_type[0] != '\0')
        jw_text(w, "issue_type", want.issue_type);
    if (want.has_assignee)
        jw_int(w, "assignee", want.assignee);
    if (want.has_due)
        jw_int(w, "due", want.due_ms);
    jw_object_end(w);
}

void ticket_print(struct jw *w, const struct store_ticket *t)
{
    if (t->id != 0)
        jw_int(w, "id", t->id);
    else
        jw_null(w, "id");
    print_some(w, "issue_type", t->issue_type);
    jw_int(w, "assignee_id", t->assignee_id);
    if (t->due_ms != 0)
        jw_int(w, "due", t->due_ms);
    else
        jw_null(w, "due");
    print_changes(w, "pending", t->changes);
    jw_bool(w, "conflict", t->has_conflict);
}

void ticket_print_entry(struct jw *w, const struct store_entry *e)
{
    if (e->sent_at_ms != 0)
        jw_int(w, "sent", e->sent_at_ms);
    if (e->finished_ms != 0)
        jw_int(w, "done", e->finished_ms);
    if (e->payload[0] != '\0')
        print_changes(w, "change", e->payload);
    if (e->conflict[0] != '\0' && e->state == STORE_GIVEN_UP)
        jw_raw(w, "conflict", e->conflict);
}
