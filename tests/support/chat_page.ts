import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import { type ChatOwner, ChatRun } from "@/widget/contact/chat_run.ts";
import type { Memory } from "@/widget/contact/memory.ts";
import { parseMemory } from "@/widget/contact/parse_memory.ts";
import type { ContactEvent } from "@/widget/events.ts";
import { FakeClock } from "./fake_clock.ts";
import { FakeStorage } from "./fake_storage.ts";
import { replaceGlobals } from "./replace_globals.ts";

const UUID = "a".repeat(32);
export const ADA = { id: "ada", name: "Ada" };

/** A page whose chat is drawn: the test decides what is in view. */
export class ChatPage implements Disposable {
  readonly clock = new FakeClock();
  readonly storage = new FakeStorage();
  readonly document = Object.assign(new EventTarget(), { hidden: false });
  readonly told: ContactEvent[] = [];
  readonly sent: ClientMessage[] = [];
  changes = 0;
  chimes = 0;
  isShown = true;
  isReady = true;
  resume = "token";
  run!: ChatRun;
  readonly #globals: Disposable;
  #view: (entries: object[]) => void = () => {};

  constructor() {
    const { storage, document } = this;
    const watch = (report: (entries: object[]) => void) => this.#view = report;
    const chime = () => this.chimes++;
    this.#globals = replaceGlobals({
      document,
      navigator: { onLine: true }, // Without locks, as on a page without TLS.
      sessionStorage: storage,
      ResizeObserver: class {
        observe() {}
        disconnect() {}
      },
      IntersectionObserver: class {
        constructor(report: (entries: object[]) => void) {
          watch(report);
        }
        observe() {}
        unobserve() {}
        disconnect() {}
      },
      AudioContext: class {
        constructor() {
          chime();
          throw new Error("No sound in this test"); // Counted all the same.
        }
      },
    });
  }

  begin(memory?: Memory): this {
    const owner = {
      uuid: UUID,
      clock: this.clock,
      changed: () => this.changes++,
      send: (message: ClientMessage) => this.sent.push(message) > 0,
      tell: (event: ContactEvent) => this.told.push(event),
      ready: () => this.isReady,
      shows: () => this.isShown,
      visitor: () => "Bob",
      around: () => ({ resume: this.resume, consent: "v1", open: true }),
    };
    this.run = new ChatRun(owner as unknown as ChatOwner, memory);
    return this;
  }

  /** Begins a chat that the agent has joined. */
  chat(): this {
    this.begin();
    this.run.open(ADA);
    this.run.write("Hello");
    this.run.send();
    this.run.hear({ mt: "ChatInfo", state: "connected" });
    return this;
  }

  /** The agent says something, which is then drawn. */
  hear(seq: number, { inView = true } = {}): void {
    this.run.hear({ mt: "ChatMessage", seq, text: `no. ${seq}`, time: 1 });
    this.draw(seq, inView);
  }

  draw(seq: number, inView: boolean): void {
    const target = {};
    this.run.log.end(seq, target as unknown as Element);
    this.#view([{ target, intersectionRatio: inView ? 1 : 0 }]);
  }

  get words(): string[] {
    return this.sent.map(({ mt }) => mt);
  }

  /** The data that the tab has stored for its next page. */
  get stored(): Memory | undefined {
    const [text] = this.storage.items.values();
    return text === undefined ? undefined : parseMemory(text);
  }

  [Symbol.dispose](): void {
    this.run.dispose();
    this.#globals[Symbol.dispose]();
  }
}
