import { computed, effect } from "@preact/signals";
import { CallbackClient } from "@/lib/protocol/admin/callbacks.ts";
import { Alerts, type AlertTexts } from "./alerts.ts";
import { browserDeps } from "./browser_deps.ts";
import { Desk, type DeskDeps } from "./desk.ts";
import {
  type DeskState,
  find,
  goingOn,
  isChat,
  unreadElsewhere,
  unreadOf,
  waitingOf,
} from "./desk_state.ts";
import { browserNotifier, type NotifierDeps } from "./notifier.ts";
import { DeskCallbacks } from "./desk_callbacks.ts";
import { followCallbacks } from "./follow_callbacks.ts";
import { HiddenRings, sharedStorage } from "./hidden_rings.ts";
import { keepConnected } from "./page_life.ts";

/** Another page of the agent may show the message. Then it was read within this
 * time. */
const NOTICE_MS = 800;

/** The most urgent contacts of an agent, and the one to open. */
export type Urgency =
  | { is: "waiting" | "unread"; count: number; contact: string }
  /** Only callbacks wait, which the desk shows above everything else. */
  | { is: "callbacks"; count: number }
  | { is: "running"; count: number }
  | { is: "none" };

export interface BackgroundDeps {
  deps(notice: DeskDeps["notice"]): DeskDeps;
  notifier: NotifierDeps;
  callbacks(): DeskCallbacks;
  /** Leaves the page for this address. */
  goTo(href: string): void;
}

/**
 * The desk of a page that is not the desk: it keeps the agent reachable and
 * alerts them, and leads to the desk.
 */
export class BackgroundDesk {
  readonly desk: Desk;
  readonly #alerts: Alerts;
  readonly #callbacks: DeskCallbacks;
  readonly #deps: DeskDeps;
  readonly #goTo: (href: string) => void;

  constructor(
    texts: AlertTexts,
    { deps, notifier, goTo, callbacks }: BackgroundDeps = browserBackground,
  ) {
    this.#deps = deps((chat, text) => this.#noticeSoon(chat, text));
    this.#goTo = goTo;
    this.desk = new Desk(this.#deps, "online");
    this.#callbacks = callbacks();
    this.#alerts = new Alerts(this.desk, texts, notifier);
  }

  /** Connects the desk with its page; returns a function that disconnects
   * it. */
  start(): () => void {
    const end = new AbortController();
    const endAlerts = this.#alerts.start();
    const pressed = computed(() => this.desk.state.value.shown);
    const endShowing = effect(() => {
      const contact = pressed.value; // The agent has pressed a notification.
      if (contact === null) return;
      this.#goTo(deskUrl(contact));
      queueMicrotask(() => this.desk.dispatch({ type: "show", contact: null }));
    });
    const endPresses = effect(() => {
      if (this.desk.callbackPresses.value > 0) this.#goTo("/desk");
    });
    const endCallbacks = followCallbacks(this.desk, this.#callbacks);
    keepConnected(this.desk, { signal: end.signal });
    return () => {
      end.abort();
      endAlerts();
      endShowing();
      endPresses();
      endCallbacks();
    };
  }

  #noticeSoon(chat: string, text: string): void {
    this.#deps.clock.after(NOTICE_MS, () => {
      const item = find(this.desk.state.peek(), chat);
      const isUnread = item !== undefined && isChat(item) && unreadOf(item) > 0;
      if (isUnread) this.#alerts.message(chat, text);
    });
  }
}

/** Returns what needs the agent most. `callbacks` is the number of those that
 * ring. */
export function urgencyOf(desk: DeskState, callbacks: number): Urgency {
  const waiting = waitingOf(desk);
  if (waiting[0] !== undefined) {
    const contact = waiting[0].view.id;
    return { is: "waiting", count: waiting.length + callbacks, contact };
  }
  if (callbacks > 0) return { is: "callbacks", count: callbacks };
  const unread = unreadElsewhere(desk);
  if (unread[0] !== undefined) {
    const count = unread.reduce((sum, item) => sum + unreadOf(item), 0);
    return { is: "unread", count, contact: unread[0].view.id };
  }
  const { chats: count } = goingOn(desk);
  return count > 0 ? { is: "running", count } : { is: "none" };
}

/** Returns the address of the desk, where it shows this contact. */
export function deskUrl(contact: string): string {
  return `/desk#${contact}`;
}

const browserBackground: BackgroundDeps = {
  deps: browserDeps,
  notifier: browserNotifier,
  callbacks: () =>
    new DeskCallbacks(new CallbackClient(), new HiddenRings(sharedStorage)),
  goTo: (href) => location.assign(href),
};
