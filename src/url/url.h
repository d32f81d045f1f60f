/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: url (floor 1)
 *
 * Purpose  Web addresses as browsers read them, and "is this the same page?"
 * Takes    text, a base address.
 * Gives    bylaw_url: href, parts, site, canonical key, relation to another.
 * May include  base; libpsl (public suffixes), ICU (UTS 46).
 *
 * Invariants
 *  1. Parsing follows https://url.spec.whatwg.org/ for special schemes.
 *  2. parse(href(u)) == u, and canonical(canonical-as-url) is itself.
 *  3. No network, no clock, no environment: unwrapping is by form alone.
 *  4. What cannot be unwrapped offline (a shortener) is another site, never
 *     "the same page".
 */
#ifndef BYLAW_SRC_URL_H
#define BYLAW_SRC_URL_H

#include "base/base.h"

#include <bylaw/url.h>

/**
 * Known shorteners and click counters whose target cannot be read off the
 * address (t.co, bit.ly ...): a link through one may reach anything.
 */
bool bylaw__url_is_opaque_redirect(const bylaw_url *url);

#endif
