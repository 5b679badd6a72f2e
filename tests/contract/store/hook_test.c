/* Webhooks that go out and keys for REST: what is told to whom, and what is asked twice. */
#include "bed.h"

#define T0 INT64_C(1700000000000)

static void hooks_read(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;

    bed_plain(result, out, arg);
    if (result == STORE_OK)
        b->out.hooks.count = out->hooks.count;
    if (result == STORE_OK && out->hooks.count > 0) {
        static struct store_hook last;
        last = out->hooks.rows[out->hooks.count - 1];
        keep_text(b, &last.url);
        keep_text(b, &last.events);
        keep_text(b, &last.reason);
        b->out.hooks.rows = &last;
    }
}

static void due_read(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;

    bed_plain(result, out, arg);
    if (result != STORE_OK)
        return;
    int64_t *ids = arena_alloc(b->keep, (out->hook_due.count + 1) * sizeof(*ids));
    if (out->hook_due.count > 0)
        memcpy(ids, out->hook_due.ids, out->hook_due.count * sizeof(*ids));
    b->out.hook_due = out->hook_due;
    b->out.hook_due.ids = ids;
}

static void taken(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;

    bed_plain(result, out, arg);
    if (result != STORE_OK)
        return;
    b->out.delivery_taken = out->delivery_taken;
    keep_text(b, &b->out.delivery_taken.event);
    keep_text(b, &b->out.delivery_taken.url);
    if (out->delivery_taken.has_message)
        keep_text(b, &b->out.delivery_taken.message.body);
}

static void asked(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;

    bed_plain(result, out, arg);
    if (result != STORE_OK)
        return;
    b->out.api_asked = out->api_asked;
    keep_text(b, &b->out.api_asked.body);
}

static enum store_result put(struct bed *b, int64_t n, const char *events, int off)
{
    const struct store_hook_put in = {.n = n,
                                      .id = bed_id(9, (int)strlen(events)),
                                      .url = n == 0 ? "https://a.example/in" : "",
                                      .events = events,
                                      .sealed = n == 0 ? "s" : "",
                                      .off = off,
                                      .now_ms = T0};

    return BED(b, store_hook_put(b->s, &in, bed_plain, b));
}

static size_t due(struct bed *b, int64_t now_ms)
{
    assert_int_equal(BED(b, store_hook_due(b->s, now_ms, 10, due_read, b)), STORE_OK);
    return b->out.hook_due.count;
}

static const char *take(struct bed *b, int64_t n)
{
    assert_int_equal(BED(b, store_delivery_take(b->s, n, T0, taken, b)), STORE_OK);
    return b->out.delivery_taken.event;
}

static enum store_result finish(struct bed *b, int64_t n, enum store_delivery_outcome outcome)
{
    const struct store_delivery_finish in = {.n = n,
                                             .outcome = outcome,
                                             .now_ms = T0,
                                             .at_ms = T0 + 5000,
                                             .status = 500,
                                             .reason = "it answered 500"};

    return BED(b, store_delivery_finish(b->s, &in, bed_plain, b));
}

static void test_told(void **state)
{
    struct bed *b = *state;

    assert_int_equal(due(b, T0), 0);
    assert_false(b->out.hook_due.any);
    assert_int_equal(bed_start(b, 1, T0), STORE_OK); /* nobody asked yet */
    assert_int_equal(put(b, 0, " conversation.created  message.created ", -1), STORE_OK);
    assert_int_equal(put(b, 0, " note.created ", -1), STORE_OK);
    assert_int_equal(due(b, T0), 0);
    assert_true(b->out.hook_due.any);
    assert_int_equal(bed_start(b, 2, T0), STORE_OK);
    assert_int_equal(bed_say(b, 2, STORE_NOTE, "client-01", "Not to the person", T0 + 1), STORE_OK);
    assert_int_equal(bed_say(b, 2, STORE_STAFF, "client-02", "Hello", T0 + 2), STORE_OK);
    /* That something was done is a message, but nobody said it. */
    bed_member(b, 1);
    bed_act(b, 2, (struct store_act){.kind = STORE_ACT_ASSIGN, .to = bed_id('s', 1)}, T0 + 3);
    assert_int_equal(due(b, T0), 4);
    assert_string_equal(take(b, 1), "conversation.created");
    assert_true(b->out.delivery_taken.has_conversation);
    assert_false(b->out.delivery_taken.has_message);
    assert_string_equal(take(b, 2), "message.created");
    assert_int_equal(b->out.delivery_taken.message.seq, 1);
    assert_string_equal(take(b, 3), "note.created");
    assert_int_equal(b->out.delivery_taken.hook, 2);
    assert_string_equal(take(b, 4), "message.created");
    assert_int_equal(b->out.delivery_taken.message.author, STORE_STAFF);
    assert_int_equal(due(b, T0), 0);
    assert_int_equal(BED(b, store_delivery_take(b->s, 4, T0, taken, b)), STORE_NOT_FOUND);
    /* After a crash they wait again. */
    assert_int_equal(BED(b, store_hook_begin(b->s, bed_plain, b)), STORE_OK);
    assert_int_equal(due(b, T0), 4);
}

static void test_ends(void **state)
{
    struct bed *b = *state;
    const struct store_hook_do again = {.hook = 1, .delivery = 1, .now_ms = T0};
    const struct store_hook_do ping = {.hook = 1, .now_ms = T0};
    const struct store_hook_do other = {.hook = 2, .delivery = 1, .now_ms = T0};

    assert_int_equal(put(b, 0, " conversation.created ", -1), STORE_OK);
    assert_int_equal(bed_start(b, 1, T0), STORE_OK);
    take(b, 1);
    assert_int_equal(BED(b, store_hook_try(b->s, &again, bed_plain, b)), STORE_NOT_FOUND);
    assert_int_equal(finish(b, 1, STORE_DELIVERY_RETRY), STORE_OK);
    assert_int_equal(finish(b, 1, STORE_DELIVERY_RETRY), STORE_NOT_FOUND);
    assert_int_equal(due(b, T0 + 4999), 0);
    assert_int_equal(b->out.hook_due.next_ms, T0 + 5000);
    assert_int_equal(due(b, T0 - STORE_HOOK_AHEAD_MS), 1); /* the clock was set back */
    assert_int_equal(due(b, T0 + 5000), 1);
    take(b, 1);
    assert_int_equal(b->out.delivery_taken.attempts, 2);
    assert_int_equal(finish(b, 1, STORE_DELIVERY_GIVE_UP), STORE_OK);
    assert_int_equal(due(b, T0 + 90000), 0);
    assert_int_equal(BED(b, store_hook_list(b->s, hooks_read, b)), STORE_OK);
    assert_int_equal(b->out.hooks.rows->failed, 1);
    assert_string_equal(b->out.hooks.rows->reason, "it answered 500");
    assert_int_equal(BED(b, store_hook_try(b->s, &other, bed_plain, b)), STORE_NOT_FOUND);
    assert_int_equal(BED(b, store_hook_try(b->s, &again, bed_plain, b)), STORE_OK);
    assert_int_equal(BED(b, store_hook_try(b->s, &ping, bed_plain, b)), STORE_OK);
    assert_int_equal(due(b, T0), 2);
    assert_string_equal(take(b, 2), "ping");
    assert_false(b->out.delivery_taken.has_conversation);
    assert_int_equal(put(b, 1, "", 1), STORE_OK); /* off: nothing goes out, nothing is told */
    assert_int_equal(due(b, T0), 0);
    assert_int_equal(BED(b, store_delivery_take(b->s, 1, T0, taken, b)), STORE_NOT_FOUND);
    assert_int_equal(put(b, 7, "", 1), STORE_NOT_FOUND);
    assert_int_equal(BED(b, store_hook_remove(b->s, &ping, bed_plain, b)), STORE_OK);
    assert_int_equal(BED(b, store_hook_remove(b->s, &ping, bed_plain, b)), STORE_NOT_FOUND);
}

static enum store_result ask(struct bed *b, int64_t key, const char *name, int what, int64_t now_ms)
{
    const struct store_api_ask in = {
        .key = key, .name = name, .hash = {(uint8_t)what}, .now_ms = now_ms};

    return BED(b, store_api_ask(b->s, &in, asked, b));
}

static void test_once(void **state)
{
    struct bed *b = *state;
    const struct store_key key = {.id = bed_id(8, 1),
                                  .hash = {1},
                                  .hint = "abcd",
                                  .name = "Robot",
                                  .rights = " read ",
                                  .made_by = "a@msp.example",
                                  .created_ms = T0};
    const struct store_key gone = {
        .n = 1, .hint = "", .name = "", .rights = "", .made_by = "", .revoked_ms = T0 + 1};
    const struct store_api_ask answer = {.key = 1, .name = "a", .status = 200, .body = "{}"};

    assert_int_equal(BED(b, store_key_add(b->s, &key, bed_plain, b)), STORE_OK);
    assert_int_equal(BED(b, store_key_check(b->s, key.hash, bed_plain, b)), STORE_OK);
    assert_int_equal(ask(b, 1, "a", 1, T0), STORE_OK);
    assert_int_equal(b->out.api_asked.status, 0);
    assert_int_equal(ask(b, 1, "a", 2, T0), STORE_CROSSED);
    assert_int_equal(BED(b, store_api_answer(b->s, &answer, bed_plain, b)), STORE_OK);
    assert_int_equal(ask(b, 1, "a", 1, T0 + STORE_API_KEPT_MS), STORE_OK);
    assert_int_equal(b->out.api_asked.status, 200);
    assert_string_equal(b->out.api_asked.body, "{}");
    assert_int_equal(ask(b, 1, "b", 2, T0), STORE_OK);
    assert_int_equal(ask(b, 1, "a", 2, T0 + STORE_API_KEPT_MS + 1), STORE_OK); /* forgotten */
    assert_int_equal(b->out.api_asked.status, 0);
    assert_int_equal(BED(b, store_key_revoke(b->s, &gone, bed_plain, b)), STORE_OK);
    assert_int_equal(BED(b, store_key_revoke(b->s, &gone, bed_plain, b)), STORE_NOT_FOUND);
    assert_int_equal(BED(b, store_key_check(b->s, key.hash, bed_plain, b)), STORE_NOT_FOUND);
}

const struct CMUnitTest hook_tests[] = {
    BED_TEST(test_told),
    BED_TEST(test_ends),
    BED_TEST(test_once),
};
const size_t hook_test_count = COUNT_OF(hook_tests);
