import { equal, ok } from "node:assert/strict";
import * as v from "valibot";
import type { CallCommand, CallEvent } from "@/lib/contact/ports.ts";
import { type PbxCallEffect } from "@/lib/pbx/signal/call_effects.ts";
import {
  type PbxCallState,
  startCall,
  stepCall,
} from "@/lib/pbx/signal/call_leg.ts";
import { Signal } from "@/lib/pbx/signal/signal.ts";
import { sampleOffer } from "./sdp.ts";

const file = new URL(
  "../../lib/pbx/channels/samples/select-from-werift.json",
  import.meta.url,
);
/** A phone's media, as Channels. */
export const channels = JSON.parse(await Deno.readTextFile(file));
export const SELECT = { channels_cmd: "SELECT", channels };
export const PROPOSAL = { channels_cmd: "PROPOSAL", channels };
export const STATES = [
  "dialling",
  "proceeding",
  "alerting",
  "connected",
] as const;

export function outgoing(media: "voice" | "video" = "video") {
  return {
    id: "c1",
    address: "atlantis",
    visitor: { name: "Ada", widget: { uuid: "", name: "Cards" }, lang: "en" },
    media,
    sdp: sampleOffer(media),
  };
}

/** A call's state machine with everything that it did. */
export class CallRun {
  effects: PbxCallEffect[] = [];
  constructor(public state: PbxCallState) {}

  on(stimulus: Parameters<typeof stepCall>[1]): void {
    const { state, effects } = stepCall(this.state, stimulus);
    this.state = state;
    this.effects.push(...effects);
  }

  signal(json: object): void {
    this.on({ type: "signal", signal: v.parse(Signal, json) });
  }

  command(command: CallCommand): void {
    this.on({ type: "command", command });
  }

  get told(): CallEvent[] {
    return this.effects.flatMap((e) => e.type === "tell" ? e.event : []);
  }

  get signals() {
    return this.effects.flatMap((e) => e.type === "signal" ? e.signal : []);
  }

  get problems(): string[] {
    return this.effects.flatMap((e) => e.type === "problem" ? e.text : []);
  }
}

export function dial(): CallRun {
  const started = startCall(outgoing());
  ok(started.ok);
  const run = new CallRun(started.value.state);
  run.effects.push(...started.value.effects);
  return run;
}

export function connected(): CallRun {
  return inState("connected");
}

/** Returns a call in a state, with nothing sent or signalled yet. */
export function inState(state: typeof STATES[number]): CallRun {
  const run = dial();
  if (state !== "dialling") run.signal({ type: "call_proc" });
  if (state === "alerting") run.signal({ type: "alert" });
  if (state === "connected") run.signal({ type: "conn", ...SELECT });
  equal(run.state.state, state);
  run.effects = [];
  return run;
}

/** Returns an event in a word. */
export function summary(event: CallEvent): string {
  if (event.type === "channels") return event.channels.cmd;
  return event.type === "connected" && event.sdp ? "connected sdp" : event.type;
}
