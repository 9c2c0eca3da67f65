import { CAUSE } from "@/lib/base/causes.ts";
import type { Clock } from "@/lib/base/clock.ts";
import {
  Machine,
  type TimeEvent,
  type Transition,
} from "@/lib/base/machine.ts";
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
import { unreachable } from "@/lib/contact/unreachable.ts";
import { endpointOf } from "../address.ts";
import { decodeMessage, type Envelope } from "../link/envelope.ts";
import type { PbxLink } from "../link/pbx_link.ts";
import { LIMITS } from "../limits.ts";
import {
  type CallStimulus,
  type PbxCallState,
  startCall,
  stepCall,
} from "./call_leg.ts";
import {
  type PbxCallbackCommand,
  type PbxCallbackEvent,
  type PbxCallbackState,
  type PbxCallbackStimulus,
  startCallback,
  stepCallback,
} from "./callback_leg.ts";
import {
  type ChatStimulus,
  type PbxChatState,
  startChat,
  stepChat,
} from "./chat_leg.ts";
import type { OutgoingCallback } from "./phone_then_number.ts";
import { type OutgoingSignal, type Signal, Signaling } from "./signal.ts";

/** A call to an agent's phone and then to a number. Does nothing after
 * `ended`. */
export interface CallbackLeg {
  send(command: PbxCallbackCommand): void;
}

/** A call, a chat or a subscription, as the book drives it. */
interface Leg {
  kind: "call" | "chat" | "dialog";
  dispatch(
    event: { type: "signal"; signal: Signal } | { type: "lost" },
  ): void;
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
    const machine = this.#open<PbxCallState, CallStimulus, CallEvent>(
      "call",
      { first: started.value, step: stepCall, tell },
    );
    return {
      send: (command: CallCommand) =>
        machine.dispatch({ type: "command", command }),
    };
  }

  openChat(chat: OutgoingChat, tell: (event: ChatEvent) => void): ChatLeg {
    if (this.#isOver) return unreachable(CAUSE.temporaryFailure, tell);
    const mark = crypto.randomUUID().slice(0, 8);
    const machine = this.#open<PbxChatState, ChatStimulus, ChatEvent>(
      "chat",
      {
        first: startChat(chat, mark, this.#cliOverride),
        step: stepChat,
        tell,
      },
    );
    return {
      send: (command: ChatCommand) =>
        machine.dispatch({ type: "command", command }),
    };
  }

  /** Calls an agent's phone, and then a number (P66). */
  callBack(
    call: OutgoingCallback,
    tell: (event: PbxCallbackEvent) => void,
  ): CallbackLeg | undefined {
    if (this.#isOver) return undefined;
    const machine = this.#open<
      PbxCallbackState,
      PbxCallbackStimulus,
      PbxCallbackEvent
    >("call", {
      first: startCallback(call, this.#cliOverride),
      step: stepCallback,
      tell,
    });
    return {
      send: (command) => machine.dispatch({ type: "command", command }),
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
      dispatch: (event) => {
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
    const decoded = decodeMessage(Signaling, message, this.#link);
    if (decoded === undefined) return;
    const { call, sig: signal } = decoded;
    // A number is ours only with our mark, but some senders leave the mark out.
    const isOurs = !message.src || message.src === this.#src;
    const leg = isOurs ? this.#legs.get(call) : undefined;
    if (leg !== undefined) leg.dispatch({ type: "signal", signal });
    else if (signal.type === "setup") this.#refuse(call, signal);
    // P26: a message for an ended call changes nothing.
  }

  /** Ends every call and chat because the link is lost; each is notified
   * once. */
  lose(): void {
    this.#isOver = true;
    for (const leg of [...this.#legs.values()]) leg.dispatch({ type: "lost" });
  }

  /** P27: a website's visitor cannot be called. */
  #refuse(call: number, { channel }: Signal): void {
    const num = channel === -1 ? 26 : CAUSE.mediaRefused;
    this.#signal(call, { type: "rel", cau: { num } });
  }

  /** Runs the state machine of a call or chat under the next number. */
  #open<
    State extends { state: string },
    Stimulus extends { type: string },
    Event extends { type: string },
  >(
    kind: Leg["kind"],
    { first, step, tell }: LegParts<State, Stimulus, Event>,
  ): Machine<State & Limited, Stimulus | Common, Effect<Event>> {
    const number = this.#nextNumber++;
    const perform = (effect: Effect<Event>) => {
      if (effect.type === "signal") this.#signal(number, effect.signal);
      else if (effect.type === "tell") tell(effect.event);
      else if (effect.type === "note") this.#link.note(effect.text);
      else this.#link.problem(effect.text);
    };
    const machine = new Machine<
      State & Limited,
      Stimulus | Common,
      Effect<Event>
    >({
      initial: limited(first.state, this.#clock.now()),
      step: (before, event, now) => {
        const stimulus = isTime(event) ? late(before) : event;
        const { state, effects } = step(before, stimulus);
        const next = state.state === before.state
          ? { ...state, until: before.until }
          : limited(state, now);
        return { state: next, effects };
      },
      onChange: ({ state }) => {
        if (state === "ended") this.#legs.delete(number);
      },
      perform,
      clock: this.#clock,
      dueAt: ({ until }) => until,
    });
    this.#legs.set(number, {
      kind,
      dispatch: (event) => machine.dispatch(event),
    });
    for (const effect of first.effects) perform(effect);
    return machine;
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

interface LegParts<State, Stimulus, Event> {
  first: Transition<State, Effect<Event>>;
  step(
    state: State,
    stimulus: Stimulus | Common,
  ): Transition<State, Effect<Event>>;
  tell(event: Event): void;
}

interface Limited {
  until: number | undefined;
}

/** Starts the time of a leg's state. */
function limited<State extends { state: string }>(
  leg: State,
  now: number,
): State & Limited {
  if (isInSetup(leg)) return { ...leg, until: now + LIMITS.setupWithinMs };
  const { state } = leg;
  const isBrief = state === "proceeding" || state === "alerting" ||
    state === "answered" || state === "connecting";
  return { ...leg, until: isBrief ? now + LIMITS.ringMs : undefined };
}

function isTime(event: { type: string }): event is TimeEvent {
  return event.type === "time";
}

function late(leg: { state: string }): Common {
  const cause = isInSetup(leg) ? CAUSE.timeout : CAUSE.noAnswer;
  return { type: "late", cause };
}

function isInSetup({ state }: { state: string }): boolean {
  return state === "dialling" || state === "opening";
}
