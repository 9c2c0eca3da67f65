import { getLogger } from "@logtape/logtape";
import { assertNever } from "@/lib/base/assert_never.ts";
import { Machine } from "@/lib/base/machine.ts";
import { RateWindow } from "@/lib/base/rate_window.ts";
import type { Peer, Socket, SocketEvents } from "@/lib/base/socket.ts";
import { CLOSE } from "@/lib/protocol/visitor/close_codes.ts";
import {
  decodeClientMessage,
  encode,
  type ServerMessage,
} from "@/lib/protocol/visitor/codec.ts";
import { admit } from "./admission.ts";
import type { BlockedBy } from "./block_list.ts";
import { limited } from "./limits.ts";
import type { LiveWidget, Viewer } from "./live_widget.ts";
import { isOwnPage } from "./origin.ts";
import type { Page } from "./page.ts";
import { Reading } from "./reading.ts";
import { Requests } from "./requests.ts";
import type { Seat, SeatOwner } from "./seat.ts";
import { stepSocket } from "./step_socket.ts";
import type {
  SocketEffect,
  SocketInput,
  SocketState,
  Start,
} from "./socket_state.ts";
import type { VisitorContext } from "./visitor_context.ts";
import type { WatchedSocket } from "./visitor_sockets.ts";

const log = getLogger(["widgets", "visitor"]);

/** The socket of a page that was connected to the previous process. */
const NO_SOCKET: Socket = { send() {}, close() {}, bufferedAmount: 0 };
const NO_PEER: Peer = { address: "", origin: null };

/** Interval of checks for a page with waiting pictures. */
const ROOM_LOOK_MS = 50;

type State = SocketState<Seat>;
type Input = SocketInput<Seat>;
type Effect = SocketEffect<Seat>;

/** A visitor's socket: performs the effects of the machine in step_socket.ts. */
export class VisitorSocket
  implements SocketEvents, Viewer, Page, SeatOwner, WatchedSocket {
  readonly #context: VisitorContext;
  readonly #socket: Socket;
  readonly #peer: Peer;
  readonly #machine: Machine<State, Input, Effect>;
  readonly #messages: RateWindow;
  readonly #reading = new Reading();
  #live: LiveWidget | undefined;
  #requests: Requests | undefined;
  /** True once the socket is closed or closing; nothing is sent after that. */
  #isSilent = false;
  blockedBy: BlockedBy;
  token = "";
  lang: string | undefined;

  constructor(context: VisitorContext, socket: Socket, peer: Peer, at?: State) {
    this.#context = context;
    this.#socket = socket;
    this.#peer = peer;
    const { clock, limits } = context;
    this.#messages = new RateWindow(limits.messagesPerWindow, limits.windowMs);
    const until = clock.now() + limits.startWithinMs;
    this.#machine = new Machine({
      initial: at ?? { state: "greeting", until, bad: 0 },
      step: (state, input, now) => stepSocket(state, input, { now, limits }),
      onChange: () => context.sockets.file(this),
      perform: (effect) => this.#perform(effect),
      clock, // Without `dueAt`: the bank has one timer for all sockets.
    });
  }

  /** Takes the place of a page's socket to the previous process. */
  static away(context: VisitorContext, seat: Seat): VisitorSocket {
    const until = context.clock.now() + context.limits.resumeAfterRestartMs;
    const away = { state: "away", seat, until } as const;
    const left = new VisitorSocket(context, NO_SOCKET, NO_PEER, away);
    left.#isSilent = true;
    seat.giveTo(left);
    context.sockets.file(left);
    return left;
  }

  get state(): State {
    return this.#machine.state;
  }

  message(text: string): void {
    this.#guard(() => this.#hear(text));
  }

  /** Ignores the code, because a proxy closes with its own, even with "going
   * away". A page that is left sends ClearCall before. */
  closed(): void {
    this.#isSilent = true;
    this.#context.sockets.close(this);
    this.#context.addresses.leave(this.#peer.address);
    this.#guard(() => this.#dispatch({ type: "lost", keep: this.#keeps }));
  }

  #hear(text: string): void {
    if (this.#isOver()) return;
    const retryAfter = this.#messages.take(this.#context.clock.now());
    if (retryAfter > 0) {
      limited(this.#context, "messagesPerWindow");
      return this.#dispatch({ type: "flooded", retryAfter, keep: this.#keeps });
    }
    const decoded = decodeClientMessage(text);
    if (decoded.ok) this.#dispatch({ type: "message", message: decoded.value });
    else this.#dispatch({ type: "bad", error: decoded.error });
  }

  tell(message: ServerMessage): void {
    this.show(encode(message));
  }

  /** Sends frames to the page, unless the page does not read. */
  show(...frames: string[]): void {
    if (this.#isSilent) return;
    this.#socket.send(...frames);
    if (this.#socket.bufferedAmount > this.#context.limits.unsentBytes) {
      this.#slow("unsentBytes");
    }
  }

  /** A page on a slow line that requests many pictures must not look like one
   * that does not read. A timer runs only while it waits. */
  async hasRoom(): Promise<void> {
    const { clock, limits } = this.#context;
    while (
      !this.#isSilent && this.#socket.bufferedAmount > limits.pictureRoomBytes
    ) {
      await new Promise<void>((done) => clock.after(ROOM_LOOK_MS, done));
    }
  }

  renew(): void {
    this.#requests?.renew();
  }

  remove(): void {
    this.#dispatch({ type: "refused", refusal: "unknown-widget" });
  }

  giveUp(): void {
    this.#dispatch({ type: "taken" });
  }

  /** Closes the socket of a page that reads none of its waiting bytes. Must be
   * called every few seconds. */
  watchReading(now: number): void {
    const { stalledMs } = this.#context.limits;
    const silentMs = this.#reading.stalledMs(this.#socket.bufferedAmount, now);
    if (silentMs >= stalledMs) this.#slow("stalledMs");
  }

  shut(): void {
    this.#dispatch({ type: "shut" });
  }

  move(): void {
    this.#dispatch({ type: "moved" });
  }

  async checkBlock(): Promise<void> {
    const { state } = this;
    if (!("seat" in state)) return;
    const { seat } = state;
    const visit = seat.begun ?? this.blockedBy ? seat.visit : undefined;
    const by = await this.#context.blocks.find({ visit, peer: this.#peer });
    if ("seat" in this.state) this.#guard(() => this.#block(seat, by));
  }

  tick(): void {
    this.#dispatch({ type: "time" });
  }

  #block(seat: Seat, by: BlockedBy): void {
    if (by === "visit") seat.endContacts();
    if (by === this.blockedBy) return;
    this.blockedBy = by;
    this.#live?.renew(this);
  }

  #dispatch(input: Input): void {
    this.#machine.dispatch(input);
  }

  #slow(limit: "unsentBytes" | "stalledMs"): void {
    if (this.#isOver()) return;
    limited(this.#context, limit);
    this.#dispatch({ type: "slow", keep: this.#keeps });
  }

  #perform(effect: Effect): void {
    switch (effect.type) {
      case "admit":
        return void this.#admit(effect.start).catch((error) =>
          this.#fail(error)
        );
      case "greet":
        return this.#greet(effect);
      case "do":
        return this.#requests?.answer(effect.message);
      case "say":
        return this.tell(effect.error);
      case "close":
        return this.#close(effect.code);
      case "keep":
        this.#quit();
        return effect.seat.begun?.chat.dispatch({ type: "away" });
      case "release":
        this.#quit();
        return this.#context.seats.release(effect.seat);
      case "yield":
        return this.#quit();
      default:
        return assertNever(effect);
    }
  }

  #quit(): void {
    this.#live?.leave(this);
    this.#requests?.close();
  }

  /** Checks a Start, and assigns a seat. */
  async #admit(start: Start): Promise<void> {
    const admission = await admit(this.#context, start, this.#peer);
    if (admission.type !== "admitted") return this.#dispatch(admission);
    const { live, blockedBy } = admission;
    if (this.state.state !== "starting") return;
    const { seat, resumed } = this.#context.seats.forStart(start, {
      keepsToken: blockedBy === "visit", // It is recognized by the token.
    });
    this.#block(seat, blockedBy);
    this.#live = live;
    this.#requests = new Requests(this.#context, {
      live,
      seat,
      page: this,
      peer: this.#peer,
      isNew: start.v !== undefined,
      wrongProof: () => this.#dispatch({ type: "wrong-proof" }),
    });
    this.#dispatch({ type: "seated", seat, resumed });
  }

  #guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Handles an unexpected exception, which must affect only this page. */
  #fail(error: unknown): void {
    log.error("Cannot serve a visitor: {error}", { error });
    this.#close(CLOSE.internal);
  }

  #close(code: number): void {
    this.#isSilent = true;
    this.#context.counters.count("visitor_closed", { code: String(code) });
    this.#socket.close(code);
  }

  #greet({ seat, start, resumed }: Effect & { type: "greet" }): void {
    const { counters, happened } = this.#context;
    counters.count("visitor_started", { resumed: String(resumed) });
    // A page that shows a token, even an expired one, was counted before.
    if (start.resume === undefined && !isOwnPage(this.#peer)) {
      happened({ type: "shown", widget: seat.widget });
    }
    this.token = seat.token;
    this.lang = start.lang;
    seat.giveTo(this);
    this.#live?.join(this);
    if (start.v === undefined) this.#requests?.answer({ mt: "GetIceConfig" });
    const { seq = 0, resume } = start;
    if (resumed) seat.begun?.back(seq, start);
    else if (resume === seat.token) seat.contacts.back(seq, start); // V54
    if (this.blockedBy === "visit") seat.endContacts();
  }

  get #keeps(): boolean {
    return this.state.state === "open" && this.state.seat.keeps;
  }

  #isOver(): boolean {
    const { state } = this.state;
    return state === "gone" || state === "away";
  }
}
