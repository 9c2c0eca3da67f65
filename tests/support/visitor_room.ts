import { Hub } from "@/lib/base/hub.ts";
import type { Peer } from "@/lib/base/socket.ts";
import type { ChatStore } from "@/lib/contact/chat_keeper.ts";
import { Bridge } from "@/lib/contact/bridge.ts";
import { Directory } from "@/lib/contact/directory.ts";
import { Metrics } from "@/lib/metrics/metrics.ts";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { Picture } from "@/lib/model/picture.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { Widget, WidgetContent } from "@/lib/model/widget.ts";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import { VisitorBank, type VisitorBankOptions } from "@/lib/visitor/bank.ts";
import { anAgent, contentWith } from "./any_widget.ts";
import { FakeAgents } from "./fake_agents.ts";
import { FakeClock } from "./fake_clock.ts";
import { FakeInbox } from "./fake_inbox.ts";
import { FakePage } from "./fake_page.ts";

export const UUID = "fadc5da4cae94bfc9434d9957ea08ccb";
export const START = { mt: "Start", uuid: UUID } as const;

/** Two agents, the first with all media. */
export const CONTENT: WidgetContent = contentWith([
  anAgent("atlantis", {
    name: "Atlantis",
    email: "a@example.com",
    media: ["voice", "video", "chat"],
  }),
  anAgent("columbia", { media: ["voice", "chat"] }),
], { name: "Visitenkarten", lang: "de" });

/** The visitors' bank with a bridge to agents that the test controls. */
export class VisitorRoom implements Disposable {
  readonly clock = new FakeClock();
  readonly hub = new Hub<Topics>();
  readonly agents = new FakeAgents(
    { address: "atlantis", name: "Atlantis", email: "" },
    { address: "columbia", name: "Columbia", email: "" },
  );
  readonly widgets = new Map<string, Widget>();
  readonly pictures = new Map<string, Picture>();
  readonly records: ContactRecord[] = [];
  readonly inbox = new FakeInbox();
  readonly directory = new Directory({
    desk: new FakeAgents(),
    pbx: this.agents,
    hub: this.hub,
    clock: this.clock,
  });
  readonly metrics = new Metrics(this.clock);
  readonly bridge: Bridge;
  readonly bank: VisitorBank;

  /** @param chatStore The store of running chats, which can survive a restart. */
  constructor(
    options: Partial<VisitorBankOptions> = {},
    { chatStore, isDead }: {
      chatStore?: ChatStore;
      isDead?: (home: string) => boolean;
    } = {},
  ) {
    this.put(CONTENT);
    this.bridge = new Bridge({
      agents: this.metrics.metered(this.agents),
      records: { add: (record) => Promise.resolve(this.records.push(record)) },
      clock: this.clock,
      ...(chatStore && { chatStore }),
      ...(isDead && { isDead }),
    });
    this.bank = new VisitorBank({
      widgets: (uuid) => Promise.resolve(this.widgets.get(uuid)),
      pictures: (id) => Promise.resolve(this.pictures.get(id)),
      hub: this.hub,
      bridge: this.bridge,
      presence: this.directory,
      ice: () => ({
        mt: "IceConfig",
        stun: "stun.example.com",
        turn: "turn.example.com",
      }),
      texts: { de: { title: "Hallo" }, en: { title: "Hello" } },
      clock: this.clock,
      inquiries: this.inbox,
      ...options,
    });
  }

  /** Restarts the service with the chats in the store. */
  static async restarted(
    chatStore: ChatStore,
    { agents = ["atlantis", "columbia"] }: { agents?: string[] } = {},
  ): Promise<VisitorRoom> {
    const room = new VisitorRoom({}, { chatStore });
    for (const address of ["atlantis", "columbia"]) {
      if (!agents.includes(address)) room.agents.remove(address);
    }
    await room.bank.restore();
    return room;
  }

  /** Stores a widget, as an administrator's save does. */
  put(content: Partial<WidgetContent>, uuid = UUID): void {
    const before = this.widgets.get(uuid);
    this.widgets.set(uuid, {
      uuid,
      type: "cardset",
      createdAt: 0,
      updatedAt: 0,
      content: { ...(before?.content ?? CONTENT), ...content },
    });
    this.hub.tell("widget-saved", { uuid });
  }

  delete(uuid = UUID): void {
    this.widgets.delete(uuid);
    this.hub.tell("widget-deleted", { uuid });
  }

  /** Opens the socket of a page that has sent nothing. */
  open(peer: Partial<Peer> = {}): FakePage {
    return new FakePage((...args) => this.bank.accept(...args), peer);
  }

  /** A page that knows the whole protocol and shows the widget. */
  async page(
    start: Partial<ClientMessage & { mt: "Start" }> = {},
    peer: Partial<Peer> = {},
  ): Promise<FakePage> {
    const page = this.open(peer);
    page.say({ mt: "Start", uuid: UUID, v: 1, ...start });
    await page.until("Info", (info) => info.order === this.#lastOrder());
    return page;
  }

  [Symbol.dispose](): void {
    this.bank[Symbol.dispose]();
  }

  #lastOrder(): number {
    return (this.widgets.get(UUID)?.content.agents.length ?? 0) - 1;
  }
}

/** Lets everything run that waits for a promise of memory. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
}
