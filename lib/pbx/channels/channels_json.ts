import * as v from "valibot";

// The PBX's media description in the `channels` of a signal (SDK: PbxSignal,
// which leaves most types open). The schemas are lenient about the format of a
// value, but strict if a text becomes part of the SDP that a browser reads: no
// text may end a line.

/** Limits of members that a PBX may repeat, far above what a call needs. */
export const CODERS_MAX = 64;
export const CANDIDATES_MAX = 64;

const token = (max: number) =>
  v.pipe(
    v.union([v.string(), v.pipe(v.number(), v.transform(String))]),
    v.maxLength(max, `must have at most ${max} characters`),
    v.regex(/^[A-Za-z0-9+/=_#-]*$/, "must be letters, digits and + / = _ # -"),
  );

/** A number, or its digits as text. */
const number = v.union([
  v.number(),
  v.pipe(
    v.string(),
    v.trim(),
    v.regex(/^\d{1,10}$/, "must be a number"),
    v.transform(Number),
  ),
], "must be a number");

const bool = v.union([
  v.boolean(),
  v.pipe(v.picklist([0, 1]), v.transform((bit) => bit === 1)),
], "must be true or false");

/** A member that is null counts as absent. */
function members<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.pipe(
    v.looseObject({}),
    v.transform((all) =>
      Object.fromEntries(Object.entries(all).filter(([, one]) => one !== null))
    ),
    v.object(entries),
  );
}

/** Reads a list without its unreadable items, which {@linkcode unreadIn}
 * names. */
function readable<Item extends v.GenericSchema>(item: Item, max: number) {
  return v.pipe(
    v.array(v.unknown()),
    v.maxLength(max),
    v.transform((all) =>
      all.flatMap((one): v.InferOutput<Item>[] => {
        const read = v.safeParse(item, one);
        return read.success ? [read.output] : [];
      })
    ),
  );
}

const port = v.pipe(
  number,
  v.integer("must be a whole number"),
  v.minValue(0, "must not be negative"),
  v.maxValue(65_535, "must be at most 65535"),
);
const priority = v.pipe(
  number,
  v.integer("must be a whole number"),
  v.minValue(0, "must not be negative"),
  v.maxValue(4_294_967_295, "must be at most 4294967295"),
);
const address = v.pipe(v.string(), v.maxLength(255));

/** 0 host, 1 server reflexive, 2 peer reflexive, 3 relay (INFERRED order). */
const CandidateType = v.pipe(
  v.union([v.number(), v.string()]),
  v.transform((type) => {
    const named = ["host", "srflx", "prflx", "relay"].indexOf(String(type));
    return named >= 0 ? named : type === "" ? type : Number(type);
  }),
  v.picklist([0, 1, 2, 3]),
);

const SHA = /^(?:sha-\d{3}[ :]+)?([0-9A-Fa-f:]*)$/i;

/** Hex digits, with or without their algorithm, which follows from their
 * number. */
const Fingerprint = v.pipe(
  v.union([
    v.string(),
    v.pipe(v.object({ value: v.string() }), v.transform(({ value }) => value)),
  ]),
  v.maxLength(256),
  v.regex(SHA, "must be hex digits"),
  v.transform((text) =>
    (SHA.exec(text)?.[1] ?? "").replaceAll(":", "").toLowerCase()
  ),
);

/** Each of these is a pair of SDP candidates: RTP and RTCP (INFERRED by
 * name). */
export const Candidate = members({
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

export const IceParameters = members({
  lite: v.exactOptional(bool),
  fingerprint: v.exactOptional(Fingerprint),
  usr: v.exactOptional(token(256)),
  pwd: v.exactOptional(token(256)),
  candidate: v.exactOptional(readable(Candidate, CANDIDATES_MAX)),
});
export type IceParameters = v.InferOutput<typeof IceParameters>;

export const SetupRole = v.picklist([
  "active",
  "passive",
  "actpass",
  "holdconn",
]);
export type SetupRole = v.InferOutput<typeof SetupRole>;

/** An unknown role counts as absent, because it follows from who answers. */
const Role = v.fallback(v.optional(SetupRole), undefined);

export const CoderEntry = members({
  coder: v.pipe(v.string(), v.maxLength(32)),
  addr: v.exactOptional(address),
  port: v.exactOptional(port),
  pt: v.exactOptional(v.pipe(
    number,
    v.integer("must be a whole number"),
    v.minValue(0, "must not be negative"),
    v.maxValue(127, "must be at most 127"),
  )),
  /** Milliseconds of audio per packet. */
  xmit: v.exactOptional(v.pipe(number, v.minValue(0), v.maxValue(1_000))),
});
export type CoderEntry = v.InferOutput<typeof CoderEntry>;

/** The `channels` of a signal. Unused members are left out. */
export const Channels = members({
  source: v.exactOptional(v.pipe(v.string(), v.maxLength(32))),
  ch: v.exactOptional(readable(CoderEntry, CODERS_MAX), []),
  audio_rtcp_mux: v.exactOptional(bool),
  audio_setup_role: v.exactOptional(Role),
  audio_ice: v.exactOptional(IceParameters),
  video_rtcp_mux: v.exactOptional(bool),
  video_setup_role: v.exactOptional(Role),
  video_ice: v.exactOptional(IceParameters),
});
export type Channels = v.InferOutput<typeof Channels>;

const Lists = v.fallback(
  v.object({
    ch: v.fallback(v.array(v.unknown()), []),
    audio_ice: v.fallback(v.looseObject({ candidate: v.unknown() }), {
      candidate: [],
    }),
    video_ice: v.fallback(v.looseObject({ candidate: v.unknown() }), {
      candidate: [],
    }),
  }),
  () => ({
    ch: [],
    audio_ice: { candidate: [] },
    video_ice: { candidate: [] },
  }),
);

/** Lists the coders and candidates that were left out, each with its invalid
 * member. */
export function unreadIn(channels: unknown): string[] {
  const { ch, audio_ice, video_ice } = v.parse(Lists, channels);
  return [
    ...unread("coder", CoderEntry, ch),
    ...unread("candidate", Candidate, audio_ice.candidate),
    ...unread("candidate", Candidate, video_ice.candidate),
  ];
}

function unread(
  what: string,
  schema: v.GenericSchema,
  list: unknown,
): string[] {
  if (!Array.isArray(list)) return [];
  return list.slice(0, CODERS_MAX).flatMap((one) => {
    const read = v.safeParse(schema, one);
    if (read.success) return [];
    const [issue] = read.issues;
    const where = v.getDotPath(issue) ?? "it";
    return `a ${what} was left out: ${where}: ${issue.message}`;
  });
}

/** The members of one medium in {@linkcode Channels}, without their prefix. */
export interface MediaChannels {
  mux: boolean | undefined;
  role: SetupRole | undefined;
  ice: IceParameters | undefined;
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
