import { deepEqual, equal, match } from "node:assert/strict";
import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import {
  AdminClient,
  agentOf,
  PASSWORD,
} from "@/tests/support/admin_client.ts";
import { sampleAnswer, sampleOffer } from "@/tests/support/sdp.ts";
import { type Service, startService } from "@/tests/support/service.ts";
import { openWire, type Wire } from "@/tests/support/wire.ts";

// A client of the original system knows only the messages marked S in the
// protocol. The traces are those of the original document, in its order, over a
// plain WebSocket to the program itself.

interface Said {
  mt: string;
  [member: string]: unknown;
}

const UNKNOWN_TO_S = /"(v|page|resume|seq|lang)":/;

async function company(service: Service) {
  const admin = await AdminClient.signIn(service.url, "admin", PASSWORD);
  await admin.addPerson("atlantis", "Atlantis");
  await admin.addPerson("columbia", "Columbia");
  const widget = await admin.addWidget("cardset", (content) => {
    content.name = "Visitenkarten";
    content.lang = "de";
    content.agents = [
      { ...agentOf("atlantis", "Atlantis"), email: "atlantis@example.com" },
      agentOf("columbia", "Columbia"),
    ];
  });
  const agent = await AdminClient.signIn(service.url, "atlantis", PASSWORD);
  return { admin, agent, widget };
}

/** The agent's desk, open in a browser as far as the service can tell. */
async function openDesk(
  { url }: Service,
  { cookie }: AdminClient,
): Promise<Wire<ServiceMessage>> {
  const desk = await openWire<ServiceMessage>(`${url}/desk/service`, {
    cookie,
    origin: url,
  });
  desk.say({ type: "hello", v: 1, page: "p1", calls: [], chats: [] });
  await desk.heard.until(({ type }) => type === "welcome");
  return desk;
}

/** Says an S message; nothing that only our pages know may slip in. */
function sayS(page: Wire<Said>, message: Said): void {
  equal(UNKNOWN_TO_S.test(JSON.stringify(message)), false);
  page.say(message);
}

Deno.test("a client of the original system shows agents as documented", async () => {
  await using service = await startService({
    args: [`--admin-password=${PASSWORD}`, "--stun=stun.example.com"],
  });
  const { agent, widget } = await company(service);
  await using desk = await openDesk(service, agent);
  await using page = await openWire<Said>(`${service.url}/widgets/service`);

  sayS(page, { mt: "Start", uuid: widget.uuid });
  await page.heard.count(4);
  sayS(page, { mt: "GetPicture", id: "atlantis" });
  sayS(page, { mt: "GetPicture", id: "columbia" });
  await page.heard.count(6);
  desk.say({ type: "choose", presence: "offline" });
  await page.heard.count(7);
  desk.say({ type: "choose", presence: "online" });
  await page.heard.count(8);

  const [session, atlantis, columbia, ice, ...later] = page.heard.all;
  equal(session?.mt, "Session");
  equal(session?.name, "Visitenkarten");
  equal(session?.lang, "de");
  equal(typeof session?.strings, "object");
  deepEqual(pick(atlantis), {
    mt: "Info",
    id: "atlantis",
    dn: "Atlantis",
    department: "",
    phonenumber: "",
    email: "atlantis@example.com",
    company: {},
    presence: "online",
    media: ["voice", "video", "email", "chat"],
    order: 0,
  });
  deepEqual(pick(columbia), {
    mt: "Info",
    id: "columbia",
    dn: "Columbia",
    department: "",
    phonenumber: "",
    email: "",
    company: {},
    presence: "offline",
    media: ["voice", "video", "chat"],
    order: 1,
  });
  deepEqual(ice, { mt: "IceConfig", stun: "stun.example.com", turn: "" });
  deepEqual(
    later.map((said) => [said.mt, said.id, said.url ?? said.presence]),
    [
      ["Picture", "atlantis", ""],
      ["Picture", "columbia", ""],
      ["Info", "atlantis", "offline"],
      ["Info", "atlantis", "online"],
    ],
  );
});

Deno.test("a client of the original system calls as documented", async () => {
  await using service = await startService({
    args: [`--admin-password=${PASSWORD}`],
  });
  const { agent, widget } = await company(service);
  await using desk = await openDesk(service, agent);
  await using page = await openWire<Said>(`${service.url}/widgets/service`);
  sayS(page, { mt: "Start", uuid: widget.uuid });
  await page.heard.until(({ mt }) => mt === "IceConfig");

  sayS(page, { mt: "CreateCall", dest: "atlantis", dn: "Mein Name" });
  sayS(page, { mt: "Channels", cmd: "PROPOSAL", sdp: sampleOffer() });
  const ring = await desk.heard.until(({ type }) => type === "call");
  if (ring.type !== "call") throw new TypeError("not a call");
  const call = ring.call.id;
  desk.say({ type: "ringing", contact: call });
  desk.say({ type: "call-take", call, n: 1 });
  desk.say({ type: "call-answer", call, n: 2, sdp: sampleAnswer() });
  await page.heard.until(({ state }) => state === "connected");
  sayS(page, { mt: "ClearCall" });
  await page.heard.until(({ state }) => state === "terminated");

  equal(ring.call.visitor.name, "Mein Name");
  const told = page.heard.all.filter(({ mt }) => mt === "CallInfo");
  deepEqual(told.map(({ state }) => state), [
    "alerting",
    "connected",
    "terminated",
  ]);
  equal(told[1]?.cmd, "SELECT");
  match(String(told[1]?.sdp), /^v=0\r\n/);
});

/** The members that the original document names. */
function pick(said: Said | undefined): Partial<Said> {
  const names = [
    ..."mt id dn department phonenumber email company presence".split(" "),
    ...["media", "order"],
  ];
  return Object.fromEntries(
    Object.entries(said ?? {}).filter(([name]) => names.includes(name)),
  );
}
