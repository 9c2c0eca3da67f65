import * as v from "valibot";
import { Role } from "./account.ts";
import { WidgetUuid } from "./widget.ts";

/** Who made a change, by the name of that day: the account may be gone later. */
export const Author = v.strictObject({
  /** Of the account; empty for {@linkcode PROGRAM}. */
  id: v.string(),
  name: v.string(),
});
export type Author = v.InferOutput<typeof Author>;

/** The author of what the program does by itself, or by its settings. */
export const PROGRAM: Author = { id: "", name: "" };

const widget = { uuid: WidgetUuid, name: v.string() };
const person = { account: v.string(), name: v.string() };

/** What an administrator changed. No password, no content of a widget. */
export const Change = v.variant("type", [
  v.strictObject({ type: v.literal("widget-created"), ...widget }),
  v.strictObject({
    type: v.literal("widget-saved"),
    ...widget,
    version: v.number(),
  }),
  v.strictObject({
    type: v.literal("widget-restored"),
    ...widget,
    version: v.number(),
    /** The version whose content it has again. */
    from: v.number(),
  }),
  v.strictObject({ type: v.literal("widget-deleted"), ...widget }),
  v.strictObject({
    type: v.literal("person-created"),
    ...person,
    roles: v.array(Role),
  }),
  v.strictObject({
    type: v.literal("person-saved"),
    ...person,
    roles: v.array(Role),
    changed: v.array(
      v.picklist(["name", "displayName", "roles", "password", "picture"]),
    ),
  }),
  v.strictObject({ type: v.literal("person-deleted"), ...person }),
  v.strictObject({ type: v.literal("pbx-password-saved") }),
  /** Records of calls and chats, before their time was over. */
  v.strictObject({ type: v.literal("contacts-deleted"), count: v.number() }),
]);
export type Change = v.InferOutput<typeof Change>;

/** One line of the audit log. */
export const AuditEntry = v.strictObject({
  id: v.string(),
  /** Milliseconds since 1970. */
  at: v.number(),
  by: Author,
  change: Change,
});
export type AuditEntry = v.InferOutput<typeof AuditEntry>;

/** One state of a widget that was stored: who made it, and when. */
export const WidgetVersion = v.strictObject({
  /** From 1; each save adds one. */
  version: v.number(),
  at: v.number(),
  by: Author,
});
export type WidgetVersion = v.InferOutput<typeof WidgetVersion>;
