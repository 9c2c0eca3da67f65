import { deepEqual, equal } from "node:assert/strict";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { chatStoreOf } from "./kept_chats.ts";

Deno.test("CW_KEEP_CHATS=no stores no chat, and deletes stored ones", async () => {
  using store = await memoryStore();
  const visitor = { name: "", widget: { uuid: "", name: "" }, lang: "en" };
  const read = { visitor: 0, agent: 0 };
  const entry = {
    seq: 1,
    from: "visitor",
    id: "1",
    text: "Hi",
    time: 0,
  } as const;
  await store.runningChats.write([{
    type: "kept",
    id: "a",
    chat: {
      id: "a",
      seat: "",
      address: "",
      visitor,
      read,
      startedAt: 0,
      alerted: false,
    },
    entries: [entry],
  }]);

  const kept = await chatStoreOf({ config: { keepChats: "yes" }, store });
  equal(kept.chatStore, store.runningChats);
  const { chatStore } = await chatStoreOf({
    config: { keepChats: "no" },
    store,
  });

  equal(chatStore, undefined);
  deepEqual(await Array.fromAsync(store.runningChats.all()), []);
});
