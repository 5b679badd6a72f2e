#include "net/address.h"

#include <netinet/in.h>
#include <string.h>

struct block {
    uint8_t bytes[4];
    int bits;
};

static bool lies_in(const uint8_t *address, const uint8_t *block, int bits)
{
    const int whole = bits / 8, rest = bits % 8;

    if (memcmp(address, block, (size_t)whole) != 0)
        return false;
    return rest == 0 || (address[whole] ^ block[whole]) >> (8 - rest) == 0;
}

static bool is_public_4(const uint8_t a[4])
{
    static const struct block special[] = {
        {{0, 0, 0, 0}, 8},      {{10, 0, 0, 0}, 8},     {{100, 64, 0, 0}, 10},
        {{127, 0, 0, 0}, 8},    {{169, 254, 0, 0}, 16}, {{172, 16, 0, 0}, 12},
        {{192, 0, 0, 0}, 24},   {{192, 0, 2, 0}, 24},   {{192, 88, 99, 0}, 24},
        {{192, 168, 0, 0}, 16}, {{198, 18, 0, 0}, 15},  {{198, 51, 100, 0}, 24},
        {{203, 0, 113, 0}, 24}, {{224, 0, 0, 0}, 4},    {{240, 0, 0, 0}, 4},
    };

    for (size_t i = 0; i < COUNT_OF(special); i++)
        if (lies_in(a, special[i].bytes, special[i].bits))
            return false;
    return true;
}

static bool is_public_6(const uint8_t a[16])
{
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    static const uint8_t nat64[12] = {0, 0x64, 0xff, 0x9b};
    static const uint8_t global[1] = {0x20}, ietf[3] = {0x20, 0x01, 0},
                         example[4] = {0x20, 0x01, 0x0d, 0xb8}, example_2[3] = {0x3f, 0xff, 0},
                         six_to_four[2] = {0x20, 0x02};

    if (lies_in(a, mapped, 96) || lies_in(a, nat64, 96))
        return is_public_4(a + 12);
    if (lies_in(a, six_to_four, 16))
        return is_public_4(a + 2);
    return lies_in(a, global, 3) && !lies_in(a, ietf, 23) && !lies_in(a, example, 32) &&
           !lies_in(a, example_2, 20);
}

bool address_is_public(const struct sockaddr *address)
{
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;

    switch (address->sa_family) {
    case AF_INET:
        memcpy(&v4, address, sizeof(v4));
        return is_public_4((const uint8_t *)&v4.sin_addr);
    case AF_INET6:
        memcpy(&v6, address, sizeof(v6));
        return is_public_6(v6.sin6_addr.s6_addr);
    default:
        return false;
    }
}
