/* Who is named in a note, as @Ada or @Ada Lovelace. */
#ifndef PARLEY_CHAT_MENTION_H
#define PARLEY_CHAT_MENTION_H

#include "base/base.h"

/* hit[i] tells whether names[i] is named in body: behind an @ that no letter or digit stands
 * before, whole or by the first of its words where nobody else of the list begins so, capital
 * letters or not (of ASCII). The longest that fits counts: @Ada Lovelace does not name Ada Byron.
 * Two of the same name are both meant. body and names are UTF-8. */
void mention_find(const char *body, const char *const *names, size_t count, bool *hit);

#endif
