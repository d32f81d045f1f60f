/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Credit at the top of the page. A site's header and menus name publishers for
 * many reasons, so a name there is no credit; but a line there that speaks as
 * credit does ("From our partner X") may be this article's.
 */
#include "judge_int.h"

/* Lines that may be looked at; a line of credit has so many words. */
#define LINES_MAX  200u
#define LINE_WORDS 40u
/* Above it a block is a list of links. */
#define MENU_DENSITY 0.95f

#define ROLES_SPOKEN                                                           \
    (ROLES_ORIGIN | ROLE_BIT(BYLAW_PHRASE_PERMISSION) |                        \
     ROLE_BIT(BYLAW_PHRASE_COPYRIGHT) | ROLE_BIT(BYLAW_PHRASE_PARTNER))

static bool is_of_masthead(const struct scene *scene, const struct line *line)
{
    const struct bylaw_block *block = &scene->c->document->blocks[line->block];

    return line->zone == BYLAW_ZONE_NAV && line->seen && !line->is_read &&
           block->link_density < MENU_DENSITY &&
           count_words(line->text, LINE_WORDS + 1) <= LINE_WORDS;
}

void scene_read_mastheads(struct scene *scene)
{
    size_t looked = 0;

    for (size_t i = 0; i < scene->line_count && looked < LINES_MAX; i++) {
        struct line *line = &scene->lines[i];

        if (!is_of_masthead(scene, line))
            continue;
        looked++;
        scene_read_line(scene, line);
        if (line->roles & ROLES_SPOKEN)
            line->stand = STAND_OFF;
    }
}

const struct line *menu_naming(const struct scene *scene, const char *name)
{
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct line *line = &scene->lines[i];

        if (line->zone == BYLAW_ZONE_NAV && line->seen &&
            name_in(NULL, line->text, line->is_foreign, name) ==
                BYLAW__NAME_FULL)
            return line;
    }
    return NULL;
}
