#include "chat/lock.h"

int64_t lock_wait(const struct lock *l, int64_t mono_ms)
{
    return l->until_ms > mono_ms ? l->until_ms - mono_ms : 0;
}

bool lock_is_idle(const struct lock *l, int64_t mono_ms)
{
    return l->until_ms <= mono_ms && (l->tries == 0 || mono_ms - l->last_ms >= LOCK_SHUT_MS);
}

bool lock_try(struct lock *l, int64_t mono_ms, int shut_at, bool slow)
{
    if (lock_is_idle(l, mono_ms))
        *l = (struct lock){0};
    l->tries++;
    l->last_ms = mono_ms;
    if (l->tries >= shut_at) {
        l->until_ms = mono_ms + LOCK_SHUT_MS;
        return true;
    }
    if (slow && l->tries >= LOCK_FREE)
        l->until_ms = mono_ms + (INT64_C(1000) << (l->tries - LOCK_FREE));
    return false;
}

void lock_good(struct lock *l, bool all)
{
    l->tries = all || l->tries == 0 ? 0 : l->tries - 1;
    l->until_ms = 0;
}
