import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { openPushRoom } from "@/tests/support/push_room.ts";
import type { PushDevice } from "@/lib/model/push_device.ts";
import { PushRings } from "./push_rings.ts";
import type { PushContent, PushOutcome } from "./send_push.ts";

const CALL = { id: "0123456789abcdef0123456789abcdef", kind: "call" } as const;

Deno.test("[PUSH8] each device gets one push for a ring and one for its end, without a name or a text", async () => {
  await using room = await openPushRoom();
  const ada = await room.agent("ada");
  const devices = [await room.device(ada, "a"), await room.device(ada, "b")];

  const rang = await Promise.all([
    room.rings.ring(ada.id, CALL),
    room.rings.ring(ada.id, CALL),
  ]);
  await room.rings.ring(ada.id, CALL);
  await room.rings.over(CALL.id);
  await room.rings.over(CALL.id);

  deepEqual(rang, [true, true]);
  for (const [n, { browser }] of devices.entries()) {
    const own = room.service.heard.all
      .filter(({ path }) => path === ["/a", "/b"][n]);
    const contents = own.map(({ body }) => JSON.parse(browser.decrypt(body)));
    deepEqual(contents, [
      { type: "ring", contact: CALL.id, kind: "call", lang: "de" },
      { type: "over", contact: CALL.id, lang: "de" },
    ]);
    const [ring, over] = own.map(({ headers }) => headers);
    deepEqual([ring?.ttl, over?.urgency], ["90", "high"]);
    equal(ring?.topic, over?.topic);
    equal(/^[\w-]{32}$/.test(String(ring?.topic)), true);
    equal(String(ring?.topic).includes(CALL.id.slice(0, 8)), false);
  }
});

Deno.test("[PUSH1] [PUSH8] a callback rings for several agents, whose notifications end separately", async () => {
  await using room = await openPushRoom();
  const [ada, ben] = [await room.agent("ada"), await room.agent("ben")];
  const { browser } = await room.device(ada, "a");
  await room.device(ben, "b");
  const ring = { kind: "callback", tag: CALL.id } as const;

  await room.rings.ring(ada.id, { id: "ada's", ...ring });
  await room.rings.ring(ben.id, { id: "ben's", ...ring });
  await room.rings.over("ada's");

  const { all } = room.service.heard;
  deepEqual(all.map(({ path }) => path), ["/a", "/b", "/a"]);
  const own = all.filter(({ path }) => path === "/a");
  deepEqual(own.map(({ body }) => JSON.parse(browser.decrypt(body))), [
    { type: "ring", contact: CALL.id, kind: "callback", lang: "de" },
    { type: "over", contact: CALL.id, lang: "de" },
  ]);
  equal(own[0]?.headers.ttl, "60");
});

Deno.test("[PUSH8] a device whose push service does not answer delays neither the others nor their end", async () => {
  await using room = await openPushRoom();
  const { push, clock } = room;
  const ada = await room.agent("ada");
  for (const name of ["dead", "laptop", "phone"]) await room.device(ada, name);
  const sent: string[] = [];
  const late = Promise.withResolvers<PushOutcome>();
  const sender = {
    send({ endpoint }: PushDevice, { type }: PushContent) {
      const name = endpoint.split("/").at(-1) ?? "";
      sent.push(`${type} ${name}`);
      return name === "dead"
        ? late.promise
        : Promise.resolve<PushOutcome>(name === "phone" ? "sent" : "failed");
    },
  };
  const ringMs = { call: 90_000, chat: 300_000, callback: 60_000 };
  await using rings = new PushRings({ push, sender, clock, ringMs });

  const rang = await rings.ring(ada.id, CALL);
  const over = rings.over(CALL.id);
  while (sent.length < 4) await new Promise((go) => setTimeout(go));
  const before = [...sent];
  late.resolve("sent"); // It is notified after all, and then closed.
  await over;

  equal(rang, true);
  deepEqual(before, ["ring dead", "ring laptop", "ring phone", "over phone"]);
  deepEqual(sent.slice(4), ["over dead"]);
});

Deno.test("[PUSH8] a ring that no device has got is not closed, and doesn't count as notified", async () => {
  await using room = await openPushRoom();
  const ada = await room.agent("ada");

  const none = await room.rings.ring(ada.id, CALL);
  await room.device(ada, "a");
  room.service.statuses = [403];
  const refused = await room.rings.ring(ada.id, { id: "other", kind: "chat" });
  await room.rings.over("other");
  await room.rings.over(CALL.id);

  deepEqual([none, refused], [false, false]);
  equal(room.service.heard.all.length, 1);
});

Deno.test("[PUSH6] an agent gets at most 12 rings in a minute, and other agents are not affected", async () => {
  await using room = await openPushRoom();
  const [ada, ben] = [await room.agent("ada"), await room.agent("ben")];
  await room.device(ada, "a");
  await room.device(ben, "b");
  const ring = (account: string, n: number) =>
    room.rings.ring(account, { id: `contact ${n}`, kind: "chat" });
  for (let n = 0; n < 12; n++) equal(await ring(ada.id, n), true);

  const more = await ring(ada.id, 12);
  const other = await ring(ben.id, 13);
  room.clock.advance(60_000);
  const later = await ring(ada.id, 14);

  deepEqual([more, other, later], [false, true, true]);
});

Deno.test("[PUSH4] a ring deletes a device that its push service doesn't know any more", async () => {
  await using room = await openPushRoom();
  const ada = await room.agent("ada");
  await room.device(ada, "a");
  room.service.statuses = [410];

  const rang = await room.rings.ring(ada.id, CALL);

  equal(rang, false);
  deepEqual(await room.store.push.all(), []);
});

Deno.test("[PUSH8] a stop waits for notifications that are being closed, but at most 3 s", async () => {
  await using room = await openPushRoom();
  const ada = await room.agent("ada");
  await room.device(ada, "a");
  await room.rings.ring(ada.id, CALL);
  room.service.isSilent = true;

  const over = room.rings.over(CALL.id);
  await room.service.heard.count(2);
  let isStopped = false;
  const stopped = room.rings[Symbol.asyncDispose]()
    .then(() => isStopped = true);
  await new Promise((go) => setTimeout(go));
  const before = isStopped;
  room.clock.advance(3_000);
  await stopped;
  await room.service[Symbol.asyncDispose]();
  // The second request finds no service.
  while (room.clock.pending < 2) await new Promise((go) => setTimeout(go));
  room.clock.advance(1_000);
  await over;

  deepEqual([before, isStopped], [false, true]);
});

Deno.test("[PUSH8] the last 10,000 contacts are remembered until they are over", async () => {
  const sent: string[] = [];
  const device = {
    ...{ id: "1", name: "", session: "", lang: "de", host: "", endpoint: "" },
    ...{ key: "", createdAt: 0, p256dh: "", auth: "" },
  };
  const rings = new PushRings({
    clock: new FakeClock(),
    push: {
      devices: () => Promise.resolve([device]),
      noteSent: () => Promise.resolve(),
    },
    sender: {
      send: (_, content) => {
        if (content.type === "over") sent.push(content.contact);
        return Promise.resolve("sent");
      },
    },
    ringMs: { call: 1_000, chat: 1_000, callback: 1_000 },
  });
  // Each of another account, whose rings are not too many.
  for (let n = 0; n <= 10_000; n++) {
    await rings.ring(`${n}`, { id: `${n}`, kind: "chat" });
  }

  await rings.over("0");
  await rings.over("1");

  deepEqual(sent, ["1"]);
});
