/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of commands and options, and the parser that reads them. */
#include "cli.h"

#include <stddef.h>
#include <stdlib.h>

enum command_bits {
    AUDIT = 1,
    EXTRACT = 2,
    RULES = 4,
    EXPLAIN = 8,
    DEMO = 16,
    HELP = 32,
    INIT = 64,
    SOURCE = 128,
    CONFIG = 256,
    SCAN = 512,
    CASE = 1024,
    STATUS = 2048,
    NOTIFY = 4096,
    VERIFY = 8192,
    REJUDGE = 16384,
    REPORT = 32768,
    NOTICE = 65536,
    SERVE = 131072,
    MATCH = 262144,
    INDEX = 524288,
    ANY = ~0
};

static const struct cli_command commands[] = {
    {"audit", "[--source S]... [--rule ID] [--url URL] [--json] PAGE...",
     "judge pages now: is it a repost, and is the licence honoured?",
     "PAGE is an http(s) address, an HTML, Markdown or plain-text file, or - "
     "for standard input. S is an address, a file or a source manifest "
     "(source.yaml). The rule is the one named by --rule, else the one the "
     "source names or shows itself to be under.\n"
     "Exit code: 0 nothing to act on, 1 a duty not met, 2 usage or "
     "configuration, 3 could not be determined, 6 runtime failure.",
     cli_audit, AUDIT, NULL},
    {"extract", "[--json|--text] [--source S] PAGE...",
     "show what Bylaw sees in a page: every block, link and fact",
     "--text prints the main text alone; with --source the text around the "
     "copied passages. --json has every block and link with its zone, "
     "visibility and byte range, and the metadata.",
     cli_extract, EXTRACT, NULL},
    {"match",
     "[--source S]... [--threads N] [--paths LIST [--shard I/N]] [--out-dir "
     "DIR [--gzip]] [WARC...|-]",
     "find copies in web archives, in bulk (WARC in, JSON lines out)",
     "WARC is a file (WARC or WET, plain or gzip), or - for standard input. "
     "Without --source the articles of the workspace are looked for. Pages "
     "that share no words with them are passed over quickly; nothing is "
     "judged. The output is the same for any number of threads.\n"
     "With --out-dir each archive has a file of its own, put in place whole, "
     "with a summary as its last line; what is there already, of the same "
     "articles, is not done again. --shard 2/8 takes every eighth archive of "
     "all, from the second. `scan --import` takes the lines into a "
     "workspace.\n"
     "Exit code: 0 complete, 2 usage, 3 complete with damaged archives, 6 "
     "runtime failure, 75 try again: an archive or the disk failed.",
     cli_match, MATCH, NULL},
    {"index",
     "build -o FILE [--add-to OLD [--remove ID]...] [--paths LIST] [S...] | "
     "info FILE | check FILE",
     "put articles into a file that bulk matching maps",
     "build puts the articles S, each a file, manifest or address, and those "
     "that LIST names a line, into FILE, behind those of OLD; the same "
     "articles in the same order give the same bytes. info says what is in "
     "it. check reads every byte and names the part that was changed.\n"
     "Exit code: 0 done, 2 usage, 3 an article cannot be read, 4 it is not as "
     "it was made, 6 runtime failure.",
     cli_index, INDEX, cli_index_commands},
    {"rules", "list | show | check | test | explain | export [ID...]",
     "look into the rule library, check and test it",
     "list names the rules, show ID has one in full, explain TERM says what a "
     "term means. check [FILE...] reports every mistake with its line and "
     "column. export --odrl [ID] writes ODRL 2.2 (JSON-LD). test [ID...] "
     "judges each "
     "rule's own samples, or those of a file, and compares what is found with "
     "what they say, then again with each unmet term's check switched off: a "
     "term that no sample misses is untested, which counts as a failure.",
     cli_rules, RULES, cli_rules_commands},
    {"explain", "ID",
     "explain a duty, a diagnostic, a verdict or a rule at length",
     "ID is what a report shows: link.original, fetch.private-address, "
     "not-met, global-research ...",
     cli_explain, EXPLAIN, NULL},
    {"init", "[DIR]", "make a workspace: configuration, database, captures",
     "DIR (this folder where it is left out) gets a bylaw.yaml in which every "
     "setting is explained, an empty database bylaw.db, and captures/. "
     "Nothing that is there already is overwritten.",
     cli_init, INIT, NULL},
    {"source", "add S... | list | show ID... | refresh [ID...] | remove ID...",
     "the articles to protect",
     "S is an article's address, file or manifest, or the address of a feed "
     "or sitemap whose articles the scan adds. An article is read once, to "
     "see that it can be; refresh reads it again.",
     cli_source, SOURCE, cli_source_commands},
    {"config", "show [--origin] | check",
     "the configuration in force, and whether it is right",
     "show prints every setting, with --origin also where it came from: a "
     "line of bylaw.yaml or the default. check reports every mistake with its "
     "line and column, and looks at the files that are named.",
     cli_config, CONFIG, cli_config_commands},
    {"scan",
     "[--once] [--concurrency N] [--cells N] [--max-pages N] [--import "
     "FILE]...",
     "visit what is due, judge it, record what changed",
     "Discovers pages by what the workspace watches, visits those that are "
     "due (robots.txt and pauses of each host heeded), and records the visits "
     "and cases. It may be interrupted, even killed, at any time: the next "
     "scan goes on from there.\n"
     "Exit code: 0 nothing to act on, 1 cases to act on, 2 usage or "
     "configuration, 3 most visits failed or an article could not be read, 5 "
     "another run has the workspace, 6 runtime failure, 130 or 143 "
     "interrupted.",
     cli_scan, SCAN, NULL},
    {"case",
     "list [--state S] [--source ID] [--host H] | show N | set N STATE "
     "--reason TEXT | note N --reason TEXT | export N [FILE]",
     "pages over time: what was found, what was decided",
     "STATE is new, confirmed, notified, disputed, allowed or ignored; the "
     "last two hide a finding and want a reason, and allowed may end on a "
     "date (--until). The other states follow from visits alone. note keeps "
     "a remark with the case and decides nothing.\n"
     "export writes all that a case rests on to FILE (case-N.tar), with what "
     "it takes to check it without Bylaw: entries and proofs, checkpoint, key, "
     "captures, rules, time stamp, and a draft of a declaration.",
     cli_case, CASE, cli_case_commands},
    {"status", "[--max-age 36h]",
     "the last scan, what is due next, whether all is well",
     "Exit code 3 where no scan has finished within the time that --max-age "
     "or the configuration allows.",
     cli_status, STATUS, NULL},
    {"notify", "[test]", "tell people what changed since they were last told",
     "Sends what is due to the channels under \"alerts\" in bylaw.yaml: mail, "
     "webhook, Atom feed, Prometheus file. A scan does this at its end. A "
     "channel that fails is tried again the next time; nothing is told twice. "
     "test sends each channel a sample and says what came of it.\n"
     "Exit code: 0 all went out or nothing was due, 2 a channel is not set up "
     "rightly, 3 a channel failed.",
     cli_notify, NOTIFY, NULL},
    {"verify", "[--anchor FILE]... [--json] [FILE]...",
     "check all recorded evidence",
     "Checks the ledger from its bytes up: entries, chain, checkpoints and "
     "their signatures; then that the workspace says what the ledger says. "
     "--anchor names a file with a checkpoint that was kept elsewhere: a "
     "signed note, a saved mail of the alerts (.eml), a feed. Of each FILE "
     "that "
     "`report -o`, `notice -o` or `case export` wrote it says which entry "
     "notes these very bytes. Says what it cannot prove, and how many entries "
     "follow the newest anchor.\n"
     "Exit code: 0 all holds, 2 usage or configuration, 4 something does not, "
     "6 runtime failure.",
     cli_verify, VERIFY, NULL},
    {"rejudge", "[--rules DIR] [--json]",
     "judge the captures again by today's rules, offline",
     "Reaches every verdict on record again, from the captures and as of the "
     "time of the visit, and shows what would be another today. Nothing is "
     "fetched and nothing is written. -v also lists what is as it was.\n"
     "Exit code: 0 no verdict changes, 1 some do, 3 some could not be reached "
     "again.",
     cli_rejudge, REJUDGE, NULL},
    {"report",
     "[--format F] [--output FILE] [--state S] [--source ID] [--host H]",
     "write what the workspace knows: a page, JSON, CSV, SARIF ...",
     "F is html (one page that needs nothing else and opens from a file), json "
     "(schema bylaw.report/1), ndjson, csv (a row a finding), md, sarif, "
     "junit, atom or prometheus. The same workspace gives the same bytes. With "
     "a state, an article or a host only such cases are in it.\n"
     "Exit code: 0 however many duties are not met (\"scan\" and \"audit\" "
     "tell those), 2 usage, 6 runtime failure.",
     cli_report, REPORT, NULL},
    {"notice", "CASE [--kind K] [--lang L] [--format txt|eml] [--output FILE]",
     "draft a message about a case, for a person to send",
     "K is correction (a friendly request with the HTML to paste; the "
     "default), "
     "dmca or dsa, whose statements and signature are left blank. L is the "
     "language; without it the page's own, where there is a template. A folder "
     "notices/ in the workspace may hold templates of your own. A draft is "
     "noted in the case; nothing is ever sent. There is none for what a second "
     "visit did not confirm, or cannot be told.",
     cli_notice, NOTICE, NULL},
    {"serve", "[--port N] [--read-only] [--by NAME]",
     "a local page to look through the cases and decide them",
     "Prints the address of the report as a page of this machine alone "
     "(127.0.0.1), on which states can be set, notes kept and drafts made: "
     "each as \"case\" and \"notice\" would, recorded in the same way. The "
     "address holds a secret that is another each time: whoever has it may "
     "decide. --read-only shows and changes nothing. Interrupt it to end.\n"
     "Exit code: 0 ended by an interrupt, 2 usage, 6 runtime failure.",
     cli_serve, SERVE, NULL},
    {"demo", "[--json] [--serve] [--port N]",
     "judge a loopback site whose reposts each break one thing",
     "Serves the pages of audit/demo on 127.0.0.1 under several host names, "
     "audits each over HTTP and prints its verdict. --serve keeps the site up "
     "until it is interrupted.",
     cli_demo, DEMO, NULL},
    {"help", "[COMMAND] [--format F]", "show the commands, or one of them",
     "F is text (the default), or, of all commands, mdoc (sections of a manual "
     "page), bash, zsh or fish (completions of that shell).",
     cli_show_help, HELP, NULL},
};

#define AT(member) offsetof(struct cli_options, member)
#define PAGES      (AUDIT | EXTRACT)
#define READERS    (AUDIT | EXTRACT | SOURCE)
#define FETCHERS   (READERS | SCAN | MATCH | INDEX)

static const struct cli_option options[] = {
    {"source", 's', "S", CLI_LIST, AT(sources), PAGES | CASE | REPORT | MATCH,
     "an article to look for: address, file or manifest; may be repeated"},
    {"source-url", 0, "URL", CLI_TEXT, AT(source_url), READERS | MATCH,
     "where the (single) source article itself stands"},
    {"rule", 'r', "ID", CLI_TEXT, AT(rule), AUDIT | SOURCE | MATCH | INDEX,
     "judge by this rule"},
    {"kind", 0, "KIND", CLI_TEXT, AT(kind), SOURCE | NOTICE,
     "what is added: article, feed or sitemap (recognised); of a notice: "
     "correction, dmca or dsa"},
    {"lang", 0, "L", CLI_TEXT, AT(language), NOTICE,
     "language of the draft, such as en or fr"},
    {"origin", 0, NULL, CLI_FLAG, AT(origin), CONFIG,
     "say where each value came from"},
    {"url", 'u', "URL", CLI_TEXT, AT(url), PAGES,
     "where the (single) PAGE file was published"},
    {"no-follow", 0, NULL, CLI_FLAG, AT(no_follow), AUDIT | SCAN,
     "do not follow links whose target decides a duty (shorteners)"},
    {"text", 't', NULL, CLI_FLAG, AT(as_text), EXTRACT, "the main text only"},
    {"allow-address", 0, "RANGE", CLI_LIST, AT(allow), FETCHERS,
     "let pages come from this private range, such as 127.0.0.0/8"},
    {"connect-to", 0, "HOST:PORT:ADDR:PORT", CLI_LIST, AT(connect_to),
     FETCHERS | NOTIFY, "connect to ADDR:PORT where HOST:PORT is asked for"},
    {"ca-file", 0, "FILE", CLI_TEXT, AT(ca_file), FETCHERS | NOTIFY,
     "trust the certificates of this PEM file"},
    {"user-agent", 0, "TEXT", CLI_TEXT, AT(user_agent), FETCHERS,
     "how to introduce ourselves; name a contact"},
    {"timeout", 0, "SECONDS", CLI_NUMBER, AT(timeout_s), FETCHERS,
     "give a page up after so long (30)"},
    {"port", 0, "N", CLI_NUMBER, AT(port), DEMO | SERVE,
     "listen on this port (any)"},
    {"read-only", 0, NULL, CLI_FLAG, AT(read_only), SERVE,
     "show the cases, change nothing"},
    {"serve", 0, NULL, CLI_FLAG, AT(serve), DEMO, "keep the demo site up"},
    {"odrl", 0, NULL, CLI_FLAG, AT(odrl), RULES,
     "export as ODRL 2.2 in JSON-LD"},
    {"once", 0, NULL, CLI_FLAG, AT(once), SCAN,
     "wait for no host that asks to come back later"},
    {"concurrency", 0, "N", CLI_NUMBER, AT(concurrency), SCAN,
     "ask so many hosts at once"},
    {"cells", 0, "N", CLI_NUMBER, AT(cells), SCAN,
     "read pages in so many locked processes (one a processor)"},
    {"max-pages", 0, "N", CLI_NUMBER, AT(max_pages), SCAN,
     "end after so many visits"},
    {"import", 0, "FILE", CLI_LIST, AT(imports), SCAN,
     "take in what `bylaw match` found; may be repeated"},
    {"threads", 0, "N", CLI_NUMBER, AT(threads), MATCH,
     "look through archives in so many threads (one a processor)"},
    {"paths", 0, "LIST", CLI_TEXT, AT(paths), MATCH | INDEX,
     "a file that names an archive a line (of index: an article), or -"},
    {"index", 0, "FILE", CLI_TEXT, AT(index), MATCH,
     "look for the articles of this index file"},
    {"add-to", 0, "OLD", CLI_TEXT, AT(add_to), INDEX,
     "begin with the articles of this index file"},
    {"remove", 0, "ID", CLI_LIST, AT(removed), INDEX,
     "leave this article of OLD out; may be repeated"},
    {"memory-mb", 0, "N", CLI_NUMBER, AT(memory_mb), INDEX,
     "sort in so much memory (256)"},
    {"shard", 0, "I/N", CLI_TEXT, AT(shard), MATCH,
     "take part I of N of the archives, such as 2/8"},
    {"out-dir", 0, "DIR", CLI_TEXT, AT(out_dir), MATCH,
     "write a file for each archive into this folder"},
    {"gzip", 0, NULL, CLI_FLAG, AT(gzip), MATCH, "pack these files"},
    {"part-kb", 0, "N", CLI_NUMBER, AT(part_kb), MATCH,
     "kilobytes of an archive that a thread takes at once (4096)"},
    {"no-screen", 0, NULL, CLI_FLAG, AT(no_screen), MATCH,
     "read every page in full; finds the same"},
    {"hints", 0, "LEVEL", CLI_TEXT, AT(hints), MATCH,
     "find also what is told in another language or other words, by names and "
     "numbers: likely, possible, or any; reads every page in full"},
    {"die-with-parent", 0, NULL, CLI_FLAG, AT(die_with_parent), MATCH,
     "end at once when the program that started this one ends"},
    {"format", 0, "F", CLI_TEXT, AT(format), REPORT | NOTICE | HELP,
     "html (the default), json, ndjson, csv, md, sarif, junit, atom, "
     "prometheus; of a notice: txt or eml; of help: text, mdoc, bash, zsh, "
     "fish"},
    {"output", 'o', "FILE", CLI_TEXT, AT(output), REPORT | NOTICE | INDEX,
     "write into this file, not to standard output"},
    {"state", 0, "STATE", CLI_TEXT, AT(state), CASE | REPORT,
     "cases in this state only"},
    {"host", 0, "HOST", CLI_TEXT, AT(host), CASE | REPORT,
     "cases on this host only"},
    {"reason", 0, "TEXT", CLI_TEXT, AT(reason), CASE,
     "why it is so decided; of a note: what it says"},
    {"until", 0, "DATE", CLI_TEXT, AT(until), CASE,
     "the last day of an allowance, such as 2026-12-31"},
    {"renew-key", 0, NULL, CLI_FLAG, AT(renew_key), INIT,
     "give the workspace another key to sign its ledger with"},
    {"anchor", 0, "FILE", CLI_LIST, AT(anchors), VERIFY,
     "a checkpoint kept elsewhere: note, mail or feed; may be repeated"},
    {"by", 0, "NAME", CLI_TEXT, AT(by), CASE | NOTICE | SERVE,
     "who decides (your login name)"},
    {"max-age", 0, "TIME", CLI_TEXT, AT(max_age), STATUS,
     "the last finished scan may be so old, such as 36h"},
    {"workspace", 'w', "DIR", CLI_TEXT, AT(workspace), ANY,
     "work in this folder, not the nearest workspace"},
    {"rules", 0, "DIR", CLI_TEXT, AT(rules_dir), ANY,
     "use the rule files of this folder"},
    {"json", 'j', NULL, CLI_FLAG, AT(json), ANY, "results as JSON"},
    {"quiet", 'q', NULL, CLI_FLAG, AT(quiet), ANY, "verdicts only"},
    {"verbose", 'v', NULL, CLI_COUNT, AT(verbose), ANY, "all evidence"},
    {"no-color", 0, NULL, CLI_FLAG, AT(no_color), ANY,
     "no colours (also by NO_COLOR in the environment)"},
    {"help", 'h', NULL, CLI_FLAG, AT(help), ANY, "show help"},
    {"version", 'V', NULL, CLI_FLAG, AT(version), ANY, "show the version"},
};

#define COMMAND_COUNT (sizeof(commands) / sizeof(commands[0]))
#define OPTION_COUNT  (sizeof(options) / sizeof(options[0]))

const struct cli_command *cli_command_at(size_t i)
{
    return i < COMMAND_COUNT ? &commands[i] : NULL;
}

const struct cli_option *cli_option_at(size_t i)
{
    return i < OPTION_COUNT ? &options[i] : NULL;
}

bool cli_option_is_common(const struct cli_option *option)
{
    return option->commands == ANY;
}

const struct cli_command *cli_command_find(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (!strcmp(commands[i].name, name))
            return &commands[i];
    return NULL;
}

static int list_add(struct cli *cli, struct cli_list *list, const char *item)
{
    if (bylaw__vec_grow(&list->items, &list->cap, list->count + 2,
                        sizeof(*list->items))) {
        cli_note(cli, CLI_RUNTIME);
        return CLI_RUNTIME;
    }
    list->items[list->count++] = item;
    list->items[list->count] = NULL;
    return 0;
}

static const struct cli_option *find_long(struct bylaw_span name)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (bylaw__span_is(name, options[i].name))
            return &options[i];
    return NULL;
}

static const struct cli_option *find_letter(char letter)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (options[i].letter == letter)
            return &options[i];
    return NULL;
}

static int parse_number(struct cli *cli, unsigned *out,
                        const struct cli_option *row, const char *value)
{
    unsigned long number = 0;
    char *end = NULL;

    if (bylaw__is_digit((unsigned char)value[0]))
        number = strtoul(value, &end, 10);
    if (!end || *end || !number || number > 65535)
        return cli_usage(cli, "usage.number",
                         "--%s takes a whole number from 1 to 65535, not "
                         "\"%s\"",
                         row->name, value);
    *out = (unsigned)number;
    return 0;
}

static int store(struct cli *cli, const struct cli_option *row,
                 const char *value)
{
    char *member = (char *)&cli->options + row->offset;

    switch (row->kind) {
    case CLI_FLAG:
        *(bool *)member = true;
        return 0;
    case CLI_COUNT:
        ++*(unsigned *)member;
        return 0;
    case CLI_TEXT:
        *(const char **)member = value;
        return 0;
    case CLI_NUMBER:
        return parse_number(cli, (unsigned *)member, row, value);
    case CLI_LIST:
        break;
    }
    return list_add(cli, (struct cli_list *)member, value);
}

/* Which options were given, to check them once the command is known. */
struct seen {
    bool given[OPTION_COUNT];
};

static int take_value(struct cli *cli, struct seen *seen,
                      const struct cli_option *row, const char *inline_value,
                      int *i, int argc, char **argv)
{
    bool wants = row->kind != CLI_FLAG && row->kind != CLI_COUNT;

    if (wants && row->kind != CLI_LIST && seen->given[row - options])
        return cli_usage(cli, "usage.twice", "--%s is given twice", row->name);
    seen->given[row - options] = true;
    if (!wants && inline_value)
        return cli_usage(cli, "usage.no-value", "--%s takes no value",
                         row->name);
    if (wants && !inline_value) {
        if (*i + 1 >= argc)
            return cli_usage(cli, "usage.missing-value",
                             "--%s needs a value: %s", row->name,
                             row->argument);
        inline_value = argv[++*i];
    }
    return store(cli, row, inline_value);
}

static int parse_long(struct cli *cli, struct seen *seen, int *i, int argc,
                      char **argv)
{
    const char *name = argv[*i] + 2;
    const char *equals = strchr(name, '=');
    struct bylaw_span word = {name,
                              equals ? (size_t)(equals - name) : strlen(name)};
    const struct cli_option *row = find_long(word);

    if (!row)
        return cli_usage(cli, "usage.unknown-option",
                         "there is no option \"--%.*s\"", (int)word.len,
                         word.ptr);
    return take_value(cli, seen, row, equals ? equals + 1 : NULL, i, argc,
                      argv);
}

static int parse_letters(struct cli *cli, struct seen *seen, int *i, int argc,
                         char **argv)
{
    for (const char *p = argv[*i] + 1; *p; p++) {
        const struct cli_option *row = find_letter(*p);
        bool wants;
        int rc;

        if (!row)
            return cli_usage(cli, "usage.unknown-option",
                             "there is no option \"-%c\"", *p);
        wants = row->kind != CLI_FLAG && row->kind != CLI_COUNT;
        rc = take_value(cli, seen, row, wants && p[1] ? p + 1 : NULL, i, argc,
                        argv);
        if (rc || wants)
            return rc;
    }
    return 0;
}

static int check_options(struct cli *cli, const struct seen *seen)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (seen->given[i] &&
            !((unsigned)options[i].commands & cli->command->bit))
            return cli_usage(cli, "usage.misplaced-option",
                             "\"%s\" takes no option --%s", cli->command->name,
                             options[i].name);
    return 0;
}

int cli_parse(struct cli *cli, int argc, char **argv)
{
    struct seen seen = {{false}};
    bool options_end = false;

    for (int i = 1; i < argc; i++) {
        const char *arg = argv[i];
        int rc = 0;

        if (!options_end && !strcmp(arg, "--"))
            options_end = true;
        else if (!options_end && !strncmp(arg, "--", 2))
            rc = parse_long(cli, &seen, &i, argc, argv);
        else if (!options_end && arg[0] == '-' && arg[1])
            rc = parse_letters(cli, &seen, &i, argc, argv);
        else if (!cli->command) {
            cli->command = cli_command_find(arg);
            if (!cli->command)
                rc = cli_usage(cli, "usage.unknown-command",
                               "there is no command \"%s\"", arg);
        } else
            rc = list_add(cli, &cli->options.args, arg);
        if (rc)
            return rc;
    }
    return cli->command ? check_options(cli, &seen) : 0;
}
