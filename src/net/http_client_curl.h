/* The real HTTPS client: libcurl's multi interface on the loop. */
#ifndef PARLEY_HTTP_CLIENT_CURL_H
#define PARLEY_HTTP_CLIENT_CURL_H

#include "base/err.h"
#include "net/http_client.h"
#include "net/loop.h"

/* A client that keeps connections alive between requests and verifies certificates against the
 * system's authorities. connections_max: open at once; more requests wait in order. user_agent is
 * copied. NULL with err. */
struct http_client *http_client_curl_new(struct loop *loop, const char *user_agent,
                                         int connections_max, struct err *err) WARN_UNUSED;
/* Cancels what is under way (its callbacks never run). NULL does nothing. */
void http_client_curl_free(struct http_client *client);

#endif
