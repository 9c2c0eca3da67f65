import { type Counters, NOT_COUNTED } from "@/lib/base/counters.ts";
import type { Clock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import type { Hub } from "@/lib/base/hub.ts";
import type { Peer, Socket, SocketEvents } from "@/lib/base/socket.ts";
import type { Bridge } from "@/lib/contact/bridge.ts";
import type { AgentPort } from "@/lib/contact/ports.ts";
import type { Picture } from "@/lib/model/picture.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { Widget } from "@/lib/model/widget.ts";
import { CLOSE } from "@/lib/protocol/visitor/close_codes.ts";
import { encode } from "@/lib/protocol/visitor/codec.ts";
import type { IceConfig } from "@/lib/protocol/visitor/contact_messages.ts";
import { LIMITS } from "@/lib/protocol/visitor/limits.ts";
import type { ErrorMessage } from "@/lib/protocol/visitor/session_messages.ts";
import { AddressLimits } from "./address_limits.ts";
import { BlockList, type BlockListOptions, NO_BLOCKS } from "./block_list.ts";
import { Difficulty } from "./difficulty.ts";
import { InquiryLimits } from "./inquiry_limits.ts";
import { limited, type VisitorLimits } from "./limits.ts";
import {
  limitsBeside,
  NO_OTHERS,
  type OtherInstances,
} from "./other_instances.ts";
import type { Strings } from "./live_widget.ts";
import { LiveWidgets } from "./live_widgets.ts";
import { PictureCache } from "./picture_cache.ts";
import { RunningContacts } from "./running_contacts.ts";
import { Seats } from "./seats.ts";
import { TurnUsers } from "./turn_users.ts";
import { VisitorSocket } from "./visitor_socket.ts";
import type {
  InquiryInbox,
  VisitorContext,
  VisitorHappening,
} from "./visitor_context.ts";
import { SWEEP_MS, VisitorSockets } from "./visitor_sockets.ts";
import { type Seat, seatName } from "./seat.ts";

export interface VisitorBankOptions {
  widgets(uuid: string): Promise<Widget | undefined>;
  pictures(id: string): Promise<Picture | undefined>;
  hub: Hub<Topics>;
  bridge: Bridge;
  /** Presence of all agents: lib/contact/directory.ts. */
  presence: Pick<AgentPort, "watch">;
  /** Returns STUN and TURN servers for one visitor: class `Ice`. `user` is
   * their name there. */
  ice(user: string): IceConfig;
  /** Texts by language tag: lib/i18n/widget/languages.ts. */
  texts: Readonly<Record<string, Strings>>;
  clock: Clock;
  inquiries: InquiryInbox;
  newToken?(): string;
  /** Counts `visitor_started` (resumed), `visitor_opened`, `visitor_closed` (code,
   * by the service), `visitor_limited` (limit), `visitor_unproven` (reason). */
  counters?: Counters;
  /** Called for actions of websites' visitors: lib/statistics. */
  happened?(happening: VisitorHappening): void;
  limits?: Partial<VisitorLimits>;
  /** The blocked visitors; absent if nobody can be blocked. */
  blocks?: BlockListOptions;
  /** The other instances of the service, if there are any. */
  others?: OtherInstances;
}

/** Pages that move to other instances are spread over this time at most. */
const IDLE_MS_MAX = 10_000;

const FULL: ErrorMessage = {
  mt: "Error",
  error: "unavailable",
  text: "Cannot serve now: please come back a little later",
};
const CROWDED: ErrorMessage = {
  mt: "Error",
  error: "rate-limited",
  text: "Cannot open so many sockets from one address",
  retryAfter: 60,
};
const IGNORED: SocketEvents = { message: () => {}, closed: () => {} };

/** The bank of visitors: every page that shows a widget has a socket here. */
export class VisitorBank implements Disposable {
  readonly #context: VisitorContext;
  readonly #bridge: Bridge;
  readonly #sweeping: Disposable;

  constructor(options: VisitorBankOptions) {
    this.#context = contextOf(options);
    this.#bridge = options.bridge;
    this.#sweeping = every(options.clock, SWEEP_MS, () => this.#sweep());
  }

  /** Open sockets. */
  get size(): number {
    return this.#context.sockets.size;
  }

  /** Ringing and running contacts, by block of addresses. */
  contacts(): Record<string, number> {
    return this.#context.contacts.byBlock();
  }

  /** Keeps the seats of visitors whose chats were running when their process
   * was stopped or killed, until their pages reconnect. */
  async restore(): Promise<void> {
    for (const seat of await this.#context.seats.restore()) {
      VisitorSocket.away(this.#context, seat);
    }
  }

  /** True if the seat of this token is here. */
  hasSeat(token: string): boolean {
    return this.#context.seats.has(token);
  }

  /** Does the same as `restore` for the visitor who shows this token. */
  async adopt(token: string): Promise<void> {
    if (!this.hasSeat(token)) await this.adoptSeat(seatName(token));
  }

  /** The same for the seat with this name. */
  async adoptSeat(name: string): Promise<void> {
    const seat = await this.#context.seats.adopt(name);
    if (seat !== undefined) VisitorSocket.away(this.#context, seat);
  }

  /** Takes over a socket that has just been opened. */
  accept(socket: Socket, peer: Peer): SocketEvents {
    if (this.#context.seats.isStopping) {
      socket.close(CLOSE.restart);
      return IGNORED;
    }
    return this.#open(socket, peer);
  }

  /** The same for a socket at another instance, whose page has shown this token.
   * Returns undefined if its seat isn't here, or is about to move. */
  acceptRelayed(
    token: string,
    socket: Socket,
    peer: Peer,
  ): SocketEvents | undefined {
    const { seats } = this.#context;
    const isHere = seats.has(token) &&
      (!seats.isStopping || seats.isBound(token));
    return isHere ? this.#open(socket, peer) : undefined;
  }

  #open(socket: Socket, peer: Peer): SocketEvents {
    const { addresses, limits, sockets } = this.#context;
    if (sockets.size >= limits.sockets) {
      limited(this.#context, "sockets");
      return this.#refuse(socket, CLOSE.overload, FULL);
    }
    if (!addresses.enter(peer.address)) {
      limited(this.#context, "socketsPerAddress");
      return this.#refuse(socket, CLOSE.rateLimited, CROWDED);
    }
    const opened = new VisitorSocket(this.#context, socket, peer);
    sockets.open(opened);
    return opened;
  }

  /**
   * Closes the sockets of pages without a call or chat, and waits for the end
   * of calls, and of chats that are not stored, for at most `withinMs`. Nothing
   * new begins. Call dispose afterwards.
   *
   * @param toOthers True if other instances take over: pages go there evenly for
   * a while, and stored chats immediately.
   */
  drain(withinMs: number, { toOthers = false } = {}): Promise<void> {
    const { clock, seats, sockets } = this.#context;
    seats.stop();
    const now = clock.now();
    const idleMs = toOthers ? Math.min(IDLE_MS_MAX, withinMs / 3) : 0;
    return sockets.drain(now, {
      idleUntil: now + idleMs,
      until: now + withinMs,
      park: toOthers ? (seat) => this.#park(seat) : undefined,
    });
  }

  /** Tells all pages to reconnect later. Ends all calls, and all chats that are
   * not stored. */
  [Symbol.dispose](): void {
    const { addresses, blocks, inquiryLimits } = this.#context;
    const { seats, sockets, widgets } = this.#context;
    seats.stop();
    blocks[Symbol.dispose]();
    addresses[Symbol.dispose]();
    inquiryLimits[Symbol.dispose]();
    this.#sweeping[Symbol.dispose]();
    sockets.shut();
    widgets[Symbol.dispose]();
  }

  /** The page must not be elsewhere before its chat can be claimed there. */
  async #park(seat: Seat): Promise<void> {
    seat.begun?.suspend();
    await this.#bridge.settled();
  }

  #sweep(): void {
    const { clock, sockets, widgets } = this.#context;
    sockets.sweep(clock.now());
    widgets.sweep(clock.now());
  }

  #refuse(socket: Socket, code: number, error: ErrorMessage): SocketEvents {
    this.#context.counters.count("visitor_closed", { code: String(code) });
    socket.send(encode(error));
    socket.close(code);
    return IGNORED;
  }
}

function contextOf(options: VisitorBankOptions): VisitorContext {
  const { clock, counters = NOT_COUNTED, ice, presence } = options;
  const { happened = () => {} } = options;
  const { hub, others = NO_OTHERS } = options;
  const limits = limitsBeside(others, { ...LIMITS, ...options.limits });
  const contacts = new RunningContacts(limits.contactsAtOncePerAddress, others);
  const sockets = new VisitorSockets();
  const blocks = new BlockList(options.blocks ?? NO_BLOCKS, { hub, clock });
  blocks.onChange = () => void sockets.checkBlocks();
  return {
    clock,
    limits,
    counters,
    widgets: new LiveWidgets({
      ...options,
      watch: (address, tell) => presence.watch(address, tell),
      strings: options.texts,
    }),
    pictures: new PictureCache(options.pictures),
    addresses: new AddressLimits({ limits, hub, clock }),
    difficulty: new Difficulty(limits),
    contacts,
    blocks,
    seats: new Seats({ ...options, contacts }),
    sockets,
    turnUsers: new TurnUsers(),
    inquiries: options.inquiries,
    inquiryLimits: new InquiryLimits({ limits, hub, clock }),
    ice,
    happened,
  };
}
