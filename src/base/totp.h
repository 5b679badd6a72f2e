/* One-time codes of an authenticator app (RFC 6238: SHA-1, 6 digits, 30 s), by liboath. */
#ifndef PARLEY_TOTP_H
#define PARLEY_TOTP_H

#include "base/secret.h"

#define TOTP_TEXT_SIZE 33 /* 20 bytes in base32 and a NUL */

/* A fresh secret of 20 random bytes. */
struct secret *totp_new(void) WARN_UNUSED;
/* As people type it into their app. */
void totp_text(const struct secret *s, char text[TOTP_TEXT_SIZE]);
/* Is it the code of now, or of one step before or after? Steps up to after_step were used up and do
 * not count. 0 and *step, to be used up; or -1. */
int totp_check(const struct secret *s, const char *code, int64_t now_ms, int64_t after_step,
               int64_t *step) WARN_UNUSED;

#endif
