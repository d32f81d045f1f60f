/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every ceiling in one place. Whatever comes from outside is measured against
 * one of these; each is tested at limit-1, limit and limit+1.
 */
#ifndef BYLAW_LIMITS_H
#define BYLAW_LIMITS_H

/* --- one fetch --- */
#define BYLAW_LIMIT_BODY_BYTES (8u << 20) /* after content-decoding */
/* Received, before it. Text never grows by being compressed: more than that,
 * and some for framing, is a stream made to keep a reader busy. */
#define BYLAW_LIMIT_WIRE_BYTES (BYLAW_LIMIT_BODY_BYTES / 8 * 9)
#define BYLAW_LIMIT_RATIO      100u /* decoded : received bytes */
#define BYLAW_LIMIT_RATIO_FLOOR                                                \
    (64u << 10)                                 /* decoded bytes below which the
                                                   ratio is not looked at */
#define BYLAW_LIMIT_ENCODINGS       2u          /* stacked content-encodings */
#define BYLAW_LIMIT_HEADER_BYTES    (64u << 10) /* all header lines together */
#define BYLAW_LIMIT_REDIRECTS       10u
#define BYLAW_LIMIT_URL_BYTES       (8u << 10)
#define BYLAW_LIMIT_URL_WRAPPERS    8u    /* one address inside another */
#define BYLAW_LIMIT_IDN_BYTES       1024u /* a host that is not ASCII */
#define BYLAW_LIMIT_TRAILS          4u /* links of a page that are followed */
#define BYLAW_LIMIT_FETCH_MS        30000u /* whole fetch, redirects included */
#define BYLAW_LIMIT_VALIDATOR_BYTES 1024u  /* of ETag, Last-Modified, a key */
#define BYLAW_LIMIT_RETRY_AFTER_MS  (7 * 86400000LL) /* a longer one is cut */
#define BYLAW_LIMIT_CONNECT_MS      10000u
#define BYLAW_LIMIT_LOW_SPEED_BYTES 100u /* bytes a second ... */
#define BYLAW_LIMIT_LOW_SPEED_S     15u  /* ... for so many seconds */
#define BYLAW_LIMIT_FETCHES         256u /* on the network at once, a fetcher */
#define BYLAW_LIMIT_CONNECTIONS     64u  /* kept open for another request */

/* --- scan --- */
#define BYLAW_LIMIT_SCAN_LINKS   1000u  /* of one page that are followed */
#define BYLAW_LIMIT_SCAN_LOAD    50000u /* pages that are queued at once */
#define BYLAW_LIMIT_SCAN_LANE    64u  /* of a host's, in memory; an even one */
#define BYLAW_LIMIT_SCAN_SOURCES 200u /* new articles of lists, a scan */
#define BYLAW_LIMIT_SCAN_HOSTS   256u /* asked at once */
#define BYLAW_LIMIT_SCAN_FILE    (256u << 20) /* a log or list that is watched */
#define BYLAW_LIMIT_SCAN_WAIT_MS 120000 /* a host may ask for during a scan */

/* --- web archives --- */
#define BYLAW_LIMIT_WARC_HEADER_BYTES (64u << 10) /* of one record */
#define BYLAW_LIMIT_WARC_BLOCK_BYTES  (10u << 20) /* of one record; cut */
#define BYLAW_LIMIT_WARC_RATIO        200u        /* of one gzip member ... */
#define BYLAW_LIMIT_WARC_RATIO_FLOOR                                           \
    (64u << 20) /* ... beyond so many unpacked bytes */

#define BYLAW_LIMIT_MATCH_THREADS 256u
#define BYLAW_LIMIT_MATCH_LINE    (16u << 20)  /* one line of its output */
#define BYLAW_LIMIT_MATCH_IMPORT  (1u << 30)   /* one file of them */
#define BYLAW_LIMIT_MATCH_PATHS   (256u << 20) /* a list of archives */

#define BYLAW_LIMIT_CAPTURE_FILE (256u << 20) /* then the next one is begun */

/* --- robots.txt --- */
#define BYLAW_LIMIT_ROBOTS_BYTES    (500u << 10) /* RFC 9309 s2.5 */
#define BYLAW_LIMIT_ROBOTS_DELAY_MS 120000       /* a longer one is cut */

/* --- one page --- */
#define BYLAW_LIMIT_HTML_DEPTH      4096u
#define BYLAW_LIMIT_HTML_ATTRIBUTES 1024u        /* on one tag */
#define BYLAW_LIMIT_HTML_NODES      1000000u     /* elements + texts */
#define BYLAW_LIMIT_HTML_BYTES      (192u << 20) /* memory for one tree */
#define BYLAW_LIMIT_HTML_CPU_MS     1500u        /* CPU time for one parse */
#define BYLAW_LIMIT_LINKS           20000u
#define BYLAW_LIMIT_BLOCKS          100000u
#define BYLAW_LIMIT_META_ITEMS      2000u
#define BYLAW_LIMIT_JSON_LD_BYTES   (1u << 20) /* one script element */
#define BYLAW_LIMIT_JSON_LD_DEPTH   64u
#define BYLAW_LIMIT_TOKENS          200000u  /* words of a page or source */
#define BYLAW_LIMIT_SEEDS           4000000u /* shingles shared with sources */
#define BYLAW_LIMIT_WORD_BYTES      256u /* longer words are cut in pieces */
#define BYLAW_LIMIT_PHRASE_WORDS    256u /* a longer phrase is never found */
#define BYLAW_LIMIT_NAME_WORDS      16u  /* later words of a name are ignored */

/* --- processes that pages are read in --- */
#define BYLAW_LIMIT_CELLS        64u
#define BYLAW_LIMIT_CELL_BYTES   (768u << 20) /* memory for one page */
#define BYLAW_LIMIT_CELL_CPU_MS  20000u       /* processor time for one page */
#define BYLAW_LIMIT_CELL_WALL_MS 60000u       /* time for one page */
#define BYLAW_LIMIT_CELL_ANSWER  (256u << 20) /* bytes of one answer */

/* --- rules and manifests --- */
#define BYLAW_LIMIT_RULE_BYTES   (1u << 20) /* one YAML file */
#define BYLAW_LIMIT_RULE_NESTING 32u
#define BYLAW_LIMIT_RULE_EXTENDS 8u         /* links in a chain of families */
#define BYLAW_LIMIT_RULE_ITEMS   1000u      /* entries of one list */
#define BYLAW_LIMIT_COMPLAINTS   1000u      /* of one load; more go unsaid */
#define BYLAW_LIMIT_SECRET_BYTES (4u << 10) /* one file with a key */
#define BYLAW_LIMIT_SOURCE_BYTES (8u << 20)
#define BYLAW_LIMIT_SOURCES      100000u

/* --- the workspace --- */
#define BYLAW_LIMIT_STORE_VALUE (16u << 20) /* bytes of one text in it */
#define BYLAW_LIMIT_DUE_PAGES   100000u     /* answers to one question */

/* --- evidence --- */
#define BYLAW_LIMIT_LEDGER_BODY  (16u << 20)  /* bytes of one entry's JSON */
#define BYLAW_LIMIT_LEDGER_TEXT  (256u << 10) /* a longer text in it: its hash */
#define BYLAW_LIMIT_ANCHORS      10000u       /* checkpoints in one file */
#define BYLAW_LIMIT_ANCHOR_FILE  (64u << 20)
#define BYLAW_LIMIT_STAMP_BYTES  (64u << 10) /* one answer of an authority */
#define BYLAW_LIMIT_PACK_CAPTURE (64u << 20) /* one capture in a pack */
#define BYLAW_LIMIT_NOTE_BYTES   (16u << 10) /* a checkpoint, signatures too */

/* --- reports --- */
#define BYLAW_LIMIT_SURVEY_BYTES   ((size_t)1 << 30) /* memory for one survey */
#define BYLAW_LIMIT_SURVEY_SCANS   1000u /* that a report looks at */
#define BYLAW_LIMIT_TEMPLATE_BYTES ((size_t)64 << 10) /* of one notice */
#define BYLAW_LIMIT_REPORT_BYTES   ((size_t)1 << 30)  /* of one report */
#define BYLAW_LIMIT_REPORT_DRAFTS  2000u              /* in one report */
#define BYLAW_LIMIT_REVIEW_BYTES   (64u << 10) /* body of a request to serve */
#define BYLAW_LIMIT_REVIEW_HEAD    (32u << 10) /* its header lines */
#define BYLAW_LIMIT_REVIEW_ASKERS  32u         /* connections at once */

/* --- alerts --- */
#define BYLAW_LIMIT_NEWS_ITEMS 1000u       /* cases told of at once */
#define BYLAW_LIMIT_NEWS_TEXT  (4u << 10)  /* of a title or reason; cut */
#define BYLAW_LIMIT_NEWS_BYTES (32u << 20) /* memory for their texts */
#define BYLAW_LIMIT_MAIL_ITEMS 100u        /* cases that a mail lists */

/* --- feeds, sitemaps, answers, logs --- */
#define BYLAW_LIMIT_XML_BYTES      (50u << 20)  /* unpacked; sitemaps.org */
#define BYLAW_LIMIT_LEADS          50000u       /* entries of one file */
#define BYLAW_LIMIT_LEADS_BYTES    (256u << 20) /* memory for one file's leads */
#define BYLAW_LIMIT_XML_DEPTH      128u
#define BYLAW_LIMIT_XML_ATTRIBUTES 64u        /* on one tag */
#define BYLAW_LIMIT_XML_NAMESPACES 256u       /* in force at one place */
#define BYLAW_LIMIT_ANSWER_BYTES   (8u << 20) /* one JSON text */
#define BYLAW_LIMIT_ANSWER_DEPTH   64u
#define BYLAW_LIMIT_ANSWER_PAGES   100u        /* of one answer */
#define BYLAW_LIMIT_ANSWER_ITEMS   500000u     /* values of one JSON text */
#define BYLAW_LIMIT_TITLE_BYTES    (4u << 10)  /* HTML of one title */
#define BYLAW_LIMIT_LINE_BYTES     (16u << 10) /* of lists and logs */

#endif
