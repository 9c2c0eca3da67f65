import { deepEqual, ok } from "node:assert/strict";
import type { CallEvent, ChatEvent } from "@/lib/contact/ports.ts";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import { anAgent } from "../support/any_widget.ts";
import { type Chance, chance } from "../support/chance.ts";
import type { FakePage } from "../support/fake_page.ts";
import { runningContacts } from "../support/running_contacts.ts";
import { sampleAnswer, sampleOffer } from "../support/sdp.ts";
import {
  CONTENT,
  settle,
  START,
  VisitorRoom,
} from "../support/visitor_room.ts";

const RUNS = 10;
const STEPS = 300;

Deno.test("after any actions of visitors, agents and administrators nothing is left over", async () => {
  for (let run = 0; run < RUNS; run++) {
    const dice = chance();
    try {
      await new Churn(dice).run();
    } catch (error) {
      throw new Error(`failed with CW_SEED=${dice.seed}`, { cause: error });
    }
  }
});

interface Visitor {
  page: FakePage;
  resumed: boolean;
  calls: number;
}

class Churn {
  readonly #dice: Chance;
  readonly #visitors: Visitor[] = [];

  constructor(dice: Chance) {
    this.#dice = dice;
  }

  async run(): Promise<void> {
    using room = new VisitorRoom({
      limits: {
        startsPerAddressPerMinute: 1_000,
        contactsPerAddressPerMinute: 1_000,
        contactsAtOncePerAddress: 1_000,
      },
    });
    for (let step = 0; step < STEPS; step++) {
      this.#step(room);
      if (this.#dice.next() < 0.3) await settle();
    }
    await settle();
    this.#checkEnds();
    for (const { page } of this.#visitors) page.drop();
    room.clock.advance(120_000);
    await settle();
    await checkEmpty(room);
  }

  #step(room: VisitorRoom): void {
    const die = this.#dice.next();
    if (die < 0.1) this.#open(room);
    else if (die < 0.6) this.#speak();
    else if (die < 0.85) this.#answer(room);
    else if (die < 0.9) this.#go();
    else if (die < 0.96) room.clock.advance(this.#dice.below(40_000));
    else this.#administer(room);
  }

  /** A page announces that it goes, or its socket ends without a word. */
  #go(): void {
    const page = this.#visitor()?.page;
    if (this.#dice.next() < 0.3) page?.say({ mt: "ClearCall" });
    page?.drop(this.#pick(1001, 1006));
  }

  #open(room: VisitorRoom): void {
    const page = room.open();
    const before = this.#visitor()?.page.all("Session").at(-1)?.resume;
    const resume = this.#dice.next() < 0.7 ? before : undefined;
    page.say({ ...START, v: 1, ...(resume === undefined ? {} : { resume }) });
    const resumed = resume !== undefined;
    this.#visitors.push({ page, resumed, calls: 0 });
  }

  #speak(): void {
    const visitor = this.#visitor();
    if (visitor === undefined) return;
    if (this.#dice.next() < 0.01) visitor.page.bufferedAmount = 2_000_000;
    if (this.#dice.next() < 0.02) return visitor.page.sayText("{");
    const message = this.#message();
    visitor.page.say(message);
    if (message.mt !== "CreateCall") return;
    visitor.calls++;
    if (this.#dice.next() < 0.3) return;
    const sdp = this.#sdp(sampleOffer);
    visitor.page.say({ mt: "Channels", cmd: "PROPOSAL", sdp });
  }

  #message(): ClientMessage {
    const dest = this.#dice.next() < 0.8
      ? this.#pick("atlantis", "columbia")
      : this.#pick("discovery", "nobody");
    const id = String(this.#dice.below(9));
    const sdp = this.#sdp(sampleOffer);
    return this.#pick<ClientMessage>(
      { mt: "CreateCall", dest, dn: "Ada" },
      { mt: "CreateCall", dest, dn: "Ada" },
      { mt: "Channels", cmd: "PROPOSAL", sdp },
      { mt: "Channels", cmd: "PROPOSAL", sdp },
      { mt: "Channels", cmd: "PROPOSAL", sdp },
      { mt: "Channels", cmd: "SELECT", sdp },
      { mt: "Channels", cmd: "REQUEST" },
      { mt: "Dtmf", digits: "1" },
      { mt: "ClearCall" },
      { mt: "CreateChat", dest, dn: "Ada" },
      { mt: "CreateChat", dest, dn: "Ada" },
      { mt: "ChatMessage", id, text: `text ${id}` },
      { mt: "ChatMessage", id, text: `text ${id}` },
      { mt: "ChatTyping", typing: true },
      { mt: "ChatRead", seq: this.#dice.below(5) },
      { mt: "ClearChat" },
      { mt: "GetPicture", id: dest },
      { mt: "GetIceConfig" },
    );
  }

  /** An agent does something, whether or not it makes sense now. */
  #answer({ agents }: VisitorRoom): void {
    const id = String(this.#dice.below(9));
    const sdp = this.#sdp(sampleAnswer);
    const call = agents.calls.all.at(-1 - this.#dice.below(3));
    const chat = agents.chats.all.at(-1 - this.#dice.below(3));
    call?.emit(this.#pick<CallEvent>(
      { type: "alerting" },
      { type: "connected", sdp },
      { type: "connected" },
      { type: "channels", channels: { cmd: "SELECT", sdp } },
      { type: "channels", channels: { cmd: "PROPOSAL", sdp } },
      { type: "hold", held: true },
      { type: "renamed", name: "Columbia" },
    ));
    chat?.emit(this.#pick<ChatEvent>(
      { type: "alerting" },
      { type: "joined" },
      { type: "message", id, text: `text ${id}` },
      { type: "read", seq: this.#dice.below(5) },
    ));
    if (this.#dice.next() < 0.1) call?.end(21);
    if (this.#dice.next() < 0.1) chat?.end(16);
  }

  #administer(room: VisitorRoom): void {
    const die = this.#dice.below(10);
    if (die < 6) {
      room.agents.setPresence("atlantis", this.#pick("busy", "online"));
    } else if (die < 8) {
      room.put({ agents: [...CONTENT.agents, anAgent("discovery")] });
    } else {
      if (die === 8) room.delete();
      room.put(CONTENT);
    }
  }

  #checkEnds(): void {
    for (const { page, calls, resumed } of this.#visitors) {
      const ends = page.all("CallInfo").filter(({ state }) =>
        state === "terminated"
      );
      ok(ends.length <= calls + (resumed ? 1 : 0), "terminated too often");
    }
  }

  #sdp(sample: (media: "voice" | "video") => string): string {
    if (this.#dice.next() < 0.1) return "v=0";
    return sample(this.#pick("voice", "video"));
  }

  #visitor(): Visitor | undefined {
    return this.#visitors.at(-1 - this.#dice.below(6));
  }

  #pick<T>(...items: [T, ...T[]]): T {
    return this.#dice.pick(items);
  }
}

async function checkEmpty(room: VisitorRoom): Promise<void> {
  const { agents, bank, clock, directory, metrics, records } = room;
  const legs = [...agents.calls.all, ...agents.chats.all];
  deepEqual(legs.filter(({ over }) => !over), []);
  deepEqual(await runningContacts(metrics), { voice: 0, video: 0, chat: 0 });
  const watched = Object.values(directory.presences())
    .reduce((sum, count) => sum + count, 0);
  deepEqual({ sockets: bank.size, watches: watched }, {
    sockets: 0,
    watches: 0,
  });
  deepEqual(clock.pending, 1, "only the sweep is left");
  const ids = records.map(({ id }) => id);
  deepEqual(new Set(ids).size, ids.length);
  for (const { call } of agents.calls.all) ok(ids.includes(call.id));
  for (const { chat } of agents.chats.all) ok(ids.includes(chat.id));
}
