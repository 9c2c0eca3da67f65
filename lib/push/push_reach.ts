import { getLogger } from "@logtape/logtape";
import { STORE_BACKOFF } from "@/lib/base/backoff.ts";
import type { Clock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import { Hub } from "@/lib/base/hub.ts";
import { UntilDone } from "@/lib/base/until_done.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { PushStore } from "@/lib/store/push_store.ts";
import type { AgentPush } from "./agent_push.ts";

const log = getLogger(["widgets", "push"]);

/** Time between two looks at all accounts, because a session can end without an
 * event. */
const LOOK_MS = 60_000;

export interface PushReachOptions {
  push: Pick<AgentPush, "devices">;
  store: Pick<PushStore, "all">;
  hub: Hub<Topics>;
  clock: Clock;
}

/** The accounts that have a device which is notified while the desk is
 * closed. */
export class PushReach implements AsyncDisposable {
  readonly #options: PushReachOptions;
  readonly #reachable = new Set<string>();
  readonly #changed = new Hub<
    { changed: { account: string; isReachable: boolean } }
  >();
  /** Accounts to look at, or all. */
  readonly #dirty = new Set<string>();
  #isAllDirty = false;
  readonly #looking: UntilDone;
  readonly #open = new DisposableStack();

  private constructor(options: PushReachOptions) {
    this.#options = options;
    const { hub, clock } = options;
    this.#looking = this.#open.use(
      new UntilDone(() => this.#look(), {
        ...{ clock, backoff: STORE_BACKOFF },
        onError: (error) =>
          log.warn("Cannot read the devices of agents: {error}", { error }),
      }),
    );
    const look = (account: string) => this.#lookAt(account);
    for (
      const listening of [
        hub.on("push-changed", ({ account }) => look(account)),
        hub.on("signed-out", ({ account }) => look(account)),
        hub.on("account-changed", ({ id }) => look(id)),
        every(clock, LOOK_MS, () => this.#lookAtAll()),
      ]
    ) this.#open.use(listening);
  }

  /** Reads all devices; repeats it later if that fails. */
  static async open(options: PushReachOptions): Promise<PushReach> {
    const reach = new PushReach(options);
    reach.#lookAtAll();
    await reach.settled();
    return reach;
  }

  /** Reports each account that can be reached, and each change, until disposed
   * of. */
  watch(tell: (account: string, isReachable: boolean) => void): Disposable {
    for (const account of this.#reachable) tell(account, true);
    return this.#changed.on(
      "changed",
      ({ account, isReachable }) => tell(account, isReachable),
    );
  }

  /** Resolves when no look is in flight. */
  settled(): Promise<void> {
    return this.#looking.settled();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#open[Symbol.dispose]();
    await this.settled();
  }

  #lookAt(account: string): void {
    this.#dirty.add(account);
    this.#looking.run();
  }

  #lookAtAll(): void {
    this.#isAllDirty = true;
    this.#looking.run();
  }

  async #look(): Promise<void> {
    if (this.#isAllDirty) {
      const rows = await this.#options.store.all();
      for (const { account } of rows) this.#dirty.add(account);
      for (const account of this.#reachable) this.#dirty.add(account);
      this.#isAllDirty = false;
    }
    for (const account of [...this.#dirty]) {
      const devices = await this.#options.push.devices(account);
      this.#dirty.delete(account);
      this.#set(account, devices.length > 0);
    }
  }

  #set(account: string, isReachable: boolean): void {
    if (this.#reachable.has(account) === isReachable) return;
    if (isReachable) this.#reachable.add(account);
    else this.#reachable.delete(account);
    this.#changed.tell("changed", { account, isReachable });
  }
}
