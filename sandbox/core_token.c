/* Tokens: which one a request carries, and their making and unmaking. Of a token only the hash is
 * kept, like in Syncro, which shows it once. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/secret.h"
#include "base/str.h"
#include "sandbox/core_private.h"

#define GIVEN_MAX    127         /* bytes of a token by sandbox_set_token() */
#define USED_STEP_MS (60 * 1000) /* a use is journalled when the last one kept is so old */

static void hash_of(struct slice text, char hash[2 * SECRET_HASH_SIZE + 1])
{
    uint8_t bytes[SECRET_HASH_SIZE];

    secret_hash(text.ptr, text.len, bytes);
    str_hex(bytes, sizeof(bytes), hash);
}

static struct sb_token *find_in(const struct sb_table *table, const char *hash)
{
    for (size_t i = 0; i < table->count; i++) {
        struct sb_token *t = table->rows[i];
        if (t->hash != NULL && strcmp(t->hash, hash) == 0)
            return t;
    }
    return NULL;
}

static struct sb_token *find(const struct sandbox *sb, struct slice text)
{
    char hash[2 * SECRET_HASH_SIZE + 1];

    hash_of(text, hash);
    struct sb_token *given = find_in(&sb->given, hash);
    return given != NULL ? given : find_in(&sb->tokens, hash);
}

static bool is_given(const struct sandbox *sb, const struct sb_token *t)
{
    return sb_table_find(&sb->given, t->id) == t;
}

static void set_rights(struct sb_token *t, uint32_t bits)
{
    struct buf names;

    buf_init(&names, 4096);
    sb_rights_write(bits, &names);
    sb_text_set(&t->right_names, names.ptr != NULL ? names.ptr : "");
    buf_free(&names);
    t->rights = bits;
}

static struct sb_token *add(struct sandbox *sb, struct sb_table *table, const char *name,
                            struct slice text, int64_t user_id)
{
    char hash[2 * SECRET_HASH_SIZE + 1];
    struct sb_token *t =
        sb->tokens.count + sb->given.count < SB_TOKENS_MAX ? sb_table_add(table) : NULL;

    if (t == NULL)
        return NULL;
    hash_of(text, hash);
    sb_text_set(&t->hash, hash);
    sb_text_set(&t->name, name);
    t->user_id = user_id;
    t->enabled = true;
    return t;
}

static void changed(struct sandbox *sb, struct sb_token *t)
{
    if (is_given(sb, t))
        return;
    t->used_kept_ms = t->used_ms;
    sb_keep(sb, t, &sb_token_type);
}

int sandbox_set_token(struct sandbox *sb, const char *text, const char *names, bool enabled,
                      struct err *err)
{
    const struct slice whole = {text, strlen(text)};
    struct sb_token *token = find(sb, whole);
    uint32_t bits = token != NULL ? token->rights : 0;

    if (names == NULL && token == NULL)
        names = "seven";
    if (names != NULL && sb_rights_parse(names, &bits, err) != 0)
        return -1;
    if (token == NULL) {
        if (whole.len == 0 || whole.len > GIVEN_MAX)
            return err_set(err, "a token has 1 to %d characters", GIVEN_MAX);
        token = add(sb, &sb->given, "Given without a page", whole, sb_users[0].id);
        if (token == NULL)
            return err_set(err, "at most %d tokens", SB_TOKENS_MAX);
    }
    set_rights(token, bits);
    token->enabled = enabled;
    changed(sb, token);
    return 0;
}

const struct sb_token *sb_token_of(struct sandbox *sb, const char *authorization,
                                   const char *api_key, int64_t now_ms)
{
    struct slice text = {api_key, api_key == NULL ? 0 : strlen(api_key)};

    if (authorization != NULL && authorization[0] != '\0') {
        text = str_trim(authorization, strlen(authorization));
        if (text.len > 7 && strncasecmp(text.ptr, "Bearer ", 7) == 0)
            text = str_trim(text.ptr + 7, text.len - 7);
    }
    struct sb_token *t = text.len == 0 ? NULL : find(sb, text);
    if (t == NULL || !t->enabled || (t->expires_ms != 0 && t->expires_ms <= now_ms))
        return NULL;
    if (now_ms > t->used_ms)
        t->used_ms = now_ms;
    if (t->used_ms - t->used_kept_ms >= USED_STEP_MS)
        changed(sb, t);
    return t;
}

/* --- on the pages --- */

/* 1 to SB_TOKEN_NAME_MAX characters, not only blanks, no control characters. */
static int check_name(struct slice name, struct err *err)
{
    size_t count = 0;

    for (size_t i = 0; i < name.len; i++) {
        if ((unsigned char)name.ptr[i] < 0x20 || name.ptr[i] == 0x7f)
            return err_set(err, "The name must be one line of text.");
        if (((unsigned char)name.ptr[i] & 0xc0) != 0x80)
            count++;
    }
    if (count == 0)
        return err_set(err, "Give the token a name, so that you know it again in the list.");
    if (count > SB_TOKEN_NAME_MAX)
        return err_set(err, "The name has %zu characters; it can have %d at most.", count,
                       SB_TOKEN_NAME_MAX);
    return 0;
}

static void write_text(const uint8_t random[SB_TOKEN_RANDOM_SIZE], char text[SB_TOKEN_TEXT_SIZE])
{
    text[0] = 'T';
    str_hex(random, 8, text + 1);
    text[17] = '-';
    str_hex(random + 8, 16, text + 18);
}

struct sb_token *sb_token_make(struct sandbox *sb, const struct sb_token_wish *wish,
                               char text[SB_TOKEN_TEXT_SIZE], struct err *err)
{
    const struct slice trimmed = str_trim(wish->name, strlen(wish->name));
    const uint32_t granted = wish->rights & wish->owner->rights;
    char name[4 * SB_TOKEN_NAME_MAX + 1];

    if (check_name(trimmed, err) != 0)
        return NULL;
    memcpy(name, trimmed.ptr, trimmed.len);
    name[trimmed.len] = '\0';
    if (granted == 0) {
        err_set(err, "Choose at least one right that this account has itself.");
        return NULL;
    }
    write_text(wish->random, text);
    struct sb_token *t =
        add(sb, &sb->tokens, name, (struct slice){text, SB_TOKEN_TEXT_SIZE - 1}, wish->owner->id);
    if (t == NULL) {
        err_set(err,
                "There are %d tokens already, and that is all there can be. Delete one that "
                "nothing uses any more.",
                SB_TOKENS_MAX);
        return NULL;
    }
    set_rights(t, granted);
    t->created_ms = wish->now_ms;
    t->expires_ms = wish->expires_ms;
    changed(sb, t);
    return t;
}

struct sb_token *sb_token_of_user(const struct sandbox *sb, int64_t user_id, int64_t id)
{
    struct sb_token *t = sb_table_find(&sb->tokens, id);

    if (t == NULL)
        t = sb_table_find(&sb->given, id);
    return t != NULL && t->user_id == user_id ? t : NULL;
}

void sb_token_enable(struct sandbox *sb, struct sb_token *t, bool enabled)
{
    t->enabled = enabled;
    changed(sb, t);
}

void sb_token_delete(struct sandbox *sb, struct sb_token *t)
{
    const int64_t id = t->id;

    if (is_given(sb, t)) {
        sb_table_remove(&sb->given, id);
        return;
    }
    sb_removed(sb, id, &sb_token_type);
    sb_table_remove(&sb->tokens, id);
}

int sb_token_taken_back(struct sb_token *t, struct err *err)
{
    t->used_kept_ms = t->used_ms;
    if (t->hash == NULL || t->name == NULL || sb_user_find(t->user_id) == NULL)
        return err_set(err, "a token without hash, name or owner");
    return sb_rights_parse(t->right_names != NULL ? t->right_names : "", &t->rights, err);
}
