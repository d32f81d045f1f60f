/* SPDX-License-Identifier: Apache-2.0 */
/* The tree as its own files see it; the only header that knows gumbo. */
#ifndef BYLAW_DOM_INT_H
#define BYLAW_DOM_INT_H

#include "html_int.h"

#include <gumbo.h>

struct bylaw__dom {
    struct bylaw__arena arena; /* every node, attribute, copied text, map */
    struct bylaw__node *root;
    bool is_quirks;
};

/** Says that a ceiling ended the parse: BYLAW_EABORTED, html.aborted. */
int bylaw__dom_fail_aborted(struct bylaw_error *err, const char *what,
                            unsigned ceiling);

/**
 * Builds dom from gumbo's tree. page is the text the tree points back into;
 * source is what gumbo read: the same length, equal but for digits.
 */
int bylaw__dom_convert(bylaw__dom *dom, const GumboNode *document,
                       struct bylaw_span page, struct bylaw_span source,
                       struct bylaw_error *err);

#endif
