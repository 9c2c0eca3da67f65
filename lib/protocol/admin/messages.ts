import * as v from "valibot";
import {
  AccountContent,
  PageLanguage,
  Password,
  PbxUser,
  SomeRoles,
} from "@/lib/model/account.ts";
import { AuditEntry, Author, WidgetVersion } from "@/lib/model/audit.ts";
import { PictureId } from "@/lib/model/picture.ts";
import { WidgetContent, WidgetType, WidgetUuid } from "@/lib/model/widget.ts";

// The admin's protocol: JSON over HTTP below /api. A rejection is an
// ApiError with the HTTP status; the page shows `text` next to `field`.
//
//   GET    /api/widgets               -> { widgets: WidgetSummary[] }
//   POST   /api/widgets               NewWidget -> WidgetView (201)
//   GET    /api/widgets/<uuid>        -> WidgetView
//   PUT    /api/widgets/<uuid>        SaveWidget -> WidgetView | 409 conflict
//   DELETE /api/widgets/<uuid>        -> 204
//   GET    /api/widgets/<uuid>/versions      -> { versions: WidgetVersion[] }
//   GET    /api/widgets/<uuid>/versions/<n>  -> VersionView
//   POST   /api/widgets/<uuid>/restore       RestoreWidget -> WidgetView | 409
//   POST   /api/pictures              bytes of an image -> { id } (201)
//   GET    /api/pictures/<id>         -> the bytes
//   GET    /api/agents?text=&after=   -> AgentPage
//   POST   /api/hours                 OpeningHours -> HoursStateView
//   GET    /api/people                -> { people: PersonView[] }
//   POST   /api/people                NewPerson -> PersonView (201)
//   PUT    /api/people/<id>           SavePerson -> PersonView
//   DELETE /api/people/<id>           -> 204
//   GET    /api/audit?after=          -> AuditPage
//
// For all signed-in users, about their own account:
//
//   PUT    /api/account               SaveAccount -> AccountView
//   PUT    /api/account/picture       bytes of an image -> AccountView
//   DELETE /api/account/picture       -> AccountView
//   GET    /api/account/picture/<id>  -> the bytes, if it is one's own

/** A revision identifies a stored state; a save names the revision that it is
 * based on. */
export const Revision = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

export const WidgetView = v.object({
  uuid: WidgetUuid,
  type: WidgetType,
  revision: Revision,
  createdAt: v.number(),
  updatedAt: v.number(),
  content: WidgetContent,
  /** The number of its last version, and the author. */
  version: v.exactOptional(v.number()),
  updatedBy: v.exactOptional(Author),
});
export type WidgetView = v.InferOutput<typeof WidgetView>;

/** A widget in a list, without its content. */
export const WidgetSummary = v.object({
  uuid: WidgetUuid,
  type: WidgetType,
  revision: Revision,
  updatedAt: v.number(),
  name: v.string(),
  /** Number of its agents. */
  agents: v.number(),
});
export type WidgetSummary = v.InferOutput<typeof WidgetSummary>;

export const NewWidget = v.strictObject({ type: WidgetType });
export type NewWidget = v.InferOutput<typeof NewWidget>;

export const SaveWidget = v.strictObject({
  revision: Revision,
  content: WidgetContent,
});
export type SaveWidget = v.InferOutput<typeof SaveWidget>;

/** A version with the widget's content at that time. */
export const VersionView = v.object({
  ...WidgetVersion.entries,
  content: WidgetContent,
});
export type VersionView = v.InferOutput<typeof VersionView>;

/** Restores the content of a version as the newest one; replaces `revision`. */
export const RestoreWidget = v.strictObject({
  revision: Revision,
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
export type RestoreWidget = v.InferOutput<typeof RestoreWidget>;

/** Changes by administrators, newest first. */
export const AuditPage = v.object({
  entries: v.array(AuditEntry),
  /** Pass as `after` for the next page; absent on the last one. */
  next: v.exactOptional(v.string()),
});
export type AuditPage = v.InferOutput<typeof AuditPage>;

/** A person or object that can be chosen as an agent of a widget. */
export const FoundAgent = v.object({
  address: v.string(),
  name: v.string(),
  email: v.string(),
  source: v.picklist(["desk", "pbx"]),
  /** Picture of the account. */
  picture: v.exactOptional(PictureId),
  /** A group of a PBX, because no document says that calls reach it. */
  untested: v.exactOptional(v.literal(true)),
});
export type FoundAgent = v.InferOutput<typeof FoundAgent>;

export const AgentPage = v.object({
  agents: v.array(FoundAgent),
  /** Pass as `after` for the next page; absent on the last one. */
  next: v.exactOptional(v.string()),
  /** Why the list is incomplete: a PBX without a link, or without the right to
   * search. */
  notice: v.exactOptional(v.picklist(["pbx-offline", "pbx-no-search"])),
});
export type AgentPage = v.InferOutput<typeof AgentPage>;

export const PersonView = v.object({
  id: v.string(),
  revision: Revision,
  createdAt: v.number(),
  ...AccountContent.entries,
  /** Absent for a user who signs in with a password. */
  pbxUser: v.exactOptional(PbxUser),
  picture: v.exactOptional(PictureId),
  /** Another person has set the password, and the user has not changed it
   * yet. */
  mustChangePassword: v.exactOptional(v.literal(true)),
});
export type PersonView = v.InferOutput<typeof PersonView>;

export const NewPerson = v.strictObject({
  ...AccountContent.entries,
  roles: SomeRoles,
  password: Password,
});
export type NewPerson = v.InferOutput<typeof NewPerson>;

/** A user of a PBX keeps the name, has no password, and may have no role. */
export const SavePerson = v.strictObject({
  revision: Revision,
  ...AccountContent.entries,
  /** Absent to keep the password. A new one ends the person's sessions, and
   * they have to change it at the next sign-in. It is never one's own, which
   * needs the current one at /account/password. */
  password: v.exactOptional(Password),
});
export type SavePerson = v.InferOutput<typeof SavePerson>;

/** A change of one's own account. Absent members stay unchanged. */
export const SaveAccount = v.strictObject({
  displayName: v.exactOptional(AccountContent.entries.displayName),
  /** Null for the browser's language. */
  language: v.exactOptional(v.nullable(PageLanguage)),
});
export type SaveAccount = v.InferOutput<typeof SaveAccount>;

/** One's own account. */
export const AccountView = v.object({
  name: AccountContent.entries.name,
  displayName: AccountContent.entries.displayName,
  picture: v.exactOptional(PictureId),
  /** Absent for the browser's language. */
  language: v.exactOptional(PageLanguage),
});
export type AccountView = v.InferOutput<typeof AccountView>;

export const Reason = v.picklist([
  "invalid", // 400, with `field`
  "signed-out", // 401
  "forbidden", // 403
  "must-change-password", // 403: only the change and the sign-out work
  "not-found", // 404
  "conflict", // 409: another admin has saved; `current` has their state
  "exists", // 409: the name is taken
  "last-admin", // 409: at least one administrator must remain
  "too-many", // 409: the limit of widgets or people is reached
  "too-big", // 413
  "not-a-picture", // 415
  "throttled", // 429, with `retryAfter`
  "internal", // 500
  "unavailable", // 503
]);
export type Reason = v.InferOutput<typeof Reason>;

export const ApiError = v.object({
  reason: Reason,
  /** In English, for people: the invalid value and what is allowed. */
  text: v.string(),
  /** The field, as a path: `content.agents.3.email`. */
  field: v.exactOptional(v.string()),
  /** In seconds. */
  retryAfter: v.exactOptional(v.number()),
  /** The current stored state, for a conflict. */
  current: v.exactOptional(WidgetView),
  currentPerson: v.exactOptional(PersonView),
});
export type ApiError = v.InferOutput<typeof ApiError>;

/** A version of the script for websites that allow only one version: its name
 * next to /widget.js, and its hash for `<script integrity>`. */
export const PinnedScript = v.object({
  script: v.pipe(v.string(), v.regex(/^widget-[A-Z0-9]{8}\.js$/)),
  integrity: v.pipe(v.string(), v.regex(/^sha384-[A-Za-z0-9+/=]{64}$/)),
});
export type PinnedScript = v.InferOutput<typeof PinnedScript>;
