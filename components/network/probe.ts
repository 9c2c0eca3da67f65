import type { Clock } from "@/lib/base/clock.ts";
import { deferred } from "@/lib/base/deferred.ts";
import {
  isOver,
  newProbe,
  type Probe,
  type ProbeEvent,
  stepProbe,
} from "./probe_state.ts";

/** Chrome tries a STUN server for 9.5 s before it gives up. */
const REACH_WITHIN_MS = 12_000;
const RELAY_WITHIN_MS = 10_000;
/** Number of round trips; the shortest one counts. */
const ECHOES = 5;

export interface ProbeOptions {
  signal: AbortSignal;
  clock: Clock;
  openPeer?: (configuration: RTCConfiguration) => RTCPeerConnection;
  /** Called with each state of the test. */
  tell(probe: Probe): void;
}

/**
 * Tests one server from this browser. A STUN server has to report our public
 * address. A TURN server has to relay data from one connection, which may use
 * only the relay, to another one and back. Never throws; resolves within 22 s.
 */
export async function probe(
  server: RTCIceServer & { urls: string },
  { signal, clock, tell, openPeer = (how) => new RTCPeerConnection(how) }:
    ProbeOptions,
): Promise<Probe> {
  let now = newProbe(server.urls);
  const over = deferred();
  const take = (event: ProbeEvent) => {
    const before = now.state;
    now = stepProbe(now, event);
    if (now.state !== before) tell(now);
    if (now.state === "relaying" && before === "reaching") limit.extend();
    if (isOver(now)) over.resolve();
  };
  using limit = new Limit(clock, () => take({ type: "late" }));
  const stop = () => take({ type: "stop" });
  signal.addEventListener("abort", stop);
  const peers: RTCPeerConnection[] = [];
  try {
    const open = (policy: RTCIceTransportPolicy) => {
      const iceServers = [server];
      const peer = openPeer({ iceServers, iceTransportPolicy: policy });
      peers.push(peer);
      return peer;
    };
    if (signal.aborted) stop();
    else if (server.urls.startsWith("stun")) await askStun(open("all"), take);
    else await askTurn(open("relay"), open("all"), take);
    await over.promise;
  } catch (error) {
    take({ type: "refused", text: String(error) });
  } finally {
    signal.removeEventListener("abort", stop);
    for (const peer of peers) peer.close();
  }
  return now;
}

type Take = (event: ProbeEvent) => void;

async function askStun(peer: RTCPeerConnection, take: Take): Promise<void> {
  hear(peer, take);
  peer.createDataChannel("test");
  await peer.setLocalDescription();
}

/** `near` can use only the relay; `far` can be reached in any way. */
async function askTurn(
  near: RTCPeerConnection,
  far: RTCPeerConnection,
  take: Take,
): Promise<void> {
  hear(near, take, far);
  far.addEventListener(
    "icecandidate",
    ({ candidate }) => give(near, candidate),
  );
  far.addEventListener("datachannel", ({ channel }) => {
    channel.addEventListener("message", ({ data }) => channel.send(data));
  });
  measure(near.createDataChannel("test"), take);
  await near.setLocalDescription();
  await far.setRemoteDescription(described(near));
  await far.setLocalDescription();
  await near.setRemoteDescription(described(far));
}

/** Reports the candidates of `peer`, and passes them to `other`. */
function hear(
  peer: RTCPeerConnection,
  take: Take,
  other?: RTCPeerConnection,
): void {
  peer.addEventListener("icecandidate", ({ candidate }) => {
    if (candidate === null) return take({ type: "gathered" });
    if (other !== undefined) give(other, candidate);
    const { type, address } = candidate;
    if (type === null) return; // The end of a generation.
    take({ type: "candidate", kind: type, address: address ?? "" });
  });
  peer.addEventListener("icecandidateerror", (event) => {
    const { errorCode: code, errorText: text } = event;
    take({ type: "error", error: { code, text } });
  });
}

/** Sends texts that come back, and reports the shortest round trip. */
function measure(channel: RTCDataChannel, take: Take): void {
  let best = Infinity;
  let left = ECHOES;
  let sentAt = 0;
  const send = () => {
    sentAt = performance.now();
    channel.send("echo");
  };
  channel.addEventListener("open", send);
  channel.addEventListener("message", () => {
    best = Math.min(best, performance.now() - sentAt);
    if (--left > 0) return send();
    take({ type: "echo", roundTripMs: Math.max(1, Math.round(best)) });
  });
}

/**
 * Holds candidates that arrive before their description, because browsers
 * expect them after it. Candidates that the description contains are repeated,
 * which does no harm.
 */
function give(to: RTCPeerConnection, candidate: RTCIceCandidate | null): void {
  if (candidate === null) return;
  const add = () => void to.addIceCandidate(candidate).catch(() => {});
  if (to.remoteDescription !== null) return add();
  to.addEventListener("signalingstatechange", add, { once: true });
}

function described(peer: RTCPeerConnection): RTCSessionDescription {
  if (peer.localDescription === null) throw new Error("No local description");
  return peer.localDescription;
}

/** A time limit that can be extended once. */
class Limit implements Disposable {
  readonly #clock: Clock;
  readonly #run: () => void;
  #timer: Disposable;

  constructor(clock: Clock, run: () => void) {
    this.#clock = clock;
    this.#run = run;
    this.#timer = clock.after(REACH_WITHIN_MS, run);
  }

  extend(): void {
    this.#timer[Symbol.dispose]();
    this.#timer = this.#clock.after(RELAY_WITHIN_MS, this.#run);
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
  }
}
