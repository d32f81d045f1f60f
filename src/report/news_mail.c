/* SPDX-License-Identifier: Apache-2.0 */
/* News as a mail: RFC 5322, 2045 and 2047. */
#include "news_int.h"

#include <inttypes.h>
#include <stdio.h>

#define LINE_BYTES    76u /* of quoted-printable (RFC 2045, 6.7) */
#define WORD_BYTES    39u /* of text in one encoded-word: 64 with its frame */
#define PLAIN_BYTES   64u /* of a header that needs no folding */
#define SUBJECT_BYTES 200u

/* ----------------------------------------------------------- the head --- */

/* How many bytes of the text the next encoded-word takes: whole characters. */
static size_t word_length(struct bylaw_span text, size_t begin)
{
    size_t end = begin, pos = begin;

    while (pos < text.len) {
        bylaw__utf8_next(text, &pos);
        if (pos - begin > WORD_BYTES)
            break;
        end = pos;
    }
    return end - begin;
}

static bool is_plain(struct bylaw_span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < ' ' || text.ptr[i] > '~')
            return false;
    /* What looks like an encoded-word would be decoded. */
    return bylaw__span_find(text, BYLAW__SPAN("=?")) == SIZE_MAX;
}

/* Text is made safe first, so that no line break is left; what is not plain
 * ASCII or too long goes into encoded-words, one a line of 76 bytes at most. */
void bylaw__mail_header(struct bylaw__buf *out, const char *name,
                        struct bylaw_span text)
{
    struct bylaw__buf safe = {0};
    struct bylaw_span value;

    bylaw__report_excerpt(&safe, text, SUBJECT_BYTES);
    value = bylaw__span_trim(bylaw__buf_span(&safe));
    bylaw__buf_printf(out, "%s: ", name);
    if (value.len <= PLAIN_BYTES && is_plain(value)) {
        bylaw__buf_add_span(out, value);
        bylaw__buf_add_text(out, "\r\n");
    } else {
        for (size_t pos = 0, len; pos < value.len; pos += len) {
            len = word_length(value, pos);
            bylaw__buf_add_text(out, pos ? " =?utf-8?B?" : "=?utf-8?B?");
            bylaw__buf_add_base64(out, bylaw__span_sub(value, pos, pos + len));
            bylaw__buf_add_text(out, "?=\r\n");
        }
    }
    out->failed |= safe.failed;
    bylaw__buf_release(&safe);
}

/* "Mon, 23 Nov 2026 04:45:00 +0000" */
static void add_date(struct bylaw__buf *out, int64_t ms)
{
    static const char days[] = "ThuFriSatSunMonTueWed"; /* 1970 began so */
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int64_t day = ms / 86400000 - (ms % 86400000 < 0);
    char time[BYLAW__TIME_BYTES];
    int month;

    bylaw__time_format(time, ms);
    month = (time[5] - '0') * 10 + time[6] - '0';
    bylaw__buf_printf(out, "Date: %.3s, %.2s %.3s %.4s %.8s +0000\r\n",
                      days + 3 * (((day % 7) + 7) % 7), time + 8,
                      months + 3 * (month - 1), time, time + 11);
}

/* Nothing in it that ends an address or a header. */
static bool is_address(const char *text)
{
    const char *at = strchr(text, '@');

    for (const char *p = text; *p; p++)
        if (*p <= ' ' || *p > '~' || strchr("<>(),;:\\\"[]", *p))
            return false;
    return at && at != text && at[1] && !strchr(at + 1, '@');
}

static int check_addresses(const struct bylaw__report_mail *mail,
                           struct bylaw_error *err)
{
    bool is_good = is_address(mail->from) && mail->to_count;

    for (size_t i = 0; is_good && i < mail->to_count; i++)
        is_good = is_address(mail->to[i]);
    return is_good ? 0
                   : bylaw__fail(err, BYLAW_ECONFIG, "notify.address", "",
                                 "a sender or reader of the alerts is no "
                                 "mail address");
}

static void add_subject(struct bylaw__buf *out, const struct bylaw_news *news)
{
    struct bylaw__buf text = {0};

    bylaw__buf_add_text(&text, "[Bylaw] ");
    bylaw__news_summary(&text, news);
    if (news->item_count == 1 && !news->scan) {
        const struct bylaw_news_item *item = &news->items[0];

        bylaw__buf_printf(&text, ": %s: %s", item->host,
                          *item->title ? item->title : item->source);
    }
    bylaw__mail_header(out, "Subject", bylaw__buf_span(&text));
    out->failed |= text.failed;
    bylaw__buf_release(&text);
}

/* Mails on one case are one thread: they all refer to a message that never
 * was, named after the case. */
static void add_thread(struct bylaw__buf *out, const struct bylaw_news *news,
                       const char *domain)
{
    char hex[BYLAW__SHA256_HEX];
    struct bylaw__buf name = {0};

    if (news->item_count != 1)
        return;
    bylaw__buf_printf(&name, "%s\n%s", news->items[0].source,
                      news->items[0].url);
    if (name.failed || bylaw__sha256_hex(hex, bylaw__buf_span(&name)))
        out->failed = true;
    else
        bylaw__buf_printf(out, "References: <%.32s.case@%s>\r\n", hex, domain);
    bylaw__buf_release(&name);
}

static void add_head(struct bylaw__buf *out, const struct bylaw_news *news,
                     const struct bylaw__report_mail *mail)
{
    const char *domain = strchr(mail->from, '@') + 1;

    add_date(out, mail->date_ms);
    bylaw__buf_printf(out, "From: Bylaw <%s>\r\n", mail->from);
    for (size_t i = 0; i < mail->to_count; i++)
        bylaw__buf_printf(out, "%s%s%s", i ? "" : "To: ", mail->to[i],
                          i + 1 < mail->to_count ? ",\r\n " : "\r\n");
    add_subject(out, news);
    bylaw__buf_printf(out, "Message-ID: <%s.digest@%s>\r\n", mail->id, domain);
    add_thread(out, news, domain);
    bylaw__buf_printf(out, "List-Id: Bylaw alerts <bylaw-alerts.%s>\r\n",
                      domain);
    bylaw__buf_add_text(out, "Auto-Submitted: auto-generated\r\n"
                             "MIME-Version: 1.0\r\n"
                             "Content-Type: text/plain; charset=utf-8\r\n"
                             "Content-Transfer-Encoding: quoted-printable\r\n"
                             "\r\n");
}

/* ----------------------------------------------------------- the body --- */

/* Lines become CRLF lines of 76 bytes at most. What relays treat specially at
 * the beginning of a line, a dot or "From ", is escaped there. */
void bylaw__mail_quoted(struct bylaw__buf *out, struct bylaw_span text)
{
    size_t column = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        bool at_end = i + 1 == text.len || text.ptr[i + 1] == '\n';
        bool is_raw =
            (c > ' ' && c <= '~' && c != '=') || (c == ' ' && !at_end);

        if (c == '\n') {
            bylaw__buf_add_text(out, "\r\n");
            column = 0;
            continue;
        }
        if (column + (is_raw ? 1 : 3) > LINE_BYTES - !at_end) {
            bylaw__buf_add_text(out, "=\r\n");
            column = 0;
        }
        if (!column && (c == '.' || c == 'F'))
            is_raw = false;
        bylaw__buf_printf(out, is_raw ? "%c" : "=%02X", c);
        column += is_raw ? 1 : 3;
    }
}

int bylaw__report_news_mail(struct bylaw__buf *out,
                            const struct bylaw_news *news,
                            const struct bylaw__report_mail *mail,
                            struct bylaw_error *err)
{
    struct bylaw__buf text = {0};
    int rc = check_addresses(mail, err);

    if (rc)
        return rc;
    add_head(out, news, mail);
    bylaw__report_news_text(&text, news);
    bylaw__mail_quoted(out, bylaw__buf_span(&text));
    if (out->failed || text.failed)
        rc = bylaw__fail_memory(err, "");
    bylaw__buf_release(&text);
    return rc;
}
