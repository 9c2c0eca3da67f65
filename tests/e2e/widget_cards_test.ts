import { deepEqual, equal, ok } from "node:assert/strict";
import { de } from "@/lib/i18n/widget/de.ts";
import { forEachPage } from "@/tests/support/foreign_page.ts";
import { announced, enter, gone, press, seen } from "@/tests/support/seen.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";

const PIXEL =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const ada = info({ id: "ada", dn: "Ada Lovelace", department: "Sales" });
const grace = info({ id: "grace", dn: "Grace Hopper", order: 1 });

forEachPage(
  "a cardset shows its agents in order, with everything they offer",
  async (kind) => {
    const card = info({
      ...ada,
      phonenumber: "+49 (0)30 12345",
      email: "ada@example.com",
      media: ["voice", "email"],
      link: { label: "Book a date", url: "https://example.com/book" },
    });
    await using shown = await openWidgetPage({
      kind,
      service: { infos: [grace, card] },
    });
    const { page } = shown;

    await seen(page.getByRole("heading", { name: "Ada Lovelace" }));
    const names = await page.getByRole("heading", { level: 3 })
      .allTextContents();
    const links = await page.getByRole("link").evaluateAll((links) =>
      links.map((link) => link.getAttribute("href"))
    );

    deepEqual(names, ["Ada Lovelace", "Grace Hopper"]);
    deepEqual(links, [
      "tel:+493012345",
      "mailto:ada@example.com",
      "https://example.com/book",
    ]);
    ok(
      await page.getByRole("button", { name: "Call Ada Lovelace" }).isEnabled(),
    );
    equal(await page.getByRole("button", { name: "Chat with Ada" }).count(), 0);
  },
);

forEachPage(
  "presence is live, and an unavailable agent can't be called",
  async (kind) => {
    await using shown = await openWidgetPage({
      kind,
      service: { infos: [ada] },
    });
    const { page, service } = shown;
    const call = page.getByRole("button", { name: "Call Ada Lovelace" });
    await seen(call);

    service.say({ ...ada, presence: "busy" });
    await seen(page.getByText("Busy"));
    const enabled = await call.isEnabled();
    service.say(ada);
    await seen(page.locator(".card").getByText("Available"));

    equal(enabled, false);
    equal(await call.isEnabled(), true);
  },
);

forEachPage(
  "when the last agent leaves, a message replaces the buttons until one is back",
  async (kind) => {
    const away = { ...ada, presence: "away" as const };
    await using shown = await openWidgetPage({
      kind,
      service: { infos: [ada, { ...grace, presence: "busy" }] },
    });
    const { page, service } = shown;
    const said = (text: string) =>
      announced(page.getByRole("status").getByText(text, { exact: true }));
    const offered = () =>
      page.locator(".card button").evaluateAll((buttons) =>
        buttons.filter((button) => button.matches(":enabled")).length
      );
    await said("Available");
    const before = await offered();

    service.say(away);
    await said("Nobody is available right now.");
    const nobody = await offered();
    service.say({ ...grace, presence: "dnd" }); // Nothing to say of that.
    service.say(ada);
    await said("Available");

    deepEqual([before, nobody, await offered()], [3, 0, 3]);
  },
);

forEachPage(
  "saving changes texts, colours, agents and their order immediately",
  async (kind) => {
    await using shown = await openWidgetPage({
      kind,
      service: { infos: [ada, grace] },
    });
    const { page, service } = shown;
    await seen(page.getByText("Grace Hopper"));

    service.session = session({ lang: "de", strings: { ...de } }, {
      colors: {
        accent: "#aa0000",
        background: "#ffffff",
        text: "#000000",
        card: "#ffffff",
      },
    });
    service.infos = [{ ...grace, order: 0 }, { ...ada, order: 1 }];
    service.save();
    const call = page.getByRole("button", { name: "Ada Lovelace anrufen" });
    await seen(call);

    const names = await page.getByRole("heading", { level: 3 })
      .allTextContents();
    deepEqual(names, ["Grace Hopper", "Ada Lovelace"]);
    equal(
      await call.evaluate((button) => getComputedStyle(button).backgroundColor),
      "rgb(170, 0, 0)",
    );
  },
);

forEachPage(
  "a sidebar slides in, expands, and returns the focus",
  async (kind) => {
    await using shown = await openWidgetPage({
      kind,
      service: { session: session({ type: "sidebar" }), infos: [ada] },
    });
    const { page } = shown;
    const launcher = page.getByRole("button", { name: "How can we help?" });
    await launcher.focus();

    await page.keyboard.press("Enter");
    const panel = page.getByRole("dialog", { name: "How can we help?" });
    await seen(panel.getByText("Ada Lovelace"));
    await page.keyboard.press("Escape");
    await seen(launcher);

    equal(await panel.count(), 0);
    equal(
      await launcher.evaluate((button) =>
        (button.getRootNode() as ShadowRoot).activeElement === button
      ),
      true,
    );
  },
);

forEachPage(
  "a sidebar can hide while no agent is available, live",
  async (kind) => {
    const away = { ...ada, presence: "away" as const };
    await using shown = await openWidgetPage({
      kind,
      service: {
        session: session({ type: "sidebar" }, { hideWhenUnavailable: true }),
        infos: [away],
      },
    });
    const { page, service } = shown;
    await service.once("Start");
    const launcher = page.getByRole("button", { name: "How can we help?" });

    service.say(ada);
    await seen(launcher);
    service.say(away);
    await gone(launcher);
  },
);

forEachPage(
  "a picture shared by two agents is requested once, when it becomes visible",
  async (kind) => {
    const picture = "a".repeat(64);
    const far = Array.from(
      { length: 40 },
      (_, i) =>
        info({ id: `far${i}`, dn: `Far ${i}`, order: i + 2, picture: `${i}` }),
    );
    await using shown = await openWidgetPage({
      kind,
      service: {
        infos: [{ ...ada, picture }, { ...grace, picture }, ...far],
        pictures: { ada: PIXEL },
      },
      viewport: { width: 400, height: 600 },
    });
    const { page, service } = shown;

    await seen(page.locator(".avatar img").nth(1));

    const asked = service.heard.flatMap((m) =>
      m.mt === "GetPicture" ? [m.id] : []
    );
    deepEqual(asked.filter((id) => !id.startsWith("far")), ["ada"]);
    ok(asked.length < 20, `${asked.length} pictures were asked for`);
  },
);

forEachPage("a lost connection resumes with its token", async (kind) => {
  await using shown = await openWidgetPage({ kind, service: { infos: [ada] } });
  const { page, service } = shown;
  await seen(page.getByText("Ada Lovelace"));

  service.cut();
  const again = await service.once("Start", 2);

  equal(again.resume, "seat1");
});

forEachPage(
  "the language is the attribute's, otherwise the browser's",
  async (kind) => {
    await using own = await openWidgetPage({
      kind,
      attributes: 'lang="de-AT"',
    });
    await using browsers = await openWidgetPage({ kind, locale: "fr-CA" });

    equal((await own.service.once("Start")).lang, "de-AT");
    equal((await browsers.service.once("Start")).lang, "fr-CA");
  },
);

forEachPage(
  "a preview renders what it is given, without a socket",
  async (kind) => {
    await using shown = await openWidgetPage({
      kind,
      body: (service) =>
        `<contact-widget></contact-widget>
       <script type="module" src="${service.origin}/widget.js"></script>`,
    });
    const { page, requests } = shown;
    const preview = (dn: string) => ({
      session: session({ type: "sidebar" }),
      infos: [{ ...ada, dn }],
      pictures: [],
    });
    const show = (dn: string) =>
      page.locator("contact-widget").evaluate((element, preview) => {
        Object.assign(element, { preview });
      }, preview(dn));

    await show("Ada");
    await press(page.getByRole("button", { name: "How can we help?" }));
    await show("Ada the First");
    await press(page.getByRole("button", { name: "Call Ada the First" }));

    await seen(page.getByText("This is a preview."));
    equal(requests.includes("ws"), false);
  },
);

Deno.test("deleting a widget removes it from open pages, with its chats", async () => {
  await using shown = await openWidgetPage({ service: { infos: [ada] } });
  const { page, service } = shown;
  const card = page.getByRole("button", { name: "Chat with Ada" });
  await press(card);
  await enter(page.getByRole("textbox", { name: "Message" }), "Hello");

  service.close(4404);

  await gone(card);
  await gone(page.getByRole("textbox", { name: "Message" }));
});
