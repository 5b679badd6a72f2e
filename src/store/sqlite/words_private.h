/* Texts as words, taken apart and folded (case, accents) as the index of all messages does it. */
#ifndef PARLEY_STORE_WORDS_PRIVATE_H
#define PARLEY_STORE_WORDS_PRIVATE_H

#include "store/sqlite/db_private.h"

/* One word, folded; it stands at text[from..to). False: no further ones. */
typedef bool words_fn(void *arg, const char *word, size_t len, size_t from, size_t to);

/* Each word of the text in turn. -1: SQLite could not (logged). */
int words_each(struct db *db, const char *text, size_t len, words_fn *fn, void *arg) WARN_UNUSED;

#endif
