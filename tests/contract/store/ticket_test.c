/* Leaving the ticket, and another in its place. */
#include <stdio.h>

#include "ticket_bed.h"

#define RESOLVED "{\"status\":\"Resolved\",\"compare\":true}"

/* ---- leaving a ticket ---- */

static enum store_result detach(struct bed *b, int n, int64_t ticket, enum store_then then)
{
    static int count;
    const struct store_ticket_detach in = {.conversation = bed_id('c', n),
                                           .ticket = ticket,
                                           .then = then,
                                           .event = bed_id('d', ++count),
                                           .said = "It goes on without.",
                                           .name = "Tim",
                                           .sender = "s:tim",
                                           .payload = "",
                                           .now_ms = 20000,
                                           .audit = {.action = "ticket_detached"}};

    return BED(b, store_ticket_detach(b->s, &in, bed_plain, b));
}

static void test_detach_goes_on_with_the_next(void **state)
{
    struct bed *b = *state;
    const int64_t first = ticket_begin(b, 1);

    assert_int_equal(detach(b, 1, first + 1, STORE_THEN_NEXT), STORE_CONFLICT);
    assert_int_equal(detach(b, 2, first, STORE_THEN_NEXT), STORE_NOT_FOUND);
    assert_int_equal(detach(b, 1, first, STORE_THEN_NEXT), STORE_OK);
    assert_int_equal(detach(b, 1, first, STORE_THEN_NEXT), STORE_CONFLICT); /* done */
    assert_int_equal(ticket_look(b, 1)->id, 0);
    assert_string_equal(b->out.summary.ticket.number, "");
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "m-2", "nowhere", 21000), STORE_OK);
    assert_int_equal(bed_take(b, 1, 22000), STORE_NOT_FOUND);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-3", "something else", 23000), STORE_OK);
    assert_int_equal(bed_take(b, 1, 24000), STORE_OK);
    assert_int_equal(b->out.taken.kind, STORE_CREATE_TICKET);
    assert_int_equal(b->out.taken.seq_from, 4); /* its mark is not the first ticket's */
    assert_int_equal(b->out.taken.message_count, 1);
    assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_FILED, 24000), STORE_OK);
    assert_true(ticket_look(b, 1)->id != 0 && b->out.summary.ticket.id != first);
}

/* What waits to be filed is not lost, and changes of the old one are not made to the new. */
static void test_detach_takes_along_what_waits(void **state)
{
    struct bed *b = *state;
    const int64_t first = ticket_begin(b, 1);

    assert_int_equal(ticket_set(b, 1, "one-0001", RESOLVED), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "one more", 2000), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "m-3", "yes", 2001), STORE_OK);
    assert_int_equal(detach(b, 1, first, STORE_THEN_NEXT), STORE_OK);
    assert_string_equal(ticket_look(b, 1)->changes, "");
    assert_int_equal(bed_take(b, 1, 30000), STORE_OK);
    assert_int_equal(b->out.taken.kind, STORE_CREATE_TICKET);
    assert_string_equal(b->out.taken.messages[0].body, "one more");
    assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_FILED, 30000), STORE_OK);
    assert_int_equal(bed_take(b, 1, 30000), STORE_OK);
    assert_int_equal(b->out.taken.kind, STORE_ADD_COMMENT);
    assert_string_equal(b->out.taken.messages[0].body, "yes");
}

static void test_detach_with_a_new_one(void **state)
{
    struct bed *b = *state;

    ticket_begin(b, 1);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "and hot", 2000), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_NOTE, "m-3", "SECRET", 2000), STORE_OK);
    assert_int_equal(bed_drain(b, 1, 3000), 2);
    assert_int_equal(detach(b, 1, ticket_look(b, 1)->id, STORE_THEN_NEW), STORE_OK);
    bed_reopen(b);
    assert_int_equal(bed_take(b, 1, 30000), STORE_OK);
    const struct store_taken *t = &b->out.taken;
    assert_int_equal(t->kind, STORE_CREATE_TICKET);
    assert_int_equal(t->seq_from, 4);
    assert_int_equal(t->message_count, 3); /* what the person said, and the event; no note */
    assert_string_equal(t->messages[0].body, "It smokes");
    assert_string_equal(t->messages[1].body, "and hot");
    assert_string_equal(t->messages[2].body, "It goes on without.");
    assert_int_equal(bed_finish(b, t->outbox, STORE_FILED, 30000), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "m-5", "here", 31000), STORE_OK);
    assert_int_equal(bed_take(b, 1, 32000), STORE_OK);
    assert_int_equal(b->out.taken.kind, STORE_ADD_COMMENT);
}

static void test_detach_for_good(void **state)
{
    struct bed *b = *state;
    const int64_t first = ticket_begin(b, 1);

    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "not filed", 2000), STORE_OK);
    assert_int_equal(detach(b, 1, first, STORE_THEN_NONE), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-3", "nor this", 21000), STORE_OK);
    assert_int_equal(bed_take(b, 1, 30000), STORE_NOT_FOUND);
    assert_int_equal(ticket_set(b, 1, "one-0001", RESOLVED), STORE_CONFLICT);
    /* Until staff say otherwise. */
    assert_int_equal(detach(b, 1, 0, STORE_THEN_NEW), STORE_OK);
    assert_int_equal(detach(b, 1, 0, STORE_THEN_NEW), STORE_CONFLICT); /* it is being made */
    assert_int_equal(bed_take(b, 1, 30000), STORE_OK);
    assert_int_equal(b->out.taken.kind, STORE_CREATE_TICKET);
}

/* What may be on its way, the making of the ticket above all, is not cut off from its answer. */
static void test_no_detach_in_doubt(void **state)
{
    struct bed *b = *state;
    int64_t first, entry;

    assert_int_equal(bed_start(b, 2, 1000), STORE_OK);
    assert_int_equal(bed_take(b, 2, 1000), STORE_OK);
    assert_int_equal(detach(b, 2, 0, STORE_THEN_NONE), STORE_REFUSED);
    first = ticket_begin(b, 1);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "on its way", 2000), STORE_OK);
    assert_int_equal(bed_take(b, 1, 3000), STORE_OK);
    entry = b->out.taken.outbox;
    assert_int_equal(detach(b, 1, first, STORE_THEN_NEXT), STORE_REFUSED);
    bed_reopen(b);
    assert_int_equal(detach(b, 1, first, STORE_THEN_NEXT), STORE_REFUSED);
    assert_int_equal(bed_finish(b, entry, STORE_PARK, 4000), STORE_OK);
    assert_int_equal(detach(b, 1, first, STORE_THEN_NEXT), STORE_OK);
    assert_int_equal(bed_take(b, 1, 30000), STORE_OK);
    assert_int_equal(b->out.taken.kind, STORE_CREATE_TICKET);
    assert_string_equal(b->out.taken.messages[0].body, "on its way");
}

/* ---- attaching ---- */

static enum store_result attach(struct bed *b, int n, int64_t was, const struct store_psa_ticket *t,
                                bool confirmed)
{
    static int count;
    const struct store_ticket_attach in = {.conversation = bed_id('c', n),
                                           .was = was,
                                           .account = ACCOUNT,
                                           .ticket = *t,
                                           .read_ms = 5000,
                                           .confirmed = confirmed,
                                           .event = bed_id('e', ++count),
                                           .said = "It is about another.",
                                           .name = "Tim",
                                           .sender = "s:tim",
                                           .now_ms = 20000};

    return BED(b, store_ticket_attach(b->s, &in, bed_plain, b));
}

static void link_to(struct bed *b, int n, int64_t contact, int64_t customer)
{
    const struct store_person_link in = {.person = bed_id('p', n),
                                         .account = ACCOUNT,
                                         .psa_contact = contact,
                                         .psa_customer = customer,
                                         .how = STORE_BY_CONTACT};

    assert_int_equal(BED(b, store_person_link(b->s, &in, bed_plain, b)), STORE_OK);
}

static void read_in(struct bed *b, int n, int64_t ticket)
{
    const struct store_psa_comment rows[] = {
        {.id = 98081,
         .created_ms = 4000,
         .body = "OLD",
         .name = "",
         .message = bed_id('x', n * 10)},
        {.id = 98082,
         .created_ms = 6000,
         .body = "NEW",
         .name = "Tomasz",
         .by_staff = true,
         .message = bed_id('x', n * 10 + 1)},
    };
    const struct store_sync_comments in = {.conversation = bed_id('c', n),
                                           .account = ACCOUNT,
                                           .ticket = ticket,
                                           .rows = rows,
                                           .count = 2,
                                           .complete = true,
                                           .began_ms = 21000,
                                           .now_ms = 22000};

    assert_int_equal(BED(b, store_sync_comments(b->s, &in, bed_plain, b)), STORE_OK);
}

/* Since when somebody waits after staff have answered there. */
static int64_t after_answer(struct bed *b, int64_t comment)
{
    const struct store_psa_comment row = {.id = comment,
                                          .created_ms = 7000,
                                          .subject = "",
                                          .body = "Soon.",
                                          .name = "Tomasz",
                                          .by_staff = true,
                                          .message = bed_id('x', (int)comment)};
    const struct store_sync_comments in = {.conversation = bed_id('c', 1),
                                           .account = ACCOUNT,
                                           .ticket = ticket_look(b, 1)->id,
                                           .rows = &row,
                                           .count = 1,
                                           .now_ms = 8000};

    assert_int_equal(BED(b, store_sync_comments(b->s, &in, bed_plain, b)), STORE_OK);
    ticket_look(b, 1);
    return b->out.summary.waiting_since_ms;
}

/* Who answers there has not seen what came after it, or is not there yet: for that its person still
 * waits. */
static void test_an_answer_to_what_was_there(void **state)
{
    struct bed *b = *state;
    int64_t second;

    ticket_begin(b, 1);
    assert_int_equal(ticket_set(b, 1, "one-0001", RESOLVED), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "and hot", 5000), STORE_OK);
    assert_int_equal(bed_drain(b, 1, 5000), 2);
    second = ticket_look(b, 1)->id + 2002; /* the third entry, as bed_finish numbers them */
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-3", "and loud", 6000), STORE_OK);
    assert_int_equal(after_answer(b, second - 1), 5000);
    assert_int_equal(after_answer(b, second + 50), 6000);
    assert_int_equal(bed_drain(b, 1, 6000), 1);
    assert_int_equal(after_answer(b, second + 51), 0);
    assert_int_equal(after_answer(b, second - 2), 0);
}

static enum store_author author_of(struct bed *b, int n, const char *body)
{
    const struct store_messages_read in = {
        .conversation = bed_id('c', n), .asker = bed_staff(), .limit = 100, .include_notes = true};

    assert_int_equal(BED(b, store_messages_read(b->s, &in, bed_messages, b)), STORE_OK);
    for (size_t i = 0; i < b->out.messages.count; i++)
        if (strcmp(b->out.messages.rows[i].body, body) == 0)
            return b->out.messages.rows[i].author;
    return 0;
}

static void test_attach(void **state)
{
    struct bed *b = *state;
    const int64_t first = ticket_begin(b, 1), second = ticket_begin(b, 2);
    struct store_psa_ticket t = ticket_of(99);

    link_to(b, 1, 5, 6);
    /* Another conversation's is not taken from it. */
    struct store_psa_ticket taken = ticket_of(second);
    assert_int_equal(attach(b, 1, first, &taken, true), STORE_OK);
    assert_false(b->out.attached.done);
    const struct id two = bed_id('c', 2);
    assert_true(id_equal(&b->out.attached.taken, &two));
    /* Another company's, or another person's, only when staff insist. */
    t.customer = 7;
    assert_int_equal(attach(b, 1, first, &t, false), STORE_OK);
    assert_false(b->out.attached.done || b->out.attached.is_company);
    t.customer = 6;
    t.contact = 50;
    assert_int_equal(attach(b, 1, first, &t, false), STORE_OK);
    assert_true(!b->out.attached.done && b->out.attached.is_company);
    assert_int_equal(ticket_look(b, 1)->id, first);
    assert_int_equal(attach(b, 1, first + 1, &t, true), STORE_CONFLICT);

    assert_int_equal(ticket_set(b, 1, "one-0001", RESOLVED), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "for the other", 2000), STORE_OK);
    assert_int_equal(attach(b, 1, first, &t, true), STORE_OK);
    assert_true(b->out.attached.done);
    assert_int_equal(ticket_look(b, 1)->id, 99);
    assert_string_equal(b->out.summary.ticket.issue_type, "Hardware");
    assert_int_equal(bed_take(b, 1, 30000), STORE_OK);
    assert_int_equal(b->out.taken.kind, STORE_ADD_COMMENT);
    assert_int_equal(b->out.taken.ticket_id, 99);
    const struct store_outbox_finish done = {
        .outbox = b->out.taken.outbox, .outcome = STORE_FILED, .comment_id = 83, .now_ms = 30000};
    assert_int_equal(BED(b, store_outbox_finish(b->s, &done, bed_plain, b)), STORE_OK);
    assert_int_equal(bed_take(b, 1, 31000), STORE_NOT_FOUND);
    /* Old words of a ticket that is another's are for staff; that stays so. */
    read_in(b, 1, 99);
    read_in(b, 1, 99);
    assert_int_equal(author_of(b, 1, "OLD"), STORE_NOTE);
    assert_int_equal(author_of(b, 1, "NEW"), STORE_STAFF);
    /* It is a conversation's now. */
    assert_int_equal(attach(b, 2, second, &t, true), STORE_OK);
    assert_false(b->out.attached.done);
}

/* One that was never begun: what was to begin it is a comment. */
/* What was changed in the ticket that it leaves says nothing of the other. */
static void test_attach_what_is_closed(void **state)
{
    struct bed *b = *state;
    const int64_t first = ticket_begin(b, 1);
    struct store_psa_ticket t = ticket_of(800);
    const struct store_act close = {.kind = STORE_ACT_CLOSE,
                                    .payload = "{\"status\":\"Resolved\"}"};

    bed_act(b, 1, close, 2000);
    assert_int_equal(bed_drain(b, 1, 2000), 1);
    assert_int_equal(attach(b, 1, first, &t, true), STORE_OK);
    assert_true(b->out.attached.done);
    t.updated_ms = 30000;
    ticket_hear(b, &t, 30000);
    ticket_look(b, 1);
    assert_false(b->out.summary.open);
}

static void test_attach_before_it_is_made(void **state)
{
    struct bed *b = *state;
    const struct store_psa_ticket t = ticket_of(99);

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(attach(b, 1, 0, &t, true), STORE_OK);
    assert_true(b->out.attached.done);
    assert_int_equal(bed_take(b, 1, 30000), STORE_OK);
    assert_int_equal(b->out.taken.kind, STORE_ADD_COMMENT);
    assert_int_equal(b->out.taken.ticket_id, 99);
    assert_string_equal(b->out.taken.messages[0].body, "It smokes");

    assert_int_equal(bed_start(b, 2, 1000), STORE_OK);
    assert_int_equal(bed_take(b, 2, 1000), STORE_OK);
    const struct store_psa_ticket other = ticket_of(98);
    assert_int_equal(attach(b, 2, 0, &other, true), STORE_REFUSED); /* it may be there */
}

/* Back to where it was: what we said there is known again, and nothing comes twice. */
static void test_attach_again(void **state)
{
    struct bed *b = *state;
    const int64_t first = ticket_begin(b, 1);
    const struct store_psa_ticket t = ticket_of(first);

    read_in(b, 1, first);
    assert_int_equal(author_of(b, 1, "OLD"), STORE_PERSON);
    assert_int_equal(detach(b, 1, first, STORE_THEN_NEXT), STORE_OK);
    assert_int_equal(attach(b, 1, 0, &t, true), STORE_OK);
    assert_true(b->out.attached.done);
    read_in(b, 1, first);
    assert_int_equal(author_of(b, 1, "OLD"), STORE_PERSON);
    assert_int_equal(b->out.messages.count, 5); /* one said, two read, two events */
}

/* What was in the ticket before comes with the next as a copy, under another id: it is known by its
 * words and time. The same words at another time are something new. */
static void test_a_copy_of_what_is_kept(void **state)
{
    struct bed *b = *state;
    const int64_t first = ticket_begin(b, 1);
    const struct store_psa_ticket t = ticket_of(first + 500);
    const struct store_psa_comment rows[] = {
        {.id = 91, .created_ms = 4000, .body = "OLD", .name = "", .message = bed_id('y', 1)},
        {.id = 92, .created_ms = 4001, .body = "OLD", .name = "", .message = bed_id('y', 2)},
    };
    const struct store_sync_comments in = {.conversation = bed_id('c', 1),
                                           .account = ACCOUNT,
                                           .ticket = t.id,
                                           .rows = rows,
                                           .count = 2,
                                           .complete = true,
                                           .began_ms = 23000,
                                           .now_ms = 24000};

    read_in(b, 1, first);
    assert_int_equal(detach(b, 1, first, STORE_THEN_NEXT), STORE_OK);
    assert_int_equal(attach(b, 1, 0, &t, true), STORE_OK);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(BED(b, store_sync_comments(b->s, &in, bed_plain, b)), STORE_OK);
        (void)author_of(b, 1, "OLD");
        assert_int_equal(b->out.messages.count, 6); /* five as above, and one more */
    }
}

static int64_t waits_since(struct bed *b, int n)
{
    (void)ticket_look(b, n);
    return b->out.summary.waiting_since_ms;
}

/* An answer in the PSA is read some time after it was made: it answers what was said before it. */
static void test_read_late(void **state)
{
    struct bed *b = *state;
    const int64_t first = ticket_begin(b, 1), second = ticket_begin(b, 2);
    const int64_t third = ticket_begin(b, 3);

    read_in(b, 1, first); /* staff at 6000 */
    assert_int_equal(waits_since(b, 1), 0);
    assert_true(b->out.summary.answered_ms == 6000);

    assert_int_equal(bed_say(b, 2, STORE_PERSON, "late-002", "And this?", 7000), STORE_OK);
    assert_int_equal(bed_say(b, 2, STORE_PERSON, "late-003", "Hello?", 8000), STORE_OK);
    read_in(b, 2, second);
    assert_int_equal(waits_since(b, 2), 7000);

    /* What was answered here meanwhile stays answered. */
    assert_int_equal(bed_say(b, 3, STORE_PERSON, "late-004", "And this?", 7000), STORE_OK);
    assert_int_equal(bed_say(b, 3, STORE_STAFF, "late-005", "So.", 7500), STORE_OK);
    assert_int_equal(bed_say(b, 3, STORE_PERSON, "late-006", "Hello?", 8000), STORE_OK);
    read_in(b, 3, third);
    assert_int_equal(waits_since(b, 3), 8000);
}

static void test_who_was_seen(void **state)
{
    struct bed *b = *state;
    struct store_psa_ticket t = ticket_of(ticket_begin(b, 1));

    t.assignee_id = 9;
    t.assignee = "Tim";
    t.updated_ms = 2000;
    ticket_hear(b, &t, 2000);
    assert_int_equal(BED(b, store_psa_users(b->s, ACCOUNT, 10, bed_plain, b)), STORE_OK);
    assert_int_equal(b->out.psa_users.count, 1);
    assert_int_equal(BED(b, store_psa_users(b->s, "other", 10, bed_plain, b)), STORE_OK);
    assert_int_equal(b->out.psa_users.count, 0);
    assert_int_equal(ticket_look(b, 1)->assignee_id, 9);
}

const struct CMUnitTest ticket_tests[] = {
    BED_TEST(test_detach_goes_on_with_the_next),
    BED_TEST(test_detach_takes_along_what_waits),
    BED_TEST(test_detach_with_a_new_one),
    BED_TEST(test_detach_for_good),
    BED_TEST(test_no_detach_in_doubt),
    BED_TEST(test_attach),
    BED_TEST(test_attach_what_is_closed),
    BED_TEST(test_attach_before_it_is_made),
    BED_TEST(test_a_copy_of_what_is_kept),
    BED_TEST(test_attach_again),
    BED_TEST(test_read_late),
    BED_TEST(test_who_was_seen),
    BED_TEST(test_an_answer_to_what_was_there),
};
const size_t ticket_test_count = COUNT_OF(ticket_tests);
