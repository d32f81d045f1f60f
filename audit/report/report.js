"use strict";
// Draws the report from the data beside it. Text from pages reaches the
// document as text nodes only; nothing is loaded from anywhere.
(async () => {
  // A short index is plain JSON; a long one, and all details, are packed.
  async function unpack(id) {
    const held = document.getElementById(id);
    if (held.type === "application/json") return JSON.parse(held.textContent);
    const text = atob(held.textContent), bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  }
  const data = await unpack("index");
  const main = document.getElementById("main");
  const method = document.getElementById("method");
  const PAGE = 50;
  // Columns of a case's row, as the report writes them.
  const C = Object.fromEntries(data.columns.map((name, i) => [name, i]));
  const OUTCOMES = { p: "pass", f: "fail", h: "partial", u: "unknown", r: "review", n: "none" };
  const WORDS = { pass: "met", fail: "not met", partial: "met in part", unknown: "cannot tell", review: "for a person", none: "does not arise" };
  const OPEN = new Set(["new", "confirmed", "regressed"]);

  // ------------------------------------------------------------ elements --
  // Direction marks and controls are shown, never obeyed.
  const HOSTILE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
  const plain = (text) => String(text ?? "").replace(HOSTILE, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));

  function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
      else node.setAttribute(name, value === true ? "" : value);
    }
    for (const child of children.flat(Infinity)) {
      if (child === null || child === undefined || child === false) continue;
      node.append(child instanceof Node ? child : plain(child));
    }
    return node;
  }
  function svg(tag, attributes, ...children) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes || {})) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }
  const when = (ms) => (ms ? new Date(ms).toISOString().replace("T", " ").slice(0, 16) + " UTC" : "never");
  const count = (n, one, many) => n + " " + (n === 1 ? one : many || one + "s");
  const tag = (outcome, text) => el("span", { class: "tag " + outcome }, text);
  // Only http(s) addresses become links; they are opened without a trace.
  function outside(url, text, fragment) {
    if (!/^https?:\/\//i.test(url)) return el("span", {}, text || url);
    return el("a", { href: url + (fragment || ""), rel: "noreferrer noopener", target: "_blank" }, text || url);
  }
  function table(caption, heads, rows) {
    // Roles are said outright: on narrow screens rows are laid out as cards,
    // which would take a table's meaning from it.
    const head = heads.map((one) => el("th", { scope: "col", role: "columnheader", class: one.n ? "n" : null }, one.cell || one.text));
    const cells = (row) => row.map((cell, i) => el("td", { role: "cell", class: heads[i].n ? "n" : null, "data-head": heads[i].text }, cell));
    return el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
      el("table", { role: "table" }, el("caption", {}, caption),
        el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, head)),
        el("tbody", { role: "rowgroup" }, rows.map((row) => el("tr", { role: "row" }, cells(row))))));
  }
  const say = (text) => { document.getElementById("said").textContent = text; };

  // ---------------------------------------------------------------- data --
  const state = (row) => data.states[row[C.state]];
  const verdict = (row) => data.verdicts[row[C.verdict]];
  const article = (row) => data.sources[row[C.source]];
  const duties = (row) => data.duties.map((duty, i) => [duty, OUTCOMES[row[C.duties][i]]]).filter((pair) => pair[1]);
  const caseLink = (row, text) => el("a", { href: "#/case/" + row[C.at] }, text);
  const TONE = { compliant: "pass", "compliant-by-template": "pass", incomplete: "partial", "not-met": "fail", "outside-grant": "fail", undetermined: "unknown", "not-applicable": "none" };

  const chunks = new Map();
  async function details(at) {
    const number = data.chunks.findIndex((first, i) => at >= first && (i + 1 === data.chunks.length || at < data.chunks[i + 1]));
    if (!chunks.has(number)) chunks.set(number, unpack("details-" + number));
    return (await chunks.get(number))[at - data.chunks[number]];
  }

  // -------------------------------------------------------------- search --
  // "duty:link.original outcome:fail -host:a.example words": all must hold.
  function parseQuery(text) {
    return text.toLowerCase().split(/\s+/).filter(Boolean).map((word) => {
      const not = word.startsWith("-") && word.length > 1;
      const [, key, value] = /^(?:([a-z]+):)?(.*)$/.exec(not ? word.slice(1) : word);
      return { not, key, value };
    });
  }
  const has = (text, value) => String(text ?? "").toLowerCase().includes(value);
  // All that words are looked for in, lower case; made when first asked for.
  const texts = new Array(data.cases.length);
  const textOf = (row) => (texts[row[C.at]] ??= [row[C.url], row[C.because], row[C.title], article(row).title, row[C.reason]].join("\n").toLowerCase());
  // In spare moments, so that the first search need not.
  function prepare(from) {
    const to = Math.min(data.cases.length, from + 2000);
    for (let i = from; i < to; i++) textOf(data.cases[i]);
    if (to < data.cases.length) requestIdleCallback(() => prepare(to));
  }
  // Tests that take a value ready made: a predicate of the row.
  const articlesWith = (value) => data.sources.map((source) => has(source.id, value) || has(source.title, value));
  const TESTS = {
    state: (v) => { const at = data.states.indexOf(v); return (row) => row[C.state] === at; },
    verdict: (v) => { const at = data.verdicts.indexOf(v); return (row) => row[C.verdict] === at; },
    host: (v) => (row) => row[C.host].includes(v),
    domain: (v) => (row) => row[C.host].includes(v),
    article: (v) => { const fits = articlesWith(v); return (row) => fits[row[C.source]]; },
    rule: (v) => (row) => has(row[C.rule], v),
    class: (v) => (row) => row[C.class] === v,
    severity: (v) => (row) => row[C.severity] >= Number(v),
    case: (v) => (row) => String(row[C.id]) === v,
  };
  // Columns of the duties that a value names; letters that stand for an outcome.
  const dutiesWith = (values) => data.duties.map((duty, i) => i).filter((i) => values.every((v) => has(data.duties[i].id, v)));
  const lettersOf = (values) => new Set(Object.keys(OUTCOMES).filter((letter) => values.every((v) => OUTCOMES[letter] === v)));
  function meets(dutyValues, outcomeValues) {
    const columns = dutiesWith(dutyValues), letters = lettersOf(outcomeValues);
    return (row) => {
      const marks = row[C.duties];
      for (const i of columns) if (letters.has(marks[i])) return true;
      return false;
    };
  }
  function predicate(word) {
    if (word.key === "duty") return meets([word.value], []);
    if (word.key === "outcome") return meets([], [word.value]);
    const value = word.key && !TESTS[word.key] ? word.key + ":" + word.value : word.value;
    return word.key && TESTS[word.key] ? TESTS[word.key](word.value) : (row) => textOf(row).includes(value);
  }
  function compile(text) {
    const words = parseQuery(text);
    const one = (key) => words.filter((word) => word.key === key && !word.not).map((word) => word.value);
    const wantDuty = one("duty"), wantOutcome = one("outcome");
    const tests = words.filter((word) => word.not || (word.key !== "duty" && word.key !== "outcome")).map((word) => {
      const holds = predicate(word);
      return word.not ? (row) => !holds(row) : holds;
    });
    if (wantDuty.length || wantOutcome.length) tests.unshift(meets(wantDuty, wantOutcome));
    return (row) => { for (const test of tests) if (!test(row)) return false; return true; };
  }

  // -------------------------------------------------------------- routes --
  function readRoute() {
    const hash = location.hash.replace(/^#/, "") || "/";
    const [path, query] = hash.split("?");
    return { path, query: new URLSearchParams(query || "") };
  }
  function findingsHash(query) {
    const kept = new URLSearchParams();
    for (const name of ["q", "state", "sort", "page"]) if (query.get(name)) kept.set(name, query.get(name));
    const text = kept.toString();
    return "#/findings" + (text ? "?" + text : "");
  }
  const findingsLink = (q, text) => el("a", { href: "#/findings?" + new URLSearchParams({ q }) }, text);

  // ------------------------------------------------------------ overview --
  function matrix() {
    const heads = [{ text: "Duty" }, ...["pass", "partial", "fail", "unknown", "review", "none"].map((o) => ({ text: WORDS[o], n: true }))];
    const rows = data.duties.map((duty) => {
      const letters = { pass: 0, partial: 0, fail: 0, unknown: 0, review: 0, none: 0 };
      const at = data.duties.indexOf(duty);
      for (const row of data.cases) { const o = OUTCOMES[row[C.duties][at]]; if (o) letters[o]++; }
      return [findingsLink("duty:" + duty.id, duty.id), ...Object.entries(letters).map(([o, n]) => (n ? findingsLink("duty:" + duty.id + " outcome:" + o, n) : "0"))];
    });
    return table("Duties by outcome, over all copies found", heads, rows);
  }
  function trend() {
    const points = data.trend;
    if (points.length < 2) return null;
    const most = Math.max(1, ...points.map((p) => p[1]));
    const x = (i) => 40 + (i * 560) / (points.length - 1), y = (v) => 150 - (v * 130) / most;
    const path = points.map((p, i) => (i ? "L" : "M") + x(i).toFixed(1) + " " + y(p[1]).toFixed(1)).join(" ");
    const first = points[0], last = points[points.length - 1];
    return el("div", {}, el("h2", {}, "Open cases after each scan"),
      svg("svg", { class: "chart", viewBox: "0 0 620 180", role: "img", "aria-label": "Open cases went from " + first[1] + " on " + when(first[0]) + " to " + last[1] + " on " + when(last[0]) },
        svg("line", { class: "axis", x1: 40, y1: 150, x2: 600, y2: 150 }), svg("path", { class: "line", d: path }),
        ...points.map((p, i) => svg("circle", { class: "dot", cx: x(i), cy: y(p[1]), r: 3 })),
        svg("text", { x: 4, y: 24 }, String(most)), svg("text", { x: 4, y: 154 }, "0"),
        svg("text", { x: 40, y: 172 }, when(first[0]).slice(0, 10)), svg("text", { x: 530, y: 172 }, when(last[0]).slice(0, 10))));
  }
  function changes() {
    const last = data.scans.find((scan) => scan.ended);
    if (!last) return null;
    const changed = data.cases.filter((row) => row[C.id] && row[C.changed] >= last.began);
    const list = changed.slice(0, 50).map((row) => el("li", {}, tag(TONE[verdict(row)], state(row)), " ", caseLink(row, row[C.host]), ": ", row[C.because]));
    const sums = data.states.map((name) => [name, changed.filter((row) => state(row) === name).length]).filter((pair) => pair[1]);
    const still = data.cases.filter((row) => OPEN.has(state(row)) && row[C.changed] < last.began).length;
    return el("div", {}, el("h2", {}, "Changed at the last scan"),
      el("p", {}, sums.map(([name, n]) => n + " " + name + ", "), count(still, "case", "cases") + " to act on as before."),
      changed.length ? el("ul", {}, list) : el("p", {}, "Nothing changed at the last scan (" + when(last.ended) + ")."),
      changed.length > 50 && el("p", { class: "dim" }, "and " + (changed.length - 50) + " more"));
  }
  function number(value, words, link) {
    return el("li", {}, el("b", {}, link ? el("a", { href: link }, value) : value), words);
  }
  function coverage() {
    const c = data.coverage;
    return el("p", { class: "dim" }, "Looked at: " + count(c.read, "page") + " read, " + c.missing + " missing, " + c.failed + " blocked or failing, " + c.waiting + " still to visit. What was not read is not judged.");
  }
  // What `bylaw verify` said when this page was written.
  function badge() {
    const said = data.integrity.find((line) => /^(Holds|Does not hold)/.test(line));
    if (!said) return null;
    const holds = said.startsWith("Holds");
    return el("p", {}, tag(holds ? "pass" : "fail", holds ? "evidence holds" : "evidence does not hold"), " ", el("a", { href: "#/evidence" }, "What was checked, and what that cannot prove"));
  }
  function overview() {
    const by = (test) => data.cases.filter(test).length;
    const open = by((row) => OPEN.has(state(row)));
    return [
      el("h1", { tabindex: -1 }, "Republication report"),
      el("p", { class: "dim" }, "As of " + when(data.as_of) + ". Written by bylaw " + data.version + "."),
      el("ul", { class: "numbers" },
        number(data.sources.filter((s) => !s.removed).length, "articles watched", "#/articles"),
        number(data.cases.length, "copies found", "#/findings"),
        number(open, "cases to act on", "#/findings?state=new%2Cconfirmed%2Cregressed"),
        number(by((row) => TONE[verdict(row)] === "pass"), "honour the licence", "#/findings?q=verdict%3Acompliant"),
        number(by((row) => verdict(row) === "undetermined"), "cannot be told", "#/findings?q=verdict%3Aundetermined"),
        number(by((row) => ["allowed", "ignored"].includes(state(row))), "allowed or ignored", "#/findings?state=allowed%2Cignored")),
      coverage(), badge(), changes(), trend(),
      data.duties.length ? el("h2", {}, "Duties") : null, data.duties.length ? matrix() : null,
    ];
  }

  // ------------------------------------------------------------ findings --
  const SORTS = {
    severity: (a, b) => b[C.severity] - a[C.severity] || b[C.changed] - a[C.changed],
    changed: (a, b) => b[C.changed] - a[C.changed],
    host: (a, b) => (a[C.host] < b[C.host] ? -1 : a[C.host] > b[C.host] ? 1 : 0),
    article: (a, b) => a[C.source] - b[C.source],
    coverage: (a, b) => b[C.coverage] - a[C.coverage],
  };
  // Put in order once for each way of it, so that a search only leaves out.
  const sorted = new Map();
  function inOrder(name) {
    if (!sorted.has(name)) sorted.set(name, [...data.cases].sort(SORTS[name]));
    return sorted.get(name);
  }
  function stateButtons(query, rows) {
    const chosen = new Set((query.get("state") || "").split(",").filter(Boolean));
    const sums = data.states.map(() => 0);
    for (const row of rows) sums[row[C.state]]++;
    const counts = new Map(data.states.map((name, i) => [name, sums[i]]).filter((pair) => pair[1]));
    return el("div", { class: "states", role: "group", "aria-label": "States" }, data.states.filter((name) => counts.has(name) || chosen.has(name)).map((name) =>
      el("button", { type: "button", "aria-pressed": String(chosen.has(name)), on: { click: () => {
        chosen.has(name) ? chosen.delete(name) : chosen.add(name);
        query.set("state", [...chosen].join(",")); query.delete("page"); location.hash = findingsHash(query);
      } } }, name + " " + (counts.get(name) || 0))));
  }
  function select(query) {
    const test = compile(query.get("q") || "");
    const chosen = new Set((query.get("state") || "").split(",").filter(Boolean));
    const found = inOrder(SORTS[query.get("sort")] ? query.get("sort") : "severity").filter(test);
    return { found, rows: chosen.size ? found.filter((row) => chosen.has(state(row))) : found };
  }
  function sortHead(query, name, text) {
    const on = (query.get("sort") || "severity") === name;
    return { text, cell: el("button", { type: "button", "aria-label": "Sort by " + text, on: { click: () => { query.set("sort", name); query.delete("page"); location.hash = findingsHash(query); } } }, text + (on ? " \u25be" : "")) };
  }
  function rowCells(row) {
    return [
      tag(TONE[verdict(row)], verdict(row)), row[C.id] ? state(row) : "no case",
      el("span", { class: "url" }, caseLink(row, row[C.host]), el("br"), el("span", { class: "dim" }, row[C.url])),
      article(row).title || article(row).id,
      duties(row).filter(([, o]) => o === "fail" || o === "partial" || o === "unknown").map(([duty, o]) => tag(o, duty.id + ": " + WORDS[o])),
      Math.round(row[C.coverage] * 100) + " %", row[C.severity],
    ];
  }
  function pager(query, page, pages) {
    if (pages < 2) return null;
    const go = (to) => { query.set("page", to); location.hash = findingsHash(query); };
    return el("div", { class: "pager" },
      el("button", { class: "act", type: "button", disabled: page <= 1, on: { click: () => go(page - 1) } }, "Previous"),
      "Page " + page + " of " + pages,
      el("button", { class: "act", type: "button", disabled: page >= pages, on: { click: () => go(page + 1) } }, "Next"));
  }
  function save(name, type, text) {
    const link = el("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  function csvCell(value) {
    const text = String(value ?? "");
    return '"' + (/^[=+\-@\t\r|]/.test(text) ? "'" : "") + text.replace(/"/g, '""') + '"';
  }
  function exportRows(rows) {
    const heads = ["case", "state", "verdict", "url", "article", "severity", "because"];
    const lines = rows.map((row) => [row[C.id], state(row), verdict(row), row[C.url], article(row).id, row[C.severity], row[C.because]].map(csvCell).join(","));
    save("findings.csv", "text/csv", heads.join(",") + "\r\n" + lines.join("\r\n") + "\r\n");
  }
  function findings(query) {
    const { found, rows } = select(query);
    const pages = Math.max(1, Math.ceil(rows.length / PAGE));
    const page = Math.min(pages, Math.max(1, Number(query.get("page")) || 1));
    const shown = rows.slice((page - 1) * PAGE, page * PAGE);
    const heads = [{ text: "Verdict" }, { text: "State" }, sortHead(query, "host", "Page"), sortHead(query, "article", "Article"), { text: "Not met or unclear" }, { ...sortHead(query, "coverage", "Copied"), n: true }, { ...sortHead(query, "severity", "Harm"), n: true }];
    const box = el("input", { type: "search", id: "q", "aria-describedby": "q-help", spellcheck: "false", autocomplete: "off" });
    box.value = query.get("q") || "";
    let timer = 0;
    box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => {
      const next = readRoute().query;
      next.set("q", box.value.trim()); next.delete("page");
      history.replaceState(null, "", findingsHash(next)); draw({ keep: true });
    }, 80); });
    say(count(rows.length, "copy", "copies"));
    return [
      el("h1", { tabindex: -1 }, "Findings"),
      el("div", { class: "filters" }, el("div", {}, el("label", { for: "q" }, "Search"), box),
        el("button", { class: "act", type: "button", on: { click: () => exportRows(rows) } }, "Save as CSV")),
      el("p", { id: "q-help", class: "dim" }, "Words, or duty:link outcome:fail state:new verdict:not-met host:x article:y severity:3; a minus sign before one leaves those out."),
      stateButtons(query, found),
      table(count(rows.length, "copy", "copies"), heads, shown.map(rowCells)),
      pager(query, page, pages),
    ];
  }

  // ---------------------------------------------------------------- case --
  function facts(pairs) {
    return el("dl", { class: "facts" }, pairs.filter((pair) => pair[1]).map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
  }
  function copyButton(text, words) {
    return el("button", { class: "act", type: "button", on: { click: async () => {
      try { await navigator.clipboard.writeText(text); say("Copied"); }
      catch { save("text.txt", "text/plain", text); say("Saved as a file"); }
    } } }, words);
  }
  const outcomeOf = (finding) => (finding.outcome === "fail" && finding.partial ? "partial" : finding.outcome === "not-evaluated" ? "none" : finding.for_person ? "review" : finding.outcome);
  function evidence(piece) {
    return el("blockquote", {}, piece.text || "", piece.href !== null && piece.href !== undefined ? [" ", el("code", {}, "href=\"" + plain(piece.href) + "\"")] : null,
      el("span", { class: "dim" }, " (" + piece.zone + ", bytes " + piece.bytes[0] + " to " + piece.bytes[1] + ")"));
  }
  function check(finding) {
    const outcome = outcomeOf(finding);
    return el("li", { class: "is-" + outcome }, tag(outcome, WORDS[outcome]), " ", el("strong", {}, finding.id), " ",
      el("span", { class: "dim" }, finding.force + ", " + finding.basis + (finding.for_person ? ", for a person to decide" : "")),
      el("p", {}, finding.why), (finding.evidence || []).map(evidence),
      finding.fix && outcome !== "pass" && outcome !== "none" ? el("pre", {}, finding.fix) : null);
  }
  function part(piece, side) {
    const [kind, text, change, permitted] = piece;
    if (kind === "same") return plain(text);
    if (kind === "deleted" && side === 0) return el("del", { class: permitted ? "ok" : null, title: change }, el("span", { class: "unseen" }, "left out: "), text);
    if (kind === "inserted" && side === 1) return el("ins", { class: permitted ? "ok" : null, title: change }, el("span", { class: "unseen" }, "put in: "), text);
    return null;
  }
  // A passage as rows of a paragraph each, so that both sides stay level.
  function paragraphs(parts) {
    const rows = [[]];
    for (const piece of parts) {
      if (piece[0] !== "same") { rows[rows.length - 1].push(piece); continue; }
      piece[1].split("\n\n").forEach((text, i) => {
        if (i) rows.push([]);
        if (text) rows[rows.length - 1].push(["same", text]);
      });
    }
    return rows.filter((row) => row.length);
  }
  function pair(audit) {
    const lacks = (audit.findings || []).filter((f) => f.outcome === "fail" && !f.for_person && !/^(keep|no|excerpt|mark)\./.test(f.id));
    const lack = (finding) => el("p", { class: "lack " + outcomeOf(finding) }, "Missing here: " + finding.id);
    const above = lacks.filter((f) => f.id === "credit.author" || f.id === "credit.placement"), below = lacks.filter((f) => !above.includes(f));
    const rows = audit.passages.map((passage, i) => paragraphs(passage.parts).map((parts, k) => [0, 1].map((side) => el("div", {
      class: "side " + passage.kind, role: "group", tabindex: side || k ? null : -1, "data-passage": side || k ? null : i,
      "aria-label": (side ? "Page" : "Article") + ", " + (passage.kind === "between" ? "a change" : passage.kind + " passage") + " " + (i + 1),
    }, parts.map((piece) => part(piece, side))))));
    return el("div", { class: "pair" }, el("h3", {}, "The article"), el("h3", {}, "The page"), above.map(lack), rows, below.map(lack));
  }
  // A link that opens the page at the copied text, where the browser can.
  function fragmentOf(audit) {
    const first = (audit.passages || []).flatMap((p) => p.parts).find((p) => p[0] === "same");
    const words = first ? first[1].split(/\n/)[0].split(/\s+/).slice(0, 8).join(" ") : "";
    return words ? "#:~:text=" + encodeURIComponent(words).replace(/-/g, "%2D") : "";
  }
  function history_(events) {
    return table("History", [{ text: "When" }, { text: "State" }, { text: "What" }], (events || []).map((event) => [
      event.at, event.state, [event.what, event.by ? ", by " + event.by : "", event.why ? ": " + event.why : ""]]));
  }
  function caseFacts(row, audit) {
    const page = audit.page || {};
    return facts([
      ["Page", [outside(row[C.url], row[C.url]), " ", outside(row[C.url], "open at the copied passage", fragmentOf(audit))]],
      ["Article", article(row).url ? outside(article(row).url, article(row).title || article(row).id) : article(row).title || article(row).id],
      ["Copied", row[C.class] + ", " + Math.round(row[C.coverage] * 100) + " % of the article"],
      ["State", row[C.id] ? state(row) + (row[C.reason] ? ": " + row[C.reason] : "") : "no case: nothing to act on"],
      ["First seen", when(row[C.first])], ["Last seen", when(row[C.last])],
      ["Allowed until", row[C.expires] ? when(row[C.expires]) : null],
      ["Rule", audit.rule ? audit.rule.id + ", version " + audit.rule.version : row[C.rule]],
      ["Confidence", row[C.confidence]], ["Read at", page.fetched_at], ["Bytes (SHA-256)", page.sha256],
    ]);
  }
  const draftText = (notice) => "Subject: " + notice.subject + "\n\n" + notice.body;
  function draftShown(text, remarks) {
    return [el("p", {}, "Nothing is sent by Bylaw. Read it, and the page, before you send it."),
      remarks ? el("p", {}, tag("review", "note"), " ", remarks) : null,
      el("pre", { tabindex: 0 }, text), copyButton(text, "Copy the draft")];
  }
  function draft(row, more) {
    if (canDecide(row)) return null;
    if (more.notice) return el("div", {}, el("h2", {}, "Draft of a request"), draftShown(draftText(more.notice)));
    if (!OPEN.has(state(row))) return null;
    return el("div", {}, el("h2", {}, "Draft of a request"), el("p", {}, "This page holds none for this case. Ask for one with:"), el("pre", {}, "bylaw notice " + row[C.id]));
  }
  function notes(events) {
    const kept = (events || []).filter((event) => event.what === "noted");
    return kept.length ? el("div", {}, el("h2", {}, "Notes"), el("ul", {}, kept.map((event) => el("li", {}, event.why, " ", el("span", { class: "dim" }, "(" + event.by + ", " + event.at + ")"))))) : null;
  }

  // -------------------------------------------------------------- review --
  // Only where `bylaw serve` serves the page: what is decided goes to it, and
  // is recorded there as the command line would.
  const SETTABLE = ["new", "confirmed", "notified", "disputed", "allowed", "ignored"];
  const canDecide = (row) => data.review && !data.review.read_only && row[C.id];
  async function ask(path, wish) {
    let answer, reply;
    try {
      reply = await fetch(path, { method: "POST", credentials: "omit", headers: { "Content-Type": "application/json", "X-Bylaw-Token": data.review.token }, body: JSON.stringify(wish) });
      answer = await reply.json();
    } catch {
      throw new Error("Nothing was recorded: the program that serves this page does not answer. Is it still running?");
    }
    if (!reply.ok) throw new Error("Nothing was recorded: " + answer.what + ". " + (answer.hint || ""));
    return answer;
  }
  // The case as it stands after a decision.
  function take(row, more, now) {
    if (!now) return;
    row[C.state] = data.states.indexOf(now.state);
    row[C.reason] = now.reason || "";
    row[C.expires] = now.expires_at ? Date.parse(now.expires_at) : 0;
    more.events = now.events;
    texts[row[C.at]] = undefined;
  }
  function review(row, more) {
    if (!canDecide(row)) return null;
    const outcome = el("div", { id: "decided", role: "status" });
    const choice = el("select", { id: "decide-state" }, SETTABLE.map((name) => el("option", { value: name, selected: name === state(row) }, name)));
    const reason = el("textarea", { id: "decide-reason", rows: 3 });
    const until = el("input", { id: "decide-until", type: "date" });
    const send = (path, wish, done) => async () => {
      outcome.replaceChildren("Recording \u2026");
      try {
        const answer = await ask(path, { case: row[C.id], ...wish() });
        take(row, more, answer.now);
        outcome.replaceChildren();
        await done(answer);
      } catch (problem) {
        outcome.replaceChildren(el("p", { class: "fail" }, problem.message));
      }
    };
    const redraw = (words) => async () => {
      await draw();
      document.getElementById("decided").replaceChildren(el("p", {}, words));
      document.getElementById("decide-state").focus();
    };
    const words = () => (reason.value.trim() ? { reason: reason.value.trim() } : {});
    const act = (text, click) => el("button", { class: "act", type: "button", on: { click } }, text);
    return el("section", { class: "decide", "aria-labelledby": "decide-title" }, el("h2", { id: "decide-title" }, "Decide"),
      el("div", { class: "filters" },
        el("div", {}, el("label", { for: "decide-state" }, "State"), choice),
        el("div", {}, el("label", { for: "decide-until" }, "Allowed until"), until)),
      el("div", { class: "filters" }, el("div", {}, el("label", { for: "decide-reason" }, "Reason, or note"), reason)),
      el("div", { class: "filters" },
        act("Set the state", send("set", () => ({ state: choice.value, ...words(), ...(until.value && choice.value === "allowed" ? { until: until.value } : {}) }), redraw("The state is recorded."))),
        act("Keep as a note", send("note", words, redraw("The note is recorded."))),
        act("Draft a request", send("draft", () => ({}), (answer) => { outcome.replaceChildren(...draftShown(answer.said, answer.remarks).filter(Boolean)); }))),
      outcome);
  }

  async function casePage(at) {
    const row = data.cases[at];
    if (!row) return [el("h1", { tabindex: -1 }, "There is no such case")];
    const more = await details(at);
    const audit = more.audit || {};
    return [
      el("h1", { tabindex: -1 }, (row[C.id] ? "Case " + row[C.id] + ": " : "Copy on ") + row[C.host]),
      el("p", {}, tag(TONE[verdict(row)], verdict(row)), " ", row[C.because]),
      caseFacts(row, audit),
      el("h2", {}, "Duties"), el("ul", { class: "checks" }, (audit.findings || []).map(check)),
      audit.fix ? el("div", {}, el("h2", {}, "To put it right"), el("p", {}, "Add beside the article:"), el("pre", {}, audit.fix), copyButton(audit.fix, "Copy the HTML")) : null,
draft(row, more), review(row, more), notes(more.events),
      audit.passages && audit.passages.length ? el("div", {}, el("h2", {}, "Side by side"), el("p", { class: "dim" }, "Keys j and k step through the passages. Changes that the licence permits are dotted and green."), pair(audit)) : null,
      more.passages_left_out ? el("p", { class: "dim" }, "The passages were left out to keep this file small; report on this host alone to see them.") : null,
      el("h2", {}, "History"), history_(more.events),
    ];
  }

  // -------------------------------------------------------------- pivots --
  function pivot(title, caption, keyOf, cellOf, queryOf) {
    const groups = new Map();
    for (const row of data.cases) {
      const key = keyOf(row);
      const group = groups.get(key) || { copies: 0, open: 0, met: 0, row };
      group.copies++; group.open += OPEN.has(state(row)); group.met += TONE[verdict(row)] === "pass";
      groups.set(key, group);
    }
    const rows = [...groups.entries()].sort((a, b) => b[1].open - a[1].open || b[1].copies - a[1].copies || (a[0] < b[0] ? -1 : 1));
    return [el("h1", { tabindex: -1 }, title), table(caption, [{ text: title.slice(0, -1) }, { text: "Copies", n: true }, { text: "To act on", n: true }, { text: "Honour the licence", n: true }],
      rows.slice(0, 1000).map(([, group]) => [cellOf(group.row), findingsLink(queryOf(group.row), group.copies), group.open, group.met])),
      rows.length > 1000 ? el("p", { class: "dim" }, "and " + (rows.length - 1000) + " more") : null];
  }
  const domains = () => pivot("Domains", "Sites that carry copies", (row) => row[C.host], (row) => row[C.host], (row) => "host:" + row[C.host]);
  const articles = () => pivot("Articles", "Articles that were copied", (row) => row[C.source], (row) => article(row).title || article(row).id, (row) => "article:" + article(row).id);

  function evidencePage() {
    const scans = data.scans.map((scan) => [scan.id, when(scan.began), scan.ended ? when(scan.ended) : "not finished", scan.outcome, scan.fetched, scan.failed, scan.matched]);
    return [
      el("h1", { tabindex: -1 }, "Evidence"),
      el("p", {}, "Each case names the SHA-256 of the page as it was read and the byte range that decided each finding. Check the workspace's records with:"),
      el("pre", {}, "bylaw verify"),
      data.integrity.length ? el("p", { class: "dim" }, "When this page was written, that said:") : null,
      ...data.integrity.map((line) => el("p", {}, line)),
      el("h2", {}, "Scans"),
      table("The scans this report rests on, newest first", [{ text: "Scan", n: true }, { text: "Began" }, { text: "Ended" }, { text: "Outcome" }, { text: "Visited", n: true }, { text: "Failed", n: true }, { text: "With a copy", n: true }], scans),
    ];
  }

  // ---------------------------------------------------------------- draw --
  const ROUTES = { "/": overview, "/findings": findings, "/domains": domains, "/articles": articles, "/evidence": evidencePage };
  let drawing = 0;
  async function draw(how) {
    const mine = ++drawing;
    const { path, query } = readRoute();
    const isMethod = path === "/method";
    const at = /^\/case\/(\d+)$/.exec(path);
    let parts;
    try {
      parts = isMethod ? [...method.cloneNode(true).children] : at ? await casePage(Number(at[1])) : (ROUTES[path] || overview)(query);
    } catch (problem) {
      parts = [el("h1", { tabindex: -1 }, "This part cannot be shown"), el("p", {}, "The browser could not unpack it: " + problem.message)];
    }
    if (mine !== drawing) return;
    const caret = how && how.keep ? document.getElementById("q")?.selectionStart : null;
    main.replaceChildren(...parts.flat().filter(Boolean));
    const home = at ? "/findings" : path;
    for (const link of document.querySelectorAll("#nav a"))
      link.getAttribute("href") === "#" + home ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
    if (how && how.keep) {
      const box = document.getElementById("q");
      box.focus(); box.setSelectionRange(caret, caret);
    } else if (how && how.moved) {
      main.querySelector("h1")?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    const title = main.querySelector("h1");
    document.title = (title ? title.textContent + " \u2013 " : "") + "Bylaw";
    performance.mark("drawn");
  }
  method.querySelector("h1").tabIndex = -1;

  let passage = -1;
  function step(by) {
    const all = [...document.querySelectorAll("[data-passage]")];
    if (!all.length) return;
    passage = Math.min(all.length - 1, Math.max(0, passage + by));
    document.querySelectorAll(".side.at").forEach((side) => side.classList.remove("at"));
    const one = all[passage];
    one.classList.add("at"); one.nextElementSibling?.classList.add("at");
    one.scrollIntoView({ block: "center" }); one.focus({ preventScroll: true });
    say("Passage " + (passage + 1) + " of " + all.length);
  }
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(input|textarea)$/i.test(event.target.tagName)) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "/" && document.getElementById("q")) { event.preventDefault(); document.getElementById("q").focus(); }
  });
  document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); main.focus(); });
  addEventListener("hashchange", () => { passage = -1; draw({ moved: true }); });
  await draw();
  if (window.requestIdleCallback) requestIdleCallback(() => prepare(0));
})();
