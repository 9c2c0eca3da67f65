import { deepEqual, equal } from "node:assert/strict";
import { ADA, chatOver, TestBridge } from "@/tests/support/bridge.ts";

const REQUEST = { address: "atlantis", visitor: ADA };

Deno.test("[CHAT8] CreateChat with the same contact changes nothing, with another it replaces the chat", () => {
  const bridge = new TestBridge();
  bridge.page.createChat({ ...REQUEST, contact: "first" });
  const [first] = bridge.chats;

  bridge.page.createChat({ ...REQUEST, contact: "first" });
  const repeated = bridge.look();
  bridge.page.createChat({ ...REQUEST, contact: "second" });
  bridge.page.message("v1", "Hello", { contact: "second" });

  deepEqual(repeated, []);
  equal(first?.over, true);
  deepEqual(bridge.chats.map((chat) => chat.visitorTexts), [[], ["Hello"]]);
  const told = bridge.look().map((message) =>
    "contact" in message && message.contact
  );
  deepEqual(told, ["first", "second"]);
});

Deno.test("[CHAT8] SeatContacts.knows() is true for the call and the chat that the page has created", () => {
  const { page } = new TestBridge();
  const known = () => [undefined, "call", "chat", "other"].map(page.knows);
  const states = [known()];

  page.createCall({ ...REQUEST, video: false, contact: "call" });
  states.push(known());
  page.createChat({ ...REQUEST, contact: "chat" });
  page.clearChat();
  states.push(known());

  deepEqual(states, [
    [false, false, false, false],
    [false, true, false, false],
    [false, true, true, false],
  ]);
});

Deno.test("[CHAT9] a message for another chat isn't added to the running one", () => {
  const bridge = new TestBridge();
  bridge.page.createChat({ ...REQUEST, contact: "this" });

  bridge.page.message("v1", "for another agent", { contact: "other" });

  deepEqual(bridge.look(), [{ ...chatOver(41), contact: "other" }]);
  deepEqual(bridge.chats[0]?.visitorTexts, []);
});

Deno.test("[CHAT6] a chat named in Start that the bridge doesn't know has ended", () => {
  const bridge = new TestBridge();
  const lost = { ...chatOver(41), contact: "lost" };

  bridge.page.back(0, { chat: "lost" });
  const without = bridge.look();
  bridge.page.createChat({ ...REQUEST, contact: "this" });
  bridge.page.back(0, { chat: "lost" });
  const other = bridge.look();
  bridge.page.back(0, { chat: "this" });

  deepEqual([without, other], [[lost], [lost]]);
  deepEqual(bridge.look(), []);
});
