import { type Signal, signal } from "@preact/signals";
import { fill } from "@/lib/i18n/fill.ts";
import { reasonText } from "@/lib/i18n/admin/refusal_text.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import type { ApiScope } from "@/lib/model/api_token.ts";
import type { AdminClient, CallError } from "@/lib/protocol/admin/client.ts";
import type { CreatedToken, TokenView } from "@/lib/protocol/admin/tokens.ts";
import type { ToastList } from "@/lib/ui/toasts.ts";

export const TOKEN_DAYS = ["30", "90", "365", "never"] as const;
export type TokenDays = typeof TOKEN_DAYS[number];

/** The form of a new token. */
export interface TokenForm {
  name: string;
  scopes: readonly ApiScope[];
  days: TokenDays;
}

/** Nothing is allowed unless the administrator chooses it. */
export const NEW_TOKEN: TokenForm = { name: "", scopes: [], days: "90" };

export type TokenProblems = Partial<Record<"name" | "scopes", string>>;

/** Returns the problems of the fields, in the words of lib/model's schemas. */
export function tokenProblems({ name, scopes }: TokenForm): TokenProblems {
  return {
    ...name.trim() === "" && { name: "must not be empty" },
    ...scopes.length === 0 && { scopes: "must have a scope" },
  };
}

type Client = Pick<AdminClient, "createToken" | "revokeToken">;

/** The tokens of the page, newest first. */
export class TokenModel {
  readonly tokens: Signal<readonly TokenView[]>;
  /** A new token, shown until the administrator closes it. */
  readonly created: Signal<CreatedToken | undefined> = signal(undefined);
  readonly toasts: ToastList;
  readonly #client: Client;
  readonly #texts: AdminTexts;

  constructor(
    tokens: readonly TokenView[],
    { client, toasts, texts }: {
      client: Client;
      toasts: ToastList;
      texts: AdminTexts;
    },
  ) {
    this.tokens = signal(tokens);
    this.toasts = toasts;
    this.#client = client;
    this.#texts = texts;
  }

  /** Creates a token. Returns the error, or undefined on success. */
  async create(
    { name, scopes, days }: TokenForm,
  ): Promise<CallError | undefined> {
    const answer = await this.#client.createToken({
      ...{ name: name.trim(), scopes: [...scopes] },
      ...days !== "never" && { days: Number(days) },
    });
    if (!answer.ok) return answer.error;
    this.created.value = answer.value;
    this.tokens.value = [answer.value.token, ...this.tokens.value];
    return undefined;
  }

  closeCreated(): void {
    this.created.value = undefined;
  }

  /** Revokes a token. One that no longer exists is revoked, too. */
  async revoke({ id, name }: TokenView): Promise<boolean> {
    const answer = await this.#client.revokeToken(id);
    if (!answer.ok && answer.error.reason !== "not-found") {
      const text = reasonText(answer.error.reason, this.#texts);
      this.toasts.show({ kind: "failed", text });
      return false;
    }
    this.tokens.value = this.tokens.value.filter((token) => token.id !== id);
    if (this.created.value?.token.id === id) this.closeCreated();
    const text = fill(this.#texts.tokens.revokedToast, { name });
    this.toasts.show({ kind: "done", text });
    return true;
  }
}
