/* SPDX-License-Identifier: Apache-2.0 */
/* The table of faults: what a server may do wrong, a row each. */
#include "net/fault_server.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

/* Windows of deflateInit2: which container is written. */
#define GZIP 31
#define ZLIB 15
#define RAW  (-15)

/* zlib's optional header fields are not used: a gzip member's fixed parts. */
#define GZIP_HEADER_BYTES 10

#define BOMB_BYTES 1000000u

#define PAGE                                                                   \
    "<!doctype html><title>Page</title><p>An ordinary page with an "           \
    "ordinary sentence in it.</p>\n"

#define HEAD "HTTP/1.1 200 OK\r\nConnection: close\r\n"
#define HTML HEAD "Content-Type: text/html; charset=utf-8\r\n"

/* An answer by its very bytes. */
#define SAYS(bytes) .says = {(bytes), sizeof(bytes) - 1}
#define REDIRECT(target)                                                       \
    SAYS("HTTP/1.1 302 Found\r\nConnection: close\r\n"                         \
         "Location: " target "\r\n"                                            \
         "Content-Length: 0\r\n\r\n")

/* ------------------------------------------------------------- bodies --- */

static void pack(struct bylaw__buf *out, struct bylaw_span bytes, int window)
{
    z_stream stream = {0};
    size_t most;
    char *room;

    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, window, 9,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        abort();
    most = deflateBound(&stream, bytes.len);
    room = bylaw__buf_reserve(out, most);
    stream.next_in = (Bytef *)(uintptr_t)bytes.ptr;
    stream.avail_in = (uInt)bytes.len;
    stream.next_out = (Bytef *)room;
    stream.avail_out = (uInt)most;
    if (!room || deflate(&stream, Z_FINISH) != Z_STREAM_END)
        abort();
    out->len += most - stream.avail_out;
    deflateEnd(&stream);
}

/* Sends body under further header lines, each ended by CR LF. */
static void say_body(struct fault_wire *wire, const char *lines,
                     struct bylaw_span body)
{
    char length[64];

    snprintf(length, sizeof(length), "Content-Length: %zu\r\n\r\n", body.len);
    if (fault_say_text(wire, HTML) && fault_say_text(wire, lines) &&
        fault_say_text(wire, length))
        fault_say(wire, body.ptr, body.len);
}

static void say_packed(struct fault_wire *wire, const char *lines, int window,
                       unsigned times)
{
    struct bylaw__buf body = {0};

    bylaw__buf_add_text(&body, PAGE);
    for (unsigned i = 0; i < times; i++) {
        struct bylaw__buf packed = {0};

        pack(&packed, bylaw__buf_span(&body), window);
        bylaw__buf_release(&body);
        body = packed;
    }
    say_body(wire, lines, bylaw__buf_span(&body));
    bylaw__buf_release(&body);
}

static void say_gzip(struct fault_wire *wire, const char *argument)
{
    (void)argument;
    say_packed(wire, "Content-Encoding: gzip\r\n", GZIP, 1);
}

static void say_zlib(struct fault_wire *wire, const char *argument)
{
    (void)argument;
    say_packed(wire, "Content-Encoding: deflate\r\n", ZLIB, 1);
}

static void say_raw(struct fault_wire *wire, const char *argument)
{
    (void)argument;
    say_packed(wire, "content-encoding: Deflate\r\n", RAW, 1);
}

static void say_gzip_twice(struct fault_wire *wire, const char *argument)
{
    (void)argument;
    say_packed(wire, "Content-Encoding: gzip, x-gzip\r\n", GZIP, 2);
}

static void say_gzip_thrice(struct fault_wire *wire, const char *argument)
{
    (void)argument;
    say_packed(wire, "Content-Encoding: gzip, gzip, gzip\r\n", GZIP, 3);
}

static void say_two_lines(struct fault_wire *wire, const char *argument)
{
    (void)argument;
    say_packed(wire,
               "Content-Encoding: gzip\r\n"
               "Content-Encoding: gzip\r\n",
               GZIP, 2);
}

static void say_folded(struct fault_wire *wire, const char *argument)
{
    (void)argument;
    say_packed(wire, "Content-Encoding:\r\n gzip,\r\n\tgzip\r\n", GZIP, 2);
}

static void say_members(struct fault_wire *wire, const char *argument)
{
    struct bylaw__buf body = {0};

    (void)argument;
    pack(&body, BYLAW__SPAN(PAGE), GZIP);
    pack(&body, BYLAW__SPAN(PAGE), GZIP);
    say_body(wire, "Content-Encoding: gzip\r\n", bylaw__buf_span(&body));
    bylaw__buf_release(&body);
}

/* The argument is how many bytes are cut from the end. */
static void say_cut_gzip(struct fault_wire *wire, const char *argument)
{
    struct bylaw__buf body = {0};

    pack(&body, BYLAW__SPAN(PAGE), GZIP);
    say_body(wire, "Content-Encoding: gzip\r\n",
             bylaw__span_sub(bylaw__buf_span(&body), 0,
                             body.len - strtoul(argument, NULL, 10)));
    bylaw__buf_release(&body);
}

static void say_damaged_gzip(struct fault_wire *wire, const char *argument)
{
    struct bylaw__buf body = {0};

    (void)argument;
    pack(&body, BYLAW__SPAN(PAGE), GZIP);
    memset(body.ptr + GZIP_HEADER_BYTES, 0xff, 8);
    say_body(wire, "Content-Encoding: gzip\r\n", bylaw__buf_span(&body));
    bylaw__buf_release(&body);
}

/*
 * BOMB_BYTES of nothing in exactly as many bytes as the argument says: a
 * comment in the gzip header (RFC 1952, FCOMMENT) takes up what is too much.
 */
static void say_bomb(struct fault_wire *wire, const char *argument)
{
    size_t want = strtoul(argument, NULL, 10);
    struct bylaw_span zeros = {calloc(1, BOMB_BYTES), BOMB_BYTES};
    struct bylaw__buf packed = {0}, body = {0};

    if (!zeros.ptr)
        abort();
    pack(&packed, zeros, GZIP);
    packed.ptr[3] = 0x10;
    bylaw__buf_add(&body, packed.ptr, GZIP_HEADER_BYTES);
    while (body.len + packed.len - GZIP_HEADER_BYTES + 1 < want)
        bylaw__buf_add_char(&body, 'x');
    bylaw__buf_add_char(&body, '\0');
    bylaw__buf_add(&body, packed.ptr + GZIP_HEADER_BYTES,
                   packed.len - GZIP_HEADER_BYTES);
    say_body(wire, "Content-Encoding: gzip\r\n", bylaw__buf_span(&body));
    bylaw__buf_release(&packed);
    bylaw__buf_release(&body);
    free((void *)(uintptr_t)zeros.ptr);
}

/* As many bytes of text as the argument says. */
static void say_size(struct fault_wire *wire, const char *argument)
{
    struct bylaw__buf body = {0};
    size_t len = strtoul(argument, NULL, 10);
    char *room = bylaw__buf_reserve(&body, len);

    if (!room)
        abort();
    memset(room, 'a', len);
    body.len = len;
    say_body(wire, "", bylaw__buf_span(&body));
    bylaw__buf_release(&body);
}

static void say_page(struct fault_wire *wire, const char *argument)
{
    (void)argument;
    say_body(wire, "", fault_page(wire));
}

/* What was asked, as the page. */
static void say_request(struct fault_wire *wire, const char *argument)
{
    (void)argument;
    say_body(wire, "", bylaw__span_of(fault_request(wire)));
}

static void say_endless(struct fault_wire *wire, const char *argument)
{
    char piece[4096];

    (void)argument;
    memset(piece, 'a', sizeof(piece));
    fault_say_text(wire, HTML "\r\n");
    while (fault_say(wire, piece, sizeof(piece)))
        ;
}

static void say_trickle(struct fault_wire *wire, const char *argument)
{
    (void)argument;
    fault_say_text(wire, HTML "\r\n<p>");
    while (fault_say_text(wire, "a") && fault_pause(wire, 100))
        ;
}

/* ------------------------------------------------------------ headers --- */

/* Header lines of as many bytes as the argument says, all together; none is
 * longer than a kilobyte. */
static void say_headers(struct fault_wire *wire, const char *argument)
{
    static const char head[] = HEAD "Content-Length: 5\r\n";
    size_t left = strtoul(argument, NULL, 10) - strlen(head) - strlen("\r\n");
    struct bylaw__buf lines = {0};

    bylaw__buf_add_text(&lines, head);
    while (left) {
        size_t len = left > 1100 ? 1000 : left;

        bylaw__buf_add_text(&lines, "X:");
        for (size_t i = strlen("X:\r\n"); i < len; i++)
            bylaw__buf_add_char(&lines, 'y');
        bylaw__buf_add_text(&lines, "\r\n");
        left -= len;
    }
    bylaw__buf_add_text(&lines, "\r\nhello");
    fault_say(wire, lines.ptr, lines.len);
    bylaw__buf_release(&lines);
}

static void say_endless_line(struct fault_wire *wire, const char *argument)
{
    (void)argument;
    fault_say_text(wire, HEAD "X: ");
    while (fault_say_text(wire, "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"))
        ;
}

static void say_endless_interim(struct fault_wire *wire, const char *argument)
{
    (void)argument;
    while (fault_say_text(wire, "HTTP/1.1 103 Early Hints\r\n"
                                "Link: </style.css>; rel=preload\r\n\r\n"))
        ;
}

static void say_status(struct fault_wire *wire, const char *argument)
{
    char head[128];

    snprintf(head, sizeof(head),
             "HTTP/1.1 %.3s Whatever\r\nConnection: close\r\n"
             "Content-Length: 0\r\n\r\n",
             argument);
    fault_say_text(wire, head);
}

/* ---------------------------------------------------------- redirects --- */

/* "STATUS/N": N redirects more, then a page. */
static void redirect_on(struct fault_wire *wire, const char *argument,
                        const char *path)
{
    char *end;
    unsigned long status = strtoul(argument, &end, 10);
    unsigned long left = *end ? strtoul(end + 1, NULL, 10) : 0;
    char head[256];

    if (!left) {
        say_body(wire, "", BYLAW__SPAN(PAGE));
        return;
    }
    snprintf(head, sizeof(head),
             "HTTP/1.1 %lu Moved\r\nConnection: close\r\n"
             "Location: %s%lu/%lu\r\nContent-Length: 0\r\n\r\n",
             status, path, status, left - 1);
    fault_say_text(wire, head);
}

static void redirect_chain(struct fault_wire *wire, const char *argument)
{
    redirect_on(wire, argument, "/chain/");
}

static void redirect_slowly(struct fault_wire *wire, const char *argument)
{
    if (fault_pause(wire, 300))
        redirect_on(wire, argument, "/slow-chain/");
}

/* To wherever the argument says, leaving a cookie. */
static void redirect_to(struct fault_wire *wire, const char *argument)
{
    char head[512];

    snprintf(head, sizeof(head),
             "HTTP/1.1 302 Found\r\nConnection: close\r\n"
             "Set-Cookie: visited=yes; Path=/\r\n"
             "Location: %.300s\r\nContent-Length: 0\r\n\r\n",
             argument);
    fault_say_text(wire, head);
}

static void redirect_with_endless_body(struct fault_wire *wire,
                                       const char *argument)
{
    (void)argument;
    fault_say_text(wire, "HTTP/1.1 302 Found\r\nLocation: /ok\r\n\r\n");
    while (fault_say_text(wire, "<p>The page has moved, has moved, has moved"))
        ;
}

const struct fault fault_table[] = {
    {"/ok", SAYS(HTML "\r\n" PAGE)},
    {"/page", .act = say_page},
    {"/echo", .act = say_request},
    {"/empty", SAYS(HTML "Content-Length: 0\r\n\r\n")},
    {"/not-found", SAYS("HTTP/1.1 404 Not Found\r\nConnection: close\r\n"
                        "Content-Type: text/html\r\n\r\n<p>Not here.</p>")},
    {"/error", SAYS("HTTP/1.1 500 Oops\r\nConnection: close\r\n"
                    "Content-Type: text/html\r\n\r\n<p>Broken.</p>")},
    {"/status/", .act = say_status},
    {"/busy", SAYS("HTTP/1.1 503 Busy\r\nConnection: close\r\n"
                   "Retry-After: 120\r\nContent-Length: 0\r\n\r\n")},

    /* redirects */
    {"/chain/", .act = redirect_chain},
    {"/slow-chain/", .act = redirect_slowly},
    {"/to/", .act = redirect_to},
    {"/loop", REDIRECT("/loop")},
    {"/to-file", REDIRECT("file:///etc/passwd")},
    {"/to-ftp", REDIRECT("ftp://ftp.example/file")},
    {"/to-private", REDIRECT("http://10.0.0.1/")},
    {"/to-mapped", REDIRECT("http://[::ffff:10.0.0.1]/")},
    {"/to-metadata", REDIRECT("http://169.254.169.254/latest/")},
    {"/to-userinfo", REDIRECT("http://user:word@site.example/")},
    {"/to-bytes", REDIRECT("/caf\xe9")},
    {"/caf%E9", SAYS(HTML "\r\n" PAGE)},
    {"/to-nowhere",
     SAYS("HTTP/1.1 301 Moved\r\nConnection: close\r\n"
          "Content-Type: text/html\r\n\r\n<p>It has moved.</p>")},
    {"/to-ok-damaged",
     SAYS("HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: /ok\r\n"
          "Content-Encoding: gzip\r\n\r\nthis is not gzip")},
    {"/to-ok-cut", SAYS("HTTP/1.1 302 Found\r\nConnection: close\r\n"
                        "Location: /ok\r\nContent-Length: 99\r\n\r\n<p>")},
    {"/to-ok-endless", .act = redirect_with_endless_body},

    /* bodies by size and time */
    {"/endless", .act = say_endless},
    {"/size/", .act = say_size},
    {"/too-long", SAYS(HTML "Content-Length: 999\r\n\r\n" PAGE)},
    {"/too-short", SAYS(HTML "Content-Length: 18\r\n\r\n" PAGE)},
    {"/chunked", SAYS(HTML "Transfer-Encoding: chunked\r\n\r\n"
                           "5\r\n<p>On\r\n6\r\ne</p>\n\r\n0\r\n"
                           "Content-Type: image/png\r\n\r\n")},
    {"/chunked-cut", SAYS(HTML "Transfer-Encoding: chunked\r\n\r\n"
                               "5\r\n<p>On\r\n6\r\ne<")},
    {"/chunked-garbage", SAYS(HTML "Transfer-Encoding: chunked\r\n\r\n"
                                   "5\r\n<p>On\r\nzz\r\ne</p>\n\r\n")},
    {"/trickle", .act = say_trickle},
    {"/stalled", SAYS(HTML "Content-Length: 999\r\n\r\n<p>"),
     .ending = FAULT_HOLDS},
    {"/mute", SAYS(""), .ending = FAULT_HOLDS},
    {"/closed", SAYS("")},
    {"/reset", SAYS(HTML "Content-Length: 999\r\n\r\n<p>"),
     .ending = FAULT_RESETS},

    /* content-encodings */
    {"/gzip", .act = say_gzip},
    {"/gzip-members", .act = say_members},
    {"/gzip-twice", .act = say_gzip_twice},
    {"/gzip-thrice", .act = say_gzip_thrice},
    {"/gzip-two-lines", .act = say_two_lines},
    {"/gzip-folded", .act = say_folded},
    {"/gzip-cut/", .act = say_cut_gzip},
    {"/gzip-damaged", .act = say_damaged_gzip},
    {"/gzip-of-text", SAYS(HTML "Content-Encoding: gzip\r\n\r\n" PAGE)},
    {"/gzip-of-nothing", SAYS(HTML "Content-Encoding: gzip\r\n"
                                   "Content-Length: 0\r\n\r\n")},
    {"/deflate", .act = say_zlib},
    {"/deflate-raw", .act = say_raw},
    {"/bomb/", .act = say_bomb},
    {"/br", SAYS(HTML "Content-Encoding: br\r\n\r\n\x0b\x02\x80hello\x03")},
    {"/transfer-gzip",
     SAYS(HTML "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")},

    /* header lines */
    {"/headers/", .act = say_headers},
    {"/endless-line", .act = say_endless_line},
    {"/interim",
     SAYS("HTTP/1.1 103 Early Hints\r\nContent-Type: image/png"
          "\r\n\r\nHTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n" HTML "\r\n" PAGE)},
    {"/interim-endless", .act = say_endless_interim},
    {"/interim-only", SAYS("HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n")},
    {"/status-inside",
     SAYS(HEAD "Content-Type: text/plain\r\nHTTP/1.1: 404\r\n\r\nhello")},
    {"/nul-inside", SAYS(HEAD "X: a\0b\r\n\r\nhello")},
    {"/type-quoted",
     SAYS(HEAD "Content-Type: text/html; charset=\"ISO-8859-1\"\r\n\r\n" PAGE)},
    {"/type-upper",
     SAYS(HEAD "CONTENT-TYPE: TEXT/HTML;CHARSET=UTF-8\r\n\r\n" PAGE)},
    {"/type-missing", SAYS(HEAD "\r\n" PAGE)},
    {"/binary", SAYS(HTML "\r\n\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10")},
    {"/not-http", SAYS("SSH-2.0-OpenSSH_9.2\r\n")},
    {"/http-0.9", SAYS("<html><p>Once upon a time</html>\n")},
    {NULL, .act = NULL},
};
