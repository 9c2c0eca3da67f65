import { match } from "node:assert/strict";
import type { DeskWidget } from "@/lib/protocol/admin/desk_state.ts";
import { DeskRoom, turn } from "@/tests/support/desk_room.ts";
import { drawn } from "@/tests/support/drawn_desk.tsx";
import { LossyDesk } from "@/tests/support/lossy_desk.ts";
import { PresencePicker } from "./presence_picker.tsx";

const REACHED = /Visitors can call and write to you/;
const CLOSED = /outside your opening hours, so visitors cannot reach you/;

Deno.test("the presence of an online agent says so if all widgets are outside opening hours", async () => {
  await using room = await DeskRoom.open();
  const page = new LossyDesk(room);
  const { desk } = page;
  desk.start();
  for (let n = 0; n < 6; n++) {
    await turn();
    await page.deliver();
  }
  const now = desk.now();
  const open: DeskWidget = { uuid: "1", name: "Always" };
  const closed: DeskWidget = {
    uuid: "2",
    name: "Shop",
    hours: { open: false },
  };
  const closedMeanwhile: DeskWidget = {
    ...{ uuid: "3", name: "Office" },
    hours: { open: true, changesAt: now },
  };
  const openMeanwhile: DeskWidget = {
    ...{ uuid: "4", name: "Desk" },
    hours: { open: false, changesAt: now },
  };
  const draw = (...widgets: DeskWidget[]) =>
    drawn(desk, <PresencePicker />, widgets);

  match(draw(open), REACHED);
  match(draw(closed), CLOSED);
  match(draw(closed, closedMeanwhile), CLOSED);
  match(draw(closed, open), REACHED);
  match(draw(closed, openMeanwhile), REACHED);
});
