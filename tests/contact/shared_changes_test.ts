import { deepEqual, equal, ok } from "node:assert/strict";
import { People } from "@/lib/admin/people.ts";
import { Sessions } from "@/lib/admin/sessions.ts";
import { Widgets } from "@/lib/admin/widgets.ts";
import { Hub } from "@/lib/base/hub.ts";
import { SharedHub } from "@/lib/cluster/shared_hub.ts";
import { DeskBank } from "@/lib/desk/bank.ts";
import { PROGRAM } from "@/lib/model/audit.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { deskStore } from "@/lib/program/desk_store.ts";
import { LiveWidgets } from "@/lib/visitor/live_widgets.ts";
import { contentWith } from "@/tests/support/any_widget.ts";
import { chance } from "@/tests/support/chance.ts";
import { LossyBus, MemoryBus } from "@/tests/support/memory_bus.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";

type Shared = Awaited<ReturnType<typeof memoryStore>>;

/** An instance with an administrator's services, widgets on pages, and desks. */
async function openInstance(own: string, store: Shared, common: MemoryBus) {
  const { clock, accounts } = store;
  const hub = new Hub<Topics>();
  const bus = new LossyBus(common, { luck: chance(1), clock });
  const shared = await SharedHub.open({
    ...{ hub, bus, own, clock },
    changes: (limit) => store.audit.list({ limit }),
    isBusAway: () => bus.isAway,
  });
  const desk = await DeskBank.open({
    ...deskStore(store, clock),
    ...{ hub, clock, ice: () => ({ stun: "", turn: "" }) },
  });
  const live = new LiveWidgets({
    ...{ hub, clock, strings: { en: {} } },
    widgets: async (uuid) => (await store.widgets.get(uuid))?.value,
    watch: () => ({ [Symbol.dispose]: () => {} }),
  });
  const sessions = new Sessions({ sessions: store.sessions, accounts, hub });
  return {
    ...{ bus, hub, shared, desk, live },
    widgets: new Widgets({ ...store, hub }),
    people: new People({ accounts, sessions, hub }),
    async [Symbol.asyncDispose]() {
      live[Symbol.dispose]();
      await desk[Symbol.asyncDispose]();
      shared[Symbol.dispose]();
    },
  };
}

/** A page that waits for changes of its widget. */
class WaitingPage {
  readonly blockedBy = undefined;
  readonly token = "t";
  readonly lang = "en";
  #changed = Promise.withResolvers<void>();

  show(): void {}

  renew(): void {
    this.#changed.resolve();
  }

  remove(): void {
    this.#changed.resolve();
  }

  /** Resolves when the widget has been saved or deleted. */
  async change(): Promise<void> {
    await this.#changed.promise;
    this.#changed = Promise.withResolvers();
  }
}

for (const isLost of [false, true]) {
  const how = isLost
    ? "are found in the audit log if the bus has lost them"
    : "arrive over the bus";
  Deno.test(`[SHARE2] changes of widgets and accounts at one instance ${how}`, async () => {
    using store = await memoryStore();
    using common = new MemoryBus(store.clock);
    const content = contentWith([], { name: "Cards" });
    const made = await store.widgets.create("cardset", content);
    ok(made.ok);
    const { value: { uuid }, revision } = made.value;
    await using a = await openInstance("a", store, common);
    await using b = await openInstance("b", store, common);
    const page = new WaitingPage();
    const live = await b.live.find(uuid);
    live?.join(page);
    a.bus.isCut = isLost;
    /** Lets the other instance learn of it. */
    async function pass(): Promise<void> {
      if (isLost) await b.shared.compare();
      else store.clock.advance(1);
      await b.desk.settled();
    }

    const renamed = { ...content, name: "Contacts" };
    ok(
      (await a.widgets.save(uuid, { revision, content: renamed }, PROGRAM)).ok,
    );
    await pass();
    await page.change();
    equal(live?.widget.content.name, "Contacts");

    const otto = {
      name: "otto",
      displayName: "Otto",
      roles: ["agent" as const],
    };
    const account = await store.accounts.create(otto, "hash", { by: PROGRAM });
    ok(account.ok);
    const { id } = account.value.value;
    a.hub.tell("account-changed", { id });
    await pass();
    equal(b.desk.owns("otto"), true);

    ok((await a.people.delete(id, PROGRAM)).ok);
    ok((await a.widgets.delete(uuid, PROGRAM)).ok);
    await pass();
    await page.change();
    deepEqual([b.desk.owns("otto"), b.live.size], [false, 0]);
  });
}
