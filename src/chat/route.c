#include "chat/route.h"

#include <stdlib.h>
#include <string.h>

#include "base/jw.h"
#include "base/str.h"
#include "chat/address.h"
#include "chat/text.h"

#define MS_MINUTE INT64_C(60000)
#define NO_LIMIT  INT64_C(-1) /* of its own */

struct rule {
    struct id staff;
    char skills[ROUTE_SKILLS][STORE_TAG_MAX + 1];
    size_t skill_count;
    int64_t limit; /* NO_LIMIT: that of all */
    bool takes;
};

struct route {
    bool round_robin, promise;
    int64_t limit, back_minutes, unanswered_minutes;
    char emails[ROUTE_EMAILS][ADDRESS_SIZE];
    size_t email_count;
    size_t rule_count;
    struct rule rules[];
};

/* ---- reading ---- */

/* A whole number from 0 to most; a missing one is 0. */
static int read_number(const struct json *value, const char *key, int64_t most, int64_t *to,
                       struct err *err)
{
    *to = 0;
    if (json_kind(json_get(value, key)) <= JSON_KIND_NULL)
        return 0;
    if (json_get_int(value, key, to) < 0 || *to < 0 || *to > most)
        return err_set(err, "%s is a whole number from 0 to %d", key, (int)most);
    return 0;
}

static int read_emails(struct route *r, const struct json *all, struct err *err)
{
    if (json_kind(all) > JSON_KIND_NULL && json_kind(all) != JSON_KIND_ARRAY)
        return err_set(err, "escalate_to is a list of email addresses");
    if (json_count(all) > ROUTE_EMAILS)
        return err_set(err, "at most %d addresses can be told", ROUTE_EMAILS);
    for (size_t i = 0; i < json_count(all); i++) {
        const char *text = json_text(json_at(all, i));

        if (text == NULL || address_normalise(text, r->emails[r->email_count]) != ADDRESS_OK)
            return err_set(err, "%.60s is not an email address", text == NULL ? "that" : text);
        r->email_count++;
    }
    return 0;
}

static bool has_skill(const struct rule *rule, const char *tag, size_t len)
{
    for (size_t i = 0; i < rule->skill_count; i++)
        if (strlen(rule->skills[i]) == len && strncasecmp(rule->skills[i], tag, len) == 0)
            return true;
    return false;
}

static int read_skills(struct rule *rule, const struct json *all, struct err *err)
{
    if (json_kind(all) > JSON_KIND_NULL && json_kind(all) != JSON_KIND_ARRAY)
        return err_set(err, "skills are a list of tags");
    if (json_count(all) > ROUTE_SKILLS)
        return err_set(err, "one can have at most %d skills", ROUTE_SKILLS);
    for (size_t i = 0; i < json_count(all); i++) {
        const char *tag = json_text(json_at(all, i));

        if (tag == NULL || !text_is_tag(tag))
            return err_set(err, "a skill is a tag: at most %d bytes, no comma", STORE_TAG_MAX);
        if (!has_skill(rule, tag, strlen(tag)))
            (void)!str_copy(rule->skills[rule->skill_count++], STORE_TAG_MAX + 1, tag);
    }
    return 0;
}

static const struct rule *rule_of(const struct route *r, const struct id *staff)
{
    for (size_t i = 0; r != NULL && i < r->rule_count; i++)
        if (id_equal(&r->rules[i].staff, staff))
            return &r->rules[i];
    return NULL;
}

static int read_rule(struct route *r, const struct json *one, struct err *err)
{
    struct rule *rule = &r->rules[r->rule_count];
    const char *staff = json_get_text(one, "staff");

    if (staff == NULL || id_parse(staff, &rule->staff) < 0 || rule_of(r, &rule->staff) != NULL)
        return err_set(err, "each member is named once, by an id");
    rule->limit = NO_LIMIT;
    rule->takes = json_get_bool(one, "takes", true);
    if (json_kind(json_get(one, "limit")) > JSON_KIND_NULL &&
        read_number(one, "limit", ROUTE_OPEN_MAX, &rule->limit, err) < 0)
        return -1;
    r->rule_count++;
    return read_skills(rule, json_get(one, "skills"), err);
}

static int read_all(struct route *r, const struct json *value, struct err *err)
{
    const struct json *members = json_get(value, "members");
    const char *mode = json_get_text(value, "mode");

    if (mode != NULL && strcmp(mode, "manual") != 0 && strcmp(mode, "round_robin") != 0)
        return err_set(err, "mode is manual or round_robin");
    r->round_robin = str_equal(mode, "round_robin");
    r->promise = json_get_bool(value, "promise", true);
    if (read_number(value, "limit", ROUTE_OPEN_MAX, &r->limit, err) < 0 ||
        read_number(value, "back_minutes", ROUTE_MINUTES_MAX, &r->back_minutes, err) < 0 ||
        read_number(value, "unanswered_minutes", ROUTE_MINUTES_MAX, &r->unanswered_minutes, err) <
            0 ||
        read_emails(r, json_get(value, "escalate_to"), err) < 0)
        return -1;
    for (size_t i = 0; i < json_count(members); i++)
        if (read_rule(r, json_at(members, i), err) < 0)
            return -1;
    return 0;
}

int route_new(const struct json *value, struct route **r, struct err *err)
{
    const struct json *members = json_get(value, "members");
    const size_t count = json_count(members);

    *r = NULL;
    if (json_kind(value) != JSON_KIND_OBJECT)
        return err_set(err, "routing is an object");
    if (json_kind(members) > JSON_KIND_NULL && json_kind(members) != JSON_KIND_ARRAY)
        return err_set(err, "members are a list");
    if (count > ROUTE_MEMBERS)
        return err_set(err, "there can be at most %d members", ROUTE_MEMBERS);
    *r = calloc(1, sizeof(**r) + count * sizeof((*r)->rules[0]));
    if (*r == NULL)
        abort();
    if (read_all(*r, value, err) == 0)
        return 0;
    route_free(*r);
    *r = NULL;
    return -1;
}

void route_free(struct route *r)
{
    free(r);
}

/* ---- writing ---- */

static void put_rule(struct jw *w, const struct rule *rule)
{
    char id[ID_TEXT_SIZE];

    id_format(&rule->staff, id);
    jw_object(w, NULL);
    jw_text(w, "staff", id);
    jw_array(w, "skills");
    for (size_t i = 0; i < rule->skill_count; i++)
        jw_text(w, NULL, rule->skills[i]);
    jw_array_end(w);
    if (rule->limit == NO_LIMIT)
        jw_null(w, "limit");
    else
        jw_int(w, "limit", rule->limit);
    jw_bool(w, "takes", rule->takes);
    jw_object_end(w);
}

void route_print(const struct route *r, struct buf *to)
{
    static const struct route none = {.promise = true};
    struct jw w;

    r = r == NULL ? &none : r;
    jw_init(&w, to);
    jw_object(&w, NULL);
    jw_text(&w, "mode", r->round_robin ? "round_robin" : "manual");
    jw_int(&w, "limit", r->limit);
    jw_int(&w, "back_minutes", r->back_minutes);
    jw_int(&w, "unanswered_minutes", r->unanswered_minutes);
    jw_array(&w, "escalate_to");
    for (size_t i = 0; i < r->email_count; i++)
        jw_text(&w, NULL, r->emails[i]);
    jw_array_end(&w);
    jw_bool(&w, "promise", r->promise);
    jw_array(&w, "members");
    for (size_t i = 0; i < r->rule_count; i++)
        put_rule(&w, &r->rules[i]);
    jw_array_end(&w);
    jw_object_end(&w);
}

/* ---- who gets it ---- */

/* The next of a list with commas between; NULL past the last. */
static const char *next_tag(const char **list, size_t *len)
{
    const char *tag = *list;

    if (tag[0] == '\0')
        return NULL;
    *len = strcspn(tag, ",");
    *list = tag + *len + (tag[*len] == ',');
    return tag;
}

/* How many of the tags are skills of this rule. */
static size_t count_skills(const struct rule *rule, const char *tags)
{
    const char *tag;
    size_t len, n = 0;

    while (rule != NULL && (tag = next_tag(&tags, &len)) != NULL)
        n += has_skill(rule, tag, len);
    return n;
}

static bool may_take(const struct route *r, const struct rule *rule, const struct route_member *m)
{
    const int64_t limit = rule == NULL || rule->limit == NO_LIMIT ? r->limit : rule->limit;

    return m->is_present && (rule == NULL || rule->takes) && (limit == 0 || m->open < limit);
}

static bool goes_first(const struct route_member *a, size_t a_skills, const struct route_member *b,
                       size_t b_skills)
{
    if (a_skills != b_skills)
        return a_skills > b_skills;
    if (a->given_ms != b->given_ms)
        return a->given_ms < b->given_ms;
    if (a->open != b->open)
        return a->open < b->open;
    return memcmp(&a->id, &b->id, sizeof(a->id)) < 0;
}

size_t route_pick(const struct route *r, const struct route_member *members, size_t count,
                  const char *tags)
{
    size_t best = ROUTE_NOBODY, best_skills = 0;
    bool needs_skill = false;

    if (r == NULL || !r->round_robin)
        return ROUTE_NOBODY;
    /* Who is not a member any more has no skill that could be waited for. */
    for (size_t i = 0; i < count && !needs_skill; i++)
        needs_skill = count_skills(rule_of(r, &members[i].id), tags) > 0;
    for (size_t i = 0; i < count; i++) {
        const struct rule *rule = rule_of(r, &members[i].id);
        const size_t skills = count_skills(rule, tags);

        if (!may_take(r, rule, &members[i]) || (needs_skill && skills == 0))
            continue;
        if (best == ROUTE_NOBODY || goes_first(&members[i], skills, &members[best], best_skills)) {
            best = i;
            best_skills = skills;
        }
    }
    return best;
}

/* ---- when ---- */

int64_t route_back_at(const struct route *r, const struct hours *h, int64_t gone_ms,
                      int64_t waiting_ms)
{
    if (r == NULL || r->back_minutes == 0)
        return 0;
    return hours_after(h, gone_ms > waiting_ms ? gone_ms : waiting_ms, r->back_minutes * MS_MINUTE);
}

int64_t route_unanswered_at(const struct route *r, const struct hours *h, int64_t waiting_ms)
{
    if (r == NULL || r->unanswered_minutes == 0)
        return 0;
    return hours_after(h, waiting_ms, r->unanswered_minutes * MS_MINUTE);
}

int64_t route_unanswered_minutes(const struct route *r)
{
    return r == NULL ? 0 : r->unanswered_minutes;
}

const char *route_email(const struct route *r, size_t i)
{
    return r == NULL || i >= r->email_count ? NULL : r->emails[i];
}

/* ---- what may be promised ---- */

static int by_size(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

int64_t route_promise_ms(const struct route *r, const struct hours *h,
                         const struct route_sample *samples, size_t count, int64_t now_ms)
{
    int64_t took[ROUTE_SAMPLES], median;
    size_t answered = 0, longer = 0;

    if (r != NULL && !r->promise)
        return 0;
    count = count < ROUTE_SAMPLES ? count : ROUTE_SAMPLES;
    for (size_t i = 0; i < count; i++)
        if (samples[i].answered_ms != 0)
            took[answered++] = hours_between(h, samples[i].created_ms, samples[i].answered_ms);
    if (answered < ROUTE_SAMPLES_MIN)
        return 0;
    qsort(took, answered, sizeof(took[0]), by_size);
    median = took[answered / 2];
    for (size_t i = 0; i < count; i++)
        longer +=
            samples[i].answered_ms == 0 && hours_between(h, samples[i].created_ms, now_ms) > median;
    /* Those are longer than any that is known: the middle moves up. */
    if ((answered + longer) / 2 >= answered)
        return 0;
    median = took[(answered + longer) / 2];
    return (median / MS_MINUTE + (median % MS_MINUTE != 0 || median == 0)) * MS_MINUTE;
}
