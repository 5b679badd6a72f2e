/* The letter with what was said in a conversation. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "base/zone.h"
#include "mail/letter_private.h"

#define AROUND 80 /* bytes that a message costs beside its words: its time, what is around it */

/* The zone of the house's hours, or UTC; its name in name. */
static struct zone *zone_of(const char *hours, char name[ZONE_NAME_MAX + 1])
{
    struct json_doc *doc = json_parse(hours, strlen(hours), NULL);
    const char *given = doc == NULL ? NULL : json_get_text(json_root(doc), "zone");
    struct zone *z = NULL;

    if (given != NULL && str_copy(name, ZONE_NAME_MAX + 1, given) == 0)
        z = zone_new(name);
    json_free(doc);
    if (z != NULL)
        return z;
    (void)!str_copy(name, ZONE_NAME_MAX + 1, "UTC");
    return zone_new(name);
}

/* "2026-11-25, 14:05", as the language writes it. */
static void moment(const struct letter_words *w, const struct zone *z, int64_t ms, char text[64])
{
    const struct zone_time at = zone_local(z, ms);
    const int parts[] = {at.year, at.month, at.day, at.minute / 60, at.minute % 60};
    size_t len = 0;

    for (const char *p = w->day; *p != '\0' && len < 56; p++) {
        if (*p != '{') {
            text[len++] = *p;
            continue;
        }
        len += (size_t)snprintf(text + len, 8, "%02d", parts[(p[1] - '1') % 5]);
        p += 2;
    }
    text[len] = '\0';
}

static size_t length_of(const struct store_message *m)
{
    const struct slice body = str_trim(m->body, strlen(m->body));

    return body.len < LETTER_SAID_MAX ? body.len : LETTER_SAID_MAX;
}

static size_t cost_of(const struct store_message *m)
{
    size_t bytes = AROUND + strlen(m->name) + length_of(m);

    for (size_t i = 0; i < m->file_count; i++)
        bytes += AROUND + strlen(m->files[i].name);
    return bytes;
}

/* The first that there is room for, with all that come after it. */
static size_t first_of(const struct store_mail_taken *taken)
{
    size_t at = taken->message_count, room = LETTER_SAID_TOTAL;

    while (at > 0 && cost_of(&taken->messages[at - 1]) <= room)
        room -= cost_of(&taken->messages[--at]);
    return at;
}

static void say_one(struct letter_text *t, const struct zone *z, const struct store_message *m)
{
    const struct slice body = str_trim(m->body, strlen(m->body));
    const size_t len = str_cut_utf8(body.ptr, body.len, LETTER_SAID_MAX);
    char at[64];

    moment(t->words, z, m->at_ms, at);
    letter_say_who(t, m->name, at);
    if (len > 0)
        letter_say(t, body.ptr, len);
    for (size_t i = 0; i < m->file_count; i++)
        letter_say_filled(t, t->words->file, m->files[i].name, "");
    if (len < body.len)
        letter_say_filled(t, t->words->rest, "", "");
}

void letter_said_text(struct letter_text *t, const struct store_mail_taken *taken, const char *link)
{
    const struct letter_words *w = t->words;
    const size_t first = first_of(taken);
    const int64_t left = taken->more + (int64_t)first;
    char name[ZONE_NAME_MAX + 1], count[24];
    struct zone *z = zone_of(taken->hours, name);

    letter_fill(&t->subject, w->said_subject, t->brand, taken->subject);
    letter_begin(t);
    letter_say_filled(t, w->said, taken->reference, t->brand);
    letter_say_filled(t, w->said_zone, name, "");
    snprintf(count, sizeof(count), "%lld", (long long)left);
    if (left > 0)
        letter_say_filled(t, left == 1 ? w->said_one : w->said_left, count, "");
    if (taken->message_count == 0)
        letter_say_filled(t, w->said_nothing, "", "");
    for (size_t i = first; i < taken->message_count; i++)
        say_one(t, z, &taken->messages[i]);
    letter_say_link(t, w->said_open, link);
    letter_say_filled(t, w->not_read, taken->reference, "");
    letter_end(t);
    zone_free(z);
}
