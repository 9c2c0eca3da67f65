import type { Clock } from "@/lib/base/clock.ts";
import type { Chance } from "../chance.ts";
import { replaceMember, replaceProperty } from "../replace_globals.ts";
import { ModelDevices, ModelStream } from "./fake_devices.ts";

/** One page's browser, with the APIs that the widget uses without rendering. */
export class FakeBrowser {
  readonly devices: ModelDevices;
  readonly window = new EventTarget();
  readonly document = Object.assign(new EventTarget(), {
    hidden: false,
    visibilityState: "visible",
    title: "",
    referrer: "",
  });
  readonly storage: Map<string, string>;
  readonly #clock: Clock;
  readonly #timers = new Map<number, Disposable>();
  #count = 0;
  #isOver = false;

  /** @param storage The tab's storage, which outlives the page. */
  constructor(clock: Clock, dice: Chance, storage: Map<string, string>) {
    this.#clock = clock;
    this.devices = new ModelDevices(dice);
    this.storage = storage;
  }

  dispatch(type: string, members: object = {}): void {
    this.window.dispatchEvent(Object.assign(new Event(type), members));
  }

  setTimer(run: () => void, ms: number, isRepeated: boolean): number {
    const id = ++this.#count;
    if (this.#isOver) return id;
    const start = () => {
      this.#timers.set(
        id,
        this.#clock.after(ms, () => {
          this.#timers.delete(id);
          if (isRepeated) start();
          run();
        }),
      );
    };
    start();
    return id;
  }

  clearTimer(id: number): void {
    this.#timers.get(id)?.[Symbol.dispose]();
    this.#timers.delete(id);
  }

  /** Unloads the page: none of its timers or listeners runs any more. */
  end(): void {
    this.#isOver = true;
    for (const timer of this.#timers.values()) timer[Symbol.dispose]();
    this.#timers.clear();
    this.devices.end();
  }
}

/** Elements have no size or place here. */
class Observer {
  observe() {}
  unobserve() {}
  disconnect() {}
}

type Timed = (run: () => void, ms?: number) => number;

/** Replaces the globals with the browser that `current` returns until it is
 * disposed of. */
export function installBrowser(current: () => FakeBrowser): Disposable {
  const timer = (isRepeated: boolean): Timed => (run, ms = 0) =>
    current().setTimer(run, ms, isRepeated);
  const clear = (id: number) => current().clearTimer(id);
  const fakes: Record<string, PropertyDescriptor> = {
    ...values({
      setTimeout: timer(false),
      setInterval: timer(true),
      clearTimeout: clear,
      clearInterval: clear,
      isSecureContext: true,
      location: { href: "https://example.com/", origin: "https://example.com" },
      MediaStream: ModelStream,
      CSSStyleSheet: class {
        replaceSync() {}
      },
      ResizeObserver: Observer,
      IntersectionObserver: Observer,
      Audio: class extends EventTarget {
        srcObject = null;
        play = () => Promise.resolve();
        setSinkId = () => Promise.resolve();
      },
      RTCPeerConnection: function () {
        return current().devices.openPeer();
      },
      addEventListener: (
        ...args: Parameters<EventTarget["addEventListener"]>
      ) => current().window.addEventListener(...args),
      removeEventListener: (
        ...args: Parameters<EventTarget["removeEventListener"]>
      ) => current().window.removeEventListener(...args),
    }),
    document: { get: () => current().document },
    sessionStorage: { get: () => storageOf(current().storage) },
  };
  const restore = [
    ...Object.entries(fakes).map(([name, fake]) =>
      replaceProperty(globalThis, name, fake)
    ),
    replaceProperty(navigator, "mediaDevices", {
      get: () => current().devices.list(),
    }),
    // As on a page without TLS, because a lock of Deno's would outlive its
    // page.
    replaceMember(navigator, "locks", undefined),
  ];
  return { [Symbol.dispose]: () => restore.forEach((undo) => undo()) };
}

function values(all: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(all).map((
      [name, value],
    ) => [name, { value, writable: true }]),
  );
}

function storageOf(map: Map<string, string>) {
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  };
}
