import { join } from "node:path";
import type { StoredAppPassword } from "@/lib/admin/archive/app_password.ts";
import { Pbx } from "@/lib/admin/pbx.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { PROGRAM } from "@/lib/model/audit.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { AppPassword } from "@/lib/pbx/password/app_password.ts";
import { SecretBox } from "@/lib/pbx/password/secret_box.ts";
import { PbxBank } from "@/lib/pbx/pbx_bank.ts";
import type { Store } from "@/lib/store/open.ts";
import type { Config } from "./settings.ts";

const KEY_FILE = "secret.key";

export interface PbxResources {
  config: Config;
  store: Store;
  clock: Clock;
  hub: Hub<Topics>;
  /** A PBX is linked, or not any more. */
  linksChanged?(): void;
  /** A new link of this key can be used. */
  linked?(key: string): void;
}

/** Creates the PBX bank with this service's store and settings. */
export async function openPbx(
  { config, store, clock, hub, linksChanged, linked }: PbxResources,
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
    hub,
    cliOverride,
    ...linksChanged && { linksChanged },
    ...linked && { linked },
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

/** Returns the function by which visitors are marked: a keyed hash. */
export async function openSigning(
  { secretKey, data }: Pick<Config, "secretKey" | "data">,
): Promise<(text: string) => Promise<Uint8Array>> {
  const box = await openBox(secretKey, data);
  return (text) => box.sign(text);
}

/** Uses a key in the environment, or a key file next to the store, which is
 * created if it is missing. */
export async function openBox(
  secretKey: string,
  data: string,
): Promise<SecretBox> {
  if (secretKey !== "") return await SecretBox.withText(secretKey);
  await Deno.mkdir(data, { recursive: true, mode: 0o700 });
  return await SecretBox.withKeyFile(join(data, KEY_FILE));
}

/** The same; returns undefined if the key would have to be created. */
export async function boxThatIs(
  secretKey: string,
  data: string,
): Promise<SecretBox | undefined> {
  if (secretKey !== "") return await SecretBox.withText(secretKey);
  return await SecretBox.fromKeyFile(join(data, KEY_FILE));
}
