import { deepEqual } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import { DeskRoom } from "@/tests/support/desk_room.ts";

const TWO = { chatsMax: 2 };

Deno.test("[D45] a team's chat ends with 17 if the agent has joined as many chats as the team allows", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  for (let n = 0; n < 2; n++) {
    const { id } = await room.openChat();
    page.say({ type: "chat-join", chat: id });
  }

  const ofTeam = await room.openTeamChat(TWO);
  const larger = await room.openTeamChat({ chatsMax: 3 });
  const direct = await room.openChat();

  deepEqual(ofTeam.heard, [{ type: "terminated", cause: CAUSE.busy }]);
  deepEqual([larger.heard, direct.heard], [
    ...[[{ type: "alerting" }], [{ type: "alerting" }]],
  ]);
});

Deno.test("[D45] chats of a team that ring end with 17 when the agent joins the last one that the team allows", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const chats = [
    await room.openTeamChat(TWO),
    await room.openTeamChat(TWO),
    await room.openTeamChat(TWO),
    await room.openChat(),
  ];

  for (const { id } of chats.slice(0, 2)) {
    page.say({ type: "chat-join", chat: id });
  }

  deepEqual(chats.map(({ heard }) => heard.at(-1)), [
    ...[{ type: "joined" }, { type: "joined" }],
    { type: "terminated", cause: CAUSE.busy },
    { type: "alerting" },
  ]);
});
