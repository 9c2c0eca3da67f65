import { deepEqual } from "node:assert/strict";
import type { Page } from "puppeteer-core";
import type { WidgetView } from "@/lib/protocol/admin/messages.ts";
import {
  AdminClient,
  agentOf,
  PASSWORD,
} from "@/tests/support/admin_client.ts";
import { openFirefox } from "@/tests/support/firefox.ts";
import { chatText } from "@/tests/support/long_chat.ts";
import { enter, press, seen } from "@/tests/support/seen.ts";
import { type Service, startService } from "@/tests/support/service.ts";
import { openWire } from "@/tests/support/wire.ts";

const MESSAGES = 20;
const text = (words: string) => `::-p-text(${words})`;

Deno.test("Firefox: an admin adds agents, orders them by keyboard and saves", async () => {
  await using stack = new AsyncDisposableStack();
  const { service, admin } = await start();
  stack.use(service);
  const { uuid } = await admin.addWidget("cardset", (content) => {
    content.name = "Our team";
    content.agents = [agentOf("ada", "Ada"), agentOf("ben", "Ben")];
  });
  const { page, errors } = stack.use(await openFirefox());
  await page.setViewport({ width: 1280, height: 900 });
  await signIn(page, service, "admin");
  const own = `#widget-${uuid}`;
  await press({ page, selector: `${own} .widget-toggle` });

  await press({ page, selector: `${own} button${text("Add agent")}` });
  await enter({ page, selector: "dialog [role=combobox]" }, "cem");
  await press({ page, selector: `dialog button${text("Add agent")}` });
  const handle = `${own} .agent-handle[aria-label*="cem"]`;
  await seen({ page, selector: handle });
  await press({ page, selector: handle });
  for (const key of ["ArrowUp", "ArrowUp", "ArrowDown", "Enter"] as const) {
    await page.keyboard.press(key);
  }
  await press({ page, selector: `${own} button${text("Save")}` });
  await page.waitForSelector(`${own} button:disabled${text("Save")}`);

  const { content } = await admin.call<WidgetView>(
    "GET",
    `/api/widgets/${uuid}`,
  );
  deepEqual(content.agents.map(({ address }) => address), [
    "ada",
    "cem",
    "ben",
  ]);
  deepEqual(errors, []);
});

Deno.test("Firefox: an agent joins a chat at the desk and both write", async () => {
  await using stack = new AsyncDisposableStack();
  const { service, admin } = await start();
  stack.use(service);
  const { uuid } = await admin.addWidget("cardset", (content) => {
    content.agents = [agentOf("ada", "Ada Lovelace")];
  });
  await admin.addPerson("ada", "Ada Lovelace");
  const { page, errors } = stack.use(await openFirefox());
  await page.setViewport({ width: 1280, height: 800 });
  await signIn(page, service, "ada");
  await page.goto(`${service.url}/desk`);
  // Before, the agent may be online by the page that is being left.
  await seen({ page, selector: text("Visitors can call and write to you.") });
  const { heard, say } = stack.use(
    await openWire<VisitorHeard>(`${service.url}/widgets/service`),
  );
  say({ mt: "Start", uuid, v: 1 });
  await heard.until(({ mt, presence }) =>
    mt === "Info" && presence === "online"
  );
  say({ mt: "CreateChat", dest: "ada", dn: "Bob" });
  await heard.until(({ mt }) => mt === "ChatInfo");
  say({ mt: "ChatMessage", id: "first", text: "Hello https://example.com/" });

  await press({ page, selector: `.desk button${text("Join chat")}` });
  await heard.until(({ state }) => state === "connected");
  await seen({ page, selector: ".desk a[href='https://example.com/']" });
  for (let n = 0; n < MESSAGES; n++) {
    say({ mt: "ChatMessage", id: `m${n}`, text: chatText(n) });
    await heard.until(({ mt, id }) => mt === "ChatAck" && id === `m${n}`);
  }
  await seen({ page, selector: `.desk-bubble${text(`${MESSAGES - 1}: `)}` });
  await enter({ page, selector: ".desk-composer textarea" }, "Good morning");
  await page.keyboard.press("Enter");
  await heard.until(({ text }) => text === "Good morning");
  await page.setViewport({ width: 450, height: 800 });
  await seen({ page, selector: `.desk-bubble${text("Good morning")}` });
  deepEqual(errors, []);
});

interface VisitorHeard {
  mt: string;
  id?: string;
  presence?: string;
  state?: string;
  text?: string;
}

async function start(): Promise<{ service: Service; admin: AdminClient }> {
  const service = await startService({
    args: [`--admin-password=${PASSWORD}`, "--drain-seconds=0"],
  });
  const admin = await AdminClient.signIn(service.url, "admin", PASSWORD);
  return { service, admin };
}

async function signIn(
  page: Page,
  { url }: Service,
  name: string,
): Promise<void> {
  await page.goto(`${url}/login`);
  await enter({ page, selector: "input[name=name]" }, name);
  await enter({ page, selector: "input[type=password]" }, PASSWORD);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}
