/* SPDX-License-Identifier: Apache-2.0 */
/* What a scan's verdicts rest on besides pages, for the ledger. */
#include "scan_int.h"

#include "evidence/evidence.h"
#include "text/text.h"

#include <bylaw/bylaw.h>

#include <stdio.h>

static void now(struct bylaw__moment *out, void *payload)
{
    const struct scan *scan = payload;
    const char *boot = scan->options->boot_id;

    *out = (struct bylaw__moment){.utc_ms = bylaw__scan_now(scan)};
    if (!boot)
        return;
    snprintf(out->boot, sizeof(out->boot), "%s", boot);
    out->ticks_ms = bylaw__scan_ticks(scan);
}

int bylaw__scan_keep(struct scan *scan, struct bylaw_error *err)
{
    scan->keep = (struct bylaw__keep_options){
        .ledger_path = scan->options->ledger_path,
        .key_path = scan->options->key_path,
        .now = now,
        .payload = scan,
    };
    if (!scan->keep.ledger_path)
        return 0;
    return bylaw__keeper_open(&scan->keeper, scan->store, &scan->keep, err);
}

static int enter_program(struct scan *scan, struct bylaw_error *err)
{
    struct bylaw__buf body = {0};
    int rc;

    bylaw__buf_printf(&body,
                      "{\"scan\":%lld,\"program\":\"bylaw " BYLAW_VERSION
                      "\",\"text_version\":%d}",
                      (long long)scan->row, BYLAW__TEXT_VERSION);
    rc = body.failed
             ? bylaw__fail_memory(err, "")
             : bylaw__store_due_add(scan->store, "program", body.ptr, err);
    bylaw__buf_release(&body);
    return rc;
}

/* Each rule that a source is judged by; known texts are not entered again. */
int bylaw__scan_basis(struct scan *scan, struct bylaw_error *err)
{
    size_t count = bylaw_auditor_source_count(scan->auditor);
    int rc = enter_program(scan, err);

    for (size_t i = 0; !rc && i < count; i++) {
        const struct bylaw_rule *rule =
            bylaw__pipeline_source_rule(scan->auditor, i);

        if (rule)
            rc = bylaw__store_rule_text(scan->store, rule->sha256, rule->id,
                                        rule->text, err);
    }
    return rc;
}
