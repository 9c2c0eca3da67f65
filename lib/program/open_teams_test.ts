import { deepEqual } from "node:assert/strict";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { newContent } from "@/lib/model/widget.ts";
import { agentOf } from "@/tests/support/admin_client.ts";
import { routeTo, waitsOf } from "./open_teams.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WIDGET = "f".repeat(32);

Deno.test("[R12] waitsOf() returns the waits of a team's answered contacts at this hour of the last 28 days", async () => {
  using store = await memoryStore();
  const now = store.clock.wall();
  let count = 0;
  async function add(daysAgo: number, waitMs: number, more = {}) {
    const startedAt = now - daysAgo * DAY_MS;
    const record: ContactRecord = {
      ...{ id: String(++count), widget: WIDGET, address: "team-1" },
      ...{ media: "chat", startedAt, answeredAt: startedAt + waitMs },
      ...{ endedAt: startedAt + waitMs, cause: 16, messages: 0 },
      ...more,
    };
    await store.contactRecords.add(record);
  }
  await add(1, 1_000);
  await add(27, 2_000);
  await add(29, 3_000);
  await add(2, 4_000, { address: "team-2" });
  await add(3, 5_000, { widget: "e".repeat(32) });
  await add(4, 6_000, { startedAt: now - 4 * DAY_MS - 2 * HOUR_MS });
  const unanswered = now - 5 * DAY_MS;
  await store.contactRecords.add({
    ...{ id: "u", widget: WIDGET, address: "team-1", media: "chat" },
    ...{ startedAt: unanswered, endedAt: unanswered, cause: 19, messages: 0 },
  });

  const waits = await waitsOf(`${WIDGET}/team-1`, { store, now });

  deepEqual(waits, [1_000, 2_000]);
});

Deno.test("[CHAT33] routeTo() leads to a single agent only if the widget has the card, it is active, and it offers chats", async () => {
  using store = await memoryStore();
  const content = newContent("Shop", "en");
  content.agents = [
    ...[agentOf("atlantis", "Atlantis"), agentOf("columbia", "")],
    { ...agentOf("gone", "Gone"), inactive: true },
    { ...agentOf("called", "Called"), media: ["voice", "video"] },
  ];
  await store.widgets.create("sidebar", content, WIDGET);
  const addresses = ["atlantis", "columbia", "gone", "called", "ATLANTIS", ""];

  const ways = await Promise.all(
    addresses.map((address) => routeTo(store, WIDGET, address)),
  );
  const ofOther = await routeTo(store, "e".repeat(32), "atlantis");

  deepEqual(
    ways.map((way) => way && [way.name, way.route.steps[0]?.agents]),
    [
      ...[["Atlantis", ["atlantis"]], ["columbia", ["columbia"]]],
      ...[undefined, undefined, undefined, undefined],
    ],
  );
  deepEqual(ofOther, undefined);
});
