/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of diagnostics: every id that a failure can carry, with what
 * `bylaw explain ID` says about it. Kept in order of id (a test checks it, and
 * that no id used in the sources is missing). Large families have a file of
 * their own beside this one.
 */
#include "diagnostic.h"

static const struct bylaw_diagnostic diagnostics[] = {
    {"answer.busy", "a service asks to be asked more seldom",
     "The service declined because it is overloaded or was asked too often. "
     "It is asked again after a pause that grows with each such answer, and "
     "after some of them by the next scan.",
     "Lower \"per-day\" of the service, or wait."},
    {"answer.malformed", "a service's answer is not what it promises",
     "It is not the JSON that the service documents: broken off, an error "
     "page, "
     "or another format. Nothing is taken from it.",
     "Open the endpoint in a browser; check its address in the configuration."},
    {"answer.refused", "a service answered with an error",
     "The service understood that it was asked and declined: a key is missing, "
     "a limit was reached, or the question is not allowed.",
     "Read its words in the message; check the key and ask more seldom."},
    {"answer.too-large", "a service's answer passes a ceiling",
     "JSON is read below ceilings of size, nesting and number of values, so "
     "that a hostile answer cannot exhaust memory or stack.",
     "Ask for fewer results at a time."},
    {"archive.capture", "a capture is not what it should be",
     "At the place that was recorded stands no whole record, or one whose own "
     "digests contradict it. What it showed cannot be shown any more.",
     "Put the file back from a copy; `bylaw verify` names all that is wrong."},
    {"archive.capture-digest", "a capture has other bytes than were recorded",
     "Each capture's place and SHA-256 are kept beside the visit. The file was "
     "changed since, or another stands in its place.",
     "Put the file back from a copy; `bylaw verify` names all that is wrong."},
    {"archive.capture-missing", "a capture is not where it was recorded",
     "The file of captures is not in the workspace's folder, or is shorter "
     "than it was.",
     "Put the file back from a copy."},
    {"archive.damaged", "a part of an archive cannot be read",
     "A gzip member or a record's header is damaged, or a record is shorter or "
     "longer than it says. Reading goes on at the next record; what lies "
     "between is lost.",
     "Fetch the archive again, or go on without what is lost."},
    {"archive.digest", "a record of an archive contradicts its digest",
     "The bytes of the record are not those its writer made the digest of, so "
     "nothing is taken from it.",
     "Fetch the archive again."},
    {"archive.empty", "an archive has no record in it",
     "It is of no bytes, or packs none: a download that never began looks so. "
     "That no copy was found in it says nothing.",
     "Fetch the archive again; where its file of matches is in --out-dir, "
     "delete that first."},
    {"archive.folder", "the folder of captures cannot be read",
     "What a scan sees of pages with a copy is kept there; without it, nothing "
     "could be shown later, so nothing is scanned.",
     "Make \"captures\" in the workspace a folder that you can write to."},
    {"archive.mended", "a file of captures was mended",
     "A scan was killed while it wrote. What was not finished is cut off; no "
     "visit rests on it, as a visit is only recorded after its capture.",
     "Nothing needs to be done."},
    {"archive.not-a-warc", "a file is no WARC",
     "Neither plain nor unpacked from gzip does anything in it look like a "
     "WARC record. ARC files, and WARCs packed otherwise, are not read.",
     "Check the path; unpack what is packed by something else than gzip."},
    {"archive.page-cut", "an archive does not hold a page whole",
     "Whoever made the archive cut the body, or its bytes end before they "
     "should. Absence of a credit says nothing then.",
     "Let the scan visit the page itself."},
    {"archive.ratio", "a gzip member unpacks to far more than its size",
     "It was made to keep a reader busy; it is passed over.",
     "Go on without it; real archives unpack to a few times their size."},
    {"archive.revisits", "too many pages of archives have their text elsewhere",
     "An archive names pages whose text it holds under another address or "
     "time. "
     "They are kept in memory until that text was read, below a ceiling.",
     "Give fewer archives at a time."},
    {"archive.unwritable", "a capture cannot be written",
     "The disk is full, or the folder of captures cannot be written to. What "
     "was begun of the capture is taken back, and the visit is not recorded.",
     "Make room or mend the folder's rights, then scan again."},
    {"base.defect", "an impossible state was reached",
     "Something that the program itself guarantees did not hold. No verdict is "
     "given rather than a doubtful one.",
     "Report it with the command line and, where possible, the input."},
    {"base.memory", "memory ran out",
     "An allocation failed. What was being worked on is given up as a whole; "
     "nothing half-made is reported.",
     "Free memory or give Bylaw a smaller input, then run it again."},
    {"cell.start", "a process for pages cannot be made",
     "Pages from the network are read in processes that can reach nothing. The "
     "system gives none, or ends each before it begins; reading pages without "
     "them would not be safe, so it is not done.",
     "Raise the limits on processes and memory, then run it again."},
    {"cell.unguarded", "system calls of the processes for pages go unfiltered",
     "The kernel does not let them be filtered (seccomp). Pages are still read "
     "in processes of their own, which have no descriptors and are limited, "
     "but a parser that was taken over could do more than answer.",
     "Use a kernel with seccomp, or a container that permits it; `bylaw "
     "status` says what is in force."},
    {"cli.no-data", "BYLAW_DATA leads nowhere",
     "The variable names the folder that holds rules/, seeds/ and audit/. "
     "There are no rules in the one it names.",
     "Correct BYLAW_DATA, or unset it to use what lies beside the program."},
    {"cli.output", "a result could not be written",
     "Standard output is closed, full or gone. What was printed before is "
     "incomplete.",
     "Check the disk or the program that reads the output, then run it "
     "again."},
    {"config.missing-file", "a file that the configuration names is not there",
     "A scan would have to leave it out in silence, or stop half-way.",
     "Correct the path, which counts from the configuration's folder, or "
     "make the file readable."},
    {"config.no-contact", "the configuration names no contact",
     "Whoever is visited by a scan must be able to write to whoever runs it; "
     "without a contact Bylaw visits nobody on its own.",
     "Set \"contact\" in bylaw.yaml to an e-mail or web address."},
    {"config.out-of-range", "a number or length of time is out of bounds",
     "Every bound of a scan has a ceiling, so that a slip of the pen cannot "
     "flood a site or never end.",
     "Write a value within the bounds that the message names."},
    {"config.secret-empty", "a file that should hold a secret is empty",
     "Its first line is the key or password; there is none.",
     "Write the secret into the first line of the file."},
    {"config.secret-exposed", "others can read a secret's file",
     "Whoever reads a key can spend it, and whoever writes it can replace it; "
     "so Bylaw does not use a secret that is not its owner's alone.",
     "Run `chmod 600` on the file, and change the secret if others had it."},
    {"config.secret-inline", "a secret stands in the configuration itself",
     "A configuration is shown, copied and kept under version control; a "
     "secret in it does not stay one. Only files that hold secrets are named.",
     "Move the secret to a file of mode 600 and name that file."},
    {"config.unknown-key", "bylaw.yaml has a key that is not known",
     "Nothing is ignored: a misspelt key would otherwise leave a default in "
     "force without a word.",
     "Correct the key; the bylaw.yaml that `bylaw init` makes shows all."},
    {"crawl.doctype", "a feed or sitemap declares entities of its own",
     "A document type with declarations inside serves to blow a small file up "
     "or to read others; no feed needs one, so the file is refused whole.",
     "Tell the site's owner, or watch the site by another feed or sitemap."},
    {"crawl.not-a-feed", "this is no feed",
     "Neither RSS, Atom nor JSON Feed was recognised: it may be an error page "
     "or the address of the site instead of its feed.",
     "Give the feed's own address; the site's pages name it in their head."},
    {"crawl.not-a-sitemap", "this is no sitemap",
     "Neither a urlset, a sitemap index, a feed nor a list of addresses was "
     "recognised: it may be an error page.",
     "Look for the Sitemap line in the site's robots.txt."},
    {"demo.port", "the demo site cannot listen",
     "The port is taken, or this machine lets nothing listen on loopback.",
     "Choose another port with --port, or leave it out for any free one."},
    {"extract.binary", "a page is not text",
     "The bytes are an image, an archive or another binary kind, by media type "
     "or content; there is no text in them to compare.",
     "Give the HTML, text or Markdown form of the page."},
    {"extract.empty", "a page has no content",
     "The body holds nothing, or white space alone. Nothing is concluded from "
     "that about what the page carries.",
     "Fetch the page again, or save it from a browser and give that file."},
    {"extract.json-ld-bytes", "a JSON-LD script is larger than its ceiling",
     "The script's metadata is not read; the page's visible text and links "
     "are. The page counts as not read whole.",
     "Look at the page's source by hand if its metadata matters."},
    {"extract.json-ld-depth", "a JSON-LD script is nested too deeply",
     "Nesting is limited so that a hostile script cannot exhaust the stack. "
     "The script's metadata is not read; the page's visible text and links "
     "are. The page counts as not read whole.",
     "Look at the page's source by hand if its metadata matters."},
    {"extract.json-ld-malformed", "a JSON-LD script holds no JSON",
     "Neither strict nor lenient reading found an object or a list. The script "
     "states nothing then, as for search engines.",
     "Tell the site's owner if the page is yours."},
    {"fetch.ca-file", "the trusted certificates cannot be read",
     "The file given for them is missing or is no PEM bundle, so no "
     "certificate could be verified.",
     "Give --ca-file a PEM file, or leave it out for the system's own."},
    {"fetch.connect", "no connection could be made",
     "The host's address is known, but nothing there answers on that port.",
     "Try again later, or check the address and port."},
    {"fetch.cut-off", "the transfer broke off",
     "The other side promised more than it sent. What arrived is kept, but "
     "what is missing from it cannot count as absent.",
     "Try again later."},
    {"fetch.descriptors", "the system gives no further descriptor",
     "Waiting for many servers at once takes two open descriptors besides the "
     "connections themselves.",
     "Close other programs, or raise the limit on open files (ulimit -n)."},
    {"fetch.dns", "the host name does not resolve",
     "No address is known for the host: it is misspelt, gone, or the "
     "resolver cannot be reached.",
     "Check the spelling of the host name and this machine's resolver."},
    {"fetch.encoding", "the body's encoding cannot be undone",
     "Only gzip and deflate are asked for, at most two of them stacked. "
     "Anything else, or a damaged stream, leaves no text to judge.",
     "Save the page with a browser and audit the file with --url."},
    {"fetch.headers", "the header lines are too long",
     "A reply's header lines have a ceiling, so that a hostile server cannot "
     "exhaust memory before the page even begins.",
     "Save the page with a browser and audit the file with --url."},
    {"fetch.http-status", "the server did not deliver the page",
     "The answer was an error (404, 403, 500 ...), a redirect that names no "
     "address, or a success without a whole page (202, 204, 206). It says "
     "nothing about the page that should be there.",
     "Check the address; try again later if the server was at fault."},
    {"fetch.private-address", "the address is not on the public internet",
     "Loopback, private, link-local, carrier and metadata addresses are "
     "refused at the socket, so that no page or redirect can make Bylaw "
     "reach into the network it runs in.",
     "If the page really stands there, allow its range: --allow-address "
     "127.0.0.0/8."},
    {"fetch.protocol", "the exchange failed",
     "What the other side sent is not HTTP as it is defined.",
     "Open the address in a browser; if that works, save the page and audit "
     "the file with --url."},
    {"fetch.range", "an address range is malformed",
     "A range is an address and a prefix length.",
     "Write it as 127.0.0.0/8 or ::1/128."},
    {"fetch.ratio", "the body unpacks to far more than was sent",
     "Compressed bodies that blow up a hundredfold are a known way to exhaust "
     "a reader; the page is given up.",
     "If the page is honest, save it with a browser and audit the file with "
     "--url."},
    {"fetch.redirect-held", "a redirect to another page was not followed",
     "The other page has an entry of its own, where robots.txt and the pace of "
     "its site are kept, and where its findings belong.",
     "Look for the address it leads to among the pages."},
    {"fetch.redirect-target", "a redirect leads to a refused address",
     "Each hop is checked as if it had been asked for: it must be http or "
     "https and well formed.",
     "Follow the redirect in a browser and audit the address it ends at."},
    {"fetch.redirects", "too many redirects",
     "A chain or loop of redirects never came to a page.",
     "Follow the redirects in a browser and audit the address they end at."},
    {"fetch.route", "a --connect-to value is malformed",
     "It names where to connect instead of where the address says.",
     "Write it as HOST:PORT:ADDRESS:PORT."},
    {"fetch.timeout", "the other side was too slow",
     "A fetch has a time limit as a whole and a floor on its speed, so that "
     "one slow server cannot hold up a run.",
     "Try again later, or allow more time with --timeout SECONDS."},
    {"fetch.tls", "no trusted connection could be made",
     "The certificate is wrong, expired, unknown or for another host, or the "
     "two sides have no protocol in common. What comes through such a "
     "connection may be anybody's page, so it is not judged.",
     "Check the address; for a private authority give its certificate with "
     "--ca-file."},
    {"fetch.too-large", "the body is larger than its ceiling",
     "Reading stopped at the ceiling (include/bylaw/limits.h). What arrived "
     "is kept, but what is missing from it cannot count as absent.",
     "Save the part that matters as a file and audit that."},
    {"file.directory", "a directory was given where a file was expected",
     "Pages and sources are single files.",
     "Name the file inside the directory."},
    {"file.too-large", "a file is larger than its ceiling",
     "Every input has a ceiling so that a hostile or mistaken one cannot "
     "exhaust the machine; the ceilings are in include/bylaw/limits.h.",
     "Give a smaller file, or only the part that matters."},
    {"file.unreadable", "a file cannot be read",
     "The path does not exist, or permissions or the device refused it.",
     "Check the path and its permissions."},
    {"file.unwritable", "a file cannot be written",
     "A file is written beside its place and then put there, so its folder "
     "must be there and let this user write.",
     "Make the folder, or let the user that runs Bylaw write to it."},
    {"html.aborted", "a page could not be parsed within its ceilings",
     "Some pages, made so or by mistake, would take a parser minutes and "
     "gigabytes. The parse was given up as a whole, so nothing is known of the "
     "page: no attribution is reported missing on it.",
     "Look at the page in a browser, or audit a saved copy without the part "
     "that the message names."},
    {"html.too-large", "a page is too long as text",
     "A page is converted to UTF-8 before it is read, and that text has a "
     "ceiling; see include/bylaw/limits.h.",
     "Audit a saved copy that holds only the part that matters."},
    {"import.line", "a line is none that bulk matching wrote",
     "Each line of `bylaw match` says of itself which match it is, by a digest "
     "of page, time and article. A line that does not fit its digest was cut "
     "short, altered, or comes from elsewhere; it is passed over.",
     "Run `bylaw match` again for that archive."},
    {"index.damaged", "an index file is not as it was made",
     "Each section of an index has its digest in the header, and so has the "
     "header. Bytes were changed since, or the file was cut.",
     "Build it anew, or fetch it again."},
    {"index.empty", "there is nothing to look for",
     "Copies are found by five words in a row that they share with an article. "
     "One of fewer words, or an index without articles, would never be found, "
     "and every page would seem to be free of it.",
     "Give the article's whole text; see what is read of it with `bylaw "
     "extract "
     "--text`."},
    {"index.foreign", "a file is no index",
     "An index begins with the letters BYLAWIX1; this file does not.",
     "Name a file that `bylaw index build` made."},
    {"index.known", "an article is in the index already",
     "Articles of an index are told apart by their ids.",
     "Take the old one out with --remove ID in the same call."},
    {"index.too-many-shingles", "the sources are too many for one index",
     "An index counts its shingles in 32 bits: 4 billion, some six million "
     "articles.",
     "Split the sources over several workspaces or index files."},
    {"index.unknown", "an article is not in the index",
     "--remove names an article by its id, as matches do.",
     "Look for the id in what was matched, or in the manifests."},
    {"index.version", "an index is of another version",
     "Its form, or how words are made ready, is not this program's.",
     "Build it anew with this program."},
    {"notice.no-ground", "nothing a notice could rest on",
     "A notice names duties that are plainly not met. What cannot be told, was "
     "only asked for, or is a matter of manners (counters, canonical links, "
     "placement) is no ground for a letter of the law.",
     "Look at the case; for the milder things take --kind correction."},
    {"notice.no-template", "no template in that language",
     "Bylaw brings correction requests in ten languages, and the letters of "
     "the law in English.",
     "Take another --lang, or write the template into the workspace's "
     "notices/ folder under the name that the message gives."},
    {"notice.not-agreed", "no person has confirmed a finding",
     "A letter of the law is drafted only about what a person looked at and "
     "confirmed.",
     "Look at the page, then run `bylaw case set N confirmed`."},
    {"notice.not-confirmed", "a finding was seen once only",
     "Nobody is written to before a second visit has found the same.",
     "Run `bylaw scan` again, then look at the case."},
    {"notice.state", "a case asks for no notice",
     "It was put right, allowed or ignored, is gone, or cannot be read any "
     "more.",
     "Look at its history with `bylaw case show`."},
    {"notice.template", "a template has a mistake",
     "A notice with a hole in it would be sent sooner or later; so a template "
     "that speaks of a fact there is none of, or leaves a tag open, is not "
     "used.",
     "Correct the line that the message names; audit/notice/ shows all facts."},
    {"notify.address", "an alert's sender or reader is no mail address",
     "An address with spaces, brackets or letters beyond ASCII could end the "
     "line of the message's head that it stands in.",
     "Give plain addresses under alerts.mail, such as desk@example.org."},
    {"notify.http-status", "a webhook's receiver did not take the alert",
     "Anything but a 2xx answer counts as not taken; redirects are not "
     "followed, for the message is signed for one receiver. The same news is "
     "sent again at the next scan.",
     "Look at the receiver's log, then run `bylaw notify test`."},
    {"notify.login", "the mail server does not accept the account",
     "The user or the password under alerts.mail is not what the server "
     "expects. The password is never printed.",
     "Check user and password-file, then run `bylaw notify test`."},
    {"notify.mail-refused", "the mail server does not take the message",
     "It refused the sender, a reader or the text, or ended the conversation. "
     "The number is its answer's. The same news is sent again at the next "
     "scan.",
     "Look up the number in the server's log, then run `bylaw notify test`."},
    {"notify.no-channel", "no channel for alerts is configured",
     "Neither mail, webhook, Atom feed nor Prometheus file is set up.",
     "Set one up under \"alerts\" in bylaw.yaml."},
    {"notify.private-address", "alerts may not go to a private address",
     "Alerts pass the same guard as pages: an address inside a private network "
     "is refused unless its range is allowed. The crawl's allowed ranges do "
     "not count, for what pages may do is another matter.",
     "Put the receiver's range under alerts.allow-address in bylaw.yaml."},
    {"notify.starttls", "the mail server offers no encryption",
     "With a password, or an address that begins with smtp+starttls:, the "
     "connection must be encrypted before anything is said. The server does "
     "not offer it, or somebody on the way hides that it does.",
     "Use smtps://, or ask the server's operator."},
    {"notify.unsure", "an alert may not have arrived",
     "The program ended while the alert was being sent. It is not sent again, "
     "so that nobody is told the same twice.",
     "Look whether it arrived; `bylaw case list` shows the cases all the "
     "same."},
    {"parse.crashed", "the process that read a page broke down",
     "Pages are read in processes of their own. The one that read this page "
     "ended without an answer, and so did a second one: a defect in a parser, "
     "or a page made to find one. Nothing is concluded from it.",
     "Look at the page yourself; report its address, for a parser has to be "
     "mended."},
    {"parse.memory", "a page takes too much memory to read",
     "The process that read it may take only so much, and was ended before it "
     "could take more. Nothing is concluded from the page.",
     "Look at the page yourself."},
    {"parse.nonsense", "what was read of a page makes no sense",
     "The process that read it gave an answer in which ranges, numbers or "
     "texts cannot be. That is no finding: it may have been taken over. It "
     "was ended, as was a second one.",
     "Look at the page yourself; report its address, for a parser has to be "
     "mended."},
    {"parse.timeout", "a page takes too long to read",
     "The process that read it was ended when its time was over. Nothing is "
     "concluded from the page.",
     "Look at the page yourself; on a busy machine, try again later."},
    {"report.too-large", "a report would pass its ceiling",
     "A report is written as a whole; one of this size would open nowhere.",
     "Narrow it with --state, --source or --host."},
    {"rules.bad-value", "a value is not of the kind its key takes",
     "Dates, hashes, domains, addresses, severities and ids have one shape "
     "each, so that a slip of the pen cannot change what a rule says.",
     "Write the value in the shape that the message names."},
    {"rules.contradiction", "two parts of a file do not fit together",
     "Each part can be read, but both cannot hold at once, and guessing which "
     "was meant could accuse an innocent site.",
     "Change the line shown, or the one it disagrees with."},
    {"rules.duplicate-id", "the same thing stands twice",
     "Ids of rules, of terms in a rule, and phrases of a role are unique; "
     "otherwise the second would silently lose to the first.",
     "Remove one of the two, or give it an id of its own."},
    {"rules.duplicate-key", "a key stands twice in one mapping",
     "YAML forbids it, and readers disagree on which of the two counts.",
     "Remove one of the two lines."},
    {"rules.extends-cycle", "a rule is its own ancestor",
     "Following extends from file to file leads back to where it started.",
     "Take one extends out of the circle that the message names."},
    {"rules.extends-depth", "a chain of families is too long",
     "A rule may have eight families above it; more are hard to read and cost "
     "time on every load.",
     "Merge some of the families into one file."},
    {"rules.extends-unknown", "a rule extends a family that is not there",
     "The family's file must stand in the same folder, named after its id.",
     "Correct the id after extends, or add the family's file."},
    {"rules.file-name", "a rule file is not named after its id",
     "Rules are found by file name, as in extends; id and name must agree.",
     "Rename the file, or change its id."},
    {"rules.idle-limit", "a time or a number that no term looks at",
     "time and volume only hold figures; a duty or prohibition has to ask "
     "about "
     "each, or the rule would seem to bind where it does not.",
     "Add the term that the message names, or take the figure out."},
    {"rules.missing-key", "a key that must be there is missing",
     "A rule without it could not be judged by, or not be traced to the text "
     "it was read from.",
     "Add the key that the message names to the mapping that starts there."},
    {"rules.no-such-term", "a rule speaks of a term that it does not have",
     "any-of groups, templates and samples name terms among the rule's own "
     "duties, prohibitions and requests.",
     "Correct the id, or add the term to the rule."},
    {"rules.none-found", "a folder holds no rules",
     "Nothing can be judged without rules, so an empty library is taken for a "
     "wrong path.",
     "Check the path of the rule library."},
    {"rules.not-text", "a file is not UTF-8 text",
     "YAML files here are UTF-8 without NULs.", "Save the file as UTF-8."},
    {"rules.nothing-to-remove", "null stands where there is nothing to remove",
     "In a rule, null takes out what a family says; where no family says "
     "anything it would be a line without effect.",
     "Take the line out, or correct the key or the id."},
    {"rules.sample-change", "a sample changes what its page does not hold once",
     "A sample is made from a page by exchanging words that stand there "
     "exactly "
     "once; anything else would be another page than the one meant.",
     "Correct the words after old, or take more of what stands around them."},
    {"rules.term-kind", "a term stands in the wrong list",
     "Duties are required, prohibitions forbid; requests may name any duty.",
     "Move the term to the list of its kind."},
    {"rules.term-undecided", "this version cannot decide a term",
     "The term belongs to the vocabulary, but no check for it is built in, and "
     "a duty that is never looked at must not look like one that is met.",
     "Take the term out for now, and say in a comment what the policy asks."},
    {"rules.term-unknown", "there is no term of that name",
     "Terms come from a fixed vocabulary; rules/README.md lists it.",
     "Correct the id."},
    {"rules.too-deep", "lists and mappings are nested too deep",
     "Every input has a ceiling; no rule or manifest needs this depth.",
     "Flatten the file."},
    {"rules.too-large", "a rule file or manifest is too large",
     "Every input has a ceiling; no rule or manifest needs this size.",
     "Split the file, or remove what does not belong there."},
    {"rules.too-many", "a list, mapping or folder has too many entries",
     "Every input has a ceiling, so that loading stays quick whatever is "
     "given.",
     "Split it, or remove what does not belong there."},
    {"rules.unknown-key", "a key is not known",
     "Nothing is ignored: a misspelt key would otherwise drop a condition "
     "without a word.",
     "Correct the key; rules/README.md lists all of them."},
    {"rules.unknown-param", "a term does not take that parameter",
     "Each term has its own parameters; `bylaw rules explain` with the term's "
     "id lists them.",
     "Correct or remove the parameter."},
    {"rules.unknown-rule", "there is no such rule",
     "The rule library holds no rule of that id.",
     "See `bylaw rules list` for the ids, or name a folder with --rules."},
    {"rules.unknown-value", "a word is not among those its key takes",
     "The key takes one of a few words, listed in rules/README.md.",
     "Write one of the words that the key takes."},
    {"rules.wrong-type", "a list, a mapping and a single value were mixed up",
     "The key takes the one, and the other stands there.",
     "Write it as the message says; rules/README.md shows examples."},
    {"rules.yaml-feature", "a feature of YAML is not used here",
     "Aliases can make a small file huge, and tags, several documents and "
     "keys that are no words have no meaning in a rule or manifest.",
     "Write the value out in full."},
    {"rules.yaml-syntax", "a file is not well-formed YAML",
     "It cannot be told what was meant, so nothing of the file is used.",
     "Correct the place shown; often a quote, a colon or the indentation is "
     "off."},
    {"scan.allowance-ends", "an allowance of the configuration ends",
     "From the day after, cases of the site are open again where their pages "
     "still do what was allowed. This is told once for each end.",
     "Renew \"until\" under \"allow\" in bylaw.yaml, or take the entry out."},
    {"scan.no-contact", "the configuration names nobody to write to",
     "Every site that is visited is told who asks, so that its owner can "
     "object; a scan without a contact is not begun.",
     "Set \"contact\" in bylaw.yaml to your e-mail or web address."},
    {"scan.no-sources", "the workspace has no article to look for",
     "A scan compares pages with the articles of the workspace; none of them "
     "could be made ready.",
     "Add one with `bylaw source add`."},
    {"scan.robots-disallowed", "robots.txt does not permit the page",
     "The site asks robots to stay away from this address (RFC 9309), and "
     "Bylaw does.",
     "Ask the site's owner, or look at the page yourself."},
    {"scan.robots-unreachable", "the site's robots.txt cannot be had",
     "The server fails on robots.txt, so it is not known what the site "
     "permits; RFC 9309 takes that for a complete refusal.",
     "Wait: a later scan asks again."},
    {"scan.unread-list", "a feed, sitemap or answer cannot be read",
     "What came is not in a format that names pages.",
     "Open the address and see what it is."},
    {"search.endpoint", "a search service cannot be addressed",
     "Services that one runs oneself, and indexes of which there is a new one "
     "each month, have no address that Bylaw could know.",
     "Set the service's endpoint in the configuration, with http(s)://."},
    {"search.key", "a search service's key is missing or malformed",
     "The service answers only to keys, and the key goes into a header line of "
     "its own.",
     "Put the key as the service gave it, without blanks, where the "
     "configuration says."},
    {"search.phrase", "a phrase cannot be searched for",
     "It is empty, or longer than the service accepts.",
     "Search for six to eight words of the article."},
    {"serve.body", "what was sent to the review page is too large",
     "A decision is a few words; more than the ceiling is never read.",
     "Shorten the reason or note."},
    {"serve.host", "the request names another host",
     "The review page answers only under 127.0.0.1 and localhost, so that no "
     "other name can be pointed at it.",
     "Open the address that `bylaw serve` printed."},
    {"serve.method", "there is nothing of that kind on the review page",
     "The page is read with GET; decisions come to it with POST.",
     "Open the address that `bylaw serve` printed."},
    {"serve.origin", "the request comes from another page",
     "Decisions are taken from the review page itself alone, so that no page "
     "of somebody else can make them in your name.",
     "Decide on the page that `bylaw serve` shows."},
    {"serve.port", "the review page cannot be served",
     "The port is taken by another program, or may not be listened on.",
     "Leave --port out, for any port that is free."},
    {"serve.read-only", "the review page changes nothing",
     "It was begun with --read-only.",
     "Run `bylaw serve` without --read-only to decide cases."},
    {"serve.request", "a request to the review page is malformed",
     "Decisions are JSON objects of a case's number and texts of known names.",
     "Reload the page and decide again."},
    {"serve.token", "the address lacks the page's secret",
     "The address that is printed holds a secret, another each time, so that "
     "other users and programs of this machine cannot decide.",
     "Open the address that `bylaw serve` printed last."},
    {"source.feed", "a feed stands where an article was expected",
     "A feed names articles; it has no text of its own to compare with.",
     "Add it with `bylaw source add`, or name one of its articles."},
    {"source.no-article", "the source holds no article",
     "Every paragraph of it is the publisher's own frame (banners, notices), "
     "or there is no text at all.",
     "Give the article's text or page."},
    {"source.no-text", "nothing says where the source's text is",
     "A manifest names the article's text as a file (text) or an address "
     "(url); a rule's sample names a source.",
     "Add \"text: FILE\" to the manifest."},
    {"source.sitemap", "a sitemap stands where an article was expected",
     "A sitemap names pages; it has no text of its own to compare with.",
     "Add it with `bylaw source add`, or name one of its pages."},
    {"source.too-many", "there are too many sources",
     "The number of sources held in memory at once has a ceiling.",
     "Split the sources over several runs."},
    {"source.unreadable", "the source could not be read whole",
     "Comparing with a part of an article would give wrong findings.",
     "Try again later, or give the article as a file."},
    {"store.batch-lost", "what was to be recorded was undone",
     "A failure such as a full disk made the database undo everything since "
     "the batch began. The database is as it was before.",
     "Mend what the earlier message names, then run it again."},
    {"store.batch-open", "a batch was begun inside a batch",
     "Batches of recorded visits cannot be nested.",
     "Report it with the command line."},
    {"store.busy", "the workspace is in use",
     "Another process is writing to the database and did not finish in time.",
     "Wait until the other run has ended, then try again."},
    {"store.case-by", "a decision names nobody",
     "Each decision on a case is kept with who made it.",
     "Say who decides with --by NAME."},
    {"store.case-expiry", "the end of a decision makes no sense",
     "Only an allowance has an end, and it lies in the future.",
     "Give a later date, or none for an allowance that is for good."},
    {"store.case-note", "a note is empty",
     "A note is kept with the case and in the ledger; an empty one says "
     "nothing.",
     "Write it after --reason."},
    {"store.case-reason", "a decision gives no reason",
     "Allowing or ignoring a case hides a finding, so why is kept with it.",
     "Say why with --reason TEXT."},
    {"store.case-state", "a case cannot be set to that state",
     "Fixed, gone, regressed and unreachable follow from visits of the page; "
     "a person's word cannot stand for them.",
     "Set one of: new, confirmed, notified, disputed, allowed, ignored."},
    {"store.damaged", "the workspace database is damaged",
     "Its structure does not hold together: the disk failed, or something "
     "other than Bylaw wrote to it. Nothing is concluded from what is left.",
     "Put a backup in its place; `sqlite3 FILE .recover` saves what it can."},
    {"store.exists", "there is a workspace already",
     "A database of that name exists, and none is ever overwritten.",
     "Use the one that is there, or choose another folder."},
    {"store.foreign", "the file is not a Bylaw workspace",
     "It is no database, or one of another program, and is left untouched.",
     "Name the bylaw.db that `bylaw init` made."},
    {"store.full", "there is no room to write",
     "The disk or the quota is full. What was being recorded is undone as a "
     "whole; what was recorded before is safe.",
     "Make room, then run it again."},
    {"store.io", "the workspace database cannot be read or written",
     "The system failed to open, read or write the file.",
     "Check the disk, and the permissions of the file and its folder."},
    {"store.missing", "there is no workspace database",
     "No file is there, or an empty one that was never finished.",
     "Run `bylaw init`, or name the workspace with --workspace DIR."},
    {"store.newer", "the workspace was written by a newer Bylaw",
     "Its tables have a form that this version does not know, so it is "
     "neither read nor written.",
     "Install the version that wrote it, or a later one."},
    {"store.no-case", "there is no such case",
     "No case of the workspace has that number.",
     "See `bylaw case list` for the numbers."},
    {"store.no-page", "there is no such page",
     "No page of the workspace has that number.",
     "Report it with the command line."},
    {"store.no-scan", "there is no such scan",
     "No scan of the workspace has that number.",
     "See `bylaw status` for the last scan."},
    {"store.no-source", "there is no such source",
     "No source of the workspace has that name.",
     "See `bylaw source list` for the names."},
    {"store.older", "the workspace was written by an older Bylaw",
     "Its tables must be brought up to date, which reading alone may not do.",
     "Run a command that writes to it, such as `bylaw scan`, once."},
    {"store.read-only", "the workspace cannot be written to",
     "The file, its folder or its file system permits reading only.",
     "Change the permissions, or run it as the owner of the workspace."},
    {"store.source-known", "a source has that name already",
     "Each source of a workspace has a name of its own.",
     "Choose another name, or remove the other source first."},
    {"store.too-large", "a value is larger than its ceiling",
     "Every value in the workspace has a ceiling, so that no page can fill "
     "the disk.",
     "Report it with the page that caused it."},
    {"store.value", "a value does not fit the workspace",
     "A value breaks a rule of the tables: a name that is empty, a kind that "
     "is not known, the same thing twice.",
     "Check the value that was given; if none was, report it."},
    {"template.directive", "a page template is not understood",
     "Templates of samples and of the demo may hold <!--bylaw:article ...-->, "
     "<!--bylaw:plain ...--> and <!--bylaw:words ...--> only.",
     "Correct the directive; rules/README.md shows the forms."},
    {"url.malformed", "an address cannot be read",
     "Browsers would not open it either: its host or port breaks the URL "
     "standard, or it is relative and nothing says to what.",
     "Check the address for a typing error and write it out in full."},
    {"url.scheme", "an address is neither http nor https",
     "Bylaw deals with pages of the web; mailto:, javascript:, data:, file: "
     "and other addresses name no such page.",
     "Give an address that begins with https:// or http://."},
    {"url.too-long", "an address is longer than its ceiling",
     "Addresses may have 8 KiB, encoded. Longer ones come from traps and "
     "broken templates.",
     "Give a shorter address of the page."},
    {"url.userinfo", "an address carries a user name or password",
     "What stands before an @ is often there to make an address look like "
     "another site's, and a password must not end up in reports.",
     "Leave out the part before the @."},
    {"workspace.exists", "there is a workspace already",
     "Nothing is overwritten: neither settings nor records.",
     "Choose another folder, or remove what is there if you do not want it."},
    {"workspace.foreign-owner", "the workspace found belongs to another user",
     "A bylaw.yaml in a folder above is obeyed only where it is yours or "
     "root's; in a shared folder anybody could have left one.",
     "If you trust it, name its folder with --workspace."},
    {"workspace.locked", "another run has the workspace",
     "One run at a time writes to a workspace. The lock goes with the process "
     "that holds it, however that ends: there are no stale ones to remove.",
     "Wait until the other run has ended, then try again."},
    {"workspace.none", "there is no workspace",
     "Neither --workspace nor BYLAW_WORKSPACE names a folder with a "
     "bylaw.yaml, and there is none here or above.",
     "Run `bylaw init`, or name the workspace with --workspace DIR."},
    {"workspace.unwritable", "the workspace cannot be written to",
     "A folder or file of it could not be made, opened or locked.",
     "Check the permissions of the folder and the room on the disk."},
};

static const struct bylaw__diagnostics own = {diagnostics,
                                              sizeof(diagnostics) /
                                                  sizeof(diagnostics[0])};

static const struct bylaw__diagnostics *const tables[] = {
    &own, &bylaw__evidence_diagnostics, &bylaw__usage_diagnostics};
#define TABLE_COUNT (sizeof(tables) / sizeof(tables[0]))

const struct bylaw_diagnostic *bylaw_diagnostic_find(const char *id)
{
    for (size_t k = 0; id && k < TABLE_COUNT; k++)
        for (size_t i = 0; i < tables[k]->count; i++)
            if (!strcmp(tables[k]->rows[i].id, id))
                return &tables[k]->rows[i];
    return NULL;
}

/* The tables are merged as they are gone through: they are in order each. */
const struct bylaw_diagnostic *bylaw_diagnostic_at(size_t i)
{
    size_t at[TABLE_COUNT] = {0};
    const struct bylaw_diagnostic *row;

    do {
        size_t next = 0;

        row = NULL;
        for (size_t k = 0; k < TABLE_COUNT; k++) {
            const struct bylaw__diagnostics *table = tables[k];

            if (at[k] < table->count &&
                (!row || strcmp(table->rows[at[k]].id, row->id) < 0)) {
                row = &table->rows[at[k]];
                next = k;
            }
        }
        at[next]++;
    } while (row && i--);
    return row;
}
