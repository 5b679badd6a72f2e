#include "act_bed.h"

#include <stdio.h>

static struct id add_staff(struct bed *b, int n, const char *name)
{
    char email[32];
    struct store_staff_add in = {.id = bed_id('s', n),
                                 .name = name,
                                 .email = email,
                                 .role = STORE_TECHNICIAN,
                                 .link = {.kind = STORE_LINK_INVITE, .expires_ms = 9999},
                                 .now_ms = 500};

    bed_hash(n, in.link.hash);
    snprintf(email, sizeof(email), "staff%d@example.com", n);
    assert_int_equal(BED(b, store_staff_add(b->s, &in, bed_plain, b)), STORE_OK);
    return in.id;
}

struct store_act act_of(enum store_act_kind kind, int by, const char *client_id, int64_t now_ms)
{
    static int fresh = 9000;

    return (struct store_act){.kind = kind,
                              .conversation = bed_id('c', 1),
                              .message = bed_id('m', fresh++),
                              .second = bed_id('m', fresh++),
                              .by = bed_id('s', by),
                              .name = "Robin",
                              .client_id = client_id,
                              .text = "Robin did it.",
                              .now_ms = now_ms};
}

void act_begin(struct bed *b)
{
    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    add_staff(b, 1, "Robin");
    add_staff(b, 2, "Sam \"S\"");
}

enum store_result act_do(struct bed *b, const struct store_act *in)
{
    return BED(b, store_conversation_act(b->s, in, bed_added, b));
}

const struct store_summary *act_summary(struct bed *b)
{
    const struct id conversation = bed_id('c', 1);
    const struct store_asker staff = bed_staff();

    assert_int_equal(
        BED(b, store_conversation_summary(b->s, &conversation, &staff, bed_summary, b)), STORE_OK);
    return &b->out.summary;
}

const struct store_message *act_last(struct bed *b, struct store_asker asker)
{
    const struct store_messages_read in = {.conversation = bed_id('c', 1),
                                           .asker = asker,
                                           .limit = 100,
                                           .include_notes = asker.is_staff};

    assert_int_equal(BED(b, store_messages_read(b->s, &in, bed_messages, b)), STORE_OK);
    assert_true(b->out.messages.count > 0);
    return &b->out.messages.rows[b->out.messages.count - 1];
}

enum store_result act_hear_when(struct bed *b, bool open, int64_t updated_ms, int64_t resolved_ms,
                                int64_t ahead_ms)
{
    const struct store_psa_ticket row = {.id = act_summary(b)->ticket.id,
                                         .number = "1001",
                                         .subject = "Help",
                                         .status = open ? "New" : "Resolved",
                                         .priority = "",
                                         .assignee = "",
                                         .contact_name = "",
                                         .open = open,
                                         .updated_ms = updated_ms + ahead_ms,
                                         .resolved_ms =
                                             resolved_ms == 0 ? 0 : resolved_ms + ahead_ms,
                                         .event = bed_id('m', (int)updated_ms)};
    const struct store_sync_tickets in = {.account = b->out.summary.ticket.account,
                                          .reopen = "{\"status\":\"In Progress\"}",
                                          .rows = &row,
                                          .count = 1,
                                          .asked_ms = updated_ms,
                                          .clock_ms = updated_ms + ahead_ms,
                                          .now_ms = updated_ms};

    assert_true(row.id != 0);
    return BED(b, store_sync_tickets(b->s, &in, bed_plain, b));
}

enum store_result act_hear(struct bed *b, bool open, int64_t updated_ms)
{
    return act_hear_when(b, open, updated_ms, 0, 0);
}

void act_begin_seen(struct bed *b)
{
    act_begin(b);
    assert_int_equal(bed_drain(b, 1, 3000), 1);
    assert_int_equal(act_hear(b, true, 4000), STORE_OK);
}

enum store_result act_say_again(struct bed *b, int64_t now_ms)
{
    const struct store_message_add in = {.conversation = bed_id('c', 1),
                                         .message = bed_id('w', (int)now_ms),
                                         .asker = bed_person(1),
                                         .author = STORE_PERSON,
                                         .name = "Ada",
                                         .body = "One more thing",
                                         .sender = "v:1",
                                         .client_id = "again-0001",
                                         .outbox = {.wanted = true, .next_at_ms = now_ms},
                                         .waiting = STORE_WAITING_BEGIN,
                                         .reopen = "{\"status\":\"In Progress\"}",
                                         .now_ms = now_ms};

    return BED(b, store_message_add(b->s, &in, bed_added, b));
}
