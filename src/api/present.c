/* Who is here: the sockets of each person who has proved who they are, found by the person. */
#include <stdlib.h>

#include "api/api_private.h"

struct present {
    struct table_link link;
    struct id person; /* the key */
    struct session *first;
};

void present_init(struct api *api, uint64_t seed)
{
    table_init(&api->presents, offsetof(struct present, person), sizeof(struct id), seed);
}

void present_leave(struct session *s)
{
    struct present *p = s->present;

    if (p == NULL)
        return;
    if (s->present_prev != NULL)
        s->present_prev->present_next = s->present_next;
    else
        p->first = s->present_next;
    if (s->present_next != NULL)
        s->present_next->present_prev = s->present_prev;
    s->present = NULL;
    s->present_next = s->present_prev = NULL;
    if (p->first != NULL)
        return;
    table_remove(&s->api->presents, &p->link);
    free(p);
}

void present_set(struct session *s)
{
    struct present *p;

    present_leave(s);
    if (!s->is_verified)
        return;
    p = (struct present *)table_find(&s->api->presents, &s->visitor->person);
    if (p == NULL) {
        p = api_alloc(sizeof(*p));
        p->person = s->visitor->person;
        table_add(&s->api->presents, &p->link);
    }
    s->present = p;
    s->present_next = p->first;
    if (p->first != NULL)
        p->first->present_prev = s;
    p->first = s;
}

struct session *present_first(struct api *api, const struct id *person)
{
    struct present *p = (struct present *)table_find(&api->presents, person);

    return p == NULL ? NULL : p->first;
}
