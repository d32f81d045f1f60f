/* SPDX-License-Identifier: Apache-2.0 */
/* The Merkle tree over the entries, and paths in it (RFC 6962, 2.1). */
#include "evidence.h"

bool bylaw__digest_eq(const struct bylaw__digest *a,
                      const struct bylaw__digest *b)
{
    return !memcmp(a->bytes, b->bytes, sizeof(a->bytes));
}

int bylaw__leaf_of(struct bylaw__digest *out, bylaw__sha256 *sha,
                   struct bylaw_span entry)
{
    const struct bylaw_span parts[] = {{"\0", 1}, entry};

    return bylaw__sha256_of_parts(out->bytes, sha, parts, 2);
}

static int join(struct bylaw__digest *out, bylaw__sha256 *sha,
                const struct bylaw__digest *left,
                const struct bylaw__digest *right)
{
    char node[1 + 2 * BYLAW__SHA256_BYTES] = {1};

    memcpy(node + 1, left->bytes, sizeof(left->bytes));
    memcpy(node + 1 + sizeof(left->bytes), right->bytes, sizeof(right->bytes));
    return bylaw__sha256_of(out->bytes, sha,
                            (struct bylaw_span){node, sizeof(node)});
}

/* --------------------------------------------------------------- trees --- */

/* Like adding one to a binary number: each carry joins two equal subtrees. */
int bylaw__tree_add(struct bylaw__tree *tree, bylaw__sha256 *sha,
                    const struct bylaw__digest *leaf)
{
    struct bylaw__digest carry = *leaf;
    int rc = 0;

    for (uint64_t bit = tree->size; !rc && (bit & 1); bit >>= 1)
        rc = join(&carry, sha, &tree->roots[--tree->count], &carry);
    tree->roots[tree->count++] = carry;
    tree->size++;
    return rc;
}

int bylaw__tree_root(struct bylaw__digest *out, const struct bylaw__tree *tree,
                     bylaw__sha256 *sha)
{
    int rc = 0;

    if (!tree->count)
        return bylaw__sha256_of(out->bytes, sha, (struct bylaw_span){"", 0});
    *out = tree->roots[tree->count - 1];
    for (unsigned i = tree->count - 1; !rc && i > 0; i--)
        rc = join(out, sha, &tree->roots[i - 1], out);
    return rc;
}

/* --------------------------------------------------------------- paths --- */

static int root_of(struct bylaw__digest *out, bylaw__sha256 *sha,
                   const struct bylaw__digest *leaves, uint64_t count)
{
    struct bylaw__tree tree = {0};
    int rc = 0;

    for (uint64_t i = 0; !rc && i < count; i++)
        rc = bylaw__tree_add(&tree, sha, &leaves[i]);
    return rc ? rc : bylaw__tree_root(out, &tree, sha);
}

/* Largest power of two below size, which is at least 2. */
static uint64_t split_of(uint64_t size)
{
    uint64_t split = 1;

    while (split < (size + 1) / 2)
        split *= 2;
    return split;
}

/* Paths are found from the root down and told from the leaf up. */
static void turn(struct bylaw__path *path)
{
    for (unsigned i = 0; i < path->count / 2; i++) {
        struct bylaw__digest swap = path->steps[i];

        path->steps[i] = path->steps[path->count - 1 - i];
        path->steps[path->count - 1 - i] = swap;
    }
}

int bylaw__path_of_leaf(struct bylaw__path *out, bylaw__sha256 *sha,
                        const struct bylaw__digest *leaves, uint64_t size,
                        uint64_t number)
{
    int rc = number < size ? 0 : BYLAW_EUSAGE;

    out->count = 0;
    while (!rc && size > 1) {
        uint64_t split = split_of(size);
        bool is_left = number < split;

        rc = is_left ? root_of(&out->steps[out->count++], sha, leaves + split,
                               size - split)
                     : root_of(&out->steps[out->count++], sha, leaves, split);
        leaves += is_left ? 0 : split;
        number -= is_left ? 0 : split;
        size = is_left ? split : size - split;
    }
    turn(out);
    return rc;
}

int bylaw__path_of_tree(struct bylaw__path *out, bylaw__sha256 *sha,
                        const struct bylaw__digest *leaves, uint64_t size,
                        uint64_t old)
{
    bool is_whole = true; /* the old tree is a subtree of the new one */
    int rc = old && old <= size ? 0 : BYLAW_EUSAGE;

    out->count = 0;
    while (!rc && old != size) {
        uint64_t split = split_of(size);
        bool is_left = old <= split;

        rc = is_left ? root_of(&out->steps[out->count++], sha, leaves + split,
                               size - split)
                     : root_of(&out->steps[out->count++], sha, leaves, split);
        is_whole = is_whole && is_left;
        leaves += is_left ? 0 : split;
        old -= is_left ? 0 : split;
        size = is_left ? split : size - split;
    }
    if (!rc && !is_whole)
        rc = root_of(&out->steps[out->count++], sha, leaves, size);
    turn(out);
    return rc;
}

/* RFC 9162, 2.1.3.2 */
bool bylaw__path_has_leaf(const struct bylaw__path *path, bylaw__sha256 *sha,
                          const struct bylaw__digest *leaf, uint64_t number,
                          uint64_t size, const struct bylaw__digest *root)
{
    struct bylaw__digest hash = *leaf;
    uint64_t at = number, last = size - 1;
    int rc = number < size ? 0 : BYLAW_EUSAGE;

    for (unsigned i = 0; !rc && i < path->count; i++) {
        if (!last)
            return false;
        if ((at & 1) || at == last) {
            rc = join(&hash, sha, &path->steps[i], &hash);
            while (!(at & 1) && at) {
                at >>= 1;
                last >>= 1;
            }
        } else {
            rc = join(&hash, sha, &hash, &path->steps[i]);
        }
        at >>= 1;
        last >>= 1;
    }
    return !rc && !last && bylaw__digest_eq(&hash, root);
}

/* RFC 9162, 2.1.4.2 */
bool bylaw__path_joins(const struct bylaw__path *path, bylaw__sha256 *sha,
                       const struct bylaw__digest *old_root, uint64_t old,
                       const struct bylaw__digest *root, uint64_t size)
{
    struct bylaw__digest first, second;
    uint64_t at = old - 1, last = size - 1;
    unsigned next = 0;
    int rc = 0;

    if (!old || old > size)
        return false;
    if (old == size)
        return !path->count && bylaw__digest_eq(old_root, root);
    while (at & 1) {
        at >>= 1;
        last >>= 1;
    }
    /* An old tree that is a whole subtree is not repeated in the path. */
    if (at && !path->count)
        return false;
    first = second = at ? path->steps[next++] : *old_root;
    for (; !rc && next < path->count; next++) {
        if (!last)
            return false;
        if ((at & 1) || at == last) {
            rc = join(&first, sha, &path->steps[next], &first);
            if (!rc)
                rc = join(&second, sha, &path->steps[next], &second);
            while (!(at & 1) && at) {
                at >>= 1;
                last >>= 1;
            }
        } else {
            rc = join(&second, sha, &second, &path->steps[next]);
        }
        at >>= 1;
        last >>= 1;
    }
    return !rc && !last && bylaw__digest_eq(&first, old_root) &&
           bylaw__digest_eq(&second, root);
}
