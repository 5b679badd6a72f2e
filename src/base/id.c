#include "base/id.h"

#include <string.h>

#include "base/str.h"

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

struct id id_make(int64_t now_ms, const uint8_t random[10])
{
    struct id id;

    for (int i = 0; i < 6; i++)
        id.bytes[i] = (uint8_t)(now_ms >> (40 - 8 * i));
    memcpy(id.bytes + 6, random, 10);
    id.bytes[6] = (uint8_t)((id.bytes[6] & 0x0f) | 0x70);
    id.bytes[8] = (uint8_t)((id.bytes[8] & 0x3f) | 0x80);
    return id;
}

bool id_is_none(const struct id *id)
{
    static const struct id none;

    return memcmp(id, &none, sizeof(none)) == 0;
}

bool id_equal(const struct id *a, const struct id *b)
{
    return memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

static const uint8_t group_len[] = {4, 2, 2, 2, 6};

void id_format(const struct id *id, char text[ID_TEXT_SIZE])
{
    const uint8_t *from = id->bytes;

    for (size_t g = 0; g < COUNT_OF(group_len); g++) {
        if (g > 0)
            *text++ = '-';
        str_hex(from, group_len[g], text);
        from += group_len[g];
        text += 2 * group_len[g];
    }
}

int id_parse(const char *text, struct id *id)
{
    uint8_t *to = id->bytes;
    char part[13];

    if (strlen(text) != ID_TEXT_SIZE - 1)
        return -1;
    for (size_t g = 0; g < COUNT_OF(group_len); g++) {
        const size_t len = 2 * (size_t)group_len[g];
        memcpy(part, text, len);
        part[len] = '\0';
        if (str_unhex(part, to, group_len[g]) != 0)
            return -1;
        text += len;
        if (g + 1 < COUNT_OF(group_len) && *text++ != '-')
            return -1;
        to += group_len[g];
    }
    return 0;
}

void reference_make(const uint8_t random[5], char text[REFERENCE_SIZE])
{
    uint64_t bits = 0;

    for (int i = 0; i < 5; i++)
        bits = bits << 8 | random[i];
    memcpy(text, "PLY-", 4);
    for (int i = 11; i >= 4; i--, bits >>= 5)
        text[i] = crockford[bits & 31];
    text[12] = '\0';
}

bool reference_is_valid(const char *text)
{
    if (strlen(text) != REFERENCE_SIZE - 1 || strncmp(text, "PLY-", 4) != 0)
        return false;
    return strspn(text + 4, crockford) == 8;
}
