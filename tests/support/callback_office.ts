import { ok } from "node:assert/strict";
import { Hub } from "@/lib/base/hub.ts";
import { CallbackPhones } from "@/lib/callbacks/callback_phones.ts";
import type { CallbackCounted } from "@/lib/callbacks/outcome.ts";
import { CallbackRinger } from "@/lib/callbacks/ringer.ts";
import { PROGRAM } from "@/lib/model/audit.ts";
import type { CallbackState } from "@/lib/model/callback.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { newContent, type WidgetContent } from "@/lib/model/widget.ts";
import type { PbxBank } from "@/lib/pbx/pbx_bank.ts";
import type { Store } from "@/lib/store/open.ts";
import { anAgent } from "./any_widget.ts";
import { awaited, InFlight, timeOf } from "./callback_time.ts";
import { turns, user } from "./simulated_pbx/in_memory.ts";
import { newBank } from "./simulated_pbx/service.ts";
import { SimulatedPbx } from "./simulated_pbx/simulated_pbx.ts";
import { memoryWire } from "./simulated_pbx/wire.ts";
import { memoryStore } from "./temporary_store.ts";

export const WIDGET = "1".repeat(32);
export const TEAM = anAgent("team-1", {
  name: "Sales",
  team: {
    members: ["atlantis", "columbia", "ada"],
    ...{ strategy: "all", ringSeconds: 20, chatsMax: 0, steps: [] },
  },
});

/** A callback that is due, in a store with a fake clock. */
async function dueCallback(agents: WidgetContent["agents"], address: string) {
  const store = await memoryStore();
  const { clock, inquiries, widgets } = store;
  const content = { ...newContent("Shop", "en"), agents };
  await widgets.create("sidebar", content, WIDGET, PROGRAM);
  const made = await inquiries.create({
    ...{ id: "m1", widget: WIDGET, address, name: "Jonas", lang: "en" },
    ...{ reply: "+49 7031 73009", text: "Please call" },
    callback: { from: clock.wall() },
  });
  ok(made.ok);
  return { store, number: made.value.inquiry.number };
}

async function linked(bank: PbxBank) {
  const peer = { address: "192.0.2.10", origin: null };
  const pbx = new SimulatedPbx(
    memoryWire((...given) => bank.accept(...given), peer),
    { users: ["atlantis", "columbia"].map((sip) => user(sip)) },
  );
  await pbx.connect();
  return pbx;
}

/** The store as phones of callbacks use it, whose calls are counted. */
function storeOf(
  { inquiries, usedOnce }: Pick<Store, "inquiries" | "usedOnce">,
  inFlight: InFlight,
  room: { isBroken: boolean },
) {
  const get = inFlight.of((which: string) => inquiries.get(which));
  type Change = typeof inquiries.change;
  const change = inFlight.of<
    Parameters<Change>,
    Awaited<ReturnType<Change>>
  >((...given) =>
    room.isBroken
      ? Promise.reject(new Error("broken"))
      : inquiries.change(...given)
  );
  const use = inFlight.of<Parameters<typeof usedOnce.use>, boolean>(
    (...given) => usedOnce.use(...given),
  );
  return { inquiries: { get, change }, usedOnce: { use } };
}

/** A callback that is due, a ringer, and a linked PBX for each instance. */
export async function office(
  { agents = [anAgent("atlantis", { name: "Atlantis Smith" })], ...more }: {
    agents?: WidgetContent["agents"];
    address?: string;
    instances?: number;
  } = {},
) {
  const { address = agents[0]?.address ?? "", instances = 1 } = more;
  const stack = new DisposableStack();
  const { store, number } = await dueCallback(agents, address);
  const { clock, inquiries } = stack.use(store);
  const parts = { ...store, hub: new Hub<Topics>() };
  const counted: CallbackCounted[] = [];
  const room = { isBroken: false };
  const inFlight = new InFlight();
  const tracked = storeOf(store, inFlight, room);
  const pbxs: SimulatedPbx[] = [];
  const work: { settled(): Promise<unknown> }[] = [];
  for (let n = 0; n < instances; n++) {
    const phones = stack.use(newBank(clock));
    pbxs.push(await linked(phones));
    const ringing = stack.use(
      new CallbackPhones({
        ...{ ...parts, phones },
        ...tracked,
        isAtDesk: (address) => address === "ada",
        happened: (one) => counted.push(one),
      }),
    );
    work.push(ringing);
  }
  const tasks = awaited(store.tasks);
  work.unshift(tasks);
  stack.use(new CallbackRinger({ ...parts, store: { ...store, tasks } }));
  const [pbx] = pbxs;
  ok(pbx);
  return Object.assign(room, {
    ...{ ...timeOf(clock, work), pbx, pbxs, clock, counted },
    /** Lets the answer of a phone, or its end, be handled. */
    handled: () => inFlight.ended(),
    async stored() {
      const stored = await inquiries.get(number);
      ok(stored);
      return { ...stored.value, call: stored.value.callback?.call };
    },
    /** A page changes the callback. If `isTold` is false, nobody has heard of it
     * yet. */
    async change(call: CallbackState, { isTold = true } = {}) {
      const stored = await inquiries.get(number);
      ok(stored?.value.callback);
      const callback = { ...stored.value.callback, call };
      await inquiries.change(number, stored.revision, { callback });
      if (isTold) parts.hub.tell("callbacks-changed", { number });
      await turns();
    },
    [Symbol.dispose]: () => stack.dispose(),
  });
}
