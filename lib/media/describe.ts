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
  await step(peer.setLocalDescription(offer), clock);
  return await gathered(peer, clock, options.iceRestart);
}

/** Creates a complete answer to the offer that the peer connection has. */
export async function answerOf(
  peer: RTCPeerConnection,
  clock: Clock,
): Promise<string> {
  const answer = await step(peer.createAnswer(), clock);
  await step(peer.setLocalDescription(answer), clock);
  return await gathered(peer, clock);
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
 * Resolves with the description and its candidates: all of them, or those that
 * arrived before a pause. After an ICE restart, `complete` may still be the
 * state of the previous gathering.
 */
function gathered(
  peer: RTCPeerConnection,
  clock: Clock,
  isRestart = false,
): Promise<string> {
  const { gatherSilenceMs, gatherMs } = MEDIA_LIMITS;
  return new Promise((resolve) => {
    const cap = clock.after(gatherMs, done);
    let silence = clock.after(gatherSilenceMs, done);
    const more = () => {
      silence[Symbol.dispose]();
      silence = clock.after(gatherSilenceMs, done);
    };
    const look = () => peer.iceGatheringState === "complete" && done();
    function done() {
      cap[Symbol.dispose]();
      silence[Symbol.dispose]();
      peer.removeEventListener("icecandidate", more);
      peer.removeEventListener("icegatheringstatechange", look);
      resolve(peer.localDescription?.sdp ?? "");
    }
    peer.addEventListener("icecandidate", more);
    peer.addEventListener("icegatheringstatechange", look);
    if (!isRestart) look();
  });
}
