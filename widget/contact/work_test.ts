import { deepEqual, equal } from "node:assert/strict";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { ContactsOwner } from "../contacts_port.ts";
import { Work } from "./work.ts";

/** The work of a widget that asks for a proof, or does not. */
function room(proof: boolean) {
  const sent: ClientMessage["mt"][] = [];
  const proved = Promise.withResolvers<void>();
  const owner = {
    roster: () => ({ session: { options: { proof } } }),
    changed: () => {},
    send: ({ mt }: ClientMessage) => {
      sent.push(mt);
      if (mt === "Proof") proved.resolve();
      return true;
    },
  };
  const failed: string[] = [];
  const work = new Work(
    owner as unknown as ContactsOwner,
    new AbortController().signal,
    () => failed.push("failed"),
  );
  return { work, sent, failed, proved: proved.promise };
}

Deno.test("proof of work is requested, done and sent if the widget asks for it", async () => {
  using _ports = closingPorts();
  const { work, sent, failed, proved } = room(true);

  work.ask();
  work.hear({ mt: "Challenge", seed: "a".repeat(32), bits: 1, count: 1 });
  await proved;

  deepEqual([sent, failed], [["GetChallenge", "Proof"], []]);
  const without = room(false);
  without.work.ask("tooMany");
  deepEqual([without.sent, without.work.notice], [[], "tooMany"]);
});

Deno.test("a chat rejected by a rate limit, or outside opening hours, is recognized", () => {
  const { work } = room(false);
  const end = { mt: "ChatInfo", state: "terminated", cause: 41 } as const;

  const before = work.refusalBy(end);
  const after = ["rate-limited", "closed", "unavailable"].map((error) => {
    work.refused(error);
    return [
      work.refusalBy(end),
      work.refusalBy({ mt: "ChatInfo", state: "alerting" }),
    ];
  });
  work.refused("closed");
  work.ask();

  deepEqual([before, after], [
    "",
    [["tooMany", ""], ["closed", ""], ["", ""]],
  ]);
  equal(work.refusalBy(end), "");
});

Deno.test("only a rejection of the contact itself ends a chat that has just begun", () => {
  const { work } = room(false);

  equal(work.refused("proof-required"), true);
  equal(work.refused("rate-limited"), false);
});

Deno.test("the notice of a running contact goes as soon as it doesn't apply, and no other does", () => {
  const { work } = room(false);
  const notices: string[] = [];
  const note = () => notices.push(work.notice);

  work.tellRunning(true);
  note();
  work.tellRunning(false);
  note();
  work.tell("tooMany");
  work.tellRunning(false);
  note();

  deepEqual(notices, ["otherRunning", "", "tooMany"]);
});

/** Closes both ends of each channel at the end: Deno leaves the other one open. */
function closingPorts(): Disposable {
  const { MessageChannel } = globalThis;
  const ports: MessagePort[] = [];
  globalThis.MessageChannel = class extends MessageChannel {
    constructor() {
      super();
      ports.push(this.port1, this.port2);
    }
  };
  return {
    [Symbol.dispose]() {
      globalThis.MessageChannel = MessageChannel;
      for (const port of ports) port.close();
    },
  };
}
