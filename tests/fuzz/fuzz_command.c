/* Commands of the stand-in's control port, "NAME BODY" a line. What the journal wrote meanwhile
 * brings back the same records. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "fuzz/fuzz.h"
#include "sandbox/sandbox.h"

#define NOW       INT64_C(1795500000000)
#define LINES_MAX 64

static void keep(const char *line, size_t len, void *arg)
{
    buf_append(arg, line, len);
    buf_char(arg, '\n');
}

static void run(struct sandbox *sb, const char *line, size_t len, int64_t now_ms)
{
    const char *space = memchr(line, ' ', len);
    struct err err = {""};
    struct buf answer;
    char name[32];

    if (space == NULL || (size_t)(space - line) >= sizeof(name))
        return;
    memcpy(name, line, (size_t)(space - line));
    name[space - line] = '\0';
    struct json_doc *doc = json_parse(space + 1, len - (size_t)(space + 1 - line), &err);
    if (doc == NULL)
        return;
    buf_init(&answer, 4096);
    const int result = sandbox_command(sb, name, json_root(doc), now_ms, &answer, &err);
    MUST(result == 0 || err.text[0] != '\0');
    MUST((result == 0) == (answer.len > 0));
    buf_free(&answer);
    json_free(doc);
}

/* All but the version, which counts changes. */
static char *state_of(const struct sandbox *sb)
{
    struct buf text;

    buf_init(&text, SANDBOX_ANSWER_MAX);
    sandbox_write_state(sb, &text);
    MUST(buf_ok(&text));
    char *state = strdup(strchr(text.ptr, ','));
    MUST(state != NULL);
    buf_free(&text);
    return state;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *at = (const char *)data, *end = at + size;
    struct err err = {""};
    struct buf lines;
    struct sandbox_hook hook;

    buf_init(&lines, 16 << 20);
    struct sandbox *sb = sandbox_new(
        &(struct sandbox_settings){
            .token = "T", .demo = true, .now_ms = NOW, .journal = keep, .journal_arg = &lines},
        &err);
    MUST(sb != NULL);
    for (int i = 0; at < end && i < LINES_MAX; i++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        const size_t len = stop == NULL ? (size_t)(end - at) : (size_t)(stop - at);
        run(sb, at, len, NOW + i * 1000);
        at += len + (stop != NULL);
    }
    if (sandbox_hook_take(sb, &hook))
        sandbox_hook_release(&hook);
    struct sandbox *again = sandbox_new(&(struct sandbox_settings){.now_ms = NOW}, &err);
    MUST(again != NULL && buf_ok(&lines));
    for (char *line = lines.ptr, *stop; (stop = strchr(line, '\n')) != NULL; line = stop + 1)
        MUST(sandbox_load_line(again, line, (size_t)(stop - line), &err) == 0);
    char *before = state_of(sb), *after = state_of(again);
    MUST(strcmp(before, after) == 0);
    free(before);
    free(after);
    sandbox_free(again);
    sandbox_free(sb);
    buf_free(&lines);
    return 0;
}
