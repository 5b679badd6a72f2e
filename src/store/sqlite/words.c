#include "store/sqlite/words_private.h"

#include "base/log.h"

struct walk {
    words_fn *fn;
    void *arg;
    bool ended;
};

/* The way to FTS5's tokenizers: https://sqlite.org/fts5.html, "Extending FTS5". */
static fts5_api *api_of(sqlite3 *conn)
{
    fts5_api *api = NULL;
    sqlite3_stmt *st = NULL;

    if (sqlite3_prepare_v2(conn, "SELECT fts5(?1)", -1, &st, NULL) == SQLITE_OK &&
        sqlite3_bind_pointer(st, 1, (void *)&api, "fts5_api_ptr", NULL) == SQLITE_OK)
        (void)sqlite3_step(st);
    sqlite3_finalize(st);
    return api;
}

static int on_word(void *arg, int flags, const char *word, int len, int from, int to)
{
    struct walk *walk = arg;

    (void)flags;
    if (walk->fn(walk->arg, word, (size_t)len, (size_t)from, (size_t)to))
        return SQLITE_OK;
    walk->ended = true;
    return SQLITE_DONE;
}

int words_each(struct db *db, const char *text, size_t len, words_fn *fn, void *arg)
{
    const char *how[] = {"remove_diacritics", "2"};
    struct walk walk = {.fn = fn, .arg = arg};
    fts5_api *api = api_of(db_handle(db));
    Fts5Tokenizer *one = NULL;
    fts5_tokenizer kind;
    void *data = NULL;
    int rc = SQLITE_ERROR;

    if (api != NULL && api->xFindTokenizer(api, "unicode61", &data, &kind) == SQLITE_OK &&
        kind.xCreate(data, how, COUNT_OF(how), &one) == SQLITE_OK) {
        rc = kind.xTokenize(one, &walk, FTS5_TOKENIZE_AUX, text, (int)len, on_word);
        kind.xDelete(one);
    }
    if (rc == SQLITE_OK || walk.ended)
        return 0;
    log_event(LOG_ERROR, "store", "words", LOG_N("code", rc));
    return -1;
}
