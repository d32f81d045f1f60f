/* SPDX-License-Identifier: Apache-2.0 */
/* One page under several addresses of a host, told as one case. */
#include "case_int.h"

#include <stdlib.h>

/* A case as the folding sees it; in the order of kin, then of key. */
struct twin {
    int64_t id, twin_of;
    bool is_unreachable;
    char *kin;      /* equal for cases that may be of one page */
    char *key;      /* the page's */
    char *declared; /* the key that the page calls its own; "" */
};

struct twins {
    struct twin *items;
    size_t count, cap;
};

static void release(struct twins *twins)
{
    for (size_t i = 0; i < twins->count; i++) {
        free(twins->items[i].kin);
        free(twins->items[i].key);
        free(twins->items[i].declared);
    }
    free(twins->items);
}

static char *copy(struct bylaw__sql *sql, int column)
{
    const char *text = bylaw__sql_get_text(sql, column);

    return strdup(text ? text : "");
}

static int add_twin(struct twins *twins, struct bylaw__sql *sql)
{
    struct twin *twin;

    if (bylaw__vec_grow(&twins->items, &twins->cap, twins->count + 1,
                        sizeof(*twins->items)))
        return BYLAW_ENOMEM;
    twin = &twins->items[twins->count++];
    *twin = (struct twin){.id = bylaw__sql_get_int(sql, 0),
                          .twin_of = bylaw__sql_get_int(sql, 1),
                          .key = copy(sql, 2),
                          .declared = copy(sql, 3),
                          .is_unreachable = bylaw__sql_get_int(sql, 4) != 0,
                          .kin = copy(sql, 5)};
    return twin->key && twin->declared && twin->kin ? 0 : BYLAW_ENOMEM;
}

static int read_twins(struct twins *twins, bylaw__store *store,
                      struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_CASES_TO_FOLD);
    int rc = 0, ended;

    while (!rc && bylaw__sql_row(&sql))
        rc = add_twin(twins, &sql);
    if (rc)
        bylaw__fail_memory(err, store->path);
    ended = bylaw__sql_end(&sql, rc ? NULL : err);
    return rc ? rc : ended;
}

/* How many of a family call that page the original. */
static size_t count_votes(const struct twin *family, size_t count,
                          const struct twin *for_whom)
{
    size_t votes = 0;

    for (size_t i = 0; i < count; i++)
        votes += strcmp(family[i].declared, for_whom->key) == 0;
    return votes;
}

/* Whether a page stands for the family rather than the best so far. */
static bool is_better(const struct twin *family, size_t count,
                      const struct twin *twin, const struct twin *best)
{
    size_t votes = count_votes(family, count, twin);
    size_t most = count_votes(family, count, best);

    if (twin->is_unreachable != best->is_unreachable)
        return best->is_unreachable;
    if (votes != most)
        return votes > most;
    return strlen(twin->key) < strlen(best->key);
}

static int put_twin(bylaw__store *store, const struct twin *twin, int64_t of,
                    struct bylaw_error *err)
{
    struct bylaw__sql sql;

    if (twin->twin_of == of)
        return 0;
    sql = bylaw__sql_start(store, BYLAW__SQL_CASE_FOLD);
    bylaw__sql_int(&sql, twin->id);
    bylaw__sql_int(&sql, of);
    return bylaw__sql_finish(&sql, err);
}

/* A family larger than this is a host that answers everything alike: who
 * stands for it is then told by the address alone. */
#define VOTERS_MOST 100u

static int fold_family(bylaw__store *store, const struct twin *family,
                       size_t count, struct bylaw_error *err)
{
    size_t voters = count < VOTERS_MOST ? count : 0;
    const struct twin *best = family;
    int rc = 0;

    for (size_t i = 1; i < count; i++)
        if (is_better(family, voters, &family[i], best))
            best = &family[i];
    for (size_t i = 0; !rc && i < count; i++)
        rc =
            put_twin(store, &family[i], &family[i] == best ? 0 : best->id, err);
    return rc;
}

static int fold_all(bylaw__store *store, const struct twins *twins,
                    struct bylaw_error *err)
{
    size_t begin = 0;
    int rc = 0;

    while (!rc && begin < twins->count) {
        const struct twin *family = &twins->items[begin];
        size_t count = 1;

        while (*family->kin && begin + count < twins->count &&
               strcmp(family[count].kin, family->kin) == 0)
            count++;
        rc = fold_family(store, family, count, err);
        begin += count;
    }
    return rc;
}

int bylaw__store_fold(bylaw__store *store, struct bylaw_error *err)
{
    struct twins twins = {NULL, 0, 0};
    int rc = bylaw__store_enter(store, err);

    if (rc)
        return rc;
    rc = read_twins(&twins, store, err);
    if (!rc)
        rc = fold_all(store, &twins, err);
    release(&twins);
    return bylaw__store_leave(rc, store, err);
}
