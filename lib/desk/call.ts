import { wallOf } from "@/lib/base/clock.ts";
import type {
  CallCommand,
  CallEvent,
  CallLeg,
  MediaMessage,
  OutgoingCall,
} from "@/lib/contact/ports.ts";
import { DESK_LIMITS } from "@/lib/protocol/desk/limits.ts";
import type { CallPageMessage } from "@/lib/protocol/desk/page_messages.ts";
import type {
  CallServiceMessage,
  CallView,
} from "@/lib/protocol/desk/service_messages.ts";
import { Alarm } from "./alarm.ts";
import {
  callDueAt,
  type CallEffect,
  type CallLegEvent,
  type CallState,
  newCall,
  stepCall,
} from "./call_leg.ts";
import type { Pages } from "./pages.ts";

/** Runs one call's state machine between the bridge and the agent's pages. */
export class DeskCall implements CallLeg {
  readonly id: string;
  readonly #call: OutgoingCall;
  readonly #since: number;
  readonly #pages: Pages;
  readonly #tell: (event: CallEvent) => void;
  readonly #moved: () => void;
  readonly #alarm: Alarm;
  #state: CallState;
  #started = false;
  /** Messages that the page of the call may not have received. */
  #said: CallServiceMessage[] = [];
  #saidCount = 0;
  #heard = 0;

  constructor(
    call: OutgoingCall,
    { pages, tell, moved }: {
      pages: Pages;
      tell: (event: CallEvent) => void;
      /** Called after each change of state, before others are notified. */
      moved: () => void;
    },
  ) {
    const { clock, times } = pages;
    this.id = call.id;
    this.#call = call;
    this.#pages = pages;
    this.#tell = tell;
    this.#moved = moved;
    this.#since = clock.now();
    this.#state = newCall(call.sdp, { now: this.#since, times });
    this.#alarm = new Alarm(clock, () => this.on({ type: "time" }));
    this.#alarm.set(callDueAt(this.#state));
  }

  get state(): CallState {
    return this.#state;
  }

  /** Begins to ring. Before that the pages receive nothing. */
  start(): void {
    this.#started = true;
    this.#show();
  }

  send(command: CallCommand): void {
    this.on({ type: "command", command });
  }

  on(event: CallLegEvent): void {
    const { clock, times } = this.#pages;
    const before = this.#state;
    const { call, effects } = stepCall(before, event, {
      now: clock.now(),
      times,
    });
    this.#state = call;
    this.#alarm.set(callDueAt(call));
    if (call.state !== before.state) this.#moved();
    for (const effect of effects) this.#perform(effect);
  }

  /** Handles a message of a page about this call. D5: a repetition is
   * dropped. */
  onPage(page: string, message: CallPageMessage): void {
    if (message.type === "call-decline") return this.on({ type: "decline" });
    const held = holderOf(this.#state);
    if (message.type === "call-take") {
      if (held === undefined) this.#heard = message.n;
      else if (held === page) this.#heard = Math.max(this.#heard, message.n);
      this.on({ type: "take", page });
      if (holderOf(this.#state) !== page) this.#showTo(page); // D6
      return;
    }
    if (held !== page || message.n <= this.#heard) return;
    this.#heard = message.n;
    this.on(eventOf(page, message));
  }

  /** The page has reconnected and has received the messages up to `heard`. */
  resume(page: string, heard: number): void {
    if (holderOf(this.#state) !== page) return;
    this.on({ type: "page", page, is: "back" });
    this.#said = this.#said.filter(({ n }) => n > heard);
    for (const message of this.#said) this.#pages.to(page, message);
  }

  /** Returns the call as `page` sees it. */
  view(page: string): CallView {
    const { id, visitor, media } = this.#call;
    const wall = (at: number) => wallOf(this.#pages.clock, at);
    const call = { id, visitor, media, since: wall(this.#since) };
    const state = this.#state;
    switch (state.state) {
      case "ringing":
        return { ...call, state: "ringing" };
      case "taken":
      case "connected": {
        const mine = state.holder.page === page;
        const heard = mine ? this.#heard : 0;
        return {
          ...call,
          state: "taken",
          takenAt: wall(state.at),
          mine,
          heard,
        };
      }
      case "ended": {
        const { cause, at, takenAt } = state;
        const taken = takenAt === undefined ? {} : { takenAt: wall(takenAt) };
        return { ...call, state: "ended", cause, endedAt: wall(at), ...taken };
      }
    }
  }

  #perform(effect: CallEffect): void {
    switch (effect.type) {
      case "tell":
        return this.#tell(effect.event);
      case "show":
        return this.#show();
      case "say-media":
        return this.#sayMedia(effect.media);
      case "say-dtmf":
        return this.#say({
          type: "call-dtmf",
          call: this.id,
          n: ++this.#saidCount,
          digits: effect.digits,
        });
    }
  }

  #show(): void {
    if (!this.#started) return;
    this.#pages.toAll((page) => ({ type: "call", call: this.view(page) }));
  }

  #showTo(page: string): void {
    this.#pages.to(page, { type: "call", call: this.view(page) });
  }

  #sayMedia(media: MediaMessage): void {
    const n = ++this.#saidCount;
    this.#say({ type: "call-media", call: this.id, n, media });
  }

  /** D4: kept until the page acknowledges it. */
  #say(message: CallServiceMessage): void {
    const page = holderOf(this.#state);
    if (page === undefined) return;
    this.#said = [...this.#said, message].slice(-DESK_LIMITS.unheardMessages);
    this.#pages.to(page, message);
  }
}

function holderOf(call: CallState): string | undefined {
  return call.state === "taken" || call.state === "connected"
    ? call.holder.page
    : undefined;
}

function eventOf(
  page: string,
  message: Exclude<
    CallPageMessage,
    { type: "call-take" } | { type: "call-decline" }
  >,
): CallLegEvent {
  switch (message.type) {
    case "call-answer":
      return { type: "answer", page, sdp: message.sdp };
    case "call-hang-up":
      return { type: "hang-up", page, trouble: message.trouble ?? false };
    case "call-media":
      return { type: "media", page, media: message.media };
    case "call-hold":
      return { type: "hold", page, held: message.held };
  }
}
