import * as v from "valibot";
import type { Presence } from "@/lib/model/presence.ts";

const text = v.exactOptional(v.string(), "");

/** One contact of a PBX user, as `tel:` or `im:` (SDK: PbxApi). */
export const PresenceItem = v.object({
  contact: text,
  status: text,
  activity: text,
});
export type PresenceItem = v.InferOutput<typeof PresenceItem>;

export const PresenceState = v.object({
  src: v.string(),
  up: v.exactOptional(v.boolean(), false),
});

export const PresenceUpdate = v.object({
  src: v.string(),
  presence: v.pipe(v.array(PresenceItem), v.maxLength(100)),
});

/** What an activity means for somebody who wants to reach the user. */
const ACTIVITIES = new Map<string, Presence>(Object.entries({
  "": "online",
  available: "online",
  away: "away",
  busy: "busy",
  dnd: "dnd",
  "on-the-phone": "busy",
}));

/**
 * The presence that counts: the first item is the newest, "should be used for
 * displaying". An activity that is not known (lunch, vacation) means away.
 */
export function mapPresence(items: readonly PresenceItem[]): Presence {
  const first = items.find(({ contact }) =>
    /^(tel|im|cal|calendar)?:?$/.test(contact)
  );
  if (first === undefined || first.status === "closed") return "offline";
  return ACTIVITIES.get(first.activity.toLowerCase()) ?? "away";
}

/** A state that nobody has confirmed since is never shown as online. */
export function unconfirmed(presence: Presence): Presence {
  return presence === "online" ? "away" : presence;
}
