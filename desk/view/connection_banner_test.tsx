import { deepEqual } from "node:assert/strict";
import { DeskRoom, turn } from "@/tests/support/desk_room.ts";
import { drawn } from "@/tests/support/drawn_desk.tsx";
import { LossyDesk } from "@/tests/support/lossy_desk.ts";
import { ConnectionBanner } from "./connection_banner.tsx";
import { EmptyDesk } from "./empty_desk.tsx";
import { PresencePicker } from "./presence_picker.tsx";

async function settle(page: LossyDesk): Promise<void> {
  for (let n = 0; n < 6; n++) {
    await turn();
    await page.deliver();
  }
}

/** A desk that is connected, and what it shows about that. */
async function open(room: DeskRoom) {
  const page = new LossyDesk(room);
  const { desk } = page;
  desk.start();
  await settle(page);
  const shown = () => {
    const html = drawn(
      desk,
      <>
        <PresencePicker />
        <ConnectionBanner isNew={false} />
        <EmptyDesk />
      </>,
    );
    return ["Not connected.", "Connection lost.", "You are not online"]
      .filter((text) => html.includes(text));
  };
  return { page, desk, shown };
}

/** Lets time pass in small steps, in which the page tries to reconnect. */
async function pass(room: DeskRoom, page: LossyDesk, ms: number) {
  for (let passed = 0; passed < ms; passed += 100) {
    room.clock.advance(100);
    await settle(page);
  }
}

Deno.test("[D36] a desk that reconnects within 1.5 s shows nothing of it", async () => {
  await using room = await DeskRoom.open();
  const { page, desk, shown } = await open(room);
  const states: string[] = [];

  page.cut();
  for (let n = 0; n < 14; n++) {
    states.push(desk.connection.value.state, ...shown());
    await pass(room, page, 100);
  }

  deepEqual([...new Set(states)], ["waiting", "open"]);
  deepEqual(shown(), []);
});

Deno.test("[D36] an outage of 1.5 s is shown until the desk is connected again", async () => {
  await using room = await DeskRoom.open();
  const { page, desk, shown } = await open(room);

  page.isUp = false;
  page.cut();
  await pass(room, page, 1_400);
  const short = shown();
  await pass(room, page, 100);
  const long = shown();
  await pass(room, page, 10_000);
  const longer = shown();
  page.isUp = true;
  desk.wake();
  await settle(page);

  deepEqual(short, []);
  deepEqual(long, ["Not connected.", "Connection lost."]);
  deepEqual(longer, long);
  deepEqual([desk.connection.value.state, shown()], ["open", []]);
});

Deno.test("[D36] an agent who is not online is told so during a short outage, and of a long one instead", async () => {
  await using room = await DeskRoom.open();
  const { page, desk, shown } = await open(room);
  desk.dispatch({ type: "choose", presence: "away" });
  await settle(page);

  page.isUp = false;
  page.cut();
  await pass(room, page, 1_400);
  const short = shown();
  await pass(room, page, 100);

  deepEqual(short, ["You are not online"]);
  deepEqual(shown(), ["Not connected.", "Connection lost."]);
});

Deno.test("[D36] a sign-out is shown immediately", async () => {
  await using room = await DeskRoom.open();
  const { page, desk, shown } = await open(room);

  page.session = "signed-out";
  page.isUp = false;
  page.cut();
  await pass(room, page, 600);

  deepEqual(desk.connection.value.state, "signed-out");
  deepEqual(shown(), ["Not connected."]);
});
