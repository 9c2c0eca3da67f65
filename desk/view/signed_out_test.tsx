import { deepEqual, equal } from "node:assert/strict";
import { DeskRoom, turn } from "@/tests/support/desk_room.ts";
import { buttonsIn, drawn } from "@/tests/support/drawn_desk.tsx";
import { LossyDesk } from "@/tests/support/lossy_desk.ts";
import { Conversation } from "./conversation.tsx";
import { Rail } from "./rail.tsx";
import { Rings } from "./rings.tsx";

async function settle(page: LossyDesk): Promise<void> {
  for (let n = 0; n < 6; n++) {
    await turn();
    await page.deliver();
  }
}

Deno.test("after sign-out the desk shows nothing that looks answerable", async () => {
  await using room = await DeskRoom.open();
  const page = new LossyDesk(room);
  const { desk } = page;
  desk.start();
  await settle(page);
  const chat = await room.openChat("hello");
  await settle(page);
  const [item] = desk.state.value.chats;
  const draw = () =>
    drawn(
      desk,
      <>
        <Rail />
        <Rings />
        {item && <Conversation item={item} />}
      </>,
    );
  const before = buttonsIn(draw()).filter((name) => /Join|Decline/.test(name));
  const counted = desk.attention.value;

  page.session = "signed-out";
  page.isUp = false;
  page.cut();
  await settle(page);
  room.clock.advance(1_000);
  await settle(page);
  desk.dispatch({ type: "join", chat: chat.id });

  deepEqual(before, ["Join chat", "Decline", "Join chat"]);
  equal(counted, 1);
  equal(desk.connection.value.state, "signed-out");
  deepEqual(
    buttonsIn(draw()).filter((name) => /Join|Decline/.test(name)),
    [],
  );
  deepEqual([desk.waiting.value.length, desk.attention.value], [0, 0]);
  equal(desk.state.value.chats[0]?.pending, "none");
});
