import { deepEqual, equal, match, ok } from "node:assert/strict";
import { anAgent } from "@/tests/support/any_widget.ts";
import {
  CONTENT,
  settle,
  START,
  UUID,
  VisitorRoom,
} from "@/tests/support/visitor_room.ts";

const PICTURE = {
  id: "a".repeat(64),
  type: "image/png" as const,
  bytes: new Uint8Array([1, 2, 3]),
};
const WITH_PICTURES = [
  anAgent("atlantis", { picture: PICTURE.id }),
  anAgent("columbia"),
];

Deno.test("[V5] Start is answered with Session, Infos in order, and IceConfig", async () => {
  using room = new VisitorRoom();
  const page = room.open();

  page.say(START);
  await page.until("IceConfig");

  deepEqual(
    page.heard.all.map((message) =>
      message.mt === "Info" ? `Info ${message.order} ${message.id}` : message.mt
    ),
    ["Session", "Info 0 atlantis", "Info 1 columbia", "IceConfig"],
  );
  const [session, info] = page.heard.all;
  deepEqual(Object.keys(session ?? {}), [
    ...["mt", "name", "lang", "strings"],
    ...["type", "options", "resume", "v"],
  ]);
  deepEqual(Object.keys(info ?? {}).slice(0, 10), [
    ...["mt", "id", "dn", "department", "phonenumber", "email", "company"],
    ...["presence", "media", "order"],
  ]);
});

Deno.test("[V11] a page that sent v requests IceConfig itself", async () => {
  using room = new VisitorRoom();
  const page = await room.page({ v: 1 });
  const unasked = page.all("IceConfig");

  page.say({ mt: "GetIceConfig" });

  deepEqual(unasked, []);
  deepEqual(page.all("IceConfig"), [{
    mt: "IceConfig",
    stun: "stun.example.com",
    turn: "turn.example.com",
  }]);
});

Deno.test("[V6] pictures arrive in the requested order, however the store answers", async () => {
  const slow = Promise.withResolvers<typeof PICTURE>();
  using room = new VisitorRoom({ pictures: () => slow.promise });
  room.put({ agents: WITH_PICTURES });
  const page = await room.page();

  page.say({ mt: "GetPicture", id: "atlantis" });
  page.say({ mt: "GetPicture", id: "columbia" });
  page.say({ mt: "GetPicture", id: "nobody" });
  await settle();
  const before = page.all("Picture");
  slow.resolve(PICTURE);
  await page.until("Picture", ({ id }) => id === "columbia");

  deepEqual(before, []);
  deepEqual(page.all("Picture"), [
    { mt: "Picture", id: "atlantis", url: "data:image/png;base64,AQID" },
    { mt: "Picture", id: "columbia", url: "" },
  ]);
  deepEqual(page.all("Error").map(({ error }) => error), ["dest-refused"]);
});

Deno.test("[V6] a picture is sent a limited number of times, and again after saving", async () => {
  using room = new VisitorRoom({ limits: { picturesPerAgent: 2 } });
  const page = await room.page();
  const ask = async () => {
    page.say({ mt: "GetPicture", id: "atlantis" });
    await settle();
  };

  await ask();
  await ask();
  await ask();
  const refused = page.all("Error").map(({ error }) => error);
  room.put({ name: "New" });
  await settle();
  await ask();

  deepEqual(refused, ["rate-limited"]);
  equal(page.all("Picture").length, 3);
  equal(page.closedWith, undefined);
});

Deno.test("[V22] an unreadable picture is reported, and the others arrive", async () => {
  using room = new VisitorRoom({ pictures: () => Promise.reject("broken") });
  room.put({ agents: WITH_PICTURES });
  const page = await room.page();

  page.say({ mt: "GetPicture", id: "atlantis" });
  page.say({ mt: "GetPicture", id: "columbia" });
  await page.until("Picture");

  deepEqual(page.all("Error").map(({ error }) => error), ["unavailable"]);
  deepEqual(page.all("Picture").map(({ id }) => id), ["columbia"]);
});

Deno.test("[V10] the page chooses the language if the widget allows it", async () => {
  using room = new VisitorRoom();
  const langs: string[] = [];
  const look = async (lang?: string) => {
    const page = await room.page(lang === undefined ? {} : { lang });
    const [session] = page.all("Session");
    langs.push(`${session?.lang} ${session?.strings["title"]}`);
  };

  await look();
  await look("en-GB");
  await look("fr");
  room.put({ visitorLang: false });
  await look("en");
  room.put({ lang: "xx" });
  await look();

  deepEqual(langs, [
    "de Hallo",
    "en Hello",
    "de Hallo",
    "de Hallo",
    "en Hello",
  ]);
});

Deno.test("[V13] messages behind Start wait for its answer, up to a limit", async () => {
  using room = new VisitorRoom({ limits: { earlyMessages: 2 } });
  const page = room.open();
  const hasty = room.open();

  page.say(START);
  page.say({ mt: "CreateChat", dest: "columbia", dn: "Ada" });
  page.say({ mt: "ChatMessage", id: "1", text: "Hello" });
  hasty.say(START);
  for (const id of ["1", "2", "3"]) hasty.say({ mt: "GetPicture", id });
  await page.until("ChatAck");

  deepEqual(page.heard.all.map(({ mt }) => mt), [
    ...["Session", "Info", "Info", "IceConfig", "ChatAck"],
  ]);
  const refusals = hasty.all("Error")
    .map(({ error, retryAfter }) => [error, retryAfter]);
  equal(hasty.heard.all.length, 1);
  deepEqual(refusals, [["rate-limited", 1]]);
  equal(hasty.closedWith, 4429);
});

Deno.test("[V4] a rejected message is answered, and too many close the socket", async () => {
  using room = new VisitorRoom({ limits: { badMessages: 4 } });
  const page = room.open();

  page.sayText("{");
  page.say({ mt: "ClearCall" });
  page.say(START);
  await page.until("IceConfig");
  page.say(START);
  const before = page.closedWith;
  page.sayText("}");
  page.say({ mt: "GetIceConfig" });

  equal(before, undefined);
  deepEqual(page.all("Error").map(({ error }) => error), [
    "bad-message",
    "bad-message",
    "bad-message",
    "bad-message",
  ]);
  match(page.all("Error")[1]?.text ?? "", /Start must come first/);
  match(page.all("Error")[2]?.text ?? "", /twice/);
  equal(page.closedWith, 4400);
  equal(page.all("IceConfig").length, 1);
});

Deno.test("[V17] the agent sees the name and page as the widget allows", async () => {
  using room = new VisitorRoom();
  const page = await room.page({ lang: "en" });
  const place = { url: "https://example.com/", title: "Home", referrer: "" };
  const chat = (n: number) => room.agents.chats.all[n]?.chat.visitor;
  const ask = () => {
    page.say({ mt: "CreateChat", dest: "columbia", dn: "Ada", page: place });
    page.say({ mt: "ClearChat" });
  };

  ask();
  room.put({ visitorName: "A guest", sendPage: false });
  await settle();
  ask();

  const widget = { uuid: UUID, name: CONTENT.name };
  deepEqual(chat(0), { name: "Ada", widget, lang: "en", page: place });
  deepEqual(chat(1), { name: "A guest", widget, lang: "en" });
});

Deno.test("[V38] the consent text has a version, and agent and record have the accepted one", async () => {
  using room = new VisitorRoom();
  const version = () => page.all("Session").at(-1)?.options.consentVersion;
  room.put({ consent: "May we?" });
  const page = await room.page({ lang: "en" });
  const first = version();
  room.put({ consent: "May we, please?" });
  await settle();
  const second = version();
  room.put({ consent: "" });
  await settle();
  const none = version();
  room.put({ consent: "May we?" });
  await settle();

  page.say({ mt: "CreateChat", dest: "columbia", dn: "", consent: "0123" });
  page.say({
    mt: "CreateChat",
    dest: "columbia",
    dn: "Ada",
    consent: first ?? "",
  });
  page.say({ mt: "ClearChat" });
  page.say({ mt: "CreateChat", dest: "columbia", dn: "Ada" });
  page.say({ mt: "ClearChat" });

  // printf 'May we?' | sha256sum | cut -c1-16
  equal(first, "2352141c0dbb03d9");
  ok(/^[0-9a-f]{16}$/.test(second ?? "") && second !== first);
  equal(none, undefined);
  const chats = room.agents.chats.all;
  deepEqual(chats.map(({ chat }) => chat.visitor.consent), [first, undefined]);
  deepEqual(room.records.map(({ consent }) => consent), [first, undefined]);
});

Deno.test("[V16] only the widget's active agents can be contacted, by their media", async () => {
  using room = new VisitorRoom();
  room.put({
    agents: [
      anAgent("atlantis", { media: ["voice"] }),
      anAgent("columbia", { media: ["chat"] }),
      anAgent("discovery", { inactive: true }),
    ],
  });
  const page = await room.page();
  const refusals: unknown[] = [];
  const ask = (mt: "CreateCall" | "CreateChat", dest: string) => {
    page.say({ mt, dest, dn: "" });
    const [error, info] = page.heard.all.splice(-2);
    refusals.push([
      error?.mt === "Error" && error.error,
      info?.mt,
      info && "cause" in info && info.cause,
    ]);
  };

  ask("CreateCall", "0123456789");
  ask("CreateChat", "0123456789");
  ask("CreateCall", "columbia");
  ask("CreateChat", "atlantis");
  ask("CreateCall", "discovery");
  ask("CreateChat", "discovery");

  deepEqual(refusals, [
    ["dest-refused", "CallInfo", 1],
    ["dest-refused", "ChatInfo", 1],
    ["media-refused", "CallInfo", 88],
    ["media-refused", "ChatInfo", 88],
    ["unavailable", "CallInfo", 18],
    ["unavailable", "ChatInfo", 18],
  ]);
  ok(room.agents.calls.all.length + room.agents.chats.all.length === 0);
});
