#include "api/rest_private.h"

const struct rest_route rest_routes[] = {
    {"GET", "/v1/session", REST_PUBLIC, 0, rest_get_session},
    {"POST", "/v1/sign-in", REST_PUBLIC, REST_BODY_MAX, rest_sign_in},
    {"POST", "/v1/sign-out", REST_PUBLIC, REST_BODY_MAX, rest_sign_out},
    {"POST", "/v1/link/read", REST_PUBLIC, REST_BODY_MAX, rest_link_read},
    {"POST", "/v1/link/use", REST_PUBLIC, REST_BODY_MAX, rest_link_use},
    {"GET", "/v1/brand", REST_PUBLIC, 0, rest_get_brand},
};
const size_t rest_route_count = COUNT_OF(rest_routes);

const char *rest_who_name(enum rest_who who)
{
    static const char *const names[] = {"?", "public", "staff", "admin"};

    return (size_t)who < COUNT_OF(names) ? names[who] : "?";
}
