import { CAUSE } from "@/lib/base/causes.ts";
import { cut } from "@/lib/base/cut.ts";
import { oneLine } from "@/lib/base/plain_text.ts";
import * as v from "valibot";
import { LIMITS } from "../limits.ts";

// Incoming signals (SDK: PbxSignal). Newer facilities are left out. A known
// facility with a wrong type is dropped, but not its signal.

const text = (max: number) =>
  v.exactOptional(v.pipe(v.string(), v.maxLength(max)), "");

export const ImMessage = v.object({
  type: v.literal("im_message"),
  sender_dn: text(200),
  data: text(400_000),
  /** One URL, or several separated by spaces (INFERRED). */
  attach: text(8_000),
  mime: text(100),
  typing: v.exactOptional(v.boolean()),
  /** True if the text continues in the next message. */
  more: v.exactOptional(v.boolean(), false),
});
export type ImMessage = v.InferOutput<typeof ImMessage>;

const DisplayName = v.pipe(
  v.string(),
  v.maxLength(1_000),
  v.transform((name) => cut(oneLine(name), LIMITS.nameLength)),
);

export const Facility = v.variant("type", [
  v.object({
    type: v.literal("name_identification"),
    name: DisplayName,
  }),
  v.object({ type: v.literal("hold_notify") }),
  v.object({ type: v.literal("retrieve_notify") }),
  v.object({ type: v.literal("remote_hold") }),
  v.object({ type: v.literal("remote_retrieve") }),
  v.object({
    type: v.literal("ct_complete"),
    /** The new agent after a transfer. */
    remote_name: v.exactOptional(DisplayName, ""),
  }),
  v.object({
    type: v.literal("ct_initiate_result"),
    /** Set if the transfer has failed. */
    error: v.exactOptional(v.nullable(v.union([v.number(), v.string()]))),
  }),
  v.object({ type: v.literal("presence_subscribe") }),
  v.object({ type: v.literal("cp_group_indication_on") }),
  v.object({ type: v.literal("cp_group_indication_off") }),
  ImMessage,
]);
export type Facility = v.InferOutput<typeof Facility>;

export const SIGNAL_TYPES = [
  "setup",
  "setup_ack",
  "accept",
  "info",
  "progress",
  "call_proc",
  "alert",
  "conn",
  "disc",
  "rel",
  "channels",
  "facility",
  "user_info",
  "media_info",
] as const;

const Cause = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(127));

export const Signal = v.object({
  type: v.picklist(SIGNAL_TYPES),
  channel: v.exactOptional(v.number()),
  channels_cmd: v.exactOptional(
    v.fallback(
      v.picklist(["NONE", "PROPOSAL", "SELECT", "REQUEST", "CLOSE"]),
      "NONE",
    ),
    "NONE",
  ),
  /** Decoded by lib/pbx/channels. */
  channels: v.exactOptional(v.unknown()),
  cau: v.exactOptional(
    v.object({ num: v.fallback(v.optional(Cause), undefined) }),
  ),
  fty: v.exactOptional(
    v.pipe(
      v.array(v.fallback(v.nullable(Facility), null)),
      v.maxLength(64),
      v.transform((all) => all.filter((one) => one !== null)),
    ),
    [],
  ),
});
export type Signal = v.InferOutput<typeof Signal>;

/** The message with a signal. A negative `call` belongs to the PBX. */
export const Signaling = v.object({
  call: v.pipe(v.number(), v.integer()),
  sig: Signal,
});

export interface OutgoingSignal {
  type: Signal["type"];
  [member: string]: unknown;
}

/** Returns the Q.850 cause of a call's end; without a cause, the normal one. */
export function causeOf({ cau }: Signal): number {
  const cause = cau?.num ?? CAUSE.normal;
  return cause === CAUSE.idle ? CAUSE.normal : cause; // 31: normal, unspecified
}

/** Returns the other side's own name. */
export function nameOf({ fty }: Signal): string | undefined {
  const named = fty.find((one) => one.type === "name_identification");
  return named?.type === "name_identification" && named.name !== ""
    ? named.name
    : undefined;
}

/** Returns the name of the new agent after a transfer, if the PBX sends it. */
export function transferNameOf({ fty }: Signal): string | undefined {
  const name = fty.flatMap((one) =>
    one.type === "ct_complete" ? one.remote_name : []
  ).at(-1);
  return name === "" ? undefined : name;
}
