import { isOrigin } from "@/lib/base/origins.ts";
import type { Author } from "@/lib/model/audit.ts";
import type { AppPassword } from "@/lib/pbx/password/app_password.ts";
import {
  type UserLoginOptions,
  UserLogins,
} from "@/lib/pbx/login/user_logins.ts";
import type { PbxBank } from "@/lib/pbx/pbx_bank.ts";
import type { LinkFacts } from "@/lib/pbx/status.ts";
import type {
  PbxStatus,
  PbxView,
  TraceEntryView,
  TracePage,
} from "@/lib/protocol/admin/pbx.ts";
import { NO_OTHER_PBXS, type OtherPbxs } from "./other_pbxs.ts";
import { mergedStatus, statusOf } from "./pbx_status.ts";
import { cursorAfter, readCursor, writeCursor } from "./trace_cursor.ts";

/** Name of the App: the last part of its URL. */
export const APP_NAME = "innovaphone-widgets";

export interface PbxOptions {
  /** The path of the App instance, where PBXs connect. */
  path: string;
  /** Origins of myApps clients besides the PBXs' own. */
  origins: readonly string[];
}

/** The PBXs as administrators see them, at all instances of the service. */
export class Pbx implements Disposable {
  /** Those that are linked here. */
  readonly bank: PbxBank;
  readonly #password: AppPassword;
  readonly #options: PbxOptions;
  #others = NO_OTHER_PBXS;

  constructor(bank: PbxBank, password: AppPassword, options: PbxOptions) {
    this.bank = bank;
    this.#password = password;
    this.#options = options;
  }

  /** Adds the PBXs that are linked at other instances. */
  join(others: OtherPbxs): void {
    this.#others = others;
  }

  /**
   * Returns the origins that may show the App in a frame: those in the
   * settings, and the names of the PBXs that have logged in, over TLS.
   */
  framers(): string[] {
    const own = this.#facts().flatMap(({ host }) => {
      const origin = `https://${host.toLowerCase()}`;
      return isOrigin(origin) ? origin : [];
    });
    return [...new Set([...this.#options.origins, ...own])];
  }

  /** Returns the names of the linked App objects. */
  appObjects(): string[] {
    return [...new Set(this.#facts().map(({ appObject }) => appObject))];
  }

  /** Returns STUN and TURN servers of the PBX, from the first link that has
   * them. */
  ice(): LinkFacts["ice"] {
    return this.#facts()
      .find(({ ice }) => ice && (ice.stun !== "" || ice.turn !== ""))?.ice;
  }

  /** True if a PBX is linked, at any instance. */
  isLinked(): boolean {
    return this.#facts().length > 0;
  }

  /** Returns the sign-in of the PBXs' users, with this App's password. */
  userLogins(at: Pick<UserLoginOptions, "clock" | "used">): UserLogins {
    return new UserLogins({
      ...at,
      password: () => this.#password.get(),
      sign: (text) => this.#password.sign(text),
    });
  }

  /** Returns the links of this instance. */
  status(): PbxStatus {
    return statusOf(this.bank.status());
  }

  /** @param origin Address of this service for users and the PBX. */
  async view(origin: string): Promise<PbxView> {
    const { own, status } = this.#others;
    const { found, silent } = await status();
    return {
      password: await this.#password.source(),
      appUrl: `${origin}${this.#options.path}/${APP_NAME}`,
      ...mergedStatus([[own, this.status()], ...found]),
      silent,
      framers: this.framers(),
    };
  }

  /** Returns the messages at all instances that contain `text`, in the order of
   * their time. `after` is that of the page before. */
  async trace(
    { text, after }: { text: string; after: string },
  ): Promise<TracePage> {
    const { own, trace } = this.#others;
    const before = readCursor(after, own);
    const ownAfter = before.get(own) ?? 0;
    const found = new Map<string, TraceEntryView[]>([
      [own, this.bank.trace.entries({ text, after: ownAfter })],
      ...await trace(text, before),
    ]);
    const entries = [...found].flatMap(([instance, all]) =>
      all.map((entry) => instance === "" ? entry : { ...entry, instance })
    );
    return {
      entries: entries.sort((one, other) => one.time - other.time),
      after: writeCursor(cursorAfter(before, found)),
    };
  }

  /** The new password applies from the next login on; existing links stay. */
  async savePassword(password: string, by: Author): Promise<void> {
    await this.#password.set(password, by);
  }

  [Symbol.dispose](): void {
    this.bank[Symbol.dispose]();
  }

  #facts(): LinkFacts[] {
    return [...this.bank.facts(), ...this.#others.facts()];
  }
}
