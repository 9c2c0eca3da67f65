import * as v from "valibot";

// The PBX's media description as it travels in `channels` of a signal
// (SDK: PbxSignal). Lenient where a newer PBX may say more, strict where a
// text ends up in the SDP that a browser reads: no text may end a line.

/** Members that a PBX may repeat: far above what a call needs. */
export const CODERS_MAX = 64;
export const CANDIDATES_MAX = 64;

const token = (max: number) =>
  v.pipe(
    v.union([v.string(), v.pipe(v.number(), v.transform(String))]),
    v.maxLength(max, `must have at most ${max} characters`),
    v.regex(/^[A-Za-z0-9+/=_#-]*$/, "must be letters, digits and + / = _ # -"),
  );

const port = v.pipe(
  v.number(),
  v.integer("must be a whole number"),
  v.minValue(0, "must not be negative"),
  v.maxValue(65_535, "must be at most 65535"),
);
const priority = v.pipe(
  v.number(),
  v.integer("must be a whole number"),
  v.minValue(0, "must not be negative"),
  v.maxValue(4_294_967_295, "must be at most 4294967295"),
);
const address = v.pipe(v.string(), v.maxLength(255));

/** 0 host, 1 server reflexive, 2 peer reflexive, 3 relay (INFERRED order). */
const CandidateType = v.picklist([0, 1, 2, 3]);

/** One of these is a pair of SDP candidates: RTP and RTCP (INFERRED by name). */
export const Candidate = v.object({
  addr: address,
  rtp: port,
  rtcp: v.exactOptional(port),
  rtp_prio: v.exactOptional(priority),
  rtcp_prio: v.exactOptional(priority),
  r_addr: v.exactOptional(address),
  r_rtp: v.exactOptional(port),
  r_rtcp: v.exactOptional(port),
  type: v.exactOptional(CandidateType),
  foundation: v.exactOptional(token(32)),
});
export type Candidate = v.InferOutput<typeof Candidate>;

export const Ice = v.object({
  lite: v.exactOptional(v.boolean()),
  fingerprint: v.exactOptional(v.pipe(
    v.string(),
    v.maxLength(256),
    v.regex(/^[0-9A-Fa-f:]*$/, "must be hex digits"),
    v.transform((hex) => hex.replaceAll(":", "").toLowerCase()),
  )),
  usr: v.exactOptional(token(256)),
  pwd: v.exactOptional(token(256)),
  candidate: v.exactOptional(
    v.pipe(v.array(Candidate), v.maxLength(CANDIDATES_MAX)),
  ),
});
export type Ice = v.InferOutput<typeof Ice>;

export const SetupRole = v.picklist([
  "active",
  "passive",
  "actpass",
  "holdconn",
]);
export type SetupRole = v.InferOutput<typeof SetupRole>;

export const CoderEntry = v.object({
  coder: v.pipe(v.string(), v.maxLength(32)),
  addr: v.exactOptional(address),
  port: v.exactOptional(port),
  pt: v.exactOptional(v.pipe(
    v.number(),
    v.integer("must be a whole number"),
    v.minValue(0, "must not be negative"),
    v.maxValue(127, "must be at most 127"),
  )),
  /** Milliseconds of sound in one packet. */
  xmit: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1_000))),
});
export type CoderEntry = v.InferOutput<typeof CoderEntry>;

/** `channels` of a signal. Members that we do not use are left out. */
export const Channels = v.object({
  source: v.exactOptional(v.pipe(v.string(), v.maxLength(32))),
  ch: v.exactOptional(
    v.pipe(v.array(CoderEntry), v.maxLength(CODERS_MAX)),
    [],
  ),
  audio_rtcp_mux: v.exactOptional(v.boolean()),
  audio_setup_role: v.exactOptional(SetupRole),
  audio_ice: v.exactOptional(Ice),
  video_rtcp_mux: v.exactOptional(v.boolean()),
  video_setup_role: v.exactOptional(SetupRole),
  video_ice: v.exactOptional(Ice),
});
export type Channels = v.InferOutput<typeof Channels>;

/** What one medium has in {@linkcode Channels}, whatever its prefix. */
export interface MediaChannels {
  mux: boolean | undefined;
  role: SetupRole | undefined;
  ice: Ice | undefined;
}

export function mediaOf(
  channels: Channels,
  kind: "audio" | "video",
): MediaChannels {
  return kind === "audio"
    ? {
      mux: channels.audio_rtcp_mux,
      role: channels.audio_setup_role,
      ice: channels.audio_ice,
    }
    : {
      mux: channels.video_rtcp_mux,
      role: channels.video_setup_role,
      ice: channels.video_ice,
    };
}
