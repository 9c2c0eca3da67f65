import { deepEqual, equal, ok } from "node:assert/strict";
import * as v from "valibot";
import { Hub } from "@/lib/base/hub.ts";
import type { Topics } from "@/lib/model/topics.ts";
import {
  SaveAccount,
  SavePerson,
  SaveWidget,
} from "@/lib/protocol/admin/messages.ts";
import { RunningChatStore } from "@/lib/store/running_chat_store.ts";
import { getParts, setParts } from "@/lib/store/parts.ts";
import type { StoreEngine } from "@/lib/store/store_engine.ts";
import { chatOf, entries } from "@/tests/support/any_chat.ts";
import { anAgent, contentWith } from "@/tests/support/any_widget.ts";
import { eachEngine, ENGINES, storeOn } from "@/tests/support/store_engines.ts";
import { People } from "./people.ts";
import { Sessions } from "./sessions.ts";
import { Widgets } from "./widgets.ts";

// During an upgrade, a later version of the program uses the same store and may
// store more than this one knows. Values are the same on all engines.
const MEMORY = ENGINES.filter(({ name }) => name === "memory");
const by = { id: "1", name: "ada" };

eachEngine(
  "a save keeps what a later version has stored in a widget, and restores it",
  async (engine) => {
    await using store = await storeOn(engine);
    const widgets = new Widgets({ ...store, hub: new Hub<Topics>() });
    const agents = [anAgent("otto"), anAgent("ida")];
    const made = await store.widgets.create("cardset", contentWith(agents));
    ok(made.ok);
    const { uuid } = made.value.value;
    await later(store.kv, ["widget", uuid], (widget) => {
      widget.tenant = "a";
      widget.content.theme = "dark";
      widget.content.appearance.colors.glow = "#fff";
      const [, ida] = widget.content.agents;
      if (ida !== undefined) ida.skill = "Latin";
    });

    const view = await widgets.get(uuid);
    ok(view);
    const body = v.parse(SaveWidget, {
      revision: view.revision,
      content: { ...view.content, agents: [...view.content.agents].reverse() },
    });
    const saved = await widgets.save(uuid, body, by);
    ok(saved.ok);
    const kept = await rawOf(store.kv, ["widget", uuid]);
    await later(store.kv, ["widget", uuid], (widget) => {
      widget.content.theme = "light";
    });
    const restored = await widgets.restore(uuid, {
      revision: (await widgets.get(uuid))?.revision ?? "",
      version: 1,
    }, by);
    ok(restored.ok);
    const old = await rawOf(store.kv, ["widget", uuid]);

    for (const { tenant, content } of [kept, old]) {
      deepEqual([tenant, content.theme], ["a", "dark"]);
      equal(content.appearance.colors.glow, "#fff");
    }
    const skills = (widget: Raw) =>
      widget.content.agents.map(({ address, skill }) => [address, skill]);
    deepEqual(skills(kept), [["ida", "Latin"], ["otto", undefined]]);
    deepEqual(skills(old), [["otto", undefined], ["ida", "Latin"]]);
    equal(JSON.stringify(restored.value).includes("Latin"), false);
    const version = await widgets.version(uuid, 1);
    equal(JSON.stringify(version).includes("Latin"), false);
  },
  MEMORY,
);

eachEngine(
  "a save keeps what a later version has stored in an account",
  async (engine) => {
    await using store = await storeOn(engine);
    const { accounts, kv } = store;
    const hub = new Hub<Topics>();
    const sessions = new Sessions({ ...store, hub });
    const people = new People({ accounts, sessions, hub });
    const content = { name: "ben", displayName: "Ben", roles: ["agent"] };
    const made = await accounts.createFirst(
      { name: "ada", displayName: "Ada", roles: ["admin"] },
      "hash",
    );
    ok(made.ok);
    const { id } = made.value.value;
    await kv.set(["account", id], { ...made.value.value, phone: "123" });

    const view = await people.get(id);
    ok(view);
    equal("phone" in view, false);
    const saved = await people.save(
      id,
      v.parse(SavePerson, {
        ...content,
        roles: ["admin"],
        revision: view.revision,
      }),
      by,
    );
    ok(saved.ok, JSON.stringify(saved));
    const own = await store.ownAccounts.save(id, {
      what: "profile",
      profile: v.parse(SaveAccount, { displayName: "Benny" }),
    });
    ok(own.ok);

    const { value } = await kv.get(["account", id]);
    deepEqual(v.parse(Known, value), {
      ...{ name: "ben", displayName: "Benny", phone: "123" },
    });
  },
  MEMORY,
);

eachEngine(
  "a running chat that moves keeps what a later version has stored in it",
  async (engine) => {
    await using store = await storeOn(engine);
    const { kv } = store;
    const old = new RunningChatStore(kv, "later version");
    const here = new RunningChatStore(kv, "this version");
    const kept = { type: "kept", id: "a", entries: entries(1, 1) } as const;
    const visitor = { ...chatOf("a").visitor, mood: "good" };
    const chat = { ...chatOf("a"), visitor, topic: "shoes" };
    await old.write([{ ...kept, chat }, { type: "parked", id: "a" }]);

    const claimed = await here.claim("a", () => false);
    const read = { visitor: 1, agent: 1 };
    await here.write([{ ...kept, chat: { ...chatOf("a"), read } }]);

    deepEqual(claimed?.chat, chat);
    deepEqual((await kv.get(["running_chat", "a", 0])).value, {
      ...chat,
      read,
    });
  },
  MEMORY,
);

Deno.test("an unknown member of a request is still an error", () => {
  const content = { ...contentWith([]), them: "dark" };
  const save = { revision: "1", content };
  equal(v.is(SaveWidget, { ...save, content: contentWith([]) }), true);
  equal(v.is(SaveWidget, save), false);
  equal(v.is(SaveAccount, { displayName: "Ada", colour: "red" }), false);
});

const Known = v.object({
  name: v.string(),
  displayName: v.string(),
  phone: v.string(),
});

/** The parts of a stored widget that the later version of these tests
 * changes. */
const Raw = v.looseObject({
  tenant: v.optional(v.string()),
  content: v.looseObject({
    theme: v.optional(v.string()),
    appearance: v.looseObject({
      colors: v.looseObject({ glow: v.optional(v.string()) }),
    }),
    agents: v.array(v.looseObject({
      address: v.string(),
      skill: v.optional(v.string()),
    })),
  }),
});
type Raw = v.InferOutput<typeof Raw>;

async function rawOf(kv: StoreEngine, key: Deno.KvKey): Promise<Raw> {
  return v.parse(Raw, (await getParts(kv, key))?.json);
}

/** Writes a widget as a later version would. */
async function later(
  kv: StoreEngine,
  key: Deno.KvKey,
  change: (value: Raw) => void,
): Promise<void> {
  const value = await rawOf(kv, key);
  change(value);
  await setParts(kv.atomic(), key, value, 1).commit();
}
