import { deepEqual, equal } from "node:assert/strict";
import type { Socket, SocketEvents } from "@/lib/base/socket.ts";
import { type Chance, chance } from "@/tests/support/chance.ts";
import { piped, type PipedInstance } from "@/tests/support/piped.ts";
import type { BusFaults } from "@/tests/support/memory_bus.ts";
import { openRemoteSocket, type RelayedBanks } from "./remote_socket.ts";
import { SocketRelays } from "./socket_relays.ts";

const TO = { open: "socket", endpoint: "visitor", token: "t" } as const;
const PEER = { address: "192.0.2.1", origin: null };
const OPENING = { ...TO, peer: PEER };

/** A socket or its bank: notes what it received. */
class End implements Socket, SocketEvents {
  readonly texts: string[] = [];
  readonly codes: number[] = [];
  bufferedAmount = 0;

  send(...texts: string[]): void {
    this.texts.push(...texts);
  }

  close(code: number): void {
    this.codes.push(code);
  }

  message(text: string): void {
    this.texts.push(text);
  }

  closed(code: number): void {
    this.codes.push(code);
  }
}

/** `a` has the sockets of pages, and `b` their bank. */
function room(faults: Partial<Omit<BusFaults, "clock">> = {}) {
  const { clock, a, b } = piped(faults);
  const bank = new End();
  let remote: Socket | undefined;
  let isHome = true;
  const banks: RelayedBanks = {
    visitor(token, socket, peer) {
      if (!isHome || token !== "t") return undefined;
      deepEqual(peer, PEER);
      remote = socket;
      socket.send("welcome"); // Before the bank has returned.
      return bank;
    },
    desk: () => undefined,
  };
  serve(b, banks);
  const suspected: string[] = [];
  const relays = new SocketRelays({
    ...{ pipes: a.pipes, clock, onBadMessage: () => a.badFrames++ },
    suspect: (id) => suspected.push(id),
  });
  const page = new End();
  /** Lets everything arrive. */
  const pass = async (ms = 2_000) => {
    for (let at = 0; at < ms; at += 5) {
      clock.advance(5);
      await Promise.resolve();
    }
  };
  return {
    ...{ a, b, clock, bank, relays, page, pass, suspected },
    remote: () => remote!,
    leave: () => isHome = false,
    async open(): Promise<SocketEvents | undefined> {
      const offered = relays.offer("b", OPENING, page);
      await pass(300);
      return await offered;
    },
  };
}

function serve(instance: PipedInstance, banks: RelayedBanks): void {
  instance.onAccept = (end) => {
    end.onMessage = (opening) => {
      const events = openRemoteSocket(end.pipe, opening, {
        banks,
        onBadMessage: () => instance.badFrames++,
      });
      end.onMessage = (message) => events.message(message);
      end.broken = () => events.broken();
    };
  };
}

Deno.test("[RELAY1] a relayed socket carries both directions in order, and its close codes", async () => {
  const { open, page, bank, remote, pass, relays, a } = room();

  const events = await open();
  events?.message("hello");
  events?.message("hello again");
  remote().send("one", "two");
  await pass();
  equal(relays.size, 1);
  remote().close(4409);
  remote().send("too late");
  await pass();
  events?.closed(4409);
  await pass();

  deepEqual(page.texts, ["welcome", "one", "two"]);
  deepEqual(bank.texts, ["hello", "hello again"]);
  deepEqual([page.codes, bank.codes], [[4409], [4409]]);
  deepEqual([relays.size, a.pipes.size], [0, 0]);
});

Deno.test("[RELAY3] an instance that is about to stop closes the pages that it relays, and their home learns of it", async () => {
  const { open, page, bank, pass, relays } = room();

  const events = await open();
  relays.closeAll();
  for (const code of page.codes) events?.closed(code);
  await pass();

  deepEqual([page.codes, bank.codes, relays.size], [[1001], [1001], 0]);
});

Deno.test("[RELAY1] a page that leaves ends the socket at its home, with its code", async () => {
  const { open, bank, pass, relays } = room();

  const events = await open();
  events?.closed(1001);
  await pass();

  deepEqual(bank.codes, [1001]);
  equal(relays.size, 0);
});

Deno.test("[RELAY2] an instance that isn't the home refuses, and a dead one is suspected after 25 ms", async () => {
  const { open, leave, suspected, relays, page, a, pass } = room();

  leave();
  equal(await open(), undefined);
  deepEqual([suspected, page.codes, a.pipes.size], [[], [], 0]);
  const offered = relays.offer("nobody", OPENING, page);
  await pass(20);
  deepEqual(suspected, []);
  await pass(5);
  deepEqual(suspected, ["nobody"]);
  a.pipes.gone("nobody");

  equal(await offered, undefined);
  deepEqual([page.codes, relays.size], [[], 0]);
});

Deno.test("[RELAY3] when the home dies, the page is told to reconnect, and when the relay dies, the bank sees a lost page", async () => {
  const { open, page, bank, pass, a, b } = room();
  const events = await open();

  a.pipes.gone("b");
  events?.closed(1001);
  await pass();
  b.pipes.gone("a");

  deepEqual(page.codes, [1001]);
  deepEqual(bank.codes, [1006]);
});

Deno.test("[RELAY4] texts of any length arrive whole", async () => {
  const { open, page, pass, remote } = room();
  const texts = ["x".repeat(400_000), "ä\u0000".repeat(100_000), "short"];

  await open();
  remote().send(...texts);
  await pass();

  deepEqual(page.texts.slice(1), texts);
});

Deno.test("[RELAY5] the home knows how much its page has not read", async () => {
  const { open, page, pass, remote } = room();
  await open();

  page.bufferedAmount = 300_000;
  remote().send("a picture");
  await pass(200);
  equal(remote().bufferedAmount, 300_000);
  page.bufferedAmount = 1_000;
  await pass(200);

  equal(remote().bufferedAmount, 1_000);
});

Deno.test("[RELAY6] an unreadable message closes only its socket, and is counted", async () => {
  const { open, b, bank, page, pass, a } = room();
  await open();
  const bad = a.pipes.open("b", { message: () => {}, broken: () => {} });
  bad.send({ open: "socket", endpoint: "nowhere" });
  await pass();
  equal(b.badFrames, 1);
  deepEqual([bank.codes, page.codes], [[], []]);

  b.accepted[0]?.onMessage({ type: "text", text: 5 });
  await pass();

  equal(b.badFrames, 2);
  deepEqual([bank.codes, page.codes], [[1006], [1001]]);
});

Deno.test("[RELAY1] at 20 % loss, everything arrives once and in order", async () => {
  const dice = chance();
  try {
    await talkWithLoss(dice);
  } catch (error) {
    throw new Error(`failed with CW_SEED=${dice.seed}`, { cause: error });
  }
});

async function talkWithLoss(dice: Chance): Promise<void> {
  const { relays, page, bank, remote, pass } = room({
    ...{ lost: 0.2, twice: 0.1, late: 0.1, luck: dice },
  });
  const offered = relays.offer("b", OPENING, page);
  await pass();
  const events = await offered;
  const texts = Array.from({ length: 200 }, (_, n) => `text ${n}`);
  for (const text of texts) {
    events?.message(text);
    remote().send(text);
    if (dice.next() < 0.3) await pass(100);
  }
  await pass(10_000);

  deepEqual(bank.texts, texts);
  deepEqual(page.texts, ["welcome", ...texts]);
}
