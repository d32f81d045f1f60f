/* SPDX-License-Identifier: Apache-2.0 */
/* A mail server or webhook receiver on loopback that keeps what it is told. */
#ifndef BYLAW_TESTS_ALERT_SINK_H
#define BYLAW_TESTS_ALERT_SINK_H

#include "base/base.h"

enum sink_manner {
    SINK_MAIL = 0,      /* takes every message; offers no encryption */
    SINK_MAIL_REFUSES,  /* answers 550 to every reader */
    SINK_HOOK,          /* answers 204 */
    SINK_HOOK_FAILS,    /* answers 500 */
    SINK_HOOK_REDIRECTS /* answers 307 to itself */
};

struct alert_sink;

/** Listens on 127.0.0.1; NULL where no port could be had. */
struct alert_sink *sink_start(enum sink_manner manner);
unsigned sink_port(const struct alert_sink *sink);
/** From the next connection on. */
void sink_turn(struct alert_sink *sink, enum sink_manner manner);
/** Connections that came so far. */
size_t sink_count(struct alert_sink *sink);
/** Everything the other side said, all connections after each other. The
 *  bytes last until the sink is freed; ends the listening. */
struct bylaw_span sink_heard(struct alert_sink *sink);
void sink_free(struct alert_sink *sink);

#endif
