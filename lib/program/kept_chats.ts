import type { ChatStore } from "@/lib/contact/chat_keeper.ts";
import type { Store } from "@/lib/store/open.ts";
import type { Config } from "./settings.ts";

export interface KeptChatsOptions {
  config: Pick<Config, "keepChats">;
  store: Store;
  /** True for instances that have ended; by default all other ones have. */
  isDead?: (home: string) => boolean | Promise<boolean>;
}

/** Returns the store for running chats, if the settings allow it; otherwise
 * deletes the stored ones. */
export async function chatStoreOf(
  { config, store, isDead = () => true }: KeptChatsOptions,
): Promise<{ chatStore?: ChatStore }> {
  if (config.keepChats === "yes") return { chatStore: store.runningChats };
  for await (const { chat: { id } } of store.runningChats.all()) {
    const kept = await store.runningChats.claim(id, isDead);
    if (kept) await store.runningChats.write([{ type: "gone", id }]);
  }
  return {};
}
