/* Looking things up in Syncro: whose an email is, and whether a ticket is there. */
#include "unit/base/cmocka_wrap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/http_client.h"
#include "psa/syncro/syncro.h"
#include "sim/sim_env.h"
#include "store/fake/store_fake.h"

/* What Syncro answers to an address that ends so; the first that fits. */
struct answer {
    const char *end, *body;
    bool once; /* the next one that fits from then on */
};

struct http_call {
    http_done_fn *done;
    void *arg;
    struct env_timer *timer;
    const char *body;
};

static struct sim_env *sim;
static const struct answer *answers;
static int requests;
static bool used[16];
static char json[4096]; /* of the last result */

static void on_timer(void *arg)
{
    struct http_call *c = arg;
    const struct http_answer a = {
        HTTP_ANSWERED, 200, "application/json", -1, c->body, strlen(c->body), "", 0};

    c->done(&a, c->arg);
    free(c);
}

static struct http_call *start(struct http_client *client, const struct http_request *r,
                               http_done_fn *done, void *arg)
{
    struct http_call *c = calloc(1, sizeof(*c));
    const struct answer *a = answers;

    (void)client;
    while (a->end != NULL && (used[a - answers] || strlen(r->url) < strlen(a->end) ||
                              strcmp(r->url + strlen(r->url) - strlen(a->end), a->end) != 0))
        a++;
    if (a->end == NULL)
        fail_msg("nobody expects %s", r->url);
    requests++;
    used[a - answers] = a->once;
    c->done = done;
    c->arg = arg;
    c->body = a->body;
    c->timer = env_timer_start(sim_env_env(sim), 1, on_timer, c);
    return c;
}

static void cancel(struct http_client *client, struct http_call *c)
{
    (void)client;
    env_timer_cancel(sim_env_env(sim), &c->timer);
    free(c);
}

static const struct http_client_ops client_ops = {start, cancel};
static struct http_client client = {&client_ops};

static void nothing(void *arg)
{
    (void)arg;
}

static void keep(const struct psa_result *result, void *arg)
{
    *(struct psa_result *)arg = *result;
    snprintf(json, sizeof(json), "%s", result->json != NULL ? result->json : "");
}

/* One look-up on a connector of its own: of an email, of a chosen contact or company, or of the
 * ticket. */
static struct psa_result look_for(const struct answer *all, const char *email, int64_t customer,
                                  int64_t contact)
{
    struct psa_result result = {.verdict.outcome = PSA_IN_DOUBT};
    const struct store_taken taken = {.kind = STORE_CREATE_TICKET,
                                      .was_in_doubt = true,
                                      .sent_at_ms = 1,
                                      .reference = "PLY-7K3F9Q2M",
                                      .subject = "Help",
                                      .payload = ""};
    struct env *env;

    answers = all;
    requests = 0;
    memset(used, 0, sizeof(used));
    sim = sim_env_new(1);
    env = sim_env_env(sim);
    struct store *store = store_fake_new(env);
    struct gate *gate = gate_new(env, store, "syncro", 180, nothing, NULL);
    sim_env_run(sim, 100);
    const struct psa_settings set = {.env = env,
                                     .http = &client,
                                     .gate = gate,
                                     .account = "acme",
                                     .status = "",
                                     .priority = "",
                                     .problem_type = ""};
    struct psa_connector *c = syncro_new(&set, secret_new("T1", 2));
    if (email != NULL)
        c->ops->match(c, email, BUDGET_INTERACTIVE, keep, &result);
    else if (customer != 0)
        c->ops->still(c, customer, contact, BUDGET_INTERACTIVE, keep, &result);
    else
        c->ops->ticket_find(c, &taken, BUDGET_INTERACTIVE, keep, &result);
    sim_env_run(sim, 1000);
    assert_int_equal(result.verdict.outcome, PSA_DONE);
    c->ops->free(c);
    gate_free(gate, true);
    store_free(store);
    sim_env_free(sim);
    return result;
}

static struct psa_result look(const struct answer *all, const char *email)
{
    return look_for(all, email, 0, 0);
}

#define COMPANY(id, contacts)                                                                      \
    "{\"id\":" #id ",\"business_then_name\":\"C" #id "\",\"email\":\"\",\"contacts\":[" contacts   \
    "]}"
#define CONTACT(id, email)      "{\"id\":" #id ",\"email\":\"" email "\"}"
#define LIST(name, rows, pages) "{\"" name "\":[" rows "],\"meta\":{\"total_pages\":" #pages "}}"

static void an_email_of_one(void **state)
{
    static const struct answer all[] = {
        {"?query=ann%40acme.test",
         LIST("customers", COMPANY(1, CONTACT(11, "Ann@Acme.test")) "," COMPANY(2, ""), 1)},
        {NULL, NULL}};
    const struct psa_result r = look(all, "ann@acme.test");

    (void)state;
    assert_true(r.found);
    assert_int_equal(r.customer, 1);
    assert_int_equal(r.contact, 11);
    assert_string_equal(r.company, "C1");
    assert_int_equal(requests, 1);
}

/* Two have it, one of them on the search's second page. */
static void an_email_of_two(void **state)
{
    static const struct answer all[] = {
        {"?query=ann%40acme.test", LIST("customers", COMPANY(1, CONTACT(11, "ann@acme.test")), 2)},
        {"&page=2", LIST("customers", COMPANY(2, CONTACT(21, "ann@acme.test")), 2)},
        {NULL, NULL}};

    (void)state;
    const struct psa_result r = look(all, "ann@acme.test");
    assert_false(r.found);
    assert_true(r.several);
    assert_int_equal(requests, 2);
    assert_string_equal(json, "[{\"customer\":1,\"contact\":11,\"company\":\"C1\",\"name\":\"\","
                              "\"email\":\"ann@acme.test\",\"phone\":\"\"},"
                              "{\"customer\":2,\"contact\":21,\"company\":\"C2\",\"name\":\"\","
                              "\"email\":\"ann@acme.test\",\"phone\":\"\"}]");
}

/* A domain of another script is searched for in both spellings, and one who is found twice is one.
 */
static void an_email_in_two_spellings(void **state)
{
    static const struct answer all[] = {
        {"?query=ann%40xn--bcher-kva.test", LIST("customers", COMPANY(1, ""), 1)},
        {"?query=ann%40b%C3%BCcher.test",
         LIST("customers",
              COMPANY(1, CONTACT(11, "Ann@B\xc3\xbc"
                                     "cher.TEST") "," CONTACT(12, "ann@xn--bcher.test")),
              1)},
        {NULL, NULL}};
    const struct psa_result r = look(all, "ann@xn--bcher-kva.test");

    (void)state;
    assert_true(r.found);
    assert_int_equal(r.contact, 11);
    assert_int_equal(requests, 2);
}

/* Whom staff chose: still there, in another company, without one. */
static void whom_staff_chose(void **state)
{
    static const struct answer all[] = {
        {"/contacts/11", "{\"id\":11,\"customer_id\":2}"},
        {"/contacts/12", "{\"id\":12,\"customer_id\":null}"},
        {"/customers/2", "{\"customer\":{\"id\":2,\"business_then_name\":\"Two\"}}"},
        {"/customers/3",
         "{\"customer\":{\"id\":3,\"business_then_name\":\"Three\",\"disabled\":true}}"},
        {NULL, NULL}};
    struct psa_result r = look_for(all, NULL, 1, 11);

    (void)state;
    assert_true(r.found);
    assert_int_equal(r.customer, 2);
    assert_int_equal(r.contact, 11);
    assert_string_equal(r.company, "Two");
    assert_false(look_for(all, NULL, 1, 12).found);
    r = look_for(all, NULL, 2, 0);
    assert_true(r.found);
    assert_int_equal(r.contact, 0);
    assert_false(look_for(all, NULL, 3, 0).found);
}

/* A search that brings more than is looked at decides nothing. */
static void an_email_among_too_many(void **state)
{
    static const struct answer all[] = {
        {"?query=ann%40acme.test", LIST("customers", COMPANY(1, CONTACT(11, "ann@acme.test")), 9)},
        {"&page=2", LIST("customers", COMPANY(2, ""), 9)},
        {"&page=3", LIST("customers", COMPANY(3, ""), 9)},
        {"&page=4", LIST("customers", COMPANY(4, ""), 9)},
        {NULL, NULL}};

    (void)state;
    assert_false(look(all, "ann@acme.test").found);
}

/* Where the search shows no contacts they are asked for, of all companies or of none. */
static void contacts_one_by_one(void **state)
{
    static const struct answer few[] = {
        {"?query=ann%40acme.test", LIST("customers", COMPANY(1, "") "," COMPANY(2, ""), 1)},
        {"?customer_id=1&page=1", LIST("contacts", CONTACT(11, "ann@acme.test"), 1)},
        {"?customer_id=2&page=1", LIST("contacts", CONTACT(21, "bob@acme.test"), 1)},
        {NULL, NULL}};
    static const struct answer many[] = {
        {"?query=ann%40acme.test",
         LIST(
             "customers",
             COMPANY(1, "") "," COMPANY(2, "") "," COMPANY(3, "") "," COMPANY(4, "") "," COMPANY(
                 5, "") "," COMPANY(6, "") "," COMPANY(7, "") "," COMPANY(8, "") "," COMPANY(9, ""),
             1)},
        {"?customer_id=1&page=1", LIST("contacts", CONTACT(11, "ann@acme.test"), 1)},
        {"&page=1", LIST("contacts", "", 1)},
        {NULL, NULL}};
    const struct psa_result r = look(few, "ann@acme.test");

    (void)state;
    assert_true(r.found);
    assert_int_equal(r.customer, 1);
    assert_int_equal(r.contact, 11);
    assert_false(look(many, "ann@acme.test").found);
}

#define TICKET(id, subject, comment)                                                               \
    "{\"id\":" #id ",\"number\":" #id ",\"subject\":\"" subject "\",\"comments\":[" comment "]}"
#define COMMENT(id, body) "{\"id\":" #id ",\"body\":\"" body "\"}"

/* The one comment that the list shows is not ours: the ticket is ours all the same. */
static void a_ticket_behind_another_comment(void **state)
{
    static const struct answer all[] = {
        {"&page=1", LIST("tickets",
                         TICKET(1, "Other", COMMENT(10, "No")) "," TICKET(
                             2, "Help", COMMENT(20, "Assigned by a rule.")),
                         1)},
        {"/tickets/2", "{\"ticket\":" TICKET(2, "Help",
                                             COMMENT(20, "Assigned by a rule.") "," COMMENT(
                                                 21, "It burns.\\n\\nPLY-7K3F9Q2M")) "}"},
        {NULL, NULL}};
    const struct psa_result r = look(all, NULL);

    (void)state;
    assert_true(r.found);
    assert_int_equal(r.ticket_id, 2);
    assert_int_equal(r.comment_id, 21);
}

/* Read the first page; then ours, the first of the second, becomes the last of the first. */
static void a_ticket_at_the_edge_of_pages(void **state)
{
    static const struct answer all[] = {
        {"&page=1", LIST("tickets", TICKET(1, "Other", COMMENT(10, "No")), 2), true},
        {"&page=2", LIST("tickets", TICKET(3, "Other", COMMENT(30, "No")), 2), false},
        {"&page=1", LIST("tickets", TICKET(2, "Help", COMMENT(20, "PLY-7K3F9Q2M")), 2), false},
        {NULL, NULL, false}};
    const struct psa_result r = look(all, NULL);

    (void)state;
    assert_true(r.found);
    assert_int_equal(r.ticket_id, 2);
}

/* Other conversations' tickets cost no requests, whatever their subjects. */
static void a_ticket_among_others_of_ours(void **state)
{
    static const struct answer all[] = {
        {"&page=1", LIST("tickets", TICKET(1, "Help", COMMENT(10, "It.\\n\\nPLY-00000000\\n")), 1),
         false},
        {NULL, NULL, false}};

    (void)state;
    assert_false(look(all, NULL).found);
    assert_int_equal(requests, 1);
}

static void a_ticket_that_is_not_there(void **state)
{
    static const struct answer all[] = {
        {"&page=1", LIST("tickets", TICKET(2, "Help", COMMENT(20, "It rains.")), 1)},
        {"/tickets/2", "{\"ticket\":" TICKET(2, "Help", COMMENT(20, "It rains.")) "}"},
        {NULL, NULL}};

    (void)state;
    assert_false(look(all, NULL).found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_email_of_one),
        cmocka_unit_test(an_email_of_two),
        cmocka_unit_test(an_email_in_two_spellings),
        cmocka_unit_test(whom_staff_chose),
        cmocka_unit_test(an_email_among_too_many),
        cmocka_unit_test(contacts_one_by_one),
        cmocka_unit_test(a_ticket_behind_another_comment),
        cmocka_unit_test(a_ticket_at_the_edge_of_pages),
        cmocka_unit_test(a_ticket_among_others_of_ours),
        cmocka_unit_test(a_ticket_that_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
