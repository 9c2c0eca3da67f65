import * as v from "valibot";
import type { Presence } from "@/lib/model/presence.ts";

/** A text, or undefined if the PBX doesn't send it: absent, null or another
 * type. */
const known = v.exactOptional(v.fallback(v.optional(v.string()), undefined));

/** A contact of a PBX user, such as `tel:` or `im:` (SDK: PbxApi). */
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

/** An unreadable item has no meaning, but doesn't hide the others. */
export const PresenceUpdate = v.object({
  src: v.string(),
  presence: v.pipe(
    v.array(v.fallback(PresenceItem, {})),
    v.maxLength(100),
  ),
});

/** The presence for an activity while the user can be reached. */
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
 * first. An unknown activity (lunch, vacation) means away. Contacts of apps are
 * ignored.
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
  // The PBX sets this activity during a call, so the person is there.
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

/** A state that was not confirmed since the start is never shown as online. */
export function unconfirmed(presence: Presence): Presence {
  return presence === "online" ? "away" : presence;
}
