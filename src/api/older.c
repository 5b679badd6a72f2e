/* The older tickets of somebody who looks at theirs: the PSA is asked for them, then the list is
 * sent once more. Whether they were read is what the store says, for a reading that failed ends as
 * quietly as one that went well. */
#include "api/api_private.h"

#include <stdlib.h>

#include "psa/sync.h"

#define OLDER_WITHIN_MS 30000 /* until what is known has to do */

struct looking {
    struct session *session;
    struct list_ask ask;
    int64_t contact, customer;
    bool by_company; /* which of the two is being read */
    struct env_timer *late;
    struct store_op *op;
    struct sync *sync; /* while it is asked */
};

static struct sync *sync_of(struct api *api)
{
    return api->set.sync == NULL ? NULL : api->set.sync(api->set.arg);
}

void older_cancel(struct session *s)
{
    struct looking *l = s->looking;

    if (l == NULL)
        return;
    if (l->sync != NULL)
        sync_history_cancel(l->sync, l);
    env_timer_cancel(s->api->set.env, &l->late);
    store_cancel(s->api->set.store, &l->op);
    free(l);
    s->looking = NULL;
}

static void end(struct looking *l, enum older older)
{
    struct session *s = l->session;
    const struct list_ask ask = l->ask;

    older_cancel(s);
    s->older = (uint8_t)older;
    if (s->state == SESSION_READY)
        tickets_list(s, &ask);
}

static void on_late(void *arg)
{
    struct looking *l = arg;

    l->late = NULL;
    end(l, OLDER_UNKNOWN);
}

static void begin(struct looking *l);

static void on_looked(enum store_result result, const union store_out *out, void *arg)
{
    struct looking *l = arg;

    l->op = NULL;
    if (result != STORE_OK || out->changed.changed) { /* still to be read */
        end(l, OLDER_UNKNOWN);
    } else if (!l->by_company && l->customer != 0) {
        l->by_company = true;
        begin(l);
    } else {
        end(l, OLDER_WHOLE);
    }
}

static void on_read(void *arg)
{
    struct looking *l = arg;
    struct api *api = l->session->api;

    l->sync = NULL;
    const struct store_history in = {.account = api->set.account(api->set.arg),
                                     .contact = l->by_company ? 0 : l->contact,
                                     .customer = l->by_company ? l->customer : 0,
                                     .now_ms = env_now_ms(api->set.env)};

    if (l->op == NULL)
        l->op = store_history(api->set.store, &in, on_looked, l);
}

static void begin(struct looking *l)
{
    l->sync = sync_of(l->session->api);
    /* Without one the timer ends it. */
    if (l->sync != NULL)
        sync_history(l->sync, l->by_company ? 0 : l->contact, l->by_company ? l->customer : 0,
                     on_read, l);
}

void older_begin(struct session *s, const struct list_ask *ask, int64_t contact, int64_t customer)
{
    struct looking *l;

    if (s->looking != NULL)
        return;
    if (sync_of(s->api) == NULL) {
        s->older = OLDER_UNKNOWN;
        return;
    }
    l = api_alloc(sizeof(*l));
    *l = (struct looking){.session = s,
                          .ask = *ask,
                          .contact = contact,
                          .customer = customer,
                          .by_company = contact == 0};
    s->looking = l;
    s->older = OLDER_READING;
    l->late = env_timer_start(s->api->set.env, OLDER_WITHIN_MS, on_late, l);
    begin(l);
}
