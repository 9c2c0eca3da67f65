import { deepEqual, equal } from "node:assert/strict";
import { outgoing } from "@/tests/support/call_run.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { Heard } from "@/tests/support/heard.ts";
import { turns } from "@/tests/support/simulated_pbx/in_memory.ts";
import type { CallEvent, ChatEvent } from "@/lib/contact/ports.ts";
import { PbxLink } from "../link/pbx_link.ts";
import { Trace } from "../link/trace.ts";
import { CallBook } from "./call_book.ts";

/** A book on a connection that only records what is sent. */
function openBook() {
  const clock = new FakeClock();
  const sent: { call: number; sig: { type: string } }[] = [];
  const socket = {
    send: (text: string) => void sent.push(JSON.parse(text)),
    close: () => {},
    bufferedAmount: 0,
  };
  const link = new PbxLink(socket, "192.0.2.1", {
    tools: {
      clock,
      trace: new Trace(),
      password: () => Promise.resolve(undefined),
    },
    owner: {
      ready() {},
      message() {},
      mustWait: () => false,
      refused() {},
      closed() {},
    },
  });
  const book = new CallBook(link, clock, "cw1", false);
  const types = () => sent.map(({ sig }) => sig.type);
  return { book, link, types };
}

Deno.test("[P28] a book whose link is lost has no calls, chats or dialogs any more, and opens none", async () => {
  const { book, types } = openBook();
  const calls = [new Heard<CallEvent>(), new Heard<CallEvent>()] as const;
  const chats = [new Heard<ChatEvent>(), new Heard<ChatEvent>()] as const;
  const { address, visitor } = outgoing();
  const chat = { id: "1", address, visitor, log: { since: () => [] } };
  book.dial(outgoing(), calls[0].tell);
  book.openChat(chat, chats[0].tell);
  const dialog = book.subscribeDialog("open", () => {});
  deepEqual([book.count("call"), book.count("chat")], [1, 1]);

  book.lose();
  book.dial(outgoing(), calls[1].tell);
  book.openChat(chat, chats[1].tell);
  book.subscribeDialog("open", () => {})[Symbol.dispose]();
  dialog[Symbol.dispose]();
  await turns(1);

  for (const { all } of [...calls, ...chats]) {
    deepEqual(all, [{ type: "terminated", cause: 41 }]);
  }
  deepEqual(types(), ["setup", "setup", "setup"]);
  deepEqual([book.count("call"), book.count("chat")], [0, 0]);
});

Deno.test("[P9] an offer that the PBX can't get ends the call with cause 88, as a problem of the link", async () => {
  const { book, link, types } = openBook();
  const heard = new Heard<CallEvent>();

  book.dial({ ...outgoing(), sdp: "hello" }, heard.tell);
  await turns(1);

  deepEqual(heard.all, [{ type: "terminated", cause: 88 }]);
  deepEqual(types(), []);
  equal(link.errors[0]?.text.startsWith("media: unreadable: "), true);
});

Deno.test("[P39] a dialog is released once", () => {
  const { book, types } = openBook();
  const dialog = book.subscribeDialog("open", () => {});

  dialog[Symbol.dispose]();
  dialog[Symbol.dispose]();

  deepEqual(types(), ["setup", "rel"]);
});
