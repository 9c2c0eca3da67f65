import * as v from "valibot";
import { ADDRESS_LENGTH_MAX } from "./address.ts";
import { PictureId } from "./picture.ts";
import { name } from "./text.ts";

export const Role = v.picklist(["admin", "agent"]);
export type Role = v.InferOutput<typeof Role>;

export const PASSWORD_LENGTH_MIN = 10;
export const PASSWORD_LENGTH_MAX = 200;

export const Password = v.pipe(
  v.string("must be a text"),
  v.minLength(
    PASSWORD_LENGTH_MIN,
    `must have at least ${PASSWORD_LENGTH_MIN} characters`,
  ),
  v.maxLength(
    PASSWORD_LENGTH_MAX,
    `must have at most ${PASSWORD_LENGTH_MAX} characters`,
  ),
);

/** The sign-in name; for an agent it is the desk's address as well. */
export const AccountName = v.pipe(
  v.string("must be a text"),
  v.trim(),
  v.toLowerCase(),
  v.normalize("NFC"), // One name, however the keyboard composes its letters.
  v.maxLength(
    ADDRESS_LENGTH_MAX,
    `must have at most ${ADDRESS_LENGTH_MAX} characters`,
  ),
  v.regex(
    /^[\p{L}\p{N}][\p{L}\p{N}._@-]*$/u,
    "must be letters, digits and . _ @ -",
  ),
);

const Roles = v.pipe(
  v.array(Role),
  v.check((r) => new Set(r).size === r.length, "must name each role once"),
);

/** What an administrator decides about an account. */
export const AccountContent = v.strictObject({
  name: AccountName,
  /** What colleagues and, at first, visitors read. */
  displayName: name(64),
  /** None: only a user of a PBX may have none, and is kept out then. */
  roles: Roles,
});
export type AccountContent = v.InferOutput<typeof AccountContent>;

/** The roles of somebody who signs in with a password. */
export const SomeRoles = v.pipe(Roles, v.minLength(1, "must have a role"));

/**
 * Who signs in through a PBX and has no password here. `id` is the user's guid
 * on the PBX, which outlives a new name; without one it is the SIP-ID.
 */
export const PbxUser = v.strictObject({
  domain: v.string(),
  id: v.string(),
  sip: v.string(),
});
export type PbxUser = v.InferOutput<typeof PbxUser>;

/** A language of the pages by its tag, such as `de`; which there are, lib/i18n
 * knows. */
export const PageLanguage = v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/));
export type PageLanguage = v.InferOutput<typeof PageLanguage>;

/** What people decide about themselves, beside their name. */
export const Personal = v.strictObject({
  picture: v.exactOptional(PictureId),
  /** Absent: the language of the browser. */
  language: v.exactOptional(PageLanguage),
});
export type Personal = v.InferOutput<typeof Personal>;

/** Someone who signs in here. `id` is for ever, the name may change. */
export const Account = v.strictObject({
  id: v.string(),
  createdAt: v.number(),
  ...AccountContent.entries,
  pbxUser: v.exactOptional(PbxUser),
  ...Personal.entries,
  /** Another person has set the password: it opens nothing but its change. */
  mustChangePassword: v.exactOptional(v.literal(true)),
});
export type Account = v.InferOutput<typeof Account>;
