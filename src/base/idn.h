/* Names of internet hosts in any script, in the one spelling that DNS and mail use. */
#ifndef PARLEY_IDN_H
#define PARLEY_IDN_H

#include "base/base.h"

#define IDN_NAME_MAX  253 /* bytes, RFC 1035 */
#define IDN_NAME_SIZE (IDN_NAME_MAX + 1)

/* "Bücher.Example." and "XN--Bcher-kva.example" are both "xn--bcher-kva.example" (UTS 46,
 * non-transitional). One dot at the end is left out. Only letters, digits and hyphens, at least
 * two labels, none empty or longer than 63 bytes. 0, or -1 when the text is no such name. */
int idn_to_ascii(const char *name, char to[IDN_NAME_SIZE]) WARN_UNUSED;
/* The reverse, for people and for searching; size in bytes. 0, or -1 when it is no such name or
 * does not fit. */
int idn_to_unicode(const char *name, char *to, size_t size) WARN_UNUSED;

#endif
