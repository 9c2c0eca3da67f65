import type { Clock } from "@/lib/base/clock.ts";
import { MEDIA_LIMITS } from "./limits.ts";
import { within } from "./within.ts";

// The protocol has no trickle ICE, so each description contains all its
// candidates. Every step has a time limit, because a browser that hangs must
// not block a call.

/** Creates a complete offer. Rejects if the browser fails or takes too long. */
export async function offerOf(
  peer: RTCPeerConnection,
  clock: Clock,
  options: RTCOfferOptions = {},
): Promise<string> {
  const offer = await step(peer.createOffer(options), clock);
  const isRestart = options.iceRestart === true;
  return await gathered(peer, clock, { description: offer, isRestart });
}

/** Creates a complete answer to the offer that the peer connection has. */
export async function answerOf(
  peer: RTCPeerConnection,
  clock: Clock,
): Promise<string> {
  const answer = await step(peer.createAnswer(), clock);
  return await gathered(peer, clock, { description: answer });
}

/** Applies the other side's description. */
export function take(
  peer: RTCPeerConnection,
  clock: Clock,
  description: RTCSessionDescriptionInit,
): Promise<void> {
  return step(peer.setRemoteDescription(description), clock);
}

function step<T>(promise: Promise<T>, clock: Clock): Promise<T> {
  return within(promise, { clock, ms: MEDIA_LIMITS.stepMs });
}

/**
 * Sets the description. Resolves with it and its candidates: all of them, or
 * those that arrived before a pause. A candidate for UDP has to be among them, as
 * the others reach no browser: after a change of the network, they come first, and
 * the browser may need another second to find its new address. After an ICE
 * restart, `complete` may still be the state of the previous gathering.
 */
async function gathered(
  peer: RTCPeerConnection,
  clock: Clock,
  { description, isRestart = false }: {
    description: RTCSessionDescriptionInit;
    isRestart?: boolean;
  },
): Promise<string> {
  const { gatherSilenceMs, gatherMs } = MEDIA_LIMITS;
  let finish: () => void = () => {};
  const finished = new Promise<void>((resolve) => finish = resolve);
  let silence: Disposable | undefined;
  let cap: Disposable | undefined;
  const more = ({ candidate }: RTCPeerConnectionIceEvent) => {
    if (silence === undefined && candidate?.protocol !== "udp") return;
    silence?.[Symbol.dispose]();
    silence = clock.after(gatherSilenceMs, finish);
  };
  const look = () => peer.iceGatheringState === "complete" && finish();
  peer.addEventListener("icecandidate", more);
  try {
    await step(peer.setLocalDescription(description), clock);
    peer.addEventListener("icegatheringstatechange", look);
    if (!isRestart) look();
    cap = clock.after(gatherMs, finish);
    await finished;
  } finally {
    silence?.[Symbol.dispose]();
    cap?.[Symbol.dispose]();
    peer.removeEventListener("icecandidate", more);
    peer.removeEventListener("icegatheringstatechange", look);
  }
  return peer.localDescription?.sdp ?? "";
}
