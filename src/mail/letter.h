/* What Parley writes to people: the texts of its letters and their headers. A letter's text is made
 * when it goes out and kept nowhere. Pure. */
#ifndef PARLEY_LETTER_H
#define PARLEY_LETTER_H

#include "base/buf.h"
#include "base/secret.h"
#include "store/store.h"

#define LETTER_MAX        (256 * 1024) /* bytes of one, as it goes out */
#define LETTER_BODY_MAX   4096         /* bytes of one answer in it; the rest is behind the link */
#define LETTER_TOLD_MAX   16384        /* of all of them */
#define LETTER_SAID_MAX   8000         /* bytes of one message of a transcript */
#define LETTER_SAID_TOTAL (28 * 1024)  /* of all of them, names and times among them */

/* The row of a letter that carries a code, for the input of the operation that keeps the code.
 * key: fresh. to: an address as people's are kept; expires_ms: it is never sent later. *sealed is
 * malloc'd, the caller's, to be freed once that operation is submitted. */
struct store_mail letter_code(const struct secret_key *k, const struct id *key, const char *to,
                              const char *code, int64_t now_ms, int64_t expires_ms, char **sealed);

/* What all letters of this server have in common. */
struct letter_house {
    const char *from;           /* the address that they come from; its domain names them */
    const char *url;            /* where people reach the server: https://chat.example */
    const struct secret_key *k; /* opens codes, signs the address that ends letters */
};

/* Write the whole letter, headers and all, with CRLF. 0, or -1 with err when it cannot be written
 * (the address is none that letters go to, a code does not open): it never will be. */
int letter_write(const struct letter_house *house, const struct store_mail_taken *taken,
                 int64_t now_ms, struct buf *to, struct err *err) WARN_UNUSED;

/* The token of a person in the address that ends letters, or begins them again. It opens nothing
 * else. */
#define LETTER_OFF_SIZE 65
void letter_off_token(const struct secret_key *k, const struct id *person,
                      char token[LETTER_OFF_SIZE]);
/* 0 with the person, or -1: it is not ours. */
int letter_off_read(const struct secret_key *k, const char *token, struct id *person) WARN_UNUSED;

#endif
