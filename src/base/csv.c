#include "base/csv.h"

#include <string.h>

void csv_text(struct buf *to, const char *text, char after)
{
    buf_char(to, '"');
    if (text[0] != '\0' && strchr("=+-@\t\r\n", text[0]) != NULL)
        buf_char(to, '\'');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            buf_char(to, '"');
        buf_char(to, *text);
    }
    buf_char(to, '"');
    buf_str(to, after == '\n' ? "\r\n" : ",");
}
