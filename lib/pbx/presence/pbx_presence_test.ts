import { deepEqual } from "node:assert/strict";
import type { Presence } from "@/lib/model/presence.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { Heard } from "@/tests/support/heard.ts";
import { PbxPresence } from "./pbx_presence.ts";

Deno.test("[P22] an object without a monitor keeps its state for 500 ms after its link is lost", () => {
  const clock = new FakeClock();
  using presence = new PbxPresence(clock, {
    list: () => Promise.resolve([]),
    set: () => Promise.resolve(),
  });
  const heard = new Heard<Presence>();
  const link = { add() {}, remove() {} };
  presence.watch("sales", heard.tell);

  presence.attach("pbx", link);
  presence.setObjects("pbx", new Map([["sales", "online"]]));
  clock.advance(60_000);
  presence.detach("pbx", link);
  clock.advance(499);
  deepEqual(heard.all, ["offline", "online"]);
  clock.advance(1);

  deepEqual(heard.all, ["offline", "online", "offline"]);
});
