/* The connector as an administrator sees it: pausing, removing, accounts kept apart, health, and
 * what is parked. */
#include <stdio.h>

#include "bed.h"

static struct store_connector settings(const char *account, const char *sealed, int64_t now_ms)
{
    return (struct store_connector){.kind = "syncro",
                                    .account = account,
                                    .sealed_token = sealed,
                                    .token_end = sealed[0] != '\0' ? "a1b2" : "",
                                    .fallback_customer = 7,
                                    .fallback_name = "Unsorted",
                                    .changed_ms = now_ms};
}

static enum store_result set(struct bed *b, const char *account, const char *sealed, int64_t now_ms)
{
    const struct store_connector in = settings(account, sealed, now_ms);

    return BED(b, store_connector_set(b->s, &in, bed_plain, b));
}

static enum store_result get(struct bed *b)
{
    return BED(b, store_connector_get(b->s, bed_connector, b));
}

static enum store_result state(struct bed *b, const char *word)
{
    return BED(b, store_connector_state(b->s, "syncro", word, "", bed_plain, b));
}

static enum store_result switch_to(struct bed *b, bool paused)
{
    const struct store_connector_pause in = {
        .kind = "syncro", .paused = paused, .reason = "It is paused", .now_ms = 5};

    return BED(b, store_connector_pause(b->s, &in, bed_plain, b));
}

static void test_pause(void **s)
{
    struct bed *b = *s;

    assert_int_equal(switch_to(b, true), STORE_NOT_FOUND);
    assert_int_equal(set(b, "acme", "aa", 1), STORE_OK);
    assert_int_equal(switch_to(b, true), STORE_OK);
    assert_true(b->out.changed.changed);
    assert_int_equal(switch_to(b, true), STORE_OK);
    assert_false(b->out.changed.changed);
    bed_reopen(b);
    assert_int_equal(get(b), STORE_OK);
    assert_true(b->out.connector.paused);
    assert_int_equal(b->out.connector.version, 2);
    assert_string_equal(b->out.connector.reason, "It is paused");
    assert_string_equal(b->out.connector.token_end, "a1b2");
    assert_string_equal(b->out.connector.fallback_name, "Unsorted");
    /* What waits says so, a late state does not unsay it, and other settings do not resume. */
    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    const struct id one = bed_id('c', 1);
    assert_int_equal(BED(b, store_outbox_of(b->s, &one, bed_entries, b)), STORE_OK);
    assert_string_equal(b->out.entries.rows[0].reason, "It is paused");
    assert_int_equal(state(b, "ok"), STORE_NOT_FOUND);
    assert_int_equal(set(b, "acme", "bb", 2), STORE_OK);
    assert_int_equal(get(b), STORE_OK);
    assert_true(b->out.connector.paused);
    assert_string_equal(b->out.connector.reason, "It is paused");
    assert_int_equal(switch_to(b, false), STORE_OK);
    assert_int_equal(get(b), STORE_OK);
    assert_false(b->out.connector.paused);
    assert_string_equal(b->out.connector.reason, "");
    assert_int_equal(b->out.connector.version, 4);
}

static void test_remove(void **s)
{
    struct bed *b = *s;
    const struct store_connector_pause in = {.kind = "syncro", .reason = "It was removed"};

    assert_int_equal(BED(b, store_connector_remove(b->s, &in, bed_plain, b)), STORE_NOT_FOUND);
    assert_int_equal(set(b, "acme", "aa", 1), STORE_OK);
    assert_int_equal(state(b, "ok"), STORE_OK);
    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(BED(b, store_connector_remove(b->s, &in, bed_plain, b)), STORE_OK);
    bed_reopen(b);
    assert_int_equal(get(b), STORE_NOT_FOUND);
    assert_int_equal(state(b, "ok"), STORE_NOT_FOUND);
    assert_int_equal(switch_to(b, true), STORE_NOT_FOUND);
    assert_int_equal(BED(b, store_connector_remove(b->s, &in, bed_plain, b)), STORE_NOT_FOUND);
    const struct id one = bed_id('c', 1);
    assert_int_equal(BED(b, store_outbox_of(b->s, &one, bed_entries, b)), STORE_OK);
    assert_int_equal(b->out.entries.rows[0].state, STORE_WAITING);
    assert_string_equal(b->out.entries.rows[0].reason, "It was removed");
    /* The token is gone: without one it cannot be set. */
    assert_int_equal(set(b, "acme", "", 2), STORE_CONFLICT);
    assert_int_equal(set(b, "acme", "bb", 2), STORE_OK);
    assert_int_equal(get(b), STORE_OK);
    assert_int_equal(b->out.connector.version, 3);
    assert_false(b->out.connector.worked);
}

static void test_settings_without_a_token(void **s)
{
    struct bed *b = *s;

    assert_int_equal(set(b, "acme", "", 1), STORE_CONFLICT);
    assert_int_equal(set(b, "acme", "aa", 1), STORE_OK);
    assert_int_equal(state(b, "held"), STORE_OK);
    assert_int_equal(get(b), STORE_OK);
    assert_false(b->out.connector.worked);
    assert_int_equal(state(b, "ok"), STORE_OK);
    assert_int_equal(state(b, "held"), STORE_OK);
    assert_int_equal(set(b, "other", "", 2), STORE_CONFLICT);
    assert_int_equal(set(b, "acme", "", 2), STORE_OK);
    assert_int_equal(get(b), STORE_OK);
    assert_string_equal(b->out.connector.sealed_token, "aa");
    assert_string_equal(b->out.connector.token_end, "a1b2");
    assert_true(b->out.connector.worked);
    assert_int_equal(b->out.connector.changed_ms, 2);
    assert_int_equal(set(b, "acme", "bb", 3), STORE_OK);
    assert_int_equal(get(b), STORE_OK);
    assert_false(b->out.connector.worked);
}

static void test_lists_of_an_account(void **s)
{
    struct bed *b = *s;
    const struct store_value lists = {STORE_VALUE_OPTIONS, "{}", 1};

    assert_int_equal(set(b, "acme", "aa", 1), STORE_OK);
    assert_int_equal(BED(b, store_value_put(b->s, &lists, bed_plain, b)), STORE_OK);
    assert_int_equal(set(b, "acme", "bb", 2), STORE_OK);
    assert_int_equal(BED(b, store_value_get(b->s, STORE_VALUE_OPTIONS, bed_value, b)), STORE_OK);
    assert_int_equal(set(b, "other", "cc", 3), STORE_OK);
    assert_int_equal(BED(b, store_value_get(b->s, STORE_VALUE_OPTIONS, bed_value, b)),
                     STORE_NOT_FOUND);
}

static enum store_result take_for(struct bed *b, int n, const char *account, int64_t now_ms)
{
    const struct store_outbox_take in = {.conversation = bed_id('c', n),
                                         .now_ms = now_ms,
                                         .doubt_until_ms = now_ms + 60000,
                                         .account = account};

    return BED(b, store_outbox_take(b->s, &in, bed_taken, b));
}

static enum store_result park(struct bed *b, int64_t outbox, bool in_doubt)
{
    const struct store_outbox_finish in = {.outbox = outbox,
                                           .outcome = STORE_PARK,
                                           .still_in_doubt = in_doubt,
                                           .reason = "It was refused"};

    return BED(b, store_outbox_finish(b->s, &in, bed_plain, b));
}

/* A person is linked in one account and a stranger in another; coming back finds the link again. */
static void test_links_by_account(void **s)
{
    struct bed *b = *s;
    struct store_person_link link = {
        .account = "acme", .psa_contact = 5, .psa_customer = 6, .company = "Acme"};

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    link.person = b->out.started.person;
    assert_int_equal(BED(b, store_person_link(b->s, &link, bed_plain, b)), STORE_OK);
    assert_int_equal(take_for(b, 1, "other", 1000), STORE_OK);
    assert_int_equal(b->out.taken.psa_customer, 0);
    assert_string_equal(b->out.taken.account, "");
    const int64_t outbox = b->out.taken.outbox;
    link.account = "other";
    link.psa_customer = 60;
    assert_int_equal(BED(b, store_person_link(b->s, &link, bed_plain, b)), STORE_OK);
    /* In doubt in the other account: taken for this one it says so, and stays where it was. */
    assert_int_equal(take_for(b, 1, "acme", 61000), STORE_OK);
    assert_true(b->out.taken.was_in_doubt);
    assert_string_equal(b->out.taken.account, "other");
    assert_int_equal(park(b, outbox, true), STORE_OK);
    const struct id one = bed_id('c', 1);
    assert_int_equal(BED(b, store_outbox_retry(b->s, &one, 70000, NULL, bed_plain, b)), STORE_OK);
    assert_int_equal(take_for(b, 1, "acme", 70000), STORE_OK);
    assert_string_equal(b->out.taken.account, "other");
    assert_int_equal(b->out.taken.psa_customer, 6);
    /* Certainly not there: free for this account, with its link. */
    assert_int_equal(bed_finish(b, outbox, STORE_RETRY, 80000), STORE_OK);
    assert_int_equal(take_for(b, 1, "other", 80000), STORE_OK);
    assert_string_equal(b->out.taken.account, "");
    assert_int_equal(b->out.taken.psa_customer, 60);
}

static enum store_result count(struct bed *b, int64_t hour, int64_t calls, int64_t errors)
{
    const struct store_calls_add in = {.kind = "syncro",
                                       .calls = calls,
                                       .errors = errors,
                                       .last_ms = hour * 3600000 + 5,
                                       .hour_ms = hour * 3600000};

    return BED(b, store_calls_add(b->s, &in, bed_plain, b));
}

static void test_calls(void **s)
{
    struct bed *b = *s;

    assert_int_equal(BED(b, store_calls_read(b->s, "syncro", 0, bed_calls, b)), STORE_OK);
    assert_int_equal(b->out.calls.count, 0);
    assert_int_equal(b->out.calls.last_ms, 0);
    assert_int_equal(count(b, 100, 3, 1), STORE_OK);
    assert_int_equal(count(b, 101, 5, 0), STORE_OK);
    assert_int_equal(count(b, 100, 2, 2), STORE_OK);
    bed_reopen(b);
    assert_int_equal(BED(b, store_calls_read(b->s, "syncro", 0, bed_calls, b)), STORE_OK);
    assert_int_equal(b->out.calls.count, 2);
    assert_int_equal(b->out.calls.rows[0].calls, 5);
    assert_int_equal(b->out.calls.rows[0].errors, 3);
    assert_int_equal(b->out.calls.rows[1].hour_ms, 101 * 3600000);
    assert_int_equal(b->out.calls.last_ms, 101 * 3600000 + 5);
    assert_int_equal(BED(b, store_calls_read(b->s, "other", 0, bed_calls, b)), STORE_OK);
    assert_int_equal(b->out.calls.count, 0);
    assert_int_equal(count(b, 148, 1, 0), STORE_OK);
    assert_int_equal(BED(b, store_calls_read(b->s, "syncro", 0, bed_calls, b)), STORE_OK);
    assert_int_equal(b->out.calls.count, 2);
    assert_int_equal(b->out.calls.rows[0].hour_ms, 101 * 3600000);
    assert_int_equal(BED(b, store_calls_read(b->s, "syncro", INT64_C(102) * 3600000, bed_calls, b)),
                     STORE_OK);
    assert_int_equal(b->out.calls.count, 1);
}

/* Conversation n with a parked head that makes the ticket. */
static int64_t parked_create(struct bed *b, int n)
{
    assert_int_equal(bed_start(b, n, 1000), STORE_OK);
    assert_int_equal(take_for(b, n, "acme", 1000), STORE_OK);
    const int64_t outbox = b->out.taken.outbox;
    assert_int_equal(park(b, outbox, false), STORE_OK);
    return outbox;
}

static void test_parked_list(void **s)
{
    struct bed *b = *s;
    struct store_parked_read in = {.account = "acme", .limit = 2};

    for (int n = 1; n <= 3; n++)
        parked_create(b, n);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "more", 2000), STORE_OK);
    assert_int_equal(bed_start(b, 4, 3000), STORE_OK); /* waits */
    assert_int_equal(BED(b, store_parked_read(b->s, &in, bed_parked, b)), STORE_OK);
    assert_int_equal(b->out.parked.count, 2);
    assert_true(b->out.parked.more);
    assert_string_equal(b->out.parked.rows[0].reference, "PLY-00000001");
    assert_string_equal(b->out.parked.rows[0].reason, "It was refused");
    assert_string_equal(b->out.parked.rows[0].email, "ada1@example.com");
    assert_int_equal(b->out.parked.rows[0].since_ms, 1000);
    assert_false(b->out.parked.rows[0].account_differs);
    in.after = b->out.parked.rows[1].outbox;
    assert_int_equal(BED(b, store_parked_read(b->s, &in, bed_parked, b)), STORE_OK);
    assert_int_equal(b->out.parked.count, 1);
    assert_false(b->out.parked.more);

    assert_int_equal(BED(b, store_backlog_read(b->s, bed_plain, b)), STORE_OK);
    assert_int_equal(b->out.backlog.waiting, 2);
    assert_int_equal(b->out.backlog.parked, 3);
    assert_int_equal(b->out.backlog.oldest_ms, 2000);

    /* One whose ticket is in another account. */
    assert_int_equal(take_for(b, 4, "acme", 3000), STORE_OK);
    assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_FILED, 3000), STORE_OK);
    assert_int_equal(bed_say(b, 4, STORE_PERSON, "m-3", "more", 4000), STORE_OK);
    assert_int_equal(take_for(b, 4, "other", 4000), STORE_OK);
    assert_string_equal(b->out.taken.account, "acme");
    assert_int_equal(park(b, b->out.taken.outbox, false), STORE_OK);
    in = (struct store_parked_read){.account = "other", .limit = 10};
    assert_int_equal(BED(b, store_parked_read(b->s, &in, bed_parked, b)), STORE_OK);
    assert_int_equal(b->out.parked.count, 4);
    assert_true(b->out.parked.rows[3].account_differs);
    assert_int_equal(b->out.parked.rows[3].kind, STORE_ADD_COMMENT);
}

static void test_company(void **s)
{
    struct bed *b = *s;
    struct store_outbox_company in = {.conversation = bed_id('c', 1),
                                      .account = "acme",
                                      .psa_customer = 6,
                                      .company = "Acme",
                                      .now_ms = 5000};

    assert_int_equal(BED(b, store_outbox_company(b->s, &in, bed_plain, b)), STORE_NOT_FOUND);
    parked_create(b, 1);
    assert_int_equal(BED(b, store_outbox_company(b->s, &in, bed_plain, b)), STORE_OK);
    assert_true(b->out.changed.changed);
    assert_int_equal(BED(b, store_outbox_company(b->s, &in, bed_plain, b)), STORE_CONFLICT);
    assert_int_equal(take_for(b, 1, "acme", 5000), STORE_OK);
    assert_int_equal(b->out.taken.psa_customer, 6);
    assert_string_equal(b->out.taken.company, "Acme");
    assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_FILED, 5000), STORE_OK);
    /* Whose ticket it is is settled then. */
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "more", 6000), STORE_OK);
    assert_int_equal(take_for(b, 1, "acme", 6000), STORE_OK);
    assert_int_equal(park(b, b->out.taken.outbox, false), STORE_OK);
    assert_int_equal(BED(b, store_outbox_company(b->s, &in, bed_plain, b)), STORE_CONFLICT);
}

static int given;

static enum store_result give_up(struct bed *b, int n, const char *account)
{
    const struct store_outbox_give_up in = {.conversation = bed_id('c', n),
                                            .message = bed_id('m', 900 + given++),
                                            .account = account,
                                            .name = "Robin",
                                            .sender = "s:robin",
                                            .said = "This was left out",
                                            .said_create = "No ticket is made",
                                            .now_ms = 9000,
                                            .audit = {.actor = "robin", .action = "discarded"}};

    return BED(b, store_outbox_give_up(b->s, &in, bed_plain, b));
}

static void last_message(struct bed *b, int n)
{
    const struct store_messages_read in = {
        .conversation = bed_id('c', n), .asker = bed_staff(), .limit = 100, .include_notes = true};

    assert_int_equal(BED(b, store_messages_read(b->s, &in, bed_messages, b)), STORE_OK);
    b->out.messages.rows += b->out.messages.count - 1;
}

/* A comment is left out, and what follows goes on. */
static void test_give_up_a_comment(void **s)
{
    struct bed *b = *s;
    const struct id one = bed_id('c', 1);

    assert_int_equal(give_up(b, 1, "acme"), STORE_NOT_FOUND);
    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(bed_drain(b, 1, 1000), 1);
    assert_int_equal(give_up(b, 1, "acme"), STORE_CONFLICT);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "bad", 2000), STORE_OK);
    assert_int_equal(take_for(b, 1, "acme", 2000), STORE_OK);
    assert_int_equal(park(b, b->out.taken.outbox, true), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-3", "good", 3000), STORE_OK);
    assert_int_equal(give_up(b, 1, "acme"), STORE_OK);
    assert_int_equal(b->out.given_up.entries, 1);
    assert_int_equal(b->out.given_up.event.seq, 4);
    last_message(b, 1);
    assert_int_equal(b->out.messages.rows->author, STORE_EVENT);
    assert_string_equal(b->out.messages.rows->body, "This was left out");
    assert_string_equal(b->out.messages.rows->name, "Robin");
    assert_int_equal(take_for(b, 1, "acme", 9000), STORE_OK);
    assert_string_equal(b->out.taken.messages[0].body, "good");
    bed_reopen(b);
    assert_int_equal(BED(b, store_outbox_of(b->s, &one, bed_entries, b)), STORE_OK);
    assert_int_equal(b->out.entries.count, 3);
    assert_int_equal(b->out.entries.rows[1].state, STORE_GIVEN_UP);
    assert_string_equal(b->out.entries.rows[1].reason, "");
}

/* Without the ticket, what waits for it is given up too; staff have nowhere to go; what the person
 * says next begins a new one. */
static void test_give_up_a_ticket(void **s)
{
    struct bed *b = *s;
    const struct id one = bed_id('c', 1);
    const struct store_ticket_update update = {.conversation = one,
                                               .payload = "{}",
                                               .sender = "s:robin",
                                               .client_id = "u-1",
                                               .now_ms = 2000};

    parked_create(b, 1);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "more", 2000), STORE_OK);
    assert_int_equal(BED(b, store_ticket_update(b->s, &update, bed_plain, b)), STORE_OK);
    assert_int_equal(give_up(b, 1, "acme"), STORE_OK);
    assert_int_equal(b->out.given_up.entries, 3);
    last_message(b, 1);
    assert_string_equal(b->out.messages.rows->body, "No ticket is made");
    assert_int_equal(take_for(b, 1, "acme", 9000), STORE_NOT_FOUND);
    const struct store_ticket_update again = {
        .conversation = one, .sender = "s:robin", .client_id = "u-2"};
    assert_int_equal(BED(b, store_ticket_update(b->s, &again, bed_plain, b)), STORE_CONFLICT);
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "m-3", "Hello", 9100), STORE_OK);
    assert_int_equal(take_for(b, 1, "acme", 9200), STORE_NOT_FOUND);
    bed_reopen(b);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-4", "Once more", 9300), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "m-5", "Aha", 9300), STORE_OK);
    assert_int_equal(take_for(b, 1, "acme", 9300), STORE_OK);
    assert_int_equal(b->out.taken.kind, STORE_CREATE_TICKET);
    assert_int_equal(b->out.taken.message_count, 1);
    assert_string_equal(b->out.taken.messages[0].body, "Once more");
    assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_FILED, 9300), STORE_OK);
    assert_int_equal(take_for(b, 1, "acme", 9300), STORE_OK);
    assert_int_equal(b->out.taken.kind, STORE_ADD_COMMENT);
}

/* A ticket of which it is not known whether this account has it is not given up: a second one could
 * be made. In another account it can only be left. */
static void test_give_up_in_doubt(void **s)
{
    struct bed *b = *s;

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(take_for(b, 1, "acme", 1000), STORE_OK);
    assert_int_equal(park(b, b->out.taken.outbox, true), STORE_OK);
    assert_int_equal(give_up(b, 1, "acme"), STORE_CONFLICT);
    assert_int_equal(give_up(b, 1, "other"), STORE_OK);
}

static int64_t audits(struct bed *b, const char *object)
{
    const struct store_audit_read in = {.limit = 100};

    assert_int_equal(BED(b, store_audit_read(b->s, &in, bed_audits, b)), STORE_OK);
    if (b->out.audits.count > 0)
        assert_string_equal(b->out.audits.rows[0].object, object);
    return (int64_t)b->out.audits.count;
}

/* A change and its row of the audit log are one; where nothing changed, nothing is written. */
static void test_audit(void **s)
{
    struct bed *b = *s;
    const struct store_audit audit = {
        .actor = "robin@msp.example", .action = "x", .object = "kind"};
    const struct store_audit of = {.actor = "robin@msp.example", .action = "x"};
    struct store_connector in = settings("acme", "", 1);
    struct store_connector_pause pause = {.kind = "syncro", .paused = true, .audit = audit};

    in.audit = audit;
    assert_int_equal(BED(b, store_connector_set(b->s, &in, bed_plain, b)), STORE_CONFLICT);
    assert_int_equal(BED(b, store_connector_pause(b->s, &pause, bed_plain, b)), STORE_NOT_FOUND);
    assert_int_equal(audits(b, ""), 0);
    in.sealed_token = "aa";
    assert_int_equal(BED(b, store_connector_set(b->s, &in, bed_plain, b)), STORE_OK);
    in.sealed_token = "";
    assert_int_equal(BED(b, store_connector_set(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(audits(b, "kind"), 2);
    for (int i = 0; i < 2; i++)
        assert_int_equal(BED(b, store_connector_pause(b->s, &pause, bed_plain, b)), STORE_OK);
    assert_int_equal(audits(b, "kind"), 3);
    assert_int_equal(BED(b, store_connector_remove(b->s, &pause, bed_plain, b)), STORE_OK);
    assert_int_equal(audits(b, "kind"), 4);

    const struct id one = bed_id('c', 1);
    parked_create(b, 1);
    for (int i = 0; i < 2; i++)
        assert_int_equal(BED(b, store_outbox_retry(b->s, &one, 2000, &of, bed_plain, b)), STORE_OK);
    assert_int_equal(audits(b, "PLY-00000001"), 5);
    assert_int_equal(take_for(b, 1, "acme", 2000), STORE_OK);
    assert_int_equal(park(b, b->out.taken.outbox, false), STORE_OK);
    const struct store_outbox_company company = {
        .conversation = one, .account = "acme", .psa_customer = 6, .now_ms = 3000, .audit = of};
    assert_int_equal(BED(b, store_outbox_company(b->s, &company, bed_plain, b)), STORE_OK);
    assert_int_equal(BED(b, store_outbox_company(b->s, &company, bed_plain, b)), STORE_CONFLICT);
    assert_int_equal(audits(b, "PLY-00000001"), 6);
    assert_int_equal(take_for(b, 1, "acme", 3000), STORE_OK);
    assert_int_equal(park(b, b->out.taken.outbox, false), STORE_OK);
    assert_int_equal(give_up(b, 1, "acme"), STORE_OK);
    assert_int_equal(audits(b, "PLY-00000001"), 7);
}

const struct CMUnitTest desk_tests[] = {
    BED_TEST(test_pause),
    BED_TEST(test_remove),
    BED_TEST(test_settings_without_a_token),
    BED_TEST(test_lists_of_an_account),
    BED_TEST(test_links_by_account),
    BED_TEST(test_calls),
    BED_TEST(test_parked_list),
    BED_TEST(test_company),
    BED_TEST(test_give_up_a_comment),
    BED_TEST(test_give_up_a_ticket),
    BED_TEST(test_give_up_in_doubt),
    BED_TEST(test_audit),
};
const size_t desk_test_count = COUNT_OF(desk_tests);
