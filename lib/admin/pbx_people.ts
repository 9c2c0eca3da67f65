import * as v from "valibot";
import { cut } from "@/lib/base/cut.ts";
import { oneLine } from "@/lib/base/plain_text.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import {
  type Account,
  AccountContent,
  AccountName,
  type PbxUser,
} from "@/lib/model/account.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { ADDRESS_LENGTH_MAX } from "@/lib/model/address.ts";
import type { AccountStore } from "@/lib/store/account_store.ts";
import { PEOPLE_MAX } from "./people.ts";

/** Number of names to try: the same one with a number. */
const NAMES_MAX = 50;
/** Leaves room for that number. */
const NAME_LENGTH = ADDRESS_LENGTH_MAX - 4;

/** A user for whom a PBX has vouched. */
export interface PbxPerson extends PbxUser {
  displayName: string;
}

/**
 * Users of PBXs to whom the App is assigned. The PBX administrator who assigns
 * it decides who may administer, so an unknown user becomes an administrator
 * here. An administrator can change the roles; a user without a role is locked
 * out.
 */
export class PbxPeople {
  readonly #accounts: AccountStore;
  readonly #hub: Hub<Topics>;

  constructor({ accounts, hub }: { accounts: AccountStore; hub: Hub<Topics> }) {
    this.#accounts = accounts;
    this.#hub = hub;
  }

  /** Returns the account of a user, which is created at the first sign-in. */
  async enter(
    person: PbxPerson,
  ): Promise<Result<Account, "denied" | "too-many">> {
    const { domain, id, sip } = person;
    const user = { domain, id, sip };
    const known = await this.#accounts.getByPbxUser(user);
    if (known !== undefined) {
      const { value } = known;
      return value.roles.length === 0 ? err("denied") : ok(value);
    }
    if ((await this.#accounts.list()).length >= PEOPLE_MAX) {
      return err("too-many");
    }
    return await this.#make(user, person);
  }

  async #make(
    user: PbxUser,
    person: PbxPerson,
  ): Promise<Result<Account, "denied" | "too-many">> {
    for (let number = 1; number <= NAMES_MAX; number++) {
      const name = nameOf(user, number);
      const displayName = displayNameOf(person, name);
      const roles: Account["roles"] = ["admin"];
      const content = { name, displayName, roles };
      const made = await this.#accounts.createPbxUser(content, user);
      if (made.ok) {
        this.#hub.tell("account-changed", { id: made.value.value.id });
        return ok(made.value.value);
      }
      // The user signed in twice at the same time, or the name is taken.
      const known = await this.#accounts.getByPbxUser(user);
      if (known !== undefined) return ok(known.value);
    }
    return err("too-many");
  }
}

/** `sip@domain`, in characters that a name may have; never an address of the
 * PBX. */
function nameOf({ sip, domain }: PbxUser, number: number): string {
  const tidy = (text: string) =>
    text.normalize("NFC").toLowerCase()
      .replace(/[^\p{L}\p{N}._@-]+/gu, "-").replace(/^[^\p{L}\p{N}]+/u, "");
  const whole = `${tidy(sip) || "user"}@${tidy(domain) || "pbx"}`;
  const end = number === 1 ? "" : `-${number}`;
  const name = v.safeParse(AccountName, cut(whole, NAME_LENGTH) + end);
  return name.success ? name.output : `user@pbx${end}`;
}

/** A PBX's name can contain anything, so shorten it to one line. */
function displayNameOf({ displayName, sip }: PbxPerson, name: string): string {
  for (const text of [displayName, sip]) {
    const line = oneLine(text);
    const short = line.length > 64 ? cut(line, 63).trim() + "…" : line;
    const read = v.safeParse(AccountContent.entries.displayName, short);
    if (read.success) return read.output;
  }
  return name;
}
