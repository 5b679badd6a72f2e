/* The limit of requests a minute. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "sandbox/core_private.h"

/* The peer of that name, or the place of the one that was silent longest. */
static struct sb_peer *peer_of(struct sandbox *sb, const char *name)
{
    struct sb_peer *oldest = NULL;

    for (size_t i = 0; i < sb->peer_count; i++) {
        if (strcmp(sb->peers[i]->name, name) == 0)
            return sb->peers[i];
        if (oldest == NULL || sb->peers[i]->last_ms < oldest->last_ms)
            oldest = sb->peers[i];
    }
    if (sb->peer_count < SB_PEERS_MAX) {
        oldest = malloc(sizeof(*oldest));
        if (oldest == NULL)
            abort();
        sb->peers[sb->peer_count++] = oldest;
    }
    oldest->last_ms = INT64_MIN;
    oldest->head = oldest->count = oldest->passed_count = 0;
    if (str_copy(oldest->name, sizeof(oldest->name), name) != 0)
        oldest->name[0] = '\0';
    return oldest;
}

static void drop_oldest(struct sb_peer *p)
{
    if (p->passed[p->head])
        p->passed_count--;
    p->head = (p->head + 1) % SB_WINDOW_MAX;
    p->count--;
}

bool sb_limit_pass(struct sandbox *sb, const char *name, int64_t now_ms, int64_t limit)
{
    struct sb_peer *p = peer_of(sb, strlen(name) < sizeof(p->name) ? name : "");

    if (now_ms < p->last_ms)
        now_ms = p->last_ms; /* a clock that was set back does not open a new minute */
    p->last_ms = now_ms;
    while (p->count > 0 && (p->count == SB_WINDOW_MAX || p->at_ms[p->head] <= now_ms - 60000))
        drop_oldest(p);
    const bool pass = limit == 0 || p->passed_count < (size_t)limit;
    const size_t tail = (p->head + p->count) % SB_WINDOW_MAX;
    p->at_ms[tail] = now_ms;
    p->passed[tail] = pass;
    p->count++;
    if (pass)
        p->passed_count++;
    if (p->count > sb->max_minute)
        sb->max_minute = p->count;
    return pass;
}
