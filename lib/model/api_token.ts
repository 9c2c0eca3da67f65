import * as v from "valibot";
import { Author } from "./audit.ts";
import { name } from "./text.ts";

/** Maximum number of tokens of programs. */
export const API_TOKENS_MAX = 100;
/** Maximum length of a token's name. */
export const TOKEN_NAME_LENGTH_MAX = 64;
/** The longest time until a token expires. */
export const TOKEN_DAYS_MAX = 3_650;

/** The rights that a token can have: to read a resource, or to write it. The
 * right to write doesn't include the right to read. */
export const API_SCOPES = [
  "widgets:read",
  "widgets:write",
  "presence:read",
  "people:read",
  "teams:read",
  "hours:read",
  "contacts:read",
  "messages:read",
  "statistics:read",
  "events:read",
] as const;
export const ApiScope = v.picklist(API_SCOPES, "must be a scope");
export type ApiScope = v.InferOutput<typeof ApiScope>;

/** Name of a token, for people. */
export const TokenName = name(TOKEN_NAME_LENGTH_MAX);

/** The scopes of a token, each once. */
export const ApiScopes = v.pipe(
  v.array(ApiScope),
  v.minLength(1, "must have a scope"),
  v.check(
    (scopes) => new Set(scopes).size === scopes.length,
    "must name each scope once",
  ),
);

/** A token by which a program uses the API, without its secret. Times are
 * milliseconds since 1970. */
export const ApiToken = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
  name: v.string(),
  /** A later version of the program knows more of them than
   * {@linkcode ApiScope}. */
  scopes: v.array(v.string()),
  createdAt: v.number(),
  /** The administrator who has created it. */
  by: Author,
  /** Absent if it never expires. */
  expiresAt: v.exactOptional(v.number()),
  /** Its last use, to the minute; absent if it was never used. */
  usedAt: v.exactOptional(v.number()),
});
export type ApiToken = v.InferOutput<typeof ApiToken>;
