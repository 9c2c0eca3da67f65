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
/** The App's name: the last part of its URL. */
export const APP_NAME = "innovaphone-widgets";

/** The PBX bank on this service's store and settings. */
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

/** The stored password alone, for archives. The key is read only if there is
 * something to open, and made only if there is something to seal. */
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

/** Returns why a start cannot use the key of the settings, if it cannot. */
export async function keyError(
  { secretKey, data }: Pick<Config, "secretKey" | "data">,
): Promise<string | undefined> {
  return await boxThatIs(secretKey, data)
    .then(() => undefined, (error: Error) => error.message);
}

/** A key in the environment, or one of our own beside the store, which is made
 * when it is missing. */
async function openBox(secretKey: string, data: string): Promise<SecretBox> {
  if (secretKey !== "") return await SecretBox.withText(secretKey);
  await Deno.mkdir(data, { recursive: true, mode: 0o700 });
  return await SecretBox.withKeyFile(join(data, KEY_FILE));
}

/** The same; undefined if the key has to be made first. */
async function boxThatIs(
  secretKey: string,
  data: string,
): Promise<SecretBox | undefined> {
  if (secretKey !== "") return await SecretBox.withText(secretKey);
  return await SecretBox.fromKeyFile(join(data, KEY_FILE));
}

/** The PBXs as the administrator sees them. */
export class Pbx implements Disposable {
  readonly bank: PbxBank;
  readonly #password: AppPassword;
  readonly #path: string;
  readonly #origins: readonly string[];

  /**
   * @param at The path of the App instance, where PBXs connect, and origins of
   * myApps clients beside the PBXs' own.
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
   * Origins whose pages may show the App in a frame: those that are set, and the
   * names of the PBXs that have logged in, over TLS.
   */
  framers(): string[] {
    const own = this.bank.hostNames().flatMap((name) => {
      const origin = `https://${name.toLowerCase()}`;
      return isOrigin(origin) ? origin : [];
    });
    return [...new Set([...this.#origins, ...own])];
  }

  /** The names of the App objects that are linked. */
  appObjects(): string[] {
    return this.bank.appObjects();
  }

  /** The sign-in of users of the PBXs, with this App's password. */
  userLogins(clock: Clock): UserLogins {
    return new UserLogins(clock, () => this.#password.get());
  }

  /** @param origin Where people and the PBX find this service. */
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

  /** The new password counts from the next login on; links stay as they are. */
  async savePassword(password: string, by: Author): Promise<void> {
    await this.#password.set(password, by);
  }

  [Symbol.dispose](): void {
    this.bank[Symbol.dispose]();
  }
}
