import * as v from "valibot";
import * as agents from "@/lib/cluster/agent_messages.ts";
import type { AskedBus } from "@/lib/cluster/bus.ts";
import { Ask, Beacon, Bye } from "@/lib/cluster/member_frames.ts";
import { PipeFrame } from "@/lib/cluster/pipe_frames.ts";
import * as searches from "@/lib/cluster/search_messages.ts";
import { SharedEvent } from "@/lib/cluster/shared_hub.ts";
import * as sockets from "@/lib/cluster/socket_messages.ts";
import { ChatEntry, RunningChat } from "@/lib/model/running_chat.ts";
import { kept, Shape, shapeOf } from "./wire_shape.ts";

// What instances of an earlier version send, accept and store: the record in
// wire.json. `deno task wire` writes it again, after a release.

const FILE = new URL("wire.json", import.meta.url);

/** The first message of a pipe, and the later ones. */
const IN_PIPES = {
  CallHomeMessage: agents.CallHomeMessage,
  CallAgentMessage: agents.CallAgentMessage,
  ChatHomeMessage: agents.ChatHomeMessage,
  ChatAgentMessage: agents.ChatAgentMessage,
  DialOpening: agents.DialOpening,
  ChatOpening: agents.ChatOpening,
  SearchOpening: searches.SearchOpening,
  MatchesMessage: searches.MatchesMessage,
  GatherOpening: agents.GatherOpening,
  GatheredMessage: agents.GatheredMessage,
  SocketOpening: sockets.SocketOpening,
  FromHome: sockets.FromHome,
  FromRelay: sockets.FromRelay,
};
const SCHEMAS = {
  ...IN_PIPES,
  ...{ PipeFrame, Beacon, Bye, Ask, SharedEvent, RunningChat, ChatEntry },
};

export type WireRecord = Record<string, Shape>;

/** Returns the shapes of this version, by name. */
export function currentWire(): WireRecord {
  return Object.fromEntries(
    Object.entries(SCHEMAS).map(([name, schema]) => [name, shapeOf(schema)]),
  );
}

/** Returns the recorded shapes of the earlier version. */
export async function recordedWire(): Promise<WireRecord> {
  const text = await Deno.readTextFile(FILE);
  return v.parse(v.record(v.string(), Shape), JSON.parse(text));
}

/** Messages of which later versions may add types or topics, because others are
 * ignored. */
export const GROWING = [
  "CallHomeMessage",
  "CallAgentMessage",
  "ChatHomeMessage",
  "ChatAgentMessage",
  "SharedEvent",
];
/** Stands for a message that the earlier version ignores. */
const LATER = { type: "of a later version" };

/**
 * The bus of an instance of the earlier version: of each message, it sends and
 * receives only what that version knows. Throws for a message that it would
 * reject.
 */
export class EarlierBus implements AskedBus {
  readonly #bus: AskedBus;
  readonly #record: WireRecord;

  constructor(bus: AskedBus, record: WireRecord) {
    this.#bus = bus;
    this.#record = record;
  }

  tell(subject: string, message: unknown): void {
    this.#bus.tell(subject, this.#known(message));
  }

  on(subject: string, hear: (message: unknown) => void): Disposable {
    return this.#bus.on(subject, (message) => hear(this.#known(message)));
  }

  reaches(subject: string): Promise<boolean> {
    return this.#bus.reaches(subject);
  }

  #known(message: unknown): unknown {
    const frame = this.#keep(
      ["PipeFrame", "Beacon", "Ask", "Bye", "SharedEvent"],
      message,
    );
    if (!hasMessages(frame)) return frame;
    const names = Object.keys(IN_PIPES);
    const messages = frame.messages.map((one) =>
      this.#isIgnored(one) ? LATER : this.#keep(names, one)
    );
    return { ...frame, messages };
  }

  /** True for a type that this version knows, and the earlier one does not. */
  #isIgnored(message: unknown): boolean {
    const isTyped = v.is(v.object({ type: v.string() }), message);
    return isTyped &&
      Object.values(this.#record).every((shape) =>
        kept(shape, message) === undefined
      );
  }

  #keep(names: readonly string[], message: unknown): unknown {
    const shapes = names.flatMap((name) => this.#record[name] ?? []);
    const found = kept({ is: "any", of: shapes }, message);
    if (found === undefined) {
      const text = JSON.stringify(message);
      throw new Error(`The earlier version rejects ${text}`);
    }
    return found;
  }
}

function hasMessages(frame: unknown): frame is { messages: unknown[] } {
  return typeof frame === "object" && frame !== null && "messages" in frame &&
    Array.isArray(frame.messages);
}

if (import.meta.main) {
  const text = JSON.stringify(currentWire(), undefined, 2);
  await Deno.writeTextFile(FILE, `${text}\n`);
}
