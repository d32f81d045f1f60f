/* SPDX-License-Identifier: Apache-2.0 */
/* Licences of Creative Commons in every form that pages write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/model.h"

struct licence_case {
    const char *text, *code, *version, *port;
};

static void check(const struct licence_case *c)
{
    struct bylaw__licence licence;
    bool is_known = bylaw__licence_of(&licence, bylaw__span_of(c->text));

    if (is_known != (c->code != NULL))
        fail_msg("%s: %s", c->text, is_known ? licence.code : "not known");
    if (!c->code)
        return;
    if (strcmp(licence.code, c->code) || strcmp(licence.version, c->version) ||
        strcmp(licence.port, c->port))
        fail_msg("%s: %s %s %s", c->text, licence.code, licence.version,
                 licence.port);
}

#define CC "https://creativecommons.org/licenses/"

static void test_licence__is_read_from_its_address(void **state)
{
    static const struct licence_case cases[] = {
        {CC "by/4.0/", "by", "4.0", ""},
        {CC "by/4.0", "by", "4.0", ""},
        {CC "by-nc-nd/3.0/us/", "by-nc-nd", "3.0", "us"},
        {CC "by-nc-sa/3.0/igo/deed.fr", "by-nc-sa", "3.0", "igo"},
        {CC "by/2.5/scotland/legalcode", "by", "2.5", "scotland"},
        {CC "by-sa/2.1/jp", "by-sa", "2.1", "jp"},
        {CC "by-nd-nc/1.0/", "by-nc-nd", "1.0", ""},
        {CC "BY-SA/4.0/legalcode.de", "by-sa", "4.0", ""},
        {CC "by-sa/2.0/deed.en", "by-sa", "2.0", ""},
        {CC "by/", "by", "", ""},
        {"http://www.creativecommons.org/licences/by-nc/4.0/", "by-nc", "4.0",
         ""},
        {CC "nc-sa/1.0/", "nc-sa", "1.0", ""},
        {CC "nd/1.0/fi/", "nd", "1.0", "fi"},
        {CC "nd-nc/1.0/", "nc-nd", "1.0", ""},
        {CC "sampling+/1.0/", "sampling+", "1.0", ""},
        {CC "devnations/2.0/", "devnations", "2.0", ""},
        {"https://creativecommons.org/publicdomain/zero/1.0/deed.en", "zero",
         "1.0", ""},
        {"https://creativecommons.org/publicdomain/mark/1.0/", "mark", "1.0",
         ""},
        {"https://creativecommons.org/publicdomain/certification/1.0/us/",
         "certification", "1.0", "us"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        check(&cases[i]);
}

static void test_licence__is_read_from_its_name(void **state)
{
    static const struct licence_case cases[] = {
        {"CC-BY-4.0", "by", "4.0", ""},
        {"cc-by-nc-nd-3.0-us", "by-nc-nd", "3.0", "us"},
        {"CC BY-NC 4.0", "by-nc", "4.0", ""},
        {"CC-BY-3.0-IGO", "by", "3.0", "igo"},
        {"CC0-1.0", "zero", "1.0", ""},
        {"CC0", "zero", "", ""},
        {"CC BY", "by", "", ""},
        {"Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 "
         "International License",
         "by-nc-nd", "4.0", ""},
        {"Creative Commons Attribution Non-Commercial Share Alike 2.5",
         "by-nc-sa", "2.5", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        check(&cases[i]);
}

static void test_licence__of_others_is_none(void **state)
{
    static const struct licence_case cases[] = {
        {"https://creativecommons.org/", NULL, NULL, NULL},
        {CC, NULL, NULL, NULL},
        {CC "by-xy/4.0/", NULL, NULL, NULL},
        {CC "by/4.01/", NULL, NULL, NULL},
        {CC "by-nd-sa/4.0/", NULL, NULL, NULL},
        {"https://creativecommons.org/about/by/4.0/", NULL, NULL, NULL},
        {"https://evil.example/creativecommons.org/licenses/by/4.0/", NULL,
         NULL, NULL},
        {"https://example.org/rsl.xml", NULL, NULL, NULL},
        {"MIT", NULL, NULL, NULL},
        {"All rights reserved", NULL, NULL, NULL},
        {"Creative Commons", NULL, NULL, NULL},
        {"By Ahmed Adel", NULL, NULL, NULL},
        {"", NULL, NULL, NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        check(&cases[i]);
}

static void test_licence__is_the_same_by_elements_and_version(void **state)
{
    static const struct {
        const char *a, *b;
        bool is_same;
    } cases[] = {
        {"CC-BY-3.0-US", CC "by/3.0/", true},
        {CC "by-nd-nc/1.0/", "CC-BY-NC-ND-1.0", true},
        {"CC BY", "CC-BY-2.5", true},
        {"CC-BY-3.0", "CC-BY-4.0", false},
        {"CC-BY-4.0", "CC-BY-SA-4.0", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct bylaw__licence a, b;

        assert_true(bylaw__licence_of(&a, bylaw__span_of(cases[i].a)));
        assert_true(bylaw__licence_of(&b, bylaw__span_of(cases[i].b)));
        assert_int_equal(bylaw__licence_is_same(&a, &b), cases[i].is_same);
    }
}

static void test_licence__that_is_retired_says_so(void **state)
{
    static const char *const retired[] = {CC "nc-sa/1.0/", CC "sampling/1.0/",
                                          CC "devnations/2.0/"};
    struct bylaw__licence licence;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        assert_true(bylaw__licence_of(&licence, bylaw__span_of(retired[i])));
        assert_true(licence.is_retired);
    }
    assert_true(bylaw__licence_of(&licence, BYLAW__SPAN(CC "by/1.0/")));
    assert_false(licence.is_retired);
}

static void test_licence__has_a_name_for_people(void **state)
{
    static const char *const names[][2] = {
        {CC "by-nc-nd/3.0/us/", "CC BY-NC-ND 3.0 US"},
        {"CC-BY-4.0", "CC BY 4.0"},
        {"CC0", "CC0 1.0"},
        {"https://creativecommons.org/publicdomain/mark/1.0/",
         "Public Domain Mark 1.0"}};

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct bylaw__licence licence;
        struct bylaw__buf name = {0};

        assert_true(bylaw__licence_of(&licence, bylaw__span_of(names[i][0])));
        bylaw__licence_name(&name, &licence);
        assert_true(bylaw__span_is(bylaw__buf_span(&name), names[i][1]));
        bylaw__buf_release(&name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_licence__is_read_from_its_address),
        cmocka_unit_test(test_licence__is_read_from_its_name),
        cmocka_unit_test(test_licence__of_others_is_none),
        cmocka_unit_test(test_licence__is_the_same_by_elements_and_version),
        cmocka_unit_test(test_licence__that_is_retired_says_so),
        cmocka_unit_test(test_licence__has_a_name_for_people),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
