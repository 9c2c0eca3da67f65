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

/** Names that are tried before giving up: the same one with a number. */
const NAMES_MAX = 50;
/** Room for that number. */
const NAME_LENGTH = ADDRESS_LENGTH_MAX - 4;

/** Who a PBX has vouched for. */
export interface PbxPerson extends PbxUser {
  displayName: string;
}

/**
 * Users of PBXs to whom the App is assigned. Whoever assigns it decides who may
 * administer, so a user that is not known yet becomes an administrator; here an
 * administrator can change that, or leave no role: then the user is kept out.
 */
export class PbxPeople {
  readonly #accounts: AccountStore;
  readonly #hub: Hub<Topics>;

  constructor({ accounts, hub }: { accounts: AccountStore; hub: Hub<Topics> }) {
    this.#accounts = accounts;
    this.#hub = hub;
  }

  /** The account of a user, made at the first sign-in. */
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
      // The user came twice at once, or somebody else has the name.
      const known = await this.#accounts.getByPbxUser(user);
      if (known !== undefined) return ok(known.value);
    }
    return err("too-many");
  }
}

/** `sip@domain`, in letters that a name may have: never an address of the PBX. */
function nameOf({ sip, domain }: PbxUser, number: number): string {
  const tidy = (text: string) =>
    text.normalize("NFC").toLowerCase()
      .replace(/[^\p{L}\p{N}._@-]+/gu, "-").replace(/^[^\p{L}\p{N}]+/u, "");
  const whole = `${tidy(sip) || "user"}@${tidy(domain) || "pbx"}`;
  const end = number === 1 ? "" : `-${number}`;
  const name = v.safeParse(AccountName, cut(whole, NAME_LENGTH) + end);
  return name.success ? name.output : `user@pbx${end}`;
}

/** A PBX's name may be anything; what is shown is one line of some length. */
function displayNameOf({ displayName, sip }: PbxPerson, name: string): string {
  for (const text of [displayName, sip]) {
    const line = oneLine(text);
    const short = line.length > 64 ? cut(line, 63).trim() + "…" : line;
    const read = v.safeParse(AccountContent.entries.displayName, short);
    if (read.success) return read.output;
  }
  return name;
}
