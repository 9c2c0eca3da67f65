import { assertNever } from "@/lib/base/assert_never.ts";
import {
  type BridgeCallEffect,
  type BridgeCallStep,
  type CallAt,
  command,
  type ConnectedCall,
  go,
  mediaRefused,
  stay,
  tell,
} from "./call_state.ts";
import type { MediaMessage } from "./ports.ts";
import { fitAnswer, sdpFault, voiceOffer } from "./sdp.ts";

type Side = "visitor" | "agent";

/**
 * Passes the media messages of one side of a connected call to the other.
 *
 *     settled --offer--> open by the visitor --agent's answer--> settled
 *        |                      | agent's offer wins
 *        +------offer--> open by the agent --visitor's answer--> settled
 */
export function stepConnected(
  call: ConnectedCall,
  media: MediaMessage,
  from: Side,
  at: Pick<CallAt, "limits">,
): BridgeCallStep {
  switch (media.cmd) {
    case "PROPOSAL":
      return offer(call, media.sdp, from, at);
    case "SELECT":
      return answer(call, media.sdp, from, at);
    case "REQUEST":
    case "CLOSE":
      return go(call, pass(media, from));
    default:
      return assertNever(media);
  }
}

function offer(
  call: ConnectedCall,
  sdp: string,
  from: Side,
  { limits }: Pick<CallAt, "limits">,
): BridgeCallStep {
  // CALL16: if both sides have sent an offer, the agent's counts.
  if (from === "visitor" && call.open?.from === "agent") return stay(call);
  const bridged = call.plan.video ? sdp : voiceOffer(sdp);
  const isTooLong = bridged.length > limits.sdpLength; // CALL17
  if (isTooLong || sdpFault(bridged) !== undefined) return refuse(call, from);
  return go(
    { ...call, open: { from, offer: bridged } },
    pass({ cmd: "PROPOSAL", sdp: bridged }, from),
  );
}

function answer(
  call: ConnectedCall,
  sdp: string,
  from: Side,
  { limits }: Pick<CallAt, "limits">,
): BridgeCallStep {
  const { open, ...settled } = call;
  if (open === undefined || open.from === from) return stay(call); // CALL15
  const isTooLong = sdp.length > limits.sdpLength; // CALL17
  if (isTooLong || sdpFault(sdp) === "unencrypted") {
    return refuse(call, from);
  }
  const { video } = call.plan;
  const fitted = fitAnswer(open.offer, sdp, { video });
  return go(settled, pass({ cmd: "SELECT", sdp: fitted }, from));
}

/** Drops unencrypted media, and tells the visitor's page if it has sent it. */
function refuse(call: ConnectedCall, from: Side): BridgeCallStep {
  return from === "visitor" ? go(call, mediaRefused()) : stay(call);
}

function pass(media: MediaMessage, from: Side): BridgeCallEffect {
  return from === "visitor"
    ? command({ type: "channels", channels: media })
    : tell({ mt: "Channels", ...media });
}
