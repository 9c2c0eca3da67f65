import { RunningChat } from "@/lib/model/running_chat.ts";
import { type ChatHome, indexKeys, key } from "./running_chat_keys.ts";
import { get, readable } from "./stored.ts";
import type { StoreEngine } from "./store_engine.ts";

/** Adds the home's row and the index entries to running chats of programs that
 * did not write them. */
export async function indexRunningChats(kv: StoreEngine): Promise<void> {
  const parked: ChatHome = { state: "parked" };
  const ids = new Set<string>();
  for await (const { key: [, id] } of kv.list(key.all)) ids.add(String(id));
  for (const id of ids) {
    const head = await readable(() => get(kv, key.head(id), RunningChat));
    if (head === undefined) continue;
    const commit = kv.atomic()
      .check({ key: key.home(id), versionstamp: null })
      .set(key.home(id), parked);
    for (const index of indexKeys(head.value)) commit.set(index, id);
    await commit.commit();
  }
}
