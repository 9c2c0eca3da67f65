/**
 * The test of one server, driven by the events of ICE gathering.
 *
 *              its kind of candidate          data came back
 *   reaching ------------------------> relaying -------------> passed
 *      |     \__ STUN: that is all _______________________________^
 *      | nothing came, late            | late
 *      v                               v
 *    failed <--------------------------+        stop: stopped, while it runs
 */
export type Probe =
  | {
    state: "reaching";
    kind: ServerKind;
    errors: readonly IceError[];
    /** True if the browser itself has a public address. */
    isPublic: boolean;
  }
  | { state: "relaying"; address: string }
  | { state: "passed"; proof: Evidence }
  | { state: "failed"; why: Why; error?: IceError }
  | { state: "stopped" };

export type ServerKind = "stun" | "turn";

export type Evidence =
  /** The public address of this browser. */
  | { kind: "seen-as"; address: string }
  /** No router changes this browser's address. */
  | { kind: "direct" }
  /** Data came back through the relay at this address. */
  | { kind: "relayed"; address: string; roundTripMs: number };

export type Why =
  | "no-answer"
  | "no-name"
  | "unauthorized"
  | "clock"
  | "quota"
  | "forbidden"
  | "unsupported"
  | "no-data"
  | "missing"
  | "unusable"
  | "refused";

/** Members of `icecandidateerror`: a code of STUN (RFC 8489, 14.8; RFC 8656,
 * 19), or 701 for a server that was not reached (webrtc-pc, 4.8.2). */
export interface IceError {
  code: number;
  text: string;
}

export type ProbeEvent =
  | {
    type: "candidate";
    kind: "host" | "srflx" | "prflx" | "relay";
    address: string;
  }
  | { type: "error"; error: IceError }
  /** The browser has gathered all candidates. */
  | { type: "gathered" }
  | { type: "echo"; roundTripMs: number }
  /** The browser rejects the server's address. */
  | { type: "refused"; text: string }
  | { type: "late" }
  | { type: "stop" };

/** True if the test has ended. */
export function isOver({ state }: Probe): boolean {
  return state === "passed" || state === "failed" || state === "stopped";
}

/** Returns the initial state of a server's test. */
export function newProbe(url: string): Probe {
  const kind = url.startsWith("stun") ? "stun" : "turn";
  return { state: "reaching", kind, errors: [], isPublic: false };
}

export function stepProbe(probe: Probe, event: ProbeEvent): Probe {
  if (probe.state !== "reaching" && probe.state !== "relaying") return probe;
  if (event.type === "stop") return { state: "stopped" };
  if (event.type === "refused") {
    return fail("unusable", { code: 0, text: event.text });
  }
  return probe.state === "reaching" ? reach(probe, event) : relay(probe, event);
}

type Reaching = Extract<Probe, { state: "reaching" }>;
type Relaying = Extract<Probe, { state: "relaying" }>;

function reach(probe: Reaching, event: ProbeEvent): Probe {
  switch (event.type) {
    case "candidate":
      return hear(probe, event);
    case "error":
      return { ...probe, errors: [...probe.errors, event.error] };
    case "gathered":
    case "late":
      return nothingCame(probe);
    default:
      return probe;
  }
}

function relay(probe: Relaying, event: ProbeEvent): Probe {
  if (event.type === "late") return fail("no-data");
  if (event.type !== "echo") return probe;
  const { address } = probe;
  const { roundTripMs } = event;
  return passed({ kind: "relayed", address, roundTripMs });
}

function hear(
  probe: Reaching,
  { kind, address }: Extract<ProbeEvent, { type: "candidate" }>,
): Probe {
  if (probe.kind === "turn") {
    return kind === "relay" ? { state: "relaying", address } : probe;
  }
  if (kind === "srflx") return passed({ kind: "seen-as", address });
  if (kind !== "host" || !isPublic(address)) return probe;
  return { ...probe, isPublic: true };
}

/** Returns the failure for the errors, the most informative one first. */
function nothingCame({ kind, errors, isPublic }: Reaching): Probe {
  const error = errors.toSorted((a, b) => weight(b) - weight(a))[0];
  if (error === undefined) {
    // A server that only repeats a known address adds no candidate.
    if (kind === "stun" && isPublic) return passed({ kind: "direct" });
    return fail("no-answer");
  }
  return fail(whyOf(error), error);
}

function whyOf({ code, text }: IceError): Why {
  switch (code) {
    case 401:
    case 441:
      return "unauthorized";
    case 403:
      return "forbidden";
    case 440:
    case 442:
    case 443:
      return "unsupported";
    case 486:
    case 508:
      return "quota";
    case 701:
    case 600:
      return /lookup|resolve|dns/i.test(text) ? "no-name" : "no-answer";
    default:
      return "refused";
  }
}

/** An answer of the server is more informative than a failed path. */
function weight({ code }: IceError): number {
  return code >= 300 && code < 600 ? 1 : 0;
}

/** True unless the address belongs to a private network, or is a name that
 * hides one (mDNS). */
function isPublic(address: string): boolean {
  return !/^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|::1$|f[cd]|fe80:)|\.local$/i
    .test(address);
}

function passed(proof: Evidence): Probe {
  return { state: "passed", proof };
}

function fail(why: Why, error?: IceError): Probe {
  return { state: "failed", why, ...(error && { error }) };
}
