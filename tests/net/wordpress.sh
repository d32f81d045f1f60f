#!/bin/sh
# A real WordPress with five reposts among ordinary posts, found by its feed,
# its sitemap, its own search and its links: are the right ones found, rightly
# judged, and is the site asked no more than it must be?
# usage: wordpress.sh PROGRAM
# WordPress and MariaDB run from a temporary folder: a private socket, no
# network but 127.0.0.1. Both are stopped at the end, whatever happens.
# KEEP=1 leaves the folder to look at.
BYLAW=$(realpath "$1") || exit 1
here=$(dirname "$(realpath "$0")")
ROOT=$(realpath "$here/../..")
HELPER=$here/wordpress.php
PACKAGE=/usr/share/wordpress
SEED=$ROOT/seeds/global-research-japan-nato
SITE=http://harbour-reader.example
ORIGINAL=http://www.globalresearch.example/2023/05/japan-to-open-nato-liaison-office/
START=1700000000 # the scans' own clock; what is due follows from it
PATH=$PATH:/usr/sbin
export NO_COLOR=1 LC_ALL=C
unset BYLAW_DATA BYLAW_WORKSPACE
failed=0 checks=0 server='' database=''

skip() {
    echo "skipped: wordpress: $1"
    exit 0
}

die() {
    echo "wordpress: $1" >&2
    [ -f "$2" ] && tail -20 "$2" >&2
    exit 1
}

check() { # WHAT WANTED GOT
    checks=$((checks + 1))
    [ "$2" = "$3" ] && return
    failed=$((failed + 1))
    printf 'FAILED: %s\n  wanted: %s\n  got:    %s\n' "$1" "$2" "$3"
}

# ------------------------------------------------------------- set-up ---
end() {
    # PHP's own server ends at once; MariaDB closes its files first.
    for pid in $server $database; do
        kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
    done
    [ -n "$KEEP" ] && echo "kept: $work" || rm -rf "$work"
}

wait_for() { # WHAT LOG COMMAND...
    what=$1 log=$2 tries=100
    shift 2
    until "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || die "$what does not come up" "$log"
        sleep 0.2
    done
}

start_database() {
    mariadb-install-db --no-defaults --user="$(id -un)" --skip-test-db \
        --auth-root-authentication-method=normal --datadir="$work/db" \
        >"$work/db.log" 2>&1 || die "no database can be made" "$work/db.log"
    mariadbd --no-defaults --user="$(id -un)" --datadir="$work/db" \
        --socket="$work/sock" --skip-networking >>"$work/db.log" 2>&1 &
    database=$!
    wait_for "MariaDB" "$work/db.log" test -S "$work/sock"
}

start_site() {
    cp -rL "$PACKAGE" "$work/site" 2>"$work/site.log"
    rm -f "$work/site/wp-config.php" "$work/site/.htaccess"
    php "$HELPER" install "$work/site" "$SITE" "$work/sock" \
        >"$work/site.log" 2>&1 || die "WordPress cannot be set up" "$work/site.log"
    php "$HELPER" fill "$work/site" "$SEED/article.md" "$ORIGINAL" \
        >>"$work/site.log" 2>&1 || die "no posts can be made" "$work/site.log"
    port=$(php "$HELPER" port)
    php -S "127.0.0.1:$port" -t "$work/site" "$HELPER" >>"$work/site.log" 2>&1 &
    server=$!
    wait_for "WordPress" "$work/site.log" php -r \
        "exit(@fsockopen('127.0.0.1', $port) ? 0 : 1);"
}

# -------------------------------------------------------------- scans ---
new_workspace() { # NAME ENTRY
    name=$1 ws=$work/$1
    "$BYLAW" init -q "$ws" || die "no workspace"
    cat >"$ws/bylaw.yaml" <<YAML
contact: editor@example.org
$2
crawl:
  delay: 0s
  allow-address: [127.0.0.0/8]
  connect-to: ["harbour-reader.example:80:127.0.0.1:$port"]
YAML
    "$BYLAW" --workspace "$ws" source add -q "$SEED/source.yaml" \
        --source-url "$ORIGINAL" || die "no source"
}

scan() { # MINUTE: one scan, so many minutes after the first
    : >"$work/access.log"
    SOURCE_DATE_EPOCH=$((START + $1 * 60)) "$BYLAW" --workspace "$ws" \
        scan --json >"$work/scan.out" 2>"$work/scan.err"
    code=$?
    cp "$work/access.log" "$ws/access-$1.log"
    [ -s "$work/scan.err" ] && cat "$work/scan.err" >&2
}

total() { # NAME: a number of the last scan's summary
    sed -n "s/.*\"bylaw.scan\/1\".*\"$1\":\([0-9]*\).*/\1/p" "$work/scan.out"
}

cases() { # every case as POST=VERDICT, sorted, on one line
    "$BYLAW" --workspace "$ws" case list --json | sed \
        's|.*"state":"\([^"]*\)","url":"http://[^/]*/\([^"]*\)".*"verdict":"\([^"]*\)".*|\2=\3|
         s|^[0-9]*/[0-9]*/||; s|/=|=|' | sort | tr '\n' ' '
}

asked() { # PATTERN: how many requests match
    grep -Ec "$1" "$work/access.log"
}

verdict() { # POST: as the program judges its page now, in one word
    "$BYLAW" --workspace "$ws" audit -q --allow-address 127.0.0.0/8 \
        --connect-to "harbour-reader.example:80:127.0.0.1:$port" \
        "$SITE/2023/05/$1/" | sed -n '1s/  .*//p'
}

# ------------------------------------------------------------- promises ---
BROKEN='home-link=incomplete no-copyright=not-met no-credit=not-met '
NONE='^([45]|30)' # an answer that is an error

# What holds however the reposts were found. The first scan finds them, the
# second confirms what there is to act on, by a fetch of these pages alone.
check_scans() { # LISTS PAGES: what tells of posts; pages with the article
    scan 0
    check "$name: exit code of what is seen once" 0 "$code"
    check "$name: failed visits" 0 "$(total failed)"
    check "$name: pages with the article" "$2" "$(total matched)"
    check "$name: cases" "$BROKEN" "$(cases)"
    check "$name: errors" 0 "$(asked "$NONE")"
    check "$name: robots.txt, once" 1 "$(asked ' /robots.txt ')"
    check "$name: robots.txt, then what tells of posts" 1 \
        "$(sed -n '1{/ \/robots.txt /{n;p;};}' "$work/access.log" | grep -Ec "$1")"
    check "$name: nothing twice" '' "$(sort "$work/access.log" | uniq -d)"
    check "$name: nothing without a name" 0 \
        "$(grep -vc 'bylaw/.*editor@example.org' "$work/access.log")"
    scan 20
    check "$name: exit code of what is confirmed" 1 "$code"
    check "$name: visits to confirm" "3 3" \
        "$(total visited) $(total unchanged)"
    check "$name: asked for them alone" "3 3" \
        "$(asked '^200 GET /2023/05/(no-|home-)[a-z]*/ ') $(asked .)"
    check "$name: cases, confirmed" "$BROKEN" "$(cases)"
}

check_feed() {
    new_workspace feed "watch: [{feed: $SITE/feed/}]"
    check_scans ' /feed/ ' 5
    check "feed: compliant" "COMPLIANT COMPLIANT" \
        "$(verdict full-credit) $(verdict excerpt)"
    scan 100
    check "feed: as it was" 1 "$(asked '^304 GET /feed/ ')"
    check "feed: what was confirmed rests" 0 "$(asked '/(no|home)-')"
    scan 101
    check "feed: nothing due" 0 "$(total visited)"
    check "feed: nothing asked" 0 "$(asked .)"
}

# Beside the posts a sitemap names the front page, the category and the author;
# these print the beginning of each post, which is no repost.
check_sitemap() {
    new_workspace sitemap "watch: [{sitemap: $SITE/wp-sitemap.xml}]"
    check_scans ' /wp-sitemap' 8
    scan 100
    check "sitemap: as it was" "$(total visited)" "$(total unchanged)"
}

check_search() {
    new_workspace search "search: [{service: wordpress, endpoint: $SITE}]"
    check_scans ' /wp-json/' 5
    check "search: only the reposts" 0 \
        "$(grep -c /ordinary- "$ws/access-0.log")"
    new_workspace search-feed \
        "search: [{service: wordpress-feed, endpoint: $SITE}]"
    check_scans ' /\?feed=rss2&s=' 5
}

# By links alone, archives by month and by number are come upon too.
check_site() {
    new_workspace site "watch: [{site: $SITE/}]"
    check_scans ' / ' 9
    check "site: nothing for people who write" 0 \
        "$(grep -Ec 'wp-(admin|login|json|cron)|xmlrpc|replytocom|/feed/' \
            "$ws/access-0.log")"
}

# What is put right is found to be so.
check_mended() {
    ws=$work/feed
    php "$HELPER" mend "$work/site" no-credit "<p>Source: <a
        href=\"$ORIGINAL\">Global Research</a>. Copyright © Ahmed Adel,
        InfoBrics, 2023.</p>" >>"$work/site.log" 2>&1 ||
        die "no post can be changed" "$work/site.log"
    scan 3000
    check "mended: feed that has changed" 1 "$(asked '^200 GET /feed/ ')"
    check "mended: case" 1 "$("$BYLAW" --workspace "$ws" case list --json \
        --state fixed | grep -c /no-credit/)"
}

command -v dpkg-query >/dev/null || skip "it is set up from Debian's packages"
timeout 300 "$here/../install-packages.sh" wordpress wordpress-theme-twentytwentyone \
    php-cli php-mysql php-xml mariadb-server >/dev/null 2>&1 ||
    skip "its packages cannot be installed"
work=$(mktemp -d) || exit 1
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
start_database
start_site
check_feed
check_sitemap
check_search
check_site
check_mended
echo "wordpress: $checks checks, $failed failed"
[ $failed -eq 0 ]
