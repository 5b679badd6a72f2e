/* The connector as an administrator sees it. */
#include <stdlib.h>
#include <string.h>

#include "store/fake/fake_private.h"

static struct fake_connector *find_connector(struct fake *f, const char *kind)
{
    for (size_t i = 0; i < f->connector.count; i++)
        if (strcmp(f->connector.row[i].kind, kind) == 0)
            return &f->connector.row[i];
    return NULL;
}

/* One that was not removed. */
static struct fake_connector *find_live(struct fake *f, const char *kind)
{
    struct fake_connector *c = find_connector(f, kind);

    return c != NULL && !c->removed ? c : NULL;
}

enum store_result fake_run_connector_get(struct fake *f, struct store_op *op)
{
    const struct fake_connector *last = NULL;

    for (size_t i = 0; i < f->connector.count; i++)
        if (!f->connector.row[i].removed &&
            (last == NULL || f->connector.row[i].changed_ms >= last->changed_ms))
            last = &f->connector.row[i];
    if (last == NULL)
        return STORE_NOT_FOUND;
    op->out.connector = (struct store_connector){
        .kind = fake_text(op, last->kind),
        .account = fake_text(op, last->account),
        .sealed_token = fake_text(op, last->sealed_token),
        .token_end = fake_text(op, last->token_end),
        .fallback_customer = last->fallback_customer,
        .fallback_name = fake_text(op, last->fallback_name),
        .status = fake_text(op, last->status),
        .priority = fake_text(op, last->priority),
        .problem_type = fake_text(op, last->problem_type),
        .version = last->version,
        .state = fake_text(op, last->state),
        .reason = fake_text(op, last->reason),
        .paused = last->paused,
        .worked = last->worked,
        .changed_ms = last->changed_ms,
    };
    return STORE_OK;
}

static void drop_value(struct fake *f, const char *key)
{
    size_t i = 0;

    while (i < f->value.count && strcmp(f->value.row[i].key, key) != 0)
        i++;
    if (i == f->value.count)
        return;
    free(f->value.row[i].key);
    free(f->value.row[i].text);
    f->value.row[i] = f->value.row[--f->value.count];
}

static void set_token(struct fake *f, struct fake_connector *c, const struct store_connector *in)
{
    if (c->account == NULL || strcmp(c->account, in->account) != 0) {
        drop_value(f, STORE_VALUE_OPTIONS);
        drop_value(f, STORE_VALUE_SYNC_CURSOR);
    }
    fake_set(&c->account, in->account);
    fake_set(&c->sealed_token, in->sealed_token);
    fake_set(&c->token_end, in->token_end);
    c->removed = c->worked = false;
}

enum store_result fake_run_connector_set(struct fake *f, struct store_op *op)
{
    const struct store_connector *in = &op->in.connector_set;
    struct fake_connector *c = find_connector(f, in->kind);

    if (in->sealed_token[0] == '\0') {
        if (c == NULL || c->removed || strcmp(c->account, in->account) != 0)
            return STORE_CONFLICT;
    } else {
        if (c == NULL) {
            c = FAKE_ADD(&f->connector);
            c->kind = fake_own(in->kind);
        }
        set_token(f, c, in);
    }
    fake_set(&c->fallback_name, in->fallback_name);
    fake_set(&c->status, in->status);
    fake_set(&c->priority, in->priority);
    fake_set(&c->problem_type, in->problem_type);
    if (!c->paused) {
        fake_set(&c->state, "");
        fake_set(&c->reason, "");
    }
    c->fallback_customer = in->fallback_customer;
    c->changed_ms = in->changed_ms;
    c->version++;
    fake_audit(f, &in->audit);
    return STORE_OK;
}

enum store_result fake_run_connector_state(struct fake *f, struct store_op *op)
{
    const struct store_connector *in = &op->in.connector_state;
    struct fake_connector *c = find_live(f, in->kind);

    if (c == NULL || c->paused)
        return STORE_NOT_FOUND;
    fake_set(&c->state, in->state);
    fake_set(&c->reason, in->reason);
    c->worked = c->worked || strcmp(in->state, "ok") == 0;
    return STORE_OK;
}

enum store_result fake_run_connector_pause(struct fake *f, struct store_op *op)
{
    const struct store_connector_pause *in = &op->in.connector_pause;
    struct fake_connector *c = find_live(f, in->kind);

    if (c == NULL)
        return STORE_NOT_FOUND;
    op->out.changed.changed = c->paused != in->paused;
    if (!op->out.changed.changed)
        return STORE_OK;
    c->paused = in->paused;
    c->version++;
    fake_set(&c->state, "");
    fake_set(&c->reason, in->paused ? in->reason : "");
    fake_audit(f, &in->audit);
    return STORE_OK;
}

enum store_result fake_run_connector_remove(struct fake *f, struct store_op *op)
{
    const struct store_connector_pause *in = &op->in.connector_remove;
    struct fake_connector *c = find_live(f, in->kind);

    if (c == NULL)
        return STORE_NOT_FOUND;
    c->removed = true;
    c->paused = c->worked = false;
    c->version++;
    fake_set(&c->sealed_token, "");
    fake_set(&c->token_end, "");
    fake_set(&c->state, "");
    fake_set(&c->reason, in->reason);
    fake_audit(f, &in->audit);
    op->out.changed.changed = true;
    return STORE_OK;
}

enum store_result fake_run_calls_add(struct fake *f, struct store_op *op)
{
    const struct store_calls_add *in = &op->in.calls_add;
    struct fake_hour *h = NULL;

    for (size_t i = 0; i < f->hour.count; i++)
        if (strcmp(f->hour.row[i].kind, in->kind) == 0 && f->hour.row[i].hour_ms == in->hour_ms)
            h = &f->hour.row[i];
    if (h == NULL) {
        h = FAKE_ADD(&f->hour);
        h->kind = fake_own(in->kind);
        h->hour_ms = in->hour_ms;
    }
    h->calls += in->calls;
    h->errors += in->errors;
    h->last_ms = in->last_ms > h->last_ms ? in->last_ms : h->last_ms;
    for (size_t i = f->hour.count; i-- > 0;) {
        if (strcmp(f->hour.row[i].kind, in->kind) != 0 ||
            f->hour.row[i].hour_ms > in->hour_ms - STORE_CALL_HOURS * INT64_C(3600000))
            continue;
        free(f->hour.row[i].kind);
        f->hour.row[i] = f->hour.row[--f->hour.count];
    }
    return STORE_OK;
}

static int by_hour(const void *left, const void *right)
{
    const struct store_hour *a = left, *b = right;

    return (a->hour_ms > b->hour_ms) - (a->hour_ms < b->hour_ms);
}

enum store_result fake_run_calls_read(struct fake *f, struct store_op *op)
{
    const struct store_in_since *in = &op->in.calls_read;
    struct store_calls *out = &op->out.calls;
    struct store_hour *rows = fake_room(op, f->hour.count, sizeof(*rows));

    *out = (struct store_calls){.rows = rows};
    for (size_t i = 0; i < f->hour.count; i++) {
        const struct fake_hour *h = &f->hour.row[i];
        if (strcmp(h->kind, in->kind) != 0)
            continue;
        if (h->last_ms > out->last_ms)
            out->last_ms = h->last_ms;
        if (h->hour_ms >= in->since_ms)
            rows[out->count++] = (struct store_hour){h->hour_ms, h->calls, h->errors};
    }
    qsort(rows, out->count, sizeof(*rows), by_hour);
    return STORE_OK;
}
