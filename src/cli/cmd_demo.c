/* SPDX-License-Identifier: Apache-2.0 */
/* bylaw demo: a loopback site with reposts, audited over HTTP. */
#include "cli.h"
#include "demo_site.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#define SEED      "seeds/global-research-japan-nato/source.yaml"
#define MOST_URLS 64

/* The page whose whole checklist is printed at the end. */
static const char checklist_file[] = "hash-link.html";

static volatile sig_atomic_t interrupted;

static void interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

static void print_notice(struct cli *cli, const demo_site *site)
{
    if (!cli->options.quiet)
        fprintf(stderr,
                "Serving the demo site on 127.0.0.1:%u under its own host "
                "names.\n",
                demo_site_port(site));
}

static void add_line(struct bylaw__buf *out, const struct cli *cli,
                     const struct demo_page *page,
                     const struct bylaw_audit *audit)
{
    const struct bylaw_judgement *judgement = audit->rows[0].judgement;

    bylaw__buf_printf(out, "%-14s %s%s\n",
                      bylaw_verdict_name(judgement->verdict), page->host,
                      page->path);
    if (!cli->options.quiet)
        bylaw__buf_printf(out, "%15s(%s)\n%15s%s\n", "", page->shows, "",
                          judgement->because);
}

static int audit_page(struct cli *cli, bylaw_auditor *auditor,
                      const struct demo_page *page, struct bylaw__buf *out,
                      struct bylaw__buf *checklist)
{
    struct bylaw_audit *audit = NULL;
    struct bylaw_error err = {0};
    char url[1024];

    snprintf(url, sizeof(url), "http://%s%s", page->host, page->path);
    if (bylaw_audit_page(&audit, auditor, url, NULL, &err))
        return cli_complain(cli, &err);
    if (cli->options.json)
        bylaw__report_audit_json(out, audit);
    else
        add_line(out, cli, page, audit);
    if (!strcmp(page->file, checklist_file))
        bylaw__report_audit_text(checklist, audit, &cli->out_style);
    bylaw_audit_free(audit);
    return 0;
}

static int audit_pages(struct cli *cli, bylaw_auditor *auditor)
{
    struct bylaw__buf out, checklist;
    const struct demo_page *page;
    int rc = 0;

    bylaw__buf_init(&out, 0);
    bylaw__buf_init(&checklist, 0);
    for (size_t i = 0; !rc && (page = demo_page_at(i)); i++)
        if (page->is_repost)
            rc = audit_page(cli, auditor, page, &out, &checklist);
    if (!rc && !cli->options.json && !cli->options.quiet) {
        bylaw__buf_add_text(&out, "\nThe checklist of one of them:\n\n");
        bylaw__buf_add_span(&out, bylaw__buf_span(&checklist));
    }
    if (!rc)
        rc = cli_print(cli, &out);
    bylaw__buf_release(&out);
    bylaw__buf_release(&checklist);
    return rc;
}

/* Each host of the site as HOST:80:127.0.0.1:PORT. */
struct routes {
    char texts[MOST_URLS][128];
    const char *items[MOST_URLS + 1];
};

static void make_routes(struct routes *routes, const demo_site *site)
{
    const struct demo_page *page;
    size_t i;

    for (i = 0; i < MOST_URLS && (page = demo_page_at(i)); i++) {
        snprintf(routes->texts[i], sizeof(routes->texts[i]),
                 "%s:80:127.0.0.1:%u", page->host, demo_site_port(site));
        routes->items[i] = routes->texts[i];
    }
    routes->items[i] = NULL;
}

static void keep_serving(void)
{
    struct sigaction action = {.sa_handler = interrupt};

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    fprintf(stderr, "Interrupt to stop.\n");
    while (!interrupted)
        pause();
}

static int start_site(demo_site **out, struct cli *cli, bylaw_auditor *auditor)
{
    char seed[4400], pages[4400];
    struct bylaw_error err = {0};

    snprintf(seed, sizeof(seed), "%s/%s", cli->data_dir, SEED);
    snprintf(pages, sizeof(pages), "%s/audit/demo", cli->data_dir);
    if (bylaw_auditor_add_source(auditor, seed, demo_source_url, &err) ||
        demo_site_start(out, pages, bylaw_auditor_source(auditor, 0),
                        cli->options.port, &err))
        return cli_complain(cli, &err);
    return 0;
}

/* The fetch options must know the port, which only the running site knows;
 * the site in turn needs the source's text. So one auditor loads the source
 * and a second one, which knows the port, audits. */
static int audit_site(struct cli *cli, demo_site *site)
{
    static const char *const loopback[] = {"127.0.0.0/8", NULL};
    struct bylaw_audit_options options;
    struct routes routes;
    bylaw_auditor *auditor = NULL;
    struct bylaw_error err = {0};
    char seed[4400];
    int rc;

    make_routes(&routes, site);
    cli_audit_options(cli, &options);
    options.fetch.allow_ranges = loopback;
    options.fetch.connect_to = routes.items;
    snprintf(seed, sizeof(seed), "%s/%s", cli->data_dir, SEED);
    if (bylaw_auditor_new(&auditor, &options, &err) ||
        bylaw_auditor_add_source(auditor, seed, demo_source_url, &err))
        rc = cli_complain(cli, &err);
    else
        rc = audit_pages(cli, auditor);
    bylaw_auditor_free(auditor);
    return rc;
}

int cli_demo(struct cli *cli)
{
    struct bylaw_audit_options options;
    bylaw_auditor *auditor = NULL;
    demo_site *site = NULL;
    struct bylaw_error err = {0};
    int rc;

    cli_audit_options(cli, &options);
    if (bylaw_auditor_new(&auditor, &options, &err))
        return cli_complain(cli, &err);
    rc = start_site(&site, cli, auditor);
    if (!rc) {
        print_notice(cli, site);
        rc = audit_site(cli, site);
    }
    if (!rc && cli->options.serve)
        keep_serving();
    demo_site_stop(site);
    bylaw_auditor_free(auditor);
    return rc;
}
