import type { ChatStore } from "@/lib/contact/chat_keeper.ts";
import type { Store } from "@/lib/store/open.ts";
import type { Config } from "./settings.ts";

/** Returns the store for running chats, if the settings allow it; otherwise
 * deletes the stored ones. */
export async function chatStoreOf(
  { config, store }: { config: Pick<Config, "keepChats">; store: Store },
): Promise<{ chatStore?: ChatStore }> {
  if (config.keepChats === "yes") return { chatStore: store.runningChats };
  for await (const { chat: { id } } of store.runningChats.all()) {
    await store.runningChats.claim(id, () => true);
    await store.runningChats.write([{ type: "gone", id }]);
  }
  return {};
}
