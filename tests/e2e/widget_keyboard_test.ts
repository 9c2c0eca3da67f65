import { equal } from "node:assert/strict";
import type { Page } from "playwright-core";
import { ar } from "@/lib/i18n/widget/ar.ts";
import { en } from "@/lib/i18n/widget/en.ts";
import type { WidgetTexts } from "@/lib/i18n/widget/texts.ts";
import { AgentPage } from "@/tests/support/agent_page.ts";
import { gone, seen } from "@/tests/support/seen.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";
import {
  openWidgetPage,
  type WidgetPage,
} from "@/tests/support/widget_page.ts";

const NAME = "Ada";
const ada = info({ id: "ada", dn: NAME });

/** Returns the accessible name of the focused element. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement?.shadowRoot?.activeElement ??
      document.activeElement;
    const control = element?.closest("label") ?? element;
    const spoken = control?.cloneNode(true);
    if (!(spoken instanceof Element)) return "";
    for (const mute of spoken.querySelectorAll("[aria-hidden], select")) {
      mute.remove();
    }
    return element?.getAttribute("aria-label") ?? spoken.textContent.trim();
  });
}

/** One who has a keyboard alone, and reads one language. */
class Typist {
  readonly page: Page;
  readonly #texts: WidgetTexts;

  constructor({ page }: WidgetPage, texts: WidgetTexts) {
    this.page = page;
    this.#texts = texts;
  }

  text(key: keyof WidgetTexts): string {
    return this.#texts[key].replace("{name}", NAME);
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Presses Tab, or Shift+Tab, until the named control has the focus. */
  async reach(key: keyof WidgetTexts, how = "Tab"): Promise<void> {
    for (let i = 0; i < 30 && !await this.#is(key); i++) await this.press(how);
    if (!await this.#is(key)) equal(await focused(this.page), this.text(key));
  }

  /** The named control gets the focus without a key. */
  async has(key: keyof WidgetTexts): Promise<void> {
    const until = Date.now() + 10_000;
    while (Date.now() < until) {
      if (await this.#is(key)) return;
    }
    equal(await focused(this.page), this.text(key));
  }

  async #is(key: keyof WidgetTexts): Promise<boolean> {
    const name = await focused(this.page);
    const text = this.text(key);
    // A launcher says presence as well, or first with whom a call is.
    if (key === "title") return name.startsWith(text);
    if (key === "calling") return name.trim() === `${NAME} ${text}`;
    return name === text;
  }

  see(key: keyof WidgetTexts) {
    return seen(this.page.getByText(this.text(key)).first());
  }
}

async function begin(texts: WidgetTexts, consent = "") {
  const shown = await openWidgetPage({
    service: {
      session: session({
        type: "sidebar",
        lang: texts === ar ? "ar" : "en",
        strings: { ...texts },
      }, { consent }),
      infos: [ada],
    },
    body: (service) =>
      `<a href="#x">First</a>${service.tags()}<a href="#y">Last</a>`,
  });
  const typist = new Typist(shown, texts);
  await seen(shown.page.locator(".launcher"));
  return Object.assign(shown, { typist });
}

for (const [direction, texts] of [["ltr", en], ["rtl", ar]] as const) {
  Deno.test(`by keyboard, ${direction}: open, chat, send, go back, close, and the focus returns`, async () => {
    await using shown = await begin(texts);
    const { typist, service, page } = shown;

    await typist.reach("title");
    await typist.press("Enter");
    await seen(page.getByRole("dialog"));
    await typist.reach("chatName");
    await typist.press("Enter");
    await typist.has("message");
    await page.keyboard.type("one");
    await typist.press("Shift+Enter");
    await page.keyboard.type("two");
    await typist.press("Enter");
    const { text } = await service.once("ChatMessage");
    await typist.reach("endChat");
    await typist.press("Enter");
    await typist.has("cancel");
    await typist.press("Shift+Tab");
    await typist.has("endChat");
    await typist.press("Enter");
    await service.once("ClearChat");
    await typist.reach("back", "Shift+Tab");
    await typist.press("Enter");
    await typist.reach("chatName");
    await typist.press("Escape");
    await gone(page.getByRole("dialog"));

    equal(text, "one\ntwo");
    await typist.has("title");
    await typist.press("Tab");
    equal(await focused(page), "Last");
    await typist.press("Shift+Tab", "Shift+Tab");
    equal(await focused(page), "First");
  });

  Deno.test(`by keyboard, ${direction}: call, keypad, devices, hang up, call again`, async () => {
    await using shown = await begin(texts);
    const { typist, service, page } = shown;
    await typist.reach("title");
    await typist.press("Enter");
    await seen(page.getByRole("dialog"));

    await typist.reach("callName");
    await typist.press("Enter");
    const offer = await service.once("Channels");
    const agent = await shown.profile.context.newPage();
    await agent.goto(`${shown.url}/agent`);
    const sdp = await new AgentPage(agent).answer(
      "sdp" in offer ? offer.sdp : "",
    );
    await page.bringToFront();
    service.say({ mt: "CallInfo", state: "connected", cmd: "SELECT", sdp });
    await seen(page.getByRole("timer"));
    await typist.reach("keypad");
    await typist.press("Enter", "Tab");
    await gone(page.getByText(texts.noKeys)); // Sound flows.
    while (await focused(page) !== "5") await typist.press("Tab");
    await typist.press("Space");
    const { digits } = await service.once("Dtmf");
    await typist.reach("devices", "Shift+Tab");
    await typist.press("Enter");
    const choice = page.locator(".sheet select").first();
    await seen(choice);
    const before = await choice.inputValue();
    await typist.reach("microphone");
    await typist.press("ArrowDown");
    const after = await choice.inputValue();
    await typist.reach("hangUp", "Shift+Tab");
    await typist.press("Enter");
    await service.once("ClearCall");
    await typist.has("callAgain");

    equal(digits, "5");
    equal(after === before, false);
  });

  Deno.test(`by keyboard, ${direction}: refuse consent, then give it`, async () => {
    await using shown = await begin(texts, "We keep this for a day.");
    const { typist, service, page } = shown;
    await typist.reach("title");
    await typist.press("Enter");
    await seen(page.getByRole("dialog"));
    await typist.reach("chatName");
    await typist.press("Enter");
    await typist.has("message");
    await page.keyboard.type("Hello");
    await typist.press("Enter");

    await typist.has("consentAgree");
    await typist.reach("cancel");
    await typist.press("Enter");
    await typist.has("message");
    const kept = await page.getByRole("textbox", {
      name: typist.text("message"),
    })
      .inputValue();
    await typist.press("Enter");
    await typist.has("consentAgree");
    await typist.press("Enter");
    const said = await service.once("ChatMessage");
    await typist.has("message");

    equal(kept, "Hello");
    equal(said.text, "Hello");
  });
}

Deno.test("by keyboard: closing the panel during a call keeps it running, and the panel opens again", async () => {
  await using shown = await begin(en);
  const { typist, service, page } = shown;
  await typist.reach("title");
  await typist.press("Enter");
  await seen(page.getByRole("dialog"));
  await typist.reach("callName");
  await typist.press("Enter");
  await service.once("Channels");

  await typist.press("Escape");
  await typist.has("calling");
  await typist.press("Enter");
  await typist.see("calling");
  await typist.reach("hangUp");
  await typist.press("Space");

  await service.once("ClearCall");
});
