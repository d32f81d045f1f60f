<?php
/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What wordpress.sh needs said in PHP.
 *   wordpress.php port                     a free port of 127.0.0.1
 *   wordpress.php install SITE URL SOCKET  the tables and the settings
 *   wordpress.php fill SITE ARTICLE LINK   the posts; LINK: the original
 *   wordpress.php mend SITE POST HTML      a paragraph more at a post's end
 * and, under `php -S`, the router: what was asked goes to SITE/../access.log.
 */

const ORDINARY_POSTS = 60;

function find_port(): void
{
    $socket = stream_socket_server('tcp://127.0.0.1:0');
    echo preg_replace('/.*:/', '', stream_socket_get_name($socket, false));
}

/* ---------------------------------------------------------------- router --- */

function route(): bool
{
    $root = $_SERVER['DOCUMENT_ROOT'];
    register_shutdown_function(function () use ($root) {
        $line = http_response_code() . ' ' . $_SERVER['REQUEST_METHOD'] . ' '
            . $_SERVER['REQUEST_URI'] . ' "'
            . ($_SERVER['HTTP_USER_AGENT'] ?? '') . "\"\n";
        file_put_contents("$root/../access.log", $line, FILE_APPEND);
    });
    $path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
    return !is_file($root . $path);
}

/* --------------------------------------------------------------- install --- */

function write_config(string $site, string $url, string $socket): void
{
    $settings = [
        'DB_NAME' => 'wordpress', 'DB_USER' => 'root', 'DB_PASSWORD' => '',
        'DB_HOST' => "localhost:$socket", 'DB_CHARSET' => 'utf8mb4',
        'DB_COLLATE' => '', 'WP_HOME' => $url, 'WP_SITEURL' => $url,
        'WP_HTTP_BLOCK_EXTERNAL' => true, 'DISABLE_WP_CRON' => true,
        'AUTOMATIC_UPDATER_DISABLED' => true, 'ABSPATH' => "$site/",
    ];
    $text = "<?php\n\$table_prefix = 'wp_';\n";
    foreach ($settings as $name => $value) {
        $text .= "defined('$name') || define('$name', "
            . var_export($value, true) . ");\n";
    }
    file_put_contents("$site/wp-config.php",
        $text . "require_once ABSPATH . 'wp-settings.php';\n");
}

function prepare(string $site, string $url, string $socket): void
{
    (new mysqli(null, 'root', '', null, 0, $socket))
        ->query('CREATE DATABASE wordpress CHARACTER SET utf8mb4');
    write_config($site, $url, $socket);
    define('WP_INSTALLING', true);
}

function install(): void
{
    require_once ABSPATH . 'wp-admin/includes/upgrade.php';
    wp_install('Harbour Reader', 'editor', 'editor@harbour-reader.example',
        true, '', 'not-a-secret');
    update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
    switch_theme('twentytwentyone');
}

/* ------------------------------------------------------------------ posts --- */

/** The article's own paragraphs as HTML, without what stands around it. */
function read_article(string $path): array
{
    $text = file_get_contents($path);
    $text = substr($text, strpos($text, '*Japanese'));
    $text = substr($text, 0, strpos($text, "\n*\n"));
    $text = htmlspecialchars(trim($text), ENT_NOQUOTES);
    $text = preg_replace(
        ['/\[([^\]]*)\]\([^)]*\)/', '/\*\*(.+?)\*\*/', '/\*(.+?)\*/s',
            '/\\\\(.)/'],
        ['$1', '<strong>$1</strong>', '<em>$1</em>', '$1'], $text);
    return array_map(fn($paragraph) => "<p>$paragraph</p>",
        preg_split('/\n{2,}/', $text));
}

function pick(array $words): string
{
    return $words[mt_rand(0, count($words) - 1)];
}

/** A few harmless paragraphs, the same for the same number. */
function write_ordinary(int $number): array
{
    $who = ['The choir', 'Our garden club', 'The ferry office', 'A neighbour',
        'The school kitchen', 'The library', 'The rowing team'];
    $does = ['is looking for', 'has found', 'will lend out', 'repairs',
        'collects', 'shows', 'gives away'];
    $what = ['old lanterns', 'three tenors', 'winter apples', 'a green boat',
        'maps of the bay', 'seed potatoes', 'a box of kites', 'wool'];
    $when = ['on Sunday morning', 'before the first frost', 'next to the pier',
        'when the tide is low', 'after the market closes', 'every other week'];
    $paragraphs = [];

    mt_srand($number);
    for ($p = 0; $p < 5; $p++) {
        $sentences = [];
        for ($s = 0; $s < 4; $s++) {
            $sentences[] = pick($who) . ' ' . pick($does) . ' ' . pick($what)
                . ' ' . pick($when) . '.';
        }
        $paragraphs[] = '<p>' . implode(' ', $sentences) . '</p>';
    }
    return [ucfirst(pick($what)) . ' ' . pick($when) . ", no. $number",
        implode("\n", $paragraphs)];
}

function add_post(string $name, string $title, string $html, int $time): void
{
    $id = wp_insert_post(['post_name' => $name, 'post_title' => $title,
        'post_content' => $html, 'post_status' => 'publish',
        'post_author' => 1, 'post_date' => gmdate('Y-m-d H:i:s', $time)], true);

    if (is_wp_error($id)) {
        fwrite(STDERR, $id->get_error_message() . "\n");
        exit(1);
    }
}

/** The five reposts: what stands below the text, by the post's name. */
function reposts(array $article, string $link): array
{
    $home = preg_replace('|(//[^/]*/).*|', '$1', $link);
    $held = 'Copyright © Ahmed Adel, InfoBrics, 2023.';
    $whole = implode("\n", $article);
    $part = implode("\n", array_slice($article, 4, 3));
    $credit = fn($href) => "Source: <a href=\"$href\">Global Research</a>";

    return [
        'full-credit' => "$whole\n<p>{$credit($link)}, May 16, 2023. $held</p>",
        'home-link' => "$whole\n<p>{$credit($home)}. $held</p>",
        'no-copyright' => "$whole\n<p>{$credit($link)}.</p>",
        'no-credit' => $whole,
        'excerpt' => "<p>What we read this week.</p>\n$part\n"
            . "<p>{$credit($link)}. $held</p>",
    ];
}

function fill(string $article, string $link): void
{
    $begin = gmmktime(8, 0, 0, 4, 1, 2023);

    wp_set_current_user(1);
    for ($i = 0; $i < ORDINARY_POSTS; $i++) {
        [$title, $html] = write_ordinary($i);
        add_post("ordinary-$i", $title, $html, $begin + $i * 86400);
    }
    $time = $begin + (ORDINARY_POSTS - 4) * 86400 + 3600;
    foreach (reposts(read_article($article), $link) as $name => $html) {
        add_post($name, $name === 'excerpt' ? 'Read this week'
            : 'Japan to Open NATO Liaison Office: Provocation Against China'
            . ' and Russia', $html, $time);
        $time += 3600;
    }
    flush_rewrite_rules();
}

function mend(string $name, string $html): void
{
    wp_set_current_user(1);
    $post = get_page_by_path($name, OBJECT, 'post');
    wp_update_post(['ID' => $post->ID,
        'post_content' => $post->post_content . "\n" . $html]);
}

if (PHP_SAPI === 'cli-server') {
    if (!route()) {
        return false;
    }
    require $_SERVER['DOCUMENT_ROOT'] . '/index.php';
    return true;
}
[, $command, $site] = $argv + [2 => null];
if ($command === 'port') {
    find_port();
    exit;
}
if ($command === 'install') {
    /* Nobody is to get a mail. */
    function wp_mail(...$unused)
    {
        return true;
    }
    prepare(...array_slice($argv, 2));
}
$_SERVER += ['HTTP_HOST' => 'localhost', 'REQUEST_METHOD' => 'GET'];
/* Out here, for WordPress takes the scope it is loaded in for the global. */
require "$site/wp-load.php";
match ($command) {
    'install' => install(),
    'fill' => fill(...array_slice($argv, 3)),
    'mend' => mend(...array_slice($argv, 3)),
};
