/* Words in all messages: what is found, in which order, and that the index follows what happens to
 * messages. */
#include <stdio.h>

#include "base/buf.h"
#include "bed.h"

static void keep_found(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;
    struct store_found *rows;

    bed_plain(result, out, arg);
    if (result != STORE_OK)
        return;
    rows = arena_alloc(b->keep, (out->found.count + 1) * sizeof(*rows));
    for (size_t i = 0; i < out->found.count; i++) {
        const char **parts = arena_alloc(b->keep, STORE_FOUND_PARTS * sizeof(*parts));

        rows[i] = out->found.rows[i];
        for (size_t n = 0; n < rows[i].part_count; n++)
            parts[n] = arena_strdup(b->keep, rows[i].parts[n]);
        rows[i].parts = parts;
        keep_text(b, &rows[i].reference);
        keep_text(b, &rows[i].subject);
        keep_text(b, &rows[i].person);
        keep_text(b, &rows[i].company);
        keep_text(b, &rows[i].number);
        keep_text(b, &rows[i].name);
    }
    b->out.found.rows = rows;
}

/* Take up all messages; how many those were. */
static int64_t index_all(struct bed *b)
{
    int64_t messages = 0;

    do {
        assert_int_equal(BED(b, store_search_index(b->s, bed_plain, b)), STORE_OK);
        messages += b->out.indexed.messages;
    } while (b->out.indexed.more);
    assert_int_equal(BED(b, store_search_due(b->s, bed_plain, b)), STORE_OK);
    assert_false(b->out.search_due.due);
    return messages;
}

static size_t find_page(struct bed *b, const char *query, int64_t before, size_t limit)
{
    const struct store_search in = {.query = query, .before = before, .limit = limit};

    assert_int_equal(BED(b, store_search(b->s, &in, keep_found, b)), STORE_OK);
    return b->out.found.count;
}

static size_t find(struct bed *b, const char *query)
{
    return find_page(b, query, 0, STORE_FOUND_MAX);
}

static void say(struct bed *b, int n, enum store_author author, const char *body)
{
    static int count;
    char client_id[16];

    snprintf(client_id, sizeof(client_id), "said-%d", ++count);
    assert_int_equal(bed_say(b, n, author, client_id, body, 2000 + count), STORE_OK);
}

static bool is_of(const struct id *conversation, int n)
{
    const struct id id = bed_id('c', n);

    return id_equal(conversation, &id);
}

static void test_found(void **state)
{
    struct bed *b = *state;

    assert_int_equal(find(b, "printer"), 0);
    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    say(b, 1, STORE_STAFF, "Is the Zürich VPN up?");
    say(b, 1, STORE_NOTE, "They have no idea of vpns.");
    say(b, 1, STORE_EVENT, "Somebody closed the VPN.");
    assert_int_equal(find(b, "vpn"), 0);
    assert_int_equal(BED(b, store_search_due(b->s, bed_plain, b)), STORE_OK);
    assert_true(b->out.search_due.due);
    assert_int_equal(index_all(b), 4);
    assert_int_equal(index_all(b), 0);

    /* The latest first; no events; the last word may be a beginning. */
    assert_int_equal(find(b, "VPN"), 2);
    assert_true(b->out.found.complete);
    assert_int_equal(b->out.found.rows[0].seq, 3);
    assert_int_equal(b->out.found.rows[0].author, STORE_NOTE);
    assert_int_equal(b->out.found.rows[1].seq, 2);
    assert_string_equal(b->out.found.rows[1].name, "Tim");
    assert_string_equal(b->out.found.rows[1].subject, "Printer");
    assert_string_equal(b->out.found.rows[1].person, "Ada");
    assert_true(b->out.found.rows[1].open);
    assert_int_equal(find(b, "vp"), 0);
    assert_int_equal(find(b, "vpn zurich"), 1);
    assert_int_equal(find(b, "up zür"), 1);
    /* Only the last one. */
    assert_int_equal(find(b, "zur vpn"), 0);
    /* Subject and name are words of the first message. */
    assert_int_equal(find(b, "ada printer smokes"), 1);
    assert_int_equal(b->out.found.rows[0].seq, 1);
    /* What FTS5 would read as its own. */
    assert_int_equal(find(b, "\"vpn OR* NEAR(up"), 0);
    assert_int_equal(find(b, "words:vpn"), 0);
    assert_int_equal(find(b, "\"VPN\" - *up*"), 1);
    assert_int_equal(find(b, " ?! "), 0);
    assert_int_equal(find(b, ""), 0);
}

static void test_parts(void **state)
{
    struct bed *b = *state;
    struct buf text;

    buf_init(&text, STORE_BODY_MAX);
    for (int i = 0; i < 200; i++)
        buf_printf(&text, "Überaus vieles ");
    buf_printf(&text, "ist die Ursache.\nDie ");
    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    say(b, 1, STORE_PERSON, "The Zürich router, ZURICH!");
    say(b, 1, STORE_PERSON, text.ptr);
    buf_free(&text);
    index_all(b);
    assert_int_equal(find(b, "zurich"), 1);
    assert_int_equal(b->out.found.rows[0].part_count, 5);
    assert_string_equal(b->out.found.rows[0].parts[0], "The ");
    assert_string_equal(b->out.found.rows[0].parts[1], "Zürich");
    assert_string_equal(b->out.found.rows[0].parts[2], " router, ");
    assert_string_equal(b->out.found.rows[0].parts[3], "ZURICH");
    assert_string_equal(b->out.found.rows[0].parts[4], "!");
    assert_int_equal(find(b, "ursach"), 1);
    assert_int_equal(b->out.found.rows[0].part_count, 3);
    assert_string_equal(b->out.found.rows[0].parts[1], "Ursache");
    assert_true(strlen(b->out.found.rows[0].parts[0]) < 60);
    assert_string_equal(b->out.found.rows[0].parts[2], ".\nDie ");
    /* Nothing is cut in the middle of a character. */
    assert_int_equal(find(b, "uberaus"), 1);
    assert_string_equal(b->out.found.rows[0].parts[0], "");
    assert_string_equal(b->out.found.rows[0].parts[1], "Überaus");
    assert_int_equal(b->out.found.rows[0].part_count, STORE_FOUND_PARTS);
}

static void test_pages(void **state)
{
    struct bed *b = *state;
    int64_t before;

    for (int n = 1; n <= 4; n++)
        assert_int_equal(bed_start(b, n, 1000 * n), STORE_OK);
    for (int i = 0; i < 10; i++)
        say(b, 2, STORE_PERSON, "It smokes again");
    index_all(b);
    /* Of one conversation not more than three, wherever the page ends. */
    assert_int_equal(find(b, "smokes"), 6);
    assert_false(b->out.found.more);
    assert_int_equal(find_page(b, "smokes", 0, 2), 2);
    assert_true(b->out.found.more);
    assert_true(is_of(&b->out.found.rows[0].conversation, 4));
    assert_true(is_of(&b->out.found.rows[1].conversation, 3));
    before = b->out.found.before;
    assert_int_equal(find_page(b, "smokes", before, 3), 3);
    assert_true(b->out.found.more);
    assert_int_equal(b->out.found.rows[0].seq, 11);
    before = b->out.found.before;
    assert_int_equal(find_page(b, "smokes", before, 3), 1);
    assert_true(is_of(&b->out.found.rows[0].conversation, 1));
    assert_false(b->out.found.more);
}

static void test_named(void **state)
{
    struct bed *b = *state;

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(bed_start(b, 2, 1000), STORE_OK);
    assert_int_equal(bed_drain(b, 2, 5000), 1);
    index_all(b);
    assert_int_equal(find(b, " ply-00000002 "), 1);
    assert_int_equal(b->out.found.rows[0].seq, 0);
    assert_int_equal(b->out.found.rows[0].part_count, 0);
    assert_string_equal(b->out.found.rows[0].reference, "PLY-00000002");
    assert_string_equal(b->out.found.rows[0].number, "1042");
    assert_int_equal(find(b, "#1042"), 1);
    assert_int_equal(find(b, "1042"), 1);
    assert_int_equal(find(b, "#"), 0);
}

static void read_ticket(struct bed *b, const struct store_psa_comment *rows, size_t count)
{
    struct store_sync_comments in = {.conversation = bed_id('c', 1),
                                     .rows = rows,
                                     .count = count,
                                     .complete = true,
                                     .began_ms = 9000,
                                     .now_ms = 9001};
    const struct store_asker staff = bed_staff();

    assert_int_equal(
        BED(b, store_conversation_summary(b->s, &in.conversation, &staff, bed_summary, b)),
        STORE_OK);
    in.account = b->out.summary.ticket.account;
    in.ticket = b->out.summary.ticket.id;
    assert_int_equal(BED(b, store_sync_comments(b->s, &in, bed_plain, b)), STORE_OK);
}

/* What is edited, hidden or removed in the PSA. */
static void test_edited(void **state)
{
    struct bed *b = *state;
    struct store_psa_comment comments[] = {{.id = 1,
                                            .subject = "Note",
                                            .body = "The capacitor leaks",
                                            .name = "Kim",
                                            .by_staff = true,
                                            .message = bed_id('k', 1)},
                                           {.id = 2,
                                            .subject = "Note",
                                            .body = "Another one",
                                            .name = "Kim",
                                            .by_staff = true,
                                            .message = bed_id('k', 2)}};

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(bed_drain(b, 1, 5000), 1);
    read_ticket(b, comments, 2);
    index_all(b);
    assert_int_equal(find(b, "capacitor"), 1);
    comments[0].body = "The resistor leaks";
    read_ticket(b, comments, 2);
    assert_int_equal(find(b, "capacitor"), 0);
    assert_int_equal(find(b, "leaks"), 0); /* not by its old words, not yet by its new ones */
    index_all(b);
    assert_int_equal(find(b, "capacitor"), 0);
    assert_int_equal(find(b, "resistor"), 1);
    assert_string_equal(b->out.found.rows[0].parts[1], "resistor");
    comments[0].hidden = true; /* staff go on seeing it */
    read_ticket(b, comments, 2);
    assert_int_equal(find(b, "resistor"), 1);
    assert_int_equal(b->out.found.rows[0].author, STORE_NOTE);
    read_ticket(b, comments + 1, 1);
    assert_int_equal(find(b, "leaks"), 1);
    /* Edited before it was taken up. */
    comments[1].body = "A third thing";
    say(b, 1, STORE_PERSON, "Umbrella");
    read_ticket(b, comments + 1, 1);
    assert_int_equal(index_all(b), 1);
    assert_int_equal(find(b, "another"), 0);
    assert_int_equal(find(b, "third"), 1);
    assert_int_equal(find(b, "umbrella"), 1);
}

static void test_erased(void **state)
{
    struct bed *b = *state;
    const struct store_person_erase in = {.person = bed_id('p', 1),
                                          .email = "ada1@example.com",
                                          .said = "(erased)",
                                          .now_ms = 9000,
                                          .audit = {.action = "person_erased", .object = "one"}};

    for (int n = 1; n <= 2; n++)
        assert_int_equal(bed_start(b, n, 1000), STORE_OK);
    say(b, 1, STORE_STAFF, "Ada, try the other tray");
    say(b, 1, STORE_PERSON, "Tangerine");
    index_all(b);
    say(b, 1, STORE_PERSON, "Kumquat");
    assert_int_equal(find(b, "printer"), 2);
    assert_true(bed_drain(b, 1, 10000) > 0);
    assert_int_equal(BED(b, store_person_erase(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(find(b, "tangerine"), 0);
    assert_int_equal(find(b, "printer"), 1);
    assert_int_equal(find(b, "tray"), 1); /* staff's words stay */
    assert_int_equal(index_all(b), 1);    /* and all old parts of the index are gone through */
    assert_int_equal(find(b, "kumquat"), 0);
    assert_int_equal(find(b, "printer"), 1);
    assert_int_equal(find(b, "erased"), 3);
}

/* A crash, and more messages than one piece takes. */
static void test_pieces(void **state)
{
    struct bed *b = *state;

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    for (int i = 0; i < 250; i++)
        say(b, 1, STORE_PERSON, "Lamp");
    assert_int_equal(BED(b, store_search_index(b->s, bed_plain, b)), STORE_OK);
    assert_int_equal(b->out.indexed.messages, 200);
    assert_true(b->out.indexed.more);
    bed_reopen(b);
    assert_int_equal(index_all(b), 51);
    assert_int_equal(find(b, "lamp"), STORE_FOUND_EACH);
    assert_int_equal(b->out.found.rows[0].seq, 251);
}

const struct CMUnitTest search_tests[] = {
    BED_TEST(test_found),  BED_TEST(test_parts),  BED_TEST(test_pages),  BED_TEST(test_named),
    BED_TEST(test_edited), BED_TEST(test_erased), BED_TEST(test_pieces),
};
const size_t search_test_count = COUNT_OF(search_tests);
