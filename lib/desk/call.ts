import { wallOf } from "@/lib/base/clock.ts";
import { Machine } from "@/lib/base/machine.ts";
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
import {
  callDueAt,
  type CallLegEvent,
  type DeskCallEffect,
  type DeskCallState,
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
  readonly #machine: Machine<DeskCallState, CallLegEvent, DeskCallEffect>;
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
    this.#since = clock.now();
    this.#machine = new Machine({
      initial: newCall(call.sdp, { now: this.#since, times }),
      step: (state, event, now) => stepCall(state, event, { now, times }),
      onChange: ({ state }, before) => {
        if (state !== before.state) moved();
      },
      perform: (effect) => this.#perform(effect),
      clock,
      dueAt: callDueAt,
    });
  }

  get state(): DeskCallState {
    return this.#machine.state;
  }

  /** Begins to ring. Before that the pages receive nothing. */
  start(): void {
    this.#started = true;
    this.#show();
  }

  send(command: CallCommand): void {
    this.dispatch({ type: "command", command });
  }

  dispatch(event: CallLegEvent): void {
    this.#machine.dispatch(event);
  }

  /** Handles a message of a page about this call. D5: a repetition is
   * dropped. */
  onPage(page: string, message: CallPageMessage): void {
    if (message.type === "call-decline") {
      return this.dispatch({ type: "decline" });
    }
    const held = holderOf(this.state);
    if (message.type === "call-take") {
      if (held === undefined) this.#heard = message.n;
      else if (held === page) this.#heard = Math.max(this.#heard, message.n);
      this.dispatch({ type: "take", page });
      if (holderOf(this.state) !== page) this.#showTo(page); // D6
      return;
    }
    if (held !== page || message.n <= this.#heard) return;
    this.#heard = message.n;
    this.dispatch(eventOf(page, message));
  }

  /** The page has reconnected and has received the messages up to `heard`. */
  resume(page: string, heard: number): void {
    if (holderOf(this.state) !== page) return;
    this.dispatch({ type: "page", page, is: "back" });
    this.#said = this.#said.filter(({ n }) => n > heard);
    for (const message of this.#said) this.#pages.to(page, message);
  }

  /** Returns the call as `page` sees it. */
  view(page: string): CallView {
    const { id, visitor, media } = this.#call;
    const wall = (at: number) => wallOf(this.#pages.clock, at);
    const call = { id, visitor, media, since: wall(this.#since) };
    const { state } = this;
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

  #perform(effect: DeskCallEffect): void {
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
    const page = holderOf(this.state);
    if (page === undefined) return;
    this.#said = [...this.#said, message].slice(-DESK_LIMITS.unheardMessages);
    this.#pages.to(page, message);
  }
}

function holderOf(call: DeskCallState): string | undefined {
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
