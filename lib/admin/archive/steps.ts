import { assertNever } from "@/lib/base/assert_never.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Store } from "@/lib/store/open.ts";
import { sha256Hex } from "@/lib/store/sha256.ts";
import { readImage } from "../images/read_image.ts";
import type { StoredAppPassword } from "./app_password.ts";
import type { StoredPushKey } from "./push_key.ts";
import type { ArchiveLine } from "./line.ts";
import type { ImportOutcome, Refused, Thing } from "./report.ts";
import type { Secrets } from "./secrets.ts";

type LineOf<Is extends ArchiveLine["is"]> = Extract<ArchiveLine, { is: Is }>;

/** The effect of a line on the store, with the write that performs it. */
export interface ImportStep {
  thing: Thing;
  outcome: ImportOutcome;
  /** The new or different thing, in words; absent if it is only counted. */
  words?: string;
  write(): Promise<Refused | void>;
}

/** The secrets that are encrypted in the store. */
export interface StoredSecrets {
  appPassword: StoredAppPassword;
  pushKey: StoredPushKey;
}

const nothing = () => Promise.resolve();

/** Decides the effect of each line of an archive on a store. Writes nothing. */
export class Steps {
  secrets: Secrets = { passwordHashes: {} };
  /** Names of accounts that have no password, neither here nor in the
   * archive. */
  readonly withoutPassword: string[] = [];
  readonly #store: Store;
  /** New widgets, whose versions are imported too. */
  readonly #newWidgets = new Set<string>();
  /** Pictures of the archive that are stored, or will be. */
  readonly #pictures = new Set<string>();
  readonly #stored: StoredSecrets;

  constructor(store: Store, stored: StoredSecrets) {
    this.#store = store;
    this.#stored = stored;
  }

  /** Returns the steps of a line; none if it does not affect the store. */
  async of(line: ArchiveLine): Promise<ImportStep[]> {
    const steps = line.is === "secrets"
      ? [
        await this.#password(),
        await this.#pushKey(),
        ...await Promise.all(this.#tokens()),
      ]
      : [await this.#of(line)];
    return steps.filter((step) => step !== undefined);
  }

  async #of(
    line: Exclude<ArchiveLine, { is: "secrets" }>,
  ): Promise<ImportStep | undefined> {
    const { widgets, contactRecords, inquiries } = this.#store;
    const { presences, audit, statistics, blocks, savedReplies } = this.#store;
    switch (line.is) {
      case "contact-widgets-archive":
      case "end":
        return undefined;
      case "account":
        return await this.#account(line.account);
      case "picture":
        return await this.#picture(line);
      case "widget":
        return await this.#widget(line);
      case "version": {
        const { uuid, version, content } = line;
        const isThere = !this.#newWidgets.has(uuid);
        const write = () => widgets.history.keep(uuid, version, content);
        return addition("version", isThere, write);
      }
      case "contact": {
        const isThere = await contactRecords.has(line.record);
        const write = () => contactRecords.add(line.record);
        return addition("contact", isThere, write);
      }
      case "message": {
        const { inquiry } = line;
        const isThere = await inquiries.has(inquiry.number);
        return addition("message", isThere, () => inquiries.addAs(inquiry));
      }
      case "block": {
        const isThere = await blocks.has(line.block);
        return addition("block", isThere, () => blocks.addAs(line.block));
      }
      case "saved reply": {
        const { reply } = line;
        const isThere = await savedReplies.has(reply);
        const write = () => savedReplies.addAs(reply);
        return addition("saved reply", isThere, write);
      }
      case "statistics": {
        // Never added to existing counts, so importing an archive twice counts
        // it once.
        const isThere = await statistics.has(line.row);
        const write = () => statistics.add([line.row]);
        return addition("statistics", isThere, write);
      }
      case "presence": {
        const isThere = await presences.get(line.last.address) !== undefined;
        return addition("presence", isThere, () => presences.set(line.last));
      }
      case "change": {
        const isThere = await audit.has(line.entry);
        return addition("change", isThere, () => audit.addAs(line.entry));
      }
      default:
        return assertNever(line);
    }
  }

  /** The PBX logs in with the stored password, so it is kept. */
  async #password(): Promise<ImportStep | undefined> {
    const { appPassword } = this.secrets;
    if (appPassword === undefined) return undefined;
    const stored = this.#stored.appPassword;
    const current = await stored.get();
    if (current !== undefined && current !== appPassword) {
      return refusal("app password", "of the PBX: another one is stored here");
    }
    const isThere = current !== undefined;
    const write = () => stored.set(appPassword);
    return addition("app password", isThere, write);
  }

  /** The devices of agents are subscribed with the stored key, so it is kept. */
  async #pushKey(): Promise<ImportStep | undefined> {
    const { pushKey } = this.secrets;
    if (pushKey === undefined) return undefined;
    const stored = this.#stored.pushKey;
    const current = await stored.get();
    if (current !== undefined && !isSame(current, pushKey)) {
      return refusal(
        "push key",
        "of notifications: another one is stored here",
      );
    }
    const write = () => stored.set(pushKey);
    return addition("push key", current !== undefined, write);
  }

  /** Programs continue with their tokens, unless they were revoked before the
   * export. */
  #tokens(): Promise<ImportStep>[] {
    const { apiTokens } = this.#store;
    return (this.secrets.apiTokens ?? []).map(async (token) => {
      const isThere = await apiTokens.has(token.id);
      return addition("token", isThere, () => apiTokens.addAs(token));
    });
  }

  async #account(given: Account): Promise<ImportStep> {
    const { accounts } = this.#store;
    const account = await this.#withKnownPicture(given);
    const { id, name, displayName, roles } = account;
    const content = { name, displayName, roles };
    const current = await accounts.get(id);
    const named = await accounts.getByName(account.name);
    if (named !== undefined && named.value.id !== id) {
      return refusal("account", `${account.name}: this name is already taken`);
    }
    const hash = this.secrets.passwordHashes[id];
    const hasPassword = await accounts.passwordHash(id) !== undefined;
    if (!hasPassword && hash === undefined && account.pbxUser === undefined) {
      this.withoutPassword.push(name);
    }
    if (current === undefined) {
      const words = `new account: ${account.name}`;
      return addition("account", false, async () => {
        const made = await accounts.createAs(account, hash);
        return made.ok ? undefined : { refused: `account ${account.name}` };
      }, words);
    }
    const [here, there] = [withoutMark(current.value), withoutMark(account)];
    // An earlier import had no passphrase, so it left the password out.
    const brings = !hasPassword && hash !== undefined && {
      passwordHash: hash,
      mustChangePassword: account.mustChangePassword === true,
    };
    const fields = [differing(here, there), brings ? "password" : ""]
      .filter((field) => field !== "").join(", ");
    if (fields === "") return addition("account", true, nothing);
    const words = `account ${account.name} differs in: ${fields}`;
    return change("account", words, async () => {
      const { picture, language } = account;
      const personal = {
        ...picture !== undefined && { picture },
        ...language !== undefined && { language },
      };
      const saved = await accounts
        .save(id, current.revision, content, { personal, ...brings });
      if (saved.ok) return;
      return { refused: `account ${account.name}: ${saved.error.reason}` };
    });
  }

  /** Removes a picture that neither the archive nor the store has. */
  async #withKnownPicture(account: Account): Promise<Account> {
    const { picture, ...rest } = account;
    const isKnown = picture === undefined || this.#pictures.has(picture) ||
      await this.#store.pictures.get(picture) !== undefined;
    return isKnown ? account : rest;
  }

  async #picture({ id, type, base64 }: LineOf<"picture">): Promise<ImportStep> {
    const { pictures } = this.#store;
    const bytes = Uint8Array.fromBase64(base64);
    const image = readImage(bytes);
    const fits = image.ok && image.value.type === type &&
      sha256Hex(bytes) === id;
    if (!fits) {
      return refusal("picture", `${id}: its bytes do not match its id`);
    }
    this.#pictures.add(id);
    const isThere = await pictures.get(id) !== undefined;
    return addition("picture", isThere, async () => {
      await pictures.put(type, bytes);
    });
  }

  async #widget({ value, version, by }: LineOf<"widget">): Promise<ImportStep> {
    const { widgets } = this.#store;
    const { uuid, content } = value;
    const current = await widgets.get(uuid);
    const why = (reason: string) => ({
      refused: `widget ${content.name}: ${reason}`,
    });
    if (current === undefined) {
      this.#newWidgets.add(uuid);
      const words = `new widget: ${content.name}`;
      return addition("widget", false, async () => {
        const made = await widgets.createAs({ value, version, by });
        return made.ok ? undefined : why(made.error.reason);
      }, words);
    }
    if (isSame(current.value.content, content)) {
      return addition("widget", true, nothing);
    }
    const fields = differing(current.value.content, content);
    const words = `widget ${content.name} differs in: ${fields}`;
    return change("widget", words, async () => {
      const saved = await widgets.save(uuid, current.revision, content);
      return saved.ok ? undefined : why(saved.error.reason);
    });
  }
}

function addition(
  thing: Thing,
  isThere: boolean,
  write: ImportStep["write"],
  words?: string,
): ImportStep {
  const outcome = isThere ? "kept" : "added";
  return { thing, outcome, write, ...(words !== undefined && { words }) };
}

function change(
  thing: Thing,
  words: string,
  write: ImportStep["write"],
): ImportStep {
  return { thing, outcome: "changed", words, write };
}

/** The mark belongs to the password, which an existing account keeps. */
function withoutMark(account: Account): Omit<Account, "mustChangePassword"> {
  const { mustChangePassword: _, ...rest } = account;
  return rest;
}

/** Returns the names of the members that differ. */
function differing(here: object, there: object): string {
  const own = new Map<string, unknown>(Object.entries(here));
  const other = new Map<string, unknown>(Object.entries(there));
  return [...new Set([...own.keys(), ...other.keys()])]
    .filter((name) => !isSame(own.get(name), other.get(name)))
    .join(", ");
}

function refusal(thing: Thing, why: string): ImportStep {
  const outcome = { refused: `${thing} ${why}` };
  return { thing, outcome, write: nothing };
}

/** Both were decoded with one schema, so equal values have equal JSON. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
