import { type Counters, NOT_COUNTED } from "@/lib/base/counters.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { newToken } from "@/lib/base/ids.ts";
import type { Peer, Socket, SocketEvents } from "@/lib/base/socket.ts";
import { CAUSE } from "@/lib/base/causes.ts";
import type { Contact } from "@/lib/contact/contact.ts";
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
import { Difficulty } from "./difficulty.ts";
import type { Strings } from "./live_widget.ts";
import { LiveWidgets } from "./live_widgets.ts";
import { PictureCache } from "./picture_cache.ts";
import { RunningContacts } from "./running_contacts.ts";
import { Seat, seatName } from "./seat.ts";
import type { Start } from "./session_state.ts";
import { TurnUsers } from "./turn_users.ts";
import { Visit } from "./visit.ts";
import type {
  VisitHost,
  VisitorHappening,
  VisitorLimits,
} from "./visit_host.ts";

const SWEEP_MS = 1_000;
/** Number of sweeps between checks of whether pages read. */
const READING_SWEEPS = 5;

export interface VisitorBankOptions {
  widgets(uuid: string): Promise<Widget | undefined>;
  pictures(id: string): Promise<Picture | undefined>;
  hub: Hub<Topics>;
  contact: Contact;
  /** Presence of all agents: lib/contact/directory.ts. */
  presence: Pick<AgentPort, "watch">;
  /** Returns STUN and TURN servers for one visitor: class `Ice`. `user` is
   * their name there. */
  ice(user: string): IceConfig;
  /** Texts by language tag: lib/i18n/widget/languages.ts. */
  texts: Readonly<Record<string, Strings>>;
  clock: Clock;
  newToken?(): string;
  /** Counts `visitor_started` (resumed), `visitor_opened`, `visitor_closed` (code,
   * by the service), `visitor_limited` (limit), `visitor_unproven` (reason). */
  counters?: Counters;
  /** Called for actions of websites' visitors: lib/statistics. */
  happened?(happening: VisitorHappening): void;
  limits?: Partial<VisitorLimits>;
}

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
  readonly #options: VisitorBankOptions;
  readonly #limits: VisitorLimits;
  readonly #addresses: AddressLimits;
  readonly #widgets: LiveWidgets;
  readonly #host: VisitHost;
  /** Visits with an open socket. */
  readonly #open = new Set<Visit>();
  /** Visits that wait for a deadline, the earliest first. */
  readonly #greeting = new Set<Visit>();
  readonly #away = new Set<Visit>();
  readonly #seats = new Map<string, Seat>();
  /** Seats from before a crash, whose tokens no page has shown yet, by name. */
  readonly #lost = new Map<string, Seat>();
  #sweeping: Disposable;
  #sweeps = 0;
  #isClosed = false;
  /** Set while the bank waits for running contacts. */
  #draining: { until: number; done: () => void } | undefined;

  constructor(options: VisitorBankOptions) {
    this.#options = options;
    this.#limits = { ...LIMITS, ...options.limits };
    this.#addresses = new AddressLimits({
      sockets: this.#limits.socketsPerAddress,
      starts: this.#limits.startsPerAddressPerMinute,
      contacts: this.#limits.contactsPerAddressPerMinute,
    });
    this.#widgets = new LiveWidgets({
      widgets: (uuid) => options.widgets(uuid),
      hub: options.hub,
      watch: (address, tell) => options.presence.watch(address, tell),
      strings: options.texts,
      clock: options.clock,
    });
    this.#host = this.#makeHost();
    this.#sweeping = this.#sweepLater();
  }

  /** Open sockets. */
  get size(): number {
    return this.#open.size;
  }

  /** Keeps the seats of visitors whose chats were running when the previous
   * process was killed. Call it once, before the first visitor. */
  async restore(): Promise<void> {
    const { contact } = this.#options;
    for (const chat of await contact.lost()) {
      const seat = Seat.ofLost(chat, contact);
      this.#lost.set(chat.seat, seat);
      Visit.away(this.#host, seat);
    }
  }

  /** Takes over a socket that has just been opened. */
  accept(socket: Socket, peer: Peer): SocketEvents {
    if (this.#isClosed || this.#draining !== undefined) {
      socket.close(CLOSE.restart);
      return IGNORED;
    }
    if (this.#open.size >= this.#limits.sockets) {
      this.#host.limited("sockets");
      return this.#refuse(socket, CLOSE.overload, FULL);
    }
    if (!this.#addresses.enter(peer.address)) {
      this.#host.limited("socketsPerAddress");
      return this.#refuse(socket, CLOSE.rateLimited, CROWDED);
    }
    const visit = new Visit(this.#host, socket, peer);
    this.#open.add(visit);
    this.#greeting.add(visit);
    return visit;
  }

  /**
   * Closes the sockets of pages without a call or chat, and waits for the end
   * of calls, and of chats that are not stored, for at most `withinMs`. Nothing
   * new begins. Call dispose afterwards.
   */
  drain(withinMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const until = this.#options.clock.now() + withinMs;
    this.#draining = { until, done: resolve };
    this.#shutIdle(this.#options.clock.now());
    return promise;
  }

  /** Tells all pages to reconnect later. Ends all calls, and all chats that are
   * not stored. */
  [Symbol.dispose](): void {
    this.#isClosed = true;
    this.#sweeping[Symbol.dispose]();
    for (const visit of [...this.#open, ...this.#away]) visit.shut();
    this.#widgets[Symbol.dispose]();
  }

  #makeHost(): VisitHost {
    const { clock, ice, pictures } = this.#options;
    const { counters = NOT_COUNTED } = this.#options;
    const difficulty = new Difficulty(this.#limits);
    const turn = new TurnUsers();
    return {
      clock,
      limits: this.#limits,
      widgets: this.#widgets,
      pictures: new PictureCache(pictures),
      contacts: new RunningContacts(this.#limits.contactsAtOncePerAddress),
      ice: (seat, address) =>
        ice(seat.iceUser ??= turn.name(address, seat.token)),
      counters,
      isDraining: () => this.#draining !== undefined,
      take: (what, address) => this.#addresses.take(what, address, clock.now()),
      proofBits: (...who) => difficulty.next(...who, clock.now()),
      limited: (limit) => counters.count("visitor_limited", { limit }),
      happened: (happening) => this.#options.happened?.(happening),
      seat: (start) => this.#seat(start),
      release: (seat) => this.#release(seat),
      file: (visit) => this.#file(visit),
      leave: (visit, address) => this.#leave(visit, address),
    };
  }

  #seat({ uuid, resume }: Start): { seat: Seat; resumed: boolean } {
    const known = resume === undefined ? undefined : this.#find(resume);
    if (known?.widget === uuid) return { seat: known, resumed: true };
    const token = (this.#options.newToken ?? newToken)();
    const seat = new Seat(token, uuid, this.#options.contact);
    this.#seats.set(token, seat);
    return { seat, resumed: false };
  }

  #find(token: string): Seat | undefined {
    if (this.#lost.size === 0) return this.#seats.get(token);
    const name = seatName(token);
    const seat = this.#lost.get(name);
    if (seat === undefined) return this.#seats.get(token);
    this.#lost.delete(name);
    this.#seats.set(token, seat);
    seat.findToken(token);
    return seat;
  }

  #release(seat: Seat): void {
    this.#host.contacts.delete(seat);
    this.#seats.delete(seat.token);
    if (seat.token === "") {
      for (const [name, lost] of this.#lost) {
        if (lost === seat) this.#lost.delete(name);
      }
    }
    if (this.#isClosed || this.#draining !== undefined) seat.suspend();
    else seat.close(CAUSE.normal);
  }

  #file(visit: Visit): void {
    const { state } = visit;
    if (state !== "greeting") this.#greeting.delete(visit);
    if (state === "starting") this.#greeting.add(visit); // Now due later.
    if (visit.state === "away") this.#away.add(visit);
    else this.#away.delete(visit);
  }

  #leave(visit: Visit, address: string): void {
    this.#open.delete(visit);
    this.#addresses.leave(address);
  }

  #sweepLater(): Disposable {
    return this.#options.clock.after(SWEEP_MS, () => {
      this.#sweep(this.#options.clock.now());
      this.#sweeping = this.#sweepLater();
    });
  }

  /** One timer for all visitors. */
  #sweep(now: number): void {
    for (const waiting of [this.#greeting, this.#away]) {
      for (const visit of waiting) {
        if (visit.dueAt !== undefined && visit.dueAt > now) break;
        visit.tick();
      }
    }
    this.#widgets.sweep(now);
    this.#shutIdle(now);
    if (++this.#sweeps % READING_SWEEPS !== 0) return;
    for (const visit of this.#open) visit.watchReading(now);
  }

  /** Closes pages whose contacts have ended while draining. A stored chat
   * continues, so nothing waits for it. */
  #shutIdle(now: number): void {
    if (this.#draining === undefined) return;
    let running = 0;
    for (const visit of [...this.#open, ...this.#away]) {
      if (visit.seat?.endsWithService) running++;
      else if (!visit.seat?.isRunning) visit.shut();
    }
    if (running === 0 || now >= this.#draining.until) this.#draining.done();
  }

  #refuse(socket: Socket, code: number, error: ErrorMessage): SocketEvents {
    this.#host.counters.count("visitor_closed", { code: String(code) });
    socket.send(encode(error));
    socket.close(code);
    return IGNORED;
  }
}
