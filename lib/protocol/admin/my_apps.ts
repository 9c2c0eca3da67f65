import * as v from "valibot";

// How a page inside a PBX's myApps client signs its user in:
//
//   POST /myapps/challenge             -> { challenge }
//   POST /myapps/sign-in   MyAppsLogin -> 204, with the session's cookie
//
// A rejection is a MyAppsRefusal.

export const MyAppsChallenge = v.object({ challenge: v.string() });

/** `login` is the client's unchanged text, because its digest covers the
 * text. */
export const MyAppsLogin = v.strictObject({
  challenge: v.pipe(v.string(), v.maxLength(16)),
  login: v.pipe(v.string(), v.maxLength(16_384)),
  /** The language of the client. */
  lang: v.exactOptional(v.pipe(v.string(), v.maxLength(16))),
});
export type MyAppsLogin = v.InferOutput<typeof MyAppsLogin>;

export const MyAppsReason = v.picklist([
  "unreadable", // 400: not a login, or not that of a user
  "challenge", // 401: unknown, too old, or used before
  "digest", // 401: not made with this App's password
  "denied", // 403: an administrator has taken all roles
  "no-password", // 409: no App password is set
  "too-many", // 409: the limit of accounts is reached
  "throttled", // 429, with `retryAfter`
  "unavailable", // 503: the store fails
]);
export type MyAppsReason = v.InferOutput<typeof MyAppsReason>;

export const MyAppsRefusal = v.object({
  reason: MyAppsReason,
  /** In seconds. */
  retryAfter: v.exactOptional(v.number()),
});
export type MyAppsRefusal = v.InferOutput<typeof MyAppsRefusal>;
