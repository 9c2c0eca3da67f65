import * as v from "valibot";
import type { Presence } from "@/lib/model/presence.ts";

/** A text, or undefined if the PBX doesn't say it: absent, null, no text. */
const known = v.exactOptional(v.fallback(v.optional(v.string()), undefined));

/** One contact of a PBX user, as `tel:` or `im:` (SDK: PbxApi). */
export const PresenceItem = v.object({
  contact: known,
  status: known,
  activity: known,
});
export type PresenceItem = v.InferOutput<typeof PresenceItem>;

export const PresenceState = v.object({
  src: v.string(),
  up: v.exactOptional(v.boolean(), false),
});

/** An item that can't be read says nothing, but doesn't hide the others. */
export const PresenceUpdate = v.object({
  src: v.string(),
  presence: v.pipe(
    v.array(v.fallback(PresenceItem, {})),
    v.maxLength(100),
  ),
});

/** The presence that an activity means while the user can be reached. */
const ACTIVITIES = new Map<string, Presence>(Object.entries({
  "": "online",
  online: "online",
  available: "online",
  away: "away",
  busy: "busy",
  dnd: "dnd",
  "on-the-phone": "busy",
}));

/**
 * Returns the presence that all items together describe. A status belongs to a
 * device: `tel:` is open if a phone is registered, `im:` if a client runs. The
 * activity belongs to the person and is that of the newest item, which comes
 * first. An activity that isn't known (lunch, vacation) means away. Contacts of
 * apps count for neither.
 */
export function mapPresence(items: readonly PresenceItem[]): Presence {
  const persons = items.filter(({ contact = "" }) =>
    /^(tel|im|cal|calendar)?:?$/.test(contact)
  );
  const statuses = persons
    .filter(({ contact = "" }) => !contact.startsWith("cal"))
    .map(({ status }) => status?.toLowerCase());
  const activity = persons.find((item) => item.activity !== undefined)
    ?.activity?.toLowerCase() ?? "";
  // The PBX sets this one while a call runs, so somebody is there.
  if ([activity, ...statuses].includes("on-the-phone")) return "busy";
  const presence = ACTIVITIES.get(activity) ?? "away";
  if (statuses.includes("open")) return presence;
  // Without the right "Online" the PBX leaves the status out.
  if (statuses.includes(undefined)) return unconfirmed(presence);
  return "offline";
}

/** Returns "chat" if a phone is registered but no client that takes chats. */
export function lackOf(items: readonly PresenceItem[]): "chat" | undefined {
  const isOpen = (device: string) =>
    items.some(({ contact, status }) =>
      contact === device && status?.toLowerCase() === "open"
    );
  return isOpen("tel:") && !isOpen("im:") ? "chat" : undefined;
}

/** A state that nobody has confirmed since is never shown as online. */
export function unconfirmed(presence: Presence): Presence {
  return presence === "online" ? "away" : presence;
}
