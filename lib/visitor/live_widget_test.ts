import { deepEqual, equal, ok } from "node:assert/strict";
import { anAgent } from "@/tests/support/any_widget.ts";
import { countEncodings } from "@/tests/support/count_encodings.ts";
import type { TellPresence } from "@/lib/model/presence.ts";
import {
  settle,
  START,
  UUID,
  VisitorRoom,
} from "@/tests/support/visitor_room.ts";

const PAGES = 20;

Deno.test("[V7] a change is encoded once, and all pages get the same frame", async () => {
  using room = new VisitorRoom();
  const pages = await Promise.all(
    Array.from({ length: PAGES }, () => room.page()),
  );
  const before = pages[0]?.frames.length ?? 0;
  using encoding = countEncodings();

  room.agents.setPresence("atlantis", "busy");

  equal(encoding.count, 1);
  equal(encoding.frames.length, 1);
  for (const page of pages) {
    deepEqual(page.frames.slice(before), encoding.frames);
  }
  equal(pages[0]?.all("Info").at(-1)?.presence, "busy");
});

Deno.test("[AGENT9][V7] an agent who changes 500 times in a second costs each visitor a few messages", async () => {
  using room = new VisitorRoom();
  const pages = [await room.page(), await room.page(), await room.page()];
  const before = pages[0]?.frames.length ?? 0;
  using encoding = countEncodings();

  for (let n = 0; n < 500; n++) {
    room.agents.setPresence("atlantis", n % 2 === 0 ? "busy" : "away");
    room.clock.advance(2);
  }
  const during = (pages[0]?.frames.length ?? 0) - before;
  room.agents.setPresence("atlantis", "dnd");
  room.clock.advance(500);

  ok(during <= 6, `${during} messages in a second`);
  for (const page of pages) {
    deepEqual(page.frames.slice(before), encoding.frames);
    equal(page.all("Info").at(-1)?.presence, "dnd");
  }
});

Deno.test("[V7] an agent is watched once, however many widgets and pages show it", async () => {
  using room = new VisitorRoom();
  const other = UUID.replace("f", "0");
  room.put({}, other);

  await room.page();
  await room.page();
  const page = room.open();
  page.say({ ...START, uuid: other });
  await page.until("IceConfig");

  equal(room.agents.watching("atlantis"), 1);
});

Deno.test("[V7] a widget that no page shows is unloaded after a while", async () => {
  using room = new VisitorRoom();
  const page = await room.page();

  page.drop();
  room.clock.advance(20_000);
  const soon = room.agents.watching("atlantis");
  room.clock.advance(20_000);

  deepEqual([soon, room.agents.watching("atlantis")], [1, 0]);
});

Deno.test("[V7] an unloaded widget can be shown again, with changing presence", async () => {
  using room = new VisitorRoom();
  const page = await room.page();
  page.drop();
  room.clock.advance(40_000);

  const next = await room.page();
  room.agents.setPresence("atlantis", "busy");

  equal(next.all("Info").at(-1)?.presence, "busy");
  equal(room.agents.watching("atlantis"), 1);
});

Deno.test("[V8] saving sends the whole widget again, and calls and chats continue", async () => {
  using room = new VisitorRoom();
  const page = await room.page();
  page.say({ mt: "CreateChat", dest: "columbia", dn: "Ada" });
  const [chat] = room.agents.chats.all;
  const before = page.heard.all.length;
  using encoding = countEncodings();

  room.put({
    name: "Neu",
    agents: [anAgent("discovery"), anAgent("columbia", { name: "C" })],
  });
  await settle();
  room.agents.setPresence("atlantis", "busy");

  const shown = page.heard.all.slice(before);
  deepEqual(
    shown.map((message) => message.mt === "Info" ? message.id : message.mt),
    ["Session", "discovery", "columbia"],
  );
  const [session] = page.all("Session").slice(-1);
  equal(session?.name, "Neu");
  equal(session?.resume, page.all("Session")[0]?.resume);
  equal(chat?.over, false);
  ok(encoding.count < 8, `${encoding.count} encodings`);
  deepEqual(
    ["atlantis", "columbia", "discovery"].map((a) => room.agents.watching(a)),
    [0, 1, 1],
  );
});

Deno.test("[V8] an agent who is removed and added again has the current presence", async () => {
  using room = new VisitorRoom();
  const page = await room.page();
  const presence = () =>
    page.all("Info").findLast(({ id }) => id === "atlantis")?.presence;
  room.put({ agents: [anAgent("columbia")] });
  await settle();
  room.agents.setPresence("atlantis", "away");

  room.put({ agents: [anAgent("atlantis"), anAgent("columbia")] });
  await settle();
  const added = presence();
  room.agents.setPresence("atlantis", "busy");

  deepEqual([added, presence()], ["away", "busy"]);
});

Deno.test("[V8] a widget saved while it was being read is read again", async () => {
  const reads: PromiseWithResolvers<void>[] = [];
  using room: VisitorRoom = new VisitorRoom({
    async widgets(uuid) {
      const widget = room.widgets.get(uuid);
      const read = Promise.withResolvers<void>();
      reads.push(read);
      await read.promise;
      return widget;
    },
  });
  const page = room.open();

  page.say(START);
  room.put({ name: "Saved meanwhile" });
  reads[0]?.resolve();
  await settle();
  reads[1]?.resolve();
  await page.until("Session", ({ name }) => name === "Saved meanwhile");

  equal(page.all("Session").at(-1)?.name, "Saved meanwhile");
});

Deno.test("[V9] an inactive agent is offline, one with a Boolean object follows it", async () => {
  using room = new VisitorRoom();
  room.agents.add({ address: "open", name: "", email: "" }, "offline");
  room.put({
    agents: [
      anAgent("atlantis", { inactive: true }),
      anAgent("columbia", { boolean: "open" }),
    ],
  });
  const page = await room.page();
  const first = page.all("Info").map(({ presence }) => presence);

  room.agents.setPresence("atlantis", "busy");
  room.agents.setPresence("columbia", "away");
  room.agents.setPresence("open", "online");
  room.agents.setPresence("open", "offline");

  deepEqual(first, ["offline", "offline"]);
  deepEqual(
    page.all("Info").slice(2).map(({ id, presence }) => `${id} ${presence}`),
    ["columbia away", "columbia offline"],
  );
});

Deno.test("[V7][V9] while nobody can write to an agent, the card keeps only the calls that it offers", async () => {
  const tells: TellPresence[] = [];
  using room = new VisitorRoom({
    presence: {
      watch(_address, tell) {
        tells.push(tell);
        tell("online", "chat");
        return { [Symbol.dispose]: () => {} };
      },
    },
  });
  room.put({
    agents: [
      anAgent("voice", { media: ["voice", "chat"] }),
      anAgent("video", { media: ["video", "chat"] }),
      anAgent("chat", { media: ["chat"] }),
      anAgent("none", { media: [] }),
    ],
  });
  const page = await room.page();

  for (const tell of tells) tell("online", undefined);

  deepEqual(
    page.all("Info").map(({ id, presence, media }) =>
      [id, presence, ...media].join(" ")
    ),
    [
      "voice online voice",
      "video online video",
      "chat offline chat",
      "none online",
      "voice online voice chat",
      "video online video chat",
      "chat online chat",
    ],
  );
});

Deno.test("[V14] a deleted or unknown widget closes with 4404", async () => {
  using room = new VisitorRoom();
  const page = await room.page();
  const stranger = room.open();

  room.delete();
  stranger.say({ mt: "Start", uuid: "0".repeat(32) });
  const codes = [await page.closing(), await stranger.closing()];

  deepEqual(codes, [4404, 4404]);
  for (const { heard } of [page, stranger]) {
    const last = heard.all.at(-1);
    equal(last?.mt === "Error" && last.error, "unknown-widget");
  }
  equal(room.agents.watching("atlantis"), 0);
});

/** Counts what is made into JSON while it is in use. */
