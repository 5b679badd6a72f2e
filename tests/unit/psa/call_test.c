/* How each answer of Syncro is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "psa/syncro/call.h"

#define JSON "application/json"
#define LONG_TEXT                                                                                  \
    "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 "     \
    "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 "     \
    "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 "     \
    "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 "

static struct psa_verdict judge(enum syncro_call call, enum http_result result, int status,
                                const char *type, const char *body)
{
    const struct http_answer answer = {.result = result,
                                       .status = status,
                                       .content_type = type,
                                       .retry_after_ms = -1,
                                       .body = body,
                                       .body_len = strlen(body),
                                       .trouble = "trouble"};
    struct psa_verdict verdict;
    struct json_doc *doc;
    const struct json *root;

    syncro_call_judge(call, &answer, &verdict, &doc, &root);
    assert_true((verdict.outcome == PSA_DONE) == (doc != NULL && root != NULL));
    assert_true((verdict.outcome == PSA_DONE) == (verdict.reason[0] == '\0'));
    json_free(doc);
    return verdict;
}

static void answers(void **state)
{
    static const struct {
        enum syncro_call call;
        enum http_result result;
        int status;
        const char *type, *body;
        enum psa_outcome outcome;
    } cases[] = {
        {SYNCRO_TICKET_CREATE, HTTP_ANSWERED, 200, JSON, "{\"ticket\":{\"id\":1}}", PSA_DONE},
        {SYNCRO_TICKETS_LIST, HTTP_ANSWERED, 200, JSON, "{\"tickets\":[]}", PSA_DONE},
        {SYNCRO_ME, HTTP_ANSWERED, 200, JSON, "{\"user_id\":1}", PSA_DONE},
        {SYNCRO_TICKET_CREATE, HTTP_ANSWERED, 200, JSON, "{\"ticket\":[]}", PSA_IN_DOUBT},
        {SYNCRO_TICKET_CREATE, HTTP_ANSWERED, 200, JSON, "{\"tic", PSA_IN_DOUBT},
        {SYNCRO_TICKET_CREATE, HTTP_ANSWERED, 200, "text/html", "<html>", PSA_IN_DOUBT},
        {SYNCRO_TICKET_CREATE, HTTP_ANSWERED, 200, "text/html", "{\"ticket\":{}}", PSA_IN_DOUBT},
        {SYNCRO_TICKETS_LIST, HTTP_ANSWERED, 200, "text/html", "<html>", PSA_NO_EFFECT},
        {SYNCRO_TICKET_UPDATE, HTTP_ANSWERED, 200, "", "", PSA_IN_DOUBT},
        {SYNCRO_TICKET_CREATE, HTTP_ANSWERED, 204, "", "", PSA_IN_DOUBT},
        {SYNCRO_COMMENT_ADD, HTTP_ANSWERED, 302, "", "", PSA_HOLD},
        {SYNCRO_COMMENT_ADD, HTTP_ANSWERED, 401, JSON, "{\"error\":\"no\"}", PSA_HOLD},
        {SYNCRO_COMMENT_ADD, HTTP_ANSWERED, 401, "text/html", "<html>", PSA_HOLD},
        {SYNCRO_COMMENT_ADD, HTTP_ANSWERED, 429, "text/plain", "slow", PSA_THROTTLED},
        {SYNCRO_COMMENT_ADD, HTTP_ANSWERED, 404, "", "", PSA_REFUSED},
        {SYNCRO_COMMENT_ADD, HTTP_ANSWERED, 408, "text/html", "<html>", PSA_IN_DOUBT},
        {SYNCRO_COMMENT_ADD, HTTP_ANSWERED, 503, "text/html", "<html>", PSA_IN_DOUBT},
        {SYNCRO_COMMENTS_LIST, HTTP_ANSWERED, 503, "text/html", "<html>", PSA_NO_EFFECT},
        {SYNCRO_COMMENT_ADD, HTTP_NOT_CONNECTED, 0, "", "", PSA_NO_EFFECT},
        {SYNCRO_COMMENT_ADD, HTTP_TLS_FAILED, 0, "", "", PSA_NO_EFFECT},
        {SYNCRO_COMMENT_ADD, HTTP_TIMED_OUT, 0, "", "", PSA_IN_DOUBT},
        {SYNCRO_COMMENT_ADD, HTTP_BROKEN, 0, "", "", PSA_IN_DOUBT},
        {SYNCRO_COMMENT_ADD, HTTP_TOO_LARGE, 200, JSON, "{", PSA_IN_DOUBT},
        {SYNCRO_COMMENT_ADD, HTTP_TOO_LARGE, 422, JSON, "{", PSA_REFUSED},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct psa_verdict v =
            judge(cases[i].call, cases[i].result, cases[i].status, cases[i].type, cases[i].body);
        if (v.outcome != cases[i].outcome)
            fail_msg("case %zu: %s, not %s: %s", i, psa_outcome_name(v.outcome),
                     psa_outcome_name(cases[i].outcome), v.reason);
    }
}

static void complaints(void **state)
{
    static const struct {
        const char *body, *said;
    } cases[] = {
        {"{\"error\":\"Customer required field\"}", "Customer required field"},
        {"{\"success\":false,\"message\":[\"Body can't be blank\",\"Subject can't be blank\"]}",
         "Body can't be blank; Subject can't be blank"},
        {"{\"errors\":{\"email\":[\"is not an email\"]}}", "is not an email"},
        {"{\"message\":\"Not found\"}", "Not found"},
        {"{\"error\":\"" LONG_TEXT "\"}", "0123456789 0123456789"},
        {"", "no reason was given"},
        {"<html>", "no reason was given"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct psa_verdict v =
            judge(SYNCRO_TICKET_CREATE, HTTP_ANSWERED, 422, JSON, cases[i].body);
        assert_int_equal(v.outcome, PSA_REFUSED);
        assert_non_null(strstr(v.reason, cases[i].said));
    }
}

/* The seven rights of the guide suffice, and no other is named. */
static void rights(void **state)
{
    static const char *const guide[] = {
        "Tickets - List/Search",   "Tickets - View Details", "Tickets - Create",
        "Tickets - Edit",          "Ticket Comments - New",  "Customers - List/Search",
        "Customers - View Detail",
    };

    (void)state;
    for (int call = 0; call < SYNCRO_CALL_COUNT; call++) {
        const struct syncro_call_info *info = syncro_call_info((enum syncro_call)call);
        bool known = info->right == NULL;
        assert_non_null(info->name);
        for (size_t i = 0; i < COUNT_OF(guide) && !known; i++)
            known = strstr(info->right, guide[i]) != NULL;
        assert_true(known);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers),
        cmocka_unit_test(complaints),
        cmocka_unit_test(rights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
