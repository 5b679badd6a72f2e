#include "chat/key.h"

#include <string.h>

#include "base/str.h"
#include "chat/text.h"

bool key_is_whole(const char *text)
{
    return strlen(text) == KEY_LEN && str_has_prefix(text, KEY_PREFIX) &&
           text_is_token(text + strlen(KEY_PREFIX));
}

bool key_is_right(const char *text)
{
    return str_equal(text, KEY_READ) || str_equal(text, KEY_WRITE) || str_equal(text, KEY_PEOPLE);
}
