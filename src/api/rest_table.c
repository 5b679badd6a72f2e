#include "api/rest_private.h"

const struct rest_route rest_routes[] = {
    {"GET", "/v1/session", REST_PUBLIC, 0, rest_get_session},
    {"POST", "/v1/sign-in", REST_PUBLIC, REST_BODY_MAX, rest_sign_in},
    {"POST", "/v1/sign-in/second", REST_PUBLIC, REST_BODY_MAX, rest_sign_in_second},
    {"POST", "/v1/sign-out", REST_PUBLIC, REST_BODY_MAX, rest_sign_out},
    {"GET", "/v1/oidc/start", REST_PUBLIC, 0, rest_oidc_start},
    {"GET", OIDC_CALLBACK, REST_PUBLIC, 0, rest_oidc_callback},
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
    {"GET", "/v1/statuses", REST_ADMIN, 0, rest_get_statuses},
    {"POST", "/v1/statuses", REST_ADMIN, REST_BODY_MAX, rest_set_statuses},
    {"GET", "/v1/audit", REST_ADMIN, 0, rest_audit_page},
    {"GET", "/v1/audit.csv", REST_ADMIN, 0, rest_audit_csv},
    {"POST", "/v1/setup/brand", REST_ADMIN, REST_BODY_MAX, rest_set_brand},
    {"POST", "/v1/setup/step", REST_ADMIN, REST_BODY_MAX, rest_set_step},

    {"GET", "/v1/mail", REST_ADMIN, 0, rest_mail},
    {"POST", "/v1/mail", REST_ADMIN, REST_BODY_MAX, rest_set_mail},
    {"POST", "/v1/mail/test", REST_ADMIN, REST_BODY_MAX, rest_mail_test},
    {"POST", "/v1/mail/{id}/retry", REST_ADMIN, REST_BODY_MAX, rest_mail_retry},
    {"POST", "/v1/mail/{id}/discard", REST_ADMIN, REST_BODY_MAX, rest_mail_discard},
    {"GET", "/v1/mail/off/{token}", REST_PUBLIC, 0, rest_mail_off_page},
    {"POST", "/v1/mail/off/{token}", REST_PUBLIC, REST_BODY_MAX, rest_mail_off, .open = true},

    {"GET", "/v1/people", REST_STAFF, 0, rest_people},
    {"GET", "/v1/people/{id}", REST_STAFF, 0, rest_person},
    {"POST", "/v1/people/{id}/link", REST_STAFF, REST_BODY_MAX, rest_person_link},
    {"POST", "/v1/people/{id}/unlink", REST_STAFF, REST_BODY_MAX, rest_person_unlink},
    {"POST", "/v1/people/{id}/block", REST_STAFF, REST_BODY_MAX, rest_person_block},
    {"POST", "/v1/people/{id}/unblock", REST_STAFF, REST_BODY_MAX, rest_person_unblock},
    {"POST", "/v1/people/{id}/sign-out", REST_STAFF, REST_BODY_MAX, rest_person_sign_out},
    {"POST", "/v1/people/{id}/manager", REST_ADMIN, REST_BODY_MAX, rest_person_manager},
    {"GET", "/v1/people/{id}/export", REST_ADMIN, 0, rest_person_export},
    {"POST", "/v1/people/{id}/erase", REST_ADMIN, REST_BODY_MAX, rest_person_erase},
    {"GET", "/v1/attention", REST_STAFF, 0, rest_attention},
    {"POST", "/v1/psa/companies", REST_STAFF, REST_BODY_MAX, rest_psa_companies},
    {"POST", "/v1/psa/contacts", REST_STAFF, REST_BODY_MAX, rest_psa_contacts},
    {"GET", "/v1/domains", REST_ADMIN, 0, rest_domains},
    {"POST", "/v1/domains", REST_ADMIN, REST_BODY_MAX, rest_domain_put},
    {"POST", "/v1/domains/remove", REST_ADMIN, REST_BODY_MAX, rest_domain_remove},

    {"GET", "/v1/psas", REST_ADMIN, 0, rest_psas},
    {"GET", "/v1/connectors", REST_ADMIN, 0, rest_connectors},
    {"POST", "/v1/connectors/understand", REST_ADMIN, REST_BODY_MAX, rest_connector_understand},
    {"POST", "/v1/connectors/test", REST_ADMIN, REST_BODY_MAX, rest_connector_test},
    {"POST", "/v1/connectors/save", REST_ADMIN, REST_BODY_MAX, rest_connector_save},
    {"POST", "/v1/connectors/{kind}/companies", REST_ADMIN, REST_BODY_MAX,
     rest_connector_companies},
    {"POST", "/v1/connectors/{kind}/options", REST_ADMIN, REST_BODY_MAX, rest_connector_options},
    {"POST", "/v1/connectors/{kind}/pause", REST_ADMIN, REST_BODY_MAX, rest_connector_pause},
    {"POST", "/v1/connectors/{kind}/resume", REST_ADMIN, REST_BODY_MAX, rest_connector_resume},
    {"POST", "/v1/connectors/{kind}/remove", REST_ADMIN, REST_BODY_MAX, rest_connector_remove},
    {"GET", "/v1/connectors/{kind}/consequences", REST_ADMIN, 0, rest_connector_consequences},
    {"GET", "/v1/connectors/{kind}/webhook", REST_ADMIN, 0, rest_hook_look},
    {"POST", "/v1/connectors/{kind}/webhook/renew", REST_ADMIN, REST_BODY_MAX, rest_hook_renew},
    {"POST", "/v1/hook/{token}", REST_PUBLIC, 256 * 1024, rest_hook, .open = true, .free = true},
    {"GET", "/v1/connectors/{kind}/parked", REST_ADMIN, 0, rest_parked},
    {"POST", "/v1/outbox/{conversation}/retry", REST_ADMIN, REST_BODY_MAX, rest_outbox_retry},
    {"POST", "/v1/outbox/{conversation}/company", REST_ADMIN, REST_BODY_MAX, rest_outbox_company},
    {"POST", "/v1/outbox/{conversation}/discard", REST_ADMIN, REST_BODY_MAX, rest_outbox_discard},
};
const size_t rest_route_count = COUNT_OF(rest_routes);

const char *rest_who_name(enum rest_who who)
{
    static const char *const names[] = {"?", "public", "staff", "admin"};

    return (size_t)who < COUNT_OF(names) ? names[who] : "?";
}
