import type { ChatEntry, RunningChat } from "@/lib/model/running_chat.ts";

/** Returns a running chat with this id, as it is stored. */
export function chatOf(id: string): RunningChat {
  return {
    id,
    seat: `seat of ${id}`,
    address: "otto",
    visitor: {
      name: "Ada",
      widget: { uuid: "f".repeat(32), name: "Cards" },
      page: { url: "https://example.com/", title: "Home", referrer: "" },
      lang: "en",
      consent: "0123456789abcdef",
    },
    startedAt: 1,
    alerted: true,
    joinedAt: 2,
    agent: "Otto",
    read: { visitor: 0, agent: 1 },
  };
}

/** Returns the entries from one number to another. */
export function entries(from: number, to: number, text = "Hello"): ChatEntry[] {
  return Array.from({ length: to - from + 1 }, (_, n) => ({
    seq: from + n,
    from: "visitor",
    id: `v${from + n}`,
    text,
    time: 1_000 + n,
  }));
}
