import type { ComponentChild } from "preact";
import { Machine } from "@/lib/base/machine.ts";
import type {
  ContactMessage,
  IceConfig,
} from "@/lib/protocol/visitor/contact_messages.ts";
import { LocalMedia } from "@/lib/media/local_media.ts";
import type { MediaKind } from "@/lib/media/ports.ts";
import type { Model } from "../view/model.ts";
import { type Changed, withChange } from "../contact/with_change.ts";
import { refusal, stepCall } from "./call.ts";
import {
  newCall,
  type PageCall,
  type PageCallEffect,
  type PageCallEvent,
} from "./call_state.ts";
import { ASK_MS, browserDeps, type CallDeps, chosen } from "./deps.ts";
import { troubleReason } from "./end_reason.ts";
import type { CallViews } from "./call_views.ts";
import { IceWait } from "./ice_wait.ts";
import type { Phone } from "./phone.ts";
import type { CallMover } from "./mover.ts";
import { PhoneLine } from "./phone_line.ts";
import type { CallDesk, CallOwner, CallRequest } from "./port.ts";
import { Ringback } from "./ringback.ts";
import { Sheet } from "./sheet.ts";
import { Speaker } from "./speaker.ts";
import { Ticker } from "./ticker.ts";

/** Runs one call: devices, peer connection, tones. */
export class CallRun implements CallDesk {
  readonly owner: CallOwner;
  readonly plan: CallRequest;
  readonly own: LocalMedia;
  readonly speaker: Speaker;
  readonly #deps: CallDeps;
  readonly #views: CallViews<CallRun>;
  readonly #ringback = new Ringback();
  readonly #life = new AbortController();
  readonly #letSleep: () => void;
  readonly #machine: Machine<PageCall, PageCallEvent, PageCallEffect | Changed>;
  /** Only mover.ts uses it, too. */
  readonly line: PhoneLine;
  /** True once the agent's first answer is in use. */
  #isAnswered = false;
  #ice: IceWait | undefined;
  #mover: Promise<CallMover> | undefined;
  readonly ticker = new Ticker();
  /** The reason why a video call has voice only. */
  noCamera = false;
  readonly sheet: Sheet;
  /** The video element of the agent, while it is drawn. */
  picture: HTMLVideoElement | undefined;

  constructor(
    owner: CallOwner,
    plan: CallRequest,
    { views, deps = browserDeps() }: {
      views: CallViews<CallRun>;
      deps?: CallDeps;
    },
  ) {
    this.owner = owner;
    this.#deps = deps;
    this.plan = plan;
    this.#views = views;
    this.#machine = new Machine({
      initial: newCall(plan, owner.ready()),
      step: (call, event, now) => withChange(call, stepCall(call, event, now)),
      perform: (effect) => this.#perform(effect),
      clock: owner.clock,
      dueAt: ({ until }) => until,
    });
    const changed = () => owner.changed();
    const send = (kind: MediaKind, track?: MediaStreamTrack) =>
      this.send(kind, track);
    const own = { ...deps, clock: owner.clock, askMs: ASK_MS };
    this.own = new LocalMedia(own, { changed, send }, chosen);
    this.speaker = new Speaker(own, changed);
    this.line = new PhoneLine(own, {
      remote: () => {
        if (this.remote) this.speaker.listen(this.remote);
        changed();
      },
      flowing: () => this.dispatch({ type: "flowing" }),
      broken: () => this.dispatch({ type: "broken" }),
      stumbled: () => this.#stumble(),
    });
    this.sheet = new Sheet(this, changed);
    this.#letSleep = deps.keepAwake();
    const { signal } = this.#life;
    addEventListener("beforeunload", (event) => {
      if (this.running) event.preventDefault();
    }, { signal });
    const before = { signal, capture: true }; // Runs before the socket is closed.
    addEventListener("pagehide", () => this.hangUp(), before);
    const online = () => this.dispatch({ type: "network" });
    addEventListener("online", online, { signal });
    this.#begin();
  }

  get call(): PageCall {
    return this.#machine.state;
  }

  get phone(): Phone | undefined {
    return this.line.phone;
  }

  get remote(): MediaStream | undefined {
    return this.phone?.remote;
  }

  /** Time since the agent answered, in ms. */
  get lasts(): number {
    return this.owner.clock.now() - this.call.since;
  }

  get running(): boolean {
    return this.call.state !== "ended";
  }

  view(model: Model): ComponentChild {
    return this.#views.whole(this, model);
  }

  bar(model: Model): ComponentChild {
    return this.#views.bar(this, model);
  }

  inWords(model: Model) {
    return this.#views.inWords(this, model);
  }

  hear(message: ContactMessage): void {
    if (message.mt === "IceConfig") this.#ice?.hear(message);
    else this.dispatch({ type: "told", message });
  }

  refused(error: string): void {
    const event = refusal(error);
    if (event && this.call.state !== "connected") this.dispatch(event);
  }

  reconnected(resumed: boolean): void {
    this.dispatch({ type: "reconnected", resumed });
    if (this.#mover) this.#move((mover) => mover.repeat());
  }

  disconnected(): void {
    this.dispatch({ type: "disconnected" });
  }

  hangUp(): void {
    this.dispatch({ type: "hang-up" });
  }

  dispose(): void {
    this.hangUp();
    this.#close();
    this.#life.abort();
  }

  /** Replaces the track that the visitor sends, or offers a new one. */
  async send(kind: MediaKind, track?: MediaStreamTrack): Promise<void> {
    const { phone } = this;
    try {
      if (phone === undefined || await phone.replace(kind, track ?? null)) {
        return;
      }
      if (track) await phone.add(track, this.own.stream);
      if (track) this.dispatch({ type: "changed" });
    } catch {
      // The connection is closed or will restart soon, so it can't accept the
      // track.
    }
  }

  dispatch(event: PageCallEvent): void {
    // The same outage may have broken the socket.
    if (event.type === "broken") this.owner.wake();
    this.#machine.dispatch(event);
  }

  /** Asks for the ICE servers of a new connection. */
  askIce(): Promise<IceConfig | undefined> {
    const ice = this.#ice = new IceWait(this.owner.clock);
    this.owner.send({ mt: "GetIceConfig" });
    return ice.config;
  }

  async #begin(): Promise<void> {
    try {
      const asked = this.askIce();
      const opened = await this.own.open(this.plan.video);
      if (!opened.ok) {
        const reason = await troubleReason(opened.error);
        return this.dispatch({ type: "failed", reason });
      }
      this.noCamera = opened.value.noCamera !== undefined;
      this.owner.changed();
      const config = await asked;
      if (!this.running) return;
      const { phone } = this.line.open(config, this.own.stream);
      const sdp = await this.line.use(phone).offer(false);
      this.dispatch({ type: "offered", sdp });
    } catch { // The browser cannot make an offer.
      this.dispatch({ type: "failed", reason: "callFailed" });
    }
  }

  #perform(effect: PageCallEffect | Changed): void {
    switch (effect.type) {
      case "say":
        this.owner.send(effect.message);
        return;
      case "take-answer":
        return this.line.then(async (phone) => {
          await phone.takeAnswer(effect.sdp);
          this.#isAnswered = true;
        });
      case "take-offer":
        return this.line.then(async (phone) => {
          const sdp = await phone.takeOffer(effect.sdp);
          this.dispatch({ type: "answered", sdp });
        });
      case "offer":
        return this.line.then(async (phone) => {
          const sdp = await phone.offer(effect.restart);
          this.dispatch({ type: "reoffered", sdp });
        });
      case "move":
        return this.#move((mover) => mover.hear(effect.message));
      case "close":
        return this.#close();
      case "changed":
        if (effect.isNewState) this.#announce(this.call);
        return this.owner.changed();
    }
  }

  /** Handovers are rare, so their code is loaded when there is one. If that
   * fails, the call stays. */
  #move(work: (mover: CallMover) => void): void {
    this.#mover ??= import("./mover.ts").then(({ CallMover }) =>
      new CallMover(this)
    );
    this.#mover.then((mover) => {
      if (this.running) work(mover);
    }, () => this.#mover = undefined);
  }

  /** Handles a description that cannot be created or applied. */
  #stumble(): void {
    // Without the first answer there is no sound in either direction.
    if (!this.#isAnswered) {
      this.dispatch({ type: "failed", reason: "callFailed" });
    } else if (!this.call.broken) this.dispatch({ type: "broken" });
  }

  #announce({ state, agent, cause }: PageCall): void {
    if (state === "alerting") this.#ringback.start();
    else this.#ringback.stop();
    if (state === "connected") {
      this.ticker.start(() => this.owner.changed(), () => this.phone?.stats());
    }
    const ended = state === "ended" ? { cause } : {};
    this.owner.tell({ type: "call", state, agent: agent.id, ...ended });
  }

  mute(): void {
    this.own.silence({ muted: !this.own.muted, held: false });
  }

  /** Turns the camera on or off, which can make a voice call a video call. */
  async toggleCamera(): Promise<void> {
    if (this.own.video && !this.own.sharing) return this.own.closeVideo();
    this.noCamera = await this.own.openCamera() !== undefined;
    this.owner.changed();
  }

  async toggleScreen(): Promise<void> {
    if (this.own.sharing) this.own.closeVideo();
    else await this.own.openScreen();
  }

  #close(): void {
    this.#ringback.stop();
    this.sheet.close();
    this.ticker.stop();
    this.#ice?.close();
    this.#letSleep();
    this.own.close();
    this.speaker.stop();
    this.#mover?.then((mover) => mover.close(), () => {});
    this.line.close();
  }
}
