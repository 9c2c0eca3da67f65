import { deepEqual } from "node:assert/strict";
import { en } from "@/lib/i18n/widget/en.ts";
import {
  settle,
  START,
  UUID,
  VisitorRoom,
} from "@/tests/support/visitor_room.ts";
import type { VisitorHappening } from "./visitor_context.ts";

/** A room that writes down what is counted. */
function room() {
  const seen: string[] = [];
  const happened = ({ type, widget }: VisitorHappening) => {
    seen.push(type + (widget === UUID ? "" : " elsewhere"));
  };
  return { room: new VisitorRoom({ happened }), seen };
}

Deno.test("[V39] a page counts as shown, and once as opened", async () => {
  const { room: own, seen } = room();
  using _ = own;

  const page = await own.page();
  const before = [...seen];
  page.say({ mt: "Opened" });
  page.say({ mt: "Opened" });
  page.say({ mt: "CreateChat", dest: "columbia", dn: "Ada" });
  await settle();

  deepEqual([before, seen], [["shown"], ["shown", "opened"]]);
  deepEqual(page.all("Error"), []);
});

Deno.test("[V39] a page that calls or writes counts as opened, even an older one", async () => {
  const { room: own, seen } = room();
  using _ = own;

  for (const mt of ["CreateCall", "CreateChat"] as const) {
    const page = own.open();
    page.say(START);
    await page.until("Session");
    page.say({ mt, dest: "columbia", dn: "Ada" });
    page.say({ mt, dest: "columbia", dn: "Ada" });
  }
  await settle();

  deepEqual(seen, ["shown", "opened", "shown", "opened"]);
});

Deno.test("[V39] a reconnecting page isn't counted again, a new visit is", async () => {
  const { room: own, seen } = room();
  using _ = own;
  const page = await own.page();
  page.say({ mt: "CreateChat", dest: "columbia", dn: "Ada" });
  const { resume } = await page.until("Session");
  page.drop();

  const again = await own.page({ resume, seq: 0 });
  again.say({ mt: "Opened" });
  await own.page({ resume: "of another day" });
  await own.page();
  await settle();

  deepEqual(seen, ["shown", "opened", "shown"]);
});

Deno.test("[V39] a preview in the administration isn't counted", async () => {
  const { room: own, seen } = room();
  using _ = own;

  const page = await own.page({}, {
    origin: "https://widgets.example.com",
    host: "widgets.example.com",
  });
  page.say({ mt: "Opened" });
  await settle();

  deepEqual(seen, []);
});

Deno.test("[V39] a message counts once when it is stored, for its agent, and one to the company for no agent", async () => {
  const left: VisitorHappening[] = [];
  const happened = (happening: VisitorHappening) => {
    if (happening.type === "left") left.push(happening);
  };
  using own = new VisitorRoom({ texts: { de: en, en }, happened });
  own.put({ messages: { on: true, email: "" } });
  const page = await own.page();
  const message = { mt: "LeaveMessage", dn: "Jo", text: "Call me" } as const;
  const reply = "jo@example.com";

  page.say({ ...message, id: "m1", dest: "columbia", reply });
  page.say({ ...message, id: "m1", dest: "columbia", reply });
  page.say({ ...message, id: "m2", reply });
  page.say({ ...message, id: "m3", reply: "no address" });
  await settle();

  deepEqual(left, [
    { type: "left", widget: UUID, agent: "columbia" },
    { type: "left", widget: UUID },
  ]);
});
