import { deepEqual } from "node:assert/strict";
import { entry, runPbxChat } from "@/tests/support/pbx_chat_run.ts";

Deno.test("[P63] an agent of the PBX sees who hands a chat over, the note, and what both sides write until the agent joins", () => {
  const chat = runPbxChat(
    [entry(1, "one"), entry(2, "two <b>", "agent")],
    { offeredBy: { name: "Otto & Co", note: "VIP" } },
  );
  chat.command({ type: "entry", entry: entry(3, "three", "agent") });
  chat.signal({ type: "alert" });
  chat.command({ type: "entry", entry: entry(4, "four", "agent") });
  chat.say(5, "five");
  chat.im({ data: "Hello", sender_dn: "Ben" });
  chat.command({ type: "entry", entry: entry(6, "Hello", "agent") });
  chat.say(7, "seven");

  deepEqual(chat.written, [
    "<i>Otto &amp; Co hands this chat over to you.<br>Note: VIP</i>",
    "one",
    "<i>Agent: two &lt;b&gt;</i>",
    "<i>Agent: three</i>",
    "<i>Agent: four</i>",
    "five",
    "seven",
  ]);
});

Deno.test("[P63] the notice is in German for a German widget, without a note if there is none, and has at most 30 earlier messages", () => {
  const log = Array.from({ length: 40 }, (_, n) => entry(n + 1, `m${n + 1}`));
  const chat = runPbxChat(log, {
    ...{ lang: "de-AT", offeredBy: { name: "$&", note: "" } },
  });
  chat.signal({ type: "alert" });

  deepEqual(
    [chat.written.length, ...chat.written.slice(0, 2), chat.written.at(-1)],
    [31, "<i>$&amp; übergibt Ihnen diesen Chat.</i>", "m11", "m40"],
  );
});
