import { Desk, type DeskDeps } from "@/desk/desk.ts";
import type { PageSocket, PageSocketEvents } from "@/desk/connection.ts";
import type { SignInState } from "@/desk/connection_state.ts";
import type { Socket, SocketEvents } from "@/lib/base/socket.ts";
import type { DeskRoom } from "./desk_room.ts";

/** The real page model and the real bank, with a network that holds each frame
 * until the test delivers it, and that breaks on command. */
export class LossyDesk {
  readonly desk: Desk;
  /** The browser of the page, also for another desk. */
  readonly deps: DeskDeps;
  readonly notices: string[] = [];
  session: SignInState = "signed-in";
  /** True if the service can be reached. */
  isUp = true;
  #wire: Wire | undefined;
  readonly #room: DeskRoom;

  constructor(
    room: DeskRoom,
    { chance = () => 0.5, media }: {
      chance?: () => number;
      media?: Partial<ConstructorParameters<typeof Desk>[0]>;
    } = {},
  ) {
    this.#room = room;
    this.deps = {
      clock: room.clock,
      chance,
      newId: () => crypto.randomUUID(),
      openSocket: (events) => this.#open(events),
      checkSession: () => Promise.resolve(this.session),
      notice: (_chat, text) => this.notices.push(text),
      openPeer: () => {
        throw new Error("Cannot open a peer here");
      },
      devices: undefined,
      callTrouble: () => undefined,
      newStream: () => {
        throw new Error("Cannot make a stream here");
      },
      ...media,
    };
    this.desk = new Desk(this.deps, "online");
  }

  /** Delivers up to `count` frames of each direction. */
  async deliver(count = Infinity): Promise<void> {
    for (let n = 0; n < count; n++) {
      if (!this.#wire?.deliverOne()) break;
      await Promise.resolve();
    }
  }

  /** Breaks the connection and drops the frames in flight. `seen` says who
   * notices. */
  cut(seen: "both" | "page" | "service" = "both"): void {
    const wire = this.#wire;
    this.#wire = undefined;
    wire?.cut(seen);
  }

  #open(events: PageSocketEvents): PageSocket {
    const wire = new Wire(this.#room, events, this.isUp);
    this.#wire = wire;
    return wire.page;
  }
}

class Wire {
  readonly page: PageSocket;
  readonly #room: DeskRoom;
  readonly #pageEvents: PageSocketEvents;
  #toService: (() => void)[] = [];
  #toPage: (() => void)[] = [];
  #serviceEvents: SocketEvents | undefined;
  #isCut = false;

  constructor(room: DeskRoom, events: PageSocketEvents, isUp: boolean) {
    this.#room = room;
    this.#pageEvents = events;
    this.page = {
      send: (text) => {
        if (this.#isCut) return;
        this.#toService.push(() => this.#serviceEvents?.message(text));
      },
      close: (code) => {
        this.#toService.push(() => this.#serviceEvents?.closed(code));
      },
    };
    if (!isUp) this.#toPage.push(() => events.closed(1006));
    else this.#toPage.push(() => this.#open());
  }

  deliverOne(): boolean {
    const toPage = this.#toPage.shift();
    toPage?.();
    const toService = this.#toService.shift();
    toService?.();
    return toPage !== undefined || toService !== undefined;
  }

  cut(seen: "both" | "page" | "service"): void {
    this.#isCut = true;
    this.#toPage = [];
    this.#toService = [];
    if (seen !== "page") this.#serviceEvents?.closed(1006);
    if (seen !== "service") this.#pageEvents.closed(1006);
  }

  #open(): void {
    const socket: Socket = {
      send: (text) => {
        if (this.#isCut) return;
        this.#toPage.push(() => this.#pageEvents.message(text));
      },
      close: (code) => {
        if (this.#isCut) return;
        this.#toPage.push(() => this.#pageEvents.closed(code));
      },
      bufferedAmount: 0,
    };
    const [account] = this.#room.accounts;
    if (account === undefined) throw new Error("Cannot open without account");
    this.#serviceEvents = this.#room.bank.accept(socket, account);
    this.#pageEvents.opened();
  }
}
