#include "chat/mention.h"

#include <string.h>

static unsigned char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c + ('a' - 'A')) : (unsigned char)c;
}

/* A letter or digit; every byte beyond ASCII is part of one. */
static bool is_word(char c)
{
    const unsigned char l = lower(c);

    return (l >= 'a' && l <= 'z') || (l >= '0' && l <= '9') || l >= 0x80 || l == '_';
}

/* Does text begin with these bytes, and is the word over behind them? */
static bool begins(const char *text, const char *name, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] == '\0' || lower(text[i]) != lower(name[i]))
            return false;
    return !is_word(text[len]);
}

static size_t first_word(const char *name)
{
    return strcspn(name, " ");
}

/* How much of the name stands here; 0: it does not. */
static size_t fits(const char *text, const char *name)
{
    const size_t whole = strlen(name), first = first_word(name);

    if (whole > 0 && begins(text, name, whole))
        return whole;
    return first > 0 && begins(text, name, first) ? first : 0;
}

static void find_at(const char *text, const char *const *names, size_t count, bool *hit)
{
    size_t best = 0, same = 0, whole = 0;

    for (size_t i = 0; i < count; i++) {
        const size_t len = fits(text, names[i]);

        if (len > best) {
            best = len;
            same = whole = 0;
        }
        if (len > 0 && len == best) {
            same++;
            whole += len == strlen(names[i]);
        }
    }
    if (best == 0 || (whole == 0 && same > 1))
        return;
    for (size_t i = 0; i < count; i++)
        if (fits(text, names[i]) == best && (whole == 0 || strlen(names[i]) == best))
            hit[i] = true;
}

void mention_find(const char *body, const char *const *names, size_t count, bool *hit)
{
    memset(hit, 0, count * sizeof(*hit));
    for (const char *at = strchr(body, '@'); at != NULL; at = strchr(at + 1, '@'))
        if (at == body || !is_word(at[-1]))
            find_at(at + 1, names, count, hit);
}
