import { join } from "node:path";
import type { Clock } from "@/lib/base/clock.ts";
import type { StoredAppPassword } from "@/lib/admin/archive/app_password.ts";
import { type Author, PROGRAM } from "@/lib/model/audit.ts";
import { AppPassword } from "@/lib/pbx/password/app_password.ts";
import { SecretBox } from "@/lib/pbx/password/secret_box.ts";
import { UserLogins } from "@/lib/pbx/login/user_logins.ts";
import { PbxBank } from "@/lib/pbx/pbx_bank.ts";
import type { PbxView, TracePage } from "@/lib/protocol/admin/pbx.ts";
import type { Store } from "@/lib/store/open.ts";
import { isOrigin } from "./origins.ts";
import type { Config } from "./settings.ts";

const KEY_FILE = "secret.key";
/** Name of the App: the last part of its URL. */
export const APP_NAME = "innovaphone-widgets";

/** Creates the PBX bank with this service's store and settings. */
export async function openPbx(
  { config, store, clock }: { config: Config; store: Store; clock: Clock },
): Promise<Pbx> {
  const { secretKey, data, pbxPassword, instancePath, pbxOrigins } = config;
  const cliOverride = config.pbxCliOverride === "yes";
  const password = new AppPassword(
    await openBox(secretKey, data),
    store.settings,
    pbxPassword,
  );
  const bank = new PbxBank({
    clock,
    cache: store.presences,
    password: () => password.get(),
    cliOverride,
  });
  await bank.load();
  return new Pbx(bank, password, { path: instancePath, origins: pbxOrigins });
}

/** Returns the stored password, for archives. The key is read only to decrypt a
 * password, and created only to encrypt one. */
export function storedAppPassword(
  { config, store }: { config: Config; store: Pick<Store, "settings"> },
): StoredAppPassword {
  const { secretKey, data } = config;
  return {
    async get() {
      if (!await AppPassword.isStored(store.settings)) return undefined;
      const box = await boxThatIs(secretKey, data);
      return box && await new AppPassword(box, store.settings, "").get();
    },
    async set(password) {
      const box = await openBox(secretKey, data);
      await new AppPassword(box, store.settings, "").set(password, PROGRAM);
    },
  };
}

/** Returns why a start cannot use the key of the settings, if so. */
export async function keyError(
  { secretKey, data }: Pick<Config, "secretKey" | "data">,
): Promise<string | undefined> {
  return await boxThatIs(secretKey, data)
    .then(() => undefined, (error: Error) => error.message);
}

/** Uses a key in the environment, or a key file next to the store, which is
 * created if it is missing. */
async function openBox(secretKey: string, data: string): Promise<SecretBox> {
  if (secretKey !== "") return await SecretBox.withText(secretKey);
  await Deno.mkdir(data, { recursive: true, mode: 0o700 });
  return await SecretBox.withKeyFile(join(data, KEY_FILE));
}

/** The same; returns undefined if the key would have to be created. */
async function boxThatIs(
  secretKey: string,
  data: string,
): Promise<SecretBox | undefined> {
  if (secretKey !== "") return await SecretBox.withText(secretKey);
  return await SecretBox.fromKeyFile(join(data, KEY_FILE));
}

/** The PBXs as administrators see them. */
export class Pbx implements Disposable {
  readonly bank: PbxBank;
  readonly #password: AppPassword;
  readonly #path: string;
  readonly #origins: readonly string[];

  /**
   * @param at The path of the App instance, where PBXs connect, and origins of
   * myApps clients besides the PBXs' own.
   */
  constructor(
    bank: PbxBank,
    password: AppPassword,
    at: { path: string; origins: readonly string[] },
  ) {
    this.bank = bank;
    this.#password = password;
    this.#path = at.path;
    this.#origins = at.origins;
  }

  /**
   * Returns the origins that may show the App in a frame: those in the
   * settings, and the names of the PBXs that have logged in, over TLS.
   */
  framers(): string[] {
    const own = this.bank.hostNames().flatMap((name) => {
      const origin = `https://${name.toLowerCase()}`;
      return isOrigin(origin) ? origin : [];
    });
    return [...new Set([...this.#origins, ...own])];
  }

  /** Returns the names of the linked App objects. */
  appObjects(): string[] {
    return this.bank.appObjects();
  }

  /** Returns the sign-in of the PBXs' users, with this App's password. */
  userLogins(clock: Clock): UserLogins {
    return new UserLogins(clock, () => this.#password.get());
  }

  /** @param origin Address of this service for users and the PBX. */
  async view(origin: string): Promise<PbxView> {
    const { links, waiting, refusals } = this.bank.status();
    return {
      password: await this.#password.source(),
      appUrl: `${origin}${this.#path}/${APP_NAME}`,
      links: links.map(({ roundTripMs, apis, missing, errors, ...link }) => ({
        ...link,
        apis: [...apis],
        missing: missing.map(({ right, isMandatory }) => ({
          right,
          isMandatory,
        })),
        errors: [...errors],
        ...(roundTripMs !== undefined && { roundTripMs }),
      })),
      waiting,
      refusals,
      framers: this.framers(),
    };
  }

  trace(filter: { text: string; after: number }): TracePage {
    return { entries: this.bank.trace.entries(filter) };
  }

  /** The new password applies from the next login on; existing links stay. */
  async savePassword(password: string, by: Author): Promise<void> {
    await this.#password.set(password, by);
  }

  [Symbol.dispose](): void {
    this.bank[Symbol.dispose]();
  }
}
