import * as sdpTransform from "sdp-transform";
import * as v from "valibot";
import { ipVersion } from "@/lib/base/ip_address.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { CANDIDATES_MAX, SetupRole } from "./channels_json.ts";
import { coderByCodec, coderByStaticPayload } from "./coders.ts";
import {
  type ChannelsError,
  type Description,
  DIRECTIONS,
  type Format,
  KEY_EVENTS,
  type KeyEvents,
  type Section,
  type SectionMedia,
  type Transport,
} from "./description.ts";
import { candidatesOf, SdpCandidate } from "./candidates.ts";

const SECTIONS_MAX = 16;

/** The parser converts every text that looks like a number to one. */
const text = v.pipe(v.union([v.string(), v.number()]), v.transform(String));

const TransportLines = {
  iceUfrag: v.exactOptional(text),
  icePwd: v.exactOptional(text),
  icelite: v.exactOptional(v.string()),
  setup: v.exactOptional(v.fallback(v.optional(SetupRole), undefined)),
  fingerprint: v.exactOptional(v.object({ type: text, hash: text })),
  connection: v.exactOptional(v.object({ ip: text })),
  direction: v.exactOptional(v.picklist(DIRECTIONS)),
};

const MediaLines = v.object({
  ...TransportLines,
  type: text,
  port: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535)),
  protocol: text,
  payloads: v.exactOptional(text, ""),
  mid: v.exactOptional(text),
  rtcpMux: v.exactOptional(v.string()),
  ptime: v.exactOptional(v.fallback(v.optional(v.number()), undefined)),
  rtp: v.array(v.object({
    payload: v.union([v.number(), v.string()]),
    codec: text,
    rate: v.exactOptional(v.union([v.number(), v.string()])),
  })),
  fmtp: v.array(v.object({
    payload: v.union([v.number(), v.string()]),
    config: text,
  })),
  /** An unreadable candidate does not affect the others. */
  candidates: v.exactOptional(
    v.array(v.fallback(v.nullable(SdpCandidate), null)),
    [],
  ),
});
type MediaLines = v.InferOutput<typeof MediaLines>;

const SdpLines = v.object({
  ...TransportLines,
  media: v.pipe(
    v.array(MediaLines),
    v.minLength(1, "must have a medium"),
    v.maxLength(SECTIONS_MAX, `must have at most ${SECTIONS_MAX} media`),
  ),
});
type SdpLines = v.InferOutput<typeof SdpLines>;

/** Parses the SDP of a browser or a phone. Never throws. */
export function parseSdp(sdp: string): Result<Description, ChannelsError> {
  const lines = v.safeParse(SdpLines, parseLines(sdp));
  if (!lines.success) {
    const [issue] = lines.issues;
    const where = v.getDotPath(issue) ?? "sdp";
    return err({ reason: "unreadable", text: `${where}: ${issue.message}` });
  }
  const sections: Section[] = [];
  for (const [index, media] of lines.output.media.entries()) {
    const section = readSection(media, lines.output, index);
    if (!section.ok) return section;
    sections.push(section.value);
  }
  return ok({ sections });
}

function parseLines(sdp: string): unknown {
  const parse: (sdp: string) => unknown = sdpTransform.parse;
  try {
    return parse(sdp);
  } catch {
    return undefined;
  }
}

function readSection(
  media: MediaLines,
  session: SdpLines,
  index: number,
): Result<Section, ChannelsError> {
  const section: Section = {
    mid: media.mid ?? String(index),
    type: media.type,
    protocol: media.protocol,
    payloads: media.payloads,
  };
  const { type } = media;
  if (media.port === 0 || (type !== "audio" && type !== "video")) {
    return ok(section);
  }
  const transport = readTransport(media, session);
  if (!transport.ok) return transport;
  const content: SectionMedia = {
    kind: type,
    formats: readFormats(media),
    transport: transport.value,
    direction: media.direction ?? session.direction ?? "sendrecv",
  };
  if (media.ptime !== undefined && media.ptime > 0) content.ptime = media.ptime;
  const keys = readKeys(media);
  if (keys !== undefined) content.keys = keys;
  return ok({ ...section, media: content });
}

/** Returns the formats that both sides know, in the order of preference. */
function readFormats(media: MediaLines): Format[] {
  const formats: Format[] = [];
  for (const payloadText of media.payloads.split(" ")) {
    const payload = Number(payloadText);
    const map = media.rtp.find((rtp) => Number(rtp.payload) === payload);
    const coder = map === undefined
      ? coderByStaticPayload(payload)
      : coderByCodec(map.codec, Number(map.rate));
    if (coder === undefined || coder.kind !== media.type) continue;
    const fmtp = media.fmtp.find((line) => Number(line.payload) === payload);
    formats.push({ coder, payload, ...(fmtp && { fmtp: fmtp.config }) });
  }
  return onePerCoder(formats);
}

/** Returns key events at 8,000 Hz, which every telephone system knows. */
function readKeys({ rtp, fmtp, payloads }: MediaLines): KeyEvents | undefined {
  const listed = payloads.split(" ").map(Number);
  const map = rtp.find(({ payload, codec, rate }) =>
    codec.toLowerCase() === KEY_EVENTS && Number(rate) === 8_000 &&
    listed.includes(Number(payload))
  );
  if (map === undefined) return;
  const payload = Number(map.payload);
  const own = fmtp.find((line) => Number(line.payload) === payload);
  return { payload, ...(own && { fmtp: own.config }) };
}

/**
 * Keeps one payload type per coder, because Channels names a coder without its
 * parameters. For H.264 it is the first one that can send slices in several
 * packets.
 */
function onePerCoder(formats: Format[]): Format[] {
  const names = new Set(formats.map((format) => format.coder.name));
  return [...names].flatMap((name) => {
    const same = formats.filter((format) => format.coder.name === name);
    const best = same.find((format) =>
      format.fmtp?.includes("packetization-mode=1")
    );
    return best ?? same[0] ?? [];
  });
}

/** ICE and DTLS lines may be above the first m-line, for all media. */
function readTransport(
  media: MediaLines,
  session: SdpLines,
): Result<Transport, ChannelsError> {
  const fingerprint = media.fingerprint ?? session.fingerprint;
  const hex = fingerprint?.hash.replaceAll(":", "").toLowerCase() ?? "";
  if (
    fingerprint?.type.toLowerCase() !== "sha-256" || !/^[0-9a-f]{64}$/.test(hex)
  ) {
    return err({
      reason: "no-fingerprint",
      text: `${media.type} has no SHA-256 fingerprint`,
    });
  }
  const usr = media.iceUfrag ?? session.iceUfrag;
  const pwd = media.icePwd ?? session.icePwd;
  if (usr === undefined || pwd === undefined) {
    return err({ reason: "no-ice", text: `${media.type} has no ICE` });
  }
  const mux = media.rtcpMux !== undefined;
  const readable = media.candidates.filter((line) => line !== null);
  const candidates = candidatesOf(readable.slice(0, CANDIDATES_MAX), mux);
  return ok({
    ...placeOf(media, session, candidates),
    mux,
    lite: (media.icelite ?? session.icelite) !== undefined,
    usr,
    pwd,
    fingerprint: hex,
    role: media.setup ?? session.setup,
    candidates,
  });
}

/**
 * Destination of media without ICE; an answer often contains 0.0.0.0 port 9.
 */
function placeOf(
  media: MediaLines,
  session: SdpLines,
  candidates: Transport["candidates"],
): { address: string; port: number } {
  const address = (media.connection ?? session.connection)?.ip ?? "";
  const isPlace = ipVersion(address) !== undefined && address !== "0.0.0.0" &&
    address !== "::" && media.port !== 9;
  if (isPlace) return { address, port: media.port };
  const [best] = candidates.toSorted((a, b) =>
    (b.rtp_prio ?? 0) - (a.rtp_prio ?? 0)
  );
  return best === undefined
    ? { address: "0.0.0.0", port: 9 }
    : { address: best.addr, port: best.rtp };
}
