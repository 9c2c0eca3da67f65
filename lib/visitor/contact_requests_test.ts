import { deepEqual, equal } from "node:assert/strict";
import { VisitorRoom } from "@/tests/support/visitor_room.ts";

Deno.test("[V17] an agent never sees secrets in a page's address", async () => {
  using room = new VisitorRoom();
  room.put({ pageParameters: ["utm_source"] });
  const page = await room.page({ lang: "en" });
  const query = "?token=SECRET&utm_source=mail#access_token=abc";

  page.say({
    mt: "CreateChat",
    dest: "columbia",
    dn: "Ada",
    page: {
      url: `https://shop.example/reset${query}`,
      title: "Reset",
      referrer: `https://mail.example/inbox${query}`,
    },
  });

  deepEqual(room.agents.chats.all[0]?.chat.visitor.page, {
    url: "https://shop.example/reset?utm_source=mail",
    title: "Reset",
    referrer: "https://mail.example/inbox?utm_source=mail",
  });
  deepEqual(page.all("Session").at(-1)?.options.pageParameters, ["utm_source"]);
});

Deno.test("[V53] KeepChat keeps a chat that is about to end, with the times of its widget", async () => {
  using room = new VisitorRoom();
  room.put({ idleChats: { close: true, warnMinutes: 2, endMinutes: 3 } });
  const page = await room.page();
  page.say({ mt: "CreateChat", dest: "columbia", dn: "", contact: "c1" });
  room.agents.chats.all[0]?.emit({ type: "joined" });

  room.clock.advance(120_000);
  page.say({ mt: "KeepChat" });
  room.clock.advance(119_999);
  const told = page.all("ChatIdle");
  room.clock.advance(60_001);

  deepEqual(told, [
    { mt: "ChatIdle", seconds: 60, contact: "c1" },
    { mt: "ChatIdle", contact: "c1" },
  ]);
  deepEqual(page.all("ChatInfo").at(-1), {
    ...{ mt: "ChatInfo", state: "terminated", cause: 31, contact: "c1" },
  });
});

Deno.test("[V53] a widget that never ends idle chats sends no warning", async () => {
  using room = new VisitorRoom();
  room.put({ idleChats: { close: false, warnMinutes: 2, endMinutes: 3 } });
  const page = await room.page();
  page.say({ mt: "CreateChat", dest: "columbia", dn: "" });
  room.agents.chats.all[0]?.emit({ type: "joined" });

  room.clock.advance(86_400_000);

  equal(page.all("ChatIdle").length, 0);
  equal(room.agents.chats.all[0]?.over, false);
});
