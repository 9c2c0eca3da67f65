import { computed, effect, type Signal, signal } from "@preact/signals";
import type { DeskTexts } from "@/lib/i18n/desk/texts.ts";
import type { Desk } from "./desk.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { find } from "./desk_state.ts";
import { pageOf, ringTitle } from "./names.ts";
import {
  browserNotifier,
  Notifier,
  type NotifierDeps,
  type Shown,
} from "./notifier.ts";
import { Sounds } from "./sounds.ts";
import { lastUsedTab, soleTab } from "./sole_tab.ts";
import { TabTitle } from "./tab_title.ts";

/** `failed` means that notifications are allowed, but this browser shows
 * none. */
export type NotifyState = "ask" | "on" | "off" | "none" | "failed";

export type AlertTexts =
  & Pick<
    DeskTexts,
    "title" | "titleWaiting" | "someone" | "ring"
  >
  & { callbacks: Pick<DeskTexts["callbacks"], "due"> };

/** The ring is played once. */
const TEST_MS = 2_600;

/** Sound, notifications, title and icon of the tab, which alert an agent who is
 * looking elsewhere. Only one of the agent's tabs rings, and the one that was used
 * last shows notifications, because it knows if the agent is looking at it. */
export class Alerts {
  readonly isUnlocked: Signal<boolean> = signal(false);
  readonly notify: Signal<NotifyState> = signal("none");
  readonly isTesting: Signal<boolean> = signal(false);
  readonly #desk: Desk;
  readonly #texts: AlertTexts;
  readonly #sounds = new Sounds();
  readonly #isWaiting = computed(() => {
    return this.#desk.waiting.value.length + this.#callbacks.value.length > 0;
  });
  readonly #callbacks = computed(() => {
    const { callbackRings, isSignedOut } = this.#desk;
    return isSignedOut.value ? [] : callbackRings.value;
  });
  readonly #sounding: Signal<boolean> = signal(false);
  readonly #notifying: Signal<boolean> = signal(false);
  readonly #shown = new Map<string, Shown>();
  readonly #notifier: Notifier;
  #test: Disposable | undefined;
  #testEnd: ReturnType<typeof setTimeout> | undefined;

  constructor(
    desk: Desk,
    texts: AlertTexts,
    deps: NotifierDeps = browserNotifier,
  ) {
    this.#desk = desk;
    this.#texts = texts;
    this.#notifier = new Notifier(deps, {
      onClick: (contact) => this.#open(contact),
      onFailed: () => this.notify.value = "failed",
    });
  }

  /** Starts the alerts; returns a function that stops them. */
  start(): () => void {
    // Read it only now, because the server renders the same page without a
    // browser.
    this.notify.value = notifyState();
    const title = new TabTitle(this.#texts);
    const ends = [
      lastUsedTab("desk-notifies", (is) => this.#notifying.value = is),
      this.#unlockAtFirstPress(),
      this.#listenToWorker(),
      effect(() => title.show(this.#desk.attention.value)),
      effect(() => this.#ringWhileWaiting()),
      effect(() => this.#notifyOfWaiting()),
    ];
    return () => {
      for (const end of ends) end();
      this.#endTest();
      title.show(0);
    };
  }

  /** Alerts the agent to a message in a chat that is not visible. */
  message(chat: string, text: string): void {
    if (this.#sounding.value) this.#sounds.message();
    const item = find(this.#desk.state.value, chat);
    if (item === undefined) return;
    const name = item.view.visitor.name || this.#texts.someone;
    this.#show(chat, name, text);
  }

  /** Plays the ring once, so that the agent can check the sound. */
  async test(): Promise<void> {
    if (this.isTesting.value) return this.#endTest();
    if (!await this.#unlock()) return;
    this.isTesting.value = true;
    this.#test = this.#sounds.ring();
    this.#testEnd = setTimeout(() => this.#endTest(), TEST_MS);
  }

  async askToNotify(): Promise<void> {
    await Notification.requestPermission();
    this.notify.value = notifyState();
  }

  #endTest(): void {
    clearTimeout(this.#testEnd); // It must not end the next test.
    this.#test?.[Symbol.dispose]();
    this.#test = undefined;
    this.isTesting.value = false;
  }

  async #unlock(): Promise<boolean> {
    this.isUnlocked.value = await this.#sounds.unlock();
    return this.isUnlocked.value;
  }

  /** Only a tab that can play sound may ring for the others. */
  #unlockAtFirstPress(): () => void {
    let end = () => {};
    const press = new AbortController();
    const listen = { capture: true, signal: press.signal };
    const unlock = async () => {
      if (!await this.#unlock() || press.signal.aborted) return;
      press.abort();
      end = soleTab("desk-sounds", (is) => this.#sounding.value = is);
    };
    for (const type of ["pointerdown", "pointerup", "keydown"]) {
      document.addEventListener(type, unlock, listen); // Touches count only at their end.
    }
    if (navigator.userActivation?.hasBeenActive) unlock();
    return () => {
      press.abort();
      end();
    };
  }

  #ringWhileWaiting(): (() => void) | undefined {
    if (!this.#isWaiting.value || !this.#sounding.value) return;
    const ring = this.#sounds.ring();
    return () => ring[Symbol.dispose]();
  }

  #notifyOfWaiting(): void {
    const waiting = this.#desk.waiting.value;
    const callbacks = this.#callbacks.value;
    const ids = new Set([
      ...waiting.map(({ view }) => view.id),
      ...callbacks.map(({ id }) => id),
    ]);
    for (const [id, notification] of this.#shown) {
      if (ids.has(id)) continue;
      notification.close();
      this.#shown.delete(id);
    }
    for (const item of waiting) {
      const { id } = item.view;
      if (this.#shown.has(id)) continue;
      const body = pageOf(item.view.visitor)?.label ?? "";
      const shown = this.#show(id, ringTitle(item, this.#texts), body);
      if (shown) this.#shown.set(id, shown);
    }
    for (const { id, name, reply, widget } of callbacks) {
      if (this.#shown.has(id)) continue;
      const title = fill(this.#texts.callbacks.due, { name: name || reply });
      const shown = this.#show(id, title, widget);
      if (shown) this.#shown.set(id, shown);
    }
  }

  #show(
    contact: string,
    title: string,
    body: string,
  ): Shown | undefined {
    const { state } = this.#desk;
    if (this.notify.value !== "on" || !this.#notifying.value) return undefined;
    if (state.peek().watched) return undefined;
    return this.#notifier.show({ contact, title, body });
  }

  /** Opens the conversation of a pressed notification. Callbacks have none. */
  #open(contact: string): void {
    self.focus();
    const isCallback = this.#callbacks.peek().some(({ id }) => id === contact);
    if (isCallback) return void this.#desk.callbackPresses.value++;
    this.#desk.dispatch({ type: "show", contact });
  }

  /** Listens to the worker, which reports the pressed notification. */
  #listenToWorker(): () => void {
    const { serviceWorker } = navigator;
    if (serviceWorker === undefined) return () => {}; // The address is insecure.
    const listener = ({ data }: MessageEvent<unknown>) => {
      const isOurs = typeof data === "object" && data !== null &&
        "contact" in data && typeof data.contact === "string";
      if (isOurs) this.#open(String(data.contact));
    };
    serviceWorker.addEventListener("message", listener);
    return () => serviceWorker.removeEventListener("message", listener);
  }
}

function notifyState(): NotifyState {
  if (typeof Notification === "undefined") return "none";
  if (Notification.permission === "granted") return "on";
  return Notification.permission === "denied" ? "off" : "ask";
}
