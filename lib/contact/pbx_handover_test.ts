import { deepEqual } from "node:assert/strict";
import { CAUSE, HANDED_OVER } from "@/lib/base/causes.ts";
import { TeamRoom, TO_TEAM, turn } from "@/tests/support/team_room.ts";

Deno.test("[CHAT33] a chat rings at a single agent at a PBX, and the visitor sees the name on the card if the PBX sends none", async () => {
  const { room, otto } = await TeamRoom.joined();
  const toDora = { ...TO_TEAM, to: "dora" };
  const last = () => otto.commands.all.at(-1);

  otto.emit(toDora);
  await turn();
  room.at("dora").end(CAUSE.normal); // As a client of a PBX may decline.
  deepEqual(last(), { type: "not-taken", cause: CAUSE.rejected });
  otto.emit(toDora);
  await turn();
  room.clock.advance(20_000);
  deepEqual(last(), { type: "not-taken", cause: CAUSE.noAnswer });
  otto.emit(toDora);
  await turn();
  room.at("dora").emit({ type: "joined" });
  await turn();

  deepEqual(last(), { type: "close", cause: HANDED_OVER });
  deepEqual(room.told.at(-1), {
    ...{ mt: "ChatInfo", state: "connected", dn: "Dora (Sales)" },
  });
  room.contacts.chat.dispatch({ type: "clear" });
  deepEqual(
    room.records[0]?.handovers?.map(({ from, to }) => [from, to]),
    [["otto", "dora"]],
  );
});

Deno.test("[CHAT33] a chat stays if the agent at the PBX is busy, and is never offered to the agent who has it", async () => {
  const { room, otto } = await TeamRoom.joined();
  room.agents.setPresence("dora", "busy");

  otto.emit({ ...TO_TEAM, to: "dora" });
  await turn();
  otto.emit({ ...TO_TEAM, to: "otto" });
  await turn();

  deepEqual(otto.commands.all.slice(-2), [
    { type: "not-taken", cause: CAUSE.noResponse },
    { type: "not-taken", cause: CAUSE.unallocated },
  ]);
  deepEqual(room.asked, []);
});
