import { deepEqual } from "node:assert/strict";
import type { Entry } from "@/lib/protocol/desk/service_messages.ts";
import { blocksOf } from "./message_blocks.ts";

const MINUTE = 60_000;

Deno.test("blocksOf() gives a block the time of its last message", () => {
  const entries: Entry[] = [
    { id: "a", seq: 1, from: "visitor", text: "a", time: 0 },
    { id: "b", seq: 2, from: "visitor", text: "b", time: 4 * MINUTE },
    { id: "c", seq: 3, from: "visitor", text: "c", time: 8 * MINUTE },
    { id: "d", seq: 4, from: "visitor", text: "d", time: 13 * MINUTE },
    { id: "e", seq: 5, from: "agent", text: "e", time: 14 * MINUTE },
  ];

  const blocks = blocksOf(entries);

  deepEqual(
    blocks.map(({ from, entries, time }) => [from, entries.length, time]),
    [["visitor", 3, 8 * MINUTE], ["visitor", 1, 13 * MINUTE], [
      "agent",
      1,
      14 * MINUTE,
    ]],
  );
});
