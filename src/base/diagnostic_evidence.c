/* SPDX-License-Identifier: Apache-2.0 */
/* Diagnostics of evidence: the ledger, its anchors, what verify finds. */
#include "diagnostic.h"

static const struct bylaw_diagnostic rows[] = {
    {"anchor.none", "a file holds no checkpoint",
     "An anchor is a signed checkpoint of the ledger: origin, size, root, a "
     "blank line, signatures. None was found in the file, whether as it is, "
     "in quoted-printable, or in JSON.",
     "Name the saved mail, feed or note that has the checkpoint in it."},
    {"anchor.too-many", "a file holds more checkpoints than are read",
     "So many are no keepsake; memory has a ceiling.",
     "Split the file, or keep the newest checkpoints only."},
    {"ledger.busy", "another process writes to the ledger",
     "It is written by one run at a time.",
     "Wait until the other run has ended, then try again."},
    {"ledger.damaged", "the ledger's file or its end is damaged",
     "What is added is chained to the last entry; to one that does not hold, "
     "nothing can be chained. Nothing was written.",
     "Run `bylaw verify` to see what is wrong, then put back the newest copy "
     "of the ledger's file."},
    {"ledger.entry", "bytes are no entry of a ledger",
     "An entry has eight lines of a fixed form and one spelling; these have "
     "another.",
     "Run `bylaw verify` to see which entry it is."},
    {"ledger.exists", "there is a ledger already",
     "A ledger is never overwritten.", "Keep it, or choose another folder."},
    {"ledger.foreign", "the file is no ledger",
     "It is no database, or one of another program.",
     "Put the workspace's own ledger.db back."},
    {"ledger.full", "there is no room for the ledger",
     "The disk is full. What could not be entered waits in the workspace, and "
     "is entered by the next run that writes.",
     "Make room on the disk, then run any command that writes."},
    {"ledger.io", "the ledger could not be read or written",
     "The system refused it. What could not be entered waits in the "
     "workspace, and is entered by the next run that writes.",
     "Check the disk and the file's permissions, then try again."},
    {"ledger.key-damaged", "the ledger's key is no Ed25519 key",
     "Checkpoints are signed with it; by this file nothing can be signed.",
     "Put the workspace's own ledger.key back."},
    {"ledger.key-exists", "there is a key of that name already",
     "A key is never overwritten: what it signed could be continued by "
     "nobody.",
     "Keep it, or move it away."},
    {"ledger.key-exposed", "others can read or write the ledger's key",
     "Whoever has the key can sign another history. Bylaw does not sign with "
     "a key that is not its owner's alone.",
     "Run `chmod 600` on the file; if others had it, say so when you rely on "
     "the ledger."},
    {"ledger.key-file", "the ledger's key cannot be read or made",
     "Checkpoints are signed with it. Entries are kept all the same; only "
     "their signature is missing.",
     "Put ledger.key back; where it is lost, run `bylaw init --renew-key`."},
    {"ledger.key-other", "the ledger was signed by another key",
     "A checkpoint by a key that the ledger does not name would never verify, "
     "so none is made.",
     "Put the workspace's own ledger.key back; where it is lost, run `bylaw "
     "init --renew-key`."},
    {"ledger.missing", "the workspace's ledger is gone",
     "The workspace had one. A new one in its place would look as if nothing "
     "had been recorded before.",
     "Put the newest copy of ledger.db back."},
    {"ledger.newer", "the ledger was made by a newer version",
     "Its form is not known to this version, so nothing is read from it or "
     "written to it.",
     "Use the version of Bylaw that made it, or a newer one."},
    {"ledger.older", "the ledger is an older copy of itself",
     "The workspace had more recorded in it than is there. Going on would "
     "hide that entries were lost.",
     "Put the newest copy of ledger.db back."},
    {"ledger.other", "the ledger is of another workspace",
     "Its name is not the one that the workspace noted when its ledger was "
     "made.",
     "Put the workspace's own ledger.db back."},
    {"note.malformed", "bytes are no signed checkpoint",
     "A checkpoint is a signed note: lines with origin, size and root, a "
     "blank line, and signature lines that begin with a dash.",
     "Compare it with the form that audit/evidence/FORMAT.md shows."},
    {"pack.no-capture", "a capture that a case rests on cannot be read",
     "A pack without it would not show what the case rests on.",
     "Run `bylaw verify`; put a copy of the file in captures/ back."},
    {"pack.too-large", "a file is too large for an archive",
     "The form of archive that every system reads has ceilings for names and "
     "sizes.",
     "Report it: no case needs such a file."},
    {"rejudge.no-capture", "a visit was not captured",
     "Only what was kept can be judged again; visits of before captures were "
     "kept were not.",
     "Nothing can be done for this visit; later ones are captured."},
    {"rejudge.no-page", "a capture holds no page",
     "It is the record of an answer without a body, or repeats one that is "
     "not on record.",
     "Run `bylaw verify`."},
    {"rejudge.offline", "an article was never captured",
     "Articles are taken from captures, too, and nothing is fetched in "
     "rejudging.",
     "Run `bylaw scan` once, then try again."},
    {"rejudge.other-article",
     "an article is not the one that pages were judged against",
     "Its text was changed since; verdicts may differ for that reason alone.",
     "Compare the article's file with a copy, or run `bylaw source refresh` "
     "and `bylaw scan`."},
    {"rejudge.trails", "what is kept of followed links cannot be read",
     "A visit keeps where the page's links led, so that its verdict can be "
     "reached again without the network. What is kept is damaged.",
     "Run `bylaw verify`; the verdict on record still stands."},
    {"stamp.ca-file",
     "the certificates of a time-stamp authority cannot be read",
     "The file that evidence: tsa-ca names holds no certificate in PEM.",
     "Name the PEM file with the root certificate of the authority."},
    {"stamp.expired",
     "a time stamp's certificate did not hold when it was made",
     "A certificate that has ended since does not matter; this one had ended, "
     "or not begun, at the time that the stamp itself gives.",
     "Do not rely on the stamp; ask another authority."},
    {"stamp.http-status", "a time-stamp authority answered with an error",
     "The address answers, but not with a stamp. The ledger is as good as "
     "before; the next scan asks again.",
     "Check the address under evidence: tsa."},
    {"stamp.imprint", "a time stamp is of something else",
     "It does not carry the hash of the checkpoint that it is kept with.",
     "Do not rely on the stamp; compare the ledger with a copy."},
    {"stamp.malformed", "bytes are no time stamp",
     "They are not what RFC 3161 has an authority answer.",
     "Check the address under evidence: tsa; compare the ledger with a copy."},
    {"stamp.nonce", "a time stamp answers another request",
     "Each request carries a number that the answer repeats; an old answer "
     "was given again.",
     "Check what stands between this machine and the authority."},
    {"stamp.purpose",
     "a time stamp was signed by a certificate for something else",
     "Only a certificate whose one purpose is time stamps may sign them.",
     "Do not rely on the stamp; ask another authority."},
    {"stamp.refused", "a time-stamp authority gave no stamp",
     "It understood the request and declined it.",
     "Read the terms of the authority; it may want an account."},
    {"stamp.signature", "a time stamp's signature is none",
     "It was not made by the certificate in it: the stamp was changed.",
     "Do not rely on the stamp; compare the ledger with a copy."},
    {"stamp.untrusted", "a time stamp's authority is not trusted",
     "Its certificate does not lead to one of those that evidence: tsa-ca "
     "names.",
     "Name the authority's root certificate, if you trust it."},
    {"verify.anchor", "the ledger is not the one that an anchor witnessed",
     "An anchor of that size names another root: entries were changed, or "
     "another history was written, after the anchor was given away.",
     "Compare with other anchors and copies to find out which history is the "
     "true one."},
    {"verify.bytes", "an entry's bytes are no entry",
     "They were changed in a way that left the form of an entry.",
     "Compare with a copy of the ledger."},
    {"verify.capture", "a capture is not what was recorded",
     "Each capture is a record of a file in captures/: its place, length and "
     "hash are in the ledger. There, something else stands, or nothing.",
     "Put a copy of the file in captures/ back; do not rely on the capture "
     "until then."},
    {"verify.chain", "an entry was written after another one than stands there",
     "Each entry names the hash of the one before it. That one is not there "
     "any more, or was changed and its own hash with it.",
     "Compare both entries with a copy of the ledger."},
    {"verify.checkpoint", "a checkpoint in the ledger is none",
     "Its text is malformed, or stands in the row of another size.",
     "Compare with a copy of the ledger, and with anchors."},
    {"verify.clock", "the machine's clock was set between two entries",
     "Time went back, or the calendar clock moved against the one that counts "
     "since the machine was started. The entry's time is doubtful; its order "
     "is not.",
     "Find out why the clock was set; where a time matters, rely on time "
     "stamps and on the Date headers of servers."},
    {"verify.column", "a column of an entry's row disagrees with its bytes",
     "Only the bytes count, and what else stands in the row follows from "
     "them; somebody wrote to the row past the program.",
     "Compare with a copy of the ledger."},
    {"verify.due", "entries that the workspace recorded are missing",
     "The workspace numbers what it records, without gaps. Between two "
     "entries a number is left out or comes twice: the ledger is not the one "
     "that was written.",
     "Put the newest copy of the ledger back, and compare with anchors."},
    {"verify.key", "a checkpoint was signed by a key that is not the ledger's",
     "The ledger names its keys in its entries. This one is not among those "
     "that were in force at that size.",
     "Compare with anchors: a whole ledger that was written anew has another "
     "key."},
    {"verify.key-change",
     "a key took over without the signature of the one before",
     "The entry that names it was not signed by the old key, which may have "
     "been lost; anybody who could write to the ledger could have done so.",
     "Compare with anchors of before and after; if nobody renewed the key, do "
     "not rely on what follows."},
    {"verify.leaf", "an entry's bytes are not those it was written with",
     "They do not give the hash that stands beside them.",
     "Compare with a copy of the ledger."},
    {"verify.number", "an entry is missing, or stands in a wrong place",
     "Entries are numbered from 0 without a gap.",
     "Compare with a copy of the ledger."},
    {"verify.origin", "a checkpoint is of another ledger",
     "Its first line names the ledger it speaks of, and that is not this one: "
     "a file of another workspace was named or put here.",
     "Name an anchor of this workspace's ledger; `bylaw verify` shows nothing "
     "about others."},
    {"verify.orphan", "a capture is in no entry",
     "It stands in captures/ and the ledger does not tell of it: a run was "
     "cut off between keeping it and recording the visit, or somebody put it "
     "there. It proves nothing.",
     "Nothing needs to be done; do not rely on the capture."},
    {"verify.root", "entries are not those that were signed",
     "The tree over the entries does not give the root of a signed "
     "checkpoint: entries were changed and their hashes with them.",
     "Compare with anchors and copies of the ledger."},
    {"verify.row-changed", "a row of the workspace disagrees with the ledger",
     "When the row was recorded it said what the entry says. It was changed "
     "past the program.",
     "Trust the ledger; put a copy of the workspace back, or record what is "
     "right with `bylaw case set`."},
    {"verify.row-missing",
     "a row of the workspace that the ledger tells of is gone",
     "It was removed past the program, or the workspace was put back from an "
     "older copy.",
     "Trust the ledger; put the newest copy of the workspace back."},
    {"verify.row-unknown",
     "the workspace has rows that the ledger does not tell of",
     "Whatever is recorded is entered in the same transaction. These were put "
     "in past the program.",
     "Do not rely on them; compare with a copy of the workspace."},
    {"verify.short", "the ledger is shorter than a checkpoint says",
     "Entries were removed at its end, or an older copy was put in its place.",
     "Put the newest copy of the ledger back."},
    {"verify.signature", "the signature of a checkpoint is none",
     "It names the ledger's key and was not made by it: the checkpoint or its "
     "signature was changed.",
     "Compare with the same checkpoint elsewhere: in a mail, a feed, a copy."},
    {"verify.text-changed", "a text is not the one that the ledger names",
     "The ledger holds the hash of a rule or an audit; the text that is kept "
     "beside it gives another.",
     "Compare with a copy of the workspace."},
    {"verify.workspace", "the workspace's database does not hold together",
     "Its file is damaged, or rows contradict each other: a case and its "
     "events, a case and what it rests on.",
     "Put a copy of the workspace back; the ledger says what was recorded."},
    {"verify.written", "a file is not as the workspace wrote it",
     "The ledger notes the SHA-256 of each report, notice and case pack that "
     "is written to a file with -o. No entry that a checkpoint covers notes "
     "these bytes: the file was changed since, or comes from elsewhere.",
     "Write it anew and compare; where it was altered, ask who had it."},
};

const struct bylaw__diagnostics bylaw__evidence_diagnostics = {
    rows, sizeof(rows) / sizeof(rows[0])};
