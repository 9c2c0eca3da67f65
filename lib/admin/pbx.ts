import { isOrigin } from "@/lib/base/origins.ts";
import type { Author } from "@/lib/model/audit.ts";
import type { AppPassword } from "@/lib/pbx/password/app_password.ts";
import {
  type UserLoginOptions,
  UserLogins,
} from "@/lib/pbx/login/user_logins.ts";
import type { PbxBank } from "@/lib/pbx/pbx_bank.ts";
import type { PbxView, TracePage } from "@/lib/protocol/admin/pbx.ts";

/** Name of the App: the last part of its URL. */
export const APP_NAME = "innovaphone-widgets";

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
  userLogins(at: Pick<UserLoginOptions, "clock" | "used">): UserLogins {
    return new UserLogins({
      ...at,
      password: () => this.#password.get(),
      sign: (text) => this.#password.sign(text),
    });
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
