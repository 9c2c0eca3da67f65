import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { replaceGlobals } from "@/tests/support/replace_globals.ts";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { ContactEvent } from "../events.ts";
import { type ChatOwner, ChatRun } from "./chat_run.ts";

/** As much of a page as a chat uses. */
function page(): Disposable {
  class Observer {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  return replaceGlobals({
    document: Object.assign(new EventTarget(), { hidden: false }),
    ResizeObserver: Observer,
    IntersectionObserver: Observer,
  });
}

function room(visitor = () => "Bob") {
  const told: ContactEvent[] = [];
  const sent: ClientMessage[] = [];
  const owner = {
    ready: () => true,
    uuid: "a".repeat(32),
    clock: new FakeClock(),
    changed: () => {},
    send: (message: ClientMessage) => sent.push(message) > 0,
    tell: (event: ContactEvent) => told.push(event),
    shows: () => false,
    visitor,
    around: () => ({ resume: "", consent: "", open: true }),
  };
  const run = new ChatRun(owner as unknown as ChatOwner);
  return { run, told, sent };
}

Deno.test("the page is notified of a chat's state and of each message", () => {
  using _page = page();
  const { run, told } = room();
  run.open({ id: "ada", name: "Ada" });

  run.write("Hello");
  run.send();
  const own = told.splice(0);
  run.hear({ mt: "ChatInfo", state: "connected" });
  run.hear({ mt: "ChatMessage", seq: 2, text: "Hi", time: 0 });
  run.dispose();

  deepEqual(own, [
    { type: "chat", state: "opening", agent: "ada" },
    { type: "message", from: "visitor", unread: 0 },
  ]);
  deepEqual(told, [
    { type: "chat", state: "joined", agent: "ada" },
    { type: "message", from: "agent", unread: 1 },
  ]);
});

Deno.test("an empty draft isn't sent, and sending clears the field", () => {
  using _page = page();
  const { run, told, sent } = room();
  run.open({ id: "ada", name: "Ada" });

  run.write("  \n ");
  const canSend = [run.canSend];
  run.send();
  const nothing = [told.length, sent.length];
  run.write("Hello");
  canSend.push(run.canSend);
  run.send();
  canSend.push(run.canSend);
  run.dispose();

  deepEqual([canSend, nothing], [[false, true, false], [0, 0]]);
  equal(run.draft, "");
});

Deno.test("the visitor is asked whether to end a running chat, until they answer or it ends", () => {
  using _page = page();
  const { run } = room();
  run.askEnd(true);
  const before = run.asksEnd; // Nothing runs.
  run.open({ id: "ada", name: "Ada" });
  run.write("Hello");
  run.send();

  run.askEnd(true);
  const asked = [run.asksEnd];
  run.askEnd(false);
  asked.push(run.asksEnd);
  run.askEnd(true);
  run.hear({ mt: "ChatInfo", state: "terminated", cause: 16 });
  asked.push(run.asksEnd);
  run.dispose();

  deepEqual([before, asked], [false, [true, false, false]]);
});

Deno.test("a chat that is left is gone", () => {
  using _page = page();
  const { run } = room();
  run.open({ id: "ada", name: "Ada" });
  run.write("Hello");
  run.send();
  run.end();
  const ended = run.chat?.state;

  run.leave();

  deepEqual([ended, run.chat, run.running], ["over", undefined, false]);
  run.dispose();
});

Deno.test("the page is notified once of each message, however often the panel is shown", () => {
  using _page = page();
  const { run, told } = room();
  run.open({ id: "ada", name: "Ada" });
  run.write("Hello");
  run.send();
  told.splice(0);

  run.hear({ mt: "ChatMessage", seq: 2, text: "Hi", time: 0 });
  run.shown();
  run.hear({ mt: "ChatMessage", seq: 3, text: "Ada here", time: 0 });
  run.shown();
  run.dispose();

  deepEqual(told, [
    { type: "message", from: "agent", unread: 1 },
    { type: "message", from: "agent", unread: 2 },
  ]);
});

Deno.test("a chat has the name that the visitor had entered when they sent the first message", () => {
  using _page = page();
  let name = "";
  const { run, sent } = room(() => name);
  run.open({ id: "ada", name: "Ada" });
  run.write("Hello");

  name = "Bob";
  run.send();
  name = "Ben"; // For the next chat.
  run.write("Hello?");
  run.send();
  run.dispose();

  const [create] = sent;
  deepEqual([create?.mt, create && "dn" in create && create.dn], [
    "CreateChat",
    "Bob",
  ]);
  deepEqual([run.chat?.visitor, run.chat?.lines.length], ["Bob", 2]);
});
