/* What people typed, made fit to keep: lengths, control characters, white space, and the subject
 * that a first message gives. Values in, values out. */
#ifndef PARLEY_CHAT_TEXT_H
#define PARLEY_CHAT_TEXT_H

#include "base/base.h"
#include "chat/limits.h"

#define TEXT_SUBJECT_SIZE (CHAT_SUBJECT_MAX * 4 + 1) /* in bytes, with a NUL */

#define TEXT_LANGUAGE_SIZE 4 /* two or three letters */

enum text_result {
    TEXT_OK,
    TEXT_EMPTY,    /* nothing but white space and control characters */
    TEXT_TOO_LONG, /* after cleaning */
    TEXT_NOT_UTF8,
    TEXT_BAD_EMAIL,
};

/* A message's body: control characters are taken out except newline and tab, CR LF and CR become
 * newline, white space at both ends is cut. out is NUL-terminated and holds the text on TEXT_OK. */
enum text_result text_body(const char *s, size_t len, char out[CHAT_BODY_MAX + 1],
                           size_t *out_len) WARN_UNUSED;
/* A person's name: as a body, and every run of white space becomes one space. */
enum text_result text_name(const char *s, char out[CHAT_NAME_MAX + 1]) WARN_UNUSED;
/* An address, without white space at its ends; the domain in lower case. */
enum text_result text_email(const char *s, char out[CHAT_EMAIL_MAX + 1]) WARN_UNUSED;

/* 8 to 64 characters of A-Z a-z 0-9 _ - */
bool text_is_client_id(const char *s);
/* A tag: 1 to CHAT_TAG_MAX bytes, no comma, no control character, no white space at its ends. */
bool text_is_tag(const char *s);
/* 43 characters of base64url. */
bool text_is_token(const char *s);

/* The language of a tag like "de-AT", in lower case: "de". "" for what is none. */
void text_language(const char *tag, char out[TEXT_LANGUAGE_SIZE]);

/* The subject of a conversation from the cleaned body of its first message: the first line, at
 * most CHAT_SUBJECT_MAX characters; a longer one is cut between words and ends with "…". Never
 * empty. */
void text_subject(const char *body, char out[TEXT_SUBJECT_SIZE]);

#endif
