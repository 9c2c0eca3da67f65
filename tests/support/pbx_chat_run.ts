import * as v from "valibot";
import type {
  ChatCommand,
  ChatEntry,
  ChatEvent,
  OfferedBy,
} from "@/lib/contact/ports.ts";
import {
  type PbxChatEffect,
  type PbxChatState,
  startChat,
  stepChat,
} from "@/lib/pbx/signal/chat_leg.ts";
import { Signal } from "@/lib/pbx/signal/signal.ts";

/** A chat's state machine with everything that it did. */
export class PbxChatRun {
  effects: PbxChatEffect[] = [];
  constructor(public state: PbxChatState) {}

  on(stimulus: Parameters<typeof stepChat>[1]): void {
    const { state, effects } = stepChat(this.state, stimulus);
    this.state = state;
    this.effects.push(...effects);
  }

  signal(json: object): void {
    this.on({ type: "signal", signal: v.parse(Signal, json) });
  }

  im(members: object): void {
    this.signal({
      type: "facility",
      fty: [{ type: "im_message", ...members }],
    });
  }

  command(command: ChatCommand): void {
    this.on({ type: "command", command });
  }

  say(seq: number, text: string): void {
    this.command({ type: "entry", entry: entry(seq, text) });
  }

  get told(): ChatEvent[] {
    return this.effects.flatMap((e) => e.type === "tell" ? e.event : []);
  }

  get problems(): string[] {
    return this.effects.flatMap((e) => e.type === "problem" ? e.text : []);
  }

  get signals() {
    return this.effects.flatMap((e) => e.type === "signal" ? e.signal : []);
  }

  /** The HTML of all messages that were sent. */
  get written(): string[] {
    return this.signals.flatMap(({ fty }) => Array.isArray(fty) ? fty : [])
      .flatMap(({ type, data }) => type === "im_message" ? data : []);
  }
}

export function entry(
  seq: number,
  text: string,
  from: ChatEntry["from"] = "visitor",
): ChatEntry {
  return { seq, from, id: `m${seq}`, text, time: 0 };
}

/** Opens a chat with these messages of the visitor. */
export function openPbxChat(
  texts: string[],
  page?: { url: string; title: string; referrer: string },
): PbxChatRun {
  return runPbxChat(texts.map((text, index) => entry(index + 1, text)), {
    ...(page && { page }),
  });
}

/** The same with these entries, of a chat that another agent may hand over. */
export function runPbxChat(
  log: ChatEntry[],
  { page, lang = "en", offeredBy }: {
    page?: { url: string; title: string; referrer: string };
    lang?: string;
    offeredBy?: OfferedBy;
  },
): PbxChatRun {
  const { state, effects } = startChat({
    id: "chat",
    address: "atlantis",
    visitor: {
      name: "",
      widget: { uuid: "", name: "Cards" },
      lang,
      ...(page && { page }),
    },
    log: { since: (seq) => log.slice(seq) },
    ...(offeredBy && { offeredBy }),
  }, "mark");
  const run = new PbxChatRun(state);
  run.effects.push(...effects);
  return run;
}
