import { CAUSE } from "@/lib/base/causes.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type {
  CallCommand,
  CallEvent,
  CallLeg,
  ChatCommand,
  ChatEvent,
  ChatLeg,
  OutgoingCall,
  OutgoingChat,
} from "@/lib/contact/ports.ts";
import * as v from "valibot";
import { endpointOf } from "../address.ts";
import { decodeError, type Envelope } from "../link/envelope.ts";
import type { PbxLink } from "../link/pbx_link.ts";
import { LIMITS } from "../limits.ts";
import {
  type CallState,
  type CallStimulus,
  startCall,
  stepCall,
} from "./call_leg.ts";
import {
  type ChatState,
  type ChatStimulus,
  startChat,
  stepChat,
} from "./chat_leg.ts";
import { type OutgoingSignal, type Signal, Signaling } from "./signal.ts";

/** A call, a chat or a subscription, as the book drives it. */
interface Leg {
  kind: "call" | "chat" | "dialog";
  on(event: { type: "signal"; signal: Signal } | { type: "lost" }): void;
}

/** All calls and chats of one link, by our number for them. */
export class CallBook {
  readonly #link: PbxLink;
  readonly #clock: Clock;
  readonly #src: string;
  readonly #cliOverride: boolean;
  readonly #legs = new Map<number, Leg>();
  #nextNumber = 1;
  #isOver = false;

  /**
   * @param src The mark of the registration, which every signal repeats.
   * @param cliOverride True if setups ask the PBX to keep the caller (P50).
   */
  constructor(link: PbxLink, clock: Clock, src: string, cliOverride: boolean) {
    this.#link = link;
    this.#clock = clock;
    this.#src = src;
    this.#cliOverride = cliOverride;
  }

  count(kind: Leg["kind"]): number {
    return [...this.#legs.values()].filter((leg) => leg.kind === kind).length;
  }

  dial(call: OutgoingCall, tell: (event: CallEvent) => void): CallLeg {
    const started = startCall(call, this.#cliOverride);
    if (this.#isOver) return unreachable(CAUSE.temporaryFailure, tell);
    if (!started.ok) {
      const { reason, text } = started.error;
      this.#link.problem(`media: ${reason}: ${text}`);
      return unreachable(CAUSE.mediaRefused, tell);
    }
    const run = this.#open<CallState, CallStimulus, CallEvent>(
      "call",
      { first: started.value, step: stepCall, tell },
    );
    return {
      send: (command: CallCommand) => run({ type: "command", command }),
    };
  }

  openChat(chat: OutgoingChat, tell: (event: ChatEvent) => void): ChatLeg {
    if (this.#isOver) return unreachable(CAUSE.temporaryFailure, tell);
    const mark = crypto.randomUUID().slice(0, 8);
    const run = this.#open<ChatState, ChatStimulus, ChatEvent>(
      "chat",
      {
        first: startChat(chat, mark, this.#cliOverride),
        step: stepChat,
        tell,
      },
    );
    return {
      send: (command: ChatCommand) => run({ type: "command", command }),
    };
  }

  /**
   * Subscribes to changes of a Boolean object. INFERRED: the encoding of the
   * state is not documented, so any indication only means that it should be
   * read again.
   */
  subscribeDialog(address: string, changed: () => void): Disposable {
    if (this.#isOver) return { [Symbol.dispose]: () => {} };
    const number = this.#nextNumber++;
    this.#legs.set(number, {
      kind: "dialog",
      on: (event) => {
        if (event.type === "lost") return;
        const { type, fty } = event.signal;
        if (type === "disc") this.#signal(number, { type: "rel" });
        if (type === "disc" || type === "rel") this.#legs.delete(number);
        if (fty.some((one) => one.type.startsWith("cp_group_"))) changed();
      },
    });
    this.#signal(number, {
      type: "setup",
      bc: "a880",
      cd: endpointOf(address),
      complete: true,
      channel: 0,
      fty: [{ type: "dialog_info_subscribe" }],
    });
    return {
      [Symbol.dispose]: () => {
        if (this.#isOver || !this.#legs.delete(number)) return;
        this.#signal(number, { type: "rel", cau: { num: CAUSE.normal } });
      },
    };
  }

  /** Handles any Signaling message. */
  message(message: Envelope): void {
    const read = v.safeParse(Signaling, message);
    if (!read.success) {
      return this.#link.problem(decodeError(message, read.issues));
    }
    const { call, sig: signal } = read.output;
    // A number is ours only with our mark, but some senders leave the mark out.
    const isOurs = !message.src || message.src === this.#src;
    const leg = isOurs ? this.#legs.get(call) : undefined;
    if (leg !== undefined) leg.on({ type: "signal", signal });
    else if (signal.type === "setup") this.#refuse(call, signal);
    // P26: a message for an ended call changes nothing.
  }

  /** Ends every call and chat because the link is lost; each is notified
   * once. */
  lose(): void {
    this.#isOver = true;
    for (const leg of [...this.#legs.values()]) leg.on({ type: "lost" });
  }

  /** P27: a website's visitor cannot be called. */
  #refuse(call: number, { channel }: Signal): void {
    const num = channel === -1 ? 26 : CAUSE.mediaRefused;
    this.#signal(call, { type: "rel", cau: { num } });
  }

  /** Runs a state machine under the next number; returns the function that
   * steps it. */
  #open<
    State extends { state: string },
    Stimulus extends { type: string },
    Event extends { type: string },
  >(
    kind: Leg["kind"],
    { first, step, tell }: Machine<State, Stimulus, Event>,
  ): (stimulus: Stimulus | Common) => void {
    const number = this.#nextNumber++;
    let { state } = first;
    let timer: Disposable | undefined;
    const todo: Effect<Event>[] = [];
    let isBusy = false;
    // A listener may send a command immediately, so its effects come after
    // ours.
    const perform = (effects: Effect<Event>[]) => {
      todo.push(...effects);
      if (isBusy) return;
      isBusy = true;
      try {
        for (let next = todo.shift(); next; next = todo.shift()) {
          if (next.type === "signal") this.#signal(number, next.signal);
          else if (next.type === "tell") tell(next.event);
          else if (next.type === "note") this.#link.note(next.text);
          else this.#link.problem(next.text);
        }
      } finally {
        isBusy = false;
      }
    };
    const watchTime = () => {
      timer?.[Symbol.dispose]();
      const late = (cause: number) => run({ type: "late", cause });
      timer = this.#patience(state.state, late);
    };
    const run = (stimulus: Stimulus | Common) => {
      const before = state.state;
      const next = step(state, stimulus);
      state = next.state;
      if (state.state !== before) watchTime();
      if (state.state === "ended") this.#legs.delete(number);
      perform(next.effects);
    };
    this.#legs.set(number, { kind, on: run });
    watchTime();
    perform(first.effects);
    return run;
  }

  #patience(
    state: string,
    late: (cause: number) => void,
  ): Disposable | undefined {
    const setup = state === "dialling" || state === "opening";
    const rings = state === "proceeding" || state === "alerting";
    if (!setup && !rings) return undefined;
    const cause = setup ? CAUSE.timeout : CAUSE.noAnswer;
    return this.#clock.after(
      setup ? LIMITS.setupWithinMs : LIMITS.ringMs,
      () => late(cause),
    );
  }

  #signal(call: number, sig: OutgoingSignal): void {
    const src = this.#src;
    this.#link.send({ api: "PbxSignal", mt: "Signaling", call, src, sig });
  }
}

type Common =
  | { type: "signal"; signal: Signal }
  | { type: "lost" }
  | { type: "late"; cause: number };

type Effect<Event> =
  | { type: "signal"; signal: OutgoingSignal }
  | { type: "tell"; event: Event }
  | { type: "problem" | "note"; text: string };

interface Step<State, Event> {
  state: State;
  effects: Effect<Event>[];
}

interface Machine<State, Stimulus, Event> {
  first: Step<State, Event>;
  step(state: State, stimulus: Stimulus | Common): Step<State, Event>;
  tell(event: Event): void;
}

/** Returns a leg for an unreachable address, which ends right after it was
 * returned. */
export function unreachable(
  cause: number,
  tell: (event: { type: "terminated"; cause: number }) => void,
): { send(): void } {
  queueMicrotask(() => tell({ type: "terminated", cause }));
  return { send: () => {} };
}
