/* Prints the table of routes, one JSON object a line, or with --openapi the document that is made
 * of it; fails when a row has no rule. The tests of roles, of REST and of that document read it. */
#include <stdio.h>
#include <string.h>

#include "api/assets.h"
#include "api/openapi.h"
#include "api/rest.h"

/* The pages are not needed here. */
const struct asset assets[1];
const size_t assets_count = 0;

static const char *wrong_with(const struct rest_route *r, size_t at)
{
    const bool is_post = strcmp(r->method, "POST") == 0;

    if (!is_post && strcmp(r->method, "GET") != 0)
        return "neither GET nor POST";
    if (r->who < REST_PUBLIC || r->who > REST_KEY)
        return "nobody says who may call it";
    if ((r->who == REST_KEY) != (r->right != 0))
        return "a route for keys needs a right, another has none";
    if (is_post != (r->body_max > 0))
        return "a POST has a body with a maximum, a GET has none";
    if (strncmp(r->path, "/v1/", 4) != 0 || r->handler == NULL)
        return "no path or no handler";
    for (size_t i = 0; i < at; i++)
        if (strcmp(rest_routes[i].method, r->method) == 0 &&
            strcmp(rest_routes[i].path, r->path) == 0)
            return "twice in the table";
    return NULL;
}

int main(int argc, char **argv)
{
    int code = 0;

    if (argc == 2 && strcmp(argv[1], "--openapi") == 0)
        return puts(openapi_json) < 0;

    for (size_t i = 0; i < rest_route_count; i++) {
        const struct rest_route *r = &rest_routes[i];
        const char *wrong = wrong_with(r, i);

        printf("{\"method\":\"%s\",\"path\":\"%s\",\"who\":\"%s\",\"body_max\":%zu,\"open\":%s,"
               "\"right\":\"%s\"}\n",
               r->method, r->path, rest_who_name(r->who), r->body_max, r->open ? "true" : "false",
               rest_right_name(r->right));
        if (wrong != NULL) {
            fprintf(stderr, "%s %s: %s\n", r->method, r->path, wrong);
            code = 1;
        }
    }
    return code;
}
