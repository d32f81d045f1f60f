// Reads reports in a real browser, as their readers would.
// usage: node check_report.js DEMO.html HOSTILE.html LARGE.html SHOTS REVIEW READ_ONLY
// The last two are addresses of review pages, served over a workspace of the demo.
"use strict";
const fs = require("fs");
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [demo, hostile, findings, cases, shots, reviewed, readOnly] = process.argv.slice(2);
const ROUTES = ["#/", "#/findings", "#/case/0", "#/case/11", "#/domains", "#/articles", "#/evidence", "#/method"];
let passed = 0, failed = 0;

async function test(name, run) {
  try {
    await run();
    passed++;
    console.log("ok: " + name);
  } catch (problem) {
    failed++;
    console.log("FAILED: " + name + "\n    " + String(problem.message).split("\n").slice(0, 6).join("\n    "));
  }
}
function check(truth, words) {
  if (!truth) throw new Error(words);
}

// A page that notes what it asks for and what goes wrong in it.
async function open(browser, file, route, options) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  page.session = await context.newCDPSession(page);
  await page.session.send("Performance.enable");
  page.asked = [];
  page.troubles = [];
  page.on("request", (request) => page.asked.push(request.url()));
  page.on("pageerror", (error) => page.troubles.push(error.message));
  page.on("console", (message) => message.type() === "error" && page.troubles.push(message.text()));
  await page.goto((file.startsWith("http") ? file : "file://" + file) + (route || ""));
  await page.waitForFunction(() => document.querySelector("main h1[tabindex]"));
  if (/^#\/case/.test(route || "")) await page.waitForSelector(".checks");
  return page;
}

async function quiet(page) {
  check(page.troubles.length === 0, "the page complains: " + page.troubles.join("; "));
  check(page.asked.every((url) => url.startsWith("file://") || url.startsWith("data:") || url.startsWith("blob:")), "asked for " + page.asked.join(" "));
}

async function accessible(page, where) {
  const result = await page.evaluate(axe + ";axe.run(document,{resultTypes:['violations']})");
  const found = result.violations.map((v) => v.id + ": " + v.nodes.slice(0, 2).map((n) => n.html.slice(0, 120)).join(" | "));
  check(found.length === 0, where + ": " + found.join("; "));
}

async function routes(browser) {
  for (const [name, options] of [["light", {}], ["dark", { colorScheme: "dark" }], ["narrow", { viewport: { width: 360, height: 740 } }]])
    await test("every route is accessible and asks for nothing: " + name, async () => {
      for (const route of ROUTES) {
        const page = await open(browser, demo, route, options);
        await accessible(page, route);
        await quiet(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        check(wide <= 0, route + " is " + wide + " px too wide");
        await page.screenshot({ path: shots + "/" + name + route.replace(/\W+/g, "-") + ".png", fullPage: true });
        await page.context().close();
      }
    });
}

async function filters(browser) {
  await test("a search stands in the address and comes back from it", async () => {
    const page = await open(browser, demo, "#/findings");
    const all = await page.locator("tbody tr").count();
    await page.fill("#q", "duty:link outcome:fail -host:peace");
    await page.waitForFunction(() => location.hash.includes("outcome"));
    await page.waitForTimeout(200);
    const few = await page.locator("tbody tr").count();
    check(few > 0 && few < all, few + " of " + all + " rows");
    check(!(await page.locator("tbody").innerText()).includes("peace-forum"), "a page that was left out is there");
    const again = await open(browser, demo, new URL(page.url()).hash);
    check((await again.locator("tbody tr").count()) === few, "the address gives other rows");
    check((await again.inputValue("#q")) === "duty:link outcome:fail -host:peace", "the box lost its words");
    await again.fill("#q", "");
    await again.waitForFunction(() => location.hash === "#/findings");
    await quiet(page);
  });
  await test("states are buttons that can be pressed together", async () => {
    const page = await open(browser, demo, "#/findings");
    const button = page.locator(".states button", { hasText: "new" });
    await button.click();
    await page.waitForSelector(".states button[aria-pressed=true]");
    check(page.url().includes("state=new"), page.url());
    const rows = await page.locator("tbody tr").count();
    check((await page.locator(".states button[aria-pressed=true]").innerText()).includes(String(rows)), "the count is another");
  });
}

async function keyboard(browser) {
  await test("the keyboard alone leads from the overview to a case and through it", async () => {
    const page = await open(browser, demo, "#/");
    const reach = async (matches, most) => {
      for (let i = 0; i < most; i++) {
        await page.keyboard.press("Tab");
        if (await page.evaluate((m) => document.activeElement.matches(m), matches)) return true;
      }
      return false;
    };
    check(await reach("a[href='#/findings']", 20), "no way to the findings");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#q");
    check(await reach("a[href^='#/case/']", 60), "no way to a case");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".checks");
    check(await page.evaluate(() => document.activeElement.tagName === "H1"), "the heading is not where reading begins");
    await page.keyboard.press("j");
    check(await page.evaluate(() => document.activeElement.dataset.passage === "0"), "j leads to no passage");
  });
}

async function hostility(browser) {
  await test("texts that mean harm stay text", async () => {
    for (let i = 0; i < 8; i++) {
      const page = await open(browser, hostile, "#/case/" + i);
      check((await page.title()) !== "owned", "a text of case " + i + " became a script");
      check((await page.locator("main img, main script, main iframe").count()) === 0, "a text of case " + i + " became an element");
      check((await page.locator("a[href^='javascript']").count()) === 0, "a text became a link that runs");
      const text = await page.locator("main").innerText();
      check(!/[\u202a-\u202e\u2066-\u2069\u0000]/.test(text), "a mark of case " + i + " still turns the text");
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      check(wide <= 0, "case " + i + " is " + wide + " px too wide");
      await quiet(page);
      await page.context().close();
    }
    const page = await open(browser, hostile, "#/findings");
    check((await page.title()) !== "owned", "a text became a script");
    await quiet(page);
  });
  await test("a script put into the page by another hand does not run", async () => {
    const broken = shots + "/injected.html";
    fs.writeFileSync(broken, fs.readFileSync(demo, "utf8").replace("</main>", "</main><script>document.title='owned'</script><img src='https://evil.example/x.png'>"));
    const page = await open(browser, broken, "#/");
    check((await page.title()) !== "owned", "it ran");
  });
}

async function help(browser) {
  await test("a case to act on has a draft to copy, and one that is not has none", async () => {
    const page = await open(browser, demo, "#/findings?state=new");
    await page.locator("tbody a[href^='#/case/']").first().click();
    await page.waitForSelector(".checks");
    check(/^Subject: .+\n\n.*Hello/s.test(await page.locator("pre[tabindex]").innerText()), "there is no draft");
    check((await page.locator("button", { hasText: "Copy the draft" }).count()) === 1, "it cannot be copied");
    const other = await open(browser, demo, "#/findings?state=allowed");
    await other.locator("tbody a[href^='#/case/']").first().click();
    await other.waitForSelector(".checks");
    check((await other.locator("h2", { hasText: "Draft" }).count()) === 0, "an allowed case has a draft");
  });
  await test("the overview says whether the evidence holds, and what the last scan changed", async () => {
    const page = await open(browser, demo, "#/");
    const text = await page.locator("main").innerText();
    check(text.includes("evidence holds"), "no badge");
    check(/Changed at the last scan\s+.*\d+ new, .*to act on as before/s.test(text), "no sums of what changed");
    check((await page.locator("svg.chart").count()) === 1, "no trend");
    await page.click("text=What was checked");
    await page.waitForSelector("h1:text('Evidence')");
    check((await page.locator("main").innerText()).includes("This cannot prove what a server really sent"), "not what cannot be proved");
  });
  await test("a note stands with its case", async () => {
    const page = await open(browser, demo, "#/case/1");
    check((await page.locator("h2", { hasText: "Notes" }).count()) + (await (await open(browser, demo, "#/case/0")).locator("h2", { hasText: "Notes" }).count()) === 1, "the note is not there once");
  });
}

async function printing(browser) {
  await test("a printed case has its duties and passages", async () => {
    const page = await open(browser, demo, "#/case/0");
    await page.emulateMedia({ media: "print" });
    check(!(await page.locator(".top").isVisible()), "the menu is printed");
    check(await page.locator(".pair").isVisible(), "the passages are not printed");
    const pdf = await page.pdf({ path: shots + "/case.pdf" });
    check(pdf.length > 10000, "the PDF is empty");
  });
  await test("without scripts the counts and open cases are there", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto("file://" + demo);
    check((await page.locator("main table tr").count()) > 1, "no case is shown");
  });
}

// Processor time of the page's main thread, in milliseconds, by what it did.
async function effort(page) {
  const { metrics } = await page.session.send("Performance.getMetrics");
  const of = (name) => Math.round(metrics.find((metric) => metric.name === name).value * 1000);
  return { task: of("TaskDuration"), script: of("ScriptDuration"), layout: of("LayoutDuration") + of("RecalcStyleDuration") };
}

async function size(browser, file, what) {
  await test("a page of " + what + " opens, and is searched, in figures", async () => {
    const bytes = fs.statSync(file).size;
    const page = await open(browser, file, "#/findings");
    // From the beginning of loading to the list drawn, as the page notes it.
    const load = await page.evaluate(() => performance.getEntriesByName("drawn")[0].startTime);
    const cost = await effort(page);
    const filters = [];
    for (const words of ["duty:link.original outcome:fail -host:site1 page", "copyright", "verdict:not-met severity:3", "-host:site1 tion"]) {
      filters.push(await page.evaluate(async (q) => {
        const began = performance.now();
        const done = new Promise((resolve) => addEventListener("hashchange", () => setTimeout(resolve), { once: true }));
        location.hash = "#/findings?q=" + encodeURIComponent(q);
        await done;
        document.body.offsetHeight; // laid out
        return performance.now() - began;
      }, words));
      check((await page.locator("tbody tr").count()) > 0, "nothing is found by " + words);
    }
    const routes = {};
    for (const route of ["#/", "#/domains", "#/articles", "#/case/" + 3000]) {
      routes[route] = Math.round(await page.evaluate(async (to) => {
        const began = performance.now();
        const before = performance.getEntriesByName("drawn").length;
        location.hash = to;
        while (performance.getEntriesByName("drawn").length === before) await new Promise((resolve) => setTimeout(resolve));
        document.body.offsetHeight;
        return performance.now() - began;
      }, route));
    }
    console.log(JSON.stringify({ bench: "report-browser", of: what, bytes, load_ms: Math.round(load), load_cpu_ms: cost, filter_ms: filters.map(Math.round), route_ms: routes }));
    check(bytes <= 25e6, bytes + " bytes");
    await quiet(page);
  });
}

// ------------------------------------------------------------------ review --
async function fromOwnServer(page, address) {
  check(page.troubles.length === 0, "the page complains: " + page.troubles.join("; "));
  check(page.asked.every((url) => url.startsWith(address)), "asked for " + page.asked.filter((url) => !url.startsWith(address)).join(" "));
}

async function review(browser) {
  if (!reviewed) throw new Error("no review page is served");
  for (const [name, options] of [["light", {}], ["dark", { colorScheme: "dark" }], ["narrow", { viewport: { width: 360, height: 740 } }]])
    await test("a case can be decided where it is reviewed, accessibly: " + name, async () => {
      const page = await open(browser, reviewed, "#/case/3", options);
      await page.waitForSelector("#decide-state");
      await accessible(page, "the review page");
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      check(wide <= 0, wide + " px too wide");
      await page.screenshot({ path: shots + "/review-" + name + ".png", fullPage: true });
      await fromOwnServer(page, reviewed);
      await page.context().close();
    });
  await test("a state is set by the keyboard alone, and stands in the history", async () => {
    const page = await open(browser, reviewed, "#/case/3");
    await page.focus("#decide-state");
    await page.keyboard.press("c");
    await page.keyboard.press("Tab");
    for (let i = 0; i < 5 && !(await page.evaluate(() => document.activeElement.id === "decide-reason")); i++) await page.keyboard.press("Tab");
    await page.keyboard.type("I looked <b>myself</b>");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#decided p");
    check((await page.innerText("#decided")) === "The state is recorded.", await page.innerText("#decided"));
    check(await page.evaluate(() => document.activeElement.id === "decide-state"), "the place is lost");
    const history = await page.locator("table").last().innerText();
    check(/confirmed/.test(history) && history.includes("I looked <b>myself</b>") && history.includes("by jo"), history);
    await page.reload();
    await page.waitForSelector("#decide-state");
    check((await page.inputValue("#decide-state")) === "confirmed", "it is not on record");
    await fromOwnServer(page, reviewed);
  });
  await test("a note is kept, a refusal told, a draft shown", async () => {
    const page = await open(browser, reviewed, "#/case/3");
    await page.fill("#decide-reason", "wrote to their editor");
    await page.click("text=Keep as a note");
    await page.waitForSelector("h2:text('Notes')");
    await page.selectOption("#decide-state", "ignored");
    await page.click("text=Set the state");
    await page.waitForSelector("#decided .fail");
    check(/no reason is given/.test(await page.innerText("#decided")), await page.innerText("#decided"));
    await page.click("text=Draft a request");
    await page.waitForSelector("#decided pre");
    check(/^Subject: /.test(await page.innerText("#decided pre")), "there is no draft");
    check((await page.locator("#decided button").count()) === 1, "it cannot be copied");
    await accessible(page, "with a draft");
    check(page.troubles.every((words) => /400 \(Bad Request\)/.test(words)), page.troubles.join("; "));
  });
  await test("a page to be read only decides nothing", async () => {
    const page = await open(browser, readOnly, "#/case/3");
    check((await page.locator(".decide").count()) === 0, "there is something to decide with");
    await fromOwnServer(page, readOnly);
  });
  await test("a page of another site can neither read the review page nor decide", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(new URL(readOnly).origin + "/"); // a refusal: a page without the other's secret
    const outcome = await page.evaluate(async (target) => {
      const tries = [() => fetch(target), () => fetch(target + "set", { method: "POST", body: '{"case":4,"state":"confirmed"}', headers: { "Content-Type": "application/json", "X-Bylaw-Token": "0" } }),
        () => fetch(target + "set", { method: "POST", mode: "no-cors", body: '{"case":4,"state":"confirmed"}' }).then((reply) => { if (reply.type === "opaque") throw new Error("opaque"); })];
      const ends = [];
      for (const one of tries) ends.push(await one().then(() => "answered", () => "refused"));
      return ends.join(" ");
    }, reviewed);
    check(outcome === "refused refused refused", outcome);
    await page.setContent("<iframe src='" + reviewed + "'></iframe>");
    await page.waitForTimeout(300);
    const framed = await page.frames()[1].evaluate(() => document.title).catch(() => "");
    check(framed !== "Republication report", "it shows in a frame");
    const own = await open(browser, reviewed, "#/case/4");
    check((await own.inputValue("#decide-state")) !== "confirmed", "another page decided");
  });
}

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
  for (const part of [routes, filters, keyboard, hostility, help, printing, review]) await part(browser);
  await size(browser, findings, "50,000 findings");
  await size(browser, cases, "50,000 cases");
  await browser.close();
  console.log("browser: " + passed + " passed, " + failed + " failed, 0 skipped");
  process.exit(failed || !passed ? 1 : 0);
})();
