import * as v from "valibot";
import {
  ApiScopes,
  ApiToken,
  TOKEN_DAYS_MAX,
  TokenName,
} from "@/lib/model/api_token.ts";

// Tokens by which programs use /api/v1. Only for administrators:
//
//   GET    /api/tokens       -> { tokens: TokenView[] }
//   POST   /api/tokens       NewToken -> CreatedToken (201)
//   DELETE /api/tokens/<id>  -> 204

/** The state of a token: `disabled` if the one who created it is no longer an
 * administrator. */
export const TokenState = v.picklist(["active", "expired", "disabled"]);
export type TokenState = v.InferOutput<typeof TokenState>;

/** A token without its secret. */
export const TokenView = v.object({
  ...ApiToken.entries,
  /** Name of the account. */
  by: v.string(),
  state: TokenState,
});
export type TokenView = v.InferOutput<typeof TokenView>;

export const TokenList = v.object({ tokens: v.array(TokenView) });

export const NewToken = v.strictObject({
  name: TokenName,
  scopes: ApiScopes,
  /** Days until it expires; absent for never. */
  days: v.exactOptional(v.pipe(
    v.number("must be a number"),
    v.integer("must be a whole number"),
    v.minValue(1, "must be at least 1"),
    v.maxValue(TOKEN_DAYS_MAX, `must be at most ${TOKEN_DAYS_MAX}`),
  )),
});
export type NewToken = v.InferOutput<typeof NewToken>;

/** A new token, whose text is never available again. */
export const CreatedToken = v.object({ token: TokenView, text: v.string() });
export type CreatedToken = v.InferOutput<typeof CreatedToken>;
