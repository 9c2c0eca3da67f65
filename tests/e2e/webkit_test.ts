import { deepEqual, equal, ok } from "node:assert/strict";
import type { WidgetView } from "@/lib/protocol/admin/messages.ts";
import {
  AdminClient,
  agentOf,
  PASSWORD,
} from "@/tests/support/admin_client.ts";
import { htmlPage } from "@/tests/support/product.ts";
import { ChatAgent, chatText } from "@/tests/support/long_chat.ts";
import { type Service, startService } from "@/tests/support/service.ts";
import { KEYS, WebKit } from "@/tests/support/webkit.ts";
import { serveWebsite, type Website } from "@/tests/support/website.ts";
import { openWire } from "@/tests/support/wire.ts";

const MESSAGES = 60;

async function start(): Promise<{ service: Service; admin: AdminClient }> {
  const service = await startService({
    args: [`--admin-password=${PASSWORD}`, "--drain-seconds=0"],
  });
  const admin = await AdminClient.signIn(service.url, "admin", PASSWORD);
  return { service, admin };
}

/** A website whose page notes its errors and the sockets that it opens. */
function siteWith(service: Service, uuid: string, more = ""): Website {
  return serveWebsite(() =>
    htmlPage(`<script>
      const errors = [], sockets = [];
      addEventListener("error", ({ message }) => errors.push(message));
      addEventListener("unhandledrejection", ({ reason }) => errors.push(String(reason)));
      globalThis.WebSocket = class extends WebSocket {
        constructor(url) { super(url); sockets.push(url); }
      };
      globalThis.noted = { errors, sockets };
    </script><h1>Our shop</h1>
    <contact-widget uuid="${uuid}" ${more}></contact-widget>
    <script type="module" src="${service.url}/widget.js" async></script>`)
  );
}

function noted(
  webkit: WebKit,
): Promise<{ errors: string[]; sockets: string[] }> {
  return webkit.run(() => Reflect.get(globalThis, "noted"));
}

for (const kind of ["sidebar", "cardset"] as const) {
  Deno.test(`WebKit: presence, a chat of ${MESSAGES} messages and a page change, ${kind}`, async () => {
    await using stack = new AsyncDisposableStack();
    const { service, admin } = await start();
    stack.use(service);
    const { uuid } = await admin.addWidget(kind, (content) => {
      content.agents = [agentOf("ada", "Ada Lovelace")];
    });
    await admin.addPerson("ada", "Ada Lovelace");
    const { cookie } = await AdminClient.signIn(service.url, "ada", PASSWORD);
    const site = stack.use(siteWith(service, uuid, 'lang="en"'));
    const webkit = stack.use(await WebKit.open());
    await webkit.resize(1280, 800);
    await webkit.goto(site.origin);
    if (kind === "cardset") {
      await webkit.seen({ css: ".presence", text: "Not available" });
    }
    const agent = stack.use(await ChatAgent.open(service.url, cookie));
    if (kind === "sidebar") await webkit.press({ css: ".launcher" });
    await webkit.seen({ css: ".presence", text: "Available" });
    await webkit.press({ css: "button", text: "Chat with Ada Lovelace" });
    await webkit.enter({ css: "input.field" }, "Bob");
    await write(webkit, chatText(0));
    await agent.join();
    await webkit.seen({ css: ".note", text: "has joined" });
    for (let n = 1; n < MESSAGES; n++) {
      if (n % 12 !== 0) await agent.write(chatText(n));
      else {
        await write(webkit, chatText(n));
        await agent.reads(chatText(n));
      }
    }

    await seesAll(webkit);
    await webkit.resize(450, 800);
    await webkit.reload();
    await seesAll(webkit);
    await webkit.press({ css: ".panel .head button", text: "Close" });
    await agent.write("Are you still there?");
    await webkit.seen({ css: ".launcher .unread", text: "1" });
    await webkit.reload();
    await webkit.seen({ css: ".launcher .unread", text: "1" });

    const { errors, sockets } = await noted(webkit);
    deepEqual(errors, []);
    equal(sockets.length, 1);
  });
}

/** The newest message is in view, and the first one can be scrolled to. */
async function seesAll(webkit: WebKit): Promise<void> {
  const message = (n: number) => ({ css: ".said", text: `${n}: `, last: true });
  await webkit.seen(message(MESSAGES - 1));
  await webkit.reach({ ...message(0), last: false });
}

async function write(webkit: WebKit, text: string): Promise<void> {
  await webkit.enter({ css: "textarea" }, text);
  await webkit.type(KEYS.enter);
}

Deno.test("WebKit: a chat's text field grows with its text", async () => {
  await using stack = new AsyncDisposableStack();
  const { service, admin } = await start();
  stack.use(service);
  const { uuid } = await admin.addWidget("cardset", (content) => {
    content.agents = [agentOf("ada", "Ada Lovelace")];
  });
  await admin.addPerson("ada", "Ada Lovelace");
  const { cookie } = await AdminClient.signIn(service.url, "ada", PASSWORD);
  stack.use(await ChatAgent.open(service.url, cookie));
  const site = stack.use(siteWith(service, uuid));
  const webkit = stack.use(await WebKit.open());
  await webkit.goto(site.origin);
  await webkit.press({ css: "button", text: "Chat with Ada Lovelace" });
  const height = async () =>
    await webkit.run(
      (field: Element) => ({
        shown: field.clientHeight,
        needed: field.scrollHeight,
      }),
      await webkit.find({ css: "textarea" }),
    );

  const before = await height();
  await webkit.enter({ css: "textarea" }, "A longer text. ".repeat(6));
  const after = await height();

  ok(after.shown > before.shown + 30, JSON.stringify({ before, after }));
  equal(after.shown >= after.needed, true, JSON.stringify(after));
  await webkit.type(KEYS.enter);
  await webkit.seen({ css: ".said", text: "A longer text" });
  equal((await height()).shown, before.shown);
});

Deno.test("WebKit: an admin adds agents, orders them by keyboard and saves", async () => {
  await using stack = new AsyncDisposableStack();
  const { service, admin } = await start();
  stack.use(service);
  const { uuid } = await admin.addWidget("cardset", (content) => {
    content.name = "Our team";
    content.agents = [agentOf("ada", "Ada"), agentOf("ben", "Ben")];
  });
  const webkit = stack.use(await WebKit.open());
  await webkit.resize(1280, 900);
  await signIn(webkit, service, "admin");
  const own = 'section.widget:has(.widget-toggle[aria-expanded="true"])';
  await webkit.press({ css: ".widget-toggle", text: "Our team" });

  await webkit.press({ css: `${own} button`, text: "Add agent" });
  await webkit.enter({ css: "dialog [role=combobox]" }, "cem");
  await webkit.press({
    css: "dialog button[type=submit], dialog button",
    text: "Add agent",
  });
  await webkit.gone({ css: "dialog" });
  await webkit.seen({ css: `${own} .agent-row`, text: "cem" });

  const handle = { css: `${own} .agent-handle`, text: "cem" };
  await webkit.press(handle);
  for (const key of [KEYS.up, KEYS.up, KEYS.down, KEYS.enter]) {
    await webkit.type(key);
  }
  await webkit.seen({
    css: `${own} .agent-handle[aria-pressed="false"]`,
    text: "cem",
  });
  await webkit.press({ css: `${own} button`, text: "Save" });
  await webkit.find({ css: `${own} button:disabled`, text: "Save" });

  const { content } = await admin.call<WidgetView>(
    "GET",
    `/api/widgets/${uuid}`,
  );
  deepEqual(content.agents.map(({ address }) => address), [
    "ada",
    "cem",
    "ben",
  ]);
});

Deno.test("WebKit: an agent joins a chat at the desk and both write", async () => {
  await using stack = new AsyncDisposableStack();
  const { service, admin } = await start();
  stack.use(service);
  const { uuid } = await admin.addWidget("cardset", (content) => {
    content.agents = [agentOf("ada", "Ada Lovelace")];
  });
  await admin.addPerson("ada", "Ada Lovelace");
  const webkit = stack.use(await WebKit.open());
  await webkit.resize(1280, 800);
  await signIn(webkit, service, "ada");
  await webkit.goto(`${service.url}/desk`);
  await webkit.find({ css: "[role=radio], input[type=radio]" });
  const wire = stack.use(
    await openWire<VisitorHeard>(`${service.url}/widgets/service`),
  );
  const { heard, say } = wire;
  say({ mt: "Start", uuid, v: 1 });
  await heard.until(({ mt, presence }) =>
    mt === "Info" && presence === "online"
  );
  say({ mt: "CreateChat", dest: "ada", dn: "Bob" });
  await heard.until(({ mt }) => mt === "ChatInfo");
  say({ mt: "ChatMessage", id: "first", text: "Hello https://example.com/" });
  await webkit.press({ css: "button", text: "Join chat" });
  await heard.until(({ state }) => state === "connected");
  await webkit.seen({ css: ".desk a", text: "https://example.com/" });

  for (let n = 0; n < 20; n++) {
    say({ mt: "ChatMessage", id: `m${n}`, text: chatText(n) });
    await heard.until(({ mt, id }) => mt === "ChatAck" && id === `m${n}`);
  }
  await webkit.seen({ css: ".desk [dir]", text: "19: ", last: true });
  await webkit.enter({ css: ".desk-composer textarea" }, "Good morning");
  await webkit.type(KEYS.enter);
  await heard.until(({ text }) => text === "Good morning");
  await webkit.resize(450, 800);
  await webkit.seen({ css: ".desk [dir]", text: "Good morning", last: true });
});

interface VisitorHeard {
  mt: string;
  id?: string;
  presence?: string;
  state?: string;
  text?: string;
}

async function signIn(
  webkit: WebKit,
  service: Service,
  name: string,
): Promise<void> {
  await webkit.goto(`${service.url}/login`);
  await webkit.enter({ css: "input[name=name]" }, name);
  await webkit.enter({ css: "input[type=password]" }, PASSWORD);
  await webkit.type(KEYS.enter);
  await webkit.find({ css: ".navigation, .topbar" });
}
