import type { Page } from "playwright-core";
import { ar } from "@/lib/i18n/widget/ar.ts";
import { en } from "@/lib/i18n/widget/en.ts";
import type { WidgetTexts } from "@/lib/i18n/widget/texts.ts";
import type { SessionOptions } from "@/lib/protocol/visitor/session_messages.ts";
import { AgentPage } from "@/tests/support/agent_page.ts";
import type { FakeService } from "@/tests/support/fake_service.ts";
import type { WidgetPage } from "@/tests/support/widget_page.ts";
import {
  type Combination,
  NAME,
  others,
  sceneOf,
  type Theme,
} from "@/tests/support/widget_scene.ts";
import { enter, gone, press, pressNext, reach } from "./seen.ts";

/** A page with a widget, which is taken from one state to the next. */
export class Guide {
  readonly #shown: WidgetPage;
  readonly #texts: WidgetTexts;
  readonly #is: Combination;

  constructor(shown: WidgetPage, is: Combination) {
    this.#shown = shown;
    this.#is = is;
    this.#texts = is.direction === "rtl" ? ar : en;
  }

  get #page() {
    return this.#shown.page;
  }

  get #service(): FakeService {
    return this.#shown.service;
  }

  get #cardset(): boolean {
    return this.#is.kind === "cardset";
  }

  /** Reaches every state of the widget, and calls back for each. */
  async walk(reached: (state: string) => Promise<void>): Promise<void> {
    await this.#arrive(reached);
    await this.#agents(reached);
    await this.#chat(reached);
    await this.#call(reached);
    await this.#failures(reached);
  }

  /** Shows the current state in another theme. */
  async dress(theme: Theme): Promise<void> {
    await this.#page.emulateMedia({
      colorScheme: theme === "auto" ? "dark" : "light",
    });
    await this.#page.evaluate((theme) => {
      const page = new CSSStyleSheet();
      const dark = theme === "page";
      page.replaceSync(`:root { color-scheme: ${dark ? "dark" : "light"} }`);
      document.adoptedStyleSheets = [page];
      // The theme affects only this property; see view/sheets.ts.
      const own = document.querySelector("contact-widget")?.shadowRoot
        ?.adoptedStyleSheets.at(-1);
      const scheme = theme === "page"
        ? "initial"
        : theme === "auto"
        ? "light dark"
        : theme;
      for (const rule of own?.cssRules ?? []) {
        if (rule instanceof CSSStyleRule && rule.style.length > 5) {
          rule.style.setProperty("--scheme", scheme);
        }
      }
    }, theme);
  }

  async #arrive(reached: (state: string) => Promise<void>): Promise<void> {
    await this.#page.emulateMedia({ reducedMotion: "reduce" });
    this.#setUp({});
    this.#service.silent = true;
    const starts = this.#count("Start");
    await this.#page.goto(`${this.#shown.url}/${Object.values(this.#is)}`);
    await this.#service.once("Start", starts + 1);
    await reached("loading");
    this.#service.speak();
    await reach(
      this.#page.locator(this.#cardset ? ".card" : ".launcher").first(),
    );
    await reached(this.#cardset ? "cards" : "launcher and help text");
  }

  async #agents(reached: (state: string) => Promise<void>): Promise<void> {
    await this.#open();
    await reach(this.#page.locator(".avatar img").first());
    if (!this.#cardset) await reached("agents");
    this.#service.infos = others;
    this.#service.save();
    await gone(this.#card("ada"));
    await reached("nobody available");
    this.#service.infos = [];
    this.#service.save();
    await reach(this.#page.locator(".empty"));
    await reached("no agents");
    if (!this.#cardset) {
      await this.#page.keyboard.press("Escape");
      this.#setUp({ hideWhenUnavailable: true });
      this.#service.infos = others;
      this.#service.save();
      await gone(this.#page.locator(".launcher"));
      await reached("hidden");
    }
    this.#setUp({});
    this.#service.save();
    await this.#open();
    await reach(this.#card("ada"));
  }

  async #chat(reached: (state: string) => Promise<void>): Promise<void> {
    const page = this.#page;
    await this.#press("chatName");
    await enter(page.locator("textarea"), "Hello");
    await reached("chat, empty");
    this.#service.acks = false;
    await page.keyboard.press("Enter");
    await reach(this.#button("consentAgree"));
    await reached("consent asked");
    const said = this.#count("ChatMessage");
    await this.#press("consentAgree");
    await this.#service.once("ChatMessage", said + 1);
    await reach(page.getByText(this.#texts.sending));
    await reached("chat, not sent yet");
    this.#service.silent = true;
    const starts = this.#count("Start");
    this.#service.cut();
    await reach(page.getByText(this.#texts.connectionLost));
    await reached("connection lost");
    this.#service.acks = true;
    await this.#service.once("Start", starts + 1);
    this.#service.speak();
    await gone(page.getByText(this.#texts.sending));
    this.#service.say({ mt: "QueueInfo", of: "chat", position: 2, minutes: 4 });
    await reach(this.#button("leaveQueue"));
    await reached("chat, in a queue");
    this.#service.say({ mt: "ChatInfo", state: "alerting" });
    this.#service.say({ mt: "ChatInfo", state: "connected", dn: NAME });
    this.#service.write("Good morning: https://example.com/");
    this.#service.say({ mt: "ChatTyping", typing: true });
    await reach(page.locator(".dots"));
    await reached("chat, messages and typing");
    this.#service.say({ mt: "ChatIdle", seconds: 300 });
    await reach(page.getByRole("button", { name: this.#texts.keepChat }));
    await reached("chat, about to close");
    this.#service.say({ mt: "ChatIdle" });
    await gone(page.getByRole("button", { name: this.#texts.keepChat }));
  }

  async #call(reached: (state: string) => Promise<void>): Promise<void> {
    const page = this.#page;
    await page.evaluate(() => {
      const { mediaDevices } = navigator;
      const open = mediaDevices.getUserMedia.bind(mediaDevices);
      const { promise, resolve } = Promise.withResolvers<void>();
      Object.assign(globalThis, { allow: resolve });
      mediaDevices.getUserMedia = (wanted) => promise.then(() => open(wanted));
    });
    const offers = this.#count("Channels");
    await this.#press("videoName", page.getByRole("dialog"));
    await reach(page.getByText(this.#texts.preparing));
    await reached("call, asking for the microphone");
    await page.evaluate(() =>
      (globalThis as unknown as { allow(): void }).allow()
    );
    const offer = await this.#service.once("Channels", offers + 1);
    await reach(page.getByText(this.#texts.calling));
    await reached("call, calling");
    this.#service.say({ mt: "CallInfo", state: "alerting" });
    await reach(page.getByText(this.#texts.ringing));
    await reached("call, ringing");
    await this.#connect("sdp" in offer ? offer.sdp : "");
    await reached("call, connected");
    await this.#during(reached);
    this.#service.say({ mt: "CallInfo", state: "terminated", cause: 16 });
    await reach(page.getByText(this.#texts.ended));
    await reached("call, ended");
    for (const tab of this.#shown.profile.context.pages()) {
      if (tab !== page) await tab.close();
    }
  }

  async #connect(offer: string): Promise<void> {
    const page = await this.#shown.profile.context.newPage();
    await page.goto(`${this.#shown.url}/agent`);
    const sdp = await new AgentPage(page).answer(offer, true);
    await this.#page.bringToFront();
    this.#service.say({
      mt: "CallInfo",
      state: "connected",
      cmd: "SELECT",
      sdp,
    });
    await reach(this.#page.getByRole("timer"));
    await reach(this.#page.locator("video.remote"));
  }

  async #during(reached: (state: string) => Promise<void>): Promise<void> {
    await this.#press("keypad");
    await reach(this.#page.locator(".keypad"));
    await reached("call, keypad");
    await this.#press("devices");
    await reach(this.#page.locator(".sheet select").first());
    await reached("call, devices");
    await this.#press("mute");
    await this.#press("cameraOff");
    await reached("call, muted, camera off");
    this.#service.say({ mt: "CallHold", held: true });
    await reach(this.#page.getByText(this.#text("held")));
    await reached("call, held");
    await press(
      this.#page.getByRole("dialog").getByRole("button", {
        name: this.#texts.chat,
        exact: true,
      }),
    );
    await reach(this.#page.locator(".callBar"));
    await reached("call beside its chat");
    await this.#page.keyboard.press("Escape");
    await reach(this.#page.locator(".launcher"));
    this.#service.write("Are you there?");
    await reach(this.#page.locator(".unread"));
    await reached("closed, with unread messages");
    await press(this.#page.locator(".launcher"));
    await press(this.#page.locator(".callBar .plain"));
  }

  async #failures(reached: (state: string) => Promise<void>): Promise<void> {
    const page = this.#page;
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException("", "NotAllowedError"));
    });
    await this.#press("callAgain");
    await reach(page.getByText(this.#texts.noPermission));
    await reached("call, failed");
    await this.#press("chatName", page.getByRole("dialog"));
    await pressNext(this.#button("endChat"));
    await reach(page.getByRole("alertdialog"));
    await reached("chat, asked whether to end it");
    await this.#press("endChat", page.getByRole("alertdialog"));
    await reach(page.getByText(this.#texts.chatEnded));
    await reached("chat, over");
    await page.route(/\/mod-.*\.js$/, (route) => route.abort());
    await page.reload();
    const first = this.#cardset ? this.#button("chatName") : page.locator(
      ".launcher",
    );
    await press(first);
    await reach(page.getByText(this.#texts.outdated));
    await reached("what a click needs cannot be loaded");
    await page.unroute(/\/mod-.*\.js$/);
    this.#shown.profile.errors.splice(0); // Chromium's own line about it.
  }

  #setUp(options: Partial<SessionOptions>): void {
    Object.assign(this.#service, sceneOf(this.#is, this.#texts, options));
  }

  async #open(): Promise<void> {
    if (this.#cardset) return;
    await press(this.#page.locator(".launcher"));
    await reach(this.#page.getByRole("dialog"));
  }

  #card(id: string) {
    return this.#page.locator(`[data-agent="${id}"]`);
  }

  #text(key: keyof WidgetTexts): string {
    return this.#texts[key].replace("{name}", NAME);
  }

  #button(
    key: keyof WidgetTexts,
    within: Pick<Page, "getByRole"> = this.#page,
  ) {
    const name = this.#text(key);
    return within.getByRole("button", { name, exact: true });
  }

  async #press(
    key: keyof WidgetTexts,
    within?: Pick<Page, "getByRole">,
  ): Promise<void> {
    await press(this.#button(key, within));
  }

  #count(mt: string): number {
    return this.#service.heard.filter((message) => message.mt === mt).length;
  }
}
