import { deepEqual, equal, ok } from "node:assert/strict";
import {
  PERSONAL_REPLIES_MAX,
  type SavedReply,
  SHARED_REPLIES_MAX,
} from "@/lib/model/saved_reply.ts";
import { eachEngine, kvOn, storeOn } from "@/tests/support/store_engines.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { SavedReplyStore } from "./saved_reply_store.ts";

const by = { id: "1", name: "ada" };

function replyOf(id: string, more: Partial<SavedReply> = {}): SavedReply {
  return { id, name: `Name ${id}`, lang: "", text: `Text ${id}`, ...more };
}

eachEngine(
  "shared replies and those of each owner are stored apart, and only changes of shared ones are in the audit log",
  async (engine) => {
    await using store = await storeOn(engine);
    const { savedReplies } = store;
    const shared = replyOf("s");
    const own = replyOf("o", { owner: "ada", lang: "de" });

    const made = await savedReplies.create(shared, by);
    await savedReplies.create(own, by);
    await savedReplies.create(replyOf("b", { owner: "bob" }), by);
    ok(made.ok);
    const next = { ...shared, text: "Other" };
    const saved = await savedReplies.save(next, made.value.revision, by);
    const late = await savedReplies.save(shared, made.value.revision, by);
    const isOfAnother = await savedReplies.delete(
      { id: "o", owner: "bob" },
      by,
    );

    deepEqual(saved.ok && [saved.value], await savedReplies.list());
    deepEqual(late, {
      ok: false,
      error: { reason: "conflict", current: saved.ok && saved.value },
    });
    equal(isOfAnother, false);
    deepEqual(
      (await savedReplies.list("ada")).map(({ value }) => value),
      [own],
    );
    equal(await savedReplies.delete(own, by), true);
    equal(await savedReplies.delete(next, by), true);
    equal(await savedReplies.delete(next, by), false);
    const gone = await savedReplies.save(next, "", by);
    deepEqual(gone, { ok: false, error: { reason: "not-found" } });
    const changes = await Array.fromAsync(store.audit.all());
    deepEqual(changes.map(({ change }) => change), [
      { type: "saved-reply-created", reply: "s", name: "Name s" },
      { type: "saved-reply-saved", reply: "s", name: "Name s" },
      { type: "saved-reply-deleted", reply: "s", name: "Name s" },
    ]);
  },
);

eachEngine(
  "a save keeps the members of a reply that a later version has added",
  async (engine) => {
    await using kv = await kvOn(engine);
    const replies = new SavedReplyStore(kv, { now: () => 1 });
    const later = { ...replyOf("s"), colour: "red" };
    await kv.set(["saved_reply", "shared", "s"], later);

    const [stored] = await replies.list();
    const saved = await replies
      .save(replyOf("s", { text: "Other" }), stored?.revision ?? "", by);

    ok(saved.ok);
    const { value } = await kv.get(["saved_reply", "shared", "s"]);
    deepEqual(value, { ...later, text: "Other" });
  },
);

Deno.test("[REPLY1] one reply more than the maximum is refused, for each owner and for the shared ones", async () => {
  using store = await memoryStore();
  const { savedReplies } = store;
  for (
    const [owner, max] of [
      [{}, SHARED_REPLIES_MAX],
      [{ owner: "ada" }, PERSONAL_REPLIES_MAX],
    ] as const
  ) {
    for (let n = 0; n < max; n++) {
      await savedReplies.addAs(replyOf(`r${n}`, owner));
    }

    const more = await savedReplies.create(replyOf("more", owner), by);

    deepEqual(more, { ok: false, error: { reason: "too-many" } });
  }
  const other = await savedReplies.create(replyOf("b", { owner: "bob" }), by);
  equal(other.ok, true);
});

eachEngine(
  "[REPLY3] the personal replies of a deleted account are deleted, and no others",
  async (engine) => {
    await using store = await storeOn(engine);
    const { accounts, savedReplies } = store;
    const ada = { name: "ada", displayName: "Ada", roles: ["agent" as const] };
    const made = await accounts.create(ada, "hash");
    ok(made.ok);
    const { id } = made.value.value;
    await savedReplies.addAs(replyOf("own", { owner: id }));
    await savedReplies.addAs(replyOf("bobs", { owner: "bob" }));
    await savedReplies.addAs(replyOf("shared"));

    await accounts.delete(id);

    const left = await Array.fromAsync(savedReplies.all());
    deepEqual(left.map((reply) => reply.id).sort(), ["bobs", "shared"]);
  },
);
