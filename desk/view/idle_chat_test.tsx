import { deepEqual, match, ok } from "node:assert/strict";
import { DeskRoom, turn } from "@/tests/support/desk_room.ts";
import { buttonsIn, drawn } from "@/tests/support/drawn_desk.tsx";
import { LossyDesk } from "@/tests/support/lossy_desk.ts";
import { Conversation } from "./conversation.tsx";
import { Rail } from "./rail.tsx";

Deno.test("an idle chat says when it closes, in the list and in the conversation, and a click keeps it", async () => {
  await using room = await DeskRoom.open();
  const page = new LossyDesk(room);
  const { desk } = page;
  const settle = async () => {
    for (let n = 0; n < 6; n++) {
      await turn();
      await page.deliver();
    }
  };
  const draw = () => {
    const [item] = desk.state.value.chats;
    return drawn(
      desk,
      <>
        {item && <Conversation item={item} />}
        <Rail />
      </>,
    );
  };
  desk.start();
  await settle();
  const chat = await room.openChat("hello");
  await settle();
  desk.dispatch({ type: "join", chat: chat.id });
  await settle();

  chat.leg?.send({ type: "idle", leftMs: 300_000 });
  await settle();
  const warned = draw();
  desk.dispatch({ type: "keep", chat: chat.id });
  await settle();
  const kept = chat.heard.at(-1);
  chat.leg?.send({ type: "idle" });
  await settle();

  match(
    warned,
    /This chat will close at [^<]+ because nobody is writing\./,
  );
  match(warned, /closes soon/);
  ok(buttonsIn(warned).includes("Keep it open"));
  deepEqual(kept, { type: "keep" });
  ok(!buttonsIn(draw()).includes("Keep it open"));
});
