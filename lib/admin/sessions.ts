import type { Hub } from "@/lib/base/hub.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { AccountStore } from "@/lib/store/account_store.ts";
import type { SessionStore } from "@/lib/store/session_store.ts";

/** Time in which other tabs of the browser get the new cookie. */
export const REPLACED_SESSION_MS = 10_000;

/** The sessions of signed-in users. */
export class Sessions {
  readonly #sessions: SessionStore;
  readonly #accounts: AccountStore;
  readonly #hub: Hub<Topics>;

  constructor({ sessions, accounts, hub }: {
    sessions: SessionStore;
    accounts: AccountStore;
    hub: Hub<Topics>;
  }) {
    this.#sessions = sessions;
    this.#accounts = accounts;
    this.#hub = hub;
  }

  /**
   * Opens a session and returns its token, which must go only into the cookie.
   * `forMs` is its maximum duration.
   */
  async open(accountId: string, forMs?: number): Promise<string> {
    return await this.#sessions.open(accountId, forMs);
  }

  /** Returns the current account of a token, unless the session has ended. A
   * replaced session counts only for reading a page: `reads`. */
  async load(token: string, reads = true): Promise<Account | undefined> {
    const session = await this.#sessions.use(token);
    if (session === undefined || session.isReplaced && !reads) return undefined;
    return (await this.#accounts.get(session.account))?.value;
  }

  /** Ends the session of a token. */
  async end(token: string): Promise<void> {
    const session = await this.#sessions.use(token);
    if (session === undefined) return;
    await this.#sessions.end(token);
    this.#hub.tell("signed-out", { account: session.account });
  }

  /** Ends all sessions of its account except the one of `token`. Sockets notice
   * at their next check, so that they close only once. */
  async endOthers(token: string): Promise<void> {
    await this.#sessions.endOthers(token);
  }

  /** Ends all sessions of the account except the one of `token`, which a new
   * one replaces within {@linkcode REPLACED_SESSION_MS}. Returns the new
   * token. */
  async replaceAll(accountId: string, token: string): Promise<string> {
    const renewed = await this.#sessions
      .replaceAll(token, REPLACED_SESSION_MS);
    this.#hub.tell("signed-out", { account: accountId });
    return renewed;
  }

  /** Ends all sessions of an account. */
  async endAll(accountId: string): Promise<void> {
    const ended = await this.#sessions.endAll(accountId);
    if (ended > 0) this.#hub.tell("signed-out", { account: accountId });
  }
}
