/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files that draft notices only. */
#ifndef BYLAW_NOTICE_INT_H
#define BYLAW_NOTICE_INT_H

#include "survey_int.h"

/** What a template may speak of. An empty value is a fact that is not known. */
struct notice_fact {
    const char *name;
    struct bylaw_span value;
};
enum { NOTICE_DUTY_FACTS = 5 };
struct notice_duty {
    struct notice_fact facts[NOTICE_DUTY_FACTS];
};
struct notice_facts {
    const struct notice_fact *items;
    size_t count;
    const struct notice_duty *duties;
    size_t duty_count;
};

/** What a duty is called in the template's language; empty: not said. */
struct bylaw_span bylaw__notice_label(struct bylaw_span template,
                                      const char *duty);
/** Fills subject and body. Fails with notice.template, naming the line. */
int bylaw__notice_fill(struct bylaw__notice *out, struct bylaw_span template,
                       const char *path, const struct notice_facts *facts,
                       struct bylaw_error *err);

#endif
