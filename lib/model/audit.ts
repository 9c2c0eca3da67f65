import * as v from "valibot";
import { Role } from "./account.ts";
import { WidgetUuid } from "./widget.ts";

/** The author of a change, with the name at that time, because the account may
 * be deleted later. */
export const Author = v.strictObject({
  /** Id of the account; empty for {@linkcode PROGRAM}, and `token:` with the id
   * of the token for a program that uses the API. */
  id: v.string(),
  name: v.string(),
});
export type Author = v.InferOutput<typeof Author>;

/** The author of automatic changes, and of changes by settings. */
export const PROGRAM: Author = { id: "", name: "" };

const widget = { uuid: WidgetUuid, name: v.string() };
/** A token of a program: its id and name. */
const token = { token: v.string(), name: v.string() };
/** One that all agents share, by its id and name. */
const savedReply = { reply: v.string(), name: v.string() };
const person = { account: v.string(), name: v.string() };

/** A change by an administrator, without passwords and without a widget's
 * content. */
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
    /** The version whose content was restored. */
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
  /** Records of calls and chats, or messages of visitors, that were deleted
   * before they expired. */
  v.strictObject({
    type: v.literal("contacts-deleted"),
    count: v.number(),
    /** Absent for records of calls and chats. */
    what: v.exactOptional(v.picklist(["messages"])),
  }),
  v.strictObject({
    type: v.literal("visitor-blocked"),
    /** Id of the block. */
    block: v.string(),
    for: v.picklist(["hour", "day", "week", "permanent"]),
    /** True if everybody at the same network address is blocked. */
    network: v.boolean(),
  }),
  v.strictObject({ type: v.literal("visitor-unblocked"), block: v.string() }),
  v.strictObject({
    type: v.literal("token-created"),
    ...token,
    scopes: v.array(v.string()),
  }),
  v.strictObject({ type: v.literal("token-revoked"), ...token }),
  v.strictObject({ type: v.literal("saved-reply-created"), ...savedReply }),
  v.strictObject({ type: v.literal("saved-reply-saved"), ...savedReply }),
  v.strictObject({ type: v.literal("saved-reply-deleted"), ...savedReply }),
]);
export type Change = v.InferOutput<typeof Change>;

/** An entry of the audit log. */
export const AuditEntry = v.strictObject({
  id: v.string(),
  /** Milliseconds since 1970. */
  at: v.number(),
  by: Author,
  change: Change,
});
export type AuditEntry = v.InferOutput<typeof AuditEntry>;

/** A stored version of a widget, with its author and time. */
export const WidgetVersion = v.strictObject({
  /** From 1; each save adds one. */
  version: v.number(),
  at: v.number(),
  by: Author,
});
export type WidgetVersion = v.InferOutput<typeof WidgetVersion>;
