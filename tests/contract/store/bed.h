/* What the contract tests stand on: a store of the backend under test, and each operation as one
 * call that waits for its answer. */
#ifndef PARLEY_TEST_STORE_BED_H
#define PARLEY_TEST_STORE_BED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "net/loop.h"
#include "store/fake/store_fake.h"
#include "store/sqlite/store_sqlite.h"
#include "store/store.h"

struct bed {
    struct loop *loop;
    struct store *s;
    char dir[64]; /* of SQLite; made fresh, removed at the end */
    struct arena *keep;
    bool fake;
    /* the last answer, its texts and rows copied into keep */
    enum store_result result;
    union store_out out;
    int answers;
};

extern bool bed_use_fake; /* the backend under test */

/* cmocka's set-up and tear-down; *state is the bed. */
int bed_open(void **state);
int bed_close(void **state);
/* Lose the process and start again: close or crash, open. */
void bed_reopen(struct bed *b);
void bed_make_dir(char dir[64]);
void bed_remove_dir(const char *dir);

/* The callback for operations; arg is the bed. Copies what the kind of answer holds. */
void bed_plain(enum store_result result, const union store_out *out, void *arg);
void bed_started(enum store_result result, const union store_out *out, void *arg);
void bed_added(enum store_result result, const union store_out *out, void *arg);
void bed_visitor(enum store_result result, const union store_out *out, void *arg);
void bed_messages(enum store_result result, const union store_out *out, void *arg);
void bed_summary(enum store_result result, const union store_out *out, void *arg);
void bed_summaries(enum store_result result, const union store_out *out, void *arg);
void bed_entries(enum store_result result, const union store_out *out, void *arg);
void bed_due(enum store_result result, const union store_out *out, void *arg);
void bed_taken(enum store_result result, const union store_out *out, void *arg);
void bed_connector(enum store_result result, const union store_out *out, void *arg);
void bed_staff_out(enum store_result result, const union store_out *out, void *arg);
void bed_staff_list(enum store_result result, const union store_out *out, void *arg);
void bed_link(enum store_result result, const union store_out *out, void *arg);
void bed_sessions(enum store_result result, const union store_out *out, void *arg);
void bed_audits(enum store_result result, const union store_out *out, void *arg);
void bed_session(enum store_result result, const union store_out *out, void *arg);
void bed_match(enum store_result result, const union store_out *out, void *arg);
void bed_calls(enum store_result result, const union store_out *out, void *arg);
void bed_parked(enum store_result result, const union store_out *out, void *arg);
void bed_value(enum store_result result, const union store_out *out, void *arg);
/* Turn the loop until as many answers came. Fails the test after 20 s. */
void bed_wait(struct bed *b, int answers);

/* Copy a text of the answer into keep. */
void keep_text(struct bed *b, const char **text);

/* Run one operation, given with its bed_... callback and b, and wait. The value is its result. */
#define BED(b, call) ((b)->answers = 0, (void)(call), bed_wait((b), 1), (b)->result)

/* ---- shorthands; n names a browser, a conversation, a client_id ---- */

struct id bed_id(int kind, int n);
void bed_hash(int n, uint8_t hash[STORE_HASH_SIZE]);
struct store_asker bed_person(int n); /* of browser n */
struct store_asker bed_staff(void);
/* Conversation n of browser n, begun at now_ms with an outbox entry due at once. */
enum store_result bed_start(struct bed *b, int n, int64_t now_ms);
/* Message of browser n or staff to conversation n; an outbox entry unless author is an event. */
enum store_result bed_say(struct bed *b, int n, enum store_author author, const char *client_id,
                          const char *body, int64_t now_ms);
enum store_result bed_take(struct bed *b, int n, int64_t now_ms);
/* What came of an entry; filed ones get ticket 7000 + outbox and comment 9000 + outbox. */
enum store_result bed_finish(struct bed *b, int64_t outbox, enum store_outcome outcome,
                             int64_t at_ms);
/* A technician n, staffN@example.com. */
void bed_member(struct bed *b, int n);
/* Staff, or without a `by` the house, do this in conversation n; it is named here. */
void bed_act(struct bed *b, int n, struct store_act act, int64_t now_ms);
/* File whatever waits in conversation n; returns how many entries that were. */
int bed_drain(struct bed *b, int n, int64_t now_ms);

extern const struct CMUnitTest conversation_tests[];
extern const size_t conversation_test_count;
extern const struct CMUnitTest outbox_tests[];
extern const size_t outbox_test_count;
extern const struct CMUnitTest connector_tests[];
extern const size_t connector_test_count;
extern const struct CMUnitTest staff_tests[];
extern const size_t staff_test_count;
extern const struct CMUnitTest access_tests[];
extern const size_t access_test_count;
extern const struct CMUnitTest mail_tests[];
extern const size_t mail_test_count;
extern const struct CMUnitTest hook_tests[];
extern const size_t hook_test_count;
extern const struct CMUnitTest person_tests[];
extern const size_t person_test_count;
extern const struct CMUnitTest act_tests[];
extern const size_t act_test_count;
extern const struct CMUnitTest turn_tests[];
extern const size_t turn_test_count;
extern const struct CMUnitTest change_tests[];
extern const size_t change_test_count;
extern const struct CMUnitTest ticket_tests[];
extern const size_t ticket_test_count;
extern const struct CMUnitTest desk_tests[];
extern const size_t desk_test_count;
extern const struct CMUnitTest duty_tests[];
extern const size_t duty_test_count;
extern const struct CMUnitTest talk_tests[];
extern const size_t talk_test_count;
extern const struct CMUnitTest canned_tests[];
extern const size_t canned_test_count;
extern const struct CMUnitTest report_tests[];
extern const size_t report_test_count;
extern const struct CMUnitTest after_tests[];
extern const size_t after_test_count;
extern const struct CMUnitTest digest_tests[];
extern const size_t digest_test_count;
extern const struct CMUnitTest search_tests[];
extern const size_t search_test_count;

#define BED_TEST(f) cmocka_unit_test_setup_teardown(f, bed_open, bed_close)

#endif
