import type { Clock } from "@/lib/base/clock.ts";
import { deferred } from "@/lib/base/deferred.ts";

/** Candidates that are not there by then are left out: a call must not wait
 * for a server that does not answer. */
export const GATHER_MS = 1_000;
/** From a broken media path to a new offer of our own. */
export const RESTART_MS = 4_000;

/** Resolves when all candidates are in the description, or after `capMs`. */
export function gathered(
  peer: RTCPeerConnection,
  clock: Clock,
  capMs: number,
): Promise<void> {
  if (peer.iceGatheringState === "complete") return Promise.resolve();
  const { promise, resolve } = deferred();
  const look = () => peer.iceGatheringState === "complete" && resolve();
  const cap = clock.after(capMs, resolve);
  peer.addEventListener("icegatheringstatechange", look);
  return promise.finally(() => {
    cap[Symbol.dispose]();
    peer.removeEventListener("icegatheringstatechange", look);
  });
}
