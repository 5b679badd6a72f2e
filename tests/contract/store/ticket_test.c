/* The ticket before staff: changes that meet another's, leaving it, another in its place. */
#include <stdio.h>

#include "bed.h"

#define ACCOUNT "acme"

/* What the PSA has now: each test begins with this and turns what it likes. */
static struct store_psa_ticket ticket(int64_t id)
{
    return (struct store_psa_ticket){.id = id,
                                     .number = "1042",
                                     .subject = "Printer",
                                     .status = "New",
                                     .priority = "2 Normal",
                                     .issue_type = "Hardware",
                                     .assignee = "",
                                     .contact_name = "Ada",
                                     .due_ms = 500000,
                                     .open = true,
                                     .created_ms = 900,
                                     .updated_ms = 1000};
}

static void hear(struct bed *b, const struct store_psa_ticket *t, int64_t now_ms)
{
    const struct store_sync_tickets in = {
        .account = ACCOUNT, .rows = t, .count = 1, .now_ms = now_ms};

    assert_int_equal(BED(b, store_sync_tickets(b->s, &in, bed_plain, b)), STORE_OK);
}

/* Conversation n with its ticket, which was heard of; its id. */
static int64_t begin(struct bed *b, int n)
{
    struct store_psa_ticket t;

    assert_int_equal(bed_start(b, n, 1000), STORE_OK);
    assert_int_equal(bed_take(b, n, 1000), STORE_OK);
    t = ticket(7000 + b->out.taken.outbox);
    assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_FILED, 1000), STORE_OK);
    hear(b, &t, 1000);
    return t.id;
}

static enum store_result set(struct bed *b, int n, const char *client_id, const char *payload)
{
    const struct store_ticket_update in = {.conversation = bed_id('c', n),
                                           .payload = payload,
                                           .sender = "s:tim",
                                           .client_id = client_id,
                                           .now_ms = 2000};

    return BED(b, store_ticket_update(b->s, &in, bed_plain, b));
}

static const struct store_ticket *look(struct bed *b, int n)
{
    const struct id id = bed_id('c', n);
    const struct store_asker staff = bed_staff();

    assert_int_equal(BED(b, store_conversation_summary(b->s, &id, &staff, bed_summary, b)),
                     STORE_OK);
    return &b->out.summary.ticket;
}

/* The latest entry. */
static const struct store_entry *last(struct bed *b, int n)
{
    const struct id id = bed_id('c', n);

    assert_int_equal(BED(b, store_outbox_of(b->s, &id, bed_entries, b)), STORE_OK);
    assert_true(b->out.entries.count > 0);
    return &b->out.entries.rows[b->out.entries.count - 1];
}

static enum store_result settle(struct bed *b, int n, int64_t entry, bool keep, const char *act)
{
    const struct store_conflict_settle in = {.conversation = bed_id('c', n),
                                             .outbox = entry,
                                             .keep = keep,
                                             .sender = "s:tim",
                                             .client_id = act,
                                             .now_ms = 5000};

    return BED(b, store_conflict_settle(b->s, &in, bed_plain, b));
}

#define RESOLVED "{\"status\":\"Resolved\",\"compare\":true}"

/* ---- changes ---- */

static void test_what_waits_is_told(void **state)
{
    struct bed *b = *state;
    const struct store_ticket *t;

    begin(b, 1);
    t = look(b, 1);
    assert_string_equal(t->issue_type, "Hardware");
    assert_int_equal(t->due_ms, 500000);
    assert_string_equal(t->changes, "");
    assert_int_equal(set(b, 1, "one-0001", "{\"status\":\"A\"}"), STORE_OK);
    assert_int_equal(set(b, 1, "two-0001", "{\"assignee\":7}"), STORE_OK);
    assert_string_equal(look(b, 1)->changes, "{\"status\":\"A\"}\n{\"assignee\":7}");
    assert_int_equal(bed_take(b, 1, 3000), STORE_OK);
    const struct store_outbox_finish done = {.outbox = b->out.taken.outbox,
                                             .outcome = STORE_FILED,
                                             .now_ms = 3000,
                                             .ticket_status = "A",
                                             .has_more = true,
                                             .issue_type = "Software",
                                             .assignee = "Tim",
                                             .assignee_id = 9,
                                             .due_ms = 600000};
    assert_int_equal(BED(b, store_outbox_finish(b->s, &done, bed_plain, b)), STORE_OK);
    t = look(b, 1);
    assert_string_equal(t->changes, "{\"assignee\":7}");
    assert_string_equal(t->issue_type, "Software");
    assert_string_equal(t->assignee, "Tim");
    assert_int_equal(t->assignee_id, 9);
    assert_int_equal(t->due_ms, 600000);
}

static void test_a_change_meets_anothers(void **state)
{
    struct bed *b = *state;
    struct store_psa_ticket t = ticket(begin(b, 1));

    assert_int_equal(set(b, 1, "one-0001", RESOLVED), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "more", 2000), STORE_OK);
    t.status = "In Progress";
    t.updated_ms = 2500;
    hear(b, &t, 2500);
    assert_true(look(b, 1)->has_conflict);
    assert_string_equal(b->out.summary.ticket.status, "In Progress");
    assert_string_equal(b->out.summary.ticket.changes, "");
    /* What is behind it goes on. */
    assert_int_equal(bed_drain(b, 1, 3000), 1);
    last(b, 1);
    const struct store_entry *e = &b->out.entries.rows[1];
    assert_int_equal(e->state, STORE_GIVEN_UP);
    assert_string_equal(
        e->conflict,
        "{\"status\":{\"was\":\"New\",\"now\":\"In Progress\",\"mine\":\"Resolved\"}}");
    const int64_t entry = e->id;

    /* Ours all the same; asked twice it is one. */
    assert_int_equal(settle(b, 1, entry, true, "keep-0001"), STORE_OK);
    assert_true(b->out.changed.changed);
    assert_int_equal(settle(b, 1, entry, true, "keep-0001"), STORE_OK);
    assert_int_equal(settle(b, 1, entry, true, "keep-0002"), STORE_OK);
    assert_false(b->out.changed.changed);
    assert_false(look(b, 1)->has_conflict);
    assert_string_equal(b->out.summary.ticket.changes, RESOLVED);
    assert_int_equal(settle(b, 1, 4711, true, "keep-0003"), STORE_NOT_FOUND);
    assert_int_equal(bed_take(b, 1, 6000), STORE_OK);
    assert_int_equal(b->out.taken.kind, STORE_UPDATE_TICKET);
    assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_FILED, 6000), STORE_OK);
    assert_int_equal(bed_take(b, 1, 7000), STORE_NOT_FOUND);
}

static void test_what_is_no_conflict(void **state)
{
    struct bed *b = *state;
    struct store_psa_ticket t = ticket(begin(b, 1));

    assert_int_equal(set(b, 1, "one-0001", RESOLVED), STORE_OK);
    /* Another field. */
    t.priority = "0 Urgent";
    t.updated_ms = 2100;
    hear(b, &t, 2100);
    assert_false(look(b, 1)->has_conflict);
    /* The same value. */
    t.status = "Resolved";
    t.updated_ms = 2200;
    hear(b, &t, 2200);
    assert_false(look(b, 1)->has_conflict);
    assert_int_equal(bed_drain(b, 1, 3000), 1);
    /* Nobody asked for it to be compared: a person's own "solved". */
    t.status = "In Progress";
    t.updated_ms = 3100;
    assert_int_equal(set(b, 1, "two-0001", "{\"status\":\"Resolved\"}"), STORE_OK);
    hear(b, &t, 3100);
    assert_false(look(b, 1)->has_conflict);
    assert_int_equal(bed_drain(b, 1, 4000), 1);
    /* What our own change before it made of the ticket. */
    assert_int_equal(set(b, 1, "three-001", "{\"status\":\"A\",\"compare\":true}"), STORE_OK);
    assert_int_equal(set(b, 1, "four-0001", "{\"status\":\"B\",\"compare\":true}"), STORE_OK);
    assert_int_equal(bed_take(b, 1, 5000), STORE_OK);
    const struct store_outbox_finish done = {.outbox = b->out.taken.outbox,
                                             .outcome = STORE_FILED,
                                             .now_ms = 5000,
                                             .ticket_status = "A"};
    assert_int_equal(BED(b, store_outbox_finish(b->s, &done, bed_plain, b)), STORE_OK);
    t.status = "A";
    t.updated_ms = 5100;
    hear(b, &t, 5100);
    assert_false(look(b, 1)->has_conflict);
    assert_int_equal(bed_drain(b, 1, 6000), 1);
}

/* The first of two is there, and nobody has told us yet. */
static void test_our_own_in_doubt_is_no_conflict(void **state)
{
    struct bed *b = *state;
    struct store_psa_ticket t = ticket(begin(b, 1));

    assert_int_equal(set(b, 1, "one-0001", "{\"status\":\"A\",\"compare\":true}"), STORE_OK);
    assert_int_equal(set(b, 1, "two-0001", "{\"status\":\"B\",\"compare\":true}"), STORE_OK);
    assert_int_equal(bed_take(b, 1, 3000), STORE_OK);
    t.status = "A";
    t.updated_ms = 3100;
    hear(b, &t, 3100);
    assert_false(look(b, 1)->has_conflict);
    assert_string_equal(last(b, 1)->conflict, "");
    assert_int_equal(last(b, 1)->state, STORE_WAITING);
}

/* The same when the first was in doubt and is let go, for the ticket to be read before it is sent
 * again: it may have arrived all the same. */
static void test_our_own_of_an_earlier_try_is_no_conflict(void **state)
{
    struct bed *b = *state;
    struct store_psa_ticket t = ticket(begin(b, 1));
    struct store_outbox_finish undo = {.outcome = STORE_STILL_DOUBT, .at_ms = 3050, .reason = ""};

    assert_int_equal(set(b, 1, "one-0001", "{\"status\":\"A\",\"compare\":true}"), STORE_OK);
    assert_int_equal(set(b, 1, "two-0001", "{\"status\":\"B\",\"compare\":true}"), STORE_OK);
    assert_int_equal(bed_take(b, 1, 3000), STORE_OK);
    undo.outbox = b->out.taken.outbox;
    assert_int_equal(BED(b, store_outbox_finish(b->s, &undo, bed_plain, b)), STORE_OK);
    assert_int_equal(bed_take(b, 1, 3100), STORE_OK);
    undo.outcome = STORE_RETRY;
    undo.not_sent = true;
    assert_int_equal(BED(b, store_outbox_finish(b->s, &undo, bed_plain, b)), STORE_OK);
    t.status = "A";
    t.updated_ms = 3100;
    hear(b, &t, 3200);
    assert_false(look(b, 1)->has_conflict);
    assert_int_equal(last(b, 1)->state, STORE_WAITING);
}

/* The ticket was changed there behind our change, and seen so before our answer is written down:
 * what was seen counts. */
static void test_a_look_while_it_is_sent(void **state)
{
    struct bed *b = *state;
    struct store_psa_ticket t = ticket(begin(b, 1));
    struct store_outbox_finish filed = {.outcome = STORE_FILED,
                                        .now_ms = 3300,
                                        .reason = "",
                                        .ticket_number = "",
                                        .ticket_status = "New",
                                        .account = "",
                                        .updated_ms = 3050};

    assert_int_equal(set(b, 1, "one-0001", "{\"status\":\"New\"}"), STORE_OK);
    assert_int_equal(bed_take(b, 1, 3000), STORE_OK);
    filed.outbox = b->out.taken.outbox;
    t.status = "Theirs";
    t.updated_ms = 3100;
    hear(b, &t, 3200);
    assert_string_equal(look(b, 1)->status, "Theirs");
    assert_int_equal(BED(b, store_outbox_finish(b->s, &filed, bed_plain, b)), STORE_OK);
    assert_string_equal(look(b, 1)->status, "Theirs");
}

/* It may have arrived: what comes of it decides, also after a crash. */
static void test_a_conflict_while_it_is_sent(void **state)
{
    struct bed *b = *state;
    struct store_psa_ticket t = ticket(begin(b, 1));

    for (int i = 0; i < 2; i++) {
        char act[16];

        snprintf(act, sizeof(act), "act-%05d", i);
        t.status = i == 0 ? "One" : "Two";
        t.updated_ms = 3000 + i;
        assert_int_equal(set(b, 1, act, RESOLVED), STORE_OK);
        assert_int_equal(bed_take(b, 1, 90000 * (i + 1)), STORE_OK);
        const int64_t entry = b->out.taken.outbox;
        hear(b, &t, 3000);
        assert_int_equal(last(b, 1)->state, STORE_IN_DOUBT);
        bed_reopen(b);
        if (i == 0) { /* it was certainly not sent */
            assert_int_equal(bed_finish(b, entry, STORE_RETRY, 4000), STORE_OK);
            assert_int_equal(last(b, 1)->state, STORE_GIVEN_UP);
            assert_true(look(b, 1)->has_conflict);
            assert_int_equal(settle(b, 1, entry, false, "leave-001"), STORE_OK);
            assert_int_equal(bed_take(b, 1, 99000), STORE_NOT_FOUND);
        } else {
            assert_int_equal(bed_finish(b, entry, STORE_FILED, 4000), STORE_OK);
            assert_string_equal(last(b, 1)->conflict, "");
        }
        assert_false(look(b, 1)->has_conflict);
    }
}

static void test_a_conflict_that_is_none_any_more(void **state)
{
    struct bed *b = *state;
    struct store_psa_ticket t = ticket(begin(b, 1));

    assert_int_equal(set(b, 1, "one-0001", RESOLVED), STORE_OK);
    t.status = "In Progress";
    t.updated_ms = 2100;
    hear(b, &t, 2100);
    assert_true(look(b, 1)->has_conflict);
    t.status = "Resolved";
    t.updated_ms = 2200;
    hear(b, &t, 2200);
    assert_false(look(b, 1)->has_conflict);
}

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
    const int64_t first = begin(b, 1);

    assert_int_equal(detach(b, 1, first + 1, STORE_THEN_NEXT), STORE_CONFLICT);
    assert_int_equal(detach(b, 2, first, STORE_THEN_NEXT), STORE_NOT_FOUND);
    assert_int_equal(detach(b, 1, first, STORE_THEN_NEXT), STORE_OK);
    assert_int_equal(detach(b, 1, first, STORE_THEN_NEXT), STORE_CONFLICT); /* done */
    assert_int_equal(look(b, 1)->id, 0);
    assert_string_equal(b->out.summary.ticket.number, "");
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "m-2", "nowhere", 21000), STORE_OK);
    assert_int_equal(bed_take(b, 1, 22000), STORE_NOT_FOUND);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-3", "something else", 23000), STORE_OK);
    assert_int_equal(bed_take(b, 1, 24000), STORE_OK);
    assert_int_equal(b->out.taken.kind, STORE_CREATE_TICKET);
    assert_int_equal(b->out.taken.seq_from, 4); /* its mark is not the first ticket's */
    assert_int_equal(b->out.taken.message_count, 1);
    assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_FILED, 24000), STORE_OK);
    assert_true(look(b, 1)->id != 0 && b->out.summary.ticket.id != first);
}

/* What waits to be filed is not lost, and changes of the old one are not made to the new. */
static void test_detach_takes_along_what_waits(void **state)
{
    struct bed *b = *state;
    const int64_t first = begin(b, 1);

    assert_int_equal(set(b, 1, "one-0001", RESOLVED), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "one more", 2000), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "m-3", "yes", 2001), STORE_OK);
    assert_int_equal(detach(b, 1, first, STORE_THEN_NEXT), STORE_OK);
    assert_string_equal(look(b, 1)->changes, "");
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

    begin(b, 1);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "and hot", 2000), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_NOTE, "m-3", "SECRET", 2000), STORE_OK);
    assert_int_equal(bed_drain(b, 1, 3000), 2);
    assert_int_equal(detach(b, 1, look(b, 1)->id, STORE_THEN_NEW), STORE_OK);
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
    const int64_t first = begin(b, 1);

    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "not filed", 2000), STORE_OK);
    assert_int_equal(detach(b, 1, first, STORE_THEN_NONE), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-3", "nor this", 21000), STORE_OK);
    assert_int_equal(bed_take(b, 1, 30000), STORE_NOT_FOUND);
    assert_int_equal(set(b, 1, "one-0001", RESOLVED), STORE_CONFLICT);
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
    first = begin(b, 1);
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
        {.id = 81, .created_ms = 4000, .body = "OLD", .name = "", .message = bed_id('x', n * 10)},
        {.id = 82,
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
    const int64_t first = begin(b, 1), second = begin(b, 2);
    struct store_psa_ticket t = ticket(99);

    link_to(b, 1, 5, 6);
    /* Another conversation's is not taken from it. */
    struct store_psa_ticket taken = ticket(second);
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
    assert_int_equal(look(b, 1)->id, first);
    assert_int_equal(attach(b, 1, first + 1, &t, true), STORE_CONFLICT);

    assert_int_equal(set(b, 1, "one-0001", RESOLVED), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "for the other", 2000), STORE_OK);
    assert_int_equal(attach(b, 1, first, &t, true), STORE_OK);
    assert_true(b->out.attached.done);
    assert_int_equal(look(b, 1)->id, 99);
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
static void test_attach_before_it_is_made(void **state)
{
    struct bed *b = *state;
    const struct store_psa_ticket t = ticket(99);

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(attach(b, 1, 0, &t, true), STORE_OK);
    assert_true(b->out.attached.done);
    assert_int_equal(bed_take(b, 1, 30000), STORE_OK);
    assert_int_equal(b->out.taken.kind, STORE_ADD_COMMENT);
    assert_int_equal(b->out.taken.ticket_id, 99);
    assert_string_equal(b->out.taken.messages[0].body, "It smokes");

    assert_int_equal(bed_start(b, 2, 1000), STORE_OK);
    assert_int_equal(bed_take(b, 2, 1000), STORE_OK);
    const struct store_psa_ticket other = ticket(98);
    assert_int_equal(attach(b, 2, 0, &other, true), STORE_REFUSED); /* it may be there */
}

/* Back to where it was: what we said there is known again, and nothing comes twice. */
static void test_attach_again(void **state)
{
    struct bed *b = *state;
    const int64_t first = begin(b, 1);
    const struct store_psa_ticket t = ticket(first);

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
    const int64_t first = begin(b, 1);
    const struct store_psa_ticket t = ticket(first + 500);
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

static void test_who_was_seen(void **state)
{
    struct bed *b = *state;
    struct store_psa_ticket t = ticket(begin(b, 1));

    t.assignee_id = 9;
    t.assignee = "Tim";
    t.updated_ms = 2000;
    hear(b, &t, 2000);
    assert_int_equal(BED(b, store_psa_users(b->s, ACCOUNT, 10, bed_plain, b)), STORE_OK);
    assert_int_equal(b->out.psa_users.count, 1);
    assert_int_equal(BED(b, store_psa_users(b->s, "other", 10, bed_plain, b)), STORE_OK);
    assert_int_equal(b->out.psa_users.count, 0);
    assert_int_equal(look(b, 1)->assignee_id, 9);
}

const struct CMUnitTest ticket_tests[] = {
    BED_TEST(test_what_waits_is_told),
    BED_TEST(test_a_change_meets_anothers),
    BED_TEST(test_what_is_no_conflict),
    BED_TEST(test_our_own_of_an_earlier_try_is_no_conflict),
    BED_TEST(test_a_look_while_it_is_sent),
    BED_TEST(test_our_own_in_doubt_is_no_conflict),
    BED_TEST(test_a_conflict_while_it_is_sent),
    BED_TEST(test_a_conflict_that_is_none_any_more),
    BED_TEST(test_detach_goes_on_with_the_next),
    BED_TEST(test_detach_takes_along_what_waits),
    BED_TEST(test_detach_with_a_new_one),
    BED_TEST(test_detach_for_good),
    BED_TEST(test_no_detach_in_doubt),
    BED_TEST(test_attach),
    BED_TEST(test_attach_before_it_is_made),
    BED_TEST(test_a_copy_of_what_is_kept),
    BED_TEST(test_attach_again),
    BED_TEST(test_who_was_seen),
};
const size_t ticket_test_count = COUNT_OF(ticket_tests);
