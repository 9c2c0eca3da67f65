import "@/widget/call/denied.ts"; // Loaded, so that a page need not wait for it.
import type { Clock } from "@/lib/base/clock.ts";
import { createCall } from "@/widget/call/mod.tsx";
import { CallRun } from "@/widget/call/call_run.ts";
import { ChatRun } from "@/widget/contact/chat_run.ts";
import type { PageChat } from "@/widget/contact/chat_state.ts";
import { ContactPanel } from "@/widget/contact/contacts.tsx";
import { parseMemory } from "@/widget/contact/parse_memory.ts";
import { Core } from "@/widget/core.ts";
import { watchPage } from "@/widget/page_events.ts";
import { storedIn } from "@/widget/widget_address.ts";
import type { Chance } from "../chance.ts";
import { FakeBrowser } from "./fake_browser.ts";
import { type Accept, LossyWire } from "./lossy_wire.ts";
import { MortalClock } from "./mortal_clock.ts";
import { AGENT, UUID } from "./service_process.ts";

const ADDRESS = { uuid: UUID, url: "ws://service.example/", lang: "en" };

interface Page {
  core: Core;
  panel: ContactPanel;
  life: AbortController;
  clock: MortalClock;
}

/** A visitor's browser tab: one page after the other with the real widget, as
 * far as it runs without rendering. */
export class VisitorTab {
  readonly #clock: Clock;
  readonly #dice: Chance;
  readonly #accept: Accept;
  readonly #storage = new Map<string, string>();
  readonly #wires = new Set<LossyWire>();
  browser: FakeBrowser;
  /** True if the service can be reached from here. */
  isUp = true;
  #wire: LossyWire | undefined;
  #page: Page | undefined;
  #texts = 0;
  /** Number of chats; each text names its chat. */
  #chats = 0;
  /** The last states of earlier chats. */
  readonly earlier: PageChat[] = [];

  constructor(clock: Clock, dice: Chance, accept: Accept) {
    this.#clock = clock;
    this.#dice = dice;
    this.#accept = accept;
    this.browser = new FakeBrowser(clock, dice, this.#storage);
  }

  get chat(): PageChat | undefined {
    return this.#page?.panel.contacts.chat;
  }

  get run(): CallRun | undefined {
    const call = this.#page?.panel.contacts.call;
    return call instanceof CallRun ? call : undefined;
  }

  get isOpen(): boolean {
    return this.#page !== undefined;
  }

  get link(): string {
    return this.#page?.core.connection.state ?? "closed";
  }

  /** Loads a page with the widget. */
  open(): void {
    this.browser = new FakeBrowser(this.#clock, this.#dice, this.#storage);
    const stored = storedIn(UUID);
    const clock = new MortalClock(this.#clock);
    const core = new Core({ ...ADDRESS }, {
      clock,
      chance: () => this.#dice.next(),
      openWire: (_url, events) => this.#openWire(events),
    });
    const memory = stored === undefined ? undefined : parseMemory(stored);
    const life = new AbortController();
    let panel: ContactPanel | undefined;
    const load = async () => {
      await Promise.resolve();
      // A closed page runs no more code.
      return clock.isOver ? await new Promise<never>(() => {}) : { createCall };
    };
    core.attach((host) => panel = new ContactPanel(host, memory, load));
    watchPage((event) => core.dispatch(event), life.signal);
    if (panel !== undefined) this.#page = { core, panel, life, clock };
    core.dispatch({ type: "arrive" });
  }

  /** Leaves the page for another one of the website, or closes the tab. */
  leave(): void {
    this.browser.dispatch("pagehide", { persisted: false });
    this.#end(1001);
  }

  /** Kills the page's process. */
  crash(): void {
    this.#end(1006);
  }

  /** Into the back/forward cache, and back out of it. */
  hide(): void {
    this.browser.dispatch("pagehide", { persisted: true });
  }

  show(): void {
    this.browser.dispatch("pageshow", { persisted: true });
  }

  press(kind: "chat" | "voice" | "video"): void {
    this.#remember();
    this.#page?.panel.start(kind, AGENT);
  }

  /** Writes a message, if a chat is on the screen. */
  write(): void {
    const { chat } = this;
    const shown = this.#shownChat();
    if (shown === undefined || chat === undefined) return;
    if (chat.state === "over") return;
    if (chat.state === "drafting") this.#chats++;
    shown.run.write(`v:${this.#chats}:${++this.#texts}`);
    shown.act.send();
  }

  endChat(): void {
    this.#shownChat()?.run.end();
  }

  hangUp(): void {
    this.#page?.panel.hangUp();
  }

  setOpen(open: boolean): void {
    this.#page?.panel.opened(open);
  }

  cut(...how: Parameters<LossyWire["cut"]>): void {
    this.#wire?.cut(...how);
  }

  /** Both ends have noticed each broken connection. */
  notice(): void {
    for (const wire of this.#wires) wire.notice();
  }

  /** The service's process has ended. */
  endService(): void {
    for (const wire of this.#wires) wire.endService();
  }

  deliver(direction: "to-page" | "to-service"): boolean {
    let hasDelivered = false;
    for (const wire of this.#wires) {
      hasDelivered = wire.deliver(direction) || hasDelivered;
      if (wire.isOver && wire.waiting === 0) this.#wires.delete(wire);
    }
    return hasDelivered;
  }

  #end(code: number): void {
    this.#remember();
    const keep = code === 1001 ? Infinity : this.#dice.below(3);
    for (const wire of this.#wires) wire.endPage({ code, keep });
    this.#wire = undefined;
    this.#page?.life.abort();
    this.#page?.clock.end();
    this.#page = undefined;
    this.browser.end();
  }

  #remember(): void {
    const { chat } = this;
    if (chat !== undefined) this.earlier.push(chat);
  }

  #openWire(events: {
    opened(): void;
    heard(frame: unknown): void;
    closed(code: number): void;
  }) {
    const wire = new LossyWire(this.isUp ? this.#accept : undefined, {
      opened: () => events.opened(),
      message: (text) => events.heard(text),
      closed: (code) => events.closed(code),
    });
    this.#wire = wire;
    this.#wires.add(wire);
    return {
      send: (text: unknown) => wire.send(String(text)),
      close: (code = 1000) => wire.close(code),
    };
  }

  /** Returns the props of the chat's view, if it is on the screen. */
  #shownChat(): ShownChat | undefined {
    // Rendered without a model, because only the props of the view matter.
    const drawn = this.#page?.panel.view(undefined as never) as
      | { props: Partial<ShownChat> }
      | undefined;
    const { run, act } = drawn?.props ?? {};
    return run instanceof ChatRun && act ? { run, act } : undefined;
  }
}

interface ShownChat {
  run: ChatRun;
  act: { send(): void };
}
