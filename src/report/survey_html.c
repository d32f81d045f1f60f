/* SPDX-License-Identifier: Apache-2.0 */
/* A survey as one HTML page that needs nothing else and loads nothing. */
#include "html_report.h"

/* '<' ends a script element's data early; JSON has it only inside strings. */
void bylaw__html_json(struct bylaw__buf *out, struct bylaw_span json)
{
    size_t plain = 0;

    for (size_t i = 0; i < json.len; i++) {
        if (json.ptr[i] != '<')
            continue;
        bylaw__buf_add_span(out, bylaw__span_sub(json, plain, i));
        bylaw__buf_add_text(out, "\\u003c");
        plain = i + 1;
    }
    bylaw__buf_add_span(out, bylaw__span_sub(json, plain, json.len));
}

void bylaw__html_text(struct bylaw__buf *out, const char *text)
{
    bylaw__report_xml(out, text);
}

/* ----------------------------------------------------------- the slots --- */

/* A hash by which the page's policy lets its own style and script pass. */
static int add_hash(struct html_report *report, enum report_asset asset)
{
    unsigned char digest[BYLAW__SHA256_BYTES];
    bylaw__sha256 *sha = NULL;
    int rc = bylaw__sha256_new(&sha, report->err);

    if (!rc)
        rc = bylaw__sha256_of(digest, sha, bylaw__report_asset(asset));
    bylaw__sha256_free(sha);
    if (rc)
        return rc;
    bylaw__buf_add_text(report->out, "sha256-");
    bylaw__buf_add_base64(report->out,
                          (struct bylaw_span){(char *)digest, sizeof(digest)});
    return 0;
}

static int put_script_hash(struct html_report *report)
{
    return add_hash(report, REPORT_SCRIPT);
}

static int put_style_hash(struct html_report *report)
{
    return add_hash(report, REPORT_STYLE);
}

static int put_script(struct html_report *report)
{
    bylaw__buf_add_span(report->out, bylaw__report_asset(REPORT_SCRIPT));
    return 0;
}

static int put_style(struct html_report *report)
{
    bylaw__buf_add_span(report->out, bylaw__report_asset(REPORT_STYLE));
    return 0;
}

/* A file asks for nothing; a served page, of its own server alone. */
static int put_connect(struct html_report *report)
{
    if (report->matter->review)
        bylaw__buf_add_text(report->out, "connect-src 'self'; ");
    return 0;
}

static int put_summary(struct html_report *report)
{
    bylaw__html_summary(report);
    return 0;
}

#define PLAIN_BYTES ((size_t)1 << 20) /* of an index; a longer one is packed */

static int put_packed(struct html_report *report, struct bylaw_span json)
{
    struct libdeflate_compressor *packer = bylaw__html_packer(report->survey);
    int rc = packer ? bylaw__html_packed(report->out, "index", json, packer,
                                         report->err)
                    : bylaw__fail_memory(report->err, "");

    libdeflate_free_compressor(packer);
    return rc;
}

static int put_index(struct html_report *report)
{
    struct bylaw__buf json;
    int rc;

    bylaw__buf_init(&json, BYLAW_LIMIT_REPORT_BYTES);
    rc = bylaw__html_index(&json, report);
    report->out->failed |= json.failed;
    if (!rc && json.len > PLAIN_BYTES)
        rc = put_packed(report, bylaw__buf_span(&json));
    else if (!rc) {
        bylaw__buf_add_text(report->out,
                            "<script type=\"application/json\" id=\"index\">");
        bylaw__html_json(report->out, bylaw__buf_span(&json));
        bylaw__buf_add_text(report->out, "</script>\n");
    }
    bylaw__buf_release(&json);
    return rc;
}

static int put_details(struct html_report *report)
{
    bylaw__buf_add_span(report->out, bylaw__buf_span(&report->details));
    report->out->failed |= report->details.failed;
    return 0;
}

static const struct {
    const char *name;
    int (*put)(struct html_report *report);
} slots[] = {
    {"script-hash", put_script_hash}, {"style-hash", put_style_hash},
    {"connect", put_connect},         {"style", put_style},
    {"summary", put_summary},         {"index", put_index},
    {"details", put_details},         {"script", put_script},
};

static int put_slot(struct html_report *report, struct bylaw_span name)
{
    for (size_t i = 0; i < sizeof(slots) / sizeof(slots[0]); i++)
        if (bylaw__span_is(name, slots[i].name))
            return slots[i].put(report);
    return bylaw__fail(report->err, BYLAW_EINTERNAL, "base.defect",
                       "report.html", "a slot has no filling");
}

/* One pass over the template: what is filled in is never looked at again, so
 * no text of a page can be taken for a slot. */
static int fill_template(struct html_report *report)
{
    struct bylaw_span page = bylaw__report_asset(REPORT_PAGE);
    size_t at = 0;
    int rc = 0;

    while (!rc) {
        struct bylaw_span rest = bylaw__span_sub(page, at, page.len);
        size_t open = bylaw__span_find(rest, BYLAW__SPAN("{{"));
        size_t close = bylaw__span_find(rest, BYLAW__SPAN("}}"));

        if (open == SIZE_MAX || close == SIZE_MAX) {
            bylaw__buf_add_span(report->out, rest);
            break;
        }
        bylaw__buf_add_span(report->out, bylaw__span_sub(rest, 0, open));
        rc = put_slot(report, bylaw__span_sub(rest, open + 2, close));
        at += close + 2;
    }
    return rc;
}

int bylaw__survey_html(struct bylaw__buf *out,
                       const struct bylaw__report_matter *matter,
                       struct bylaw_error *err)
{
    struct html_report report = {.out = out,
                                 .survey = matter->survey,
                                 .matter = matter,
                                 .err = err};
    int rc = bylaw__tally(&report.tally, matter->survey, err);

    bylaw__buf_init(&report.details, BYLAW_LIMIT_REPORT_BYTES);
    if (!rc)
        rc = bylaw__html_details(&report);
    if (!rc)
        rc = fill_template(&report);
    bylaw__buf_release(&report.details);
    bylaw__buf_release(&report.firsts);
    bylaw__tally_release(&report.tally);
    return rc;
}
