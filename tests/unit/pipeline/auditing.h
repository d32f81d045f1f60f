/* SPDX-License-Identifier: Apache-2.0 */
/* What the pipeline's tests share: an auditor, files, pages at hand. */
#ifndef TEST_AUDITING_H
#define TEST_AUDITING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <stdio.h>
#include <unistd.h>

#include "pipeline/pipeline_int.h"
#include "report/report.h"

#define SEED    "seeds/global-research-japan-nato/source.yaml"
#define ARTICLE "https://www.globalresearch.ca/japan-nato-office/5819285"
#define PAGE    "https://harbour.example/world/japan"

#define CREDIT                                                                 \
    "<p>Source: <a href=\"" ARTICLE "\">Global Research</a>. Copyright "       \
    "© Ahmed Adel, InfoBrics, 2023.</p>"

static inline int64_t fixed_now(void *payload)
{
    (void)payload;
    return 1700000000000;
}

/* An auditor by the project's own rules, with a transport or the network. */
static inline bylaw_auditor *
new_auditor(const struct bylaw_transport *transport)
{
    struct bylaw_audit_options options = {.rules_dir = "rules",
                                          .now_ms = fixed_now,
                                          .transport = transport};
    struct bylaw_error err = {0};
    bylaw_auditor *auditor = NULL;

    if (bylaw_auditor_new(&auditor, &options, &err))
        fail_msg("%s: %s", err.id, err.what);
    return auditor;
}

static inline const struct bylaw_source *
add_source(bylaw_auditor *auditor, const char *spec, const char *url)
{
    struct bylaw_error err = {0};

    if (bylaw_auditor_add_source(auditor, spec, url, &err))
        fail_msg("%s: %s", err.id, err.what);
    return bylaw_auditor_source(auditor,
                                bylaw_auditor_source_count(auditor) - 1);
}

/* An auditor that knows the article in seeds/. */
static inline bylaw_auditor *new_seeded(const struct bylaw_transport *transport)
{
    bylaw_auditor *auditor = new_auditor(transport);

    add_source(auditor, SEED, ARTICLE);
    return auditor;
}

/* ----------------------------------------------------- files of a test --- */

#define MOST_FILES 128

static char files_dir[64];
static char file_paths[MOST_FILES][128];
static size_t file_count;

static inline int make_files(void **state)
{
    (void)state;
    snprintf(files_dir, sizeof(files_dir), "/tmp/bylaw-test-XXXXXX");
    return mkdtemp(files_dir) ? 0 : -1;
}

static inline int remove_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < file_count; i++)
        unlink(file_paths[i]);
    return rmdir(files_dir);
}

static inline const char *write_bytes(const char *name, struct bylaw_span bytes)
{
    char *path = file_paths[file_count++];
    FILE *file;

    assert_true(file_count < MOST_FILES);
    snprintf(path, sizeof(file_paths[0]), "%s/%s", files_dir, name);
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
    return path;
}

static inline const char *write_file(const char *name, const char *text)
{
    return write_bytes(name, bylaw__span_of(text));
}

/* ------------------------------------------------------- pages at hand --- */

static inline void fill(struct bylaw__buf *out, const char *page,
                        const struct bylaw_source *source)
{
    struct bylaw_error err = {0};

    if (bylaw__pipeline_fill(out, bylaw__span_of(page), source, "page", &err))
        fail_msg("%s: %s", err.id, err.what);
}

static inline struct bylaw_audit *
audit_bytes(bylaw_auditor *auditor, struct bylaw_span body, const char *type)
{
    struct bylaw_response *response = NULL;
    struct bylaw_audit *audit = NULL;
    struct bylaw_error err = {0};

    if (bylaw__response_from_bytes(&response, PAGE, PAGE, body, type, 0,
                                   &err) ||
        bylaw__pipeline_audit(&audit, auditor, response, PAGE, NULL, &err))
        fail_msg("%s: %s", err.id, err.what);
    return audit;
}

/* Audits a template filled with the article of source number 0. */
static inline struct bylaw_audit *audit_filled(bylaw_auditor *auditor,
                                               const char *page)
{
    struct bylaw__buf filled = {0};
    struct bylaw_audit *audit;

    fill(&filled, page, bylaw_auditor_source(auditor, 0));
    audit = audit_bytes(auditor, bylaw__buf_span(&filled), "text/html");
    bylaw__buf_release(&filled);
    return audit;
}

static inline void check_verdict(const struct bylaw_audit *audit,
                                 enum bylaw_verdict want)
{
    const struct bylaw_judgement *judgement = audit->rows[0].judgement;

    if (judgement->verdict != want)
        fail_msg("%s, not %s: %s", bylaw_verdict_name(judgement->verdict),
                 bylaw_verdict_name(want), judgement->because);
}

#endif
