import type { Clock } from "@/lib/base/clock.ts";
import { newToken, newUuid } from "@/lib/base/ids.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { DAY_MS } from "@/lib/base/times.ts";
import { ApiToken } from "@/lib/model/api_token.ts";
import type { Author } from "@/lib/model/audit.ts";
import type {
  CreatedToken,
  NewToken,
  TokenState,
  TokenView,
} from "@/lib/protocol/admin/tokens.ts";
import type { AccountStore } from "@/lib/store/account_store.ts";
import type { ApiTokenStore } from "@/lib/store/api_token_store.ts";
import { withoutUnknown } from "@/lib/store/unknown_members.ts";

/** The reason why a token is not accepted. */
export type TokenRefusal = "unknown" | Exclude<TokenState, "active">;

/** A token's text: its id and its secret. A scanner of leaked secrets can
 * recognize the prefix. */
const TEXT = /^cwt_([0-9a-f]{32})_([0-9a-f]{64})$/;

export interface ApiTokensOptions {
  tokens: ApiTokenStore;
  accounts: Pick<AccountStore, "get">;
  clock: Pick<Clock, "wall">;
}

/** The tokens by which programs use the API, as administrators manage them. */
export class ApiTokens {
  readonly #tokens: ApiTokenStore;
  readonly #accounts: Pick<AccountStore, "get">;
  readonly #clock: Pick<Clock, "wall">;

  constructor({ tokens, accounts, clock }: ApiTokensOptions) {
    this.#tokens = tokens;
    this.#accounts = accounts;
    this.#clock = clock;
  }

  /** Returns all tokens, newest first. */
  async list(): Promise<TokenView[]> {
    const tokens = await this.#tokens.list();
    return await Promise.all(tokens.map((token) => this.#view(token)));
  }

  /** Creates a token, and returns its text, which is not stored. */
  async create(
    { name, scopes, days }: NewToken,
    { id, name: author }: Author,
  ): Promise<Result<CreatedToken, { reason: "too-many" }>> {
    const createdAt = this.#clock.wall();
    const token: ApiToken = {
      ...{ id: newUuid(), name, scopes, createdAt },
      by: { id, name: author },
      ...days !== undefined && { expiresAt: createdAt + days * DAY_MS },
    };
    const secret = newToken();
    const isAdded = await this.#tokens.add(token, secret, {
      ...{ type: "token-created", token: token.id, name, scopes },
    });
    if (!isAdded) return err({ reason: "too-many" });
    const text = `cwt_${token.id}_${secret}`;
    return ok({ token: await this.#view(token), text });
  }

  /** Revokes a token, from the next request on. Returns false if it does not
   * exist. */
  async revoke(id: string, by: Author): Promise<boolean> {
    return await this.#tokens.delete(
      id,
      by,
      (name) => ({ type: "token-revoked", token: id, name }),
    );
  }

  /** Returns the token with this text, if it is accepted, and records its
   * use. */
  async use(text: string): Promise<Result<ApiToken, TokenRefusal>> {
    const [, id, secret] = TEXT.exec(text) ?? [];
    if (id === undefined || secret === undefined) return err("unknown");
    const token = await this.#tokens.find(id, secret);
    if (token === undefined) return err("unknown");
    const state = await this.#stateOf(token);
    if (state !== "active") return err(state);
    await this.#tokens.touch(token);
    return ok(token);
  }

  async #view(token: ApiToken): Promise<TokenView> {
    const known = withoutUnknown(ApiToken, token);
    return {
      ...known,
      by: token.by.name,
      state: await this.#stateOf(token),
    };
  }

  /** A token never outlives the rights of the one who created it. */
  async #stateOf({ by, expiresAt }: ApiToken): Promise<TokenState> {
    if (expiresAt !== undefined && this.#clock.wall() >= expiresAt) {
      return "expired";
    }
    const account = await this.#accounts.get(by.id);
    return account?.value.roles.includes("admin") ? "active" : "disabled";
  }
}
