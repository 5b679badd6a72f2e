#include "api/rest_private.h"

const struct rest_route rest_routes[] = {
    {"GET", "/v1/session", REST_PUBLIC, 0, rest_get_session},
    {"POST", "/v1/sign-in", REST_PUBLIC, REST_BODY_MAX, rest_sign_in},
    {"POST", "/v1/sign-in/second", REST_PUBLIC, REST_BODY_MAX, rest_sign_in_second},
    {"POST", "/v1/sign-out", REST_PUBLIC, REST_BODY_MAX, rest_sign_out},
    {"POST", "/v1/link/read", REST_PUBLIC, REST_BODY_MAX, rest_link_read},
    {"POST", "/v1/link/use", REST_PUBLIC, REST_BODY_MAX, rest_link_use},
    {"GET", "/v1/brand", REST_PUBLIC, 0, rest_get_brand},

    {"POST", "/v1/me/password", REST_STAFF, REST_BODY_MAX, rest_me_password},
    {"POST", "/v1/me/totp/begin", REST_STAFF, REST_BODY_MAX, rest_totp_begin},
    {"POST", "/v1/me/totp/confirm", REST_STAFF, REST_BODY_MAX, rest_totp_confirm},
    {"POST", "/v1/me/totp/off", REST_STAFF, REST_BODY_MAX, rest_totp_off},
    {"GET", "/v1/me/sessions", REST_STAFF, 0, rest_me_sessions},
    {"POST", "/v1/me/sign-out-everywhere", REST_STAFF, REST_BODY_MAX, rest_me_sign_out_everywhere},

    {"GET", "/v1/staff", REST_ADMIN, 0, rest_staff_list},
    {"POST", "/v1/staff", REST_ADMIN, REST_BODY_MAX, rest_staff_add},
    {"POST", "/v1/staff/{id}", REST_ADMIN, REST_BODY_MAX, rest_staff_change},
    {"POST", "/v1/staff/{id}/reset", REST_ADMIN, REST_BODY_MAX, rest_staff_reset},
    {"GET", "/v1/audit", REST_ADMIN, 0, rest_audit_page},
    {"GET", "/v1/audit.csv", REST_ADMIN, 0, rest_audit_csv},
    {"POST", "/v1/setup/brand", REST_ADMIN, REST_BODY_MAX, rest_set_brand},
    {"POST", "/v1/setup/step", REST_ADMIN, REST_BODY_MAX, rest_set_step},
};
const size_t rest_route_count = COUNT_OF(rest_routes);

const char *rest_who_name(enum rest_who who)
{
    static const char *const names[] = {"?", "public", "staff", "admin"};

    return (size_t)who < COUNT_OF(names) ? names[who] : "?";
}
