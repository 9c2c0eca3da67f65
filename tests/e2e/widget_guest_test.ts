import { deepEqual, equal, ok } from "node:assert/strict";
import { differingPixels } from "@/tests/support/pixels.ts";
import { enter, press, seen } from "@/tests/support/seen.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";

const ada = info({ id: "ada", dn: "Ada Lovelace", department: "Sales" });
const grace = info({ id: "grace", dn: "Grace", order: 1, presence: "busy" });
const sidebar = session({ type: "sidebar" }, { helpTexts: ["Questions?"] });

Deno.test("before the visitor acts, the widget loads its scripts, opens one socket and stores nothing", async () => {
  await using shown = await openWidgetPage({ service: { infos: [ada] } });
  const { page, profile, requests } = shown;
  await seen(page.getByText("Ada Lovelace"));

  const kept = await page.evaluate(async () => [
    localStorage.length,
    sessionStorage.length,
    document.cookie,
    (await caches.keys()).length,
    (await indexedDB.databases()).length,
  ]);

  deepEqual(kept, [0, 0, "", 0, 0]);
  deepEqual(await profile.context.cookies(), []);
  equal(requests.length, 3, requests.join());
  ok(requests.includes("/widget.js") && requests.includes("ws"));
});

Deno.test("the widget doesn't shift the page where space is reserved", async () => {
  await using shown = await openWidgetPage({
    service: { infos: [ada] },
    body: (service) =>
      service.tags().replace(
        "</contact-widget>",
        '<svg width="1" height="400"></svg></contact-widget>',
      ) +
      "<p>After</p>",
  });
  const { page, url } = shown;
  await page.addInitScript(() => {
    const shifts: PerformanceEntry[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => shifts.push(...list.getEntries()))
      .observe({ type: "layout-shift", buffered: true });
  });

  await page.goto(`${url}/observed`);
  await seen(page.getByText("Ada Lovelace"));
  const shifts = await page.evaluate(async () => {
    // An observer is told with the frame after the next.
    for (let frame = 0; frame < 3; frame++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    const { shifts } = globalThis as unknown as { shifts: PerformanceEntry[] };
    return shifts.map((shift) => shift.toJSON());
  });

  deepEqual(shifts, []);
});

Deno.test("a page restored from the back/forward cache is live again", async () => {
  await using shown = await openWidgetPage({ service: { infos: [ada] } });
  const { page, service } = shown;
  await seen(page.getByText("Ada Lovelace"));
  const move = (type: string) =>
    page.evaluate(
      (type) =>
        dispatchEvent(new PageTransitionEvent(type, { persisted: true })),
      type,
    );

  await move("pagehide");
  await move("pageshow");
  await service.once("Start", 2);
  service.say({ ...ada, presence: "away" });
  await seen(page.getByText("Away"));
});

Deno.test("a widget that is moved in the page, or cloned, keeps its chat", async () => {
  await using shown = await openWidgetPage({ service: { infos: [ada] } });
  const { page, service } = shown;
  await press(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
  await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
  await page.keyboard.press("Enter");
  await service.once("ChatMessage");

  await page.evaluate(() => {
    const old = document.querySelector("contact-widget");
    const copy = old?.cloneNode(true);
    old?.remove();
    if (copy) document.body.append(copy);
  });
  service.write("Good morning");
  await seen(page.getByText("Good morning"));

  equal(service.heard.filter(({ mt }) => mt === "Start").length, 1);
});

Deno.test("two scripts and two widgets on a page don't interfere with each other", async () => {
  await using shown = await openWidgetPage({
    service: { infos: [ada] },
    body: (service) =>
      service.tags() + service.tags("id='second'") +
      `<script type="module" src="${service.origin}/widget.js?again" async></script>`,
  });
  const { page, service } = shown;
  await service.once("Start", 2);
  await press(
    page.locator("#second").getByRole("button", { name: "Chat with" }),
  );
  await seen(page.locator("#second").getByRole("textbox", { name: "Message" }));

  equal(await page.getByRole("dialog").count(), 1);
});

const CALM = "body { margin: 0 } main { display: block }";
const HOSTILE = `* { all: unset !important }
  button { display: none !important }
  div, p, ul { color: lime !important; float: left !important }`;

Deno.test("a page's own styles don't affect the widget, however hostile", async () => {
  await using shown = await openWidgetPage({
    service: { infos: [ada, grace] },
    viewport: { width: 800, height: 600 },
  });
  const { page } = shown;
  await seen(page.getByText("Ada Lovelace"));
  const look = async (css: string) => {
    await page.evaluate((css) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`${css} h1 { display: none !important }`);
      document.adoptedStyleSheets = [sheet];
    }, css);
    return await page.locator("contact-widget .cards").screenshot();
  };

  const calm = await look(CALM);
  const hostile = await look(HOSTILE);

  const scratch = await shown.profile.context.newPage();
  equal(await differingPixels(scratch, calm, hostile), 0);
});

Deno.test("the page can control the widget and gets its events", async () => {
  await using shown = await openWidgetPage({
    service: { session: sidebar, infos: [grace, ada] },
  });
  const { page, service } = shown;
  await seen(page.getByRole("button", { name: "How can we help?" }));

  const heard = await page.evaluateHandle(() => {
    const names: string[] = [];
    for (const name of ["opened", "closed", "chat", "message", "presence"]) {
      addEventListener(`cw-${name}`, (event) => {
        const { detail } = event as CustomEvent;
        names.push(`${name} ${Object.values(detail).join(" ")}`.trim());
      });
    }
    const widget = document.querySelector("contact-widget") as HTMLElement & {
      chat(): void;
      setVisitor(visitor: { name: string }): void;
    };
    widget.setVisitor({ name: "Bob" });
    widget.chat();
    return names;
  });
  await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
  await page.keyboard.press("Enter");
  const created = await service.once("CreateChat");
  service.say({ ...grace, presence: "online" });
  await page.waitForFunction(
    (names) => names.includes("presence grace online"),
    heard,
  );
  await page.keyboard.press("Escape");
  await seen(page.locator(".launcher"));

  deepEqual([created.dest, created.dn], ["ada", "Bob"]);
  await page.waitForFunction((heard) => heard.length >= 5, heard);
  deepEqual((await heard.jsonValue()).sort(), [
    "chat opening ada",
    "closed",
    "message visitor 0",
    "opened",
    "presence grace online",
  ]);
});
