/* What programs can ask, for programs (OpenAPI 3.1). */
#include "api/openapi.h"
#include "api/rest_api.h"

void rest_openapi(struct rest *r)
{
    buf_clear(&r->out);
    buf_append(&r->out, openapi_json, openapi_len);
    rest_again(r, 200);
}
