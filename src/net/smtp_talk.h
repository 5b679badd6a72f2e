/* What is said between libcurl and a mail server, followed from outside: how far it went, and what
 * the server answered last. Pure. */
#ifndef PARLEY_SMTP_TALK_H
#define PARLEY_SMTP_TALK_H

#include "base/base.h"

#define SMTP_SAID_SIZE 160

/* In order. Each: that was sent, and its answer is awaited. */
enum smtp_step {
    SMTP_STEP_CONNECT,   /* nothing yet; the greeting is awaited */
    SMTP_STEP_HELLO,     /* EHLO, HELO */
    SMTP_STEP_TLS,       /* STARTTLS; the handshake comes after the answer */
    SMTP_STEP_AUTH,      /* user and password */
    SMTP_STEP_SENDER,    /* MAIL FROM */
    SMTP_STEP_RECIPIENT, /* RCPT TO */
    SMTP_STEP_DATA,      /* DATA; nothing of the letter has been sent */
    SMTP_STEP_LETTER,    /* the letter, or a part of it */
};

struct smtp_talk {
    enum smtp_step step;
    bool over;                 /* QUIT was sent: what comes now is about nothing */
    int status;                /* of the latest answer in this step; 0: none */
    char said[SMTP_SAID_SIZE]; /* the server's own words with it, cleaned */
};

/* What a finished talk means for the letter. */
enum smtp_result {
    SMTP_TAKEN,   /* the server has it */
    SMTP_LATER,   /* it did not take this letter now (4yz); it may another time */
    SMTP_REFUSED, /* it will never take this letter (5yz) */
    SMTP_TROUBLE, /* nobody's letter would have gone: connection, TLS, sign-in, sender */
    SMTP_UNSURE,  /* all was sent, and no answer came: it may have it */
};

/* A command as it goes out, with its end of line. What a sign-in says is not looked at. */
void smtp_talk_out(struct smtp_talk *t, const char *bytes, size_t len);
/* A line of an answer, with or without its end (RFC 5321, 4.2). What is not one is passed over. */
void smtp_talk_in(struct smtp_talk *t, const char *bytes, size_t len);
/* The talk is at an end; ok: libcurl says that the letter was taken. */
enum smtp_result smtp_talk_result(const struct smtp_talk *t, bool ok);

#endif
