import { deepEqual, equal } from "node:assert/strict";
import { ADA, ChatPage } from "@/tests/support/chat_page.ts";
import { replaceGlobals } from "@/tests/support/replace_globals.ts";
import type { Memory } from "./memory.ts";

// The runs of "./chat_run.ts" with what a page draws and stores.

const MEMORY: Memory = {
  resume: "token",
  agent: ADA,
  visitor: "Bob",
  contact: "c1",
  lines: [{ type: "own", id: "x", text: "Still there?", time: 1 }],
  consent: "v1",
  open: true,
  seen: 2,
  heard: 3,
  draft: "One mo",
};

Deno.test("a chat continues on the tab's next page: with its draft, what was unsent, and what was read", () => {
  using page = new ChatPage().begin(MEMORY);
  const { run } = page;

  run.dispatch({ type: "reconnected", resumed: true });
  run.shown();

  deepEqual([run.running, run.draft, run.chat?.before], [true, "One mo", true]);
  deepEqual([run.chat?.seen, run.chat?.contact], [2, "c1"]);
  deepEqual(page.words, ["ChatMessage"]);
  deepEqual(page.stored, MEMORY);
});

Deno.test("a chat of which no page has heard is created again", () => {
  using page = new ChatPage().begin({ ...MEMORY, heard: 0 });

  page.run.dispatch({ type: "reconnected", resumed: true });

  deepEqual(page.words, ["CreateChat", "ChatMessage"]);
});

Deno.test("a chat of which a page has heard one message is continued", () => {
  using page = new ChatPage().begin({ ...MEMORY, heard: 1 });

  page.run.dispatch({ type: "reconnected", resumed: true });

  deepEqual(page.words, ["ChatMessage"]);
});

Deno.test("messages that an earlier page has received make no sound, new ones do", () => {
  using page = new ChatPage().begin(MEMORY);
  page.isShown = false;

  page.hear(2);
  page.hear(3);
  const replayed = page.chimes;
  page.hear(4);

  deepEqual([replayed, page.chimes], [0, 1]);
});

Deno.test("a message that the visitor sees makes no sound", () => {
  using page = new ChatPage().chat();

  page.hear(2);
  const seen = page.chimes;
  page.hear(3, { inView: false });

  deepEqual([seen, page.chimes, page.run.unread], [0, 1, 1]);
});

Deno.test("a message is read once it is in view, in the open panel of a visible page", () => {
  using page = new ChatPage().chat();
  const { run, document } = page;
  const read = () => page.words.filter((mt) => mt === "ChatRead").length;
  run.look();
  const nothing = read();
  page.isShown = false;
  page.hear(2);
  const closed = read();
  document.hidden = true;
  page.isShown = true;
  run.shown();
  const hidden = read();

  document.hidden = false;
  document.dispatchEvent(new Event("visibilitychange"));

  deepEqual([nothing, closed, hidden, read()], [0, 0, 0, 1]);
  equal(run.unread, 0);
});

Deno.test("the visitor's next chat in the same place has its own sounds and messages", () => {
  using page = new ChatPage().begin({ ...MEMORY, heard: 9 });
  page.run.hear({ mt: "ChatMessage", seq: 1, text: "Hi", time: 1 });
  page.run.end();
  page.isShown = false;

  page.run.open(ADA);
  page.run.write("Again");
  page.run.send();
  page.told.splice(0);
  page.hear(2);

  deepEqual(page.told, [{ type: "message", from: "agent", unread: 1 }]);
  equal(page.chimes, 1);
});

Deno.test("a running chat isn't begun again", () => {
  using page = new ChatPage().chat();
  const { chat } = page.run;

  page.run.open({ id: "bob", name: "Bob" });

  equal(page.run.chat, chat);
});

Deno.test("what the service refused to create is the draft again", () => {
  using page = new ChatPage().begin();
  const { run } = page;
  run.open(ADA);
  run.write("Hello");
  run.send();
  const { changes } = page;

  run.retry();
  const retried = [run.draft, run.chat?.state];
  run.retry(); // A draft can't be refused.

  deepEqual(retried, ["Hello", "drafting"]);
  deepEqual([run.draft, run.chat?.state], ["Hello", "drafting"]);
  equal(page.changes > changes, true);
});

Deno.test("each change of a chat is stored and drawn, and an ended one is forgotten", () => {
  using page = new ChatPage().chat();
  const { run } = page;
  const drawn = (change: () => void) => {
    const before = page.changes;
    change();
    return page.changes > before;
  };

  const written = drawn(() => run.write("One mo"));
  const { draft, consent, heard } = page.stored ?? {};
  page.run.hear({ mt: "ChatMessage", seq: 2, text: "Hi", time: 1 });
  const received = page.stored?.heard;
  const asked = drawn(() => run.askEnd(true));
  run.end();
  const ended = page.stored;
  const left = drawn(() => run.leave());

  deepEqual([draft, consent, heard, received], ["One mo", "v1", 0, 2]);
  deepEqual([written, asked, left, ended], [true, true, true, undefined]);
});

Deno.test("a chat whose seat isn't known yet isn't stored", () => {
  using page = new ChatPage();
  page.resume = "";
  page.chat();

  equal(page.stored, undefined);
});

Deno.test("the question whether to end a chat is gone in the next one", () => {
  using page = new ChatPage().chat();
  const { run } = page;
  run.askEnd(true);
  run.end();

  run.open(ADA);
  run.write("Again");
  run.send();

  equal(run.asksEnd, false);
});

Deno.test("the agent sees the visitor write until they send or leave", () => {
  const typing = (page: ChatPage) =>
    page.sent.flatMap((each) => each.mt === "ChatTyping" ? [each.typing] : []);
  using page = new ChatPage().chat();
  page.run.write("O");
  page.run.write("One");
  page.run.send();
  const sent = typing(page);
  page.run.write("T");
  page.run.dispose();

  deepEqual([sent, typing(page)], [[true, false], [true, false, true, false]]);
});

Deno.test("[V48] a lost connection is shown after 1.5 s, unless the page has another one by then", () => {
  using page = new ChatPage().chat();
  const { run, clock } = page;
  const states: boolean[] = [];
  const look = () => states.push(run.isOnline);

  run.disconnected();
  clock.advance(1_400);
  look();
  run.reconnected(true);
  clock.advance(1_000);
  look();
  run.disconnected();
  clock.advance(1_400);
  look();
  const { changes } = page;
  clock.advance(100);
  look();
  run.reconnected(true);
  look();

  deepEqual(states, [true, true, true, false, true]);
  equal(page.changes - changes, 2);
});

Deno.test("[V48] a chat that begins without a connection shows it after 1.5 s", () => {
  using page = new ChatPage();
  page.isReady = false;
  const { run } = page.begin();

  const before = run.isOnline;
  page.clock.advance(1_500);

  deepEqual([before, run.isOnline], [true, false]);
});

Deno.test("a network that the browser has lost is shown at once", () => {
  using page = new ChatPage().chat();
  const { run } = page;
  const states = [run.isOnline];
  const { changes } = page;

  {
    using _offline = replaceGlobals({ navigator: { onLine: false } });
    dispatchEvent(new Event("offline"));
    states.push(run.isOnline);
  }
  dispatchEvent(new Event("online"));
  states.push(run.isOnline);
  const drawn = page.changes - changes;
  run.dispose();
  dispatchEvent(new Event("online"));

  deepEqual(states, [true, false, true]);
  deepEqual([drawn, page.changes - changes], [2, 2]);
});

Deno.test("what the visitor has written before a chat begins is there on the tab's next page, and is deleted with it", () => {
  using page = new ChatPage().begin();
  page.run.open(ADA);
  const opened = page.stored;
  page.run.write("Where is my");
  const memory = page.stored;
  page.run.dispose();
  const { run } = page.begin(memory);
  page.run.dispatch({ type: "reconnected", resumed: true });
  const again = [run.chat?.state, run.chat?.agent, run.draft];
  const words = page.words;
  page.run.write("");
  const emptied = page.stored;
  page.run.write("Where is my parcel?");
  page.run.send();
  const sent = page.stored;

  deepEqual([opened, emptied], [undefined, undefined]);
  // An older version takes a memory with an agent for a chat that runs.
  deepEqual([memory?.agent.id, memory?.to], ["", ADA]);
  deepEqual([again, words], [["drafting", ADA, "Where is my"], []]);
  deepEqual([sent?.agent, sent?.to, sent?.draft], [ADA, undefined, ""]);
});

Deno.test("leaving a chat that has not begun deletes its draft from the tab", () => {
  using page = new ChatPage().begin();
  page.run.open(ADA);
  page.run.write("Never mind");

  page.run.leave();

  equal(page.stored, undefined);
});
