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
