import { equal } from "node:assert/strict";
import type {
  CallEvent,
  CallLeg,
  ChatEntry,
  ChatEvent,
  ChatLeg,
  ChatLog,
  MediaMessage,
  Visitor,
} from "@/lib/contact/ports.ts";
import { Heard } from "../support/heard.ts";
import { sampleOffer } from "../support/sdp.ts";
import type { AgentPortHarness } from "./agent_port_harness.ts";

const ADA: Visitor = {
  name: "Ada",
  widget: { uuid: "fadc5da4cae94bfc9434d9957ea08ccb", name: "Cards" },
  lang: "en",
};

/** Dials the harness's agent as the bridge does. */
export function dialled(
  { port, agent }: AgentPortHarness,
  { media = "video" }: { media?: "voice" | "video" } = {},
): { leg: CallLeg; heard: HeardCall } {
  const heard = new HeardCall();
  const leg = port.dial({
    id: crypto.randomUUID(),
    address: agent.address,
    visitor: ADA,
    media,
    sdp: sampleOffer(media),
  }, heard.tell);
  return { leg, heard };
}

export class HeardCall extends Heard<CallEvent> {
  /** The SDP answer, whether it came with `connected` or as `channels`. */
  async answer(): Promise<string> {
    await this.until((event) => event.type === "connected");
    const event = await this.until((event) => sdpOf(event) !== undefined);
    return sdpOf(event) ?? "";
  }

  /** A media message with this `cmd` after the first `skip` events. */
  async channels(cmd: MediaMessage["cmd"], skip: number): Promise<void> {
    await this.until((event) =>
      event.type === "channels" && event.channels.cmd === cmd &&
      this.all.indexOf(event) >= skip
    );
  }

  /** Checks that `terminated` came once and last, a few turns later too. */
  nothingMore(): Promise<void> {
    return checkOver(this.all);
  }
}

export class HeardChat extends Heard<ChatEvent> {
  nothingMore(): Promise<void> {
    return checkOver(this.all);
  }
}

async function checkOver(events: { type: string }[]): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  equal(events.filter((event) => event.type === "terminated").length, 1);
  equal(events.at(-1)?.type, "terminated");
}

function sdpOf(event: CallEvent): string | undefined {
  if (event.type === "connected") return event.sdp;
  if (event.type !== "channels" || event.channels.cmd !== "SELECT") return;
  return event.channels.sdp;
}

/** A chat with the harness's agent, with the bridge's part played. */
export function opened(
  { port, agent }: AgentPortHarness,
  { address = agent.address }: { address?: string } = {},
): OpenedChat {
  return new OpenedChat((log, tell) =>
    port.openChat({ id: crypto.randomUUID(), address, visitor: ADA, log }, tell)
  );
}

export class OpenedChat {
  readonly heard = new HeardChat();
  /** Events before openChat() returned; there must be none. */
  readonly heardEarly: ChatEvent[];
  readonly leg: ChatLeg;
  readonly #entries: ChatEntry[];
  readonly log: ChatLog = { since: (seq) => this.#entries.slice(seq) };

  constructor(
    open: (log: ChatLog, tell: (event: ChatEvent) => void) => ChatLeg,
    /** The entries of a chat that is resumed. */
    before: readonly ChatEntry[] = [],
  ) {
    this.#entries = [...before];
    this.leg = open(this.log, (event) => {
      if (event.type === "message") this.#append("agent", event.id, event.text);
      this.heard.tell(event);
    });
    this.heardEarly = [...this.heard.all];
  }

  /** The visitor writes. */
  say(id: string, text: string): void {
    this.#append("visitor", id, text);
  }

  #append(from: ChatEntry["from"], id: string, text: string): void {
    const known = this.#entries.find((e) => e.from === from && e.id === id);
    const entry = known ??
      { seq: this.#entries.length + 1, from, id, text, time: Date.now() };
    if (known === undefined) this.#entries.push(entry);
    this.leg.send({ type: "entry", entry });
  }
}
