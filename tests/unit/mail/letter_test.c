/* Letters as they go out. */
#include "unit/base/cmocka_wrap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mail/letter_private.h"
#include "mail/mime.h"

static const uint8_t key_bytes[32] = {1, 2, 3};
static struct secret_key *key;
static struct buf out;

static struct letter_house house(void)
{
    return (struct letter_house){
        .from = "help@msp.example", .url = "https://chat.example", .k = key};
}

static bool has(const char *text)
{
    return strstr(out.ptr, text) != NULL;
}

/* Every line ends with CRLF, is ASCII and not too long. */
static void assert_mailable(void)
{
    size_t column = 0;

    assert_true(buf_ok(&out));
    for (size_t i = 0; i < out.len; i++) {
        const char c = out.ptr[i];

        if (c == '\n') {
            assert_int_equal(out.ptr[i - 1], '\r');
            column = 0;
            continue;
        }
        assert_true(c == '\r' || c == '\t' || (c >= ' ' && c <= '~'));
        assert_true(++column <= 998);
        if (c == '\r')
            assert_int_equal(out.ptr[i + 1], '\n');
    }
    assert_true(strcmp(out.ptr + out.len - 2, "\r\n") == 0);
}

static int write_it(const struct store_mail_taken *taken)
{
    const struct letter_house h = house();
    struct err err;

    buf_clear(&out);
    return letter_write(&h, taken, INT64_C(1764079200000), &out, &err);
}

static void test_code(void **state)
{
    const struct id id = {{7}};
    char *sealed;
    const struct store_mail row =
        letter_code(key, &id, "ann@acme.example", "123456", 1000, 601000, &sealed);
    const struct store_mail_taken taken = {.kind = STORE_MAIL_CODE,
                                           .key = id,
                                           .to = row.to,
                                           .sealed = row.sealed,
                                           .created_ms = row.now_ms,
                                           .expires_ms = row.expires_ms,
                                           .brand = "{\"name\":\"Nordlicht IT\"}"};
    struct store_mail_taken other = taken;

    (void)state;
    assert_null(strstr(row.sealed, "123456"));
    assert_int_equal(write_it(&taken), 0);
    assert_mailable();
    assert_true(has("Subject: 123456 is your code for Nordlicht IT\r\n"));
    assert_true(has("From: Nordlicht IT\r\n <help@msp.example>\r\n"));
    assert_true(has("To: ann@acme.example\r\n"));
    assert_true(has("10 minutes"));
    assert_true(has("Date: Tue, 25 Nov 2025 14:00:00 +0000\r\n"));
    assert_true(has("Message-ID: <m.07000000-0000-0000-0000-000000000000@msp.example>\r\n"));
    assert_false(has("List-Unsubscribe"));
    other.sealed = "00ff";
    assert_int_equal(write_it(&other), -1);
    free(sealed);
}

static struct store_mail_taken answer(const struct store_message *m, size_t count)
{
    return (struct store_mail_taken){.kind = STORE_MAIL_ANSWER,
                                     .key = {{1}},
                                     .conversation = {{2}},
                                     .person = {{3}},
                                     .to = "ann@acme.example",
                                     .brand = "",
                                     .name = "Ann",
                                     .subject = "Drucker geht nicht \xf0\x9f\x98\x80",
                                     .reference = "PLY-7K3F9Q2M",
                                     .messages = m,
                                     .message_count = count};
}

/* Each language says it all: nothing is missing, and no gap is left over. */
static void test_languages(void **state)
{
    static const char *const languages[] = {"en", "de"};
    const struct store_message m = {.name = "{1}", .body = "{2}"};

    (void)state;
    assert_string_equal(letter_words("fr")->language, "en");
    assert_string_equal(letter_words("")->language, "en");
    for (size_t i = 0; i < COUNT_OF(languages); i++) {
        const struct letter_words *w = letter_words(languages[i]);
        const char *const *texts = (const char *const *)w;

        assert_string_equal(w->language, languages[i]);
        for (size_t j = 0; j < sizeof(*w) / sizeof(*texts); j++)
            assert_true(texts[j] != NULL && texts[j][0] != '\0');
    }
    struct store_mail_taken taken = answer(&m, 1);
    memcpy(taken.language, "de", 3);
    assert_int_equal(write_it(&taken), 0);
    assert_mailable();
    assert_true(has("lang=3D\"de\""));
    assert_true(has("{1} schrieb:")); /* what somebody wrote is not filled */
    assert_true(has("{2}"));
    assert_true(has("PLY-7K3F9Q2M"));
}

static void test_answer(void **state)
{
    const struct store_message m[] = {{.name = "Robin",
                                       .body = "Bitte <b>neu</b> starten.\n.\nGr\xc3\xbc\xc3\x9f"
                                               "e"},
                                      {.name = "Robin", .body = "Noch etwas"}};
    const struct store_mail_taken taken = answer(m, 2);

    (void)state;
    assert_int_equal(write_it(&taken), 0);
    assert_mailable();
    assert_true(has("Subject: =?utf-8?B?"));
    assert_true(has("In-Reply-To: <c.02000000-0000-0000-0000-000000000000@msp.example>\r\n"));
    assert_true(has("References: <c.02000000-0000-0000-0000-000000000000@msp.example>\r\n"));
    assert_true(has("List-Unsubscribe: <https://chat.example/v1/mail/off/03000000"));
    assert_true(has("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
    assert_true(has("Precedence: bulk\r\n"));
    assert_true(has("&lt;b&gt;neu&lt;/b&gt;"));
    assert_true(has("Gr=C3=BC=C3=9Fe"));
    assert_false(has("<b>neu</b> starten.<br>"));
    assert_null(strstr(strstr(out.ptr, "Robin wrote:") + 1, "Robin wrote:")); /* once */
}

/* However much was said, the letter has an end, and the link is in it. */
static void test_sizes(void **state)
{
    static char body[60001];
    struct store_message m[STORE_MAIL_TOLD_MAX];
    struct store_mail_taken taken = answer(m, COUNT_OF(m));

    (void)state;
    memset(body, '"', sizeof(body) - 1);
    for (size_t i = 0; i < COUNT_OF(m); i++)
        m[i] = (struct store_message){.name = "\xc3\x9c", .body = body};
    taken.more = 5;
    assert_int_equal(write_it(&taken), 0);
    assert_mailable();
    assert_true(has("There is more in the conversation"));
    assert_true(has("c#conversation=3D02000000"));
    for (size_t i = 0; i + 1 < sizeof(body); i += 3)
        memcpy(body + i, "\xe2\x82\xac", 3);
    assert_int_equal(write_it(&taken), 0);
    assert_mailable();
}

/* No text begins a header of its own. */
static void test_injection(void **state)
{
    const struct store_message m[] = {{.name = "x\r\nBcc: all@acme.example", .body = "b"}};
    struct store_mail_taken taken = answer(m, 1);

    (void)state;
    taken.subject = "Hi\r\nBcc: all@acme.example\r\n\r\nbody";
    taken.brand = "{\"name\":\"A\\r\\nBcc: b@c\\\"><\"}";
    assert_int_equal(write_it(&taken), 0);
    assert_mailable();
    strstr(out.ptr, "\r\n\r\n")[0] = '\0'; /* the headers */
    assert_false(has("\nBcc:"));
    taken.to = "ann@acme.example\r\nRCPT TO:<bob@acme.example>";
    assert_int_equal(write_it(&taken), -1);
    taken.to = "ann@acme.example>";
    assert_int_equal(write_it(&taken), -1);
}

static void test_addresses(void **state)
{
    static const char *const good[] = {"a@b", "a.b+c@d-e.example", "x_y@xn--bcher-kva.example"};
    static const char *const bad[] = {"",       "a",          "@b",         "a@",      "a@b@c",
                                      "a b@c",  "a@b c",      "a@-b",       "a@b.",    ".a@b",
                                      "a..b@c", "a@b..c",     "\"a\"@b",    "a@[::1]", "<a@b>",
                                      "a\n@b",  "\xc3\xbc@b", "a@b\xc3\xbc"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(good); i++)
        assert_true(mime_is_address(good[i]));
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(mime_is_address(bad[i]));
}

static void test_off(void **state)
{
    const struct id person = {{9, 8, 7}};
    struct id found;
    char token[LETTER_OFF_SIZE];

    (void)state;
    letter_off_token(key, &person, token);
    assert_int_equal(letter_off_read(key, token, &found), 0);
    assert_true(id_equal(&found, &person));
    token[0] ^= 1;
    assert_int_equal(letter_off_read(key, token, &found), -1);
    token[0] ^= 1;
    token[LETTER_OFF_SIZE - 2] ^= 1;
    assert_int_equal(letter_off_read(key, token, &found), -1);
    assert_int_equal(letter_off_read(key, "", &found), -1);
}

/* ---- a transcript ---- */

static struct store_mail_taken said(const struct store_message *m, size_t count)
{
    return (struct store_mail_taken){.kind = STORE_MAIL_TRANSCRIPT,
                                     .to = "ann@acme.example",
                                     .brand = "{}",
                                     .name = "Ann",
                                     .subject = "Printer",
                                     .reference = "PLY-7K3F9Q2M",
                                     .hours = "",
                                     .messages = m,
                                     .message_count = count};
}

static void test_said(void **state)
{
    const struct store_message m[] = {
        {.name = "Ann", .body = " <It> smokes\n", .at_ms = INT64_C(1751371500000)},
        {.name = "Robin", .body = "Pull the plug.", .at_ms = INT64_C(1751371560000)},
    };
    struct store_mail_taken taken = said(m, 2);

    (void)state;
    assert_int_equal(write_it(&taken), 0);
    assert_mailable();
    assert_true(has("Subject: Parley, what was said: Printer\r\n"));
    assert_true(has("Times are those of UTC.\r\n"));
    assert_true(has("Ann, 2025-07-01, 12:05\r\n<It> smokes\r\n"));
    assert_true(has("Robin, 2025-07-01, 12:06\r\nPull the plug.\r\n"));
    assert_true(has("&lt;It&gt; smokes"));
    assert_false(has("left out"));
    assert_false(has("List-Unsubscribe"));
    memcpy(taken.language, "de", 3);
    taken.hours = "{\"zone\":\"Europe/Berlin\"}";
    taken.more = 1;
    assert_int_equal(write_it(&taken), 0);
    assert_true(has("Robin, 01.07.2025, 14:06\r\n"));
    assert_true(has("Europe/Berlin"));
    assert_true(has("lteste Nachricht fehlt"));
    taken = said(NULL, 0);
    taken.hours = "{\"zone\":\"Mars/Olympus\"}";
    assert_int_equal(write_it(&taken), 0);
    assert_true(has("Nothing is there to be read any more."));
}

/* Whatever was said fits; what is left out is the oldest, and is counted. */
static void test_said_sizes(void **state)
{
    static const char *const units[] = {"\"", "\xc3\xbc", "=", "\n.", "word "};
    static struct store_message m[STORE_TRANSCRIPT_MAX];
    static char bodies[STORE_TRANSCRIPT_MAX][4096];

    (void)state;
    for (size_t u = 0; u < COUNT_OF(units); u++) {
        for (size_t size = 1; size < sizeof(bodies[0]); size *= 8) {
            struct store_mail_taken taken = said(m, COUNT_OF(m));

            for (size_t i = 0; i < COUNT_OF(m); i++) {
                size_t len = (size_t)snprintf(bodies[i], sizeof(bodies[i]), "%zu:", i);

                while (len < size && len + 8 < sizeof(bodies[i]))
                    len += (size_t)snprintf(bodies[i] + len, 8, "%s", units[u]);
                m[i] = (struct store_message){.name = "Ann", .body = bodies[i], .at_ms = 1};
            }
            assert_int_equal(write_it(&taken), 0);
            assert_mailable();
            assert_true(has("\r\n399:"));
            assert_false(has("\r\n0:"));
            assert_true(has("This letter would be too long with all of it"));
        }
    }
}

/* Each row under its part, with how long it waits; in the language that is spoken. */
static void test_digest(void **state)
{
    const int64_t now = INT64_C(1764079200000), minute = 60000;
    char longest[900];
    struct store_digest_row rows[] = {
        {.part = STORE_DIGEST_MINE,
         .conversation = {{1}},
         .name = "Ann <b>",
         .subject = "Printer",
         .reference = "PLY-1",
         .waiting_since_ms = now - 125 * minute},
        {.part = STORE_DIGEST_MINE,
         .name = "",
         .subject = longest,
         .reference = "PLY-2",
         .waiting_since_ms = now + minute},
        {.part = STORE_DIGEST_UNASSIGNED,
         .name = "Bo",
         .subject = "VPN",
         .reference = "PLY-3",
         .waiting_since_ms = now - 2881 * minute},
    };
    struct store_mail_taken taken = {.kind = STORE_MAIL_DIGEST,
                                     .key = {{7}},
                                     .to = "mia@msp.example",
                                     .brand = "",
                                     .digest = {.rows = rows, .count = 3, .more = 4}};

    (void)state;
    memset(longest, 'x', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = '\0';
    assert_int_equal(write_it(&taken), 0);
    assert_mailable();
    assert_true(has("Subject: Parley: 7 conversations wait\r\n"));
    assert_true(has("Ann <b>: Printer, since 2 h 5 min:"));
    assert_true(has("Ann &lt;b&gt;: Printer, since 2 h 5 min"));
    assert_true(has("https://chat.example/console#c=3D01000000-0000-0000-0000-000000000000"));
    assert_true(has("PLY-2: xxx"));
    assert_true(has("Bo: VPN, since 2 days"));
    assert_true(has("And 4 more."));
    assert_true(strstr(out.ptr, "Yours") < strstr(out.ptr, "Nobody has them"));
    assert_false(has("Not answered in time"));
    (void)snprintf(taken.language, sizeof(taken.language), "de");
    taken.digest = (struct store_digest){.rows = rows + 2, .count = 1};
    assert_int_equal(write_it(&taken), 0);
    assert_mailable();
    assert_true(has("Subject: Parley: eine Unterhaltung wartet\r\n"));
    assert_true(has("Bo: VPN, seit 2 Tagen"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_code),      cmocka_unit_test(test_digest),
        cmocka_unit_test(test_answer),    cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_injection), cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_off),       cmocka_unit_test(test_languages),
        cmocka_unit_test(test_said),      cmocka_unit_test(test_said_sizes),
    };

    key = secret_key_of(key_bytes);
    buf_init(&out, LETTER_MAX);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    buf_free(&out);
    secret_key_free(key);
    return failed;
}
