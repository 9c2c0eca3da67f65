import { wallOf } from "@/lib/base/clock.ts";
import { Machine } from "@/lib/base/machine.ts";
import type {
  CallBefore,
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
  holderOf,
  newCall,
  restoredCall,
  stepCall,
} from "./call_leg.ts";
import { eventOf } from "./call_page.ts";
import type {
  CallLegEvent,
  DeskCallEffect,
  DeskCallState,
} from "./call_leg_state.ts";
import { viewOf } from "./call_view.ts";
import type { Pages } from "./pages.ts";

/** Media events that a bridge can lack. */
const TOLD_MAX = 20;

/** Runs one call's state machine between the bridge and the agent's pages. */
export class DeskCall {
  readonly kind = "call";
  readonly id: string;
  readonly #call: OutgoingCall;
  readonly #since: number;
  readonly #pages: Pages;
  #tell: (event: CallEvent) => void;
  /** The bridge's leg. */
  #leg: CallLeg;
  readonly #moved: () => void;
  #isForgotten = false;
  /** True until the page of a call from before has come. */
  #isRestored: boolean;
  /** Last media events, with the number of the page's message, because the next
   * bridge may lack them. */
  #told: { n: number; event: CallEvent }[] = [];
  readonly #machine: Machine<DeskCallState, CallLegEvent, DeskCallEffect>;
  #started = false;
  /** True once the bridge knows how the call could be resumed. */
  #canResume: boolean;
  /** Messages that the page of the call may not have received. */
  #said: CallServiceMessage[] = [];
  #saidCount = 0;
  #heard = 0;
  #lastSaid: MediaMessage | undefined;

  constructor(
    call: OutgoingCall,
    { pages, tell, moved, before }: {
      pages: Pages;
      tell: (event: CallEvent) => void;
      /** Called after each change of state, before others are notified. */
      moved: () => void;
      /** Its state at another instance, or in an earlier process. */
      before?: CallBefore;
    },
  ) {
    const { clock, times } = pages;
    this.id = call.id;
    this.#call = call;
    this.#pages = pages;
    this.#tell = tell;
    this.#leg = this.#newLeg();
    this.#moved = moved;
    this.#isRestored = this.#canResume = before !== undefined;
    this.#heard = before?.heard ?? 0;
    const now = clock.now();
    const aheadMs = wallOf(clock, 0);
    this.#since = before ? before.startedAt - aheadMs : now;
    this.#machine = new Machine({
      initial: before
        ? restoredCall(before, { now, times }, aheadMs)
        : newCall(call.sdp, { now, times }),
      step: (state, event, now) => stepCall(state, event, { now, times }),
      onChange: ({ state }, before) => {
        if (state !== before.state) moved();
      },
      perform: (effect) => this.#perform(effect),
      clock,
      dueAt: callDueAt,
    });
    if (before?.said) this.#sayMedia(before.said);
  }

  get state(): DeskCallState {
    return this.#machine.state;
  }

  get leg(): CallLeg {
    return this.#leg;
  }

  get isForgotten(): boolean {
    return this.#isForgotten;
  }

  /** D35: gives the call to a bridge that has resumed it. Returns its leg; earlier
   * legs do nothing from now on. The bridge receives what it has missed, after
   * this has returned. */
  reattach(tell: (event: CallEvent) => void, before: CallBefore): CallLeg {
    const leg = this.#newLeg();
    this.#leg = leg;
    this.#tell = () => {}; // What happens until then is in `#told`.
    queueMicrotask(() => {
      if (this.#leg !== leg) return;
      this.#tell = tell;
      this.dispatch({ type: "home", is: "back" });
      for (const { n, event } of this.#told) {
        if (n > before.heard) tell(event);
      }
      this.#tellPage();
      const { said } = before;
      if (said && !isSame(this.#lastSaid, said)) this.#sayMedia(said);
      const { state } = this;
      if (state.state === "ended") {
        tell({ type: "terminated", cause: state.cause });
      }
    });
    return leg;
  }

  /** Begins to ring. Before that the pages receive nothing. */
  start(): void {
    this.#started = true;
    this.#show();
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
    this.dispatch(eventOf(page, message, this.#pages));
    this.#tellPage();
  }

  /** The page has reconnected and has received the messages up to `heard`. */
  resume(page: string, heard: number): void {
    if (holderOf(this.state) !== page) return;
    this.dispatch({ type: "page", page, is: "back" });
    this.#renumber(heard);
    this.#said = this.#said.filter(({ n }) => n > heard);
    for (const message of this.#said) this.#pages.to(page, message);
  }

  /** Returns the call as `page` sees it. */
  view(page: string): CallView {
    return viewOf(this.#call, this.state, {
      page,
      heard: this.#heard,
      since: this.#since,
      clock: this.#pages.clock,
    });
  }

  /** The page continues to count where the earlier process was. */
  #renumber(heard: number): void {
    if (!this.#isRestored) return;
    this.#isRestored = false;
    this.#saidCount += heard;
    this.#said = this.#said.map((one) => ({ ...one, n: one.n + heard }));
  }

  #newLeg(): CallLeg {
    const ifCurrent = (run: () => void) => {
      if (this.#leg === leg) run();
    };
    const leg: CallLeg = {
      send: (command: CallCommand) =>
        ifCurrent(() => this.dispatch({ type: "command", command })),
      leave: () => ifCurrent(() => this.dispatch({ type: "home", is: "gone" })),
      forget: () => ifCurrent(() => this.#forget()),
    };
    return leg;
  }

  #forget(): void {
    this.#machine[Symbol.dispose]();
    this.#isForgotten = true;
    this.#moved();
  }

  #tellPage(): void {
    const { state } = this;
    if (state.state !== "connected") return;
    const { page } = state.holder;
    this.#canResume = true;
    this.#tell({ type: "page", page, heard: this.#heard });
  }

  #perform(effect: DeskCallEffect): void {
    switch (effect.type) {
      case "tell": {
        const event = this.#withHolder(effect.event);
        if (event.type === "channels" || event.type === "hold") {
          this.#told = [...this.#told, { n: this.#heard, event }]
            .slice(-TOLD_MAX);
        }
        return this.#tell(event);
      }
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

  /** Adds to the answer how the call could be resumed. */
  #withHolder(event: CallEvent): CallEvent {
    const { state } = this;
    if (this.#canResume || state.state !== "connected") return event;
    if (event.type !== "channels") return event;
    const from = { page: state.holder.page, heard: this.#heard };
    return { ...event, from };
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
    this.#lastSaid = media;
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

function isSame(one: MediaMessage | undefined, other: MediaMessage): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
