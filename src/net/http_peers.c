/* How many connections each address has open. */
#include <stdlib.h>
#include <string.h>

#include "net/http_private.h"

struct http_peer {
    struct http_peer *next; /* in its bucket */
    uint64_t key;
    size_t count;
};

/* An IPv4 address; of an IPv6 address the network of 64 bits, within which everybody takes what
 * they like (RFC 4291, 2.5.1). */
static uint64_t key_of(const struct sockaddr_storage *a)
{
    static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
    unsigned char bytes[8] = {0xff, 0xff, 0xff, 0xff}; /* no network of IPv6 begins so */
    uint64_t key;

    if (a->ss_family == AF_INET6) {
        const unsigned char *v6 = ((const struct sockaddr_in6 *)a)->sin6_addr.s6_addr;
        if (memcmp(v6, mapped, sizeof(mapped)) == 0)
            memcpy(bytes + 4, v6 + sizeof(mapped), 4);
        else
            memcpy(bytes, v6, sizeof(bytes));
    } else {
        memcpy(bytes + 4, &((const struct sockaddr_in *)a)->sin_addr, 4);
    }
    memcpy(&key, bytes, sizeof(key));
    return key;
}

static struct http_peer **bucket(struct http_server *s, uint64_t key)
{
    /* Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4). */
    return &s->peers[(key * UINT64_C(0x9e3779b97f4a7c15)) >> (64 - HTTP_PEER_BITS)];
}

struct http_peer *peer_enter(struct http_server *s, const struct sockaddr_storage *a)
{
    const uint64_t key = key_of(a);
    struct http_peer **at = bucket(s, key);
    struct http_peer *p = *at;

    while (p != NULL && p->key != key)
        p = p->next;
    if (p == NULL) {
        p = calloc(1, sizeof(*p));
        if (p == NULL)
            abort();
        p->key = key;
        p->next = *at;
        *at = p;
    }
    p->count++;
    return p;
}

size_t peer_count(const struct http_peer *p)
{
    return p->count;
}

void peer_leave(struct http_server *s, struct http_peer *p)
{
    struct http_peer **at = bucket(s, p->key);

    if (--p->count > 0)
        return;
    while (*at != p)
        at = &(*at)->next;
    *at = p->next;
    free(p);
}
