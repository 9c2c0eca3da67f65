import { computed, effect, type Signal, signal } from "@preact/signals";
import { deferred } from "@/lib/base/deferred.ts";
import { Machine } from "@/lib/base/machine.ts";
import { Outage } from "@/lib/base/outage.ts";
import { iceServers } from "@/lib/model/ice_urls.ts";
import type { Presence } from "@/lib/model/presence.ts";
import type { DueCallback } from "@/lib/protocol/admin/callbacks.ts";
import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import { CallMedia, type MediaDeps } from "./call_media.ts";
import {
  attentionOf,
  type DeskEffect,
  type DeskEvent,
  type DeskState,
  type HandingOver,
  newDesk,
  waitingOf,
} from "./desk_state.ts";
import { helloOf, step } from "./desk_step.ts";
import { DeskConnection, type DeskConnectionDeps } from "./connection.ts";
import { type DeskConnectionState, isTrying } from "./connection_state.ts";
import {
  type DeskTrouble,
  deskTrouble,
  type MediaState,
} from "./media_state.ts";

/** A call must not wait longer for the STUN and TURN servers of the service. */
const ICE_WITHIN_MS = 2_000;

/** Signed out, these would look done and be lost with the page. */
const NEEDS_SERVICE: ReadonlySet<DeskEvent["type"]> = new Set(
  [
    ...["choose", "take", "decline", "join", "leave", "write"] as const,
    ...["hand-over", "withdraw"] as const,
  ],
);

export interface DeskDeps extends DeskConnectionDeps, Omit<MediaDeps, "ice"> {
  newId(): string;
  /** Called when a visitor writes in a chat that is not visible. */
  notice(chat: string, text: string): void;
}

/** The desk in a page: its state, its connection, the media of its call. */
export class Desk {
  readonly state: Signal<DeskState>;
  readonly connection: Signal<DeskConnectionState> = signal({
    state: "stopped",
  });
  /** True while the connection has been lost for longer than a planned move
   * takes (D36). */
  readonly isLost = signal(false);
  readonly media: Signal<CallMedia | null> = signal(null);
  /** Why the last call failed, until the agent dismisses it. */
  readonly trouble: Signal<{ call: string; why: DeskTrouble } | null> = signal(
    null,
  );
  /** Why this browser cannot answer calls. Known from the start. */
  readonly cannotCall: Signal<DeskTrouble | null> = signal(null);
  /** True if the choice of presence could not be stored. */
  readonly notStored = signal(false);
  /** Nothing can be done, and nothing is heard, before the next sign-in. */
  readonly isSignedOut = computed(() =>
    this.connection.value.state === "signed-out"
  );
  readonly waiting = computed(() =>
    this.isSignedOut.value ? [] : waitingOf(this.state.value)
  );
  /** Number of conversations that need the agent. */
  readonly attention = computed(() =>
    this.isSignedOut.value
      ? 0
      : attentionOf(this.state.value) + this.callbackRings.value.length
  );
  /** Counts how often the agent's widgets may have changed. */
  readonly widgetChanges = signal(0);
  /** Counts how often the callbacks for the agent may have changed. */
  readonly callbackChanges = signal(0);
  /** The callbacks that ring. */
  readonly callbackRings: Signal<readonly DueCallback[]> = signal([]);
  /** Counts how often the agent has pressed the notification of a callback. */
  readonly callbackPresses = signal(0);
  readonly #page: string;
  readonly #deps: DeskDeps;
  readonly #machine: Machine<DeskState, DeskEvent, DeskEffect>;
  readonly #connection: DeskConnection;
  readonly #outage: Outage;
  #iceHeard: ((servers: RTCIceServer[]) => void) | undefined;

  constructor(deps: DeskDeps, choice: Presence) {
    this.#deps = deps;
    this.#page = deps.newId();
    this.#machine = new Machine({
      initial: newDesk(choice),
      step,
      onChange: (desk) => this.state.value = desk,
      perform: (effect) => this.#perform(effect),
      clock: deps.clock,
    });
    this.state = signal(this.#machine.state);
    this.#outage = new Outage(
      deps.clock,
      (isLong) => this.isLost.value = isLong,
    );
    this.#connection = new DeskConnection(deps, {
      hello: () => helloOf(this.state.value, this.#page),
      heard: (message) => this.#heard(message),
      moved: (connection) => this.#moved(connection),
    });
  }

  start(): void {
    const trouble = this.#deps.callTrouble();
    this.cannotCall.value = trouble ? deskTrouble("microphone", trouble) : null;
    this.#connection.dispatch({ type: "start" });
  }

  /** Must be called when the page closes: its call ends, and without another page
   * the agent goes offline. `moves` is true if another one follows in its tab. */
  stop({ moves = false } = {}): void {
    this.#connection.dispatch({ type: "stop", moves });
    this.media.value?.close();
  }

  /** Must be called when another page of the agent is about to follow in this
   * tab. */
  announceMove(): void {
    this.#connection.say({ type: "moving" });
  }

  /** Must be called when the network or the tab is back. */
  wake(): void {
    this.#connection.dispatch({ type: "wake" });
  }

  /** The service's time, in ms since 1970. */
  now(): number {
    return this.#deps.clock.now() + this.state.peek().aheadMs;
  }

  dispatch(event: DeskEvent): void {
    if (event.type === "take" && this.cannotCall.value) return;
    if (this.isSignedOut.value && NEEDS_SERVICE.has(event.type)) return;
    this.#machine.dispatch(event);
  }

  /** Sends the text in the chat's field. */
  write(chat: string): void {
    const { clock, newId } = this.#deps;
    this.dispatch({ type: "write", chat, id: newId(), now: clock.now() });
  }

  /** Hands a call or chat over to a colleague. */
  handOver(contact: string, to: Omit<HandingOver, "id">): void {
    const handover = { id: this.#deps.newId(), ...to };
    this.dispatch({ type: "hand-over", contact, handover });
  }

  setHeld(call: string, held: boolean): void {
    this.media.value?.setHeld(held);
    this.dispatch({ type: "hold", call, held });
  }

  #moved(connection: DeskConnectionState): void {
    this.connection.value = connection;
    if (isTrying(connection)) this.#outage.begin();
    else this.#outage.end();
  }

  #heard(message: ServiceMessage): void {
    const { type } = message;
    if (message.type === "ice") this.#iceHeard?.(iceServers(message));
    if (type === "welcome" || type === "widgets-changed") {
      this.widgetChanges.value++;
    }
    if (type === "welcome" || type === "callbacks-changed") {
      this.callbackChanges.value++;
    }
    this.dispatch({ type: "heard", message, now: this.#deps.clock.now() });
  }

  #perform(effect: DeskEffect): void {
    switch (effect.type) {
      case "say":
        return this.#connection.say(effect.message);
      case "start-media":
        return this.#startMedia(effect.call, effect.video);
      case "media-heard": {
        const media = this.media.value;
        if (media?.state.value.call === effect.call) media.heard(effect.media);
        return;
      }
      case "stop-media":
        return this.#stopMedia(effect.call);
      case "notice":
        return this.#deps.notice(effect.chat, effect.text);
      case "stored":
        this.notStored.value = !effect.isStored;
    }
  }

  #startMedia(call: string, video: boolean): void {
    const item = this.state.value.calls.find(({ view }) => view.id === call);
    this.media.value?.close();
    this.trouble.value = null;
    const media = new CallMedia(call, {
      deps: { ...this.#deps, ice: () => this.#askIce() },
      media: item?.view.media ?? "voice",
      video,
      owner: {
        answer: (sdp) => this.dispatch({ type: "answer", call, sdp }),
        say: (media) => this.dispatch({ type: "media", call, media }),
        failed: () => this.dispatch({ type: "hang-up", call, trouble: true }),
      },
    });
    this.media.value = media;
  }

  #stopMedia(call: string): void {
    const media = this.media.value;
    const state = media?.state.value;
    if (media === null || state?.call !== call) return;
    const { trouble, phase } = state;
    if (trouble !== null && (phase === "asking" || trouble === "failed")) {
      this.trouble.value = { call, why: trouble };
    }
    media.close();
    this.media.value = null;
  }

  #askIce(): Promise<RTCIceServer[]> {
    const { promise, resolve } = deferred<RTCIceServer[]>();
    const { clock } = this.#deps;
    const late = clock.after(ICE_WITHIN_MS, () => resolve([]));
    this.#iceHeard = resolve;
    this.#connection.say({ type: "get-ice" });
    return promise.finally(() => late[Symbol.dispose]());
  }
}

/** Returns the visible state of the running call's media, or null. */
export function mediaOf(desk: Desk): MediaState | null {
  return desk.media.value?.state.value ?? null;
}

/** Calls `tell` with the number of waiting visitors, now and after each
 * change. */
export function onRinging(
  { waiting }: Desk,
  tell: (count: number) => void,
): () => void {
  const count = computed(() => waiting.value.length);
  return effect(() => tell(count.value));
}
