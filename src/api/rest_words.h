/* The words of the few pages that the server itself makes for people: English, or what the browser
 * asks for. The other pages bring their own (web/). */
#ifndef PARLEY_API_REST_WORDS_H
#define PARLEY_API_REST_WORDS_H

struct rest;

/* What the browser wants to read, of what there is: "en", "de". */
const char *rest_language(const struct rest *r);
/* The English text in that language; itself when there is no other. */
const char *rest_say(const struct rest *r, const char *english);

#endif
