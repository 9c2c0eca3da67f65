import type { Json } from "./messages.ts";

/** A device's state and what the person does, or all items as they are sent. */
export type SimulatedPresence =
  | { status: "open" | "closed"; activity: string }
  | readonly Json[];

/** A presence that a PBX was seen to send, by what a visitor should read. */
export const CAPTURED = {
  busy: [
    { contact: "tel:", activity: "busy", status: "closed" },
    { contact: "im:", activity: "", status: "open" },
  ],
  online: [
    { contact: "tel:", activity: "", status: "closed" },
    { contact: "im:", activity: "", status: "open" },
  ],
  offline: [
    { contact: "calendar:", activity: "", status: "open" },
    { contact: "tel:", activity: "", status: "closed" },
    { contact: "im:", activity: "", status: "closed" },
  ],
} as const;

/** Of a user of whom nothing else is known. */
export const FREE: SimulatedPresence = { status: "open", activity: "" };

/** The items with what an app says of one contact, newest first. */
export function withItem(
  items: readonly Json[],
  { contact, activity, note }: Json,
): Json[] {
  const before = items.find((item) => item.contact === contact);
  const item = { status: "open", ...before, contact, activity, note };
  return [item, ...items.filter((one) => one !== before)];
}

/** The items of a PresenceUpdate: only the newest one has the activity. */
export function presenceItems(presence: SimulatedPresence): readonly Json[] {
  if (!("status" in presence)) return presence;
  const { status, activity } = presence;
  return [
    { contact: "tel:", status, activity, note: "" },
    { contact: "im:", status, activity: "", note: "" },
  ];
}
