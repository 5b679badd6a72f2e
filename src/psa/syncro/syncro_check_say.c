#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "psa/syncro/syncro_check.h"

static const char *const sentences[SYNCRO_SENTENCE_COUNT] = {
#define X(name, text) [SYNCRO_SAY_##name] = (text),
    SYNCRO_SENTENCES(X)
#undef X
};

void syncro_say(enum syncro_sentence sentence, const char *first, const char *second, char *to,
                size_t size)
{
    struct buf b;

    buf_init(&b, 4096);
    for (const char *p = sentences[sentence]; *p != '\0';) {
        const bool is_first = str_has_prefix(p, "{1}"), is_second = str_has_prefix(p, "{2}");
        if (is_first || is_second)
            buf_str(&b, is_first ? first : second);
        else
            buf_char(&b, *p);
        p += is_first || is_second ? 3 : 1;
    }
    const size_t len = b.ptr == NULL ? 0 : str_cut_utf8(b.ptr, b.len, size - 1);
    if (len > 0)
        memcpy(to, b.ptr, len);
    to[len] = '\0';
    if (!str_is_utf8(to, len)) /* the other side's words can hold anything */
        for (char *p = to; *p != '\0'; p++)
            if ((unsigned char)*p >= 0x80)
                *p = '?';
    buf_free(&b);
}
