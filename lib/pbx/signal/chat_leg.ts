import { cut } from "@/lib/base/cut.ts";
import { manyLines, oneLine } from "@/lib/base/plain_text.ts";
import { CAUSE } from "@/lib/base/causes.ts";
import type { Transition } from "@/lib/base/machine.ts";
import type {
  ChatCommand,
  ChatEntry,
  ChatEvent,
  OutgoingChat,
} from "@/lib/contact/ports.ts";
import type { VisitorPage } from "@/lib/protocol/visitor/client_messages.ts";
import { PAGE_LIMITS } from "@/lib/protocol/visitor/page_limits.ts";
import { endpointOf } from "../address.ts";
import { callerOf } from "./caller.ts";
import { end, endedBy, release } from "./endings.ts";
import { LIMITS } from "../limits.ts";
import { links, plain, textToHtml } from "./html.ts";
import { idleNotice } from "./idle_notice.ts";
import {
  OFFER_ENTRIES_MAX,
  offerNotice,
  previousAgent,
} from "./offer_notice.ts";
import { textParts } from "./text_parts.ts";
import {
  causeOf,
  type ImMessage,
  nameOf,
  type OutgoingSignal,
  type Signal,
} from "./signal.ts";

/**
 * A chat with an agent: a call without media (SDK: PbxSignal):
 *
 *     opening --call_proc, alert, conn--> open (-> joined) --rel, disc--> ended
 *
 * Messages that the visitor writes while it is opening wait. An agent joins
 * with `conn`, or by writing (P29).
 */
export type PbxChatState =
  | {
    state: "opening";
    mark: string;
    /** Language of the visitor's widget. */
    lang: string;
    waiting: ChatEntry[];
    /** The visitor's page, sent first. */
    page: VisitorPage | undefined;
    /** HTML about the agent who hands the chat over, if one does. */
    offer: string | undefined;
  }
  | {
    state: "open";
    /** Prefix of the ids of the agent's messages, unique among all chats. */
    mark: string;
    lang: string;
    isAlerted: boolean;
    hasJoined: boolean;
    /** True if another agent hands the chat over. */
    isOffered: boolean;
    /** The last entry that was sent. */
    sentSeq: number;
    /** Number of the agent's messages, for their ids. */
    heard: number;
    /** The beginning of an incomplete message. */
    partial?: { data: string; mime: string };
  }
  | { state: "ended" };

type Opening = Extract<PbxChatState, { state: "opening" }>;
type Open = Extract<PbxChatState, { state: "open" }>;

export type ChatStimulus =
  | { type: "signal"; signal: Signal }
  | { type: "command"; command: ChatCommand }
  | { type: "late"; cause: number }
  | { type: "lost" };

export type PbxChatEffect =
  | { type: "signal"; signal: OutgoingSignal }
  | { type: "tell"; event: ChatEvent }
  | { type: "problem"; text: string };

export type PbxChatStep = Transition<PbxChatState, PbxChatEffect>;

/** Returns the first step: the setup. The messages so far wait for the PBX. */
export function startChat(
  { address, visitor, log, offeredBy }: OutgoingChat,
  mark: string,
  cliOverride = false,
): PbxChatStep {
  const signal: OutgoingSignal = {
    type: "setup",
    bc: "a880",
    // Undocumented, and seen in working code.
    cd: { flags: "U", ...endpointOf(address) },
    complete: true,
    channel: 0,
    fty: [{ type: "im_setup" }, ...callerOf({ visitor }, cliOverride)],
  };
  return {
    state: {
      state: "opening",
      mark,
      lang: visitor.lang,
      waiting: offeredBy
        ? log.since(0).slice(-OFFER_ENTRIES_MAX)
        : log.since(0).filter(({ from }) => from === "visitor"),
      page: visitor.page,
      offer: offeredBy && offerNotice(visitor.lang, offeredBy),
    },
    effects: [{ type: "signal", signal }],
  };
}

export function stepChat(chat: PbxChatState, event: ChatStimulus): PbxChatStep {
  if (chat.state === "ended") return stay(chat); // P26
  switch (event.type) {
    case "lost":
      return end(CAUSE.temporaryFailure);
    case "late":
      return release(event.cause);
    case "command":
      return command(chat, event.command);
    case "signal":
      return signal(chat, event.signal);
  }
}

function signal(chat: Opening | Open, signal: Signal): PbxChatStep {
  switch (signal.type) {
    case "disc":
    case "rel":
      return endedBy(signal);
    case "call_proc":
    case "alert":
    case "conn":
    case "facility":
      return inOpen(chat, signal);
    case "progress":
      return signal.cau === undefined
        ? inOpen(chat, signal)
        : release(causeOf(signal));
    default:
      return stay(chat);
  }
}

/** From the first reaction of the PBX on, messages may be sent. */
function inOpen(chat: Opening | Open, signal: Signal): PbxChatStep {
  const effects: PbxChatEffect[] = chat.state === "opening"
    ? [
      ...pageEffects(chat.page),
      ...(chat.offer === undefined ? [] : [html(chat.offer)]),
      ...chat.waiting.map((entry) => entryEffect(entry, chat.lang)),
    ]
    : [];
  let open: Open = chat.state === "open" ? chat : {
    state: "open",
    mark: chat.mark,
    lang: chat.lang,
    isAlerted: false,
    hasJoined: false,
    isOffered: chat.offer !== undefined,
    sentSeq: chat.waiting.at(-1)?.seq ?? 0,
    heard: 0,
  };
  if (signal.type === "alert" && !open.isAlerted && !open.hasJoined) {
    open = { ...open, isAlerted: true };
    effects.push(tell({ type: "alerting" }));
  }
  if (signal.type === "conn") open = join(open, nameOf(signal), effects);
  for (const facility of signal.fty) {
    if (facility.type === "im_message") open = hear(open, facility, effects);
  }
  return stay(open, ...effects);
}

/** Notifies once, with the agent's name. */
function join(
  open: Open,
  name: string | undefined,
  effects: PbxChatEffect[],
): Open {
  if (open.hasJoined) return open;
  effects.push(tell({ type: "joined", ...(name && { name }) }));
  return { ...open, hasJoined: true };
}

function hear(open: Open, message: ImMessage, effects: PbxChatEffect[]): Open {
  const { data, attach, typing, more } = message;
  if (data === "" && attach === "" && !open.partial) {
    if (typing !== undefined) effects.push(tell({ type: "typing", typing }));
    return open;
  }
  const name = cut(oneLine(message.sender_dn), LIMITS.nameLength);
  const joined = join(open, name || undefined, effects);
  const { partial, ...rest } = joined;
  const mime = message.mime || partial?.mime || "text/html";
  const whole = (partial?.data ?? "") + data;
  if (more && whole.length < LIMITS.chatLength) {
    return { ...rest, partial: { data: whole, mime } };
  }
  if (whole.length > LIMITS.chatHtmlLength) {
    const text = `a chat message of ${whole.length} characters was cut`;
    effects.push({ type: "problem", text });
  }
  const read = cut(whole, LIMITS.chatHtmlLength);
  const text = manyLines(
    [plain(read, mime), ...links(attach)].filter((line) => line !== "")
      .join("\n"),
  );
  let { heard } = rest;
  for (const part of textParts(text, PAGE_LIMITS.textLength)) {
    const id = `${rest.mark}-${++heard}`;
    effects.push(tell({ type: "message", id, text: part }));
  }
  return { ...rest, heard };
}

function command(chat: Opening | Open, command: ChatCommand): PbxChatStep {
  switch (command.type) {
    case "close":
      return release(command.cause);
    case "entry":
      return command.entry.from === "visitor" || isOfOther(chat)
        ? write(chat, command.entry)
        : stay(chat);
    case "typing":
      return chat.state === "open"
        ? stay(chat, im({ typing: command.typing }))
        : stay(chat);
    case "idle":
      return idle(chat, command.leftMs);
    case "read": // The PBX has no message for these.
    case "visitor":
    case "agents":
    case "not-taken":
      return stay(chat);
  }
}

/** P62: the agent sees that the chat is about to end. */
function idle(chat: Opening | Open, leftMs: number | undefined): PbxChatStep {
  if (chat.state !== "open" || leftMs === undefined) return stay(chat);
  const notice = textToHtml(idleNotice(chat.lang, leftMs));
  return stay(chat, html(`<i>${notice}</i>`));
}

/** Sends each entry once, even if it was in the log before. */
function write(chat: Opening | Open, entry: ChatEntry): PbxChatStep {
  if (chat.state === "opening") {
    return entry.seq <= (chat.waiting.at(-1)?.seq ?? 0)
      ? stay(chat)
      : stay({ ...chat, waiting: [...chat.waiting, entry] });
  }
  if (entry.seq <= chat.sentSeq) return stay(chat);
  return stay(
    { ...chat, sentSeq: entry.seq },
    entryEffect(entry, chat.lang),
  );
}

/** P63: true while the agents' messages come from the one who has the chat. */
function isOfOther(chat: Opening | Open): boolean {
  return chat.state === "open"
    ? chat.isOffered && !chat.hasJoined
    : chat.offer !== undefined;
}

/** Agents have no other place where they could see the page. */
function pageEffects(page: VisitorPage | undefined): PbxChatEffect[] {
  if (page === undefined) return [];
  return [html(`<i>${textToHtml(`${page.title} ${page.url}`.trim())}</i>`)];
}

function entryEffect({ from, text }: ChatEntry, lang: string): PbxChatEffect {
  return html(from === "agent" ? previousAgent(lang, text) : textToHtml(text));
}

function html(data: string): PbxChatEffect {
  return im({ data, mime: "text/html", attach: "" });
}

function im(members: Record<string, unknown>): PbxChatEffect {
  const fty = [{ type: "im_message", ...members }];
  return { type: "signal", signal: { type: "facility", fty } };
}

function tell(event: ChatEvent): PbxChatEffect {
  return { type: "tell", event };
}

function stay(state: PbxChatState, ...effects: PbxChatEffect[]): PbxChatStep {
  return { state, effects };
}
