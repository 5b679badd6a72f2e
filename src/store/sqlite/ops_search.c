/* Words in all messages. */
#include <string.h>

#include "base/str.h"
#include "store/sqlite/ops_private.h"
#include "store/sqlite/words_private.h"

#define WANTED_MAX   8
#define BEGINNING    3     /* letters from which on a word may be the beginning of one */
#define INDEXED      4     /* letters of the beginnings that have an index of their own */
#define ENDINGS_MAX  200   /* words that begin like the last one */
#define STEPS_MAX    20000 /* messages that one page looks at */
#define BEHIND_MAX   2000  /* messages that may be missing without a word about it */
#define BODY_LOOK    16384 /* bytes in which the words are shown */
#define SNIPPET      180   /* bytes */
#define SNIPPET_LEAD 50    /* of them before the first word */

#define SEQ_BITS 20

struct wanted {
    const char *text;
    size_t len;
    bool begins;
};

struct query {
    struct store_op *op;
    struct wanted words[WANTED_MAX];
    size_t count;
};

static bool add_word(void *arg, const char *word, size_t len, size_t from, size_t to)
{
    struct query *q = arg;
    char *text = arena_strndup(q->op->arena, word, len);

    (void)from;
    (void)to;
    if (q->count == WANTED_MAX || text == NULL)
        return false;
    q->words[q->count++] = (struct wanted){.text = text, .len = len};
    return true;
}

static size_t letters(const char *text)
{
    size_t count = 0;

    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

/* The next word from `from` on that begins like this one; "" when there is none, NULL after an
 * error. */
static const char *next_word(struct db *db, struct store_op *op, const char *from,
                             const struct wanted *word)
{
    sqlite3_stmt *st =
        db_query(db, "SELECT term FROM message_vocabulary WHERE term >= ? LIMIT 1", DB_T(from));
    const int found = db_step(db, st);
    const char *term = found == 1 ? (const char *)sqlite3_column_text(st, 0) : "";

    if (found < 0 || term == NULL)
        return NULL;
    if (strncmp(term, word->text, word->len) != 0)
        return "";
    return arena_strdup(op->arena, term);
}

/* All words that begin so, as ("one" OR "two"). FTS5 would gather all their messages before it
 * brings the first, which takes long for common words; of words that are named it reads no more
 * than is asked for. For short beginnings there are too many words, but FTS5 has an index. */
static const char *any_of(struct db *db, struct query *q, const struct wanted *word)
{
    struct arena *arena = q->op->arena;
    const char *from = word->text, *any = "(", *term;

    if (letters(word->text) <= INDEXED)
        return arena_printf(arena, "\"%s\"*", word->text);
    for (size_t count = 0; count < ENDINGS_MAX; count++) {
        term = next_word(db, q->op, from, word);
        if (term == NULL)
            return NULL;
        if (term[0] == '\0' && count == 0)
            return arena_printf(arena, "\"%s\"", word->text);
        if (term[0] == '\0')
            return arena_printf(arena, "%s)", any);
        any = arena_printf(arena, "%s%s\"%s\"", any, count > 0 ? " OR " : "", term);
        from = arena_printf(arena, "%s\x01", term); /* behind it, before what begins with it */
        if (any == NULL || from == NULL)
            return NULL;
    }
    return arena_printf(arena, "\"%s\"*", word->text);
}

/* The query as FTS5 wants it: "one" AND "two"*. NULL after an error. */
static const char *match_of(struct db *db, struct query *q)
{
    const char *match = "", *one;

    for (size_t i = 0; i < q->count && match != NULL; i++) {
        struct wanted *word = &q->words[i];

        word->begins = i + 1 == q->count && letters(word->text) >= BEGINNING;
        one = word->begins ? any_of(db, q, word) : arena_printf(q->op->arena, "\"%s\"", word->text);
        if (one == NULL)
            return NULL;
        match = arena_printf(q->op->arena, "%s%s%s", match, i > 0 ? " AND " : "", one);
    }
    return match;
}

/* ---- what is shown of a message ---- */

struct hit {
    size_t from, to;
};

struct shown {
    const struct query *q;
    struct hit hits[(STORE_FOUND_PARTS - 1) / 2];
    size_t count;
};

static bool is_wanted(const struct query *q, const char *word, size_t len)
{
    for (size_t i = 0; i < q->count; i++) {
        const struct wanted *w = &q->words[i];

        if ((w->begins ? len >= w->len : len == w->len) && memcmp(word, w->text, w->len) == 0)
            return true;
    }
    return false;
}

static bool look(void *arg, const char *word, size_t len, size_t from, size_t to)
{
    struct shown *s = arg;

    if (s->count > 0 && to > s->hits[0].from + SNIPPET - SNIPPET_LEAD)
        return false;
    if (is_wanted(s->q, word, len))
        s->hits[s->count++] = (struct hit){from, to};
    return s->count < COUNT_OF(s->hits);
}

/* Not in the middle of a character, and forward out of the middle of a word. */
static size_t begin_at(const char *text, size_t at)
{
    const size_t most = at + SNIPPET_LEAD / 2;

    if (at == 0)
        return 0;
    for (size_t i = at; i < most && text[i] != '\0'; i++)
        if (text[i] == ' ' || text[i] == '\n')
            return i + 1;
    while (((unsigned char)text[at] & 0xC0) == 0x80)
        at++;
    return at;
}

static size_t end_at(const char *text, size_t len, size_t at)
{
    if (at >= len)
        return len;
    while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80)
        at--;
    return at;
}

static const char *piece(struct store_op *op, const char *text, size_t from, size_t to)
{
    const char *copy = arena_strndup(op->arena, text + from, to > from ? to - from : 0);

    op->too_large = op->too_large || copy == NULL;
    return copy;
}

static enum store_result show(struct db *db, struct store_op *op, const struct query *q,
                              const char *body, struct store_found *to)
{
    const size_t whole = strlen(body), len = end_at(body, whole, BODY_LOOK);
    const char **parts = arena_alloc(op->arena, STORE_FOUND_PARTS * sizeof(*parts));
    struct shown s = {.q = q};
    size_t at, end;

    if (parts == NULL || words_each(db, body, len, look, &s) < 0)
        return STORE_FAILED;
    at = s.count == 0 || s.hits[0].from < SNIPPET_LEAD
             ? 0
             : begin_at(body, s.hits[0].from - SNIPPET_LEAD);
    end = end_at(body, whole, at + SNIPPET);
    for (size_t i = 0; i < s.count && s.hits[i].to <= end; i++) {
        parts[to->part_count++] = piece(op, body, at, s.hits[i].from);
        parts[to->part_count++] = piece(op, body, s.hits[i].from, s.hits[i].to);
        at = s.hits[i].to;
    }
    parts[to->part_count++] = piece(op, body, at, end);
    to->parts = parts;
    return STORE_OK;
}

/* ---- the rows ---- */

#define FOUND_COLUMNS "c.id, c.reference, c.subject, p.name, p.company, c.ticket_number, c.open, "

static void read_talk(struct store_op *op, sqlite3_stmt *st, struct store_found *to)
{
    *to = (struct store_found){.reference = db_text(op, st, 1),
                               .subject = db_text(op, st, 2),
                               .person = db_text(op, st, 3),
                               .company = db_text(op, st, 4),
                               .number = db_text(op, st, 5),
                               .open = db_int(st, 6) != 0,
                               .name = ""};
    db_id(st, 0, &to->conversation);
}

static enum store_result read_found(struct db *db, struct store_op *op, const struct query *q,
                                    int64_t name, struct store_found *to)
{
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT " FOUND_COLUMNS "m.created_ms, m.author, m.name, m.body FROM message m "
                 "CROSS JOIN conversation c ON c.n = m.conversation JOIN person p ON "
                 "p.id = c.person WHERE m.conversation = ? AND m.seq = ?",
                 DB_N(name >> SEQ_BITS), DB_N(name & ((1 << SEQ_BITS) - 1)));

    if (db_step(db, st) != 1)
        return STORE_FAILED;
    read_talk(op, st, to);
    to->seq = name & ((1 << SEQ_BITS) - 1);
    to->at_ms = db_int(st, 7);
    to->author = (enum store_author)db_int(st, 8);
    to->name = db_text(op, st, 9);
    return show(db, op, q, (const char *)sqlite3_column_text(st, 10), to);
}

/* The conversation that is called so: its reference, or the number of its ticket. */
static enum store_result read_named(struct db *db, struct store_op *op, struct store_found *rows)
{
    struct store_found_list *out = &op->out.found;
    const char *query = op->in.search.query;
    const struct slice name = str_trim(query, strlen(query));
    const char *text = arena_strndup(op->arena, name.ptr, name.len);
    sqlite3_stmt *st;
    int more;

    if (text == NULL)
        return STORE_FAILED;
    if (op->in.search.before != 0 || text[0] == '\0')
        return STORE_OK;
    st = db_query(db,
                  "SELECT " FOUND_COLUMNS "c.created_ms FROM conversation c JOIN person p ON "
                  "p.id = c.person WHERE c.reference = upper(?1) OR (c.ticket_number <> '' AND "
                  "c.ticket_number = ltrim(?1, '#')) ORDER BY c.n DESC LIMIT ?2",
                  DB_T(text), DB_N(STORE_FOUND_EACH));
    while ((more = db_step(db, st)) == 1 && out->count < op->in.search.limit) {
        read_talk(op, st, &rows[out->count]);
        rows[out->count++].at_ms = db_int(st, 7);
    }
    return more < 0 ? STORE_FAILED : STORE_OK;
}

static enum store_result read_rows(struct db *db, struct query *q, const char *match,
                                   struct store_found *rows)
{
    const struct store_search *in = &q->op->in.search;
    struct store_found_list *out = &q->op->out.found;
    const int64_t before = in->before > 0 ? in->before : INT64_MAX;
    int64_t names[STORE_FOUND_MAX], conversation = 0;
    size_t count = 0, each = 0;
    int more = 0;
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT rowid FROM message_words WHERE message_words MATCH ? AND rowid < ? "
                 "AND NOT EXISTS (SELECT 1 FROM search_old o WHERE o.name = message_words.rowid) "
                 "ORDER BY rowid DESC",
                 DB_T(match), DB_N(before));

    for (size_t steps = 0; steps < STEPS_MAX && (more = db_step(db, st)) == 1; steps++) {
        const int64_t name = db_int(st, 0);

        if (name >> SEQ_BITS != conversation) {
            conversation = name >> SEQ_BITS;
            each = 0;
        }
        if (each == STORE_FOUND_EACH) {
            out->before = name;
            continue;
        }
        if (out->count + count == in->limit)
            break;
        each++;
        names[count++] = name;
        out->before = name;
    }
    out->more = more == 1;
    for (size_t i = 0; i < count && more >= 0; i++)
        if (read_found(db, q->op, q, names[i], &rows[out->count++]) != STORE_OK)
            return STORE_FAILED;
    return more < 0 ? STORE_FAILED : STORE_OK;
}

enum store_result ops_search(struct db *db, struct store_op *op)
{
    const struct store_search *in = &op->in.search;
    struct store_found *rows = arena_alloc(op->arena, (in->limit + 1) * sizeof(*rows));
    struct query q = {.op = op};
    const char *match;
    enum store_result result;
    sqlite3_stmt *st;

    if (rows == NULL || words_each(db, in->query, strlen(in->query), add_word, &q) < 0)
        return STORE_FAILED;
    op->out.found = (struct store_found_list){.rows = rows};
    st = db_query(db,
                  "SELECT coalesce((SELECT max(rowid) FROM message), 0) - done < ? FROM "
                  "search_state",
                  DB_N(BEHIND_MAX));
    if (db_step(db, st) != 1)
        return STORE_FAILED;
    op->out.found.complete = db_int(st, 0) != 0;
    result = read_named(db, op, rows);
    match = q.count > 0 ? match_of(db, &q) : "";
    if (result != STORE_OK || match == NULL)
        return STORE_FAILED;
    return q.count > 0 ? read_rows(db, &q, match, rows) : STORE_OK;
}
