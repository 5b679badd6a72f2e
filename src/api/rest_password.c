/* Passwords, checked and made on the pool. */
#include "api/rest_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/password.h"

struct job {
    struct rest *r; /* the loop's thread only; valid unless cancelled */
    struct secret *password;
    char hash[PASSWORD_HASH_SIZE]; /* to check against, or made */
    bool makes, good;
    void (*verified)(struct rest *r, bool good);
    void (*hashed)(struct rest *r, const char *hash);
};

static void job_run(void *arg)
{
    struct job *j = arg;

    if (j->makes)
        j->good = password_hash(j->password, j->hash) == 0;
    else
        j->good = password_verify(j->password, j->hash);
}

static void job_done(void *arg)
{
    struct job *j = arg;
    struct rest *r = j->r;

    r->work = NULL;
    if (!j->makes)
        j->verified(r, j->good);
    else if (j->good)
        j->hashed(r, arena_strdup(r->arena, j->hash));
    else
        rest_error_busy(r);
}

static void job_free(void *arg)
{
    struct job *j = arg;

    secret_free(j->password);
    free(j);
}

static const struct work_calls calls = {job_run, job_done, job_free};

static struct job *job_new(struct rest *r, const char *password)
{
    struct job *j = api_alloc(sizeof(*j));

    j->r = r;
    j->password = secret_new(password, strlen(password));
    return j;
}

static void start(struct job *j)
{
    struct rest *r = j->r;

    if (r->x == NULL) { /* nobody waits for it any more */
        job_free(j);
        rest_end(r);
        return;
    }
    r->work = work_start(r->api->set.work, &calls, j);
    if (r->work == NULL)
        rest_error_busy(r);
}

void rest_verify(struct rest *r, const char *password, const char *hash,
                 void (*then)(struct rest *r, bool good))
{
    struct job *j = job_new(r, password);

    if (strlen(hash) < sizeof(j->hash))
        memcpy(j->hash, hash, strlen(hash));
    j->verified = then;
    start(j);
}

void rest_hash(struct rest *r, const char *password, void (*then)(struct rest *r, const char *hash))
{
    struct job *j = job_new(r, password);

    j->makes = true;
    j->hashed = then;
    start(j);
}
