import { Bridge } from "@/lib/contact/bridge.ts";
import type { VisitorMessage } from "@/lib/contact/ports.ts";
import type { SeatContacts } from "@/lib/contact/seat_contacts.ts";
import type { Account } from "@/lib/model/account.ts";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import { RunningChatStore } from "@/lib/store/running_chat_store.ts";
import { account, ADA, DeskRoom } from "./desk_room.ts";
import type { FakeDeskPage } from "./fake_desk_page.ts";
import { sampleAnswer, sampleOffer } from "./sdp.ts";

/** Name of the visitor's seat. */
export const SEAT = "0123456789abcdef0123456789abcdef";

/** An instance with a desk and a bridge. */
export interface CallInstance {
  desk: DeskRoom;
  bridge: Bridge;
  store: RunningChatStore;
}

/** A visitor's page, and whether its instance has sent it away. */
export class CallVisitor {
  readonly heard: VisitorMessage[] = [];
  isSentAway = false;

  tell(message: VisitorMessage): void {
    this.heard.push(message);
  }

  move(): void {
    this.isSentAway = true;
  }

  last<T extends VisitorMessage["mt"]>(mt: T) {
    return this.heard.findLast((message): message is
      & VisitorMessage
      & { mt: T } => message.mt === mt
    );
  }
}

/** Instances with one store. The first has a connected call of the visitor with
 * the agent; those that begin later have taken it over. */
export class KeptCallRoom implements AsyncDisposable {
  readonly records: ContactRecord[] = [];
  readonly #kv: Deno.Kv;
  readonly #instances: CallInstance[] = [];
  readonly visitor = new CallVisitor();
  first!: CallInstance;
  page!: FakeDeskPage;
  contacts!: SeatContacts;

  readonly #accounts: Account[];

  private constructor(kv: Deno.Kv, accounts: Account[]) {
    this.#kv = kv;
    this.#accounts = accounts;
  }

  /** @param accounts The called agent and others. */
  static async open(accounts = [account("otto")]): Promise<KeptCallRoom> {
    const kv = await Deno.openKv(":memory:");
    const room = new KeptCallRoom(kv, accounts);
    room.first = await room.start("first");
    room.page = room.first.desk.page().connect();
    room.contacts = room.first.bridge.contacts(room.visitor, SEAT);
    await room.#connect();
    return room;
  }

  async start(own: string): Promise<CallInstance> {
    const desk = await DeskRoom.open(this.#accounts);
    const store = new RunningChatStore(this.#kv, own);
    const { records } = this;
    const bridge = new Bridge({
      agents: desk.bank,
      records: {
        add: (record) => Promise.resolve(records.push(record)),
        has: ({ id }) => Promise.resolve(records.some((one) => one.id === id)),
      },
      chatStore: store,
      clock: desk.clock,
    });
    const instance = { desk, bridge, store };
    this.#instances.push(instance);
    return instance;
  }

  /** Another instance continues the call, for a page of the visitor that has not
   * come back. */
  async next(): Promise<CallInstance & { contacts: SeatContacts }> {
    const next = await this.start("next");
    next.desk.clock.advance(5_000);
    const lost = await next.bridge.lostOf(SEAT);
    if (lost === undefined) throw new Error("There is no call to continue");
    const contacts = lost.resume(this.visitor);
    await settled();
    return { ...next, contacts };
  }

  /** The agent's page reconnects to another instance. */
  reconnect({ desk }: CallInstance, heard: number): FakeDeskPage {
    const page = desk.page({ id: this.page.id });
    return page.connect({ calls: [{ call: this.call, heard }] });
  }

  /** The call's id. */
  get call(): string {
    const call = this.page.last("call")?.call;
    if (call === undefined) throw new Error("There is no call");
    return call.id;
  }

  /** Returns what is stored of calls and chats. */
  async stored(): Promise<unknown[]> {
    await Promise.all(this.#instances.map(({ bridge }) => bridge.settled()));
    return await Array.fromAsync(
      this.#kv.list({ prefix: ["running_chat"] }),
      ({ value }) => value,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { desk } of this.#instances) await desk[Symbol.asyncDispose]();
    await Promise.all(this.#instances.map(({ bridge }) => bridge.settled()));
    this.#kv.close();
  }

  async #connect(): Promise<void> {
    const { contacts, page } = this;
    const request = { address: "otto", visitor: ADA, contact: "c1" };
    contacts.createCall({ ...request, video: true });
    const offer = { cmd: "PROPOSAL", sdp: sampleOffer() } as const;
    contacts.call.dispatch({ type: "channels", channels: offer });
    await settled();
    const { call } = this;
    page.say({ type: "call-take", call, n: page.n(call) });
    const sdp = sampleAnswer();
    page.say({ type: "call-answer", call, n: page.n(call), sdp });
    this.first.desk.clock.advance(5_000);
    await this.first.bridge.settled();
  }
}

/** Resolves when everything that can happen without time has happened. */
export async function settled(): Promise<void> {
  await new Promise((done) => setTimeout(done));
}
