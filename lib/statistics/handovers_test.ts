import { deepEqual } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { Statistics } from "./statistics.ts";

const NOON = Date.UTC(2026, 10, 22, 12);
const RECORD = {
  ...{
    id: "1",
    widget: "a".repeat(32),
    address: "ada",
    media: "chat" as const,
  },
  ...{ startedAt: NOON, answeredAt: NOON + 4_200, endedAt: NOON + 9_000 },
  ...{ cause: 16, messages: 0 },
};

Deno.test("[ST1] each handover of a chat or call, but no invitation, is counted with the agent whom the visitor chose", async () => {
  using store = await memoryStore(new FakeClock(NOON));
  using statistics = new Statistics({
    store: store.statistics,
    clock: store.clock,
  });
  const handovers = [
    { at: NOON + 5_000, from: "ada", to: "bob" },
    { at: NOON + 6_000, from: "bob", to: "ada" },
    { at: NOON + 7_000, from: "ada", to: "cleo", invited: true as const },
  ];

  for (const media of ["chat", "video"] as const) {
    statistics.count({
      type: "ended",
      record: { ...RECORD, media, handovers },
    });
  }
  await statistics.write();

  const rows = await Array.fromAsync(store.statistics.all());
  const counts = rows.map(({ subject, counts }) => [
    subject.agent ?? "",
    counts["chat.handovers"]?.["12"],
    counts["video.handovers"]?.["12"],
  ]);
  deepEqual(counts.sort(), [
    ...[["", 2, 2], ["", 2, 2], ["ada", 2, 2], ["ada", 2, 2]],
  ]);
});
