import { deepEqual, equal, match } from "node:assert/strict";
import { PUSH_DEVICES_MAX } from "@/lib/model/push_device.ts";
import { DAY_MS } from "@/lib/base/times.ts";
import { newVapidKey } from "./vapid.ts";
import { openPushRoom } from "@/tests/support/push_room.ts";

Deno.test("[PUSH1] a test reaches the device, whose browser decrypts it", async () => {
  await using room = await openPushRoom();
  const ada = await room.agent("ada");
  const { browser, added } = await room.device(ada, "one");
  const id = added.ok ? added.value.id : "";

  const tested = await room.push.test(ada.id, id);

  deepEqual(tested, { ok: true, value: "sent" });
  const [pushed] = room.service.heard.all;
  const text = browser.decrypt(pushed?.body ?? new Uint8Array());
  deepEqual(JSON.parse(text), { type: "test", lang: "de" });
  const [device] = await room.push.devices(ada.id);
  equal(device?.name, "Chrome, Windows");
  equal(device?.pushedAt, room.clock.wall());
});

Deno.test("[PUSH2] a request proves with the service's key for whom it is, and for how long it counts", async () => {
  await using room = await openPushRoom();
  const ada = await room.agent("ada");
  const { added } = await room.device(ada, "one");
  await room.push.test(ada.id, added.ok ? added.value.id : "");

  const { authorization = "", ttl, urgency, ...headers } =
    room.service.heard.all[0]?.headers ?? {};
  const [, token = "", key = ""] =
    /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(String(authorization)) ?? [];
  const [head = "", claims = "", signature = ""] = token.split(".");
  const decode = (part: string) =>
    Uint8Array.fromBase64(part, { alphabet: "base64url" });
  const verifier = await crypto.subtle.importKey(
    "raw",
    decode(key),
    { name: "ECDSA", namedCurve: "P-256" },
    false,
    ["verify"],
  );
  const isSigned = await crypto.subtle.verify(
    { name: "ECDSA", hash: "SHA-256" },
    verifier,
    decode(signature),
    new TextEncoder().encode(`${head}.${claims}`),
  );

  equal(isSigned, true);
  equal(key, await room.push.publicKey());
  deepEqual(JSON.parse(new TextDecoder().decode(decode(claims))), {
    aud: "https://push.example.com",
    exp: Math.floor(room.clock.wall() / 1_000) + 12 * 3_600,
    sub: "https://desk.example.com",
  });
  deepEqual([ttl, urgency], ["60", "high"]);
  equal(headers["content-encoding"], "aes128gcm");
});

Deno.test("[PUSH4] a device that its push service answers with 404 or 410 is deleted", async () => {
  await using room = await openPushRoom();
  const ada = await room.agent("ada");
  const outcomes: unknown[] = [];

  for (const status of [404, 410]) {
    const { added } = await room.device(ada, `gone-${status}`);
    room.service.statuses = [status];
    outcomes.push(await room.push.test(ada.id, added.ok ? added.value.id : ""));
  }

  deepEqual(outcomes, [
    { ok: true, value: "gone" },
    { ok: true, value: "gone" },
  ]);
  deepEqual(await room.store.push.all(), []);
});

Deno.test("[PUSH4] an overloaded push service gets one more request, and another error keeps the device", async () => {
  await using room = await openPushRoom();
  const ada = await room.agent("ada");
  const { added } = await room.device(ada, "one");
  const id = added.ok ? added.value.id : "";
  const test = async (...statuses: number[]) => {
    room.service.statuses = statuses;
    const before = room.service.heard.all.length;
    const tested = room.push.test(ada.id, id);
    if (statuses.length > 1) {
      await room.service.heard.count(before + 1);
      await until(() => room.clock.pending > 1);
      room.clock.advance(1_000);
    }
    const { ok, ...outcome } = await tested;
    return [
      ok && "value" in outcome && outcome.value,
      room.service.heard.all.length - before,
    ];
  };

  deepEqual(await test(503, 201), ["sent", 2]);
  deepEqual(await test(503, 503), ["failed", 2]);
  deepEqual(await test(429, 201), ["sent", 2]);
  deepEqual(await test(403), ["failed", 1]);
  deepEqual(room.counted, ["sent", "failed", "sent", "failed"]);
  equal((await room.push.devices(ada.id)).length, 1);
});

Deno.test("[PUSH5] an account has at most 10 devices, and the same browser counts once", async () => {
  await using room = await openPushRoom();
  const ada = await room.agent("ada");
  for (let n = 0; n < PUSH_DEVICES_MAX; n++) await room.device(ada, `${n}`);

  const again = await room.device(ada, "3");
  const more = await room.device(ada, "more");

  equal(again.added.ok, true);
  deepEqual(more.added, { ok: false, error: { reason: "too-many" } });
  equal((await room.push.devices(ada.id)).length, PUSH_DEVICES_MAX);
});

Deno.test("[PUSH5] a browser belongs to the account that has turned it on last", async () => {
  await using room = await openPushRoom();
  const ada = await room.agent("ada");
  const ben = await room.agent("ben");

  await room.device(ada, "shared");
  await room.device(ben, "shared");

  deepEqual(await room.push.devices(ada.id), []);
  equal((await room.push.devices(ben.id)).length, 1);
});

Deno.test("[PUSH5] a device ends with its session, the account or the role", async () => {
  await using room = await openPushRoom();
  const { store, push, clock } = room;
  const [out, idle, gone, demoted] = await Promise.all(
    ["out", "idle", "gone", "demoted"].map((name) => room.agent(name)),
  );
  const all = [out!, idle!, gone!, demoted!];
  for (const one of all) await room.device(one, one.id);
  const kept = await room.device(await room.agent("kept"), "kept");

  await store.sessions.end(out!.token);
  await store.accounts.delete(gone!.id);
  const stored = await store.accounts.get(demoted!.id);
  await store.accounts.save(demoted!.id, stored!.revision, {
    ...{ name: "demoted", displayName: "demoted", roles: ["admin"] },
  });
  const left = await Promise.all(all.map(({ id }) => push.devices(id)));
  clock.advance(8 * DAY_MS);
  const idled = await push.devices(idle!.id);

  deepEqual(left.map(({ length }) => length), [0, 1, 0, 0]);
  deepEqual(idled, []);
  equal(kept.added.ok, true);
});

Deno.test("[PUSH10] a device that was subscribed with an earlier key of the service ends", async () => {
  await using room = await openPushRoom();
  const ada = await room.agent("ada");
  await room.device(ada, "old");

  await room.keys.set(await newVapidKey());
  const old = await room.push.devices(ada.id);
  await room.device(ada, "new");

  deepEqual(old, []);
  equal((await room.push.devices(ada.id)).length, 1);
});

Deno.test("[PUSH5] a renewed subscription replaces a device of the same account only", async () => {
  await using room = await openPushRoom();
  const ada = await room.agent("ada");
  const ben = await room.agent("ben");
  const { subscription } = await room.device(ada, "old");
  const next = room.service.subscribe("new").subscription;
  const renewal = (session: string) => ({
    ...{ subscription: next, session, replaces: subscription.endpoint },
    ...{ userAgent: "", lang: "en", host: "desk.example.com" },
  });
  const [{ session = "" } = {}] = await room.push.devices(ada.id);

  const strange = await room.push.add(ben.id, renewal(session));
  const own = await room.push.add(ada.id, renewal(session));

  deepEqual(strange, { ok: false, error: { reason: "not-found" } });
  equal(own.ok, true);
  const endpoints = (await room.push.devices(ada.id)).map((d) => d.endpoint);
  deepEqual(endpoints, [next.endpoint]);
  match(next.endpoint, /new$/);
});

Deno.test("[PUSH6] a sixth test within a minute is refused", async () => {
  await using room = await openPushRoom();
  const ada = await room.agent("ada");
  const { added } = await room.device(ada, "one");
  const id = added.ok ? added.value.id : "";
  for (let n = 0; n < 5; n++) await room.push.test(ada.id, id);

  const sixth = await room.push.test(ada.id, id);
  room.clock.advance(60_000);
  const later = await room.push.test(ada.id, id);

  deepEqual(sixth, {
    ok: false,
    error: { reason: "throttled", retryAfter: 60 },
  });
  equal(later.ok, true);
});

/** Resolves when the condition is true, after turns of the event loop. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((go) => setTimeout(go));
}
