import type { Peer, Socket, SocketEvents } from "@/lib/base/socket.ts";

/** A page's end of a WebSocket. */
export interface PageEnd {
  opened(): void;
  message(text: string): void;
  closed(code: number): void;
}

/** The ends that notice a broken connection immediately. */
export type Noticed = "both" | "page" | "service";

/** A service that takes over the other end. */
export type Accept = (socket: Socket, peer: Peer) => SocketEvents;

const PEER: Peer = { address: "192.0.2.1", origin: null };

/**
 * A WebSocket between a page and the service that delivers frames and breaks
 * only on command.
 */
export class LossyWire {
  readonly #accept: Accept;
  readonly #page: PageEnd;
  #toPage: (() => void)[] = [];
  #toService: (() => void)[] = [];
  #service: SocketEvents | undefined;
  /** Ends that can still receive frames. */
  #isPageOpen = true;
  #isServiceOpen = false;
  /** True once frames get lost. */
  #isCut = false;

  /** @param accept Undefined if the service cannot be reached. */
  constructor(accept: Accept | undefined, page: PageEnd) {
    this.#page = page;
    this.#accept = accept ?? (() => ({ message: () => {}, closed: () => {} }));
    this.#toPage.push(() => accept ? this.#open() : this.#closePage(1006));
  }

  /** True once both ends know that it is closed. */
  get isOver(): boolean {
    return !this.#isPageOpen && !this.#isServiceOpen;
  }

  /** Number of frames that wait for delivery. */
  get waiting(): number {
    return this.#toPage.length + this.#toService.length;
  }

  send(text: string): void {
    if (!this.#isPageOpen || this.#isCut) return;
    this.#toService.push(() => this.#service?.message(text));
  }

  /** The page closes its end. */
  close(code: number): void {
    if (!this.#isPageOpen) return;
    this.#isPageOpen = false;
    this.#toPage = [];
    if (!this.#isCut) this.#toService.push(() => this.#closeService(code));
  }

  /** Delivers the oldest frame of one direction; false if there is none. */
  deliver(direction: "to-page" | "to-service"): boolean {
    const frames = direction === "to-page" ? this.#toPage : this.#toService;
    const deliver = frames.shift();
    deliver?.();
    return deliver !== undefined;
  }

  /** Breaks the connection and drops all frames in flight. An end that doesn't
   * notice has to be notified later, by {@linkcode notice}. */
  cut(noticed: Noticed, code = 1006): void {
    this.#isCut = true;
    this.#toPage = [];
    this.#toService = [];
    if (noticed !== "page") this.#closeService(code);
    if (noticed !== "service") this.#closePage(code);
  }

  /** The service's process ends: it receives nothing more, and the page notices
   * the lost connection. */
  endService(): void {
    this.#isServiceOpen = false;
    this.#service = undefined;
    this.cut("page");
  }

  /** Notifies both ends of a broken connection. */
  notice(): void {
    if (!this.#isCut) return;
    this.#closeService(1006);
    this.#closePage(1006);
  }

  /** The page's process ends: it receives nothing more, and the service gets
   * the frames that were sent before, or loses the last of them. */
  endPage({ code, keep }: { code: number; keep: number }): void {
    this.#isPageOpen = false;
    this.#toPage = [];
    if (this.#isCut) return;
    this.#toService.splice(keep);
    this.#toService.push(() => this.#closeService(code));
  }

  #open(): void {
    this.#isServiceOpen = true;
    this.#service = this.#accept({
      send: (...texts) => {
        if (!this.#isServiceOpen || this.#isCut) return;
        for (const text of texts) {
          this.#toPage.push(() => {
            // A page that has closed its end, or has ended, receives nothing.
            if (this.#isPageOpen) this.#page.message(text);
          });
        }
      },
      close: (code) => {
        if (!this.#isServiceOpen) return;
        if (!this.#isCut) this.#toPage.push(() => this.#closePage(code));
        queueMicrotask(() => this.#closeService(code));
      },
      bufferedAmount: 0,
    }, PEER);
    this.#page.opened();
  }

  #closePage(code: number): void {
    if (!this.#isPageOpen) return;
    this.#isPageOpen = false;
    this.#page.closed(code);
  }

  #closeService(code: number): void {
    if (!this.#isServiceOpen) return;
    this.#isServiceOpen = false;
    this.#service?.closed(code);
  }
}
