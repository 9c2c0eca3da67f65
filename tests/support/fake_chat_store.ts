import type { ChatStore } from "@/lib/contact/chat_keeper.ts";
import type { KeptChat } from "@/lib/model/running_chat.ts";

/** A store of running chats that stores nothing and has the given chats. */
export function fakeChatStore(
  write: ChatStore["write"] = () => Promise.resolve([]),
  chats: readonly KeptChat[] = [],
): ChatStore {
  return {
    write,
    async *all() {
      for (const chat of chats) yield await Promise.resolve(chat);
    },
    claim: (id) => Promise.resolve(chats.find(({ chat }) => chat.id === id)),
    ofSeat: (seat) =>
      Promise.resolve(
        chats.map(({ chat }) => chat).filter((chat) => chat.seat === seat),
      ),
  };
}
