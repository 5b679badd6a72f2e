/* Canned replies: whose they are, who may change them, how many there may be. */
#include <stdio.h>

#include <sqlite3.h>

#include "bed.h"

#define T0 INT64_C(1700000000000)

static void add_staff(struct bed *b, int n)
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

static void on_list(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;
    struct store_canned *rows;

    bed_plain(result, out, arg);
    if (result != STORE_OK)
        return;
    rows = arena_alloc(b->keep, (out->canned.count + 1) * sizeof(*rows));
    for (size_t i = 0; i < out->canned.count; i++) {
        rows[i] = out->canned.rows[i];
        keep_text(b, &rows[i].shortcut);
        keep_text(b, &rows[i].name);
        keep_text(b, &rows[i].text);
    }
    b->out.canned = out->canned;
    b->out.canned.rows = rows;
}

static const struct store_canned_list *list(struct bed *b, int staff, int64_t after, size_t limit)
{
    const struct store_canned_read in = {
        .staff = bed_id('s', staff), .after = after, .limit = limit};

    assert_int_equal(BED(b, store_canned_list(b->s, &in, on_list, b)), STORE_OK);
    return &b->out.canned;
}

static struct store_canned_put reply(int staff, bool shared, const char *shortcut)
{
    return (struct store_canned_put){.staff = bed_id('s', staff),
                                     .shared = shared,
                                     .may_shared = shared,
                                     .shortcut = shortcut,
                                     .name = "Name",
                                     .text = "Hello {first_name},\nall is well.",
                                     .now_ms = T0,
                                     .audit = {.action = "canned_added",
                                               .object = shortcut,
                                               .actor = "a",
                                               .address = "::1",
                                               .at_ms = T0}};
}

static enum store_result put(struct bed *b, const struct store_canned_put *in)
{
    return BED(b, store_canned_put(b->s, in, bed_plain, b));
}

static enum store_result add(struct bed *b, int staff, bool shared, const char *shortcut)
{
    const struct store_canned_put in = reply(staff, shared, shortcut);

    return put(b, &in);
}

static enum store_result change(struct bed *b, int64_t n, int staff, bool may_shared,
                                const char *shortcut)
{
    struct store_canned_put in = reply(staff, false, shortcut);

    in.n = n;
    in.may_shared = may_shared;
    in.text = "Changed";
    return put(b, &in);
}

static enum store_result drop(struct bed *b, int64_t n, int staff, bool may_shared)
{
    const struct store_canned_remove in = {.n = n,
                                           .staff = bed_id('s', staff),
                                           .may_shared = may_shared,
                                           .audit = {.action = "canned_removed", .at_ms = T0}};

    return BED(b, store_canned_remove(b->s, &in, bed_plain, b));
}

static size_t audits(struct bed *b, const char *action)
{
    const struct store_audit_read in = {.action = action, .limit = 10};

    assert_int_equal(BED(b, store_audit_read(b->s, &in, bed_audits, b)), STORE_OK);
    return b->out.audits.count;
}

static void test_whose(void **state)
{
    struct bed *b = *state;
    const struct store_canned_list *all;

    add_staff(b, 1);
    add_staff(b, 2);
    assert_int_equal(add(b, 1, false, "hello"), STORE_OK);
    assert_int_equal(add(b, 2, false, "hello"), STORE_OK); /* another's is no matter */
    assert_int_equal(add(b, 1, true, "hello"), STORE_OK);
    assert_int_equal(add(b, 1, false, "hello"), STORE_CONFLICT);
    assert_int_equal(add(b, 2, true, "hello"), STORE_CONFLICT);
    all = list(b, 1, 0, 10);
    assert_int_equal(all->count, 2);
    assert_false(all->rows[0].shared);
    assert_true(all->rows[1].shared);
    assert_string_equal(all->rows[1].shortcut, "hello");
    assert_string_equal(all->rows[1].text, "Hello {first_name},\nall is well.");
    assert_int_equal(all->rows[1].changed_ms, T0);
    assert_int_equal(list(b, 2, 0, 10)->rows[0].n, 2);
    all = list(b, 1, 0, 1);
    assert_true(all->more);
    assert_int_equal(list(b, 1, all->rows[0].n, 1)->count, 1);
    assert_int_equal(all->rows[0].n, 3); /* 2 is another's */
    assert_false(all->more);
}

static void test_who_may(void **state)
{
    struct bed *b = *state;
    struct store_canned_put in;

    add_staff(b, 1);
    add_staff(b, 2);
    assert_int_equal(add(b, 1, false, "mine"), STORE_OK);  /* 1 */
    assert_int_equal(add(b, 1, true, "ours"), STORE_OK);   /* 2 */
    assert_int_equal(add(b, 1, false, "other"), STORE_OK); /* 3 */
    in = reply(2, true, "sly");
    in.may_shared = false;
    assert_int_equal(put(b, &in), STORE_REFUSED);
    assert_int_equal(change(b, 1, 2, true, "mine"), STORE_NOT_FOUND);
    assert_int_equal(drop(b, 1, 2, true), STORE_NOT_FOUND);
    assert_int_equal(change(b, 2, 2, false, "ours"), STORE_REFUSED);
    assert_int_equal(drop(b, 2, 2, false), STORE_REFUSED);
    assert_int_equal(change(b, 9, 1, true, "mine"), STORE_NOT_FOUND);
    assert_int_equal(change(b, 1, 1, false, "other"), STORE_CONFLICT);
    assert_int_equal(audits(b, "canned_added"), 1); /* of the shared one */
    assert_int_equal(change(b, 1, 1, false, "mine-2"), STORE_OK);
    assert_string_equal(list(b, 1, 0, 10)->rows[0].shortcut, "mine-2");
    assert_string_equal(b->out.canned.rows[0].text, "Changed");
    assert_int_equal(audits(b, "canned_added"), 1);
    assert_int_equal(change(b, 2, 2, true, "ours"), STORE_OK);
    assert_int_equal(audits(b, "canned_added"), 2);
    assert_int_equal(drop(b, 1, 1, false), STORE_OK);
    assert_int_equal(audits(b, "canned_removed"), 0);
    assert_int_equal(drop(b, 2, 1, true), STORE_OK);
    assert_int_equal(audits(b, "canned_removed"), 1);
    assert_string_equal(b->out.audits.rows[0].object, "ours");
    assert_int_equal(list(b, 1, 0, 10)->count, 1);
    assert_int_equal(list(b, 2, 0, 10)->count, 0);
}

static void fill(struct bed *b, bool shared, int most)
{
    char word[16];

    for (int i = 0; i < most; i++) {
        snprintf(word, sizeof(word), "w%d", i);
        assert_int_equal(add(b, 1, shared, word), STORE_OK);
    }
    assert_int_equal(add(b, 1, shared, "more"), STORE_CROSSED);
}

static void test_how_many(void **state)
{
    struct bed *b = *state;

    add_staff(b, 1);
    add_staff(b, 2);
    fill(b, false, STORE_CANNED_OWN_MAX);
    fill(b, true, STORE_CANNED_SHARED_MAX);
    assert_int_equal(add(b, 2, false, "more"), STORE_OK);
    assert_int_equal(change(b, 1, 1, false, "renamed"), STORE_OK);
    assert_int_equal(drop(b, 1, 1, false), STORE_OK);
    assert_int_equal(add(b, 1, false, "more"), STORE_OK);
}

/* Nothing in the program removes a member of staff; whoever does takes theirs along. */
static void test_who_goes(void **state)
{
    struct bed *b = *state;
    const struct id gone = bed_id('s', 1);
    char path[96];
    sqlite3 *db;
    sqlite3_stmt *st;

    if (b->fake)
        return;
    add_staff(b, 1);
    add_staff(b, 2);
    assert_int_equal(add(b, 1, false, "mine"), STORE_OK);
    assert_int_equal(add(b, 2, false, "mine"), STORE_OK);
    assert_int_equal(add(b, 1, true, "ours"), STORE_OK);
    snprintf(path, sizeof(path), "%s/parley.db", b->dir);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db, "PRAGMA foreign_keys = ON; DELETE FROM staff_link", NULL, NULL, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "DELETE FROM staff WHERE id = ?", -1, &st, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_bind_blob(st, 1, gone.bytes, 16, SQLITE_STATIC), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_DONE);
    sqlite3_finalize(st);
    sqlite3_close(db);
    assert_int_equal(list(b, 1, 0, 10)->count, 1);
    assert_string_equal(b->out.canned.rows[0].shortcut, "ours");
    assert_int_equal(list(b, 2, 0, 10)->count, 2);
}

const struct CMUnitTest canned_tests[] = {
    BED_TEST(test_whose),
    BED_TEST(test_who_may),
    BED_TEST(test_how_many),
    BED_TEST(test_who_goes),
};
const size_t canned_test_count = COUNT_OF(canned_tests);
