#include "chat/audit.h"

#include "base/str.h"

static const char *const words[AUDIT_COUNT] = {
#define X(name, word) [AUDIT_##name] = word,
    AUDIT_WORDS(X)
#undef X
};

const char *audit_word(enum audit_action action)
{
    return words[action];
}

bool audit_is_word(const char *text)
{
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_equal(words[i], text))
            return true;
    return false;
}
