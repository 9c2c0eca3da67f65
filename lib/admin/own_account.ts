import type { Hub } from "@/lib/base/hub.ts";
import { getLogger } from "@logtape/logtape";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { Account } from "@/lib/model/account.ts";
import type { PictureId } from "@/lib/model/picture.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type {
  OwnAccountStore,
  OwnChange,
  OwnProfile,
} from "@/lib/store/own_account_store.ts";
import { StoreError } from "@/lib/store/patience.ts";
import { hashPassword } from "./passwords.ts";
import type { Sessions } from "./sessions.ts";
import type { NotSignedIn, SignIn } from "./sign_in.ts";

export interface PasswordChange {
  current: string;
  /** Decoded with the model's Password. */
  password: string;
  /** The address of the request, by which guesses are counted. */
  address: string;
  /** The requesting session, which a new one replaces. */
  token: string;
}

export type PasswordNotChanged =
  /** The current password is wrong, or there were too many guesses. */
  | NotSignedIn
  /** The new password equals the current one. */
  | { reason: "same" }
  /** A user of a PBX has no password here. */
  | { reason: "of-pbx" }
  /** The store fails, so the password is either the old or the new one. */
  | { reason: "unavailable" };

export type ProfileSaveError = { reason: "not-found" } | {
  reason: "no-picture";
};

const log = getLogger(["widgets", "admin"]);

/** The changes of users to their own account. */
export class OwnAccount {
  readonly #accounts: Pick<OwnAccountStore, "save">;
  readonly #signIn: Pick<SignIn, "confirm" | "inTurn">;
  readonly #sessions: Pick<Sessions, "endOthers" | "replaceAll">;
  readonly #hub: Hub<Topics>;

  constructor({ accounts, signIn, sessions, hub }: {
    accounts: Pick<OwnAccountStore, "save">;
    signIn: Pick<SignIn, "confirm" | "inTurn">;
    sessions: Pick<Sessions, "endOthers" | "replaceAll">;
    hub: Hub<Topics>;
  }) {
    this.#accounts = accounts;
    this.#signIn = signIn;
    this.#sessions = sessions;
    this.#hub = hub;
  }

  /**
   * Changes the password if `current` is right, ends all other sessions, and
   * returns the token of the session that replaces the requesting one.
   */
  async changePassword(
    account: Account,
    change: PasswordChange,
  ): Promise<Result<string, PasswordNotChanged>> {
    if (account.pbxUser !== undefined) return err({ reason: "of-pbx" });
    try {
      return await this.#changePassword(account, change);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      const { name } = account;
      log.error("Cannot change the password of {name}: {error}", {
        name,
        error,
      });
      return err({ reason: "unavailable" });
    }
  }

  async #changePassword(
    account: Account,
    { current, password, address, token }: PasswordChange,
  ): Promise<Result<string, PasswordNotChanged>> {
    const before = await this.#signIn
      .confirm({ account, password: current, address });
    if (!before.ok) return before;
    if (isSame(current, password)) return err({ reason: "same" });
    const hash = await this.#signIn.inTurn(() => hashPassword(password));
    const { id } = account;
    // First, so that no failure leaves them open with a new password.
    await this.#sessions.endOthers(token);
    const saved = await this.#accounts
      .save(id, { what: "password", before: before.value, hash });
    // Another change was faster, so the checked password is no longer current.
    if (!saved.ok) return err({ reason: "wrong" });
    return ok(await this.#sessions.replaceAll(id, token));
  }

  /** Changes the name that colleagues see, or the language of the pages. The
   * caller has checked the model's rules. */
  async saveProfile(
    { id }: Pick<Account, "id">,
    profile: OwnProfile,
  ): Promise<Result<Account, ProfileSaveError>> {
    const saved = await this.#save(id, { what: "profile", profile });
    // The desk's pages reconnect for it, so do it only for changes that they
    // show.
    if (saved.ok && profile.displayName !== undefined) {
      this.#hub.tell("account-changed", { id });
    }
    return saved;
  }

  /** Sets a stored picture, or none. */
  async setPicture(
    { id }: Pick<Account, "id">,
    picture: PictureId | undefined,
  ): Promise<Result<Account, ProfileSaveError>> {
    return await this.#save(id, { what: "picture", picture });
  }

  async #save(
    id: string,
    change: Exclude<OwnChange, { what: "password" }>,
  ): Promise<Result<Account, ProfileSaveError>> {
    const saved = await this.#accounts.save(id, change);
    if (!saved.ok) {
      const { reason } = saved.error;
      return err({ reason: reason === "changed" ? "not-found" : reason });
    }
    return ok(saved.value.value);
  }
}

/** Argon2id gets a text in this form, so both would open the account. */
function isSame(a: string, b: string): boolean {
  return a.normalize("NFKC") === b.normalize("NFKC");
}
