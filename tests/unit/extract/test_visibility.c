/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a reader can see a text, by the page's own bytes, and why not. */
#include "documents.h"

#define VISIBLE BYLAW_VISIBILITY_VISIBLE
#define INLINE  BYLAW_VISIBILITY_HIDDEN_INLINE
#define STYLE   BYLAW_VISIBILITY_HIDDEN_STYLE
#define UNKNOWN BYLAW_VISIBILITY_UNKNOWN

/* The block whose text is "x" has that visibility, for that reason. */
static void check_x(const char *html, enum bylaw_visibility want,
                    const char *why)
{
    struct bylaw_document *d = extract_page(html);

    for (size_t i = 0; i < d->block_count; i++) {
        const struct bylaw_block *b = &d->blocks[i];

        if (!bylaw__span_is(b->text, "x"))
            continue;
        if (b->visibility != want || (why && strcmp(b->visibility_why, why)))
            fail_msg("%s: %s (%s)", html, bylaw_visibility_name(b->visibility),
                     b->visibility_why);
        bylaw_document_free(d);
        return;
    }
    fail_msg("%s: no block", html);
}

struct row {
    const char *html;
    enum bylaw_visibility want;
    const char *why; /* NULL: any */
};

static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_x(rows[i].html, rows[i].want, rows[i].why);
}

#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof((rows)[0]))

static void test_visibility__sees_what_attributes_hide(void **state)
{
    static const struct row rows[] = {
        {"<p>x", VISIBLE, ""},
        {"<p hidden>x", INLINE, "hidden attribute"},
        {"<div hidden><p>x", INLINE, "hidden attribute on an ancestor"},
        {"<p style='display:none'>x", INLINE, "display:none"},
        {"<p style='DISPLAY : none !important'>x", INLINE, NULL},
        {"<div style='display:none'><p style='display:block'>x", INLINE,
         "display:none on an ancestor"},
        {"<p style='visibility:hidden'>x", INLINE, NULL},
        {"<p style='visibility:collapse'>x", INLINE, NULL},
        {"<div style='visibility:hidden'><p style='visibility:visible'>x",
         VISIBLE, NULL},
        {"<p style='opacity:0'>x", INLINE, NULL},
        {"<p style='opacity:.01'>x", INLINE, NULL},
        {"<p style='opacity:0.5'>x", VISIBLE, NULL},
        {"<p style='font-size:0'>x", INLINE, NULL},
        {"<p style='font-size:1px'>x", INLINE, NULL},
        {"<p style='font-size:0.01em'>x", INLINE, NULL},
        {"<p style='font-size:8px'>x", VISIBLE, NULL},
        {"<div style='font-size:0'><p style='font-size:12px'>x", VISIBLE, NULL},
        {"<p style='text-indent:-9999px'>x", INLINE, NULL},
        {"<p style='text-indent:-10px'>x", VISIBLE, NULL},
        {"<p style='position:absolute;left:-9999px'>x", INLINE, NULL},
        {"<p style='position:fixed;top:-999px'>x", INLINE, NULL},
        {"<p style='left:-9999px'>x", VISIBLE, NULL},
        {"<p style='position:absolute;left:-10px'>x", VISIBLE, NULL},
        {"<p style='width:1px;height:1px;overflow:hidden'>x", INLINE, NULL},
        {"<p style='height:0;overflow:hidden'>x", INLINE, NULL},
        {"<p style='height:0'>x", VISIBLE, NULL},
        {"<p style='position:absolute;clip:rect(0,0,0,0)'>x", INLINE, NULL},
        {"<p style='position:absolute;clip:rect(1px 1px 1px 1px)'>x", INLINE,
         NULL},
        {"<p style='clip-path:inset(50%)'>x", INLINE, NULL},
        {"<p style='clip-path:inset(100%)'>x", INLINE, NULL},
        {"<p style='clip-path:inset(5%)'>x", VISIBLE, NULL},
        {"<p style='color:#fff;background:white'>x", INLINE, NULL},
        {"<p style='color:#fff;background-color:#FFFFFF'>x", INLINE, NULL},
        {"<p style='color:#fff;background:#000'>x", VISIBLE, NULL},
        {"<p style='color:#fff;background:#fff url(i.png)'>x", VISIBLE, NULL},
        {"<p style='background-image:url(i.png);color:#fff;"
         "background-color:#fff'>x",
         VISIBLE, NULL},
        {"<div style='background:#fff'><p style='color:#fff;background-image:"
         "linear-gradient(to right, rgba(0,0,0,.8) 0%, rgba(0,0,0,.4) 99%)'>x",
         VISIBLE, NULL},
        {"<p style='background:#fff;color:#fff;background-image:none'>x",
         INLINE, NULL},
        {"<div style='background:#fff'><p style='color:#FFF'>x", INLINE, NULL},
        {"<link rel=stylesheet href=s><div style='background:#fff'>"
         "<div class=c><p style='color:#fff'>x",
         VISIBLE, NULL},
        {"<p style='color:white'>x", INLINE, NULL},
        {"<p><font color=#ffffff>x", INLINE, NULL},
        {"<body bgcolor=black><p><font color=white>x", VISIBLE, NULL},
        {"<style>b{}</style><p style='color:white'>x", VISIBLE, NULL},
        {"<div style='color:white'><p style='color:black'>x", VISIBLE, NULL},
        {"<p style='color:transparent'>x", INLINE, NULL},
        {"<p style='transform:scale(0)'>x", INLINE, NULL},
        {"<p style='transform:scale(0.5)'>x", VISIBLE, NULL},
        {"<p aria-hidden=true>x", VISIBLE, NULL},
        {"<p style='/*display:none*/color:red'>x", VISIBLE, NULL},
        {"<p style='background:url(display:none;)'>x", VISIBLE, NULL},
    };

    (void)state;
    CHECK_ROWS(rows);
}

static void test_visibility__sees_what_sheets_hide(void **state)
{
    static const struct row rows[] = {
        {"<style>.h{display:none}</style><p class='a h'>x", STYLE,
         "display:none by the rule \".h\""},
        {"<style>.h{display:none}</style><div class=h><p>x", STYLE,
         "display:none by the rule \".h\" on an ancestor"},
        {"<style>.h{display:none}</style><p class=hh>x", VISIBLE, NULL},
        {"<style>#i{display:none}</style><p id=i>x", STYLE, NULL},
        {"<style>p.h{display:none}</style><p class=h>x", STYLE, NULL},
        {"<style>div.h{display:none}</style><p class=h>x", VISIBLE, NULL},
        {"<style>.a.b{display:none}</style><p class='b a'>x", STYLE, NULL},
        {"<style>.a.b{display:none}</style><p class=a>x", VISIBLE, NULL},
        {"<style>h1,.h,#q{display:none}</style><p class=h>x", STYLE, NULL},
        {"<style>.o p{display:none}</style><div class=o><div><p>x", STYLE,
         NULL},
        {"<style>.o p{display:none}</style><p>x", VISIBLE, NULL},
        {"<style>.o>p{display:none}</style><div class=o><div><p>x", VISIBLE,
         NULL},
        {"<style>.o > p{display:none}</style><div class=o><p>x", STYLE, NULL},
        {"<style>a .o p{display:none}</style><div class=o><p>x", VISIBLE, NULL},
        {"<style>p:hover{display:none}</style><p>x", VISIBLE, NULL},
        {"<style>p[a]{display:none}</style><p a>x", VISIBLE, NULL},
        {"<style>@media print{p{display:none}}</style><p>x", VISIBLE, NULL},
        {"<style>@media screen{p{display:none}}</style><p>x", STYLE, NULL},
        {"<style>@media all{a{}p{display:none}}</style><p>x", STYLE, NULL},
        {"<style>@media (max-width:9px){p{display:none}}</style><p>x", VISIBLE,
         NULL},
        {"<style>@media print{a{}}p{display:none}</style><p>x", STYLE, NULL},
        {"<style>@font-face{a:b}@import 'x';p{display:none}</style><p>x", STYLE,
         NULL},
        {"<style>@keyframes k{from{opacity:0}}</style><p>x", VISIBLE, NULL},
        {"<style media=print>p{display:none}</style><p>x", VISIBLE, NULL},
        {"<style>/*p{display:none}*/</style><p>x", VISIBLE, NULL},
        {"<style><!-- p{display:none} --></style><p>x", STYLE, NULL},
        {"<style>q::before{content:'}'}p{display:none}</style><p>x", STYLE,
         NULL},
        {"<noscript><style>p{display:none}</style></noscript><p>x", VISIBLE,
         NULL},
        {"<style>p{position:absolute;left:-9999px}</style><p>x", STYLE, NULL},
    };

    (void)state;
    CHECK_ROWS(rows);
}

static void test_visibility__follows_the_cascade(void **state)
{
    static const struct row rows[] = {
        {"<style>p{display:none}p{display:block}</style><p>x", VISIBLE, NULL},
        {"<style>p{display:block}p{display:none}</style><p>x", STYLE, NULL},
        {"<style>.a{display:none}p{display:block}</style><p class=a>x", STYLE,
         NULL},
        {"<style>#i{display:block}.a{display:none}</style><p id=i class=a>x",
         VISIBLE, NULL},
        {"<style>p{display:none}</style><p style='display:block'>x", VISIBLE,
         NULL},
        {"<style>p{display:none!important}</style><p style='display:block'>x",
         STYLE, NULL},
        {"<style>p{display:block}</style><p hidden>x", VISIBLE, NULL},
        {"<style>p{display:block!important}</style><p style='display:none'>x",
         VISIBLE, NULL},
        {"<style>p{opacity:0}p{display:block}</style><p>x", STYLE, NULL},
    };

    (void)state;
    CHECK_ROWS(rows);
}

static void test_visibility__is_unknown_for_what_may_open(void **state)
{
    static const struct row rows[] = {
        {"<details>x</details>", UNKNOWN, "inside details that are closed"},
        {"<details open>x</details>", VISIBLE, NULL},
        {"<details><summary>x</summary>y</details>", VISIBLE, NULL},
        {"<dialog>x</dialog>", UNKNOWN, "inside a dialog that is not open"},
        {"<dialog open>x</dialog>", VISIBLE, NULL},
        {"<p>y</p><template><p>x</template>", UNKNOWN,
         "inside a template, which scripts may show"},
        {"<p>y</p><noscript><p>x</noscript>", UNKNOWN,
         "shown only where scripts are off"},
        {"<video>x</video>", UNKNOWN, NULL},
        {"<details><p style='display:none'>x</details>", INLINE, NULL},
    };

    (void)state;
    CHECK_ROWS(rows);
}

static void test_visibility__doubts_what_a_control_may_open(void **state)
{
    static const struct row rows[] = {
        {"<style>.p{display:none}</style><button aria-controls=c>Credits"
         "</button><div id=c class=p>x",
         UNKNOWN,
         "display:none by the rule \".p\", which a control of the page may "
         "open"},
        {"<a data-bs-target='#c'>c</a><div id=c style='display:none'><p>x",
         UNKNOWN, NULL},
        {"<a data-target='.k'>c</a><div class='j k' style='display:none'>x",
         UNKNOWN, NULL},
        {"<a href='#c'>c</a><div style='display:none'><p id=c>x", UNKNOWN,
         NULL},
        {"<a href='#d'>c</a><div id=c style='display:none'>x", INLINE, NULL},
        {"<a href='#'>c</a><div style='display:none'>x", INLINE, NULL},
        {"<div id=c style='display:none'><p>x<p><a href='#c'>close</a></div>",
         INLINE, NULL},
        {"<p>y<button popovertarget=c>c</button><div id=c popover>x", UNKNOWN,
         "inside a popover that is not open"},
        {"<p>y<div hidden=until-found>x", UNKNOWN, NULL},
        {"<div role=tabpanel hidden>x", UNKNOWN, NULL},
        {"<script></script><p>some more text<button>c</button>"
         "<div style='display:none'>x",
         UNKNOWN, NULL},
        {"<script></script><p>some more text<p>y</p><div style='display:none'>"
         "x",
         INLINE, NULL},
        {"<p>y<button>c</button><div style='display:none'>x", INLINE, NULL},
        {"<script>$('#c').hide()</script><p>some more text<p id=c "
         "style='display:none'>x",
         UNKNOWN, NULL},
        {"<a onclick=\"show('c')\">some more text</a><p id=c hidden>x", UNKNOWN,
         NULL},
        {"<script>var c = 'cd'</script><p>some more text<p id=c hidden>x",
         INLINE, NULL},
    };

    (void)state;
    CHECK_ROWS(rows);
}

static void test_visibility__doubts_what_a_state_may_show(void **state)
{
    static const struct row rows[] = {
        {"<style>.c{display:none}.c.in{display:block}</style><p class=c>x",
         UNKNOWN, NULL},
        {"<style>.c{display:none}.open.c{display:block}</style><p class=c>x",
         UNKNOWN, NULL},
        {"<style>.c{display:none}.c:target{display:block}</style><p class=c>x",
         UNKNOWN, NULL},
        {"<style>.c{display:none}#t:checked~.c{display:block}</style>"
         "<input id=t><p class=c>x",
         UNKNOWN, NULL},
        {"<style>.c{display:none}#t:checked~.c{display:block}</style>"
         "<input id=u><p class=c>x",
         STYLE, NULL},
        {"<style>.c{display:none}.js .c{display:block}</style><p class=c>x",
         UNKNOWN, NULL},
        {"<style>.c{display:none}.side .c{display:block}</style><p class=c>x",
         STYLE, NULL},
        {"<style>.a .c{display:none}.a.open .c{display:block}</style>"
         "<div class=a><p class=c>x",
         UNKNOWN, NULL},
        {"<style>.c{display:none}.n.open{display:block}</style><p class=c>x",
         STYLE, NULL},
        {"<style>.c{display:none;&.on{display:block}}</style><p class=c>x",
         UNKNOWN, NULL},
        {"<style>.c{color:red;&.on{a:b;display:none}}</style><p class=c>x",
         VISIBLE, NULL},
        {"<style>.c{display:none}[open]>.c{display:block}</style>"
         "<div><p class=c>x",
         UNKNOWN, NULL},
        {"<style>.c{display:none}.d[open]>.c{display:block}</style>"
         "<div class=d><p class=c>x",
         UNKNOWN, NULL},
        {"<style>.c{display:none}.d:hover .c{display:block}</style>"
         "<div class=d><p class=c>x",
         UNKNOWN, NULL},
        {"<style>.c{color:#fff;background:#fff}.c:hover{color:red}</style>"
         "<p class=c>x",
         STYLE, NULL},
        {"<style>.no-js .c{display:none}</style><div class=no-js><p class=c>x",
         VISIBLE, NULL},
        {"<style>.c::before{display:block}.c{display:none}</style><p class=c>x",
         STYLE, NULL},
        {"<style>.c{display:none}@layer a{.c{display:block!important}}</style>"
         "<p class=c>x",
         UNKNOWN, NULL},
        {"<style>@layer a{.c{display:none}}</style><p class=c>x", VISIBLE,
         NULL},
    };

    (void)state;
    CHECK_ROWS(rows);
}

static void test_visibility__doubts_what_an_unread_sheet_may_show(void **state)
{
    static const struct row rows[] = {
        {"<style>.c{display:none}</style><link rel=stylesheet href=s><p "
         "class=c>x",
         UNKNOWN,
         "display:none by the rule \".c\", which a style sheet that was not "
         "read may undo"},
        {"<style>.c{display:none}</style><style>@import 's';</style><p "
         "class=c>x",
         UNKNOWN, NULL},
        {"<link rel=stylesheet href=s><style>.c{display:none}</style><p "
         "class=c>x",
         STYLE, NULL},
        {"<style>.c{display:none!important}</style><link rel=stylesheet "
         "href=s><p class=c>x",
         STYLE, NULL},
        {"<style>.c{display:none}</style><link rel=stylesheet media=print "
         "href=s><p class=c>x",
         STYLE, NULL},
        {"<p style='display:none'>x<link rel=stylesheet href=s>", INLINE, NULL},
    };

    (void)state;
    CHECK_ROWS(rows);
}

static void test_visibility__weighs_text_against_all_that_paints(void **state)
{
    static const struct row rows[] = {
        {"<style>.c{color:#fff;background:#fff}.d{background:#000}</style>"
         "<p class='c d'>x",
         VISIBLE, NULL},
        {"<style>.c{color:#fff;background:#fff}.d{background:#fff}</style>"
         "<p class='c d'>x",
         STYLE, NULL},
        {"<style>.c{color:#fff;background:#fff}.d{background-image:url(i)}"
         "</style><p class='c d'>x",
         VISIBLE, NULL},
        {"<style>.c{color:#fff;background:#fff}@media (x:y){.c{background:"
         "#000}}</style><p class=c>x",
         UNKNOWN, NULL},
        {"<p style='color:#fff;background:#fff url(/a/very/long/address/of/an/"
         "image/that/does/not/fit.png) repeat-x top left'>x",
         VISIBLE, NULL},
        {"<p style='background:linear-gradient(red,blue);background-clip:text;"
         "color:transparent'>x",
         VISIBLE, NULL},
        {"<p style='color:transparent;text-shadow:0 0 0 #333'>x", VISIBLE,
         NULL},
        {"<p style='color:transparent;text-shadow:none'>x", INLINE, NULL},
        {"<style>.d{background:#000}</style><div style='color:#fff;background:"
         "#fff'><p class=d>x",
         VISIBLE, NULL},
        {"<style>.d{background:#fff}</style><div style='color:#fff;background:"
         "#fff'><p class=d>x",
         INLINE, NULL},
        {"<p style='text-indent:-9999px;background:url(logo.png)'>x", UNKNOWN,
         "text-indent off the screen, which a picture may stand for"},
    };

    (void)state;
    CHECK_ROWS(rows);
}

static void test_visibility__doubts_what_a_condition_may_show(void **state)
{
    static const struct row rows[] = {
        {"<style>.n{display:none!important}@media (min-width:768px){"
         ".b{display:block!important}}</style><p class='n b'>x",
         UNKNOWN, "display:none by the rule \".n\", which may be undone"},
        {"<style>.n{display:none}@media (min-width:9px){.n{display:block}}"
         "</style><div class=n><p>x",
         UNKNOWN, NULL},
        {"<style>p{opacity:0}@supports (a:b){@media (x){a{}}p{opacity:1}}"
         "</style><p>x",
         UNKNOWN, NULL},
        {"<style>p{visibility:hidden}@container (x){p{visibility:visible}}"
         "</style><p>x",
         UNKNOWN, NULL},
        {"<style>div{visibility:hidden}@media (x){p{visibility:visible}}"
         "</style><div><p>x",
         UNKNOWN, NULL},
        {"<style>p{display:none}</style><style media='(min-width:9px)'>"
         "p{display:block}</style><p>x",
         UNKNOWN, NULL},
        {"<style>@media (x){.b{display:block!important}}</style>"
         "<p class=b style='display:none'>x",
         UNKNOWN, NULL},
        {"<style>@media (x){p{display:block}}</style><p hidden>x", UNKNOWN,
         NULL},
        {"<style>p{display:none}@media print{p{display:block}}</style><p>x",
         STYLE, NULL},
        {"<style>p{display:none}@media (x){p{opacity:1}}</style><p>x", STYLE,
         NULL},
        {"<style>p{display:none!important}@media (x){p{display:block}}"
         "</style><p>x",
         STYLE, NULL},
        {"<style>@media (x){a{}}p{display:none}</style><p>x", STYLE, NULL},
        {"<style>p{display:none;opacity:0}@media (x){p{display:block}}"
         "</style><p>x",
         STYLE, NULL},
        {"<style>p{display:none}p{display:block}@media (x){p{display:none}}"
         "</style><p>x",
         VISIBLE, NULL},
        {"<style>@supports (a:b){p{display:none}}</style><p>x", VISIBLE, NULL},
    };

    (void)state;
    CHECK_ROWS(rows);
}

static void test_visibility__doubts_what_may_fade_in(void **state)
{
    static const struct row rows[] = {
        {"<p style='opacity:0;animation:in 1s forwards'>x", UNKNOWN,
         "opacity:0, which may be undone"},
        {"<p style='opacity:0;transition:opacity .3s ease-in-out 0s, "
         "visibility .3s ease-in-out 0s, transform .3s ease 0s'>x",
         UNKNOWN, NULL},
        {"<style>.f{opacity:0}p{transition:opacity 1s}</style><p class=f>x",
         UNKNOWN, NULL},
        {"<style>.f{visibility:hidden;animation-name:k}</style>"
         "<div class=f><p>x",
         UNKNOWN, NULL},
        {"<style>@media (x){p{animation:k 1s}}</style>"
         "<p style='opacity:0'>x",
         UNKNOWN, NULL},
        {"<p style='opacity:0;transition:none'>x", INLINE, NULL},
        {"<p style='display:none;transition:all 1s'>x", INLINE, NULL},
        {"<style>b{transition:all 1s}</style><p style='opacity:0'>x", INLINE,
         NULL},
    };

    (void)state;
    CHECK_ROWS(rows);
}

static void test_visibility__splits_a_block_where_it_changes(void **state)
{
    struct bylaw_document *d =
        extract_page("<p>one <span hidden>two</span> three</p>");

    (void)state;
    assert_int_equal(d->block_count, 3);
    assert_span(d->blocks[1].text, "two");
    assert_int_equal(d->blocks[1].visibility, INLINE);
    assert_int_equal(d->blocks[2].visibility, VISIBLE);
    bylaw_document_free(d);
}

static void test_visibility__of_a_page_scripts_show_is_unknown(void **state)
{
    (void)state;
    check_x("<script></script><body style='visibility:hidden'><p>x", UNKNOWN,
            "hidden together with most of the page until a script shows it");
    check_x("<body style='visibility:hidden'><p>x", INLINE, NULL);
    check_x("<script></script><p>more text than that<p hidden>x", INLINE, NULL);
}

static void test_visibility__survives_sheets_without_end(void **state)
{
    struct bylaw__buf html = {0};
    struct bylaw_document *d;

    (void)state;
    bylaw__buf_add_text(&html, "<style>");
    for (unsigned i = 0; i < 19999; i++)
        bylaw__buf_add_text(&html, ".a .b .c{display:none}");
    bylaw__buf_add_text(&html, "</style><body>");
    for (unsigned i = 0; i < 2000; i++)
        bylaw__buf_add_text(&html, "<i class='c'></i>");
    bylaw__buf_add_text(&html, "<p>x y");
    d = extract_as("text/html", bylaw__buf_span(&html), NULL);
    assert_false(d->is_complete);
    bylaw_document_free(d);
    bylaw__buf_release(&html);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_visibility__sees_what_attributes_hide),
        cmocka_unit_test(test_visibility__sees_what_sheets_hide),
        cmocka_unit_test(test_visibility__follows_the_cascade),
        cmocka_unit_test(test_visibility__is_unknown_for_what_may_open),
        cmocka_unit_test(test_visibility__doubts_what_a_control_may_open),
        cmocka_unit_test(test_visibility__doubts_what_a_state_may_show),
        cmocka_unit_test(test_visibility__doubts_what_an_unread_sheet_may_show),
        cmocka_unit_test(test_visibility__weighs_text_against_all_that_paints),
        cmocka_unit_test(test_visibility__doubts_what_a_condition_may_show),
        cmocka_unit_test(test_visibility__doubts_what_may_fade_in),
        cmocka_unit_test(test_visibility__splits_a_block_where_it_changes),
        cmocka_unit_test(test_visibility__of_a_page_scripts_show_is_unknown),
        cmocka_unit_test(test_visibility__survives_sheets_without_end),
    };

    return cmocka_run_group_tests_name("extract visibility", tests, NULL, NULL);
}
