import { deepEqual, equal, ok } from "node:assert/strict";
import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import { ErrorCode } from "@/lib/protocol/visitor/session_messages.ts";
import {
  AdminClient,
  agentOf,
  PASSWORD,
} from "@/tests/support/admin_client.ts";
import { matches, readSession } from "@/tests/support/documented_session.ts";
import { sampleAnswer, sampleOffer } from "@/tests/support/sdp.ts";
import { type Service, startService } from "@/tests/support/service.ts";
import { openWire, type Wire } from "@/tests/support/wire.ts";
import { PROTOCOL_FILE, protocolDocument } from "@/tools/protocol_docs.ts";

type Said = Record<string, unknown>;

Deno.test("the tables of docs/protocol.md match the output of `deno task protocol`", async () => {
  equal(
    await Deno.readTextFile(PROTOCOL_FILE),
    await protocolDocument(),
    "run deno task protocol",
  );
});

Deno.test("docs/protocol.md explains every error", async () => {
  const text = await Deno.readTextFile(PROTOCOL_FILE);
  const [, section = ""] =
    /^## Refusals$.*?^\| -+ .*?$(.*?)^## /ms.exec(text) ?? [];
  const explained = [...section.matchAll(/^\| `([a-z-]+)` +\|/gm)]
    .map(([, code]) => code);

  deepEqual(explained, ErrorCode.options);
});

Deno.test("the session in docs/protocol.md works as written", async () => {
  const lines = readSession(await Deno.readTextFile(PROTOCOL_FILE));
  await using service = await startService({
    args: [`--admin-password=${PASSWORD}`],
  });
  const uuid = await makeWidget(service);
  await using shop = await openShop(service);
  const visitor = new Visitor(`${service.url}/widgets/service`, uuid);
  await using _ = await visitor.connect();

  for (const { by, text } of lines) {
    if (by === "V>") visitor.say(text);
    else if (by === "S>") {
      const heard = await visitor.hear();
      ok(matches(heard, text), `${text}\nbut ${JSON.stringify(heard)}`);
    } else await perform(text, { shop, visitor });
  }

  ok(lines.length > 40);
  deepEqual(visitor.unheard(), []);
});

async function makeWidget({ url }: Service): Promise<string> {
  const admin = await AdminClient.signIn(url, "admin", PASSWORD);
  await admin.addPerson("shop", "Shop");
  await admin.addPerson("workshop", "Workshop");
  const { uuid } = await admin.addWidget("cardset", (content) => {
    content.name = "Support";
    content.agents = [agentOf("shop", "Shop"), agentOf("workshop", "Workshop")];
  });
  return uuid;
}

/** The visitor's client, which sends its lines unchanged, except for its own ids. */
class Visitor {
  #wire: Wire<Said> | undefined;
  #read = 0;
  #resume = "";
  readonly #url: string;
  readonly #uuid: string;

  constructor(url: string, uuid: string) {
    this.#url = url;
    this.#uuid = uuid;
  }

  get #open(): Wire<Said> {
    if (this.#wire === undefined) throw new Error("Cannot speak: no socket");
    return this.#wire;
  }

  async connect(): Promise<AsyncDisposable> {
    this.#wire = await openWire<Said>(this.#url);
    this.#read = 0;
    return { [Symbol.asyncDispose]: () => this.#open.close() };
  }

  async comeBack(): Promise<void> {
    this.#open.cut();
    await this.#open.closed;
    await this.connect();
  }

  say(text: string): void {
    const said = JSON.parse(text);
    if ("uuid" in said) said.uuid = this.#uuid;
    if ("resume" in said) said.resume = this.#resume;
    if ("sdp" in said) said.sdp = sampleOffer("voice");
    this.#open.say(said);
  }

  async hear(): Promise<Said> {
    const { heard } = this.#open;
    await heard.count(this.#read + 1);
    const said = heard.all[this.#read++] ?? {};
    if (said.mt === "Session") this.#resume = String(said.resume);
    return said;
  }

  unheard(): Said[] {
    return this.#open.heard.all.slice(this.#read);
  }
}

/** The shop's desk, as far as the service can tell. */
async function openShop({ url }: Service): Promise<Wire<ServiceMessage>> {
  const { cookie } = await AdminClient.signIn(url, "shop", PASSWORD);
  const desk = await openWire<ServiceMessage>(`${url}/desk/service`, {
    cookie,
    origin: url,
  });
  desk.say({ type: "hello", v: 1, page: "p1", calls: [], chats: [] });
  await desk.heard.until(({ type }) => type === "welcome");
  return desk;
}

interface Scene {
  shop: Wire<ServiceMessage>;
  visitor: Visitor;
}

/** The actions of people, to which each line of the document refers. */
const DEEDS: Record<string, (scene: Scene) => Promise<void> | void> = {
  "The shop chooses away, then online": ({ shop }) => {
    shop.say({ type: "choose", presence: "away" });
    shop.say({ type: "choose", presence: "online" });
  },
  "The chat rings at the shop's desk": async ({ shop }) => {
    shop.say({ type: "ringing", contact: await chatOf(shop) });
  },
  "The call rings at the shop's desk": async ({ shop }) => {
    shop.say({ type: "ringing", contact: await callOf(shop) });
  },
  "The shop joins and writes": async ({ shop }) => {
    const chat = await chatOf(shop);
    shop.say({ type: "chat-join", chat });
    shop.say({ type: "chat-message", chat, id: "a1", text: "Good morning" });
  },
  "The connection is lost, the shop writes once more": async (
    { shop, visitor },
  ) => {
    const chat = await chatOf(shop);
    await visitor.comeBack();
    const text = "Are you still there?";
    shop.say({ type: "chat-message", chat, id: "a2", text });
    await shop.heard.until((said) =>
      said.type === "chat-entries" &&
      said.entries.some((entry) => entry.text === text)
    );
  },
  "The shop answers": async ({ shop }) => {
    const call = await callOf(shop);
    shop.say({ type: "call-take", call, n: 1 });
    shop.say({ type: "call-answer", call, n: 2, sdp: sampleAnswer("voice") });
  },
};

async function perform(line: string, scene: Scene): Promise<void> {
  const deed = DEEDS[line];
  if (deed === undefined) throw new Error(`Nobody knows how to: ${line}`);
  await deed(scene);
}

async function chatOf({ heard }: Wire<ServiceMessage>): Promise<string> {
  const said = await heard.until(({ type }) => type === "chat");
  return said.type === "chat" ? said.chat.id : "";
}

async function callOf({ heard }: Wire<ServiceMessage>): Promise<string> {
  const said = await heard.until(({ type }) => type === "call");
  return said.type === "call" ? said.call.id : "";
}
