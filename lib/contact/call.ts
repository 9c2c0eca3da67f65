import { assertNever } from "@/lib/base/assert_never.ts";
import { CAUSE } from "@/lib/base/causes.ts";
import {
  afterMove,
  endMove,
  keepCall,
  legOf,
  offerCall,
  stepAsked,
  stepPageMove,
} from "./call_handover.ts";
import { stepConnected } from "./call_media.ts";
import { recordOf } from "./call_record.ts";
import { ofOther, repeated, terminated } from "./call_messages.ts";
import {
  type Answered,
  type AnsweredCall,
  type BridgeCall,
  type BridgeCallStep,
  type CallAt,
  type CallInput,
  command,
  type ConnectedCall,
  type DialledCall,
  go,
  mediaRefused,
  stay,
  tell,
} from "./call_state.ts";
import { type CallPlan, isMeant, named, queueInfo, ringingMs } from "./plan.ts";
import type { CallEvent, MediaMessage } from "./ports.ts";
import { fitAnswer, hasVideo, sdpFault, voiceOffer } from "./sdp.ts";

/** Returns the next state and its effects. Rules: SPEC.md, Calls. */
export function stepCall(
  call: BridgeCall,
  input: CallInput,
  at: CallAt,
): BridgeCallStep {
  const { state, effects } = next(call, input, at);
  const contact = contactOf(state);
  const all = effects.map((effect) =>
    effect.type === "tell" ? tell(named(effect.message, contact)) : effect
  );
  return go(state, ...all);
}

/** Returns the page's id of the running or last call. */
export function contactOf(call: BridgeCall): string | undefined {
  switch (call.state) {
    case "idle":
      return undefined;
    case "over":
      return call.contact;
    default:
      return call.plan.contact;
  }
}

function next(call: BridgeCall, input: CallInput, at: CallAt): BridgeCallStep {
  switch (input.type) {
    case "create":
      return create(call, input.plan, at);
    case "clear":
      return end(call, CAUSE.normal, at);
    case "gone":
      return end(call, input.cause, at);
    case "time":
      if (call.state === "connected") return afterMove(call, at);
      return end(call, lateCause(call), at);
    case "back":
      return back(call, input.contact);
    case "channels":
      return isMeant(contactOf(call), input.contact) &&
          isOfPeer(call, input.peer)
        ? stepChannels(call, input.channels, at)
        : stay(call); // CALL9
    case "move":
      return isMeant(contactOf(call), input.contact) &&
          call.state === "connected"
        ? stepPageMove(call, input.move, at)
        : stay(call);
    case "dtmf":
      if (call.state !== "connected") return stay(call);
      return go(call, command({ type: "dtmf", digits: input.digits }));
    case "agent":
      if (isAsked(call, input.call)) return stepAsked(call, input.event, at);
      if (!isOf(call, input.call)) return stay(call); // CALL9
      return stepAgent(call, input.event, at);
    default:
      return assertNever(input);
  }
}

function create(call: BridgeCall, plan: CallPlan, at: CallAt): BridgeCallStep {
  if (plan.contact !== undefined && plan.contact === contactOf(call)) {
    return stay(call); // CALL7: a repetition.
  }
  if (call.state !== "idle" && call.state !== "over") { // CALL7
    return go(call, tell(ofOther(plan.contact, CAUSE.busy)));
  }
  const until = at.now + at.limits.offerWithinMs;
  return go({ state: "waiting", plan, until });
}

/** CALL14, and the end of a call that only the page still has. */
function back(call: BridgeCall, contact: string | undefined): BridgeCallStep {
  const all = repeated(call).map(tell);
  const isLost = contact !== undefined &&
    (call.state === "idle" || !isMeant(contactOf(call), contact));
  if (isLost) all.push(tell(ofOther(contact, CAUSE.temporaryFailure)));
  return go(call, ...all);
}

function stepChannels(
  call: BridgeCall,
  channels: MediaMessage,
  at: CallAt,
): BridgeCallStep {
  switch (call.state) {
    case "waiting":
      if (channels.cmd !== "PROPOSAL") return stay(call);
      return dial(call.plan, channels.sdp, at);
    case "connected":
      return stepConnected(call, channels, "visitor", at);
    default:
      return stay(call);
  }
}

function dial(plan: CallPlan, offer: string, at: CallAt): BridgeCallStep {
  const bridged = plan.video ? offer : voiceOffer(offer); // CALL12
  if (sdpFault(bridged) !== undefined) { // CALL11
    const { state, effects } = over(plan, CAUSE.mediaRefused);
    return go(state, mediaRefused(), ...effects);
  }
  const { id, address, visitor, route } = plan;
  const media = hasVideo(bridged) ? "video" : "voice";
  const until = at.now + ringingMs(plan, at.limits.answerWithinMs);
  const call = {
    ...{ id, address, visitor, media, sdp: bridged } as const,
    ...(route && { route }),
  };
  return go(
    { state: "dialled", plan, offer, media, until, alerted: false },
    { type: "dial", call },
  );
}

type LegCall = DialledCall | AnsweredCall | ConnectedCall;

function stepAgent(
  call: LegCall,
  event: CallEvent,
  at: CallAt,
): BridgeCallStep {
  if (event.type === "terminated") return finish(call, event.cause, at);
  switch (call.state) {
    case "dialled":
      return stepDialled(call, event, at);
    case "answered": {
      if (event.type !== "channels" || event.channels.cmd !== "SELECT") {
        return stay(call);
      }
      const { until: _, ...answered } = call;
      return connect(answered, event.channels.sdp, at); // CALL3
    }
    case "connected":
      if (event.type === "channels") {
        return stepConnected(call, event.channels, "agent", at);
      }
      if (event.type === "hold") {
        const { held } = event;
        return go({ ...call, held }, tell({ mt: "CallHold", held }));
      }
      if (event.type === "page") return go({ ...call }); // Stored: CALL21.
      if (event.type === "offer-call") return offerCall(call, event, at);
      if (event.type === "keep-call") return keepCall(call, CAUSE.normal);
      if (event.type !== "renamed") return stay(call);
      return go(
        { ...call, name: event.name },
        tell({ mt: "CallName", dn: event.name }), // CALL19
      );
    default:
      return assertNever(call);
  }
}

function stepDialled(
  call: DialledCall,
  event: CallEvent,
  at: CallAt,
): BridgeCallStep {
  switch (event.type) {
    case "queued":
      return go({ ...call, queued: event }, tell(queueInfo("call", event)));
    case "alerting": {
      const { queued, ...dialled } = call;
      if (call.alerted && queued === undefined) return stay(call);
      const { forMs = 0 } = event;
      const { ringMsMax } = at.limits;
      const until = Math.max(call.until, at.now + Math.min(forMs, ringMsMax));
      return go(
        { ...dialled, alerted: true, until },
        tell({ mt: "CallInfo", state: "alerting" }),
      );
    }
    case "channels":
      if (event.channels.cmd !== "SELECT") return stay(call);
      return go({ ...call, early: event.channels.sdp }); // CALL2
    case "connected": {
      const { plan, offer, media, early } = call;
      const { sdp = early, name, by } = event;
      const answered: Answered = {
        plan,
        offer,
        media,
        answeredAt: at.now,
        ...(name === undefined ? {} : { name }),
        ...(by === undefined ? {} : { by }),
      };
      if (sdp !== undefined) return connect(answered, sdp, at);
      const until = at.now + at.limits.mediaWithinMs;
      return go({ ...answered, state: "answered", until });
    }
    default:
      return stay(call);
  }
}

function connect(answered: Answered, sdp: string, at: CallAt): BridgeCallStep {
  const { offer, plan: { video } } = answered;
  const call = { ...answered, state: "connected", held: false } as const;
  if (sdp.length > at.limits.sdpLength || sdpFault(sdp)) { // CALL11
    const refused = end({ ...call, answer: "" }, CAUSE.mediaRefused, at);
    return go(refused.state, mediaRefused(), ...refused.effects);
  }
  const connected: ConnectedCall = {
    ...call,
    answer: fitAnswer(offer, sdp, { video }),
  };
  return go(connected, ...repeated(connected).map(tell));
}

/** Ends the running call, including the agent's side. */
function end(call: BridgeCall, cause: number, at: CallAt): BridgeCallStep {
  if (call.state === "idle" || call.state === "over") return stay(call);
  if (call.state === "waiting") return over(call.plan, cause);
  const { state, effects } = finish(call, cause, at);
  const leg = legOf(call);
  return go(state, command({ type: "hang-up", cause }, leg), ...effects);
}

/** The leg has ended, or is being ended. */
function finish(call: LegCall, cause: number, { now }: CallAt): BridgeCallStep {
  const record = recordOf(call, cause, now);
  const { state, effects } = over(call.plan, cause);
  const asked = call.state === "connected" ? endMove(call) : [];
  return go(state, ...asked, ...effects, { type: "record", record });
}

function over({ contact }: CallPlan, cause: number): BridgeCallStep { // CALL6
  return go(
    { state: "over", cause, ...(contact === undefined ? {} : { contact }) },
    tell(terminated(cause)),
  );
}

function lateCause(call: BridgeCall): number {
  return call.state === "dialled" ? CAUSE.noAnswer : CAUSE.timeout;
}

/** True if this is the leg that has the call. */
function isOf(call: BridgeCall, id: string): call is LegCall {
  if (call.state === "idle" || call.state === "over") return false;
  return call.state !== "waiting" && legOf(call) === id;
}

/** True if this leg is asked to take the call. */
function isAsked(
  call: BridgeCall,
  id: string,
): call is ConnectedCall & Required<Pick<ConnectedCall, "move">> {
  return call.state === "connected" && call.move?.leg === id;
}

/** False for what the page has said on a connection that it has closed. */
function isOfPeer(call: BridgeCall, peer: number | undefined): boolean {
  return call.state !== "connected" || call.peer === peer;
}
