import { deepEqual, equal, match, ok } from "node:assert/strict";
import {
  entry,
  openPbxChat,
  type PbxChatRun,
} from "@/tests/support/pbx_chat_run.ts";
import { SIGNAL_TYPES } from "./signal.ts";

Deno.test("a chat is a setup without media and with the visitor's name", () => {
  const chat = openPbxChat([]);

  deepEqual(chat.signals, [{
    type: "setup",
    bc: "a880",
    cd: { flags: "U", sip: "atlantis" },
    complete: true,
    channel: 0,
    fty: [{ type: "im_setup" }, { type: "name_identification", name: "Cards" }],
  }]);
});

Deno.test("[P29] early messages are sent once, in order, at the first sign of the agent", () => {
  for (const type of ["call_proc", "alert", "conn"]) {
    const chat = openPbxChat(["one"]);
    chat.say(1, "one"); // The log had it already.
    chat.say(2, "two <b>");
    equal(chat.signals.length, 1);

    chat.signal({ type });
    chat.say(3, "three");
    chat.say(3, "three");
    chat.command({ type: "entry", entry: entry(4, "own", "agent") });

    deepEqual(chat.written, ["one", "two &lt;b&gt;", "three"], type);
  }
});

Deno.test("[P29] an agent joins once, by conn or by writing", () => {
  const byConn = openPbxChat([]);
  byConn.signal({ type: "alert" });
  byConn.signal({ type: "alert" });
  byConn.signal({
    type: "conn",
    fty: [{ type: "name_identification", name: "Käthe" }],
  });
  byConn.signal({ type: "conn" });
  const byWriting = openPbxChat([]);
  byWriting.im({ data: "Hallo", sender_dn: "Käthe" });
  byWriting.signal({ type: "alert" });

  deepEqual(byConn.told, [{ type: "alerting" }, {
    type: "joined",
    name: "Käthe",
  }]);
  deepEqual(byWriting.told, [
    { type: "joined", name: "Käthe" },
    { type: "message", id: "mark-1", text: "Hallo" },
  ]);
});

Deno.test("[P31] a message in pieces is joined, with its attachments as links", () => {
  const chat = joined();

  chat.im({ data: "<p>Ein", more: true });
  chat.im({
    data: "s</p><p>zwei</p>",
    attach: "https://pbx/a.pdf javascript:x https://pbx/b%20c.png",
  });
  chat.im({ data: "a < b & c", mime: "text/plain" });
  chat.im({ data: "", attach: "https://pbx/only.pdf" });
  chat.im({ data: "<script>x</script>" });

  deepEqual(chat.told.map((e) => e.type === "message" ? e.text : e), [
    "Eins\nzwei\nhttps://pbx/a.pdf\nhttps://pbx/b%20c.png",
    "a < b & c",
    "https://pbx/only.pdf",
  ]);
});

Deno.test("[P31] an unfinished message is delivered in parts", () => {
  const chat = joined();

  for (let i = 0; i < 50; i++) chat.im({ data: "x".repeat(1_000), more: true });

  const texts = chat.told.flatMap((e) =>
    e.type === "message" ? e.text.length : []
  );
  deepEqual(texts, Array(10).fill(4_000));
});

Deno.test("[P31] a text over our message limit is delivered as several messages", () => {
  const chat = joined();

  chat.im({ data: "x".repeat(70_000), mime: "text/plain" });

  const told = chat.told.flatMap((e) => e.type === "message" ? e : []);
  equal(told.map(({ text }) => text).join(""), "x".repeat(70_000));
  ok(told.every(({ text }) => text.length <= 4_000));
  equal(new Set(told.map(({ id }) => id)).size, 18);
});

Deno.test("[P31] the first 80,000 of 300,000 characters are read within 50 ms", () => {
  for (const pattern of ["<b> <b> ", "<b>word ", "&amp; ", "<p>a</p>"]) {
    const data = pattern.repeat(300_000 / pattern.length);
    let chat = joined();
    let best = Infinity;
    // The best of many: what else runs here only makes it slower.
    for (let tries = 0; tries < 50 && best >= 50; tries++) {
      chat = joined();
      const started = performance.now();
      chat.im({ data });
      best = Math.min(best, performance.now() - started);
    }

    ok(best < 50, `${pattern}: ${best} ms`);
    deepEqual(chat.effects.filter(({ type }) => type === "problem"), [{
      type: "problem",
      text: "a chat message of 300000 characters was cut",
    }]);
  }
});

Deno.test("typing goes both ways, but the PBX has no signal for read and away", () => {
  const chat = joined();

  chat.im({ typing: true });
  chat.im({ typing: false });
  chat.command({ type: "typing", typing: true });
  chat.command({ type: "read", seq: 1 });
  chat.command({ type: "visitor", here: false });

  deepEqual(chat.told, [
    { type: "typing", typing: true },
    { type: "typing", typing: false },
  ]);
  deepEqual(chat.signals, [
    { type: "facility", fty: [{ type: "im_message", typing: true }] },
  ]);
});

Deno.test("[P26] every signal in every state leads to exactly one end", () => {
  for (const start of [() => openPbxChat([]), joined]) {
    for (const type of SIGNAL_TYPES) {
      const chat = start();
      chat.signal({
        type,
        cau: { num: 17 },
        fty: [{ type: "im_message", typing: true }],
      });
      chat.command({ type: "close", cause: 16 });
      chat.on({ type: "lost" });
      chat.signal({ type });
      chat.say(9, "late");

      equal(chat.state.state, "ended");
      equal(chat.told.filter((e) => e.type === "terminated").length, 1, type);
      equal(chat.told.at(-1)?.type, "terminated");
    }
  }
});

Deno.test("[P51] an agent's name and messages reach the visitor without hidden characters", () => {
  const chat = openPbxChat([]);
  chat.signal({ type: "call_proc" });
  chat.im({ data: "a&#8238;b\u0085c", sender_dn: "Ada\u202e\u0007" });
  chat.im({ data: "a\u202eb\u2028c\td", mime: "text/plain" });
  chat.im({ attach: "https://example.com/\u202egpj.exe" });

  const [joined, html, plain, attached] = chat.told;
  ok(joined?.type === "joined");
  equal(joined.name, "Ada");
  deepEqual(
    [html, plain, attached].map((e) => e?.type === "message" && e.text),
    ["ab\nc", "ab\nc\td", "https://example.com/gpj.exe"],
  );
});

Deno.test("[P28] each end of a chat has its cause", () => {
  const theirs = joined();
  theirs.signal({ type: "rel", cau: { num: 21 } });
  const disconnected = joined();
  disconnected.signal({ type: "disc" });
  const ours = joined();
  ours.command({ type: "close", cause: 16 });
  const late = openPbxChat([]);
  late.on({ type: "late", cause: 102 });

  deepEqual(theirs.told.at(-1), { type: "terminated", cause: 21 });
  deepEqual(theirs.signals, []);
  deepEqual(disconnected.signals, [{ type: "rel", cau: { num: 16 } }]);
  deepEqual(ours.signals, [{ type: "rel", cau: { num: 16 } }]);
  deepEqual(late.told.at(-1), { type: "terminated", cause: 102 });
});

Deno.test("an agent sees the visitor's page if it is sent", () => {
  const page = {
    url: "https://shop.example/a?b=1",
    title: "<Shop>",
    referrer: "",
  };
  const chat = openPbxChat(["Hallo"], page);

  chat.signal({ type: "call_proc" });

  match(chat.written[0] ?? "", /&lt;Shop&gt;.*https:\/\/shop\.example\/a\?b=1/);
  equal(chat.written[1], "Hallo");
});

function joined(): PbxChatRun {
  const run = openPbxChat([]);
  run.signal({ type: "conn" });
  ok(run.state.state === "open");
  run.effects = [];
  return run;
}
