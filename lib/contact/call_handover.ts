import { assertNever } from "@/lib/base/assert_never.ts";
import { CAUSE } from "@/lib/base/causes.ts";
import { legId } from "@/lib/base/ids.ts";
import { OFFERS_MAX } from "@/lib/model/handover.ts";
import type { AnsweredBy } from "@/lib/model/route.ts";
import { stepConnected } from "./call_media.ts";
import { moved } from "./call_messages.ts";
import {
  type BridgeCallEffect,
  type BridgeCallStep,
  type CallAt,
  type CallOffer,
  command,
  type ConnectedCall,
  go,
  type PageMove,
  stay,
  tell,
} from "./call_state.ts";
import type { CallEvent, HandOverCall, OutgoingCall } from "./ports.ts";
import { fitAnswer, sdpFault, voiceOffer } from "./sdp.ts";

/** Time in which the visitor's page offers another connection. */
const PAGE_OFFERS_MS = 5_000;
/** Time from the colleague's acceptance until their media flow. The colleague's
 * browser may have to ask for the microphone. */
const CONNECT_MS = 30_000;

/**
 * The handover of a connected call to another agent. The visitor's page opens a
 * second connection for it, and the first agent has the call until that one
 * works. Then only the other agent has it.
 *
 *            offer-call           offer           connected         answer
 *     kept -----------> requested -----> ringing ----------> taken -------+
 *       ^                   |               |                  |          v
 *       +-------------------+---------------+------------------+--- answered
 *          declined, time, keep-call, media refused, page gone            |
 *                                                                   ready |
 *     kept by the other agent <-------------------------------------------+
 *
 * If the call ends meanwhile, the offer ends too.
 */

/** The agent who has the call wants to hand it over. */
export function offerCall(
  call: ConnectedCall,
  { to, name, note }: HandOverCall & { type: "offer-call" },
  at: CallAt,
): BridgeCallStep {
  if (call.move !== undefined) return stay(call);
  const offers = (call.offers ?? 0) + 1;
  const isOwn = to.toLowerCase() === agentOf(call).address.toLowerCase();
  if (offers > OFFERS_MAX || isOwn) {
    return go(call, command({ type: "not-taken", cause: CAUSE.unallocated }));
  }
  const move: CallOffer = {
    state: "requested",
    peer: offers,
    // Legs of a team's members have numbers, so an offer has another name.
    leg: `${legId(call.plan.id, offers)}h`,
    address: to,
    by: { name, note },
    until: at.now + PAGE_OFFERS_MS,
  };
  return go(
    { ...call, offers, move },
    tell({ mt: "CallMove", cmd: "REQUEST", peer: offers }),
  );
}

/** Ends the offer, so the call stays. */
export function keepCall(call: ConnectedCall, cause: number): BridgeCallStep {
  const { move, ...kept } = call;
  if (move === undefined) return stay(call);
  return go(
    kept,
    ...endMove(call, cause),
    command({ type: "not-taken", cause }),
    close(move.peer),
  );
}

/** The visitor's page or the other agent was too slow. */
export function afterMove(
  call: ConnectedCall,
  { now }: Pick<CallAt, "now">,
): BridgeCallStep {
  const { move } = call;
  if (move === undefined || now < move.until) return stay(call);
  const isUnanswered = move.state === "ringing";
  return keepCall(call, isUnanswered ? CAUSE.noAnswer : CAUSE.outOfOrder);
}

/** The visitor's page says something about another connection. What it missed
 * is repeated. */
export function stepPageMove(
  call: ConnectedCall,
  message: PageMove,
  at: CallAt,
): BridgeCallStep {
  const { move } = call;
  const { peer } = message;
  if (peer === call.peer) return go(call, tell(moved(call)));
  if (move?.peer !== peer) return go(call, close(peer));
  switch (move.state) {
    case "requested":
      return message.cmd === "PROPOSAL"
        ? ring(call, move, message.sdp, at)
        : stay(call);
    case "ringing":
    case "taken":
      return stay(call);
    case "answered":
      return message.cmd === "READY"
        ? accept(call, move, at)
        : go(call, answerTo(move));
    default:
      return assertNever(move);
  }
}

/** An event of the agent who is asked to take the call. */
export function stepAsked(
  call: ConnectedCall & { move: CallOffer },
  event: CallEvent,
  at: CallAt,
): BridgeCallStep {
  const { move } = call;
  if (move.state === "requested") return stay(call);
  switch (event.type) {
    case "terminated": {
      const { move: _, ...kept } = call;
      const notTaken = { type: "not-taken", cause: event.cause } as const;
      return go(kept, command(notTaken), close(move.peer));
    }
    case "connected": {
      if (move.state !== "ringing") return stay(call);
      const { name = move.address, sdp } = event;
      const until = at.now + CONNECT_MS;
      const taken = { ...move, state: "taken", name, until } as const;
      const next = { ...call, move: taken };
      return sdp === undefined ? go(next) : answer(next, sdp, at);
    }
    case "channels": {
      const { channels } = event;
      if (channels.cmd === "SELECT" && move.state === "taken") {
        return answer({ ...call, move }, channels.sdp, at);
      }
      if (channels.cmd !== "PROPOSAL" || move.state !== "answered") {
        return stay(call);
      }
      return go({ ...call, move: { ...move, later: channels.sdp } });
    }
    case "hold":
      if (move.state !== "answered") return stay(call);
      return go({ ...call, move: { ...move, held: event.held } });
    default:
      return stay(call);
  }
}

/** Returns the effects that end an offer, because the call ends. */
export function endMove(
  { move }: ConnectedCall,
  cause: number = CAUSE.normal,
): BridgeCallEffect[] {
  if (move === undefined || move.state === "requested") return [];
  return [command({ type: "hang-up", cause }, move.leg)];
}

/** Returns the agent who has the call. */
export function agentOf({ plan, by }: ConnectedCall): AnsweredBy {
  return by ?? { address: plan.address, leg: plan.id };
}

/** The page's offer is there, so the other agent is asked. */
function ring(
  call: ConnectedCall,
  move: CallOffer & { state: "requested" },
  offer: string,
  { now, limits }: CallAt,
): BridgeCallStep {
  const { media, plan: { video, visitor } } = call;
  const sdp = video && media === "video" ? offer : voiceOffer(offer); // CALL12
  if (sdp.length > limits.sdpLength || sdpFault(sdp) !== undefined) {
    return keepCall(call, CAUSE.mediaRefused); // CALL11
  }
  const { leg: id, address, by: offeredBy } = move;
  const out: OutgoingCall = { id, address, visitor, media, sdp, offeredBy };
  const until = now + limits.acceptWithinMs;
  return go(
    { ...call, move: { ...move, state: "ringing", sdp, until } },
    { type: "dial", call: out },
  );
}

function answer(
  call: ConnectedCall & { move: CallOffer & { state: "taken" } },
  sdp: string,
  { limits }: CallAt,
): BridgeCallStep {
  const { move } = call;
  if (sdp.length > limits.sdpLength || sdpFault(sdp) !== undefined) {
    return keepCall(call, CAUSE.mediaRefused); // CALL11
  }
  const { video } = call.plan;
  const fitted = fitAnswer(move.sdp, sdp, { video });
  const answered = { ...move, state: "answered", answer: fitted } as const;
  return go({ ...call, move: answered }, answerTo(answered));
}

/** The other agent's media flow, so the call is theirs. */
function accept(
  { move: _, open: _open, ...call }: ConnectedCall,
  move: CallOffer & { state: "answered" },
  at: CallAt,
): BridgeCallStep {
  const before = agentOf(call);
  const { address, leg, peer, name, held = false, later } = move;
  const handover = { at: at.now, from: before.address, to: address };
  const next: ConnectedCall = {
    ...call,
    ...{ offer: move.sdp, answer: move.answer, by: { address, leg } },
    ...{ peer, name, held },
    handovers: [...call.handovers ?? [], handover],
  };
  const hold = held === call.held ? [] : [tell({ mt: "CallHold", held })];
  const kept = go(
    next,
    {
      ...{ type: "hand-over", call: call.plan.id, to: { address, leg } },
      from: legOf(call),
    },
    tell(moved(next)),
    ...hold,
  );
  if (later === undefined) return kept;
  const channels = { cmd: "PROPOSAL", sdp: later } as const;
  const { state, effects } = stepConnected(next, channels, "agent", at);
  return go(state, ...kept.effects, ...effects);
}

/** Returns the id of the leg that has the call. The bridge names the first leg
 * after the call, also if a team's agent has it. */
export function legOf(
  { plan, by, handovers }:
    & Pick<ConnectedCall, "plan">
    & Partial<Pick<ConnectedCall, "by" | "handovers">>,
): string {
  return handovers && by ? by.leg : plan.id;
}

function answerTo(
  { peer, answer: sdp }: CallOffer & { state: "answered" },
): BridgeCallEffect {
  return tell({ mt: "CallMove", cmd: "SELECT", peer, sdp });
}

function close(peer: number): BridgeCallEffect {
  return tell({ mt: "CallMove", cmd: "CLOSE", peer });
}
