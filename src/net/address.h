/* Addresses that the open internet routes, and those that lead into a house's own network. */
#ifndef PARLEY_ADDRESS_H
#define PARLEY_ADDRESS_H

#include <sys/socket.h>

#include "base/base.h"

/* False for loopback, private, link-local, shared, documentation, multicast and reserved addresses
 * (IANA's special-purpose registries, RFC 6890), for IPv6 ones that stand for such an IPv4 address
 * (mapped, NAT64, 6to4), and for whatever is no internet address. */
bool address_is_public(const struct sockaddr *address);

#endif
