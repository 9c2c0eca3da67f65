import { deepEqual, equal } from "node:assert/strict";
import type { Page } from "playwright-core";
import { enter, seen } from "@/tests/support/seen.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";

// What widget.d.ts promises to pages that drive the widget.

const ada = info({ id: "ada", dn: "Ada" });
const grace = info({ id: "grace", dn: "Grace", order: 1 });
const sidebar = session({ type: "sidebar" });

/** Calls a method of the element. */
function call(page: Page, method: string, ...args: unknown[]): Promise<void> {
  return page.locator("contact-widget").evaluate(
    (element, [method, args]) => {
      const act: unknown = Reflect.get(element, method);
      if (typeof act === "function") act.apply(element, args);
      else throw new Error(`There is no ${method}()`);
    },
    [method, args] as const,
  );
}

/** The details of all events so far, as JSON, by name. */
async function hear(page: Page) {
  const heard = await page.evaluateHandle(() => {
    const heard: string[] = [];
    for (const name of ["ready", "presence", "opened", "closed", "call"]) {
      addEventListener(`cw-${name}`, (event) => {
        const { detail, target } = event as CustomEvent;
        const tag = target instanceof Element ? target.localName : "";
        heard.push(`${tag} ${name} ${JSON.stringify(detail)}`);
      });
    }
    return heard;
  });
  return async (line: string) => {
    await page.waitForFunction(
      ([heard, line]) => heard.includes(line),
      [heard, `contact-widget ${line}`] as const,
    );
  };
}

Deno.test("open() and close() fire their events and move the focus in and back", async () => {
  await using shown = await openWidgetPage({
    service: { session: sidebar, infos: [ada] },
  });
  const { page } = shown;
  await seen(page.locator(".launcher"));
  const heard = await hear(page);

  await call(page, "open");
  await heard("opened {}");
  await seen(page.getByRole("dialog").getByText("Ada"));
  await call(page, "close");
  await heard("closed {}");

  await seen(page.locator(".launcher"));
});

Deno.test("chat(id) and call(id, { video }) reach that agent, hangup() ends the call, and events are fired", async () => {
  await using shown = await openWidgetPage({
    service: { session: sidebar, infos: [ada, grace] },
  });
  const { page, service } = shown;
  await seen(page.locator(".launcher"));
  const heard = await hear(page);

  await call(page, "chat", "grace");
  await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
  await page.keyboard.press("Enter");
  const chat = await service.once("CreateChat");
  await call(page, "call", "grace", { video: true });
  const voice = await service.once("CreateCall");
  const offer = await service.once("Channels");
  service.say({ mt: "CallInfo", state: "alerting" });
  await heard('call {"state":"alerting","agent":"grace"}');
  await call(page, "hangup");
  await service.once("ClearCall");
  await heard('call {"state":"ended","agent":"grace","cause":16}');

  deepEqual([chat.dest, voice.dest], ["grace", "grace"]);
  equal("sdp" in offer && offer.sdp.includes("m=video"), true);
});

Deno.test("call() without an agent calls the first available one", async () => {
  await using shown = await openWidgetPage({
    service: { session: sidebar, infos: [{ ...ada, presence: "busy" }, grace] },
  });
  const { page, service } = shown;
  await seen(page.locator(".launcher"));

  await call(page, "call");

  equal((await service.once("CreateCall")).dest, "grace");
});

Deno.test("attributes and properties stay in sync, and changes take effect", async () => {
  await using shown = await openWidgetPage({
    service: { session: sidebar, infos: [ada] },
    attributes: 'name="Ann"',
  });
  const { page, service } = shown;
  await seen(page.locator(".launcher"));
  const widget = page.locator("contact-widget");
  const name = await widget.evaluate((element) => Reflect.get(element, "name"));

  await call(page, "setLanguage", "de");
  const second = await service.once("Start", 2);
  await widget.evaluate((element) => Reflect.set(element, "name", "Bob"));
  const uuid = "1".repeat(32);
  await widget.evaluate(
    (element, uuid) => Reflect.set(element, "uuid", uuid),
    uuid,
  );
  const third = await service.once("Start", 3);
  const attributes = await widget.evaluate((element) =>
    ["lang", "name", "uuid"].map((name) => element.getAttribute(name))
  );

  equal(name, "Ann");
  equal(second.lang, "de");
  equal(third.uuid, uuid);
  deepEqual(attributes, ["de", "Bob", uuid]);
});

Deno.test("cw-ready fires when the service answers, cw-presence on each change", async () => {
  await using shown = await openWidgetPage({
    service: { session: sidebar, infos: [ada], silent: true },
  });
  const { page, service } = shown;
  await service.once("Start");
  const heard = await hear(page);

  service.speak();
  await heard("ready {}");
  await heard('presence {"agent":"ada","presence":"online"}');
  service.say({ ...ada, presence: "dnd" });
  await heard('presence {"agent":"ada","presence":"dnd"}');
});
