import { deepEqual, equal } from "node:assert/strict";
import type { OpeningHours } from "@/lib/model/hours.ts";
import { anAgent } from "@/tests/support/any_widget.ts";
import { countEncodings } from "@/tests/support/count_encodings.ts";
import type { FakePage } from "@/tests/support/fake_page.ts";
import { someHours } from "@/tests/support/opening_hours.ts";
import { UUID, VisitorRoom } from "@/tests/support/visitor_room.ts";

const MINUTE_MS = 60_000;
/** The clock of the tests begins at 2030-01-01T00:00Z, a Tuesday. */
const MIDNIGHT = Date.UTC(2030, 0, 1) / 1_000;
const HOUR = 3_600;
const DAY = 24 * HOUR;

function daily(...times: string[]): OpeningHours {
  return someHours({ days: [1, 2, 3, 4, 5, 6, 7], times });
}

/** Presence, and when the agent is back, after each Info of an agent. */
function shownOf(page: FakePage, id = "atlantis") {
  return page.all("Info").filter((info) => info.id === id)
    .map(({ presence, opensAt }) =>
      opensAt === undefined ? presence : `${presence} until ${opensAt}`
    );
}

Deno.test("[V47] open pages switch at closing time and back at opening time", async () => {
  using room = new VisitorRoom();
  room.put({ hours: daily("00:00-00:10", "00:20-00:30") });
  const page = await room.page();

  room.clock.advance(10 * MINUTE_MS - 1);
  const before = shownOf(page);
  room.clock.advance(1);
  const closed = shownOf(page);
  room.clock.advance(10 * MINUTE_MS);

  deepEqual(before, ["online"]);
  const opensAt = MIDNIGHT + 20 * 60;
  deepEqual(closed, ["online", `offline until ${opensAt}`]);
  deepEqual(shownOf(page), [...closed, "online"]);
});

Deno.test("[V47] a change of opening hours is encoded once for all pages", async () => {
  using room = new VisitorRoom();
  room.put({ hours: daily("00:00-00:10") });
  const pages = [await room.page(), await room.page(), await room.page()];
  const before = pages[0]?.frames.length ?? 0;
  using encoding = countEncodings();

  room.clock.advance(10 * MINUTE_MS);

  equal(encoding.count, 2); // One for each of the two agents.
  for (const page of pages) {
    deepEqual(page.frames.slice(before), encoding.frames);
  }
});

Deno.test("[V47] outside opening hours visitors do not see changes of presence", async () => {
  using room = new VisitorRoom();
  room.put({ hours: daily("00:10-00:20") });
  const page = await room.page();

  room.agents.setPresence("atlantis", "busy");
  const closed = shownOf(page);
  room.clock.advance(10 * MINUTE_MS);

  deepEqual(closed, [`offline until ${MIDNIGHT + 600}`]);
  deepEqual(shownOf(page), [...closed, "busy"]);
});

Deno.test("[V47] an agent can have other hours than the widget", async () => {
  using room = new VisitorRoom();
  const own = daily("00:05-00:15");
  room.put({
    hours: {
      ...daily("00:00-00:10"),
      exceptions: [{
        name: "Holiday",
        from: "2030-01-02",
        to: "2030-01-02",
        yearly: false,
        intervals: [],
      }],
    },
    agents: [anAgent("atlantis", { hours: own }), anAgent("columbia")],
  });
  const page = await room.page();

  room.clock.advance(15 * MINUTE_MS);

  deepEqual(shownOf(page, "columbia"), [
    "online",
    `offline until ${MIDNIGHT + 2 * DAY}`,
  ]);
  deepEqual(shownOf(page), [
    `offline until ${MIDNIGHT + 300}`,
    "online",
    `offline until ${MIDNIGHT + 2 * DAY + 300}`,
  ]);
});

Deno.test("[V47] hours that never open again give no time, and an inactive agent has none", async () => {
  using room = new VisitorRoom();
  room.put({ hours: daily() });
  const page = await room.page();
  room.put({
    hours: daily("09:00-10:00"),
    agents: [anAgent("atlantis", { inactive: true }), anAgent("columbia")],
  });
  await page.until("Info", ({ opensAt }) => opensAt !== undefined);

  deepEqual(shownOf(page), ["offline", "offline"]);
  deepEqual(shownOf(page, "columbia"), [
    "offline",
    `offline until ${MIDNIGHT + 9 * HOUR}`,
  ]);
});

Deno.test("[V47] an agent outside opening hours is not rung, whatever the presence, and running contacts continue", async () => {
  using room = new VisitorRoom();
  room.put({ hours: daily("00:00-00:10") });
  const page = await room.page();
  room.clock.advance(9 * MINUTE_MS);
  page.say({ mt: "CreateChat", dest: "columbia", dn: "Ada", contact: "a" });
  room.clock.advance(MINUTE_MS);

  const other = await room.page();
  other.say({ mt: "CreateChat", dest: "atlantis", dn: "Bob", contact: "b" });
  other.say({ mt: "CreateCall", dest: "columbia", dn: "Bob", contact: "c" });

  deepEqual(
    other.all("Error"),
    [1, 2].map(() => ({
      mt: "Error",
      error: "closed",
      text: "Cannot connect: outside opening hours",
    })),
  );
  deepEqual(
    [...other.all("ChatInfo"), ...other.all("CallInfo")],
    [
      { mt: "ChatInfo", state: "terminated", cause: 18, contact: "b" },
      { mt: "CallInfo", state: "terminated", cause: 18, contact: "c" },
    ],
  );
  equal(room.agents.calls.all.length, 0);
  deepEqual(room.agents.chats.all.map(({ over }) => over), [false]);
});

Deno.test("[V47] a contact at closing time is refused even if the timer is late", async () => {
  using room = new VisitorRoom();
  room.put({ hours: daily("00:00-00:10") });
  const page = await room.page();

  room.clock.jumpWall(10 * MINUTE_MS);
  page.say({ mt: "CreateChat", dest: "columbia", dn: "Ada" });

  equal(page.all("Error").at(-1)?.error, "closed");
  equal(room.agents.chats.all.length, 0);
  equal(shownOf(page).length, 2);
});

Deno.test("[V47] open pages follow the host's clock within 20 s after it was set", async () => {
  using room = new VisitorRoom();
  room.put({ hours: daily("00:00-00:10") });
  const page = await room.page();

  room.clock.jumpWall(60 * MINUTE_MS);
  room.clock.advance(20_000);
  const forwards = shownOf(page).length;
  room.clock.jumpWall(-60 * MINUTE_MS);
  room.clock.advance(20_000);

  equal(forwards, 2);
  deepEqual(shownOf(page), [
    "online",
    `offline until ${MIDNIGHT + DAY}`,
    "online",
  ]);
});

Deno.test("[V47] an unloaded widget has no timer for its hours", async () => {
  using room = new VisitorRoom();
  const before = room.clock.pending;
  room.put({ hours: daily("00:00-00:10") });
  const page = await room.page();
  const during = room.clock.pending;

  page.drop();
  room.clock.advance(2 * MINUTE_MS);

  deepEqual([during > before, room.clock.pending], [true, before]);
});

Deno.test("[V47] hours that do not change for days are looked at again", async () => {
  using room = new VisitorRoom();
  room.put({ hours: someHours({ days: [5], times: ["00:00-00:10"] }) });
  const page = await room.page();

  room.clock.advance(3 * DAY * 1_000);

  deepEqual(shownOf(page), [
    `offline until ${MIDNIGHT + 3 * DAY}`,
    "online",
  ]);
});

Deno.test("[V47] a widget has one timer for its hours, and none without them", async () => {
  using room = new VisitorRoom();
  const page = await room.page();
  const without = room.clock.pending;
  room.put({ hours: daily("00:00-00:10") });
  await page.until("Info", () => page.all("Session").length === 2);
  room.clock.advance(MINUTE_MS);
  const following = room.clock.pending - without;
  delete room.widgets.get(UUID)?.content.hours;
  room.put({});
  await page.until("Info", () => page.all("Session").length === 3);

  equal(following, 1);
  equal(room.clock.pending, without);
});

Deno.test("[V47] hours in an unknown time zone limit nothing", async () => {
  using room = new VisitorRoom();
  room.put({ hours: { ...daily(), timeZone: "Moon/Tranquility" } });

  deepEqual(shownOf(await room.page()), ["online"]);
});
