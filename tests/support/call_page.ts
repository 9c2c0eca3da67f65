import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import { CallRun } from "@/widget/call/call_run.ts";
import type { ContactEvent } from "@/widget/events.ts";
import { FakeClock } from "./fake_clock.ts";
import { FakeMedia } from "./fake_media.ts";

/** A service without STUN and TURN. */
export const ICE = { mt: "IceConfig", stun: "", turn: "" } as const;

/** Lets promises settle. */
export const turn = async () => {
  for (let n = 0; n < 30; n++) await Promise.resolve();
};

/** A visitor's call with fake devices, at a service that answers on command. */
export class CallPage implements Disposable {
  readonly clock = new FakeClock();
  readonly media = new FakeMedia();
  readonly said: ClientMessage[] = [];
  /** Number of active wake locks. */
  awake = 0;
  plays: () => Promise<void> = () => Promise.resolve();
  /** The notifications of the host page. */
  readonly told: ContactEvent[] = [];
  /** How often the view changed. */
  changes = 0;
  /** How often the connection to the service was checked. */
  checks = 0;
  /** The stream that the speaker plays. */
  get playing(): MediaProvider | null {
    return this.#audio.srcObject;
  }
  readonly #audio: Pick<HTMLAudioElement, "srcObject" | "play"> = {
    srcObject: null,
    play: () => this.plays(),
  };
  run!: CallRun;

  call({ video = false, deps = {} }: {
    video?: boolean;
    deps?: Partial<ReturnType<FakeMedia["deps"]>>;
  } = {}): this {
    const host = {
      clock: this.clock,
      send: (message: ClientMessage) => this.said.push(message) > 0,
      ready: () => true,
      isOnline: () => true,
      wake: () => void this.checks++,
      changed: () => void this.changes++,
      tell: (event: ContactEvent) => void this.told.push(event),
      notice: () => "" as const,
      unread: () => 0,
      chat() {},
      show() {},
      leave() {},
      message() {},
      queueNotice: () => undefined,
    };
    const agent = { id: "ada", name: "Ada" };
    const plan = { agent, visitor: "", contact: "1", video };
    this.run = new CallRun(host, plan, {
      views: {
        whole: () => null,
        bar: () => null,
        inWords: () => ({ state: "" }),
      },
      deps: {
        ...this.media.deps(),
        ...deps,
        keepAwake: () => {
          this.awake++;
          return () => this.awake--;
        },
        newAudio: () => this.#audio as HTMLAudioElement,
      },
    });
    return this;
  }

  /** Lets the service answer, and the agent pick up. */
  async connect(): Promise<void> {
    this.run.hear(ICE);
    await turn();
    this.run.hear({
      mt: "CallInfo",
      state: "connected",
      cmd: "SELECT",
      sdp: "m=audio",
    });
    await turn();
  }

  get words(): string[] {
    return this.said.map(({ mt }) => mt);
  }

  get open(): number {
    return this.media.peers.filter(({ isClosed }) => !isClosed).length;
  }

  [Symbol.dispose](): void {
    this.run.dispose();
  }
}
