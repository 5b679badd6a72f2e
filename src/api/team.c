/* Who works here, and who of them is at the console. */
#include "api/api_private.h"

#include <stdlib.h>
#include <string.h>

#include "duty/duty.h"

#define SOON_MS 200
#define GONE_MS 3000 /* who reloads the page is not gone */

static void forget(struct api *api)
{
    for (size_t i = 0; i < api->team_count; i++)
        free(api->team[i].name);
    free(api->team);
    api->team = NULL;
    api->team_count = 0;
}

bool team_is_present(const struct api *api, const struct id *id)
{
    for (const struct session *s = api->staff.first; s != NULL; s = s->next)
        if (id_equal(&s->staff->id, id))
            return true;
    return false;
}

/* What depends on who is here. */
static void tell_duty(struct api *api)
{
    for (size_t i = 0; api->set.duty != NULL && i < api->team_count; i++)
        duty_here(api->set.duty, &api->team[i].id, api->team[i].is_present);
}

static void tell_all(struct api *api)
{
    struct outgoing o;

    if (!api->team_known || api->staff.first == NULL)
        return;
    print_team(api);
    o = outgoing_of(&api->out);
    for (struct session *s = api->staff.first; s != NULL; s = s->next)
        session_send(s, &o);
    outgoing_done(&o);
}

static void was_read(enum store_result result, const union store_out *out, void *arg)
{
    struct api *api = arg;

    api->team_op = NULL;
    if (result != STORE_OK)
        return;
    forget(api);
    api->team = api_alloc((out->staff_list.count + 1) * sizeof(*api->team));
    for (size_t i = 0; i < out->staff_list.count; i++) {
        const struct store_staff *row = &out->staff_list.rows[i];

        if (row->disabled_ms != 0)
            continue;
        api->team[api->team_count++] = (struct team){.id = row->id,
                                                     .name = api_strdup(row->name),
                                                     .role = row->role,
                                                     .is_present = team_is_present(api, &row->id)};
    }
    api->team_known = true;
    tell_duty(api);
    tell_all(api);
}

void team_read(struct api *api)
{
    store_cancel(api->set.store, &api->team_op);
    api->team_op = store_staff_list(api->set.store, was_read, api);
}

void team_free(struct api *api)
{
    store_cancel(api->set.store, &api->team_op);
    env_timer_cancel(api->set.env, &api->team_soon);
    forget(api);
}

void api_team_changed(struct api *api)
{
    tell_all(api);
}

void team_told(struct session *s)
{
    if (!s->api->team_known)
        return;
    print_team(s->api);
    session_send_out(s);
}

/* Is somebody at the console who was added elsewhere, as by the command line? */
static bool is_missing(const struct api *api)
{
    for (const struct session *s = api->staff.first; s != NULL; s = s->next) {
        bool known = false;

        for (size_t i = 0; i < api->team_count && !known; i++)
            known = id_equal(&s->staff->id, &api->team[i].id);
        if (!known)
            return true;
    }
    return false;
}

static void look(void *arg)
{
    struct api *api = arg;
    bool changed = false;

    api->team_soon = NULL;
    for (size_t i = 0; i < api->team_count; i++) {
        const bool now = team_is_present(api, &api->team[i].id);

        changed = changed || now != api->team[i].is_present;
        api->team[i].is_present = now;
    }
    tell_duty(api);
    if (is_missing(api))
        team_read(api);
    else if (changed)
        tell_all(api);
}

void team_presence(struct api *api)
{
    bool came;

    if (api->stopping)
        return;
    came = is_missing(api);
    for (size_t i = 0; i < api->team_count && !came; i++)
        came = !api->team[i].is_present && team_is_present(api, &api->team[i].id);
    env_timer_cancel(api->set.env, &api->team_soon);
    api->team_soon = env_timer_start(api->set.env, came ? SOON_MS : GONE_MS, look, api);
}
