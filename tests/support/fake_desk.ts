import { Hub } from "@/lib/base/hub.ts";
import type { ReportingDesk } from "@/lib/cluster/cluster_agents.ts";
import type { Presence } from "@/lib/model/presence.ts";
import { FakeAgents } from "./fake_agents.ts";

/** The desk of an instance: a bank in memory that reports all of its agents. */
export class FakeDesk extends FakeAgents implements ReportingDesk {
  readonly #hub = new Hub<
    { changed: { address: string; presence: Presence } }
  >();
  readonly #there = new Map<string, Presence>();

  /** An agent of the service, whether here or not. */
  override owns(): boolean {
    return true;
  }

  /** The agent's page is connected here, or has disconnected. */
  show(address: string, presence: Presence): void {
    this.add({ address, name: address, email: "" }, presence);
    this.#there.set(address, presence);
    this.#hub.tell("changed", { address, presence });
  }

  watchAll(tell: (address: string, presence: Presence) => void): Disposable {
    for (const [address, presence] of this.#there) tell(address, presence);
    return this.#hub.on(
      "changed",
      ({ address, presence }) => tell(address, presence),
    );
  }
}
