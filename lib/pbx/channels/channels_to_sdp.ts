import * as sdpTransform from "sdp-transform";
import { ipVersion } from "@/lib/base/ip_address.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { candidateLines } from "./candidates.ts";
import {
  type Channels,
  type CoderEntry,
  mediaOf,
  type SetupRole,
} from "./channels_json.ts";
import { coderByName } from "./coders.ts";
import {
  type ChannelsError,
  type Description,
  type Direction,
  type Format,
  KEY_EVENTS,
  type KeyEvents,
  type Section,
} from "./description.ts";
import { keyEventsOf } from "./key_events.ts";

/** The input of an SDP besides Channels. */
export interface SdpContext {
  kind: "offer" | "answer";
  /** The page's last description, whose sections keep their place and mid. */
  page: Description;
  /** Version of the `o=` line, incremented with each SDP of a call. */
  version: number;
}

type Kind = "audio" | "video";
const PROTOCOL = "UDP/TLS/RTP/SAVPF";

/**
 * Converts the PBX's Channels to the SDP for a browser. An answer has the offer's
 * sections in the offer's order; an offer has the existing sections first. It
 * never has BUNDLE, because Channels has a transport per medium.
 */
export function toSdp(
  channels: Channels,
  context: SdpContext,
): Result<string, ChannelsError> {
  const media: Lines[] = [];
  const open = new Set<Kind>();
  const sections = context.kind === "answer"
    ? context.page.sections
    : withNewSections(context.page.sections, channels);
  for (const section of sections) {
    const kind = kindOf(section, context.kind);
    const lines = kind === undefined || open.has(kind)
      ? ok(rejected(section))
      : openSection(section, kind, channels, context);
    if (!lines.ok && kind === "audio") return lines;
    const written = lines.ok ? lines.value : rejected(section);
    if (written.port !== 0 && kind !== undefined) open.add(kind);
    media.push(written);
  }
  if (!open.has("audio")) {
    return err({ reason: "no-audio", text: "no coder for sound is common" });
  }
  return ok(write(media, context.version));
}

/** A rejected section stays rejected in the answer; an offer may open it. */
function kindOf(section: Section, kind: SdpContext["kind"]): Kind | undefined {
  if (kind === "answer") return section.media?.kind;
  const { type } = section;
  return type === "audio" || type === "video" ? type : undefined;
}

function withNewSections(sections: Section[], channels: Channels): Section[] {
  const kinds: Kind[] = ["audio", "video"];
  const missing = kinds.filter((kind) =>
    !sections.some(({ type }) => type === kind) &&
    formatsOf(channels, kind, []).length > 0
  );
  const mids = new Set(sections.map(({ mid }) => mid));
  return [
    ...sections,
    ...missing.map((type) => {
      let number = mids.size;
      while (mids.has(String(number))) number++;
      mids.add(String(number));
      return { mid: String(number), type, protocol: PROTOCOL, payloads: "0" };
    }),
  ];
}

/** One m-line with its lines, for the SDP writer. */
interface Lines {
  port: number;
  [line: string]: unknown;
}

function rejected({ mid, type, protocol, payloads }: Section): Lines {
  return {
    mid,
    type,
    port: 0,
    protocol,
    payloads,
    connection: { version: 4, ip: "0.0.0.0" },
    direction: "inactive",
  };
}

/** Returns a section with media, the same section rejected, or the error. */
function openSection(
  section: Section,
  kind: Kind,
  channels: Channels,
  context: SdpContext,
): Result<Lines, ChannelsError> {
  const offered = section.media?.formats ?? [];
  const formats = formatsOf(channels, kind, offered)
    .filter((format) => context.kind === "offer" || isOffered(format, offered));
  if (formats.length === 0) return ok(rejected(section));
  const transport = transportLines(channels, kind);
  if (!transport.ok) return transport;
  const { xmit } = entryOf(channels, kind) ?? {};
  const keys = kind === "audio"
    ? keyEventsOf(section, channels, formats)
    : undefined;
  return ok({
    ...transport.value,
    mid: section.mid,
    type: kind,
    protocol: section.media === undefined ? PROTOCOL : section.protocol,
    payloads: [...formats, ...(keys ? [keys] : [])]
      .map(({ payload }) => payload).join(" "),
    direction: mediaOf(channels, kind).role === "holdconn"
      ? "inactive"
      : directionOf(section, context.kind),
    ...(kind === "audio" && xmit !== undefined && xmit > 0 && { ptime: xmit }),
    rtp: [...formats.map(rtpmap), ...(keys ? [keysMap(keys)] : [])],
    fmtp: [...formats, ...(keys ? [keys] : [])].flatMap(({ payload, fmtp }) =>
      fmtp === undefined ? [] : { payload, config: fmtp }
    ),
    rtcpFb: kind === "video" ? formats.flatMap(feedback) : [],
    setup: setupOf(section, mediaOf(channels, kind).role, context.kind),
  });
}

function transportLines(
  channels: Channels,
  kind: Kind,
): Result<Lines, ChannelsError> {
  const { ice, mux } = mediaOf(channels, kind);
  const fingerprint = ice?.fingerprint ?? "";
  if (!/^([0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/.test(fingerprint)) {
    return err({
      reason: "no-fingerprint",
      text: `${kind} has no fingerprint`,
    });
  }
  if ((ice?.usr?.length ?? 0) < 4 || (ice?.pwd?.length ?? 0) < 22) {
    const text = `${kind} has no ICE of usable length`;
    return err({ reason: "no-ice", text });
  }
  if (!muxes(mux)) {
    return err({ reason: "no-rtcp-mux", text: `${kind} ${NO_MUX}` });
  }
  const candidates = candidateLines(ice?.candidate ?? [], true);
  const { address, port } = placeOf(entryOf(channels, kind), candidates);
  return ok({
    port,
    connection: { version: ipVersion(address) ?? 4, ip: address },
    rtcpMux: "rtcp-mux",
    ...(ice?.lite && { icelite: "ice-lite" }),
    iceUfrag: ice?.usr,
    icePwd: ice?.pwd,
    fingerprint: fingerprintLine(fingerprint),
    candidates,
    endOfCandidates: "end-of-candidates",
  });
}

const NO_MUX =
  "has RTCP on a port of its own, which no browser has: let the PBX relay it";

function entryOf(channels: Channels, kind: Kind): CoderEntry | undefined {
  return channels.ch.find(({ coder }) => coderByName(coder)?.kind === kind);
}

/** Channels has no direction, so an answer mirrors the offer's. */
function directionOf(section: Section, kind: SdpContext["kind"]): Direction {
  if (kind === "offer") return "sendrecv";
  switch (section.media?.direction) {
    case "sendonly":
      return "recvonly";
    case "recvonly":
      return "sendonly";
    case "inactive":
      return "inactive";
    default:
      return "sendrecv";
  }
}

/** Returns the coders of one kind, with the page's own parameters, if any. */
function formatsOf(
  channels: Channels,
  kind: Kind,
  known: readonly Format[],
): Format[] {
  const formats = new Map<number, Format>();
  for (const entry of channels.ch) {
    const coder = coderByName(entry.coder);
    if (coder?.kind !== kind) continue;
    const same = known.find((format) => format.coder === coder);
    const payload = entry.pt ?? same?.payload ?? coder.payload;
    if (formats.has(payload)) continue;
    const fmtp = same?.fmtp ?? coder.fmtp;
    formats.set(payload, { coder, payload, ...(fmtp && { fmtp }) });
  }
  return [...formats.values()];
}

/** An answer may contain only what was offered. */
function isOffered(format: Format, offered: readonly Format[]): boolean {
  return offered.some(({ coder }) => coder === format.coder);
}

/** P8: an absent member means no (SDK), but browsers support nothing else. */
function muxes(mux: boolean | undefined): boolean {
  return mux !== false;
}

/**
 * INFERRED: without a member, the answering side connects (RFC 5763, 5). A
 * value that is not allowed in this place counts as that default.
 */
function setupOf(
  { media }: Section,
  role: SetupRole | undefined,
  kind: SdpContext["kind"],
): SetupRole {
  const named = role === "active" || role === "passive" ? role : undefined;
  if (kind === "offer") return named ?? "actpass";
  if (media?.transport.role === "active") return "passive";
  if (media?.transport.role === "passive") return "active";
  return named ?? "active";
}

/** INFERRED: every phone accepts requests for a new key frame. */
function feedback({ payload }: Format): unknown[] {
  return [
    { payload, type: "ccm", subtype: "fir" },
    { payload, type: "nack", subtype: "pli" },
  ];
}

function rtpmap({ coder, payload }: Format): unknown {
  const { codec, rate, encoding } = coder;
  return { payload, codec, rate, ...(encoding && { encoding }) };
}

function keysMap({ payload }: KeyEvents): unknown {
  return { payload, codec: KEY_EVENTS, rate: 8_000 };
}

function fingerprintLine(hex: string): { type: string; hash: string } {
  const hash = hex.toUpperCase().match(/../g)?.join(":") ?? "";
  return { type: `sha-${hex.length * 4}`, hash };
}

/** The best candidate if the coder has no address; ICE decides in the end. */
function placeOf(
  entry: CoderEntry | undefined,
  candidates: { ip: string; port: number; priority: number }[],
): { address: string; port: number } {
  const { addr = "", port = 0 } = entry ?? {};
  if (ipVersion(addr) !== undefined && addr !== "0.0.0.0" && port > 0) {
    return { address: addr, port };
  }
  const [best] = candidates.toSorted((a, b) => b.priority - a.priority);
  return best === undefined
    ? { address: "0.0.0.0", port: 9 }
    : { address: best.ip, port: best.port };
}

function write(media: Lines[], version: number): string {
  const toText: (session: unknown) => string = sdpTransform.write;
  return toText({
    version: 0,
    origin: {
      username: "-",
      sessionId: 1,
      sessionVersion: version,
      netType: "IN",
      ipVer: 4,
      address: "127.0.0.1",
    },
    name: "-",
    timing: { start: 0, stop: 0 },
    media,
  });
}
