/* Which addresses the open internet routes. */
#include "unit/base/cmocka_wrap.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "net/address.h"

static bool is_public(const char *text)
{
    struct sockaddr_storage room = {0};
    struct sockaddr_in *v4 = (struct sockaddr_in *)&room;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&room;

    if (strchr(text, ':') == NULL) {
        room.ss_family = AF_INET;
        assert_int_equal(inet_pton(AF_INET, text, &v4->sin_addr), 1);
    } else {
        room.ss_family = AF_INET6;
        assert_int_equal(inet_pton(AF_INET6, text, &v6->sin6_addr), 1);
    }
    return address_is_public((const struct sockaddr *)&room);
}

static void tells_them_apart(void **state)
{
    static const char *const open[] = {
        "1.1.1.1",          "9.255.255.255",   "11.0.0.0",    "100.63.255.255",
        "100.128.0.0",      "126.255.255.255", "128.0.0.1",   "169.253.255.255",
        "172.15.255.255",   "172.32.0.0",      "192.0.1.0",   "192.167.255.255",
        "192.169.0.0",      "198.17.255.255",  "198.20.0.0",  "223.255.255.255",
        "2606:4700::1111",  "2a00:1450::1",    "2001:200::1", "::ffff:1.1.1.1",
        "64:ff9b::1.1.1.1", "2002:101:101::1"};
    static const char *const closed[] = {
        "0.0.0.0",          "0.1.2.3",         "10.0.0.0",     "10.255.255.255",
        "100.64.0.0",       "100.127.9.9",     "127.0.0.1",    "127.255.255.255",
        "169.254.169.254",  "172.16.0.0",      "172.31.255.1", "192.0.0.1",
        "192.0.2.1",        "192.168.0.1",     "198.18.0.1",   "198.19.0.1",
        "198.51.100.1",     "203.0.113.1",     "224.0.0.1",    "239.255.255.255",
        "240.0.0.1",        "255.255.255.255", "::",           "::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",  "64:ff9b::10.0.0.1",
        "2002:a00:1::1",    "fc00::1",         "fd12::1",      "fe80::1",
        "fec0::1",          "ff02::1",         "2001:db8::1",  "2001::1",
        "3fff::1",          "100::1",          "4000::1",      "64:ff9b:1::1"};
    const struct sockaddr unix_socket = {.sa_family = AF_UNIX};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(open); i++)
        if (!is_public(open[i]))
            fail_msg("%s is public", open[i]);
    for (size_t i = 0; i < COUNT_OF(closed); i++)
        if (is_public(closed[i]))
            fail_msg("%s is not public", closed[i]);
    assert_false(address_is_public(&unix_socket));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tells_them_apart)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
