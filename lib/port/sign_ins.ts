import { getLogger } from "@logtape/logtape";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { Account } from "@/lib/model/account.ts";
import { StoreError } from "@/lib/store/patience.ts";

const log = getLogger(["widgets", "server"]);

/** The sign-ins of agents who open a desk. */
export class SignIns {
  readonly #signedIn: (request: Request) => Promise<Account | undefined>;
  #isFailing = false;

  constructor(signedIn: (request: Request) => Promise<Account | undefined>) {
    this.#signedIn = signedIn;
  }

  /** Returns the account that a request belongs to, if any. Fails if the store
   * does. Only the first failure of an outage is logged, because each open page
   * tries again until it is over. */
  async of(
    request: Request,
  ): Promise<Result<Account | undefined, StoreError>> {
    try {
      const account = await this.#signedIn(request);
      this.#isFailing = false;
      return ok(account);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      if (!this.#isFailing) {
        log.warn("Cannot look up who opens a desk: {error}", { error });
      }
      this.#isFailing = true;
      return err(error);
    }
  }
}
