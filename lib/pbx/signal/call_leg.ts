import { CAUSE } from "@/lib/base/causes.ts";
import type { Transition } from "@/lib/base/machine.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { CallCommand, OutgoingCall } from "@/lib/contact/ports.ts";
import { endpointOf } from "../address.ts";
import {
  assumedIn,
  type ChannelsError,
  sendsKeys,
  unreadIn,
} from "../channels/mod.ts";
import {
  channelsSignal,
  type PbxCallEffect,
  problem,
  tell,
} from "./call_effects.ts";
import {
  type MediaStep,
  type Negotiation,
  openMedia,
  pageChannels,
  takeChannels,
  takeFirstAnswer,
  takeOffer,
} from "./call_media.ts";
import { callerOf } from "./caller.ts";
import { end, endedBy, release } from "./endings.ts";
import {
  type Hold,
  holdChange,
  holdResults,
  NOT_HELD,
  takeHold,
} from "./hold.ts";
import {
  causeOf,
  nameOf,
  type OutgoingSignal,
  type Signal,
  transferNameOf,
} from "./signal.ts";

/**
 * A call with media, from the visitor to an agent (SDK: PbxSignal):
 *
 *     dialling --call_proc--> proceeding --alert--> alerting
 *         |                       |                    |
 *         +--- conn --------------+--------------------+--> connected
 *         |                       |                    |        |
 *         +--- disc, rel, hang-up, late, link lost -------------+--> ended
 *
 * Any state may be skipped. SELECT before `conn` is early media: it is held
 * and told with `connected` (P24).
 */
export type PbxCallState =
  | Ringing
  | Connected
  | { state: "ended" };

interface Connected {
  state: "connected";
  media: Negotiation;
  hold: Hold;
}

interface Ringing {
  state: "dialling" | "proceeding" | "alerting";
  media: Negotiation;
  /** The early answer, as Channels. */
  held?: unknown;
  /** An offer of the PBX that arrived before the call was connected. */
  waiting?: unknown;
  name?: string;
}

export type CallStimulus =
  | { type: "signal"; signal: Signal }
  | { type: "command"; command: CallCommand }
  /** The state's time has expired; `cause` says which one. */
  | { type: "late"; cause: number }
  | { type: "lost" };

export type PbxCallStep = Transition<PbxCallState, PbxCallEffect>;

/** Returns the first step: the setup, or the error of the offer. */
export function startCall(
  call: OutgoingCall,
  cliOverride = false,
): Result<PbxCallStep, ChannelsError> {
  const opened = openMedia(call);
  if (!opened.ok) return err(opened.error);
  const { media, channels } = opened.value;
  const signal: OutgoingSignal = {
    type: "setup",
    bc: "8090a2",
    cd: endpointOf(call.address),
    complete: true,
    channel: -1,
    fty: callerOf(call, cliOverride),
    channels_cmd: "PROPOSAL",
    channels,
  };
  return ok(stay({ state: "dialling", media }, { type: "signal", signal }));
}

export function stepCall(call: PbxCallState, event: CallStimulus): PbxCallStep {
  if (call.state === "ended") return stay(call); // P26
  switch (event.type) {
    case "lost":
      return end(CAUSE.temporaryFailure);
    case "late":
      return release(event.cause);
    case "command":
      return command(call, event.command);
    case "signal":
      return event.signal.type === "disc" || event.signal.type === "rel"
        ? endedBy(event.signal)
        : call.state === "connected"
        ? withNotes(inConnected(call, event.signal), event.signal)
        : withNotes(inRinging(call, event.signal), event.signal);
  }
}

/**
 * P47: unreadable parts of media are noted, and the rest is used. P49: a
 * request to hold gets its result.
 */
function withNotes(
  { state, effects }: PbxCallStep,
  signal: Signal,
): PbxCallStep {
  const notes = [
    ...unreadIn(signal.channels)
      .map((text): PbxCallEffect => ({
        type: "problem",
        text: `media: ${text}`,
      })),
    ...assumedIn(signal.channels)
      .map((text): PbxCallEffect => ({ type: "note", text: `media: ${text}` })),
  ];
  return { state, effects: [...notes, ...holdResults(signal), ...effects] };
}

function inRinging(call: Ringing, signal: Signal): PbxCallStep {
  const name = nameOf(signal);
  const named = name === undefined ? call : { ...call, name };
  const { ringing, effects } = takeEarly(named, signal);
  switch (signal.type) {
    case "call_proc":
    case "setup_ack":
      return ringing.state === "dialling"
        ? stay({ ...ringing, state: "proceeding" }, ...effects)
        : stay(ringing, ...effects);
    case "alert":
      return ringing.state === "alerting" ? stay(ringing, ...effects) : stay(
        { ...ringing, state: "alerting" },
        tell({ type: "alerting" }),
        ...effects,
      );
    case "conn":
      return connect(ringing);
    case "progress": // With a cause, there is only a tone left to hear.
      return signal.cau === undefined
        ? stay(ringing, ...effects)
        : release(causeOf(signal));
    default:
      return stay(ringing, ...effects);
  }
}

/** P24: media before `conn` is kept until then. */
function takeEarly(
  call: Ringing,
  signal: Signal,
): { ringing: Ringing; effects: PbxCallEffect[] } {
  switch (signal.channels_cmd) {
    case "SELECT":
      return { ringing: { ...call, held: signal.channels }, effects: [] };
    case "PROPOSAL":
      return { ringing: { ...call, waiting: signal.channels }, effects: [] };
    case "REQUEST":
      return { ringing: call, effects: repeatOffer(call.media) };
    case "CLOSE": {
      const { held: _held, waiting: _waiting, ...ringing } = call;
      return { ringing, effects: [] };
    }
    case "NONE":
      return { ringing: call, effects: [] };
  }
}

function repeatOffer({ open }: Negotiation): PbxCallEffect[] {
  if (open.by !== "page") return [];
  const { channels } = open;
  return [channelsSignal({ channels_cmd: "PROPOSAL", channels })];
}

function connect({ media, held, waiting, name }: Ringing): PbxCallStep {
  const named = name === undefined ? {} : { name };
  if (held === undefined) {
    const connected = tell({ type: "connected", ...named });
    return afterConnect(media, connected, waiting);
  }
  const answer = takeFirstAnswer(media, held);
  if (!answer.ok) return refuseMedia(answer.error);
  const { sdp } = answer.value;
  const connected = tell({ type: "connected", sdp, ...named });
  return afterConnect(answer.value.media, connected, waiting);
}

function afterConnect(
  media: Negotiation,
  connected: PbxCallEffect,
  waiting: unknown,
): PbxCallStep {
  if (waiting === undefined) {
    return stay({ state: "connected", media, hold: NOT_HELD }, connected);
  }
  const step = takeOffer(media, waiting);
  const effects = [connected, ...step.effects];
  return withMedia({ ...step, effects }, NOT_HELD);
}

function inConnected({ media, hold: before }: Connected, signal: Signal) {
  const step = takeChannels(media, signal);
  const hold = takeHold(before, signal, media);
  const name = transferNameOf(signal);
  const effects = [
    ...(name === undefined ? [] : [tell({ type: "renamed", name })]),
    ...holdChange(before, hold),
    ...step.effects,
  ];
  return withMedia({ ...step, effects }, hold);
}

function command(
  call: Exclude<PbxCallState, { state: "ended" }>,
  command: CallCommand,
): PbxCallStep {
  if (command.type === "hang-up") return release(command.cause);
  if (call.state !== "connected") return stay(call);
  switch (command.type) {
    case "channels":
      return withMedia(pageChannels(call.media, command.channels), call.hold);
    case "dtmf":
      return stay(call, ...keys(call.media, command.digits));
    case "not-taken": // A phone never asked for that.
      return stay(call);
  }
}

function withMedia(
  { media, effects, refused }: MediaStep,
  hold: Hold,
): PbxCallStep {
  return refused === undefined
    ? stay({ state: "connected", media, hold }, ...effects)
    : refuseMedia(refused);
}

/** An answer without encryption, or without sound, ends the call. */
function refuseMedia(error: ChannelsError): PbxCallStep {
  const { state, effects } = release(CAUSE.mediaRefused);
  return { state, effects: [problem(error), ...effects] };
}

/** P48: a page whose audio has key events sends keys there, and only there. */
function keys({ page }: Negotiation, digits: string): PbxCallEffect[] {
  return sendsKeys(page) ? [] : [...digits].map(dtmf);
}

/** INFERRED: a phone without key events accepts keys as remote control. */
function dtmf(digit: string): PbxCallEffect {
  const control = "DTMF_DIGIT";
  const fty = [{ type: "innovaphone_remote_control", control, digit }];
  return { type: "signal", signal: { type: "facility", fty } };
}

function stay(state: PbxCallState, ...effects: PbxCallEffect[]): PbxCallStep {
  return { state, effects };
}
