import { deepEqual, equal } from "node:assert/strict";
import type { FakePage } from "@/tests/support/fake_page.ts";
import { settle, VisitorRoom } from "@/tests/support/visitor_room.ts";
import { consentVersion } from "./consent.ts";

const TEXT = "We keep what you write for a day.";
const OLD = consentVersion("We keep what you write for an hour.") ?? "";
const NOW = consentVersion(TEXT) ?? "";

const CREATE = [
  { mt: "CreateCall", dest: "atlantis", dn: "Ada", contact: "a" },
  { mt: "CreateChat", dest: "atlantis", dn: "Ada", contact: "a" },
] as const;

/** Returns the messages that the page received since Start, except the widget. */
function heardBy(page: FakePage) {
  return page.heard.all
    .filter(({ mt }) => !["Session", "Info", "IceConfig"].includes(mt));
}

for (const create of CREATE) {
  const info = create.mt === "CreateCall" ? "CallInfo" : "ChatInfo";

  Deno.test(`[V38] ${create.mt} with an outdated consent is rejected, and the error names the current one`, async () => {
    using room = new VisitorRoom();
    room.put({ consent: TEXT });
    const page = await room.page();

    page.say({ ...create, consent: OLD });
    await settle();

    deepEqual(heardBy(page), [
      {
        mt: "Error",
        error: "consent-outdated",
        text: "Cannot connect: the text that needs consent has changed",
      },
      { mt: info, state: "terminated", cause: 21, contact: "a", consent: NOW },
    ]);
    equal(room.agents.calls.all.length + room.agents.chats.all.length, 0);
  });

  Deno.test(`[V38] ${create.mt} with the current consent, or from a page that sends none, is accepted`, async () => {
    using room = new VisitorRoom();
    room.put({ consent: TEXT });
    const [agreed, silent] = [await room.page(), await room.page()];

    agreed.say({ ...create, consent: NOW });
    silent.say(create);
    await settle();

    for (const page of [agreed, silent]) deepEqual(heardBy(page), []);
  });
}

Deno.test("[V38] the agent isn't told about consent if the widget doesn't ask for it", async () => {
  using room = new VisitorRoom();
  const page = await room.page();

  page.say({ ...CREATE[1], consent: OLD });

  equal(room.agents.chats.all.length, 1);
  equal(room.agents.chats.all[0]?.chat.visitor.consent, undefined);
});

Deno.test("[V38] a chat created again after the consent text changed continues", async () => {
  using room = new VisitorRoom();
  room.put({ consent: TEXT });
  const page = await room.page();
  page.say({ ...CREATE[1], consent: NOW });

  room.put({ consent: "Another text." });
  await settle();
  page.say({ ...CREATE[1], consent: NOW });
  await settle();

  deepEqual(heardBy(page), []);
  equal(room.agents.chats.all.length, 1);
  equal(room.agents.chats.all[0]?.over, false);
});
