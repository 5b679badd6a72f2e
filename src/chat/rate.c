#include "chat/rate.h"

int64_t rate_take(struct rate *r, int64_t mono_ms, int per_minute, int burst)
{
    int64_t each = 60000 / per_minute;
    int64_t due = r->due_ms > mono_ms ? r->due_ms : mono_ms;
    int64_t over = due + each - mono_ms - each * burst;

    if (over > 0)
        return over;
    r->due_ms = due + each;
    return 0;
}

bool rate_is_idle(const struct rate *r, int64_t mono_ms)
{
    return r->due_ms <= mono_ms;
}
