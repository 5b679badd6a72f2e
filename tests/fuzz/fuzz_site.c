/* Requests to the stand-in's pages by somebody signed in: "METHOD PATH" in the first line, "COOKIE"
 * (empty: the right one) in the second, the form behind them. The CSRF token is added. */
#include <stdio.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "sandbox/site.h"

#define NOW INT64_C(1795500000000)

static void fill(void *bytes, size_t len, void *arg)
{
    (void)arg;
    memset(bytes, 0x5a, len); /* keys and CSRF tokens are all of 5a */
}

static int handle(struct site *site, const char *method, const char *path, const char *cookie,
                  const char *body, size_t len)
{
    struct site_response r;
    const struct site_request q = {.method = method,
                                   .path = path,
                                   .cookie = cookie,
                                   .content_type = "application/x-www-form-urlencoded",
                                   .body = body,
                                   .len = len,
                                   .now_ms = NOW};

    site_handle(site, &q, &r);
    const int status = r.status;
    MUST(status >= 200 && status < 500);
    MUST((status == 303) == (r.location[0] != '\0'));
    MUST(buf_ok(&r.body));
    MUST(r.body.ptr == NULL || strstr(r.body.ptr, "<xss") == NULL); /* always escaped */
    site_response_free(&r);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char five_a[] = "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a";
    char line[1024], method[16] = "", path[900] = "", right[96], token[96], sign_in[256];
    const char *text = (const char *)data;
    struct err err;
    struct buf body;

    const char *line_end = size == 0 ? NULL : memchr(text, '\n', size);
    if (line_end == NULL || (size_t)(line_end - text) >= sizeof(line))
        return 0;
    memcpy(line, text, (size_t)(line_end - text));
    line[line_end - text] = '\0';
    if (sscanf(line, "%15s %899s", method, path) < 2)
        return 0;
    const char *second = line_end + 1;
    const char *second_end = memchr(second, '\n', size - (size_t)(second - text));
    if (second_end == NULL || (size_t)(second_end - second) >= sizeof(line))
        return 0;
    memcpy(line, second, (size_t)(second_end - second));
    line[second_end - second] = '\0';

    struct sandbox *sb =
        sandbox_new(&(struct sandbox_settings){.token = "T", .rights = "all", .now_ms = NOW}, &err);
    MUST(sb != NULL);
    struct site *site = site_new(&(struct site_settings){.sb = sb, .random = fill});
    snprintf(right, sizeof(right), "sandbox_session=%s", five_a);
    snprintf(token, sizeof(token), "authenticity_token=%s", five_a);
    snprintf(sign_in, sizeof(sign_in), "%s&email=admin%%40demo.example&password=demo-admin", token);
    MUST(handle(site, "GET", "/users/sign_in", NULL, NULL, 0) == 200);
    MUST(handle(site, "POST", "/users/sign_in", right, sign_in, strlen(sign_in)) == 303);
    buf_init(&body, 1 << 20);
    buf_append(&body, second_end + 1, size - (size_t)(second_end + 1 - text));
    buf_char(&body, '&');
    buf_str(&body, token);
    handle(site, method, path, line[0] != '\0' ? line : right, body.ptr, body.len);
    handle(site, "GET", "/api_tokens", right, NULL, 0);
    buf_free(&body);
    site_free(site);
    sandbox_free(sb);
    return 0;
}
