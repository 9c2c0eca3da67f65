import type { NotifierDeps } from "@/desk/notifier.ts";
import { turn } from "./desk_room.ts";
import { replaceMember } from "./replace_globals.ts";

/** A visible notification. */
interface Shown {
  text: string;
  press(): void;
}

/** Replaces Deno's globals with the browser APIs for the desk's sounds and
 * notifications, until it is disposed of. */
export class DeskBrowser implements Disposable {
  /** Notifications. */
  shown: Shown[] = [];
  /** Number of started sounds, and of those that continue until they are
   * stopped. */
  started = 0;
  sounding = 0;
  /** Duration of the last started sound. */
  ringsFor: "once" | "ever" | undefined;
  /** Number of permission requests, and whether sound is blocked. */
  asked = 0;
  isMuted = false;
  focused = 0;
  /** The user's answer to a permission request for notifications. */
  answer: NotificationPermission | undefined;
  readonly #page = new EventTarget();
  readonly #worker = new EventTarget();
  readonly #before: (() => void)[] = [];

  constructor(permission: NotificationPermission) {
    const page = this.#page;
    this.#put(globalThis, "document", {
      ...{ title: "Desk", querySelector: () => null },
      ...{ visibilityState: "visible", hasFocus: () => true },
      addEventListener: page.addEventListener.bind(page),
    });
    this.#put(globalThis, "focus", () => this.focused++);
    this.#put(globalThis, "location", {
      ...{ pathname: "/desk", search: "", hash: "" },
    });
    this.#put(globalThis, "history", {
      state: null,
      replaceState: () => Object.assign(location, { hash: "" }),
    });
    this.#put(globalThis, "Notification", {
      permission,
      requestPermission: () => {
        const { Notification } = globalThis;
        Object.assign(Notification, { permission: this.answer });
        return Promise.resolve();
      },
    });
    this.#put(navigator, "locks", undefined);
    this.#put(navigator, "serviceWorker", this.#worker);
    for (const [name, part] of Object.entries(this.#audio())) {
      this.#put(globalThis, name, part);
    }
  }

  get title(): string {
    return document.title;
  }

  /** Presses a key on the page. */
  press(): void {
    this.#page.dispatchEvent(new Event("keydown"));
  }

  /** Looks at the page, or at another one. */
  look(isThere: boolean): void {
    Object.assign(document, {
      visibilityState: isThere ? "visible" : "hidden",
    });
    this.#page.dispatchEvent(new Event("visibilitychange"));
  }

  /** Sends a message of the worker to the page. */
  tell(data: unknown): void {
    this.#worker.dispatchEvent(new MessageEvent("message", { data }));
  }

  notifierDeps(): NotifierDeps {
    return {
      create: (title, { body }) => {
        const notification: ReturnType<NotifierDeps["create"]> = {
          onclick: null,
          close: () => this.shown = this.shown.filter((one) => one !== shown),
        };
        const shown: Shown = {
          text: `${title}: ${body}`,
          press: () => notification.onclick?.(new Event("click")),
        };
        this.shown.push(shown);
        return notification;
      },
      register: () => Promise.reject(new Error("Cannot register a worker")),
    };
  }

  /** Resolves when the condition is true. */
  async until(isSo: () => boolean): Promise<void> {
    for (let n = 0; n < 1_000; n++) {
      if (isSo()) return;
      await turn();
    }
    throw new Error(`It is not so: ${isSo}`);
  }

  [Symbol.dispose](): void {
    for (const undo of this.#before.toReversed()) undo();
  }

  #put(on: object, name: string, value: unknown): void {
    this.#before.push(replaceMember(on, name, value));
  }

  #audio() {
    // deno-lint-ignore no-this-alias
    const browser = this;
    class AudioContext {
      state = "suspended";
      sampleRate = 8_000;
      currentTime = 0;
      destination = {};
      resume(): Promise<void> {
        browser.asked++;
        if (!browser.isMuted) this.state = "running";
        return Promise.resolve();
      }
    }
    class AudioBuffer {
      copyToChannel() {}
    }
    class AudioBufferSourceNode {
      readonly #loop: boolean;
      constructor(_: AudioContext, { loop }: { loop: boolean }) {
        this.#loop = loop;
      }
      connect<T>(to: T): T {
        return to;
      }
      start() {
        browser.started++;
        browser.ringsFor = this.#loop ? "ever" : "once";
        if (this.#loop) browser.sounding++;
      }
      stop() {
        if (this.#loop) browser.sounding--;
      }
    }
    class GainNode {
      readonly gain = { setTargetAtTime() {} };
      connect() {}
    }
    return { AudioContext, AudioBuffer, AudioBufferSourceNode, GainNode };
  }
}
