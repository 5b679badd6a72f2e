#include "ticket_bed.h"

struct store_psa_ticket ticket_of(int64_t id)
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

void ticket_hear(struct bed *b, const struct store_psa_ticket *t, int64_t now_ms)
{
    const struct store_sync_tickets in = {
        .account = ACCOUNT, .rows = t, .count = 1, .asked_ms = now_ms, .now_ms = now_ms};

    assert_int_equal(BED(b, store_sync_tickets(b->s, &in, bed_plain, b)), STORE_OK);
}

int64_t ticket_begin(struct bed *b, int n)
{
    struct store_psa_ticket t;

    assert_int_equal(bed_start(b, n, 1000), STORE_OK);
    assert_int_equal(bed_take(b, n, 1000), STORE_OK);
    t = ticket_of(7000 + b->out.taken.outbox);
    assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_FILED, 1000), STORE_OK);
    ticket_hear(b, &t, 1000);
    return t.id;
}

enum store_result ticket_set(struct bed *b, int n, const char *client_id, const char *payload)
{
    const struct store_ticket_update in = {.conversation = bed_id('c', n),
                                           .payload = payload,
                                           .sender = "s:tim",
                                           .client_id = client_id,
                                           .now_ms = 2000};

    return BED(b, store_ticket_update(b->s, &in, bed_plain, b));
}

const struct store_ticket *ticket_look(struct bed *b, int n)
{
    const struct id id = bed_id('c', n);
    const struct store_asker staff = bed_staff();

    assert_int_equal(BED(b, store_conversation_summary(b->s, &id, &staff, bed_summary, b)),
                     STORE_OK);
    return &b->out.summary.ticket;
}

const struct store_entry *ticket_last(struct bed *b, int n)
{
    const struct id id = bed_id('c', n);

    assert_int_equal(BED(b, store_outbox_of(b->s, &id, bed_entries, b)), STORE_OK);
    assert_true(b->out.entries.count > 0);
    return &b->out.entries.rows[b->out.entries.count - 1];
}
