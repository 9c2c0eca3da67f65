import { deepEqual, equal } from "node:assert/strict";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import { newChat, type PageChatEvent, stepChat } from "./chat.ts";
import { placeText } from "./queue.ts";

const told = (message: ContactMessage): PageChatEvent => ({
  type: "told",
  message,
});
const third = told({ mt: "QueueInfo", of: "chat", position: 3, minutes: 4 });
const alerting = told({ mt: "ChatInfo", state: "alerting" });
const joined = told({ mt: "ChatInfo", state: "connected" });
const over = told({ mt: "ChatInfo", state: "terminated", cause: 19 });

/** Returns a chat whose first message is sent, after these events. */
function after(...events: PageChatEvent[]) {
  const said: PageChatEvent = { type: "say", id: "a", text: "Hello" };
  return [said, ...events].reduce(
    (chat, event) => stepChat(chat, event, 0).state,
    newChat({ id: "sales", name: "Sales" }, "", "c1"),
  );
}

Deno.test("a waiting chat has its place in the queue until an agent is rung, joins, or the chat ends", () => {
  const place = (...events: PageChatEvent[]) => {
    const { queue } = after(...events);
    return queue && [queue.position, queue.minutes];
  };
  const next = told({ mt: "QueueInfo", of: "chat", position: 1 });

  deepEqual(place(), undefined);
  deepEqual(place(third), [3, 4]);
  deepEqual(place(third, next), [1, undefined]);
  deepEqual(place(third, alerting), undefined);
  deepEqual(place(third, alerting, next), [1, undefined]);
  deepEqual(place(third, joined), undefined);
  deepEqual(place(third, over), undefined);
  deepEqual(place(third, { type: "leave" }), undefined);
  deepEqual(place(over, third), undefined);
});

Deno.test("a chat ignores the place of a call, and that of another chat", () => {
  const ofCall = told({ mt: "QueueInfo", of: "call", position: 9 });
  const ofOther = told({
    ...{ mt: "QueueInfo", of: "chat", position: 9 },
    contact: "c2",
  });

  equal(after(third, ofCall, ofOther).queue?.position, 3);
});

Deno.test("a chat that is rung again after a queue notifies of the agent once", () => {
  const { lines } = after(alerting, third, alerting);

  deepEqual(lines.map((line) => line.type), ["own", "note"]);
});

Deno.test("placeText() says the place, and of the first one that it is the next", () => {
  const text = (key: string | number, values?: Record<string, string>) =>
    `${key} ${values?.position ?? ""}`.trim();

  deepEqual(
    [12, 2, 1].map((position) => placeText({ position }, text)),
    ["queued 12", "queued 2", "queuedNext"],
  );
});
