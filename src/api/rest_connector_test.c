/* Testing credentials: the lines go out as events while the test runs. */
#include <stdlib.h>
#include <string.h>

#include "api/rest_connector_private.h"

/* Belongs to the request until the test has begun, from then on to the stream, as its act does. */
struct testing {
    struct api *api;
    struct rest *r; /* until it has begun */
    struct http_stream *stream;
    struct desk_act *act;
    const struct psa_kind *kind;
    struct buf line;
    char *actor, *address;
};

static void testing_free(struct testing *t)
{
    desk_cancel(t->api->set.desk, &t->act);
    buf_free(&t->line);
    free(t->actor);
    free(t->address);
    free(t);
}

/* The request has ended before the test began. */
static void dropped(void *state)
{
    struct testing *t = *(struct testing **)state;

    if (t != NULL)
        testing_free(t);
}

static void closed(struct http_stream *stream, void *arg)
{
    (void)stream;
    testing_free(arg);
}

/* --- events --- */

static struct jw begin_event(struct testing *t)
{
    struct jw w;

    buf_clear(&t->line);
    buf_str(&t->line, "data: ");
    jw_init(&w, &t->line);
    jw_object(&w, NULL);
    return w;
}

static void end_event(struct testing *t, struct jw *w)
{
    struct net_bytes *bytes;

    jw_object_end(w);
    buf_str(&t->line, "\n\n");
    bytes = net_bytes_new(t->line.ptr, t->line.len);
    (void)http_stream_send(t->stream, bytes); /* one that is dropped is closed */
    net_bytes_unref(bytes);
}

static void begun(const struct psa_kind *kind, void *arg)
{
    static const struct http_field fields[] = {
        {"cache-control", "no-store"},
        {"x-accel-buffering", "no"}, /* a proxy must pass each event on at once */
        {"x-content-type-options", "nosniff"},
        {NULL, NULL},
    };
    struct testing *t = arg;
    struct rest *r = t->r;

    t->r = NULL;
    t->act = r->act;
    r->act = NULL;
    t->kind = kind;
    t->stream = http_stream_start(r->x, "text/event-stream", fields, closed, t);
    *(struct testing **)r->state = NULL;
    rest_end(r);
    struct jw w = begin_event(t);
    jw_array(&w, "steps");
    for (size_t i = 0; i < kind->step_count; i++) {
        jw_object(&w, NULL);
        jw_text(&w, "id", kind->steps[i].id);
        jw_text(&w, "label", kind->steps[i].label);
        jw_object_end(&w);
    }
    jw_array_end(&w);
    end_event(t, &w);
}

static void step(size_t at, enum psa_step_state state, const char *text, void *arg)
{
    struct testing *t = arg;
    struct jw w = begin_event(t);

    jw_text(&w, "id", t->kind->steps[at].id);
    jw_text(&w, "state", psa_step_state_name(state));
    jw_text(&w, "text", text);
    end_event(t, &w);
}

static void note(struct testing *t, const struct desk_answer *answer)
{
    struct buf detail;

    buf_init(&detail, STORE_TEXT_MAX);
    buf_printf(&detail, "account %s, %s", answer->account,
               answer->good ? "nothing wrong" : "not all well");
    const struct store_audit audit = {.at_ms = env_now_ms(t->api->set.env),
                                      .actor = t->actor,
                                      .action = audit_word(AUDIT_CONNECTOR_TESTED),
                                      .object = t->kind->kind,
                                      .address = t->address,
                                      .detail = detail.ptr};
    (void)store_audit_add(t->api->set.store, &audit, NULL, NULL);
    buf_free(&detail);
}

static void done(const struct desk_answer *answer, void *arg)
{
    struct testing *t = arg;

    t->act = NULL;
    if (t->stream == NULL) { /* it never began */
        (void)rest_desk_refused(t->r, answer);
        return;
    }
    note(t, answer);
    struct jw w = begin_event(t);
    jw_text(&w, "test", answer->test);
    jw_bool(&w, "good", answer->good);
    end_event(t, &w);
    http_stream_end(t->stream);
}

void rest_connector_test(struct rest *r)
{
    struct desk_test in = {.begun = begun, .step = step};
    struct testing *t;

    if ((in.kind = rest_text(r, "kind", 64, false)) == NULL ||
        (in.account = rest_text(r, "account", REST_BODY_MAX, true)) == NULL ||
        (in.token = rest_text(r, "token", REST_BODY_MAX, true)) == NULL)
        return;
    t = api_alloc(sizeof(*t));
    t->api = r->api;
    t->r = r;
    t->actor = api_strdup(r->me.email);
    t->address = api_strdup(r->address);
    buf_init(&t->line, 8192);
    *(struct testing **)rest_state(r, sizeof(t), dropped) = t;
    r->act = desk_test(r->api->set.desk, &in, done, t);
}
