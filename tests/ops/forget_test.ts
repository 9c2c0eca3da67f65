import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import type { ContactPage } from "@/lib/protocol/admin/contacts.ts";
import {
  AdminClient,
  agentOf,
  PASSWORD,
} from "@/tests/support/admin_client.ts";
import { startService } from "@/tests/support/service.ts";
import { everything } from "@/tests/support/temporary_store.ts";
import { openWire } from "@/tests/support/wire.ts";

// What the whole program keeps of a visitor who has chatted, and what is left
// when that is deleted.

const SECRETS = {
  name: "Vera Visitor",
  text: "my order 4711 has not come",
  answer: "we are looking for 4711",
  page: "https://shop.example/returns?customer=815",
};

Deno.test("all that is left of a visitor's chat are times, which can be deleted", async () => {
  const data = await Deno.makeTempDir({ prefix: "forget-" });
  let contactId: string;
  let visit: string;
  let token: string;
  let log: string;
  {
    await using service = await startService({
      data,
      args: [`--admin-password=${PASSWORD}`, "--log=debug"],
    });
    const admin = await AdminClient.signIn(service.url, "admin", PASSWORD);
    await admin.addPerson("ben", "Ben");
    const { uuid } = await admin.addWidget("cardset", (content) => {
      content.agents = [agentOf("ben", "Ben")];
      content.sendPage = true;
    });
    token = await chat(service.url, uuid);

    const before = await contacts(admin);
    contactId = before[0]?.id ?? "";
    visit = before[0]?.visit ?? "";
    const key = before[0]?.key ?? "";
    const deleted = await admin
      .call<{ keys: string[] }>("DELETE", `/api/contacts/${key}?visit`);

    equal(before.length, 1);
    equal(before[0]?.address, "ben");
    equal(before[0]?.messages, 2);
    deepEqual(deleted.keys, [key]);
    deepEqual(await contacts(admin), []);
    await service.stop();
    log = service.output();
  }

  const left = JSON.stringify(await everything(`${data}/widgets.kv`));
  await Deno.remove(data, { recursive: true });
  ok(left.includes("contacts-deleted"));
  match(visit, /^[0-9a-f]{32}$/);
  ok(!token.includes(visit));
  for (const text of [...Object.values(SECRETS), token, contactId, visit]) {
    ok(!left.includes(text), text);
  }
  match(log, new RegExp(`chat"? "?${contactId}"? ended`));
  for (const text of [...Object.values(SECRETS), token]) {
    ok(!log.includes(text), `the log has ${text}`);
  }
});

/** A chat with one line each way, to its end. Returns the visitor's token. */
async function chat(url: string, uuid: string): Promise<string> {
  const agent = await AdminClient.signIn(url, "ben", PASSWORD);
  await using desk = await openWire<ServiceMessage>(`${url}/desk/service`, {
    cookie: agent.cookie,
    origin: url,
  });
  desk.say({ type: "hello", v: 1, page: "p1", calls: [], chats: [] });
  await desk.heard.until(({ type }) => type === "welcome");
  await using visitor = await openWire<Record<string, unknown>>(
    `${url}/widgets/service`,
  );
  visitor.say({ mt: "Start", uuid, v: 1 });
  const session = await visitor.heard.until(({ mt }) => mt === "Session");

  visitor.say({
    mt: "CreateChat",
    dest: "ben",
    dn: SECRETS.name,
    page: { url: SECRETS.page, title: "Returns", referrer: "" },
  });
  visitor.say({ mt: "ChatMessage", text: SECRETS.text, id: "m1" });
  const ring = await desk.heard.until((message) => message.type === "chat");
  ok(ring.type === "chat");
  const seen = JSON.stringify(ring);
  const [page = "", query = ""] = SECRETS.page.split("?");
  ok(seen.includes(SECRETS.name) && seen.includes(page));
  ok(!seen.includes(query), "the agent got the query of the page's address");
  const { id } = ring.chat;
  desk.say({ type: "chat-join", chat: id });
  desk.say({ type: "chat-message", chat: id, id: "a1", text: SECRETS.answer });
  await visitor.heard.until(({ mt }) => mt === "ChatMessage");
  visitor.say({ mt: "ClearChat" });
  await visitor.heard.until(({ mt, state }) =>
    mt === "ChatInfo" && state === "terminated"
  );
  return String(session.resume);
}

async function contacts(admin: AdminClient): Promise<ContactPage["contacts"]> {
  const page = await admin.call<ContactPage>("GET", "/api/contacts");
  return page.contacts;
}
