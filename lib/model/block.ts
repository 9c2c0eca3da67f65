import * as v from "valibot";
import { DAY_MS, HOUR_MS } from "@/lib/base/times.ts";
import { Author } from "./audit.ts";

/** Maximum number of blocks at a time. */
export const BLOCKS_MAX = 1_000;

/** Time after the beginning of a contact in which its visitor can be blocked. */
export const BLOCKABLE_MS = 7 * DAY_MS;

export const BLOCK_TIMES = ["hour", "day", "week", "permanent"] as const;
export const BlockTime = v.picklist(
  BLOCK_TIMES,
  "must be hour, day, week or permanent",
);
export type BlockTime = v.InferOutput<typeof BlockTime>;

const LASTS_MS = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS };

/** Returns how long a block lasts; undefined for a permanent one. */
export function lastsMs(time: BlockTime): number | undefined {
  return time === "permanent" ? undefined : LASTS_MS[time];
}

/** The keyed hashes by which a visitor is recognized. They reveal neither an
 * address nor a token. */
export const VisitorMarks = v.strictObject({
  /** Of the visit. */
  visit: v.string(),
  /** Of the network address; absent if it may belong to a proxy. */
  network: v.exactOptional(v.string()),
});
export type VisitorMarks = v.InferOutput<typeof VisitorMarks>;

/** The visitor of a contact, as long as that one can be blocked. */
export const ContactSource = v.strictObject({
  widget: v.string(),
  /** Address of the agent. */
  address: v.string(),
  /** Addresses of the agents who can have it, if there are several. */
  agents: v.exactOptional(v.array(v.string())),
  marks: VisitorMarks,
});
export type ContactSource = v.InferOutput<typeof ContactSource>;

/** A blocked visitor. Times in ms since 1970. */
export const Block = v.strictObject({
  id: v.string(),
  at: v.number(),
  /** Absent for a permanent block. */
  until: v.exactOptional(v.number()),
  by: Author,
  /** Id, widget and agent of the contact for which the visitor was blocked. */
  contact: v.string(),
  widget: v.string(),
  address: v.string(),
  /** Without `network`, only this visit is blocked. */
  marks: VisitorMarks,
});
export type Block = v.InferOutput<typeof Block>;
