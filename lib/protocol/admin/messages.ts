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

// The admin's wire: JSON over HTTP below /api. What is refused comes as
// ApiError with the HTTP status; the page shows `text` beside `field`.
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
//   GET    /api/people                -> { people: PersonView[] }
//   POST   /api/people                NewPerson -> PersonView (201)
//   PUT    /api/people/<id>           SavePerson -> PersonView
//   DELETE /api/people/<id>           -> 204
//   GET    /api/audit?after=          -> AuditPage
//
// For everybody who is signed in, about their own account:
//
//   PUT    /api/account               SaveAccount -> AccountView
//   PUT    /api/account/picture       bytes of an image -> AccountView
//   DELETE /api/account/picture       -> AccountView
//   GET    /api/account/picture/<id>  -> the bytes, if it is one's own

/** A revision names one stored state; a save names the one it was made from. */
export const Revision = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

export const WidgetView = v.object({
  uuid: WidgetUuid,
  type: WidgetType,
  revision: Revision,
  createdAt: v.number(),
  updatedAt: v.number(),
  content: WidgetContent,
  /** How often it was stored, and who did it last. */
  version: v.exactOptional(v.number()),
  updatedBy: v.exactOptional(Author),
});
export type WidgetView = v.InferOutput<typeof WidgetView>;

/** A widget in a list: everything but its content. */
export const WidgetSummary = v.object({
  uuid: WidgetUuid,
  type: WidgetType,
  revision: Revision,
  updatedAt: v.number(),
  name: v.string(),
  /** How many agents it has. */
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

/** One version with what the widget was then. */
export const VersionView = v.object({
  ...WidgetVersion.entries,
  content: WidgetContent,
});
export type VersionView = v.InferOutput<typeof VersionView>;

/** The content of a version becomes the newest one, in place of `revision`. */
export const RestoreWidget = v.strictObject({
  revision: Revision,
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
export type RestoreWidget = v.InferOutput<typeof RestoreWidget>;

/** What administrators changed, newest first. */
export const AuditPage = v.object({
  entries: v.array(AuditEntry),
  /** Pass as `after` for the next page; absent on the last one. */
  next: v.exactOptional(v.string()),
});
export type AuditPage = v.InferOutput<typeof AuditPage>;

/** One who can be chosen as an agent of a widget. */
export const FoundAgent = v.object({
  address: v.string(),
  name: v.string(),
  email: v.string(),
  source: v.picklist(["desk", "pbx"]),
  /** Of the account. */
  picture: v.exactOptional(PictureId),
  /** A group of a PBX: no document says that calls reach it. */
  untested: v.exactOptional(v.literal(true)),
});
export type FoundAgent = v.InferOutput<typeof FoundAgent>;

export const AgentPage = v.object({
  agents: v.array(FoundAgent),
  /** Pass as `after` for the next page; absent on the last one. */
  next: v.exactOptional(v.string()),
  /** Why this is not all: PBX without a link, or without the search right. */
  notice: v.exactOptional(v.picklist(["pbx-offline", "pbx-no-search"])),
});
export type AgentPage = v.InferOutput<typeof AgentPage>;

export const PersonView = v.object({
  id: v.string(),
  revision: Revision,
  createdAt: v.number(),
  ...AccountContent.entries,
  /** Absent: signs in with a password. */
  pbxUser: v.exactOptional(PbxUser),
  picture: v.exactOptional(PictureId),
  /** The password was set by another person and has not been changed yet. */
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
  /** Absent: the password stays. A new one ends the person's sessions, and they
   * have to change it at the next sign-in. Never one's own: that needs the current
   * one, at /account/password. */
  password: v.exactOptional(Password),
});
export type SavePerson = v.InferOutput<typeof SavePerson>;

/** A change of one's own account. What is absent stays as it is. */
export const SaveAccount = v.strictObject({
  displayName: v.exactOptional(AccountContent.entries.displayName),
  /** Null: the language of the browser. */
  language: v.exactOptional(v.nullable(PageLanguage)),
});
export type SaveAccount = v.InferOutput<typeof SaveAccount>;

/** One's own account. */
export const AccountView = v.object({
  name: AccountContent.entries.name,
  displayName: AccountContent.entries.displayName,
  picture: v.exactOptional(PictureId),
  /** Absent: the language of the browser. */
  language: v.exactOptional(PageLanguage),
});
export type AccountView = v.InferOutput<typeof AccountView>;

export const Reason = v.picklist([
  "invalid", // 400, with `field`
  "signed-out", // 401
  "forbidden", // 403
  "must-change-password", // 403: nothing else works before, but to sign out
  "not-found", // 404
  "conflict", // 409: somebody saved in between; `current` has their state
  "exists", // 409: the name is taken
  "last-admin", // 409: somebody must be able to administer
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
  /** In English, for people: what was not taken and what is allowed. */
  text: v.string(),
  /** Where, as a path: `content.agents.3.email`. */
  field: v.exactOptional(v.string()),
  /** Seconds. */
  retryAfter: v.exactOptional(v.number()),
  /** Of a conflict: what is stored now. */
  current: v.exactOptional(WidgetView),
  currentPerson: v.exactOptional(PersonView),
});
export type ApiError = v.InferOutput<typeof ApiError>;

/** A version of the script for websites that allow one version only: its name
 * beside /widget.js, and its hash for `<script integrity>`. */
export const PinnedScript = v.object({
  script: v.pipe(v.string(), v.regex(/^widget-[A-Z0-9]{8}\.js$/)),
  integrity: v.pipe(v.string(), v.regex(/^sha384-[A-Za-z0-9+/=]{64}$/)),
});
export type PinnedScript = v.InferOutput<typeof PinnedScript>;
