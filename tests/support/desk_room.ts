import { Hub } from "@/lib/base/hub.ts";
import type {
  CallEvent,
  ChatEntry,
  ChatEvent,
  OutgoingChat,
  Visitor,
} from "@/lib/contact/ports.ts";
import { DeskBank } from "@/lib/desk/bank.ts";
import type { DeskPush, DeskTimes } from "@/lib/desk/ports.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Presence } from "@/lib/model/presence.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { FakeClock } from "./fake_clock.ts";
import { FakeDeskPage } from "./fake_desk_page.ts";

export const ADA: Visitor = {
  name: "Ada",
  widget: { uuid: "fadc5da4cae94bfc9434d9957ea08ccb", name: "Cards" },
  page: { url: "https://example.com/p", title: "Prices", referrer: "" },
  lang: "en",
};

export function account(
  name: string,
  { displayName = name, roles = ["agent"] }: Partial<Account> = {},
): Account {
  return { id: `id-${name}`, name, displayName, roles, createdAt: 0 };
}

/** The desk bank in a simulated environment: accounts, store, clock, bridge. */
export class DeskRoom implements AsyncDisposable {
  readonly clock = new FakeClock();
  readonly hub = new Hub<Topics>();
  readonly choices = new Map<string, Presence>();
  accounts: Account[];
  /** State of the accounts' store: it fails, or hangs until the test changes
   * it. */
  store: "ok" | "fails" | "hangs" = "ok";
  /** Delays reads of the accounts until it resolves. */
  reading: Promise<void> | undefined;
  /** Number of reads of the accounts. */
  reads = 0;
  /** Number of writes of choices, and the maximum in flight. */
  writes = 0;
  writesAtOnceMax = 0;
  /** Delays writes of choices until it resolves. */
  choosing: Promise<void> | undefined;
  #writing = 0;
  bank!: DeskBank;
  readonly #times: Partial<DeskTimes>;
  readonly #push: DeskPush | undefined;
  #count = 0;

  private constructor(
    accounts: Account[],
    times: Partial<DeskTimes>,
    push?: DeskPush,
  ) {
    this.accounts = accounts;
    this.#push = push;
    this.#times = times;
  }

  static async open(
    accounts = [account("otto")],
    times: Partial<DeskTimes> = {},
    push?: DeskPush,
  ): Promise<DeskRoom> {
    const room = new DeskRoom(accounts, times, push);
    await room.restart();
    return room;
  }

  async #list(): Promise<Account[]> {
    this.reads++;
    await (this.reading ?? Promise.resolve());
    if (this.store === "fails") {
      throw new Error("disk I/O error");
    }
    if (this.store === "ok") return this.accounts;
    const { promise, reject } = Promise.withResolvers<Account[]>();
    this.clock.after(5_000, () => reject(new Error("no answer")));
    return await promise;
  }

  async #choose(id: string, choice: Presence): Promise<void> {
    this.writes++;
    this.writesAtOnceMax = Math.max(this.writesAtOnceMax, ++this.#writing);
    await (this.choosing ?? Promise.resolve());
    this.#writing--;
    if (this.store === "fails") throw new Error("disk I/O error");
    this.choices.set(id, choice);
  }

  /** Restarts the service with the same store. */
  async restart(): Promise<void> {
    this.bank = await DeskBank.open({
      accounts: { list: () => this.#list() },
      choices: {
        get: (id) => Promise.resolve(this.choices.get(id)),
        set: (id, choice) => this.#choose(id, choice),
      },
      hub: this.hub,
      clock: this.clock,
      ice: () => ({ stun: "stun.example.com", turn: "" }),
      times: this.#times,
      ...this.#push && { push: this.#push },
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.bank[Symbol.asyncDispose]();
  }

  page(options: { shows?: boolean; id?: string } = {}): FakeDeskPage {
    return new FakeDeskPage(this.bank, this.accounts[0]!, options);
  }

  /** Records what visitors see of the first account, from now on. */
  presences(): Presence[] {
    const told: Presence[] = [];
    this.bank.watch(this.accounts[0]!.name, (presence) => told.push(presence));
    return told;
  }

  /** Calls the first account as a visitor; returns the events of the leg. */
  async dial(
    { sdp = "offer", address = this.accounts[0]!.name }: {
      sdp?: string;
      address?: string;
    } = {},
  ) {
    const heard: CallEvent[] = [];
    const id = `call-${++this.#count}`;
    const leg = this.bank.dial(
      { id, address, visitor: ADA, media: "video", sdp },
      (event) => {
        if (event.type === "page") return; // See CallBefore.
        if (event.type === "channels") {
          const { channels } = event;
          heard.push({ type: "channels", channels });
        } else heard.push(event);
      },
    );
    await turn();
    return { id, leg, heard };
  }

  /** Writes to the first account as a visitor, with a simulated log of the
   * bridge. */
  async openChat(...texts: string[]) {
    return await this.openTeamChat({}, ...texts);
  }

  /** The same, with the limits of a team. */
  async openTeamChat(
    limits: Pick<OutgoingChat, "chatsMax">,
    ...texts: string[]
  ) {
    const chat = new PlayedChat(`chat-${++this.#count}`);
    chat.leg = this.bank.openChat(
      {
        id: chat.id,
        address: this.accounts[0]!.name,
        visitor: ADA,
        log: { since: (seq) => chat.entries.slice(seq) },
        ...limits,
      },
      (event) => chat.on(event),
    );
    for (const text of texts) chat.say(text);
    await turn();
    return chat;
  }
}

/** The bridge's side of a chat. */
export class PlayedChat {
  readonly id: string;
  readonly entries: ChatEntry[] = [];
  readonly heard: ChatEvent[] = [];
  leg: ReturnType<DeskBank["openChat"]> | undefined;

  constructor(id: string) {
    this.id = id;
  }

  /** Writes as the visitor, at `time` in ms since 1970. */
  say(text: string, time = 0): void {
    this.#append("visitor", { id: `v${this.entries.length}`, text, time });
  }

  on(event: ChatEvent): void {
    this.heard.push(event);
    if (event.type !== "message") return;
    this.#append("agent", { id: event.id, text: event.text, time: 0 });
  }

  #append(
    from: ChatEntry["from"],
    line: Pick<ChatEntry, "id" | "text" | "time">,
  ): void {
    const known = this.entries.find((e) => e.from === from && e.id === line.id);
    const entry = known ?? { seq: this.entries.length + 1, from, ...line };
    if (known === undefined) this.entries.push(entry);
    this.leg?.send({ type: "entry", entry });
  }
}

/** Lets microtasks run. */
export async function turn(): Promise<void> {
  for (let n = 0; n < 5; n++) await Promise.resolve();
}

/** Returns a call that this page has answered. */
export async function talking(room: DeskRoom, page: FakeDeskPage) {
  const call = await room.dial();
  page.say({ type: "call-take", call: call.id, n: 1 });
  page.say({ type: "call-answer", call: call.id, n: 2, sdp: "answer" });
  return call;
}
