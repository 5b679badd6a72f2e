/* The pages' files, made into arrays by embed.py at build time. */
#ifndef SANDBOX_PAGE_H
#define SANDBOX_PAGE_H

#include <stddef.h>

extern const unsigned char sandbox_index_html[], sandbox_page_css[], sandbox_page_js[],
    sandbox_site_css[], sandbox_site_js[];
extern const size_t sandbox_index_html_len, sandbox_page_css_len, sandbox_page_js_len,
    sandbox_site_css_len, sandbox_site_js_len;

#endif
