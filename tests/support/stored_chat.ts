import { RunningChatStore } from "@/lib/store/running_chat_store.ts";
import type { FakePage } from "./fake_page.ts";
import { settle, START, type VisitorRoom } from "./visitor_room.ts";

/** Returns the token with which a page can resume. */
export function tokenOf(page: FakePage): string {
  return page.all("Session").at(-1)?.resume ?? "";
}

/** Waits for pending reads and writes of the store. */
export async function settled(): Promise<void> {
  for (let n = 0; n < 20; n++) await settle();
}

/** Opens a store of running chats, and returns the texts in it. */
export async function openChatStore() {
  const kv = await Deno.openKv(":memory:");
  const store = new RunningChatStore(kv);
  const texts = async () =>
    (await Array.fromAsync(store.all()))
      .flatMap(({ entries }) => entries.map(({ text }) => text));
  return { store, texts, [Symbol.dispose]: () => kv.close() };
}

/** Creates a chat of three messages, with its visitor's page. */
export async function chatIn(room: VisitorRoom): Promise<FakePage> {
  const page = await room.page();
  page.say({ mt: "CreateChat", dest: "columbia", dn: "Ada" });
  const [chat] = room.agents.chats.all;
  chat?.emit({ type: "joined", name: "Otto" });
  page.say({ mt: "ChatMessage", id: "v1", text: "one" });
  await page.until("ChatAck");
  chat?.emit({ type: "message", id: "a1", text: "two" });
  await page.until("ChatMessage");
  page.say({ mt: "ChatMessage", id: "v2", text: "three" });
  await page.until("ChatAck", ({ id }) => id === "v2");
  return page;
}

/** Reopens the page, which has the entries up to `seq`. */
export async function back(
  room: VisitorRoom,
  page: FakePage,
  seq: number,
): Promise<FakePage> {
  const again = room.open();
  again.say({ ...START, v: 1, resume: tokenOf(page), seq });
  await again.until("Info", ({ order }) => order === 1);
  return again;
}
