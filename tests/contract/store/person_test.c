/* Whose ticket is whose, and what staff do about people. Person n is browser n's. */
#include "bed.h"

#include <stdio.h>

#define ACCOUNT "acme"
#define TWO                                                                                        \
    "[{\"customer\":6,\"contact\":5,\"company\":\"A\"},{\"customer\":7,\"contact\":8,"             \
    "\"company\":\"B\"}]"

static struct store_person_matched matched(int n)
{
    static char email[32];

    snprintf(email, sizeof(email), "ada%d@example.com", n);
    return (struct store_person_matched){.person = bed_id('p', n),
                                         .account = ACCOUNT,
                                         .email = email,
                                         .company = "",
                                         .candidates = "",
                                         .now_ms = 5000};
}

static enum store_result match(struct bed *b, const struct store_person_matched *in)
{
    return BED(b, store_person_matched(b->s, in, bed_plain, b));
}

static void is(struct bed *b, enum store_link_how how, int64_t contact, int64_t customer,
               bool changed)
{
    assert_int_equal(b->out.matched.how, how);
    assert_int_equal(b->out.matched.psa_contact, contact);
    assert_int_equal(b->out.matched.psa_customer, customer);
    assert_int_equal(b->out.matched.changed, changed);
}

static void park(struct bed *b, int n)
{
    assert_int_equal(bed_take(b, n, 100000), STORE_OK);
    assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_PARK, 100000), STORE_OK);
}

static void on_attention(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;
    static struct store_attention rows[10];

    bed_plain(result, out, arg);
    for (size_t i = 0; i < b->out.attention.count; i++) {
        rows[i] = out->attention.rows[i];
        const char **texts[] = {&rows[i].name,    &rows[i].email,  &rows[i].reference,
                                &rows[i].subject, &rows[i].reason, &rows[i].candidates};
        for (size_t k = 0; k < COUNT_OF(texts); k++)
            keep_text(b, texts[k]);
    }
    b->out.attention.rows = rows;
}

static size_t attention(struct bed *b)
{
    const struct store_attention_read in = {ACCOUNT, 10};

    assert_int_equal(BED(b, store_attention_read(b->s, &in, on_attention, b)), STORE_OK);
    return b->out.attention.count;
}

static void test_the_order_of_matching(void **state)
{
    struct bed *b = *state;
    struct store_person_matched in;
    const struct store_domain domain = {.account = ACCOUNT,
                                        .domain = "example.com",
                                        .psa_customer = 30,
                                        .company = "Thirty",
                                        .now_ms = 1};

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    in = matched(1);
    assert_int_equal(match(b, &in), STORE_OK);
    is(b, STORE_BY_NOBODY, 0, 0, true);
    in.candidates = TWO;
    assert_int_equal(match(b, &in), STORE_OK);
    is(b, STORE_BY_SEVERAL, 0, 0, true);
    in = matched(1);
    in.psa_customer = 6;
    in.company = "Six";
    assert_int_equal(match(b, &in), STORE_OK);
    is(b, STORE_BY_COMPANY, 0, 6, true);
    in.psa_contact = 5;
    assert_int_equal(match(b, &in), STORE_OK);
    is(b, STORE_BY_CONTACT, 5, 6, true);
    assert_int_equal(match(b, &in), STORE_OK);
    is(b, STORE_BY_CONTACT, 5, 6, false);
    in.psa_customer = 7; /* the contact has moved */
    assert_int_equal(match(b, &in), STORE_OK);
    is(b, STORE_BY_CONTACT, 5, 7, true);
    in = matched(1); /* and is gone */
    assert_int_equal(match(b, &in), STORE_OK);
    is(b, STORE_BY_NOBODY, 0, 0, true);
    assert_int_equal(BED(b, store_domain_put(b->s, &domain, bed_plain, b)), STORE_OK);
    assert_int_equal(match(b, &in), STORE_OK);
    is(b, STORE_BY_DOMAIN, 0, 30, false); /* by the domain's coming already */
    in.email = "other@example.com";
    assert_int_equal(match(b, &in), STORE_CONFLICT);
    in.person = bed_id('p', 99);
    assert_int_equal(match(b, &in), STORE_NOT_FOUND);
}

/* What staff chose stays, whatever the email says, until it is gone. */
static void test_staff_choose(void **state)
{
    struct bed *b = *state;
    struct store_person_matched in;
    struct store_person_choose choose = {.person = bed_id('p', 1),
                                         .account = ACCOUNT,
                                         .psa_contact = 8,
                                         .psa_customer = 7,
                                         .company = "Seven",
                                         .now_ms = 7000,
                                         .audit = {.action = "person_linked"}};

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    in = matched(1);
    in.candidates = TWO;
    in.fetched = true;
    assert_int_equal(match(b, &in), STORE_OK);
    park(b, 1);
    assert_int_equal(attention(b), 1);
    assert_int_equal(b->out.attention.rows[0].kind, STORE_ATTENTION_SEVERAL);
    assert_string_equal(b->out.attention.rows[0].candidates, TWO);
    assert_int_equal(b->out.attention.rows[0].stopped, 1);
    const struct id talk = bed_id('c', 1);
    assert_true(id_equal(&b->out.attention.rows[0].conversation, &talk));

    assert_int_equal(BED(b, store_person_choose(b->s, &choose, bed_plain, b)), STORE_OK);
    assert_int_equal(b->out.tried.count, 1);
    assert_int_equal(attention(b), 0);
    assert_int_equal(bed_take(b, 1, 100001), STORE_OK); /* tried again; bed_take's account is "" */
    in = matched(1);
    in.psa_customer = 6;
    in.psa_contact = 5;
    assert_int_equal(match(b, &in), STORE_OK);
    is(b, STORE_BY_STAFF, 8, 7, false);

    in = matched(1);
    in.choice_is_gone = true;
    assert_int_equal(match(b, &in), STORE_OK);
    is(b, STORE_BY_SEVERAL, 0, 0, true);
    assert_int_equal(attention(b), 1);
    assert_string_equal(b->out.attention.rows[0].candidates, "[]");

    choose.choice = STORE_CHOOSE_NOBODY;
    assert_int_equal(BED(b, store_person_choose(b->s, &choose, bed_plain, b)), STORE_OK);
    assert_int_equal(attention(b), 0);
    in = matched(1);
    in.psa_customer = 6;
    assert_int_equal(match(b, &in), STORE_OK);
    is(b, STORE_BY_STAFF, 0, 0, false);
    choose.choice = STORE_CHOOSE_ANEW;
    assert_int_equal(BED(b, store_person_choose(b->s, &choose, bed_plain, b)), STORE_OK);
    assert_int_equal(match(b, &in), STORE_OK);
    is(b, STORE_BY_COMPANY, 0, 6, true);
}

/* A choice that is gone gives way to the one contact who has the email. */
static void test_a_gone_choice_and_one(void **state)
{
    struct bed *b = *state;
    const struct store_person_choose choose = {.person = bed_id('p', 1),
                                               .account = ACCOUNT,
                                               .psa_customer = 7,
                                               .company = "Seven",
                                               .now_ms = 7000};
    struct store_person_matched in;

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(BED(b, store_person_choose(b->s, &choose, bed_plain, b)), STORE_OK);
    in = matched(1);
    in.choice_is_gone = true;
    in.psa_contact = 5;
    in.psa_customer = 6;
    assert_int_equal(match(b, &in), STORE_OK);
    is(b, STORE_BY_CONTACT, 5, 6, true);
}

/* What stopped for want of an answer goes on when there is one. */
static void test_an_answer_tries_again(void **state)
{
    struct bed *b = *state;
    struct store_person_matched in;
    const struct store_domain domain = {.account = ACCOUNT,
                                        .domain = "example.com",
                                        .psa_customer = 30,
                                        .company = "Thirty",
                                        .now_ms = 1,
                                        .audit = {.action = "domain_mapped", .object = "x"}};

    for (int n = 1; n <= 3; n++) {
        assert_int_equal(bed_start(b, n, 1000), STORE_OK);
        in = matched(n);
        assert_int_equal(match(b, &in), STORE_OK);
        park(b, n);
    }
    assert_int_equal(attention(b), 3);
    assert_int_equal(b->out.attention.rows[0].kind, STORE_ATTENTION_NOBODY);
    in = matched(1);
    in.psa_customer = 6;
    assert_int_equal(match(b, &in), STORE_OK);
    assert_int_equal(attention(b), 2);
    assert_int_equal(BED(b, store_domain_put(b->s, &domain, bed_plain, b)), STORE_OK);
    assert_int_equal(b->out.tried.count, 2);
    assert_int_equal(attention(b), 0);

    /* Another reason stays for somebody to see. */
    park(b, 2);
    assert_int_equal(attention(b), 1);
    assert_int_equal(b->out.attention.rows[0].kind, STORE_ATTENTION_PARKED);
    assert_string_equal(b->out.attention.rows[0].reason, "the reason");

    /* Without the domain they are asked for anew. */
    assert_int_equal(BED(b, store_domain_remove(b->s, &domain, bed_plain, b)), STORE_OK);
    assert_int_equal(BED(b, store_domain_remove(b->s, &domain, bed_plain, b)), STORE_NOT_FOUND);
    const struct store_person_key who = {bed_id('p', 2), ACCOUNT};
    assert_int_equal(BED(b, store_person_look(b->s, &who, bed_plain, b)), STORE_OK);
    assert_int_equal(b->out.looked.how, 0);
}

/* An entry is taken with what is known of its person; what is old is to be asked again. */
static void test_taken_with_the_link(void **state)
{
    struct bed *b = *state;
    struct store_outbox_take take = {.conversation = bed_id('c', 1),
                                     .now_ms = 100000,
                                     .doubt_until_ms = 200000,
                                     .account = ACCOUNT,
                                     .found_after_ms = 4000,
                                     .missed_after_ms = 50000};
    const struct store_person_key who = {bed_id('p', 1), ACCOUNT};
    struct store_person_matched in;

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    in = matched(1);
    in.psa_customer = 6;
    in.psa_contact = 5;
    in.fetched = true;
    assert_int_equal(match(b, &in), STORE_OK); /* at 5000 */
    assert_int_equal(BED(b, store_outbox_take(b->s, &take, bed_taken, b)), STORE_OK);
    assert_true(b->out.taken.link_is_good);
    assert_int_equal(b->out.taken.how, STORE_BY_CONTACT);
    assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_RETRY, 100000), STORE_OK);
    take.found_after_ms = 6000;
    assert_int_equal(BED(b, store_outbox_take(b->s, &take, bed_taken, b)), STORE_OK);
    assert_false(b->out.taken.link_is_good);
    assert_int_equal(b->out.taken.psa_contact, 5);
    assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_RETRY, 100000), STORE_OK);
    take.found_after_ms = 4000;
    assert_int_equal(BED(b, store_person_doubt(b->s, &who, bed_plain, b)), STORE_OK);
    assert_int_equal(BED(b, store_outbox_take(b->s, &take, bed_taken, b)), STORE_OK);
    assert_false(b->out.taken.link_is_good); /* the cache was not believed either */
    assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_RETRY, 100000), STORE_OK);
    in.now_ms = 40000;
    in.psa_customer = in.psa_contact = 0;
    assert_int_equal(match(b, &in), STORE_OK); /* nobody: believed for less long */
    assert_int_equal(BED(b, store_outbox_take(b->s, &take, bed_taken, b)), STORE_OK);
    assert_false(b->out.taken.link_is_good);
}

/* ---- the list and the page ---- */

static void on_people(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;
    static struct store_person rows[10];

    bed_plain(result, out, arg);
    for (size_t i = 0; i < b->out.people.count; i++) {
        rows[i] = out->people.rows[i];
        keep_text(b, &rows[i].name);
        keep_text(b, &rows[i].email);
        keep_text(b, &rows[i].company);
    }
    b->out.people.rows = rows;
}

static size_t people(struct bed *b, const char *query, int before, size_t limit)
{
    struct store_people_read in = {.account = ACCOUNT, .query = query, .limit = limit};

    if (before != 0)
        in.before = bed_id('p', before);
    assert_int_equal(BED(b, store_people_read(b->s, &in, on_people, b)), STORE_OK);
    return b->out.people.count;
}

static void test_people_are_found(void **state)
{
    struct bed *b = *state;
    struct store_person_matched in;

    for (int n = 1; n <= 4; n++)
        assert_int_equal(bed_start(b, n, 1000 + n), STORE_OK);
    in = matched(2);
    in.psa_customer = 6;
    in.company = "100% Widgets";
    assert_int_equal(match(b, &in), STORE_OK);
    assert_int_equal(people(b, "", 0, 3), 3);
    assert_true(b->out.people.more);
    assert_string_equal(b->out.people.rows[0].email, "ada4@example.com");
    assert_int_equal(people(b, "", 2, 3), 1);
    assert_false(b->out.people.more);
    assert_int_equal(people(b, "ADA3", 0, 3), 1);
    assert_int_equal(people(b, "0% wid", 0, 3), 1);
    assert_int_equal(b->out.people.rows[0].how, STORE_BY_COMPANY);
    assert_int_equal(b->out.people.rows[0].conversations, 1);
    assert_int_equal(people(b, "%", 0, 3), 1);
    assert_int_equal(people(b, "_", 0, 3), 0);
    assert_int_equal(people(b, "nobody", 0, 3), 0);
}

static int64_t audits(struct bed *b)
{
    const struct store_audit_read in = {.limit = 100};

    assert_int_equal(BED(b, store_audit_read(b->s, &in, bed_audits, b)), STORE_OK);
    return (int64_t)b->out.audits.count;
}

static void test_block_and_manage(void **state)
{
    struct bed *b = *state;
    struct store_person_change in = {.person = bed_id('p', 1),
                                     .act = STORE_PERSON_BLOCK,
                                     .now_ms = 2000,
                                     .audit = {.action = "person_blocked", .actor = "tim"}};
    uint8_t hash[STORE_HASH_SIZE];

    bed_hash(1, hash);
    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(BED(b, store_person_change(b->s, &in, bed_plain, b)), STORE_OK);
    assert_true(b->out.changed.changed);
    assert_int_equal(audits(b), 1);
    assert_string_equal(b->out.audits.rows[0].object, "ada1@example.com");
    assert_int_equal(BED(b, store_person_change(b->s, &in, bed_plain, b)), STORE_OK);
    assert_false(b->out.changed.changed);
    assert_int_equal(audits(b), 1);
    assert_int_equal(BED(b, store_visitor_open(b->s, hash, 1, bed_visitor, b)), STORE_OK);
    assert_true(b->out.visitor.is_blocked);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "Hello?", 3000), STORE_NOT_FOUND);
    in.act = STORE_PERSON_UNBLOCK;
    assert_int_equal(BED(b, store_person_change(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "Hello?", 3000), STORE_OK);
    in.act = STORE_PERSON_MANAGER;
    assert_int_equal(BED(b, store_person_change(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(BED(b, store_visitor_open(b->s, hash, 1, bed_visitor, b)), STORE_OK);
    assert_true(b->out.visitor.is_manager);
    in.act = STORE_PERSON_SIGN_OUT; /* of browsers that have proved something: there is none */
    assert_int_equal(BED(b, store_person_change(b->s, &in, bed_plain, b)), STORE_OK);
    assert_false(b->out.changed.changed);
    in.person = bed_id('p', 9);
    assert_int_equal(BED(b, store_person_change(b->s, &in, bed_plain, b)), STORE_NOT_FOUND);
}

/* ---- erase ---- */

static void test_erase(void **state)
{
    struct bed *b = *state;
    struct store_person_erase in = {.person = bed_id('p', 1),
                                    .email = "ada2@example.com",
                                    .said = "(erased)",
                                    .now_ms = 9000,
                                    .audit = {.action = "person_erased", .object = "a person"}};
    const struct store_person_key who = {bed_id('p', 1), ACCOUNT};
    const struct store_messages_read read = {
        .conversation = bed_id('c', 1), .asker = bed_staff(), .limit = 10, .include_notes = true};
    struct store_person_matched match_of_1;
    uint8_t hash[STORE_HASH_SIZE];

    bed_hash(1, hash);
    for (int n = 1; n <= 2; n++)
        assert_int_equal(bed_start(b, n, 1000), STORE_OK);
    match_of_1 = matched(1);
    match_of_1.psa_customer = 6;
    match_of_1.fetched = true;
    assert_int_equal(match(b, &match_of_1), STORE_OK);
    assert_int_equal(BED(b, store_person_erase(b->s, &in, bed_plain, b)), STORE_NOT_FOUND);
    in.email = "ada1@example.com";
    assert_int_equal(BED(b, store_person_erase(b->s, &in, bed_plain, b)), STORE_CONFLICT);
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "s-1", "Try this", 2000), STORE_OK);
    struct store_message_add of_theirs = {.conversation = bed_id('c', 1),
                                          .message = bed_id('m', 70),
                                          .asker = bed_staff(),
                                          .author = STORE_NOTE,
                                          .name = "Ada",
                                          .body = "Hidden since",
                                          .sender = "v:ada",
                                          .client_id = "hidden-1",
                                          .now_ms = 2500};
    assert_int_equal(BED(b, store_message_add(b->s, &of_theirs, bed_added, b)), STORE_OK);
    of_theirs.message = bed_id('m', 71);
    of_theirs.author = STORE_EVENT;
    of_theirs.body = "Ada: this is solved.";
    of_theirs.client_id = "solved-1";
    assert_int_equal(BED(b, store_message_add(b->s, &of_theirs, bed_added, b)), STORE_OK);
    assert_int_equal(bed_drain(b, 1, 10000), 2);
    assert_int_equal(BED(b, store_person_erase(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(audits(b), 1);
    assert_string_equal(b->out.audits.rows[0].object, "a person");

    assert_int_equal(BED(b, store_visitor_open(b->s, hash, 1, bed_visitor, b)), STORE_NOT_FOUND);
    assert_int_equal(BED(b, store_person_look(b->s, &who, bed_plain, b)), STORE_NOT_FOUND);
    assert_int_equal(BED(b, store_psa_match_get(b->s, ACCOUNT, "ada1@example.com", bed_match, b)),
                     STORE_NOT_FOUND);
    assert_int_equal(people(b, "", 0, 10), 1);
    assert_int_equal(BED(b, store_messages_read(b->s, &read, bed_messages, b)), STORE_OK);
    assert_string_equal(b->out.messages.rows[0].body, "(erased)");
    assert_string_equal(b->out.messages.rows[0].name, "");
    assert_string_equal(b->out.messages.rows[1].body, "Try this");
    assert_string_equal(b->out.messages.rows[2].body, "(erased)");
    assert_string_equal(b->out.messages.rows[2].name, "");
    assert_string_equal(b->out.messages.rows[3].body, "(erased)");
    const struct id talk = bed_id('c', 1);
    const struct store_asker staff = bed_staff();
    assert_int_equal(BED(b, store_conversation_summary(b->s, &talk, &staff, bed_summary, b)),
                     STORE_OK);
    assert_string_equal(b->out.summary.reference, "PLY-00000001");
    assert_string_equal(b->out.summary.ticket.number, "1042");
    assert_string_equal(b->out.summary.subject, "(erased)");
    assert_string_equal(b->out.summary.email, "");
    assert_int_equal(BED(b, store_person_erase(b->s, &in, bed_plain, b)), STORE_NOT_FOUND);
}

static void on_said(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;
    static struct store_said rows[10];

    bed_plain(result, out, arg);
    for (size_t i = 0; i < b->out.said.count; i++) {
        rows[i] = out->said.rows[i];
        keep_text(b, &rows[i].reference);
        keep_text(b, &rows[i].body);
    }
    b->out.said.rows = rows;
}

static void test_all_that_was_said(void **state)
{
    struct bed *b = *state;
    struct store_person_said in = {.person = bed_id('p', 1), .limit = 2};

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(bed_start(b, 2, 1000), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_NOTE, "s-0", "Rude", 1500), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "s-1", "Try this", 2000), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "Did", 3000), STORE_OK);
    assert_int_equal(BED(b, store_person_said(b->s, &in, on_said, b)), STORE_OK);
    assert_int_equal(b->out.said.count, 2);
    assert_true(b->out.said.more);
    assert_string_equal(b->out.said.rows[1].body, "Try this");
    in.after_conversation = b->out.said.rows[1].conversation;
    in.after_seq = b->out.said.rows[1].seq;
    assert_int_equal(BED(b, store_person_said(b->s, &in, on_said, b)), STORE_OK);
    assert_int_equal(b->out.said.count, 1);
    assert_false(b->out.said.more);
    assert_string_equal(b->out.said.rows[0].body, "Did");
}

const struct CMUnitTest person_tests[] = {
    BED_TEST(test_the_order_of_matching), BED_TEST(test_staff_choose),
    BED_TEST(test_a_gone_choice_and_one), BED_TEST(test_an_answer_tries_again),
    BED_TEST(test_taken_with_the_link),   BED_TEST(test_people_are_found),
    BED_TEST(test_block_and_manage),      BED_TEST(test_erase),
    BED_TEST(test_all_that_was_said),
};
const size_t person_test_count = COUNT_OF(person_tests);
