/* Accounts: links, sessions, the second step, the last administrator, and the audit log. */
#include "bed.h"

#include <stdio.h>

#include "store/sqlite/db_private.h"

#define IDLE  1000
#define HOUR  3600000
#define CLEAR "$argon2id$"

static struct store_audit audit(const char *action)
{
    return (struct store_audit){.at_ms = 7,
                                .actor = "boss@msp.example",
                                .action = action,
                                .object = "it",
                                .address = "192.0.2.1",
                                .detail = "so"};
}

static enum store_result add(struct bed *b, int n, const char *email, enum store_role role)
{
    struct store_staff_add in = {.id = bed_id('s', n),
                                 .name = email,
                                 .email = email,
                                 .role = role,
                                 .link = {.kind = STORE_LINK_INVITE, .expires_ms = 2 * HOUR},
                                 .now_ms = 100,
                                 .audit = audit("staff_added")};

    bed_hash(n, in.link.hash);
    return BED(b, store_staff_add(b->s, &in, bed_plain, b));
}

static struct store_session_new session_new(int n, int64_t now_ms)
{
    struct store_session_new in = {
        .now_ms = now_ms, .expires_ms = now_ms + HOUR, .address = "192.0.2.1", .agent = "Browser"};

    bed_hash(1000 + n, in.hash);
    return in;
}

/* Link n gives session n. */
static enum store_result use(struct bed *b, int n, int64_t now_ms)
{
    struct store_link_use in = {.password = CLEAR "first",
                                .id = bed_id('s', n),
                                .name = "Ann",
                                .email = "Ann@MSP.example",
                                .session = session_new(n, now_ms),
                                .audit = audit("link_used")};

    bed_hash(n, in.hash);
    return BED(b, store_link_use(b->s, &in, bed_session, b));
}

static enum store_result link_of(struct bed *b, int n, int64_t now_ms)
{
    uint8_t hash[STORE_HASH_SIZE];

    bed_hash(n, hash);
    return BED(b, store_link_read(b->s, hash, now_ms, bed_link, b));
}

static enum store_result check(struct bed *b, int n, int64_t now_ms)
{
    uint8_t hash[STORE_HASH_SIZE];

    bed_hash(1000 + n, hash);
    return BED(b, store_session_check(b->s, hash, now_ms, IDLE, bed_session, b));
}

static enum store_result setup(struct bed *b, int n)
{
    struct store_setup_link in = {.link = {.kind = STORE_LINK_SETUP, .expires_ms = HOUR},
                                  .now_ms = 1};

    bed_hash(n, in.link.hash);
    return BED(b, store_setup_link(b->s, &in, bed_plain, b));
}

static enum store_result get(struct bed *b, const char *email)
{
    const struct store_staff_key who = {.email = email};

    return BED(b, store_staff_get(b->s, &who, bed_staff_out, b));
}

static int64_t audit_count(struct bed *b, const char *action)
{
    const struct store_audit_read in = {.action = action, .limit = 100};

    assert_int_equal(BED(b, store_audit_read(b->s, &in, bed_audits, b)), STORE_OK);
    return (int64_t)b->out.audits.count;
}

static void test_setup(void **state)
{
    struct bed *b = *state;

    assert_int_equal(setup(b, 1), STORE_OK);
    assert_int_equal(setup(b, 2), STORE_OK);
    assert_int_equal(link_of(b, 1, 10), STORE_NOT_FOUND); /* the later one took its place */
    assert_int_equal(link_of(b, 2, HOUR), STORE_NOT_FOUND);
    assert_int_equal(link_of(b, 2, 10), STORE_OK);
    assert_int_equal(b->out.link.kind, STORE_LINK_SETUP);
    assert_int_equal(BED(b, store_staff_counts(b->s, bed_plain, b)), STORE_OK);
    assert_int_equal(b->out.staff_counts.admins, 0);
    assert_int_equal(use(b, 2, 10), STORE_OK);
    assert_string_equal(b->out.session.email, "ann@msp.example");
    assert_int_equal(b->out.session.role, STORE_ADMIN);
    assert_false(b->out.session.totp);
    bed_reopen(b);
    assert_int_equal(BED(b, store_staff_counts(b->s, bed_plain, b)), STORE_OK);
    assert_int_equal(b->out.staff_counts.admins, 1);
    assert_int_equal(setup(b, 3), STORE_CONFLICT);
    assert_int_equal(use(b, 2, 11), STORE_NOT_FOUND);
    assert_int_equal(BED(b, store_value_get(b->s, STORE_VALUE_SETUP, bed_value, b)), STORE_OK);
    assert_string_equal(b->out.value.text, "brand");
    assert_int_equal(get(b, "ANN@msp.example"), STORE_OK);
    assert_string_equal(b->out.staff.password, CLEAR "first");
    assert_int_equal(audit_count(b, "link_used"), 1);
}

static void test_setup_ends_with_an_administrator(void **state)
{
    struct bed *b = *state;

    assert_int_equal(setup(b, 9), STORE_OK);
    assert_int_equal(add(b, 1, "tech@msp.example", STORE_TECHNICIAN), STORE_OK);
    assert_int_equal(add(b, 2, "boss@msp.example", STORE_ADMIN), STORE_OK);
    assert_int_equal(use(b, 1, 200), STORE_OK);
    assert_int_equal(link_of(b, 9, 200), STORE_OK);
    assert_int_equal(use(b, 2, 200), STORE_OK);
    assert_int_equal(link_of(b, 9, 200), STORE_NOT_FOUND);
    assert_int_equal(use(b, 9, 200), STORE_NOT_FOUND);
}

static void test_invite(void **state)
{
    struct bed *b = *state;

    assert_int_equal(add(b, 1, "Tim@MSP.example", STORE_TECHNICIAN), STORE_OK);
    assert_int_equal(add(b, 2, "tim@msp.EXAMPLE", STORE_ADMIN), STORE_CONFLICT);
    assert_int_equal(audit_count(b, "staff_added"), 1);
    assert_int_equal(link_of(b, 2, 200), STORE_NOT_FOUND);
    assert_int_equal(link_of(b, 1, 200), STORE_OK);
    assert_int_equal(b->out.link.kind, STORE_LINK_INVITE);
    assert_string_equal(b->out.link.email, "tim@msp.example");
    assert_int_equal(get(b, "tim@msp.example"), STORE_OK);
    assert_int_equal(b->out.staff.seen_ms, 0);
    assert_string_equal(b->out.staff.password, "");
    assert_int_equal(use(b, 1, 200), STORE_OK);
    assert_int_equal(b->out.session.role, STORE_TECHNICIAN);
    assert_int_equal(use(b, 1, 200), STORE_NOT_FOUND);
    assert_int_equal(get(b, "tim@msp.example"), STORE_OK);
    assert_int_equal(b->out.staff.seen_ms, 200);
    assert_int_equal(BED(b, store_staff_list(b->s, bed_staff_list, b)), STORE_OK);
    assert_int_equal(b->out.staff_list.count, 1);
    assert_string_equal(b->out.staff_list.rows[0].email, "tim@msp.example");
}

static void test_session_ends(void **state)
{
    struct bed *b = *state;
    uint8_t hash[STORE_HASH_SIZE];

    bed_hash(1001, hash);
    assert_int_equal(add(b, 1, "tim@msp.example", STORE_TECHNICIAN), STORE_OK);
    assert_int_equal(use(b, 1, 5000), STORE_OK);
    assert_int_equal(check(b, 1, 5000 + IDLE), STORE_NOT_FOUND); /* idle for too long */
    assert_int_equal(check(b, 1, 5000 + IDLE - 1), STORE_OK);
    assert_int_equal(BED(b, store_session_seen(b->s, hash, 5900, bed_plain, b)), STORE_OK);
    assert_int_equal(BED(b, store_session_seen(b->s, hash, 5800, bed_plain, b)), STORE_OK);
    bed_reopen(b);
    assert_int_equal(check(b, 1, 5900 + IDLE - 1), STORE_OK);
    assert_int_equal(b->out.session.seen_ms, 5900);
    assert_int_equal(b->out.session.expires_ms, 5000 + HOUR);
    assert_int_equal(BED(b, store_session_seen(b->s, hash, 5000 + HOUR - 1, bed_plain, b)),
                     STORE_OK);
    assert_int_equal(check(b, 1, 5000 + HOUR - 1), STORE_OK);
    assert_int_equal(check(b, 1, 5000 + HOUR), STORE_NOT_FOUND);

    struct store_session_end end = {.staff = bed_id('s', 2), .audit = audit("sign_out")};
    memcpy(end.hash, hash, sizeof(hash));
    assert_int_equal(BED(b, store_session_end(b->s, &end, bed_plain, b)), STORE_NOT_FOUND);
    end.staff = (struct id){{0}};
    assert_int_equal(BED(b, store_session_end(b->s, &end, bed_plain, b)), STORE_OK);
    assert_int_equal(BED(b, store_session_end(b->s, &end, bed_plain, b)), STORE_NOT_FOUND);
    assert_int_equal(check(b, 1, 5900), STORE_NOT_FOUND);
    assert_int_equal(BED(b, store_session_seen(b->s, hash, 5900, bed_plain, b)), STORE_NOT_FOUND);
    assert_int_equal(audit_count(b, "sign_out"), 1);
}

static enum store_result sign_in(struct bed *b, int session, const char *password, int64_t step,
                                 int recovery)
{
    struct store_sign_in in = {.staff = bed_id('s', 1),
                               .password = password,
                               .totp_step = step,
                               .use_recovery = recovery != 0,
                               .session = session_new(session, 6000 + session),
                               .audit = audit("sign_in")};

    bed_hash(recovery, in.recovery);
    return BED(b, store_sign_in(b->s, &in, bed_session, b));
}

static void test_sign_in(void **state)
{
    struct bed *b = *state;
    struct store_totp_set totp = {.staff = bed_id('s', 1),
                                  .totp = "sealed",
                                  .step = 50,
                                  .recovery_count = 2,
                                  .audit = audit("totp_on")};

    assert_int_equal(sign_in(b, 1, "", 0, 0), STORE_NOT_FOUND);
    assert_int_equal(add(b, 1, "tim@msp.example", STORE_TECHNICIAN), STORE_OK);
    assert_int_equal(use(b, 1, 5000), STORE_OK);
    assert_int_equal(sign_in(b, 2, CLEAR "other", 0, 0), STORE_CONFLICT);
    assert_int_equal(sign_in(b, 2, CLEAR "first", 0, 0), STORE_OK);
    bed_hash(501, totp.recovery[0]);
    bed_hash(502, totp.recovery[1]);
    assert_int_equal(BED(b, store_totp_set(b->s, &totp, bed_plain, b)), STORE_OK);
    assert_int_equal(check(b, 2, 6002), STORE_OK);
    assert_true(b->out.session.totp);
    assert_int_equal(sign_in(b, 3, CLEAR "first", 50, 0), STORE_CONFLICT); /* used to prove it */
    assert_int_equal(sign_in(b, 3, CLEAR "first", 51, 0), STORE_OK);
    assert_int_equal(sign_in(b, 4, CLEAR "first", 51, 0), STORE_CONFLICT);
    assert_int_equal(check(b, 4, 6004), STORE_NOT_FOUND);
    assert_int_equal(sign_in(b, 4, CLEAR "first", 0, 501), STORE_OK);
    bed_reopen(b);
    assert_int_equal(sign_in(b, 5, CLEAR "first", 0, 501), STORE_CONFLICT);
    assert_int_equal(sign_in(b, 5, CLEAR "first", 0, 503), STORE_CONFLICT);
    /* A second set takes the place of the first. */
    bed_hash(504, totp.recovery[0]);
    totp.recovery_count = 1;
    assert_int_equal(BED(b, store_totp_set(b->s, &totp, bed_plain, b)), STORE_OK);
    assert_int_equal(sign_in(b, 5, CLEAR "first", 0, 502), STORE_CONFLICT);
    assert_int_equal(sign_in(b, 5, CLEAR "first", 0, 504), STORE_OK);
    assert_int_equal(audit_count(b, "sign_in"), 4);
}

/* Comes in as the provider's `subject`, which has verified this email. */
static enum store_result by_provider(struct bed *b, const char *issuer, const char *subject,
                                     const char *email, int session)
{
    const struct store_oidc_find find = {.who = {issuer, subject}, .email = email};
    const enum store_result result = BED(b, store_oidc_find(b->s, &find, bed_staff_out, b));
    struct store_sign_in in = {.staff = b->out.staff.id,
                               .password = "",
                               .oidc = {issuer, subject},
                               .session = session_new(session, 6000 + session),
                               .audit = audit("sign_in")};

    return result != STORE_OK ? result : BED(b, store_sign_in(b->s, &in, bed_session, b));
}

static void test_oidc(void **state)
{
    static const char one[] = "https://one.example", two[] = "https://two.example";
    struct bed *b = *state;
    struct store_staff_reset reset = {.who.email = "ann@msp.example",
                                      .link = {.kind = STORE_LINK_RESET, .expires_ms = HOUR},
                                      .audit = audit("link_made")};
    struct store_staff_change disable = {
        .who.email = "ann@msp.example", .set_disabled = true, .disabled = true, .now_ms = 9};
    struct store_sign_in stolen = {.password = "", .session = session_new(30, 6030)};

    assert_int_equal(by_provider(b, one, "a", "ann@msp.example", 1), STORE_NOT_FOUND);
    assert_int_equal(add(b, 1, "ann@msp.example", STORE_TECHNICIAN), STORE_OK);
    assert_int_equal(add(b, 2, "bob@msp.example", STORE_TECHNICIAN), STORE_OK);
    assert_int_equal(by_provider(b, one, "a", "", 1), STORE_NOT_FOUND);
    assert_int_equal(audit_count(b, "sign_in"), 0);
    assert_int_equal(by_provider(b, one, "a", "ANN@msp.example", 1), STORE_OK);
    assert_string_equal(b->out.session.email, "ann@msp.example");
    bed_reopen(b);
    assert_int_equal(check(b, 1, 6001), STORE_OK);
    /* From now on the name counts, whatever the email; nobody else has this account. */
    assert_int_equal(by_provider(b, one, "a", "", 2), STORE_OK);
    assert_string_equal(b->out.session.email, "ann@msp.example");
    assert_int_equal(by_provider(b, one, "a", "bob@msp.example", 3), STORE_OK);
    assert_string_equal(b->out.session.email, "ann@msp.example");
    assert_int_equal(by_provider(b, one, "A", "ann@msp.example", 4), STORE_CONFLICT);
    assert_int_equal(by_provider(b, one, "b", "bob@msp.example", 5), STORE_OK);
    assert_string_equal(b->out.session.email, "bob@msp.example");
    assert_int_equal(by_provider(b, two, "a", "bob@msp.example", 6), STORE_OK);
    assert_string_equal(b->out.session.email, "bob@msp.example");
    assert_int_equal(audit_count(b, "sign_in"), 5);
    /* Found a moment ago; the name is another's by now, or the account has another one. */
    stolen.staff = bed_id('s', 2);
    stolen.oidc = (struct store_oidc){one, "a"};
    assert_int_equal(BED(b, store_sign_in(b->s, &stolen, bed_session, b)), STORE_CONFLICT);
    stolen.oidc.subject = "c";
    assert_int_equal(BED(b, store_sign_in(b->s, &stolen, bed_session, b)), STORE_CONFLICT);
    assert_int_equal(check(b, 30, 6031), STORE_NOT_FOUND);
    /* A reset takes the names away, also those of before. */
    bed_hash(7, reset.link.hash);
    assert_int_equal(BED(b, store_staff_reset(b->s, &reset, bed_staff_out, b)), STORE_OK);
    assert_int_equal(by_provider(b, one, "a", "", 7), STORE_NOT_FOUND);
    assert_int_equal(by_provider(b, one, "z", "ann@msp.example", 7), STORE_OK);
    /* One who is disabled is found, but does not come in. */
    assert_int_equal(BED(b, store_staff_change(b->s, &disable, bed_staff_out, b)), STORE_OK);
    assert_int_equal(by_provider(b, one, "z", "", 8), STORE_NOT_FOUND);
    assert_int_equal(check(b, 8, 6008), STORE_NOT_FOUND);
}

static void test_sessions_are_bounded(void **state)
{
    struct bed *b = *state;
    const struct id tim = bed_id('s', 1);

    assert_int_equal(add(b, 1, "tim@msp.example", STORE_TECHNICIAN), STORE_OK);
    assert_int_equal(use(b, 1, 5500), STORE_OK);
    for (int i = 2; i <= STORE_SESSIONS_MAX + 1; i++)
        assert_int_equal(sign_in(b, i, CLEAR "first", 0, 0), STORE_OK);
    assert_int_equal(check(b, 1, 5501), STORE_NOT_FOUND);
    assert_int_equal(check(b, 2, 6003), STORE_OK);
    assert_int_equal(BED(b, store_session_list(b->s, &tim, 6100, IDLE, bed_sessions, b)), STORE_OK);
    assert_int_equal(b->out.sessions.count, STORE_SESSIONS_MAX);
    assert_int_equal(b->out.sessions.rows[0].created_ms, 6000 + STORE_SESSIONS_MAX + 1);
    assert_string_equal(b->out.sessions.rows[0].agent, "Browser");

    struct store_session_end end = {.staff = tim, .all = true, .audit = audit("sign_out_all")};
    bed_hash(1005, end.hash);
    assert_int_equal(BED(b, store_session_end(b->s, &end, bed_plain, b)), STORE_OK);
    assert_int_equal(check(b, 4, 6010), STORE_NOT_FOUND);
    assert_int_equal(check(b, 5, 6010), STORE_OK);
}

static void test_password(void **state)
{
    struct bed *b = *state;
    struct store_password_set in = {.staff = bed_id('s', 1),
                                    .old = CLEAR "wrong",
                                    .password = CLEAR "second",
                                    .audit = audit("password_changed")};

    assert_int_equal(BED(b, store_password_set(b->s, &in, bed_plain, b)), STORE_NOT_FOUND);
    assert_int_equal(add(b, 1, "tim@msp.example", STORE_TECHNICIAN), STORE_OK);
    assert_int_equal(use(b, 1, 6000), STORE_OK);
    assert_int_equal(sign_in(b, 2, CLEAR "first", 0, 0), STORE_OK);
    bed_hash(1002, in.keep);
    assert_int_equal(BED(b, store_password_set(b->s, &in, bed_plain, b)), STORE_CONFLICT);
    assert_int_equal(check(b, 1, 6003), STORE_OK);
    in.old = CLEAR "first";
    assert_int_equal(BED(b, store_password_set(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(check(b, 1, 6003), STORE_NOT_FOUND);
    assert_int_equal(check(b, 2, 6003), STORE_OK);
    assert_int_equal(sign_in(b, 3, CLEAR "first", 0, 0), STORE_CONFLICT);
    assert_int_equal(sign_in(b, 3, CLEAR "second", 0, 0), STORE_OK);
    assert_int_equal(audit_count(b, "password_changed"), 1);
}

static enum store_result change(struct bed *b, int n, enum store_role role, int disabled)
{
    const struct store_staff_change in = {.who.id = bed_id('s', n),
                                          .role = role,
                                          .set_disabled = disabled >= 0,
                                          .disabled = disabled > 0,
                                          .now_ms = 300,
                                          .audit = audit("staff_changed")};

    return BED(b, store_staff_change(b->s, &in, bed_staff_out, b));
}

static void test_last_administrator(void **state)
{
    struct bed *b = *state;

    assert_int_equal(change(b, 1, 0, 1), STORE_NOT_FOUND);
    assert_int_equal(add(b, 1, "a@msp.example", STORE_ADMIN), STORE_OK);
    assert_int_equal(use(b, 1, 200), STORE_OK);
    assert_int_equal(add(b, 2, "b@msp.example", STORE_ADMIN), STORE_OK);
    /* One who never came in does not count. */
    assert_int_equal(change(b, 1, 0, 1), STORE_CONFLICT);
    assert_int_equal(change(b, 1, STORE_TECHNICIAN, -1), STORE_CONFLICT);
    assert_int_equal(audit_count(b, "staff_changed"), 0);
    assert_int_equal(check(b, 1, 300), STORE_OK);
    assert_int_equal(use(b, 2, 200), STORE_OK);
    assert_int_equal(change(b, 1, STORE_TECHNICIAN, -1), STORE_OK);
    assert_int_equal(b->out.staff.role, STORE_TECHNICIAN);
    assert_int_equal(change(b, 2, 0, 1), STORE_CONFLICT);
    assert_int_equal(change(b, 1, STORE_ADMIN, -1), STORE_OK);
    assert_int_equal(change(b, 2, 0, 1), STORE_OK);
    assert_int_equal(b->out.staff.disabled_ms, 300);
    assert_int_equal(check(b, 2, 300), STORE_NOT_FOUND);
    assert_int_equal(change(b, 2, 0, 0), STORE_OK);
    assert_int_equal(check(b, 2, 300), STORE_NOT_FOUND);
    assert_int_equal(audit_count(b, "staff_changed"), 4);
}

static void test_disabled(void **state)
{
    struct bed *b = *state;

    assert_int_equal(add(b, 1, "a@msp.example", STORE_TECHNICIAN), STORE_OK);
    assert_int_equal(change(b, 1, 0, 1), STORE_OK);
    assert_int_equal(link_of(b, 1, 200), STORE_NOT_FOUND);
    assert_int_equal(use(b, 1, 200), STORE_NOT_FOUND);
    assert_int_equal(sign_in(b, 1, "", 0, 0), STORE_NOT_FOUND);
}

static void test_reset(void **state)
{
    struct bed *b = *state;
    struct store_staff_reset in = {.who.email = "A@msp.example",
                                   .link = {.kind = STORE_LINK_RESET, .expires_ms = HOUR},
                                   .audit = audit("link_made")};
    struct store_totp_set totp = {.staff = bed_id('s', 1), .totp = "sealed", .recovery_count = 1};

    bed_hash(7, in.link.hash);
    assert_int_equal(BED(b, store_staff_reset(b->s, &in, bed_staff_out, b)), STORE_NOT_FOUND);
    assert_int_equal(add(b, 1, "a@msp.example", STORE_TECHNICIAN), STORE_OK);
    assert_int_equal(BED(b, store_staff_reset(b->s, &in, bed_staff_out, b)), STORE_OK);
    assert_int_equal(link_of(b, 1, 200), STORE_NOT_FOUND);
    assert_int_equal(link_of(b, 7, 200), STORE_OK);
    assert_int_equal(b->out.link.kind, STORE_LINK_INVITE);
    assert_int_equal(use(b, 7, 200), STORE_OK);
    bed_hash(501, totp.recovery[0]);
    assert_int_equal(BED(b, store_totp_set(b->s, &totp, bed_plain, b)), STORE_OK);
    assert_int_equal(BED(b, store_staff_reset(b->s, &in, bed_staff_out, b)), STORE_OK);
    assert_string_equal(b->out.staff.email, "a@msp.example");
    assert_int_equal(check(b, 7, 201), STORE_NOT_FOUND);
    assert_int_equal(sign_in(b, 3, CLEAR "first", 0, 0), STORE_CONFLICT);
    assert_int_equal(link_of(b, 7, 200), STORE_OK);
    assert_int_equal(b->out.link.kind, STORE_LINK_RESET);
    assert_int_equal(use(b, 7, 200), STORE_OK);
    assert_false(b->out.session.totp);
    assert_int_equal(sign_in(b, 3, CLEAR "first", 0, 501), STORE_CONFLICT);
}

static void test_audit(void **state)
{
    struct bed *b = *state;
    struct store_audit_read in = {.limit = 2};
    struct store_audit row = audit("sign_in_failed");

    for (int i = 0; i < 5; i++) {
        row.at_ms = i;
        row.actor = i == 2 ? "Eve@example.com" : "boss@msp.example";
        assert_int_equal(BED(b, store_audit_add(b->s, &row, bed_plain, b)), STORE_OK);
    }
    row.action = "staff_added";
    assert_int_equal(BED(b, store_audit_add(b->s, &row, bed_plain, b)), STORE_OK);
    bed_reopen(b);
    assert_int_equal(BED(b, store_audit_read(b->s, &in, bed_audits, b)), STORE_OK);
    assert_int_equal(b->out.audits.count, 2);
    assert_true(b->out.audits.more);
    assert_string_equal(b->out.audits.rows[0].action, "staff_added");
    assert_string_equal(b->out.audits.rows[1].action, "sign_in_failed");
    assert_int_equal(b->out.audits.rows[1].at_ms, 4);
    assert_string_equal(b->out.audits.rows[1].object, "it");
    assert_string_equal(b->out.audits.rows[1].address, "192.0.2.1");
    assert_string_equal(b->out.audits.rows[1].detail, "so");
    in.before = b->out.audits.rows[1].id;
    in.limit = 10;
    assert_int_equal(BED(b, store_audit_read(b->s, &in, bed_audits, b)), STORE_OK);
    assert_int_equal(b->out.audits.count, 4);
    assert_false(b->out.audits.more);
    in = (struct store_audit_read){.who = "eVe@", .limit = 10};
    assert_int_equal(BED(b, store_audit_read(b->s, &in, bed_audits, b)), STORE_OK);
    assert_int_equal(b->out.audits.count, 1);
    assert_int_equal(b->out.audits.rows[0].at_ms, 2);
    assert_int_equal(audit_count(b, "sign_in_failed"), 5);
}

static void test_audit_with_a_value(void **state)
{
    struct bed *b = *state;
    struct store_value in = {.key = STORE_VALUE_BRAND, .text = "{}", .changed_ms = 1};

    assert_int_equal(BED(b, store_value_put(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(audit_count(b, ""), 0);
    in.audit = audit("brand_changed");
    assert_int_equal(BED(b, store_value_put(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(audit_count(b, "brand_changed"), 1);
}

/* By SQL too: the triggers hold what the code promises. */
static void test_audit_is_append_only(void **state)
{
    struct bed *b = *state;
    const struct store_audit row = audit("sign_in");
    char path[128];

    if (b->fake)
        return;
    assert_int_equal(BED(b, store_audit_add(b->s, &row, bed_plain, b)), STORE_OK);
    snprintf(path, sizeof(path), "%s/parley.db", b->dir);
    struct db *db = db_open(path, NULL);
    assert_non_null(db);
    assert_int_not_equal(
        sqlite3_exec(db_handle(db), "UPDATE audit SET actor = 'x'", NULL, NULL, NULL), SQLITE_OK);
    assert_int_not_equal(sqlite3_exec(db_handle(db), "DELETE FROM audit", NULL, NULL, NULL),
                         SQLITE_OK);
    db_close(db);
    assert_int_equal(audit_count(b, "sign_in"), 1);
}

const struct CMUnitTest staff_tests[] = {
    BED_TEST(test_setup),
    BED_TEST(test_setup_ends_with_an_administrator),
    BED_TEST(test_invite),
    BED_TEST(test_session_ends),
    BED_TEST(test_sign_in),
    BED_TEST(test_oidc),
    BED_TEST(test_sessions_are_bounded),
    BED_TEST(test_password),
    BED_TEST(test_last_administrator),
    BED_TEST(test_disabled),
    BED_TEST(test_reset),
    BED_TEST(test_audit),
    BED_TEST(test_audit_with_a_value),
    BED_TEST(test_audit_is_append_only),
};
const size_t staff_test_count = COUNT_OF(staff_tests);
