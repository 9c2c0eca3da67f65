import { deepEqual, equal, match, ok } from "node:assert/strict";
import type {
  DueCallback,
  DueCallbacks,
} from "@/lib/protocol/admin/callbacks.ts";
import {
  AdminClient,
  agentOf,
  PASSWORD,
} from "@/tests/support/admin_client.ts";
import { DeskAgent } from "@/tests/support/desk_agent.ts";
import type { ServerMessage } from "@/tests/support/fake_page.ts";
import { FakePushService } from "@/tests/support/fake_push_service.ts";
import { startService } from "@/tests/support/service.ts";
import { openWire } from "@/tests/support/wire.ts";

const MAIN = new URL("../support/pushing_main.ts", import.meta.url).pathname;
const CALLBACKS = "/api/account/callbacks";

/** The running program with two agents, a widget, and a push service. */
async function office() {
  await using stack = new AsyncDisposableStack();
  const pushes = stack.use(await FakePushService.start());
  const service = stack.use(
    await startService({
      args: [`--admin-password=${PASSWORD}`, "--drain-seconds=0"],
      by: ["env", ...pushes.environment],
      main: MAIN,
    }),
  );
  const admin = await AdminClient.signIn(service.url, "admin", PASSWORD);
  const agents = ["ada", "otto"];
  for (const name of agents) await admin.addPerson(name, name);
  const { uuid } = await admin.addWidget("sidebar", (content) => {
    content.agents = agents.map((name) => agentOf(name, name));
    content.messages.on = true;
    content.callbacks = { ...content.callbacks, on: true };
  });
  const moved = stack.move();
  return {
    ...{ pushes, service, uuid },
    signIn: (name: string) => AdminClient.signIn(service.url, name, PASSWORD),
    desk: (
      agent: AdminClient,
      heard?: Parameters<typeof DeskAgent.connect>[2],
    ) => DeskAgent.connect(service.url, agent.cookie, heard),
    [Symbol.asyncDispose]: () => moved[Symbol.asyncDispose](),
  };
}

Deno.test("[DUE9] [PUSH1] a callback that a visitor asks for notifies an agent whose desk is closed, without name, number and text, until a colleague takes it", async () => {
  await using room = await office();
  const { pushes, service: { url }, uuid } = room;
  const otto = await room.signIn("otto");
  const { browser, subscription } = pushes.subscribe("phone");
  await otto.call("POST", "/api/account/push", subscription);
  const left = await room.desk(otto);
  left.say({ type: "leave" });
  left[Symbol.dispose]();
  await left.gone;
  const ada = await room.signIn("ada");
  using _desk = await room.desk(ada);

  await using visitor = await openWire<ServerMessage>(`${url}/widgets/service`);
  visitor.say({ mt: "Start", uuid, v: 1 });
  visitor.say({
    ...{ mt: "LeaveMessage", id: "m1", dn: "Jonas Meyer" },
    ...{ reply: "+49 7031 73009", text: "About my order", callback: {} },
  });
  await pushes.heard.count(1);
  const { callbacks: [due] } = await ada.call<DueCallbacks>("GET", CALLBACKS);
  ok(due);
  await take(ada, due);
  await pushes.heard.count(2);

  equal(due.reply, "+49 7031 73009");
  const texts = pushes.heard.all.map(({ body }) => browser.decrypt(body));
  const [ring, over] = texts.map((text) => JSON.parse(text));
  match(ring.contact, /^[0-9a-f]{32}$/);
  const { contact, lang } = ring;
  deepEqual(ring, { type: "ring", contact, kind: "callback", lang });
  deepEqual(over, { type: "over", contact, lang });
  const all = JSON.stringify([
    texts,
    pushes.heard.all.map((one) => one.headers),
  ]);
  for (
    const secret of ["Jonas", "Meyer", "7031", "73009", "order", due.number]
  ) {
    equal(all.includes(secret), false, secret);
  }
});

async function take(
  agent: AdminClient,
  { number, revision }: DueCallback,
): Promise<void> {
  await agent.call("PUT", `${CALLBACKS}/${number}`, { revision, act: "take" });
}
