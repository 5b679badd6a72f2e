/* A frame of a person or of staff, from text to cleaned text. The first byte chooses the side; the
 * rest is the frame. */
#include <string.h>

#include "api/frames.h"
#include "base/str.h"
#include "chat/text.h"
#include "fuzz/fuzz.h"

static void check_texts(const struct frame *f)
{
    char body[CHAT_BODY_MAX + 1], again[CHAT_BODY_MAX + 1];
    char name[CHAT_NAME_MAX + 1], email[CHAT_EMAIL_MAX + 1], subject[TEXT_SUBJECT_SIZE];
    size_t len, len_again;

    if (f->body != NULL && text_body(f->body, strlen(f->body), body, &len) == TEXT_OK) {
        MUST(len > 0 && len <= CHAT_BODY_MAX && strlen(body) == len && str_is_utf8(body, len));
        MUST(strchr(body, '\r') == NULL);
        /* What is clean stays as it is. */
        MUST(text_body(body, len, again, &len_again) == TEXT_OK && strcmp(body, again) == 0);
        text_subject(body, subject);
        MUST(subject[0] != '\0' && str_is_utf8(subject, strlen(subject)));
        MUST(strchr(subject, '\n') == NULL);
    }
    if (f->name != NULL && text_name(f->name, name) == TEXT_OK)
        MUST(name[0] != '\0' && strlen(name) <= CHAT_NAME_MAX && strpbrk(name, "\n\r\t") == NULL);
    if (f->email != NULL && text_email(f->email, email) == TEXT_OK)
        MUST(strchr(email, '@') != NULL && strpbrk(email, " \n\r\t<>") == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct frame f;
    const char *why = NULL;
    const bool is_staff = size > 0 && data[0] == 's';
    const char *text = (const char *)data + (size > 0);
    const size_t len = size > 0 ? size - 1 : 0;

    switch (frame_parse(&f, is_staff ? FRAME_STAFF : FRAME_PERSON, text, len, &why)) {
    case FRAME_OK:
        MUST(f.client_id == NULL || text_is_client_id(f.client_id));
        MUST(is_staff || (f.kind != FRAME_REPLY && f.kind != FRAME_NOTE && f.kind != FRAME_SET &&
                          f.kind != FRAME_RETRY));
        MUST(f.kind != FRAME_RATE || (!is_staff && f.score >= 1 && f.score <= 5));
        MUST(f.since >= 0 && f.seq >= 0 && f.ticket >= 0);
        MUST(f.until >= 0 && f.until <= CHAT_TIME_MAX && f.due_ms >= 0 &&
             f.due_ms <= CHAT_TIME_MAX);
        for (size_t i = 0; i < f.tag_count; i++)
            MUST(text_is_tag(f.tags[i]));
        MUST(is_staff || f.kind != FRAME_OPEN || id_is_none(&f.conversation) == (f.ticket != 0));
        check_texts(&f);
        frame_free(&f);
        break;
    case FRAME_BAD:
    case FRAME_NOT_ALLOWED:
        MUST(why != NULL && why[0] != '\0' && f.doc == NULL);
        break;
    }
    return 0;
}
