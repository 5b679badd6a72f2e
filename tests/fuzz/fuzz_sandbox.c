/* Requests to the stand-in: "METHOD PATH?QUERY TYPE" in the first line, the body behind it. */
#include <stdio.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "sandbox/sandbox.h"

#define NOW INT64_C(1795500000000)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    const char *line_end = size == 0 ? NULL : memchr(text, '\n', size);
    char line[2048], method[16] = "", path[1600] = "/", type[128] = "";
    struct sandbox_response r = {0};
    struct err err = {""};

    if (line_end == NULL || (size_t)(line_end - text) >= sizeof(line))
        return 0;
    memcpy(line, text, (size_t)(line_end - text));
    line[line_end - text] = '\0';
    if (sscanf(line, "%15s %1599s %127[^\n]", method, path, type) < 2)
        return 0;
    struct sandbox *sb = sandbox_new(
        &(struct sandbox_settings){.token = "T", .rights = "all", .demo = true, .now_ms = NOW},
        &err);
    MUST(sb != NULL);
    char *query = strchr(path, '?');
    if (query != NULL)
        *query++ = '\0';
    const struct sandbox_request q = {.method = method,
                                      .path = path,
                                      .query = query,
                                      .authorization = "Bearer T",
                                      .content_type = type[0] != '\0' ? type : NULL,
                                      .body = line_end + 1,
                                      .len = size - (size_t)(line_end + 1 - text),
                                      .now_ms = NOW};
    for (int i = 0; i < 2; i++) {
        sandbox_handle(sb, &q, &r);
        MUST(r.status >= 200 && r.status < 600);
        MUST(r.status != 500);
        MUST(r.body.len <= SANDBOX_ANSWER_MAX);
        sandbox_response_free(&r);
    }
    sandbox_free(sb);
    return 0;
}
