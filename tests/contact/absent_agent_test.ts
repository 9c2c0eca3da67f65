import { deepEqual, equal, ok } from "node:assert/strict";
import { DeskRoom } from "@/tests/support/desk_room.ts";
import { openPushRoom } from "@/tests/support/push_room.ts";

/** An agent with one device whose desk is closed: the real desk and the real
 * notifications, with a push service on loopback. */
async function openClosedDesk() {
  await using stack = new AsyncDisposableStack();
  const push = stack.use(await openPushRoom());
  const otto = await push.agent("otto");
  const stored = await push.store.accounts.get(otto.id);
  if (stored === undefined) throw new Error("no account");
  const desk = stack.use(
    await DeskRoom.open([stored.value], {}, push.rings),
  );
  stack.use(push.reach.watch((...agent) => desk.bank.setReachable(...agent)));
  const device = await push.device(otto, "phone");
  await push.reach.settled();
  const moved = stack.move();
  return {
    ...{ push, desk, otto },
    /** Returns the contents of the pushes so far, as the browser decrypts
     * them. */
    contents: () =>
      push.service.heard.all
        .map(({ body }) => JSON.parse(device.browser.decrypt(body))),
    [Symbol.asyncDispose]: () => moved[Symbol.asyncDispose](),
  };
}

Deno.test("[D40] [PUSH8] a call at a closed desk reaches the browser within 3 s, and the desk that it opens answers it", async () => {
  await using closed = await openClosedDesk();
  const { push, desk, contents } = closed;
  const shown = desk.presences();

  const startedAt = performance.now();
  const call = await desk.dial();
  await push.service.heard.count(1);
  const tookMs = performance.now() - startedAt;
  while (call.heard.length === 0) await new Promise((go) => setTimeout(go));
  const page = desk.page({ shows: true }).connect();
  page.say({ type: "call-take", call: call.id, n: 1 });
  await push.service.heard.count(2);

  deepEqual(shown, ["online", "busy"]);
  ok(tookMs < 3_000, `${tookMs} ms`);
  deepEqual(call.heard.map(({ type }) => type), ["alerting", "connected"]);
  deepEqual(contents(), [
    { type: "ring", contact: call.id, kind: "call", lang: "de" },
    { type: "over", contact: call.id, lang: "de" },
  ]);
});

Deno.test("[D40] [PUSH4] a device that is gone makes the agent offline, and what rings ends", async () => {
  await using closed = await openClosedDesk();
  const { push, desk } = closed;
  const shown = desk.presences();
  push.service.statuses = [410];

  const chat = await desk.openChat("hello");
  await push.service.heard.count(1);
  while (chat.heard.length === 0) await new Promise((go) => setTimeout(go));

  deepEqual(shown, ["online", "offline"]);
  deepEqual(chat.heard, [{ type: "terminated", cause: 18 }]);
  deepEqual(await push.store.push.all().then((rows) => rows.length), 0);
});

Deno.test("[D40] [PUSH5] an agent who signs out on the device is offline", async () => {
  await using closed = await openClosedDesk();
  const { push, desk, otto } = closed;
  const shown = desk.presences();

  await push.store.sessions.end(otto.token);
  push.hub.tell("signed-out", { account: otto.id });
  await push.reach.settled();
  const call = await desk.dial();

  deepEqual(shown, ["online", "offline"]);
  deepEqual(call.heard, [{ type: "terminated", cause: 18 }]);
  equal(push.service.heard.all.length, 0);
});
