/* Email addresses, in the one spelling in which they are kept and compared. The rules, which
 * docs/people.md tells people:
 *
 *   white space    around it is left out; inside it makes it none
 *   capitals       do not count, before and after the @
 *   plus           ada+shop@x is an address of its own, not ada@x
 *   dots           a.da@x is not ada@x; one dot behind the domain is left out
 *   other scripts  a domain is kept as mail carries it: bücher.example is xn--bcher-kva.example;
 *                  before the @ they are kept byte for byte
 *   quotes         "ada lovelace"@x is refused, and so are comments and [192.0.2.1]
 *   length         64 bytes before the @, 253 behind it, 254 in all (RFC 5321, 4.5.3.1) */
#ifndef PARLEY_CHAT_ADDRESS_H
#define PARLEY_CHAT_ADDRESS_H

#include "base/base.h"
#include "base/idn.h"
#include "chat/limits.h"

#define ADDRESS_SIZE      (CHAT_EMAIL_MAX + 1)
#define ADDRESS_LOCAL_MAX 64

enum address_result {
    ADDRESS_OK,
    ADDRESS_EMPTY,
    ADDRESS_TOO_LONG,
    ADDRESS_BAD,
};

/* to holds the address on ADDRESS_OK only. What was normalised stays as it is. */
enum address_result address_normalise(const char *text, char to[ADDRESS_SIZE]) WARN_UNUSED;
/* Both are addresses, and the same. */
bool address_equal(const char *a, const char *b);
/* What is behind the @ of a normalised address. */
const char *address_domain(const char *address);
/* As people write it: the domain in its own script. text when it is no address. */
void address_display(const char *text, char to[4 * ADDRESS_SIZE]);

/* A domain as an administrator types or pastes it: "Acme.Example", "@acme.example". */
enum address_result address_normalise_domain(const char *text, char to[IDN_NAME_SIZE]) WARN_UNUSED;
/* Anybody can have an address there: it says nothing about where somebody works. domain is
 * normalised. A short list of the largest, no proof of the contrary. */
bool address_is_anybodys(const char *domain);

#endif
