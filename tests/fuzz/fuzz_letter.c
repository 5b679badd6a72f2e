/* Whatever people and mail servers say: a letter stays ASCII with one header block, what it says
 * can be read back, and a talk ends in one of its results. */
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "fuzz/fuzz.h"
#include "mail/mime.h"
#include "net/smtp_talk.h"

/* One header: no line but its own, and those that go on with it. */
static void check_header(const struct buf *b)
{
    MUST(b->len >= 2 && strcmp(b->ptr + b->len - 2, "\r\n") == 0);
    for (size_t i = 0; i < b->len; i++) {
        MUST((unsigned char)b->ptr[i] <= '~' && b->ptr[i] != '\0');
        MUST((b->ptr[i] == '\r') == (b->ptr[i + 1] == '\n'));
        MUST(b->ptr[i] != '\n' || i + 1 == b->len || b->ptr[i + 1] == ' ');
        MUST(b->ptr[i] >= ' ' || b->ptr[i] == '\r' || b->ptr[i] == '\n');
    }
}

static int nibble(char c)
{
    return c <= '9' ? c - '0' : c - 'A' + 10;
}

/* The reverse of mime_quoted, but for an end of line at the very end. */
static void check_quoted(const char *text, size_t len, const struct buf *b)
{
    size_t at = 0, column = 0;

    for (size_t i = 0; i < b->len; i++, column++) {
        char c = b->ptr[i];

        MUST(column <= 76);
        if (c == '=' && b->ptr[i + 1] == '\r') {
            i += 2;
            column = (size_t)-1;
            continue;
        }
        if (c == '\r') {
            MUST(b->ptr[i + 1] == '\n');
            i++;
            column = (size_t)-1;
            if (at == len)
                return;
            c = '\n';
        } else if (c == '=') {
            c = (char)(nibble(b->ptr[i + 1]) << 4 | nibble(b->ptr[i + 2]));
            i += 2;
            column += 2;
        }
        MUST(at < len && text[at++] == c);
    }
    MUST(at == len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    struct smtp_talk talk = {0};
    struct buf b;

    MUST(text != NULL);
    memcpy(text, data, size);
    text[size] = '\0';
    buf_init(&b, 16 * size + 4096);
    if (str_is_utf8(text, size)) {
        mime_text(&b, "Subject", text);
        check_header(&b);
        buf_clear(&b);
        mime_mailbox(&b, "From", text, "help@msp.example");
        check_header(&b);
        buf_clear(&b);
        mime_quoted(&b, text, size);
        check_quoted(text, size, &b);
    }
    if (mime_is_address(text)) {
        MUST(strlen(text) <= 254 && strpbrk(text, "<>\r\n \t,;:\"()[]\\") == NULL);
        buf_clear(&b);
        mime_mailbox(&b, "To", "", text);
        check_header(&b);
    }
    for (size_t at = 0; at < size;) { /* a line each: odd first byte ours, else the server's */
        const char *end = memchr(text + at, '\n', size - at);
        const size_t len = end == NULL ? size - at : (size_t)(end - text) - at + 1;

        if (text[at] & 1)
            smtp_talk_out(&talk, text + at + 1, len - 1);
        else
            smtp_talk_in(&talk, text + at + 1, len - 1);
        at += len;
    }
    MUST(strlen(talk.said) < SMTP_SAID_SIZE && str_is_utf8(talk.said, strlen(talk.said)));
    MUST(smtp_talk_result(&talk, false) != SMTP_TAKEN);
    buf_free(&b);
    free(text);
    return 0;
}
