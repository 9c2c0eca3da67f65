import * as v from "valibot";
import { ipVersion } from "@/lib/base/ip_address.ts";
import type { Candidate } from "./channels_json.ts";

const TYPES = ["host", "srflx", "prflx", "relay"] as const;
const RTP = 1;
const RTCP = 2;

const text = v.pipe(v.union([v.string(), v.number()]), v.transform(String));

/** An `a=candidate` line as the SDP parser returns it. */
export const SdpCandidate = v.object({
  foundation: text,
  component: v.number(),
  transport: text,
  priority: v.number(),
  ip: text,
  port: v.number(),
  type: text,
  raddr: v.exactOptional(text),
  rport: v.exactOptional(v.number()),
});
export type SdpCandidate = v.InferOutput<typeof SdpCandidate>;

/**
 * Converts candidates to Channels, with RTP and RTCP of one address in one
 * candidate. Leaves out those that a PBX cannot reach: TCP, mDNS names,
 * addresses with a zone.
 */
export function candidatesOf(lines: SdpCandidate[], mux: boolean): Candidate[] {
  const usable = lines.filter(isUsable);
  return usable
    .filter((line) => line.component === RTP)
    .map((rtp) => pair(rtp, mux ? rtp : usable.find((o) => isPartner(rtp, o))));
}

function isUsable(line: SdpCandidate): boolean {
  return line.transport.toLowerCase() === "udp" &&
    ipVersion(line.ip) !== undefined && line.port > 0 &&
    line.port <= 65_535 && TYPES.some((type) => type === line.type) &&
    /^[A-Za-z0-9+/=_#-]{1,32}$/.test(line.foundation);
}

function isPartner(rtp: SdpCandidate, other: SdpCandidate): boolean {
  return other.component === RTCP && other.foundation === rtp.foundation &&
    other.ip === rtp.ip;
}

/** INFERRED: the meaning of a JSON candidate's members. */
function pair(rtp: SdpCandidate, rtcp: SdpCandidate | undefined): Candidate {
  const candidate: Candidate = {
    addr: rtp.ip,
    type: [0, 1, 2, 3].find((n): n is 0 | 1 | 2 | 3 => TYPES[n] === rtp.type) ??
      0,
    foundation: rtp.foundation,
    rtp: rtp.port,
    rtp_prio: rtp.priority,
  };
  if (rtcp !== undefined) {
    candidate.rtcp = rtcp.port;
    candidate.rtcp_prio = rtcp.priority;
  }
  if (rtp.raddr === undefined || ipVersion(rtp.raddr) === undefined) {
    return candidate;
  }
  candidate.r_addr = rtp.raddr;
  if (rtp.rport !== undefined) candidate.r_rtp = rtp.rport;
  if (rtcp?.rport !== undefined) candidate.r_rtcp = rtcp.rport;
  return candidate;
}

/**
 * Converts candidates to SDP lines; with `mux` one line is for RTP and RTCP.
 */
export function candidateLines(
  candidates: readonly Candidate[],
  mux: boolean,
): SdpCandidate[] {
  return candidates
    .filter((candidate) => ipVersion(candidate.addr) && candidate.rtp > 0)
    .flatMap((candidate, index) => {
      const rtp = line(candidate, index);
      if (mux || candidate.rtcp === undefined) return [rtp];
      return [rtp, {
        ...rtp,
        component: RTCP,
        port: candidate.rtcp,
        priority: candidate.rtcp_prio ?? Math.max(0, rtp.priority - 1),
        ...(candidate.r_rtcp !== undefined && { rport: candidate.r_rtcp }),
      }];
    });
}

function line(candidate: Candidate, index: number): SdpCandidate {
  const type = TYPES[candidate.type ?? 0];
  const related = type !== "host" && candidate.r_addr !== undefined &&
    ipVersion(candidate.r_addr) !== undefined;
  return {
    foundation: candidate.foundation || String(index + 1),
    component: RTP,
    transport: "udp",
    priority: candidate.rtp_prio ?? defaultPriority(candidate, index),
    ip: candidate.addr,
    port: candidate.rtp,
    type,
    ...(related && { raddr: candidate.r_addr, rport: candidate.r_rtp ?? 9 }),
  };
}

/** The formula of RFC 8445, 5.1.2.1, for a PBX that sends no priority. */
function defaultPriority(candidate: Candidate, index: number): number {
  const preference = [126, 100, 110, 0][candidate.type ?? 0] ?? 0;
  return preference * 2 ** 24 + (65_535 - index) * 2 ** 8 + 255;
}
