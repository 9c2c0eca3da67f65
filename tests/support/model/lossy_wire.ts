import type { Peer, Socket, SocketEvents } from "@/lib/base/socket.ts";

/** A page's end of a WebSocket. */
export interface PageEnd {
  opened(): void;
  message(text: string): void;
  closed(code: number): void;
}

/** The ends that notice a broken connection at once. */
export type Noticed = "both" | "page" | "service";

/** A service that takes over the other end. */
export type Accept = (socket: Socket, peer: Peer) => SocketEvents;

const PEER: Peer = { address: "192.0.2.1", origin: null };

/**
 * A WebSocket between a page and the service that delivers each frame only when
 * it is told to, and that breaks when it is told to.
 */
export class LossyWire {
  readonly #accept: Accept;
  readonly #page: PageEnd;
  #toPage: (() => void)[] = [];
  #toService: (() => void)[] = [];
  #service: SocketEvents | undefined;
  /** Ends that can still hear something. */
  #isPageOpen = true;
  #isServiceOpen = false;
  /** Frames get lost from now on. */
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

  /** Frames that wait for delivery. */
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

  /** The connection breaks and all frames on their way are lost. An end that
   * doesn't notice has to be told later, by {@linkcode notice}. */
  cut(noticed: Noticed, code = 1006): void {
    this.#isCut = true;
    this.#toPage = [];
    this.#toService = [];
    if (noticed !== "page") this.#closeService(code);
    if (noticed !== "service") this.#closePage(code);
  }

  /** The service's process ends: it hears nothing any more, and the page sees
   * that the connection is lost. */
  endService(): void {
    this.#isServiceOpen = false;
    this.#service = undefined;
    this.cut("page");
  }

  /** Both ends have noticed a broken connection by now. */
  notice(): void {
    if (!this.#isCut) return;
    this.#closeService(1006);
    this.#closePage(1006);
  }

  /** The page's process ends: it hears nothing any more, and the service gets
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
            // A page that has closed its end, or is gone, receives nothing.
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
