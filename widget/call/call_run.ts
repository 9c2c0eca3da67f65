import type { ComponentChild } from "preact";
import type {
  ContactMessage,
  IceConfig,
} from "@/lib/protocol/visitor/contact_messages.ts";
import { iceServers } from "@/lib/protocol/visitor/ice_servers.ts";
import type { ErrorCode } from "@/lib/protocol/visitor/session_messages.ts";
import type { Translate } from "../translate.ts";
import type { Model } from "../view/model.ts";
import { refusal, stepCall } from "./call.ts";
import {
  type Call,
  type CallEffect,
  type CallEvent,
  newCall,
} from "./call_state.ts";
import { IceWait } from "./ice_wait.ts";
import { newSpeaker, OwnTracks } from "./own_media.ts";
import { Phone } from "./phone.ts";
import type { CallDesk, CallHost, CallPlan } from "./port.ts";
import type { QualityWatch } from "./quality.ts";
import { Ringback } from "./ringback.ts";

/** How a call is drawn; given by mod.tsx, so that this file draws nothing. */
export interface CallViews {
  whole(run: CallRun, model: Model): ComponentChild;
  bar(run: CallRun, model: Model): ComponentChild;
}

/** Performs one call: devices, peer connection, tones. */
export class CallRun implements CallDesk {
  readonly host: CallHost;
  readonly plan: CallPlan;
  readonly own = new OwnTracks();
  readonly audio = newSpeaker();
  readonly #views: CallViews;
  readonly #ringback = new Ringback();
  readonly #life = new AbortController();
  #call: Call;
  #phone: Phone | undefined;
  #work: Promise<unknown> = Promise.resolve();
  #ice: IceWait | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #late: ReturnType<typeof setTimeout> | undefined;
  readonly #isLate = () => this.do({ type: "late" });
  /** Why the call is voice only, though video was wanted. */
  noCamera = false;
  /** The browser wants another click before it plays. */
  silent = false;
  /** Loads when the call is connected: before, there is nothing to measure. */
  watch: QualityWatch | undefined;
  sheet: "none" | "keypad" | "devices" = "none";
  /** The agent's picture, while it is drawn. */
  picture: HTMLVideoElement | undefined;
  #hushDevices = () => {};

  constructor(host: CallHost, plan: CallPlan, views: CallViews) {
    this.host = host;
    this.plan = plan;
    this.#views = views;
    this.#call = newCall(plan, host.ready());
    const { signal } = this.#life;
    addEventListener("beforeunload", (event) => {
      if (this.running) event.preventDefault();
    }, { signal });
    const before = { signal, capture: true }; // Before the socket is closed.
    addEventListener("pagehide", () => this.hangUp(), before);
    addEventListener("online", () => this.do({ type: "network" }), { signal });
    this.#begin();
  }

  get call(): Call {
    return this.#call;
  }

  get phone(): Phone | undefined {
    return this.#phone;
  }

  get remote(): MediaStream | undefined {
    return this.#phone?.remote;
  }

  get running(): boolean {
    return this.#call.state !== "ended";
  }

  view(model: Model): ComponentChild {
    return this.#views.whole(this, model);
  }

  bar(model: Model): ComponentChild {
    return this.#views.bar(this, model);
  }

  hear(message: ContactMessage): void {
    if (message.mt === "IceConfig") this.#ice?.hear(message);
    else this.do({ type: "told", message });
  }

  refused(error: ErrorCode): void {
    const event = refusal(error);
    if (event && this.#call.state !== "connected") this.do(event);
  }

  linked(resumed: boolean): void {
    this.do({ type: "linked", resumed });
  }

  unlinked(): void {
    this.do({ type: "unlinked" });
  }

  hangUp(): void {
    this.do({ type: "hang-up" });
  }

  dispose(): void {
    this.hangUp();
    this.#close();
    this.#life.abort();
  }

  /** What the visitor sends has changed: replaces it, or offers it. */
  async send(kind: "audio" | "video", track: MediaStreamTrack | undefined) {
    const sent = await this.#phone?.replace(kind, track ?? null);
    if (!sent && track) {
      this.#phone?.add(track, this.own.stream);
      this.do({ type: "changed" });
    }
    this.host.changed();
  }

  play(): void {
    this.audio.play().then(() => this.#quiet(false), () => this.#quiet(true));
  }

  /** One event of the call, and what follows from it. */
  do(event: CallEvent): void {
    // The socket may have gone the same way.
    if (event.type === "broken") this.host.wake();
    const before = this.#call;
    const { call, effects } = stepCall(before, event, Date.now());
    this.#call = call;
    for (const effect of effects) this.#perform(effect);
    if (call === before) return;
    if (call.state !== before.state) this.#moved(call);
    this.host.changed();
  }

  async #begin(): Promise<void> {
    const ice = this.#ice = new IceWait();
    this.host.send({ mt: "GetIceConfig" });
    const opened = await this.own.open(this.plan.video);
    if (!this.running) return this.own.stop();
    if (!opened.ok) return this.do({ type: "failed", reason: opened.error });
    this.noCamera = opened.value.noCamera;
    this.host.changed();
    const config = await ice.config;
    if (!this.running) return;
    this.do({ type: "offered", sdp: await this.#connect(config).offer(false) });
  }

  #connect(config: IceConfig | undefined): Phone {
    const phone = this.#phone = new Phone(iceServers(config), {
      remote: () => {
        this.audio.srcObject = phone.remote;
        this.play();
        this.host.changed();
      },
      flowing: () => this.do({ type: "flowing" }),
      broken: () => this.do({ type: "broken" }),
    });
    for (const track of this.own.stream.getTracks()) {
      phone.add(track, this.own.stream);
    }
    return phone;
  }

  #perform(effect: CallEffect): void {
    switch (effect.type) {
      case "say":
        this.host.send(effect.message);
        return;
      case "take-answer":
        return this.#then((phone) => phone.takeAnswer(effect.sdp));
      case "take-offer":
        return this.#then(async (phone) => {
          const sdp = await phone.takeOffer(effect.sdp);
          this.do({ type: "answered", sdp });
        });
      case "offer":
        return this.#then(async (phone) => {
          const sdp = await phone.offer(effect.restart);
          this.do({ type: "reoffered", sdp });
        });
      case "wait":
        clearTimeout(this.#late);
        if (effect.ms === undefined) return;
        return void (this.#late = setTimeout(this.#isLate, effect.ms));
      case "close":
        return this.#close();
    }
  }

  /** One thing after the other: descriptions must not overtake each other. */
  #then(work: (phone: Phone) => Promise<void>): void {
    this.#work = this.#work.then(async () => {
      if (this.#phone && this.running) await work(this.#phone);
    }).catch(() => {
      // The other side's description cannot be used.
      if (this.#call.state === "connected" && this.#call.since > 0) return;
      this.do({ type: "failed", reason: "endedLine" });
    });
  }

  #moved({ state, agent, cause }: Call): void {
    if (state === "alerting") this.#ringback.start();
    else this.#ringback.stop();
    if (state === "connected") this.#count();
    const ended = state === "ended" ? { cause } : {};
    this.host.tell({ type: "call", state, agent: agent.id, ...ended });
  }

  #count(): void {
    this.#timer = setInterval(() => {
      this.watch?.tick(() => this.#phone?.stats());
      this.host.changed();
    }, 1_000);
    import("./quality.ts").then(
      ({ QualityWatch }) => this.watch = new QualityWatch(),
      () => {}, // The network is away: nothing is said about it.
    );
  }

  mute(): void {
    this.own.mute(!this.own.muted);
    this.host.changed();
  }

  /** Turns the camera on or off; a voice call becomes a video call by it. */
  async toggleCamera(): Promise<void> {
    const on = this.own.video !== undefined && !this.own.sharing;
    if (on) this.own.closeVideo();
    else this.noCamera = await this.own.openCamera() === undefined;
    await this.send("video", this.own.video);
  }

  async toggleScreen(): Promise<void> {
    const stop = () => {
      this.own.closeVideo();
      this.send("video", undefined);
    };
    if (this.own.sharing) return stop();
    if (await this.own.openScreen(stop)) {
      await this.send("video", this.own.video);
    }
  }

  toggleSheet(sheet: "keypad" | "devices"): void {
    this.sheet = this.sheet === sheet ? "none" : sheet;
    this.host.changed();
  }

  /** Shows the choice of devices in an element; null: no more. */
  async devices(place: Element | null, text: Translate): Promise<void> {
    this.#hushDevices();
    this.#hushDevices = () => {};
    if (place === null) return;
    try {
      const { showDevices } = await import("./device_sheet.ts");
      if (place.isConnected) this.#hushDevices = showDevices(place, this, text);
    } catch { // The network is away: the call goes on as it is.
      this.toggleSheet("devices");
    }
  }

  #quiet(silent: boolean): void {
    if (this.silent !== silent) this.host.changed();
    this.silent = silent;
  }

  #close(): void {
    this.#ringback.stop();
    this.#hushDevices();
    this.sheet = "none";
    clearInterval(this.#timer);
    this.own.stop();
    this.audio.srcObject = null;
    this.#phone?.close();
    this.#phone = undefined;
  }
}
