/* Who may see what: a table of tickets and of those who look at them. What the PSA says and what
 * people proved is written by SQL, so that this stands on nothing but the schema. */
#include "bed.h"

#include <sqlite3.h>
#include <stdio.h>

#include "store/sqlite/db_private.h"

#define ACCOUNT  "acme"
#define NOW      1000000
#define CONTACT  5 /* of the owner */
#define CUSTOMER 6

/* Browsers, each with a conversation of its own, by number. */
enum {
    UNPROVED = 1, /* typed the owner's address, and has the conversation */
    OWNER,        /* proved to be contact 5 of company 6 */
    COLLEAGUE,    /* contact 15 of company 6 */
    MANAGER,      /* contact 16 of company 6, may see the company's */
    STRANGER,     /* contact 5 of company 7: ids of contacts are the account's, so this is 25 */
    EXPIRED,      /* was the owner until a moment ago */
    BLOCKED,      /* is the owner in another browser, but blocked */
    HOUSEHOLD,    /* has the company's own address */
    BY_DOMAIN,    /* of company 6 by its domain only */
    ELSEWHERE,    /* contact 5 of company 6 in another account */
    VIEWERS,
};

static const struct {
    int contact, customer, how, manager;
    const char *account;
} viewers[VIEWERS] = {
    [UNPROVED] = {CONTACT, CUSTOMER, STORE_BY_CONTACT, 0, ACCOUNT},
    [OWNER] = {CONTACT, CUSTOMER, STORE_BY_CONTACT, 0, ACCOUNT},
    [COLLEAGUE] = {15, CUSTOMER, STORE_BY_CONTACT, 0, ACCOUNT},
    [MANAGER] = {16, CUSTOMER, STORE_BY_CONTACT, 1, ACCOUNT},
    [STRANGER] = {25, 7, STORE_BY_CONTACT, 0, ACCOUNT},
    [EXPIRED] = {CONTACT, CUSTOMER, STORE_BY_CONTACT, 0, ACCOUNT},
    [BLOCKED] = {CONTACT, CUSTOMER, STORE_BY_CONTACT, 0, ACCOUNT},
    [HOUSEHOLD] = {0, CUSTOMER, STORE_BY_COMPANY, 0, ACCOUNT},
    [BY_DOMAIN] = {0, CUSTOMER, STORE_BY_DOMAIN, 0, ACCOUNT},
    [ELSEWHERE] = {CONTACT, CUSTOMER, STORE_BY_CONTACT, 0, "other"},
};

/* Each ticket has the conversation of the same number as its browser (all of them unproved), so
 * that a viewer has no other claim to it than the PSA's. */
static const struct {
    int contact, customer, gone;
    const char *may; /* for each viewer: w write, r read, - nothing; o: has it already */
} tickets[] = {
    /*                      UOCMSEBHDL */
    {CONTACT, CUSTOMER, 0, "-w-r------"}, {15, CUSTOMER, 0, "--wr------"},
    {0, CUSTOMER, 0, "---r---w--"},       {25, 7, 0, "----w-----"},
    {CONTACT, CUSTOMER, 1, "----------"}, {0, 0, 0, "----------"},
};
#define FIRST_TICKET 21

static struct db *db_of(struct bed *b)
{
    char path[128];

    snprintf(path, sizeof(path), "%s/parley.db", b->dir);
    struct db *db = db_open(path, NULL);
    assert_non_null(db);
    return db;
}

static void sql(struct db *db, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    char *text = sqlite3_vmprintf(format, args);
    va_end(args);
    if (sqlite3_exec(db_handle(db), text, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", text, sqlite3_errmsg(db_handle(db)));
    sqlite3_free(text);
}

static void hex(const uint8_t *bytes, size_t len, char *to)
{
    for (size_t i = 0; i < len; i++)
        snprintf(to + 2 * i, 3, "%02x", bytes[i]);
}

static void set_up(struct bed *b)
{
    struct db *db;

    for (int n = 1; n < VIEWERS; n++)
        assert_int_equal(bed_start(b, n, 1000), STORE_OK);
    for (size_t i = 0; i < COUNT_OF(tickets); i++)
        assert_int_equal(bed_start(b, FIRST_TICKET + (int)i, 1000), STORE_OK);
    db = db_of(b);
    for (int n = 1; n < VIEWERS; n++) {
        const struct id person = bed_id('p', n);
        uint8_t hash[STORE_HASH_SIZE];
        char p[33], v[65];

        bed_hash(n, hash);
        hex(person.bytes, sizeof(person.bytes), p);
        hex(hash, sizeof(hash), v);
        sql(db, "INSERT INTO person_link VALUES (x'%s', '%s', %d, %d, %d, 0, '')", p,
            viewers[n].account, viewers[n].contact, viewers[n].customer, viewers[n].how);
        if (n == UNPROVED)
            continue;
        sql(db, "UPDATE person SET verified_ms = 1, manager = %d, blocked_ms = %d WHERE id = x'%s'",
            viewers[n].manager, n == BLOCKED, p);
        sql(db, "UPDATE visitor SET verified_ms = 1, expires_ms = %d WHERE token_hash = x'%s'",
            n == EXPIRED ? NOW : NOW + 1, v);
    }
    for (size_t i = 0; i < COUNT_OF(tickets); i++) {
        const struct id conversation = bed_id('c', FIRST_TICKET + (int)i);
        char c[33];

        hex(conversation.bytes, sizeof(conversation.bytes), c);
        sql(db,
            "INSERT INTO ticket (account, id, number, customer, contact, subject, status, "
            "priority, assignee, open, gone, created_ms, updated_ms, resolved_ms, seen_ms) "
            "VALUES ('" ACCOUNT "', %d, '%d', %d, %d, 'Printer %d', 'New', '', "
            "'', 1, %d, 1, %d, 0, 1)",
            100 + (int)i, 1000 + (int)i, tickets[i].customer, tickets[i].contact, (int)i,
            tickets[i].gone, 2000 + (int)i);
        sql(db, "UPDATE conversation SET account = '" ACCOUNT "', ticket_id = %d WHERE id = x'%s'",
            100 + (int)i, c);
    }
    db_close(db);
}

static struct store_asker viewer(int n)
{
    struct store_asker asker = bed_person(n);

    asker.now_ms = NOW;
    return asker;
}

static void opened(enum store_result result, const union store_out *out, void *arg)
{
    bed_summary(result, out, arg);
    if (out != NULL)
        ((struct bed *)arg)->out.opened = out->opened;
}

static struct store_ticket_row rows[32];
static size_t row_count;
static bool more;
static int64_t unread;

static void listed(enum store_result result, const union store_out *out, void *arg)
{
    bed_plain(result, out, arg);
    assert_int_equal(result, STORE_OK);
    row_count = out->tickets.count;
    more = out->tickets.more;
    unread = out->tickets.unread;
    assert_true(row_count <= COUNT_OF(rows));
    for (size_t i = 0; i < row_count; i++) {
        rows[i] = out->tickets.rows[i];
        keep_text(arg, &rows[i].key);
        keep_text(arg, &rows[i].subject);
    }
}

static void list(struct bed *b, int n, const char *query, size_t limit)
{
    const struct store_ticket_list in = {.asker = viewer(n),
                                         .account = ACCOUNT,
                                         .which = STORE_TICKETS_ALL,
                                         .query = query,
                                         .limit = limit};

    assert_int_equal(BED(b, store_ticket_list(b->s, &in, listed, b)), STORE_OK);
}

static bool is_listed(int ticket, bool mine)
{
    for (size_t i = 0; i < row_count; i++)
        if (rows[i].ticket == 100 + ticket)
            return rows[i].mine == mine;
    return false;
}

/* Every operation that brings or changes what is in a conversation, asked by every viewer. */
static void check(struct bed *b, int n, size_t ticket)
{
    const char may = tickets[ticket].may[n - 1];
    const enum store_result reads = may == '-' ? STORE_NOT_FOUND : STORE_OK;
    const struct id conversation = bed_id('c', FIRST_TICKET + (int)ticket);
    const struct store_asker asker = viewer(n);
    const struct store_messages_read read = {
        .conversation = conversation, .asker = asker, .limit = 10};
    const struct store_read_mark mark = {.asker = asker, .conversation = conversation, .seq = 1};
    const struct store_message_add add = {.conversation = conversation,
                                          .message = bed_id('m', 900 + n),
                                          .asker = asker,
                                          .author = STORE_PERSON,
                                          .name = "Eve",
                                          .body = "Let me in",
                                          .sender = "v:x",
                                          .client_id = "access-test",
                                          .now_ms = NOW};

    if (BED(b, store_messages_read(b->s, &read, bed_messages, b)) != reads)
        fail_msg("viewer %d, ticket %zu: read %d", n, ticket, b->result);
    if (BED(b, store_conversation_summary(b->s, &conversation, &asker, bed_plain, b)) != reads)
        fail_msg("viewer %d, ticket %zu: summary %d", n, ticket, b->result);
    if (BED(b, store_read_mark(b->s, &mark, bed_plain, b)) != reads)
        fail_msg("viewer %d, ticket %zu: mark %d", n, ticket, b->result);
    const struct store_after after = {.asker = asker,
                                      .conversation = conversation,
                                      .message = bed_id('m', 1000 + 100 * n + (int)ticket),
                                      .client_id = "after-test",
                                      .score = 1,
                                      .now_ms = NOW};
    /* It is open. */
    if (BED(b, store_rate(b->s, &after, bed_plain, b)) !=
        (may == 'w' ? STORE_REFUSED : STORE_NOT_FOUND))
        fail_msg("viewer %d, ticket %zu: rate %d", n, ticket, b->result);
    if (BED(b, store_transcript(b->s, &after, bed_plain, b)) !=
        (may == 'w' ? STORE_OK : STORE_NOT_FOUND))
        fail_msg("viewer %d, ticket %zu: transcript %d", n, ticket, b->result);
    list(b, n, "", 30);
    if (is_listed((int)ticket, may == 'w') != (may != '-'))
        fail_msg("viewer %d, ticket %zu: list", n, ticket);
    if (may == 'w')
        return; /* writes are tried below, for they change what others find */
    if (BED(b, store_message_add(b->s, &add, bed_plain, b)) != STORE_NOT_FOUND)
        fail_msg("viewer %d, ticket %zu: write %d", n, ticket, b->result);
}

static void test_table(void **state)
{
    struct bed *b = *state;

    if (b->fake)
        return;
    set_up(b);
    for (int n = 1; n < VIEWERS; n++)
        for (size_t i = 0; i < COUNT_OF(tickets); i++)
            check(b, n, i);
}

/* Opening brings the ticket to its owner, and the browser that typed an address loses it; a manager
 * takes nothing from anybody. */
static void test_claim(void **state)
{
    struct bed *b = *state;
    struct store_conversation_open in = {.account = ACCOUNT, .ticket = 100};
    struct store_asker first = bed_person(FIRST_TICKET);
    struct store_messages_read read = {.conversation = bed_id('c', FIRST_TICKET), .limit = 10};

    if (b->fake)
        return;
    set_up(b);
    first.now_ms = NOW;
    in.asker = viewer(MANAGER);
    assert_int_equal(BED(b, store_conversation_open(b->s, &in, opened, b)), STORE_OK);
    assert_false(b->out.opened.claimed);
    assert_false(b->out.opened.may_write);
    in.asker = viewer(STRANGER);
    assert_int_equal(BED(b, store_conversation_open(b->s, &in, bed_plain, b)), STORE_NOT_FOUND);
    read.asker = first;
    assert_int_equal(BED(b, store_messages_read(b->s, &read, bed_messages, b)), STORE_OK);
    in.asker = viewer(OWNER);
    assert_int_equal(BED(b, store_conversation_open(b->s, &in, opened, b)), STORE_OK);
    assert_true(b->out.opened.claimed);
    assert_true(b->out.opened.may_write);
    assert_int_equal(BED(b, store_conversation_open(b->s, &in, opened, b)), STORE_OK);
    assert_false(b->out.opened.claimed);
    assert_int_equal(BED(b, store_messages_read(b->s, &read, bed_messages, b)), STORE_NOT_FOUND);
    read.asker = viewer(OWNER);
    assert_int_equal(BED(b, store_messages_read(b->s, &read, bed_messages, b)), STORE_OK);
}

/* Pages go on where the last ended, words find, marks count down what is unread. */
static void test_list(void **state)
{
    struct bed *b = *state;
    struct store_ticket_list in = {.account = ACCOUNT, .which = STORE_TICKETS_OPEN, .limit = 1};
    struct store_read_mark mark = {.conversation = bed_id('c', FIRST_TICKET), .seq = 99};
    size_t seen = 0;

    if (b->fake)
        return;
    set_up(b);
    list(b, MANAGER, "", 30);
    const size_t all = row_count; /* its own conversation and three of the company */
    assert_int_equal(all, 4);
    in.asker = viewer(MANAGER);
    do {
        assert_int_equal(BED(b, store_ticket_list(b->s, &in, listed, b)), STORE_OK);
        seen += row_count;
        in.before_ms = rows[0].updated_ms;
        in.before_key = rows[0].key;
    } while (more);
    assert_int_equal(seen, all);
    list(b, OWNER, "1000", 30);
    assert_int_equal(row_count, 1);
    list(b, OWNER, "%", 30);
    assert_int_equal(row_count, 0);
    in.before_ms = 0;
    in.which = STORE_TICKETS_CLOSED;
    assert_int_equal(BED(b, store_ticket_list(b->s, &in, listed, b)), STORE_OK);
    assert_int_equal(row_count, 0);
    assert_int_equal(bed_say(b, FIRST_TICKET, STORE_STAFF, "reply-1", "Yes?", 3000), STORE_OK);
    list(b, OWNER, "", 30);
    assert_int_equal(unread, 1);
    mark.asker = viewer(OWNER);
    assert_int_equal(BED(b, store_read_mark(b->s, &mark, bed_plain, b)), STORE_OK);
    assert_true(b->out.changed.changed);
    list(b, OWNER, "", 30);
    assert_int_equal(unread, 0);
    list(b, COLLEAGUE, "smokes", 30); /* in its own conversation and in its ticket */
    assert_int_equal(row_count, 2);
}

/* What the contact wrote by email stays hidden from a browser that only typed the address. */
static void test_email_replies(void **state)
{
    struct bed *b = *state;
    const struct store_message_add add = {.conversation = bed_id('c', FIRST_TICKET),
                                          .message = bed_id('m', 950),
                                          .asker = bed_staff(),
                                          .author = STORE_PERSON,
                                          .name = "Ines",
                                          .body = "By email",
                                          .sender = "psa:" ACCOUNT,
                                          .client_id = "c77",
                                          .psa_comment_id = 77,
                                          .now_ms = 3000};
    struct store_messages_read read = {.conversation = bed_id('c', FIRST_TICKET), .limit = 10};

    if (b->fake)
        return;
    set_up(b);
    assert_int_equal(BED(b, store_message_add(b->s, &add, bed_added, b)), STORE_OK);
    read.asker = bed_person(FIRST_TICKET);
    assert_int_equal(BED(b, store_messages_read(b->s, &read, bed_messages, b)), STORE_OK);
    assert_int_equal(b->out.messages.count, 1);
    read.asker = viewer(OWNER);
    assert_int_equal(BED(b, store_messages_read(b->s, &read, bed_messages, b)), STORE_OK);
    assert_int_equal(b->out.messages.count, 2);
    /* Nor is it found letter by letter. */
    const struct store_ticket_list find = {.asker = bed_person(FIRST_TICKET),
                                           .account = ACCOUNT,
                                           .which = STORE_TICKETS_ALL,
                                           .query = "By em",
                                           .limit = 10};
    assert_int_equal(BED(b, store_ticket_list(b->s, &find, listed, b)), STORE_OK);
    assert_int_equal(row_count, 0);
    list(b, OWNER, "By em", 30);
    assert_int_equal(row_count, 1);
}

/* A session that has run out is a browser that nobody knows; what it says next is somebody new's.
 */
static void test_expired(void **state)
{
    struct bed *b = *state;
    uint8_t hash[STORE_HASH_SIZE];

    if (b->fake)
        return;
    set_up(b);
    bed_hash(EXPIRED, hash);
    assert_int_equal(BED(b, store_visitor_open(b->s, hash, NOW - 1, bed_visitor, b)), STORE_OK);
    assert_true(b->out.visitor.is_verified);
    assert_int_equal(BED(b, store_visitor_open(b->s, hash, NOW, bed_visitor, b)), STORE_NOT_FOUND);
    bed_hash(BLOCKED, hash);
    assert_int_equal(BED(b, store_visitor_open(b->s, hash, NOW - 1, bed_visitor, b)), STORE_OK);
    assert_true(b->out.visitor.is_blocked);
    assert_false(b->out.visitor.has_conversation);
}

const struct CMUnitTest access_tests[] = {
    BED_TEST(test_table),         BED_TEST(test_claim),   BED_TEST(test_list),
    BED_TEST(test_email_replies), BED_TEST(test_expired),
};
const size_t access_test_count = COUNT_OF(access_tests);
