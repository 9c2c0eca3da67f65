import * as v from "valibot";
import { oneLine } from "@/lib/base/plain_text.ts";
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

/** The sign-in name; for an agent it is also the address at the desk. */
export const AccountName = v.pipe(
  v.string("must be a text"),
  v.transform(oneLine), // ACC15
  v.toLowerCase(),
  v.normalize("NFC"), // One name, regardless of how the keyboard composes letters.
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

/** The parts of an account that an administrator edits. */
export const AccountContent = v.strictObject({
  name: AccountName,
  /** The name for colleagues and, initially, visitors. */
  displayName: name(64),
  /** Only a user of a PBX can have no role, and cannot sign in then. */
  roles: Roles,
});
export type AccountContent = v.InferOutput<typeof AccountContent>;

/** The roles of a user who signs in with a password. */
export const SomeRoles = v.pipe(Roles, v.minLength(1, "must have a role"));

/**
 * A user who signs in through a PBX and has no password here. `id` is the
 * user's guid on the PBX, which stays the same when the name changes; without a
 * guid it is the SIP-ID.
 */
export const PbxUser = v.strictObject({
  domain: v.string(),
  id: v.string(),
  sip: v.string(),
});
export type PbxUser = v.InferOutput<typeof PbxUser>;

/** A language of the pages by its tag, such as `de`; lib/i18n has the list. */
export const PageLanguage = v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/));
export type PageLanguage = v.InferOutput<typeof PageLanguage>;

/** The settings that users edit themselves, besides their name. */
export const Personal = v.strictObject({
  picture: v.exactOptional(PictureId),
  /** Absent for the browser's language. */
  language: v.exactOptional(PageLanguage),
});
export type Personal = v.InferOutput<typeof Personal>;

/** A user of the service. `id` never changes, the name may. */
export const Account = v.strictObject({
  id: v.string(),
  createdAt: v.number(),
  ...AccountContent.entries,
  pbxUser: v.exactOptional(PbxUser),
  ...Personal.entries,
  /** Another person has set the password, which can only be used to change
   * it. */
  mustChangePassword: v.exactOptional(v.literal(true)),
});
export type Account = v.InferOutput<typeof Account>;
