import type { Candidate, SetupRole } from "./channels_json.ts";
import type { Coder } from "./coders.ts";

/** The content of an SDP that Channels can express too. */
export interface Description {
  sections: Section[];
}

/** One m-line, in its place. */
export interface Section {
  mid: string;
  /** As in the m-line, so that an answer can repeat it. */
  type: string;
  protocol: string;
  /** All payload types of the m-line, so that a rejection can repeat them. */
  payloads: string;
  /** Absent if it is rejected, or of another kind (a data channel). */
  media?: SectionMedia;
}

export interface SectionMedia {
  kind: "audio" | "video";
  formats: Format[];
  transport: Transport;
  direction: Direction;
  /** Milliseconds of audio per packet. */
  ptime?: number;
  /** Keys as RTP events (RFC 4733) at 8,000 Hz. */
  keys?: KeyEvents;
}

export interface KeyEvents {
  payload: number;
  /** The parameters of `a=fmtp`, verbatim. */
  fmtp?: string;
}

/** In `a=rtpmap`, and as a coder in Channels. */
export const KEY_EVENTS = "telephone-event";

export const DIRECTIONS = [
  "sendrecv",
  "sendonly",
  "recvonly",
  "inactive",
] as const;
export type Direction = (typeof DIRECTIONS)[number];

export interface Format {
  coder: Coder;
  payload: number;
  /** The parameters of `a=fmtp`, verbatim. */
  fmtp?: string;
}

export interface Transport {
  address: string;
  port: number;
  mux: boolean;
  lite: boolean;
  usr: string;
  pwd: string;
  /** SHA-256 as 64 lower case hex digits. */
  fingerprint: string;
  role: SetupRole | undefined;
  candidates: Candidate[];
}

export type ChannelsErrorReason =
  | "unreadable"
  | "no-audio"
  | "no-coder"
  | "no-fingerprint"
  | "no-ice"
  | "no-rtcp-mux";

/** The error of a conversion. `text` is for the log and the trace. */
export interface ChannelsError {
  reason: ChannelsErrorReason;
  text: string;
}
