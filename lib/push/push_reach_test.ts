import { deepEqual } from "node:assert/strict";
import { DAY_MS } from "@/lib/base/times.ts";
import { PushReach } from "./push_reach.ts";
import { openPushRoom } from "@/tests/support/push_room.ts";

Deno.test("[PUSH9] an agent is reachable from the first device to the last one", async () => {
  await using room = await openPushRoom();
  const { told, push, reach } = room;
  const ada = await room.agent("ada");

  const first = await room.device(ada, "a");
  await reach.settled();
  await room.device(ada, "b");
  await reach.settled();
  const ids = (await push.devices(ada.id)).map(({ id }) => id);
  await push.remove(ada.id, ids[0] ?? "");
  await reach.settled();
  const before = [...told];
  await push.remove(ada.id, ids[1] ?? "");
  await reach.settled();
  const late: string[] = [];
  reach.watch((account) => late.push(account))[Symbol.dispose]();

  deepEqual(first.added.ok, true);
  deepEqual(before, [`${ada.id} true`]);
  deepEqual(told, [`${ada.id} true`, `${ada.id} false`]);
  deepEqual(late, []);
});

Deno.test("[PUSH9] the end of a session or an account is noticed at once, and an expired session within a minute", async () => {
  await using room = await openPushRoom();
  const { told, reach, store, hub, clock } = room;
  const [out, gone, idle] = [
    await room.agent("out"),
    await room.agent("gone"),
    await room.agent("idle"),
  ];
  for (const one of [out, gone, idle]) await room.device(one, one.id);
  await reach.settled();
  told.length = 0;

  await store.sessions.end(out.token);
  hub.tell("signed-out", { account: out.id });
  await reach.settled();
  await store.accounts.delete(gone.id);
  hub.tell("account-changed", { id: gone.id });
  await reach.settled();
  clock.jumpWall(7 * DAY_MS);
  clock.advance(60_000);
  await reach.settled();

  deepEqual(told, [out, gone, idle].map(({ id }) => `${id} false`));
});

Deno.test("[PUSH9] after its end, PushReach neither looks nor reports", async () => {
  await using room = await openPushRoom();
  const { told, reach, clock } = room;
  const ada = await room.agent("ada");

  await reach[Symbol.asyncDispose]();
  await room.device(ada, "a");
  await reach.settled();

  deepEqual([told, clock.pending], [[], 0]);
});

Deno.test("[PUSH9] PushReach reads all devices at its start and each minute, and otherwise those of one account", async () => {
  await using room = await openPushRoom();
  const { push, store, hub, clock } = room;
  const ada = await room.agent("ada");
  let reads = 0;
  const all = () => {
    reads++;
    return store.push.all();
  };
  await using reach = await PushReach.open({
    ...{ push, hub, clock, store: { all } },
  });

  await room.device(ada, "a");
  hub.tell("signed-out", { account: ada.id });
  await reach.settled();
  const before = reads;
  clock.advance(60_000);
  await reach.settled();
  hub.tell("push-changed", { account: ada.id });
  await reach.settled();

  deepEqual([before, reads], [1, 2]);
});

Deno.test("[PUSH9] a device that was deleted without an event is noticed within a minute, and each account is looked at once", async () => {
  await using room = await openPushRoom();
  const { store, hub, clock, told } = room;
  const ada = await room.agent("ada");
  await room.device(ada, "a");
  await room.reach.settled();
  const looks: string[] = [];
  const devices = (account: string) => {
    looks.push(account);
    return room.push.devices(account);
  };
  await using reach = await PushReach.open({
    ...{ push: { devices }, hub, clock, store: store.push },
  });
  const late: unknown[] = [];
  reach.watch((account, is) => late.push(account === ada.id, is));
  deepEqual(looks, [ada.id]);

  const all = await store.push.devices(ada.id);
  await store.push.delete(ada.id, all.map(({ id }) => id));
  clock.advance(60_000);
  await reach.settled();
  hub.tell("signed-out", { account: "ben" });
  await reach.settled();

  deepEqual(looks, [ada.id, ada.id, "ben"]);
  deepEqual(late, [true, true, true, false]);
  deepEqual(told.at(-1), `${ada.id} false`);
});
