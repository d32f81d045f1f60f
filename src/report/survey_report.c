/* SPDX-License-Identifier: Apache-2.0 */
/* The table of forms that a survey can take. */
#include "survey_int.h"

typedef int write_fn(struct bylaw__buf *out,
                     const struct bylaw__report_matter *matter,
                     struct bylaw_error *err);

#define FORM(name, call)                                                       \
    static int write_##name(struct bylaw__buf *out,                            \
                            const struct bylaw__report_matter *matter,         \
                            struct bylaw_error *err)                           \
    {                                                                          \
        return call;                                                           \
    }

FORM(html, bylaw__survey_html(out, matter, err))
FORM(json, bylaw__survey_json(out, matter->survey, err))
FORM(ndjson, bylaw__survey_ndjson(out, matter->survey, err))
FORM(csv, bylaw__survey_csv(out, matter->survey, err))
FORM(markdown, bylaw__survey_markdown(out, matter->survey, err))
FORM(sarif, bylaw__survey_sarif(out, matter->survey, matter->find_term, err))
FORM(junit, bylaw__survey_junit(out, matter->survey, err))
FORM(atom, bylaw__report_news_atom(out, matter->feed, err))

/* Ages are counted to the newest thing known, not to the moment of writing. */
static int write_prometheus(struct bylaw__buf *out,
                            const struct bylaw__report_matter *matter,
                            struct bylaw_error *err)
{
    (void)err;
    bylaw__report_metrics(out, &matter->survey->metrics,
                          matter->survey->as_of_ms);
    return 0;
}

static const struct {
    const char *name;
    write_fn *write;
} formats[] = {
    [BYLAW__REPORT_HTML] = {"html", write_html},
    [BYLAW__REPORT_JSON] = {"json", write_json},
    [BYLAW__REPORT_NDJSON] = {"ndjson", write_ndjson},
    [BYLAW__REPORT_CSV] = {"csv", write_csv},
    [BYLAW__REPORT_MARKDOWN] = {"md", write_markdown},
    [BYLAW__REPORT_SARIF] = {"sarif", write_sarif},
    [BYLAW__REPORT_JUNIT] = {"junit", write_junit},
    [BYLAW__REPORT_ATOM] = {"atom", write_atom},
    [BYLAW__REPORT_PROMETHEUS] = {"prometheus", write_prometheus},
};

const char *bylaw__report_format_name(enum bylaw__report_format format)
{
    return (size_t)format < BYLAW__REPORT_FORMATS ? formats[format].name : "";
}

int bylaw__report_format_of(const char *name)
{
    for (int i = 0; i < BYLAW__REPORT_FORMATS; i++)
        if (!strcmp(formats[i].name, name))
            return i;
    return -1;
}

int bylaw__report_survey(struct bylaw__buf *out,
                         enum bylaw__report_format format,
                         const struct bylaw__report_matter *matter,
                         struct bylaw_error *err)
{
    int rc = formats[format].write(out, matter, err);

    return !rc && out->failed
               ? bylaw__fail(err, BYLAW_ELIMIT, "report.too-large", "",
                             "the report would be larger than "
                             "%zu MiB",
                             BYLAW_LIMIT_REPORT_BYTES >> 20)
               : rc;
}
