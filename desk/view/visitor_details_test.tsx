import { deepEqual } from "node:assert/strict";
import { drawn } from "@/tests/support/drawn_desk.tsx";
import { Rung } from "@/tests/support/rung_desk.ts";
import { VisitorDetails } from "./visitor_details.tsx";

Deno.test("the details count a call from the answer, as its header does", async () => {
  await using rung = await Rung.open();
  const { desk, room } = rung;
  const lasts = () => {
    const [item] = desk.state.value.calls;
    const html = item ? drawn(desk, <VisitorDetails item={item} />) : "";
    return /Duration<\/dt><dd>([^<]*)/.exec(html)?.[1] ?? "";
  };

  room.clock.advance(10_000);
  await rung.settle();
  const ringing = lasts();
  await rung.take(false);
  room.clock.advance(3_000);
  await rung.settle();
  const taken = lasts();

  deepEqual([ringing, taken], ["0:10", "0:03"]);
});
