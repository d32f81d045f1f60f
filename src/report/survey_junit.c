/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A survey as JUnit's XML: a suite an article, a test a page and duty. What
 * cannot be told, and what a person allowed, is skipped, never failed.
 */
#include "survey_int.h"

static void add_attribute(struct bylaw__buf *out, const char *name,
                          const char *value)
{
    bylaw__buf_printf(out, " %s=\"", name);
    bylaw__report_xml(out, value);
    bylaw__buf_add_char(out, '"');
}

static void add_failure(struct bylaw__buf *out,
                        const struct finding_view *finding)
{
    bylaw__buf_add_text(out, "<failure");
    add_attribute(out, "type", finding->is_partial ? "incomplete" : "not-met");
    add_attribute(out, "message", finding->why);
    bylaw__buf_add_char(out, '>');
    bylaw__report_xml(out, finding->text);
    bylaw__buf_add_text(out, "</failure>");
}

static void add_skip(struct bylaw__buf *out, const char *message)
{
    bylaw__buf_add_text(out, "<skipped");
    add_attribute(out, "message", message);
    bylaw__buf_add_text(out, "/>");
}

static void add_outcome(struct bylaw__buf *out, const struct audit_view *view,
                        const struct finding_view *finding)
{
    if (bylaw__state_is_hidden(view->c->state))
        add_skip(out, view->c->reason);
    else if (bylaw__finding_is_unmet(finding))
        add_failure(out, finding);
    else if (strcmp(finding->outcome, "pass") != 0)
        add_skip(out, finding->why);
}

static void add_test(struct bylaw__buf *out, const struct audit_view *view,
                     const struct finding_view *finding)
{
    bylaw__buf_add_text(out, "<testcase");
    add_attribute(out, "classname", view->c->url);
    add_attribute(out, "name", finding->id);
    bylaw__buf_add_char(out, '>');
    add_outcome(out, view, finding);
    bylaw__buf_add_text(out, "</testcase>\n");
}

/* A page without findings still is a test: that it could be judged at all. */
static void add_case(struct bylaw__buf *out, const struct audit_view *view)
{
    for (size_t i = 0; i < view->finding_count; i++)
        add_test(out, view, &view->findings[i]);
    if (view->finding_count)
        return;
    bylaw__buf_add_text(out, "<testcase");
    add_attribute(out, "classname", view->c->url);
    bylaw__buf_add_text(out, " name=\"verdict\">");
    if (!strcmp(view->c->verdict, "undetermined"))
        add_skip(out, view->c->because);
    bylaw__buf_add_text(out, "</testcase>\n");
}

static int add_suite(struct bylaw__buf *out, struct audit_view *view,
                     const struct bylaw_survey *survey, size_t source,
                     struct bylaw_error *err)
{
    int rc = 0;

    bylaw__buf_add_text(out, "<testsuite");
    add_attribute(out, "name", survey->sources[source].name);
    bylaw__buf_add_text(out, ">\n");
    for (size_t i = 0; !rc && i < survey->case_count; i++) {
        if (survey->cases[i].source != source)
            continue;
        rc = bylaw__view_open(view, survey, i, err);
        if (!rc)
            add_case(out, view);
    }
    bylaw__buf_add_text(out, "</testsuite>\n");
    return rc;
}

int bylaw__survey_junit(struct bylaw__buf *out,
                        const struct bylaw_survey *survey,
                        struct bylaw_error *err)
{
    struct audit_view view = {.is_bare = true};
    int rc = 0;

    bylaw__buf_add_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                             "<testsuites name=\"bylaw\">\n");
    for (size_t i = 0; !rc && i < survey->source_count; i++)
        rc = add_suite(out, &view, survey, i, err);
    bylaw__buf_add_text(out, "</testsuites>\n");
    bylaw__view_close(&view);
    return rc;
}
