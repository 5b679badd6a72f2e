#include "mail/letter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "mail/letter_private.h"
#include "mail/mime.h"

#define SEALED_FOR "mail/code"
#define OFF_FOR    "mail/off"
#define OFF_MAC    16 /* bytes: more than anybody can try */

struct store_mail letter_code(const struct secret_key *k, const struct id *key, const char *to,
                              const char *code, int64_t now_ms, int64_t expires_ms, char **sealed)
{
    struct secret *secret = secret_new(code, strlen(code));

    *sealed = secret_seal(k, secret, SEALED_FOR);
    secret_free(secret);
    return (struct store_mail){.kind = STORE_MAIL_CODE,
                               .key = *key,
                               .to = to,
                               .sealed = *sealed,
                               .now_ms = now_ms,
                               .expires_ms = expires_ms};
}

/* --- the address that ends letters --- */

void letter_off_token(const struct secret_key *k, const struct id *person,
                      char token[LETTER_OFF_SIZE])
{
    uint8_t mac[SECRET_HASH_SIZE];

    secret_mac(k, OFF_FOR, person->bytes, sizeof(person->bytes), mac);
    str_hex(person->bytes, sizeof(person->bytes), token);
    str_hex(mac, OFF_MAC, token + 2 * sizeof(person->bytes));
}

int letter_off_read(const struct secret_key *k, const char *token, struct id *person)
{
    uint8_t bytes[16 + OFF_MAC], mac[SECRET_HASH_SIZE];

    if (strlen(token) != LETTER_OFF_SIZE - 1 || str_unhex(token, bytes, sizeof(bytes)) != 0)
        return -1;
    memcpy(person->bytes, bytes, sizeof(person->bytes));
    secret_mac(k, OFF_FOR, person->bytes, sizeof(person->bytes), mac);
    return secret_same(mac, bytes + 16, OFF_MAC) ? 0 : -1;
}

/* --- the whole --- */

static void read_brand(const char *json, char brand[128])
{
    struct json_doc *doc = json_parse(json, strlen(json), NULL);
    const char *name = doc == NULL ? NULL : json_get_text(json_root(doc), "name");

    if (name == NULL || name[0] == '\0' || str_copy(brand, 128, name) < 0)
        (void)!str_copy(brand, 128, "Parley");
    json_free(doc);
}

static void message_id(struct buf *to, const char *name, const char *kind, const struct id *id,
                       const char *domain)
{
    char text[ID_TEXT_SIZE];

    id_format(id, text);
    buf_printf(to, "%s: <%s.%s@%s>\r\n", name, kind, text, domain);
}

static void part(struct buf *to, const char *type, const char *boundary, const struct buf *text)
{
    buf_printf(to,
               "--%s\r\nContent-Type: text/%s; charset=utf-8\r\n"
               "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
               boundary, type);
    mime_quoted(to, text->ptr, text->len);
    buf_str(to, "\r\n");
}

static void write_all(const struct letter_house *house, const struct store_mail_taken *taken,
                      const struct letter_text *t, const char *off, int64_t now_ms, struct buf *to)
{
    const char *domain = strchr(house->from, '@') + 1;
    char boundary[2 + ID_TEXT_SIZE] = "=_"; /* no line of quoted-printable begins so */

    id_format(&taken->key, boundary + 2);
    mime_date(to, now_ms);
    mime_mailbox(to, "From", t->brand, house->from);
    mime_mailbox(to, "To", "", taken->to);
    mime_text(to, "Subject", t->subject.ptr);
    message_id(to, "Message-ID", "m", &taken->key, domain);
    if (taken->kind == STORE_MAIL_ANSWER) {
        message_id(to, "In-Reply-To", "c", &taken->conversation, domain);
        message_id(to, "References", "c", &taken->conversation, domain);
        buf_printf(to, "List-Unsubscribe: <%s>\r\n", off);
        mime_plain(to, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        mime_plain(to, "Precedence", "bulk");
    }
    mime_plain(to, "Auto-Submitted", "auto-generated");
    mime_plain(to, "X-Auto-Response-Suppress", "All");
    mime_plain(to, "MIME-Version", "1.0");
    buf_printf(to, "Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n", boundary);
    part(to, "plain", boundary, &t->plain);
    part(to, "html", boundary, &t->html);
    buf_printf(to, "--%s--\r\n", boundary);
}

/* 0, or -1 with err. */
static int write_text(const struct letter_house *house, const struct store_mail_taken *taken,
                      struct letter_text *t, const char *off, int64_t now_ms, struct err *err)
{
    char link[512], id[ID_TEXT_SIZE];
    struct secret *code;
    int64_t ms;

    switch (taken->kind) {
    case STORE_MAIL_CODE:
        code = secret_open(house->k, taken->sealed, SEALED_FOR);
        if (code == NULL)
            return err_set(err, "the code does not open with this server's key");
        ms = taken->expires_ms - taken->created_ms;
        letter_code_text(t, code, ms < 60000 ? 1 : ms / 60000);
        secret_free(code);
        return 0;
    case STORE_MAIL_ANSWER:
        id_format(&taken->conversation, id);
        snprintf(link, sizeof(link), "%s/c#conversation=%s", house->url, id);
        letter_answer_text(t, taken, link, off);
        return 0;
    case STORE_MAIL_TRANSCRIPT:
        id_format(&taken->conversation, id);
        snprintf(link, sizeof(link), "%s/c#conversation=%s", house->url, id);
        letter_said_text(t, taken, link);
        return 0;
    case STORE_MAIL_UNANSWERED:
        id_format(&taken->conversation, id);
        snprintf(link, sizeof(link), "%s/console#c=%s", house->url, id);
        letter_unanswered_text(t, taken, link);
        return 0;
    case STORE_MAIL_DIGEST:
        snprintf(link, sizeof(link), "%s/console", house->url);
        letter_digest_text(t, &taken->digest, link, now_ms);
        return 0;
    case STORE_MAIL_TEST:
        snprintf(link, sizeof(link), "%s/console", house->url);
        letter_test_text(t, link);
        return 0;
    }
    return err_set(err, "unknown kind of letter");
}

static void wipe(struct buf *b)
{
    if (b->ptr != NULL)
        secret_wipe(b->ptr, b->len);
    buf_free(b);
}

int letter_write(const struct letter_house *house, const struct store_mail_taken *taken,
                 int64_t now_ms, struct buf *to, struct err *err)
{
    char token[LETTER_OFF_SIZE], off[512];
    struct letter_text t;
    int result = -1;

    if (!mime_is_address(taken->to))
        return err_set(err, "this address is of a form that letters cannot be sent to");
    t.words = letter_words(taken->language);
    read_brand(taken->brand, t.brand);
    buf_init(&t.subject, STORE_TEXT_MAX + 256);
    buf_init(&t.plain, LETTER_PLAIN_MAX);
    buf_init(&t.html, LETTER_HTML_MAX);
    letter_off_token(house->k, &taken->person, token);
    snprintf(off, sizeof(off), "%s/v1/mail/off/%s", house->url, token);
    if (write_text(house, taken, &t, off, now_ms, err) == 0) {
        write_all(house, taken, &t, off, now_ms, to);
        result = buf_ok(to) && buf_ok(&t.plain) && buf_ok(&t.html) && buf_ok(&t.subject)
                     ? 0
                     : err_set(err, "the letter is too long");
    }
    wipe(&t.subject);
    wipe(&t.plain);
    wipe(&t.html);
    return result;
}
