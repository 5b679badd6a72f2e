/* Time, order and crashes of the store for simulations; the operations are in fake_chat.c,
 * fake_outbox.c, fake_memory.c, fake_staff.c and fake_session.c. */
#include <stdlib.h>
#include <string.h>

#include "store/fake/fake_private.h"
#include "store/fake/store_fake.h"

typedef enum store_result run_fn(struct fake *f, struct store_op *op);

static run_fn *const run[STORE_OP_COUNT] = {
#define X(name, member, write, type) [STORE_OP_##name] = fake_run_##member,
    STORE_OPS(X)
#undef X
};

/* --- memory --- */

void *fake_grow(void *rows, size_t count, size_t *room, size_t size)
{
    if (count == *room) {
        *room = *room == 0 ? 16 : 2 * *room;
        rows = realloc(rows, *room * size);
        if (rows == NULL)
            abort();
    }
    memset((char *)rows + count * size, 0, size);
    return rows;
}

char *fake_own(const char *text)
{
    char *copy = strdup(text != NULL ? text : "");

    if (copy == NULL)
        abort();
    return copy;
}

void fake_set(char **text, const char *with)
{
    char *copy = fake_own(with);

    free(*text);
    *text = copy;
}

const char *fake_text(struct store_op *op, const char *text)
{
    const char *copy = arena_strdup(op->arena, text != NULL ? text : "");

    if (copy == NULL)
        op->too_large = true;
    return copy != NULL ? copy : "";
}

void *fake_room(struct store_op *op, size_t count, size_t size)
{
    void *p = arena_alloc(op->arena, count * size + 1);

    if (p == NULL)
        abort(); /* reads are bounded far below the arena's maximum */
    return p;
}

/* --- from the call to the callback --- */

static void answer_next(void *arg);
static void commit_next(void *arg);

static int64_t delay(struct fake *f)
{
    uint32_t chance;

    if (f->max_delay_ms <= 0)
        return 0;
    env_random(f->env, &chance, sizeof(chance));
    return chance % (f->max_delay_ms + 1);
}

static void arm(struct fake *f)
{
    if (f->waiting != NULL && f->commit_timer == NULL)
        f->commit_timer = env_timer_start(f->env, delay(f), commit_next, f);
    if (f->answered != NULL && f->answer_timer == NULL)
        f->answer_timer = env_timer_start(f->env, delay(f), answer_next, f);
}

static void commit_next(void *arg)
{
    struct fake *f = arg;
    struct store_op *op = f->waiting;

    f->commit_timer = NULL;
    f->waiting = op->next;
    if (f->waiting == NULL)
        f->waiting_end = &f->waiting;
    op->next = NULL;
    if (f->fail_count > 0) {
        f->fail_count--;
        op->result = f->fail_result;
    } else {
        op->result = run[op->kind](f, op);
        if (op->too_large && !store_op_is_write(op->kind))
            op->result = STORE_FAILED;
    }
    *f->answered_end = op;
    f->answered_end = &op->next;
    arm(f);
}

static void answer_next(void *arg)
{
    struct fake *f = arg;
    struct store_op *op = f->answered;

    f->answer_timer = NULL;
    f->answered = op->next;
    if (f->answered == NULL)
        f->answered_end = &f->answered;
    arm(f);
    store_op_finish(op);
}

static void submit(struct store *s, struct store_op *op)
{
    struct fake *f = (struct fake *)s;

    op->next = NULL;
    *f->waiting_end = op;
    f->waiting_end = &op->next;
    arm(f);
}

void store_fake_set_delay(struct store *s, int64_t max_ms)
{
    ((struct fake *)s)->max_delay_ms = max_ms;
}

void store_fake_fail_next(struct store *s, int count, enum store_result result)
{
    ((struct fake *)s)->fail_count = count;
    ((struct fake *)s)->fail_result = result;
}

static void drop(struct store_op *op)
{
    while (op != NULL) {
        struct store_op *next = op->next;
        store_op_free(op);
        op = next;
    }
}

void store_fake_crash(struct store *s)
{
    struct fake *f = (struct fake *)s;

    env_timer_cancel(f->env, &f->commit_timer);
    env_timer_cancel(f->env, &f->answer_timer);
    drop(f->waiting);
    drop(f->answered);
    f->waiting = f->answered = NULL;
    f->waiting_end = &f->waiting;
    f->answered_end = &f->answered;
    f->fail_count = 0;
}

/* --- life --- */

static void free_chat(struct fake *f)
{
    for (size_t i = 0; i < f->person.count; i++) {
        free(f->person.row[i].name);
        free(f->person.row[i].email);
        free(f->person.row[i].company);
    }
    for (size_t i = 0; i < f->conversation.count; i++) {
        struct fake_conversation *c = &f->conversation.row[i];
        free(c->subject);
        free(c->number);
        free(c->status);
        free(c->priority);
        free(c->account);
    }
    for (size_t i = 0; i < f->message.count; i++) {
        free(f->message.row[i].name);
        free(f->message.row[i].body);
        free(f->message.row[i].sender);
        free(f->message.row[i].client_id);
    }
    for (size_t i = 0; i < f->entry.count; i++) {
        free(f->entry.row[i].payload);
        free(f->entry.row[i].reason);
        free(f->entry.row[i].sender);
        free(f->entry.row[i].client_id);
        free(f->entry.row[i].account);
    }
}

static void free_memory(struct fake *f)
{
    for (size_t i = 0; i < f->match.count; i++) {
        free(f->match.row[i].account);
        free(f->match.row[i].email);
        free(f->match.row[i].company);
    }
    for (size_t i = 0; i < f->value.count; i++) {
        free(f->value.row[i].key);
        free(f->value.row[i].text);
    }
    for (size_t i = 0; i < f->lease.count; i++)
        free(f->lease.row[i].kind);
    for (size_t i = 0; i < f->person_link.count; i++)
        free(f->person_link.row[i].account);
    for (size_t i = 0; i < f->hour.count; i++)
        free(f->hour.row[i].kind);
    for (size_t i = 0; i < f->connector.count; i++) {
        struct fake_connector *c = &f->connector.row[i];
        free(c->kind);
        free(c->account);
        free(c->sealed_token);
        free(c->token_end);
        free(c->fallback_name);
        free(c->status);
        free(c->priority);
        free(c->problem_type);
        free(c->state);
        free(c->reason);
    }
}

/* Commit what is queued, as store_free promises, without answers. */
static void fake_free(struct store *s)
{
    struct fake *f = (struct fake *)s;

    for (struct store_op *op = f->waiting; op != NULL; op = op->next)
        run[op->kind](f, op);
    store_fake_crash(s);
    free_chat(f);
    free_memory(f);
    fake_free_staff(f);
    free(f->person.row);
    free(f->visitor.row);
    free(f->conversation.row);
    free(f->message.row);
    free(f->entry.row);
    free(f->match.row);
    free(f->value.row);
    free(f->lease.row);
    free(f->connector.row);
    free(f->person_link.row);
    free(f->hour.row);
    free(f);
}

static const struct store_ops ops = {submit, fake_free};

struct store *store_fake_new(struct env *env)
{
    struct fake *f = calloc(1, sizeof(*f));

    if (f == NULL)
        abort();
    f->base.ops = &ops;
    f->env = env;
    f->waiting_end = &f->waiting;
    f->answered_end = &f->answered;
    return &f->base;
}
