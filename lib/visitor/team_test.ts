import { deepEqual, equal } from "node:assert/strict";
import type { Team } from "@/lib/model/team.ts";
import { anAgent } from "@/tests/support/any_widget.ts";
import type { FakePage } from "@/tests/support/fake_page.ts";
import { someHours } from "@/tests/support/opening_hours.ts";
import { settle, VisitorRoom } from "@/tests/support/visitor_room.ts";

const KEY = "team-0123456789ab";
const TEAM: Team = {
  members: ["atlantis", "columbia"],
  strategy: "all",
  ringSeconds: 20,
  chatsMax: 0,
  steps: [{ to: "queue", seconds: 30 }],
};

/** A widget with one card, a team. */
async function teamPage(room: VisitorRoom, more: Partial<Team> = {}) {
  const team = { ...TEAM, ...more };
  room.put({ agents: [anAgent(KEY, { name: "Sales", team })] });
  return await room.page();
}

function presences(page: FakePage): (string | undefined)[] {
  return page.all("Info").map(({ id, presence }) => id === KEY ? presence : id);
}

Deno.test("[R8] the card of a team follows the best presence of its members, with one watch for each of them", async () => {
  using room = new VisitorRoom();
  const page = await teamPage(room);

  room.agents.setPresence("atlantis", "busy");
  room.agents.setPresence("columbia", "away");
  room.agents.setPresence("atlantis", "offline");
  room.agents.setPresence("columbia", "online");

  deepEqual(presences(page), ["online", "busy", "away", "online"]);
  deepEqual(
    ["atlantis", "columbia", "queue", KEY].map((one) =>
      room.agents.watching(one)
    ),
    [1, 1, 1, 0],
  );
});

Deno.test("[R6] a contact with a team has the team's route, until the end of the opening time", async () => {
  using room = new VisitorRoom();
  room.agents.add({ address: KEY, name: "", email: "" });
  const page = await teamPage(room);
  room.put({
    hours: someHours({ days: [1, 2, 3, 4, 5, 6, 7], times: ["00:00-01:00"] }),
  });
  await settle();

  page.say({ mt: "CreateChat", dest: KEY, dn: "Ada" });

  const [chat] = room.agents.chats.all.map(({ chat }) => chat);
  deepEqual(chat?.route ?? "no chat was opened", {
    closesAt: Date.UTC(2030, 0, 1, 1),
    steps: [
      { agents: TEAM.members, strategy: "all", ringMs: 20_000 },
      { agents: ["queue"], strategy: "all", ringMs: 30_000, always: true },
    ],
  });
});

Deno.test("[V54] each agent on the route of a contact with a team can block its visitor", async () => {
  const remembered: [string, unknown][] = [];
  using room = new VisitorRoom({
    blocks: {
      store: {
        list: () => Promise.resolve([]),
        remember: (contact, { address, agents }) => {
          remembered.push([contact, { address, agents }]);
          return Promise.resolve();
        },
      },
      sign: () => Promise.resolve(new Uint8Array(32)),
    },
  });
  const page = await teamPage(room);

  page.say({ mt: "CreateChat", dest: KEY, dn: "Ada" });
  await settle();

  equal(remembered.length, 1);
  deepEqual(remembered[0]?.[1], {
    address: KEY,
    agents: ["atlantis", "columbia", "queue"],
  });
});
