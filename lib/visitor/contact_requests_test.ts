import { deepEqual } from "node:assert/strict";
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
