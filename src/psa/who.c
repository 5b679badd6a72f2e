#include "psa/who.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

#define AT_ONCE 3

/* Somebody who is asked for. The handles are the state. */
struct asking {
    struct who *p; /* NULL: this place is free */
    struct who_known known;
    bool again; /* they came once more meanwhile: something of them may be different */
    struct store_op *op;
    struct match *match;
};

struct who {
    struct who_settings set;
    char account[128];
    bool stopped;
    struct asking askings[AT_ONCE];
    struct id waiting[WHO_WAITING]; /* first come, first asked for */
    size_t count;
};

static void next(struct who *p);

static void end(struct asking *a)
{
    struct who *p = a->p;
    const struct id person = a->known.person;
    const bool again = a->again;

    *a = (struct asking){.p = NULL};
    if (again)
        who_seen(p, &person);
    next(p);
}

static void tell(struct asking *a)
{
    const struct who *p = a->p;

    if (p->set.known != NULL)
        p->set.known(&a->known, p->set.arg);
}

static void on_match(const struct psa_verdict *verdict, const struct store_matched *matched,
                     void *arg)
{
    struct asking *a = arg;

    a->match = NULL;
    a->known.matched = *matched;
    if (verdict->outcome == PSA_DONE)
        tell(a);
    end(a);
}

static void on_looked(enum store_result result, const union store_out *out, void *arg)
{
    struct asking *a = arg;
    struct who *p = a->p;

    a->op = NULL;
    if (result != STORE_OK || !out->looked.is_verified || out->looked.email[0] == '\0') {
        end(a);
        return;
    }
    const struct store_looked *l = &out->looked;
    const struct match_who who = {.person = a->known.person,
                                  .email = l->email,
                                  .how = l->how,
                                  .contact = l->psa_contact,
                                  .customer = l->psa_customer};

    a->known.is_manager = l->is_manager;
    if (match_is_good(l->how, l->checked_ms, env_now_ms(p->set.place.env))) {
        a->known.matched = (struct store_matched){l->how, l->psa_contact, l->psa_customer, false};
        tell(a);
        end(a);
    } else if (p->stopped) {
        end(a);
    } else { /* who comes for the first time waits for their tickets */
        a->match = match_start(&p->set.place, &who,
                               l->how == 0 ? BUDGET_INTERACTIVE : BUDGET_BACKGROUND, on_match, a);
    }
}

static void start(struct who *p, struct asking *a, const struct id *person)
{
    const struct store_person_key who = {*person, p->account};

    *a = (struct asking){.p = p, .known.person = *person};
    a->op = store_person_look(p->set.place.store, &who, on_looked, a);
}

static void next(struct who *p)
{
    for (size_t i = 0; i < AT_ONCE && p->count > 0 && !p->stopped; i++) {
        if (p->askings[i].p != NULL)
            continue;
        const struct id person = p->waiting[0];

        memmove(p->waiting, p->waiting + 1, --p->count * sizeof(person));
        start(p, &p->askings[i], &person);
    }
}

void who_seen(struct who *p, const struct id *person)
{
    for (size_t i = 0; i < AT_ONCE; i++)
        if (p->askings[i].p != NULL && id_equal(&p->askings[i].known.person, person)) {
            p->askings[i].again = true;
            return;
        }
    for (size_t i = 0; i < p->count; i++)
        if (id_equal(&p->waiting[i], person))
            return;
    if (p->count == WHO_WAITING)
        return;
    p->waiting[p->count++] = *person;
    next(p);
}

struct who *who_new(const struct who_settings *settings)
{
    struct who *p = calloc(1, sizeof(*p));

    if (p == NULL)
        abort();
    p->set = *settings;
    (void)!str_copy(p->account, sizeof(p->account), settings->place.account);
    p->set.place.account = p->account;
    return p;
}

void who_free(struct who *p)
{
    if (p == NULL)
        return;
    for (size_t i = 0; i < AT_ONCE; i++) {
        store_cancel(p->set.place.store, &p->askings[i].op);
        match_cancel(&p->askings[i].match);
    }
    free(p);
}

void who_stop(struct who *p)
{
    p->stopped = true;
}

bool who_is_idle(const struct who *p)
{
    for (size_t i = 0; i < AT_ONCE; i++)
        if (p->askings[i].p != NULL)
            return false;
    return true;
}
