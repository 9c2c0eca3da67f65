import { deepEqual, equal } from "node:assert/strict";
import type { PhoneCall } from "@/tests/support/simulated_pbx/phone_call.ts";
import {
  InMemory,
  turns,
  user,
} from "@/tests/support/simulated_pbx/in_memory.ts";

const USERS = [user("atlantis")];
const HOUR_MS = 3_600_000;

/** Dials a phone that has only received the setup. */
async function dialled(setup: InMemory) {
  const pbx = await setup.linked({ users: USERS });
  pbx.silent.add("Signaling");
  const { heard } = setup.dial("atlantis");
  await turns();
  const number = pbx.received.findLast(({ mt }) => mt === "Signaling")?.call;
  const signal = async (type: string) => {
    pbx.raw({ api: "PbxSignal", mt: "Signaling", call: number, sig: { type } });
    await turns();
  };
  return { ...{ heard, signal }, clock: setup.clock };
}

Deno.test("[P28] a phone may ring for three minutes, and repeated signals don't prolong that", async () => {
  for (const type of ["call_proc", "alert"]) {
    using setup = new InMemory();
    const { heard, signal, clock } = await dialled(setup);

    clock.advance(14_999);
    await signal(type);
    clock.advance(100_000);
    await signal(type);
    clock.advance(79_999);
    const before = heard.all.length;
    clock.advance(1);

    equal(before, type === "alert" ? 1 : 0, type);
    deepEqual(heard.all.slice(before), [{ type: "terminated", cause: 19 }]);
  }
});

Deno.test("[P28] a phone that starts to ring has three minutes from then on", async () => {
  using setup = new InMemory();
  const { heard, signal, clock } = await dialled(setup);

  await signal("call_proc");
  clock.advance(170_000);
  await signal("alert");
  clock.advance(179_999);
  equal(heard.all.at(-1)?.type, "alerting");
  clock.advance(1);

  deepEqual(heard.all.at(-1), { type: "terminated", cause: 19 });
});

Deno.test("[P28] a connected call and an open chat have no time limit", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: USERS });
  const call = setup.dial("atlantis");
  const phone: PhoneCall = await pbx.calls.next();
  await phone.answer();
  await call.heard.until(({ type }) => type === "connected");
  const chat = setup.chat("atlantis");
  (await pbx.chats.next()).join();
  await chat.heard.until(({ type }) => type === "joined");

  setup.clock.advance(HOUR_MS);
  await turns();

  equal(call.heard.all.at(-1)?.type, "connected");
  equal(chat.heard.all.at(-1)?.type, "joined");
});

Deno.test("[P28] a chat in which nobody has joined yet has no time limit either", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: USERS });
  const chat = setup.chat("atlantis");
  await pbx.chats.next();
  await turns();

  setup.clock.advance(HOUR_MS);
  await turns();

  deepEqual(chat.heard.all.map(({ type }) => type), ["alerting"]);
});
