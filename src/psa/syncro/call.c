#include "psa/syncro/call.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"

static const struct syncro_call_info calls[SYNCRO_CALL_COUNT] = {
    [SYNCRO_ME] = {"me", "GET", "/me", NULL, NULL, false, false},
    [SYNCRO_SETTINGS] = {"settings", "GET", "/settings", NULL, NULL, false, false},
    [SYNCRO_TICKET_SETTINGS] = {"ticket_settings", "GET", "/tickets/settings", NULL, NULL, false,
                                false},
    [SYNCRO_USERS] = {"users", "GET", "/users", NULL, "users", true, false},
    [SYNCRO_TICKETS_LIST] = {"tickets_list", "GET", "/tickets", "Tickets - List/Search", "tickets",
                             true, false},
    [SYNCRO_TICKET_CREATE] = {"ticket_create", "POST", "/tickets", "Tickets - Create", "ticket",
                              false, true},
    [SYNCRO_TICKET_GET] = {"ticket_get", "GET", "/tickets/%ID%", "Tickets - View Details", "ticket",
                           false, false},
    [SYNCRO_TICKET_UPDATE] = {"ticket_update", "PUT", "/tickets/%ID%", "Tickets - Edit", "ticket",
                              false, true},
    /* Only by a test of credentials, for an id that cannot exist: nobody ticks Tickets - Delete. */
    [SYNCRO_TICKET_DELETE] = {"ticket_delete_none", "DELETE", "/tickets/%ID%", NULL, NULL, false,
                              true},
    [SYNCRO_FILES_ATTACH] = {"files_attach", "POST", "/tickets/%ID%/attach_file_url",
                             "Tickets - Edit", NULL, false, true},
    [SYNCRO_COMMENTS_LIST] = {"comments_list", "GET", "/tickets/%ID%/comments",
                              "Tickets - View Details", "comments", true, false},
    [SYNCRO_NEW_COMMENTS] = {"new_comments", "GET", "/ticket_comments", "Tickets - View Details",
                             "comments", true, false},
    [SYNCRO_COMMENT_ADD] = {"comment_add", "POST", "/tickets/%ID%/comment",
                            "Ticket Comments - New and Tickets - Edit", "comment", false, true},
    [SYNCRO_CUSTOMERS_LIST] = {"customers_list", "GET", "/customers", "Customers - List/Search",
                               "customers", true, false},
    [SYNCRO_CUSTOMER_GET] = {"customer_get", "GET", "/customers/%ID%", "Customers - View Detail",
                             "customer", false, false},
    [SYNCRO_CONTACTS_LIST] = {"contacts_list", "GET", "/contacts", "Customers - View Detail",
                              "contacts", true, false},
    /* The contact itself, in no wrapper (syncro-api.md, 2.3). */
    [SYNCRO_CONTACT_GET] = {"contact_get", "GET", "/contacts/%ID%", "Customers - View Detail", NULL,
                            false, false},
};

const struct syncro_call_info *syncro_call_info(enum syncro_call call)
{
    return &calls[call];
}

static void rule(struct psa_verdict *v, enum psa_outcome outcome, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

static void rule(struct psa_verdict *v, enum psa_outcome outcome, const char *fmt, ...)
{
    va_list ap;

    v->outcome = outcome;
    va_start(ap, fmt);
    vsnprintf(v->reason, sizeof(v->reason), fmt, ap);
    va_end(ap);
    v->reason[str_cut_utf8(v->reason, strlen(v->reason), sizeof(v->reason) - 1)] = '\0';
    if (!str_is_utf8(v->reason, strlen(v->reason))) /* a header can hold anything */
        for (char *p = v->reason; *p != '\0'; p++)
            if ((unsigned char)*p >= 0x80)
                *p = '?';
}

/* What a look-up has left unknown need not be looked up. */
static enum psa_outcome unknown(const struct syncro_call_info *info)
{
    return info->acts ? PSA_IN_DOUBT : PSA_NO_EFFECT;
}

/* Append the text of an error, whatever its shape: a string, or strings in arrays or objects. */
static void collect(struct buf *to, const struct json *v, int depth)
{
    const struct json *member;
    void *iter = NULL;

    const char *text = json_text(v);
    if (text != NULL) {
        if (to->len > 0)
            buf_str(to, "; ");
        buf_append(to, text, str_cut_utf8(text, strlen(text), to->max - to->len));
        return;
    }
    if (depth == 0)
        return;
    if (json_kind(v) == JSON_KIND_OBJECT) {
        while (json_next(v, &iter, &member) != NULL)
            collect(to, member, depth - 1);
        return;
    }
    for (size_t i = 0; i < json_count(v); i++)
        collect(to, json_at(v, i), depth - 1);
}

/* What Syncro says is wrong (syncro-api.md, 2.5); "" when it says nothing that we can read. */
static void complaint(const struct http_answer *answer, struct buf *text)
{
    static const char *const keys[] = {"error", "errors", "message"};
    struct json_doc *doc = json_parse(answer->body, answer->body_len, NULL);

    for (size_t i = 0; i < COUNT_OF(keys); i++)
        collect(text, json_get(json_root(doc), keys[i]), 3);
    if (text->ptr == NULL || text->len == 0)
        buf_str(text, "no reason was given");
    json_free(doc);
}

static void judge_200(const struct syncro_call_info *info, const struct http_answer *answer,
                      struct psa_verdict *v, struct json_doc **doc, const struct json **root)
{
    struct err err = {.text = ""};

    if (strcmp(answer->content_type, "application/json") != 0) {
        rule(v, unknown(info),
             "Syncro answered a page instead of data (%s). Is the subdomain right?",
             answer->content_type[0] != '\0' ? answer->content_type : "without a type");
        return;
    }
    *doc = json_parse(answer->body, answer->body_len, &err);
    if (*doc == NULL) {
        rule(v, unknown(info), "Syncro's answer cannot be read: %.200s", err.text);
        return;
    }
    const struct json *r = json_root(*doc);
    if (info->key != NULL)
        r = json_get(r, info->key);
    if (json_kind(r) != (info->is_array ? JSON_KIND_ARRAY : JSON_KIND_OBJECT)) {
        rule(v, unknown(info), "Syncro's answer has no \"%s\"",
             info->key != NULL ? info->key : "content");
        json_free(*doc);
        *doc = NULL;
        return;
    }
    *root = r;
    v->outcome = PSA_DONE;
}

static void judge_status(const struct syncro_call_info *info, const struct http_answer *answer,
                         struct psa_verdict *v)
{
    struct buf text;

    buf_init(&text, 300);
    complaint(answer, &text);
    const char *said = text.ptr != NULL ? text.ptr : "";
    if (answer->status == 401 || answer->status == 403)
        rule(v, PSA_HOLD, "Syncro does not let this API key in%s%s%s",
             info->right != NULL ? ", or it lacks the right \"" : "",
             info->right != NULL ? info->right : "", info->right != NULL ? "\"" : "");
    else if (answer->status == 429)
        rule(v, PSA_THROTTLED, "Syncro asks us to slow down");
    else if (answer->status >= 300 && answer->status < 400)
        rule(v, PSA_HOLD, "Syncro sent us elsewhere (%d). Is the subdomain right?", answer->status);
    else if (answer->status >= 400 && answer->status < 500 && answer->status != 408)
        rule(v, PSA_REFUSED, "Syncro refused it (%d): %s", answer->status, said);
    else
        rule(v, unknown(info), "Syncro has trouble of its own (%d)", answer->status);
    buf_free(&text);
}

void syncro_call_judge(enum syncro_call call, const struct http_answer *answer,
                       struct psa_verdict *verdict, struct json_doc **doc, const struct json **root)
{
    const struct syncro_call_info *info = &calls[call];

    *doc = NULL;
    *root = NULL;
    *verdict = (struct psa_verdict){.retry_after_ms = answer->retry_after_ms};
    switch (answer->result) {
    case HTTP_NOT_CONNECTED:
    case HTTP_NO_NAME:
    case HTTP_NOT_PUBLIC:
    case HTTP_CONNECT_SLOW:
        rule(verdict, PSA_NO_EFFECT, "Syncro cannot be reached: %.200s", answer->trouble);
        return;
    case HTTP_TLS_FAILED:
        rule(verdict, PSA_NO_EFFECT, "No safe connection to Syncro: %.200s", answer->trouble);
        return;
    case HTTP_TIMED_OUT:
        rule(verdict, unknown(info), "Syncro did not answer in time");
        return;
    case HTTP_BROKEN:
        rule(verdict, unknown(info), "The connection to Syncro broke: %.200s", answer->trouble);
        return;
    case HTTP_TOO_LARGE:
        if (answer->status == 200)
            rule(verdict, unknown(info), "Syncro's answer is larger than expected");
        else
            judge_status(info, answer, verdict);
        return;
    case HTTP_ANSWERED:
        break;
    }
    if (answer->status == 200)
        judge_200(info, answer, verdict, doc, root);
    else
        judge_status(info, answer, verdict);
}
