/** A coder's names on both sides, and its SDP lines. */
export interface Coder {
  /** Name in Channels (SDK: PbxSignal). */
  name: string;
  kind: "audio" | "video";
  /** Name in `a=rtpmap`, compared case-insensitively. */
  codec: string;
  rate: number;
  encoding?: number;
  /** Payload type if Channels has none (the SDK's media.h). */
  payload: number;
  /** `a=fmtp` of an offer that the page has not described before. */
  fmtp?: string;
}

/** The coders that both browsers and PBXs support. Others are left out. */
const CODERS: readonly Coder[] = [
  {
    name: "OPUS-WB",
    kind: "audio",
    codec: "opus",
    rate: 48_000,
    encoding: 2,
    payload: 109,
    fmtp: "minptime=10;useinbandfec=1",
  },
  { name: "G722", kind: "audio", codec: "G722", rate: 8_000, payload: 9 },
  { name: "G711u", kind: "audio", codec: "PCMU", rate: 8_000, payload: 0 },
  { name: "G711A", kind: "audio", codec: "PCMA", rate: 8_000, payload: 8 },
  { name: "VPB", kind: "video", codec: "VP8", rate: 90_000, payload: 107 },
  {
    name: "H264",
    kind: "video",
    codec: "H264",
    rate: 90_000,
    payload: 102,
    fmtp:
      "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
  },
];

/** OPUS-NB is Opus as well, because SDP has one name for both. */
const ALIASES: Record<string, string> = { "OPUS-NB": "OPUS-WB" };

export function coderByName(name: string): Coder | undefined {
  const known = ALIASES[name] ?? name;
  return CODERS.find((coder) =>
    coder.name.toLowerCase() === known.toLowerCase()
  );
}

export function coderByCodec(codec: string, rate: number): Coder | undefined {
  return CODERS.find((coder) =>
    coder.codec.toLowerCase() === codec.toLowerCase() && coder.rate === rate
  );
}

/** RTP's fixed payload types may be in an m-line without `a=rtpmap`. */
export function coderByStaticPayload(payload: number): Coder | undefined {
  return CODERS.find((coder) => coder.payload === payload && payload < 96);
}
