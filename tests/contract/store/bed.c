#include "bed.h"

#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"

bool bed_use_fake;

/* ---- life ---- */

void bed_make_dir(char dir[64])
{
    snprintf(dir, 64, "%s/parley-store-XXXXXX", getenv("TMPDIR") != NULL ? "." : "/tmp");
    assert_non_null(mkdtemp(dir));
}

void bed_remove_dir(const char *dir)
{
    static const char *const names[] = {"parley.db", "parley.db-wal", "parley.db-shm", "lock"};
    char path[128];

    for (size_t i = 0; i < COUNT_OF(names); i++) {
        snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
        unlink(path);
    }
    assert_int_equal(rmdir(dir), 0);
}

static void open_store(struct bed *b)
{
    struct err err = {{0}};

    b->s = b->fake ? store_fake_new(loop_env(b->loop)) : store_sqlite_open(b->dir, b->loop, &err);
    if (b->s == NULL)
        fail_msg("%s", err.text);
}

int bed_open(void **state)
{
    struct bed *b = calloc(1, sizeof(*b));

    assert_non_null(b);
    b->fake = bed_use_fake;
    b->loop = loop_new(NULL);
    assert_non_null(b->loop);
    b->keep = arena_new((size_t)64 << 20);
    if (!b->fake)
        bed_make_dir(b->dir);
    open_store(b);
    *state = b;
    return 0;
}

int bed_close(void **state)
{
    struct bed *b = *state;

    store_free(b->s);
    loop_turn(b->loop, 0);
    loop_free(b->loop);
    arena_free(b->keep);
    if (!b->fake)
        bed_remove_dir(b->dir);
    free(b);
    return 0;
}

void bed_reopen(struct bed *b)
{
    if (b->fake) {
        store_fake_crash(b->s);
        return;
    }
    store_free(b->s);
    loop_turn(b->loop, 0);
    open_store(b);
}

void bed_wait(struct bed *b, int answers)
{
    const int64_t end_ms = clock_mono_ms() + 20000;

    while (b->answers < answers) {
        if (clock_mono_ms() > end_ms)
            fail_msg("no answer after 20 s (%d of %d)", b->answers, answers);
        loop_turn(b->loop, 20);
    }
}

/* ---- answers ---- */

void bed_plain(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;

    assert_true((result == STORE_OK || result == STORE_MOVED) == (out != NULL));
    b->result = result;
    memset(&b->out, 0, sizeof(b->out));
    if (out != NULL)
        b->out = *out;
    b->answers++;
}

static void keep(struct bed *b, const char **text)
{
    if (b->result == STORE_OK)
        assert_non_null(*text);
    *text = arena_strdup(b->keep, *text);
}

void keep_text(struct bed *b, const char **text)
{
    keep(b, text);
}

static void *keep_rows(struct bed *b, const void *rows, size_t size)
{
    void *copy = arena_alloc(b->keep, size + 1);

    assert_non_null(copy);
    if (size > 0)
        memcpy(copy, rows, size);
    return copy;
}

static void keep_summary(struct bed *b, struct store_summary *s)
{
    const char **texts[] = {
        &s->reference,       &s->name,           &s->email,           &s->company,
        &s->subject,         &s->last_body,      &s->ticket.number,   &s->ticket.status,
        &s->ticket.priority, &s->ticket.account, &s->ticket.assignee, &s->ticket.reason,
        &s->staff_name,      &s->tags,           &s->rating.comment,  &s->ticket.issue_type,
        &s->ticket.changes};

    for (size_t i = 0; i < COUNT_OF(texts); i++)
        keep(b, texts[i]);
}

static const struct store_message *keep_messages(struct bed *b, const struct store_message *rows,
                                                 size_t count)
{
    struct store_message *copy = keep_rows(b, rows, count * sizeof(*copy));

    for (size_t i = 0; i < count; i++) {
        keep(b, &copy[i].name);
        keep(b, &copy[i].body);
        keep(b, &copy[i].sender);
        keep(b, &copy[i].client_id);
    }
    return copy;
}

void bed_started(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;

    bed_plain(result, out, arg);
    keep(b, &b->out.started.reference);
}

void bed_added(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;

    bed_plain(result, out, arg);
    keep(b, &b->out.added.reference);
}

void bed_visitor(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;

    bed_plain(result, out, arg);
    keep(b, &b->out.visitor.name);
    keep(b, &b->out.visitor.email);
    keep(b, &b->out.visitor.company);
    keep(b, &b->out.visitor.via);
    if (b->out.visitor.has_conversation)
        keep_summary(b, &b->out.visitor.conversation);
}

void bed_messages(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;

    bed_plain(result, out, arg);
    keep(b, &b->out.messages.reference);
    b->out.messages.rows = keep_messages(b, b->out.messages.rows, b->out.messages.count);
}

void bed_summary(enum store_result result, const union store_out *out, void *arg)
{
    bed_plain(result, out, arg);
    keep_summary(arg, &((struct bed *)arg)->out.summary);
}

void bed_summaries(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;
    struct store_summary *rows;

    bed_plain(result, out, arg);
    rows = keep_rows(b, b->out.summaries.rows, b->out.summaries.count * sizeof(*rows));
    for (size_t i = 0; i < b->out.summaries.count; i++)
        keep_summary(b, &rows[i]);
    b->out.summaries.rows = rows;
}

void bed_entries(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;
    struct store_entry *rows;

    bed_plain(result, out, arg);
    rows = keep_rows(b, b->out.entries.rows, b->out.entries.count * sizeof(*rows));
    for (size_t i = 0; i < b->out.entries.count; i++) {
        keep(b, &rows[i].reason);
        keep(b, &rows[i].payload);
        keep(b, &rows[i].conflict);
    }
    b->out.entries.rows = rows;
}

void bed_due(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;

    bed_plain(result, out, arg);
    b->out.due.rows = keep_rows(b, b->out.due.rows, b->out.due.count * sizeof(*b->out.due.rows));
}

void bed_taken(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;
    struct store_taken *t = &b->out.taken;
    const char **texts[] = {&t->payload,       &t->reference,     &t->subject,
                            &t->name,          &t->email,         &t->company,
                            &t->ticket_number, &t->ticket_status, &t->account};

    bed_plain(result, out, arg);
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        keep(b, texts[i]);
    t->messages = keep_messages(b, t->messages, t->message_count);
}

void bed_connector(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;
    struct store_connector *c = &b->out.connector;
    const char **texts[] = {&c->kind,          &c->account, &c->sealed_token, &c->token_end,
                            &c->fallback_name, &c->status,  &c->priority,     &c->problem_type,
                            &c->state,         &c->reason};

    bed_plain(result, out, arg);
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        keep(b, texts[i]);
}

static void keep_session(struct bed *b, struct store_session *s)
{
    keep(b, &s->name);
    keep(b, &s->email);
    keep(b, &s->address);
    keep(b, &s->agent);
}

void bed_session(enum store_result result, const union store_out *out, void *arg)
{
    bed_plain(result, out, arg);
    keep_session(arg, &((struct bed *)arg)->out.session);
}

static void keep_staff(struct bed *b, struct store_staff *s)
{
    keep(b, &s->name);
    keep(b, &s->email);
    keep(b, &s->password);
    keep(b, &s->totp);
}

void bed_staff_out(enum store_result result, const union store_out *out, void *arg)
{
    bed_plain(result, out, arg);
    keep_staff(arg, &((struct bed *)arg)->out.staff);
}

void bed_link(enum store_result result, const union store_out *out, void *arg)
{
    bed_plain(result, out, arg);
    keep(arg, &((struct bed *)arg)->out.link.name);
    keep(arg, &((struct bed *)arg)->out.link.email);
}

void bed_staff_list(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;

    bed_plain(result, out, b);
    struct store_staff *rows =
        keep_rows(b, b->out.staff_list.rows, b->out.staff_list.count * sizeof(*rows));
    for (size_t i = 0; i < b->out.staff_list.count; i++)
        keep_staff(b, &rows[i]);
    b->out.staff_list.rows = rows;
}

void bed_sessions(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;

    bed_plain(result, out, b);
    struct store_session *rows =
        keep_rows(b, b->out.sessions.rows, b->out.sessions.count * sizeof(*rows));
    for (size_t i = 0; i < b->out.sessions.count; i++)
        keep_session(b, &rows[i]);
    b->out.sessions.rows = rows;
}

void bed_audits(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;

    bed_plain(result, out, b);
    struct store_audit *rows =
        keep_rows(b, b->out.audits.rows, b->out.audits.count * sizeof(*rows));
    for (size_t i = 0; i < b->out.audits.count; i++) {
        keep(b, &rows[i].actor);
        keep(b, &rows[i].action);
        keep(b, &rows[i].object);
        keep(b, &rows[i].address);
        keep(b, &rows[i].detail);
    }
    b->out.audits.rows = rows;
}

void bed_match(enum store_result result, const union store_out *out, void *arg)
{
    bed_plain(result, out, arg);
    keep(arg, &((struct bed *)arg)->out.psa_match.company);
}

void bed_value(enum store_result result, const union store_out *out, void *arg)
{
    bed_plain(result, out, arg);
    keep(arg, &((struct bed *)arg)->out.value.text);
}

void bed_calls(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;
    struct store_calls *c = &b->out.calls;

    bed_plain(result, out, arg);
    c->rows = keep_rows(b, c->rows, c->count * sizeof(*c->rows));
}

void bed_parked(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;
    struct store_parked_list *l = &b->out.parked;

    bed_plain(result, out, arg);
    l->rows = keep_rows(b, l->rows, l->count * sizeof(*l->rows));
    for (size_t i = 0; i < l->count; i++) {
        struct store_parked *row = (struct store_parked *)(uintptr_t)&l->rows[i];
        const char **texts[] = {&row->reference, &row->name,   &row->email,  &row->company,
                                &row->subject,   &row->reason, &row->account};
        for (size_t k = 0; k < COUNT_OF(texts); k++)
            keep(b, texts[k]);
    }
}

/* ---- shorthands ---- */

struct id bed_id(int kind, int n)
{
    struct id id = {{0}};

    id.bytes[0] = (uint8_t)kind;
    id.bytes[14] = (uint8_t)(n >> 8);
    id.bytes[15] = (uint8_t)n;
    return id;
}

void bed_hash(int n, uint8_t hash[STORE_HASH_SIZE])
{
    memset(hash, 0xA5, STORE_HASH_SIZE);
    memcpy(hash, &n, sizeof(n));
}

struct store_asker bed_person(int n)
{
    struct store_asker asker = {.now_ms = 1};

    bed_hash(n, asker.token_hash);
    return asker;
}

struct store_asker bed_staff(void)
{
    return (struct store_asker){.is_staff = true};
}

enum store_result bed_start(struct bed *b, int n, int64_t now_ms)
{
    char client_id[16], email[32], sender[16];
    struct store_conversation_start in = {.conversation = bed_id('c', n),
                                          .person = bed_id('p', n),
                                          .message = bed_id('m', n),
                                          .name = "Ada",
                                          .email = email,
                                          .subject = "Printer",
                                          .body = "It smokes",
                                          .sender = sender,
                                          .client_id = client_id,
                                          .outbox = {.wanted = true, .next_at_ms = now_ms},
                                          .now_ms = now_ms};

    bed_hash(n, in.token_hash);
    snprintf(in.reference, sizeof(in.reference), "PLY-%08d", n);
    snprintf(client_id, sizeof(client_id), "start-%d", n);
    snprintf(email, sizeof(email), "ada%d@example.com", n);
    snprintf(sender, sizeof(sender), "v:%d", n);
    return BED(b, store_conversation_start(b->s, &in, bed_started, b));
}

enum store_result bed_say(struct bed *b, int n, enum store_author author, const char *client_id,
                          const char *body, int64_t now_ms)
{
    static int count;
    const bool person = author == STORE_PERSON;
    char sender[16];
    const struct store_message_add in = {
        .conversation = bed_id('c', n),
        .message = bed_id('n', ++count),
        .asker = person ? bed_person(n) : bed_staff(),
        .author = author,
        .name = person ? "Ada" : "Tim",
        .body = body,
        .sender = sender,
        .client_id = client_id,
        .waiting = person                  ? STORE_WAITING_BEGIN
                   : author == STORE_STAFF ? STORE_WAITING_END
                                           : STORE_WAITING_KEEP,
        .outbox = {.wanted = author != STORE_EVENT, .next_at_ms = now_ms},
        .now_ms = now_ms};

    snprintf(sender, sizeof(sender), person ? "v:%d" : "s:tim", n);
    return BED(b, store_message_add(b->s, &in, bed_added, b));
}

enum store_result bed_take(struct bed *b, int n, int64_t now_ms)
{
    const struct store_outbox_take in = {
        .conversation = bed_id('c', n), .now_ms = now_ms, .doubt_until_ms = now_ms + 60000};

    return BED(b, store_outbox_take(b->s, &in, bed_taken, b));
}

static enum store_result finish(struct bed *b, int64_t outbox, enum store_outcome outcome,
                                int64_t ticket, int64_t at_ms)
{
    const struct store_outbox_finish in = {.outbox = outbox,
                                           .outcome = outcome,
                                           .now_ms = at_ms,
                                           .at_ms = at_ms,
                                           .reason = outcome == STORE_FILED ? "" : "the reason",
                                           .ticket_id = outcome == STORE_FILED ? ticket : 0,
                                           .comment_id = outcome == STORE_FILED ? 9000 + outbox : 0,
                                           .ticket_number = outcome == STORE_FILED ? "1042" : "",
                                           .ticket_status = outcome == STORE_FILED ? "New" : "",
                                           .account = outcome == STORE_FILED ? "acme" : "",
                                           .updated_ms = outcome == STORE_FILED ? at_ms : 0};

    return BED(b, store_outbox_finish(b->s, &in, bed_plain, b));
}

enum store_result bed_finish(struct bed *b, int64_t outbox, enum store_outcome outcome,
                             int64_t at_ms)
{
    return finish(b, outbox, outcome, 7000 + outbox, at_ms);
}

int bed_drain(struct bed *b, int n, int64_t now_ms)
{
    int count = 0;

    while (bed_take(b, n, now_ms) == STORE_OK) {
        const int64_t outbox = b->out.taken.outbox, ticket = b->out.taken.ticket_id;

        assert_int_equal(
            finish(b, outbox, STORE_FILED, ticket != 0 ? ticket : 7000 + outbox, now_ms), STORE_OK);
        count++;
    }
    return count;
}

void bed_member(struct bed *b, int n)
{
    char email[32];
    struct store_staff_add in = {.id = bed_id('s', n),
                                 .name = "Robin",
                                 .email = email,
                                 .role = STORE_TECHNICIAN,
                                 .link = {.kind = STORE_LINK_INVITE, .expires_ms = 9999},
                                 .now_ms = 500};

    bed_hash(n, in.link.hash);
    snprintf(email, sizeof(email), "staff%d@example.com", n);
    assert_int_equal(BED(b, store_staff_add(b->s, &in, bed_plain, b)), STORE_OK);
}

void bed_act(struct bed *b, int n, struct store_act act, int64_t now_ms)
{
    static int fresh = 7000;
    char client_id[24];

    snprintf(client_id, sizeof(client_id), "act-number-%d", fresh);
    act.conversation = bed_id('c', n);
    act.message = bed_id('m', fresh++);
    act.second = bed_id('m', fresh++);
    act.name = "";
    act.client_id = client_id;
    act.now_ms = now_ms;
    assert_int_equal(BED(b, store_conversation_act(b->s, &act, bed_added, b)), STORE_OK);
}
