import * as v from "valibot";
import { ChatEntry, type RunningChat } from "@/lib/model/running_chat.ts";
import { sha256Hex } from "./sha256.ts";

// A chat consists of its head, and of its entries in the batches in which they
// were written. So a busy chat has one value for many entries.

export const key = {
  head: (id: string) => ["running_chat", id, 0],
  batch: (id: string, from: number) => ["running_chat", id, 1, from],
  one: (id: string) => ({ prefix: ["running_chat", id] }),
  all: { prefix: ["running_chat"] },
  /** It does not name the chat, because its mark of an ended chat exists for a
   * while, and nothing of a deleted visit may be left. */
  home: (id: string) => ["running_chat_home", sha256Hex(id)],
  /** Its version stands for all chats of an instance: see chat_homes.ts. */
  fence: (instance: string) => ["running_chat_fence", instance],
  bySeat: (seat: string, id: string) => ["running_chat_by_seat", seat, id],
  ofSeat: (seat: string) => ({ prefix: ["running_chat_by_seat", seat] }),
  bySeats: { prefix: ["running_chat_by_seat"] },
  byAgent: (address: string, id: string) => [
    ...agentKey(address),
    id,
  ],
  ofAgent: (address: string) => ({ prefix: agentKey(address) }),
};

function agentKey(address: string): Deno.KvKeyPart[] {
  return ["running_chat_by_agent", address.toLowerCase()];
}

/** The entries of one value. */
export const Batch = v.array(ChatEntry);

/** The instance that may write a chat. This row changes only when a chat
 * begins, is parked, is claimed or ends. */
export const ChatHome = v.variant("state", [
  v.object({ state: v.literal("owned"), by: v.string() }),
  v.object({ state: v.literal("parked") }),
  /** `by` has ended it; absent in rows of earlier versions. */
  v.object({ state: v.literal("over"), by: v.exactOptional(v.string()) }),
]);
export type ChatHome = v.InferOutput<typeof ChatHome>;

/** Returns the index entries of a chat, which hold its id. Those of earlier
 * agents stay until its end. */
export function indexKeys(
  { id, seat, address, by, handovers = [] }: RunningChat,
): Deno.KvKey[] {
  const later = handovers.flatMap(({ from, to }) => [from, to]);
  const agents = [address, ...later, ...(by ? [by.address] : [])];
  const unique = new Set(agents.map((one) => one.toLowerCase()));
  return [
    key.bySeat(seat, id),
    ...[...unique].map((one) => key.byAgent(one, id)),
  ];
}
