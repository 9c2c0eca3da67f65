import { deepEqual, equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { apiApp, errorOf } from "@/tests/support/api_app.ts";
import { openPushRoom } from "@/tests/support/push_room.ts";

const PATH = "/api/account/push";

/** The routes, with a push service on loopback. */
async function openApi() {
  const room = await openPushRoom();
  const { push, store } = room;
  const app = await apiApp({ push, store });
  return {
    ...{ app, room },
    add: (cookie: string, body: unknown) =>
      app.call("POST", PATH, { cookie, body }),
    async view(cookie: string) {
      return await (await app.call("GET", PATH, { cookie })).json();
    },
    [Symbol.asyncDispose]: () => room[Symbol.asyncDispose](),
  };
}

Deno.test("[PUSH7] an agent adds, tests and removes a device, which no other agent sees", async () => {
  await using api = await openApi();
  const { app, room } = api;
  const ann = await app.signIn("ann", "agent");
  const ben = await app.signIn("ben", "agent");
  const { browser, subscription } = room.service.subscribe("one");

  const added = await api.add(ann.cookie, subscription);
  const { id } = await added.json();
  const test = (cookie: string) =>
    app.call("POST", `${PATH}/${id}/test`, { cookie });
  const remove = (cookie: string) =>
    app.call("DELETE", `${PATH}/${id}`, { cookie });
  const tested = await (await test(ann.cookie)).json();
  const strange = [await test(ben.cookie), await remove(ben.cookie)];
  const [own, other] = [await api.view(ann.cookie), await api.view(ben.cookie)];
  const removed = await remove(ann.cookie);

  equal(added.status, 201);
  deepEqual(tested, { outcome: "sent" });
  deepEqual(strange.map(({ status }) => status), [404, 404]);
  deepEqual([own.devices.length, other.devices.length], [1, 0]);
  equal(own.key, await room.push.publicKey());
  equal(removed.status, 204);
  deepEqual((await api.view(ann.cookie)).devices, []);
  const [pushed] = room.service.heard.all;
  const text = browser.decrypt(pushed?.body ?? new Uint8Array());
  deepEqual(JSON.parse(text), { type: "test", lang: "en" });
});

Deno.test("[PUSH7] only https URLs of named hosts on port 443, and keys on the curve, are accepted", async () => {
  await using api = await openApi();
  const { cookie } = await api.app.signIn("ann", "agent");
  const { subscription } = api.room.service.subscribe("one");
  const { keys } = subscription;
  const point = Buffer.alloc(65, 7);
  point[0] = 4;
  const bad: unknown[] = [
    ...[
      "http://push.example.com/a",
      "https://push.example.com:8443/a",
      "https://127.0.0.1/a",
      "https://[::1]/a",
      "https://2130706433/a",
      "https://localhost/a",
      "https://user:pw@push.example.com/a",
      "https://push.example.com/#a",
      "ftp://push.example.com/a",
      "no URL",
      "https://push.example.com/" + "a".repeat(1_024),
    ].map((endpoint) => ({ ...subscription, endpoint })),
    { ...subscription, keys: { ...keys, auth: "short" } },
    { ...subscription, keys: { ...keys, p256dh: "A".repeat(87) } },
    { ...subscription, keys: { ...keys, p256dh: point.toString("base64url") } },
    { ...subscription, replaces: "http://push.example.com/" },
  ];

  for (const body of bad) {
    const error = await errorOf(await api.add(cookie, body), 400);
    equal(error.reason, "invalid", JSON.stringify(body));
  }
  deepEqual(await api.room.store.push.all(), []);
});

Deno.test("[PUSH7] an administrator without the role of an agent has no devices, and CW_PUSH=no has none at all", async () => {
  await using api = await openApi();
  using off = await apiApp();
  const admin = await api.app.signIn("ada", "admin");
  const agent = await off.signIn("ann", "agent");

  await errorOf(await api.app.call("GET", PATH, admin), 403);
  await errorOf(await off.call("GET", PATH, agent), 404);
});

Deno.test("[PUSH6] a device over the limit, and too many tests, are refused", async () => {
  await using api = await openApi();
  const { app, room } = api;
  const { cookie } = await app.signIn("ann", "agent");
  let id = "";
  for (let n = 0; n < 10; n++) {
    const { subscription } = room.service.subscribe(`${n}`);
    ({ id } = await (await api.add(cookie, subscription)).json());
  }

  const { subscription } = room.service.subscribe("more");
  const more = await errorOf(await api.add(cookie, subscription), 409);
  const test = () => app.call("POST", `${PATH}/${id}/test`, { cookie });
  for (let n = 0; n < 5; n++) await (await test()).body?.cancel();
  const sixth = await test();

  equal(more.reason, "too-many");
  equal(sixth.headers.get("retry-after"), "60");
  await errorOf(sixth, 429);
});
