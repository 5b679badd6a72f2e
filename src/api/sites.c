/* The sites that sign tokens of who their visitors are: kept in memory, for every hello may ask. */
#include "api/api_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/jose.h"
#include "base/log.h"
#include "base/secret.h"

void site_context(const char *key, char to[SITE_CONTEXT_SIZE])
{
    (void)snprintf(to, SITE_CONTEXT_SIZE, "site/%.50s", key);
}

static void drop(struct api *api)
{
    for (size_t i = 0; i < api->site_count; i++) {
        jose_shared_free(api->sites[i].keys);
        free(api->sites[i].key);
    }
    free(api->sites);
    api->sites = NULL;
    api->site_count = 0;
}

static int add_key(struct api *api, const struct store_site *site, enum jose_algorithm alg,
                   struct jose_shared *keys, const char *kept)
{
    char context[SITE_CONTEXT_SIZE];
    struct secret *secret;
    int code;

    if (alg != JOSE_HS256)
        return jose_shared_add(keys, kept, strlen(kept));
    site_context(site->key, context);
    secret = secret_open(api->set.key, kept, context);
    if (secret == NULL)
        return -1;
    code = jose_shared_add(keys, secret_reveal(secret), secret_len(secret));
    secret_free(secret);
    return code;
}

static void take_one(struct api *api, const struct store_site *from, struct site *to)
{
    enum jose_algorithm alg;
    size_t count = 0;

    to->key = api_strdup(from->key);
    if (jose_algorithm_of(from->algorithm, &alg) < 0)
        alg = JOSE_HS256;
    to->keys = jose_shared_new(alg);
    for (size_t i = 0; i < from->secret_count; i++)
        if (add_key(api, from, alg, to->keys, from->secrets[i].kept) == 0)
            to->secrets[count++] = from->secrets[i].id;
        else
            log_event(LOG_ERROR, "api", "site_secret_not_usable", LOG_S("site", from->key));
}

void sites_take(struct api *api, const struct store_sites *all)
{
    drop(api);
    api->sites = api_alloc((all->count + 1) * sizeof(*api->sites));
    api->site_count = all->count;
    for (size_t i = 0; i < all->count; i++)
        take_one(api, &all->rows[i], &api->sites[i]);
    api->sites_known = true;
}

static void were_read(enum store_result result, const union store_out *out, void *arg)
{
    struct api *api = arg;

    api->sites_op = NULL;
    if (result == STORE_OK)
        sites_take(api, &out->sites);
}

void sites_read(struct api *api)
{
    if (api->sites_op == NULL)
        api->sites_op = store_site_list(api->set.store, were_read, api);
}

void sites_free(struct api *api)
{
    store_cancel(api->set.store, &api->sites_op);
    drop(api);
}

const struct site *site_find(const struct api *api, const char *key)
{
    for (size_t i = 0; i < api->site_count; i++)
        if (strcmp(api->sites[i].key, key) == 0)
            return &api->sites[i];
    return NULL;
}
