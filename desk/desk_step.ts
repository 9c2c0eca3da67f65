import { assertNever } from "@/lib/base/assert_never.ts";
import { DESK_LIMITS, DESK_VERSION } from "@/lib/protocol/desk/limits.ts";
import type { Hello, PageMessage } from "@/lib/protocol/desk/page_messages.ts";
import { type CallItemStep, sayNumbered } from "./call_step.ts";
import { draft, readAll, write } from "./chat_step.ts";
import {
  type HandoverEvent,
  stepCallHandover,
  stepChatHandover,
} from "./handover_step.ts";
import {
  type CallItem,
  type ChatItem,
  type ChatItemStep,
  type DeskEffect,
  type DeskEvent,
  type DeskState,
  type DeskStep,
  find,
  isChat,
  ownCall,
} from "./desk_state.ts";
import { hear } from "./hear.ts";
import { markMissed, see } from "./missed.ts";

/** Returns the page's next state, and its effects. */
export function step(desk: DeskState, event: DeskEvent): DeskStep {
  switch (event.type) {
    case "heard":
      return readShown(
        markMissed(desk, hear(desk, event.message, event.now)),
      );
    case "choose":
      return say({ ...desk, choice: event.presence, unsaid: true }, {
        type: "choose",
        presence: event.presence,
      });
    case "show":
      return readShown(stay({ ...desk, shown: event.contact }));
    case "watch":
      return readShown(stay({ ...desk, watched: event.watched }));
    case "see":
      return stay(see(desk, event.contacts));
    case "decline":
      return decline(desk, event.contact);
    case "take":
    case "hang-up":
    case "hold":
    case "answer":
    case "media":
      return stepCall(desk, event);
    case "join":
    case "leave":
    case "keep":
    case "draft":
    case "write":
      return stepChat(desk, event);
    case "hand-over":
    case "withdraw":
    case "handover-seen":
      return stepHandover(desk, event);
    default:
      return assertNever(event);
  }
}

/** Returns the first message of the page on a new socket. */
export function helloOf({ calls, chats }: DeskState, page: string): Hello {
  const max = DESK_LIMITS.openChats + DESK_LIMITS.endedKept;
  return {
    type: "hello",
    v: DESK_VERSION,
    page,
    calls: calls.filter(({ view, pending }) =>
      view.state !== "ended" && (pending !== "none" || view.state === "taken")
    ).slice(0, 10).map(({ view, heard }) => ({ call: view.id, heard })),
    chats: chats.slice(-max).map(({ view, entries }) => ({
      chat: view.id,
      seq: entries.at(-1)?.seq ?? 0,
    })),
  };
}

type CallAction = Extract<DeskEvent, { call: string }>;

function stepCall(desk: DeskState, event: CallAction): DeskStep {
  const item = desk.calls.find(({ view }) => view.id === event.call);
  if (item === undefined || item.view.state === "ended") return stay(desk);
  if (event.type === "take") return take(desk, item, event.video);
  const isOurs = item.pending === "take" ||
    (item.view.state === "taken" && item.view.mine);
  if (!isOurs || item.pending === "hang-up") return stay(desk);
  switch (event.type) {
    case "answer":
      return putCall(
        desk,
        sayNumbered(item, { type: "call-answer", sdp: event.sdp }),
      );
    case "media":
      return putCall(
        desk,
        sayNumbered(item, { type: "call-media", media: event.media }),
      );
    case "hold":
      return putCall(
        desk,
        sayNumbered({ ...item, held: event.held }, {
          type: "call-hold",
          held: event.held,
        }),
      );
    case "hang-up":
      return hangUp(desk, item, event.trouble);
    default:
      return assertNever(event);
  }
}

function take(desk: DeskState, item: CallItem, video: boolean): DeskStep {
  const { id, media, state } = item.view;
  if (state !== "ringing" || item.pending !== "none") return stay(desk);
  if (ownCall(desk) !== undefined) return stay(desk); // One call at a time.
  const said = sayNumbered({ ...item, pending: "take" }, { type: "call-take" });
  const { state: next, effects } = putCall({ ...desk, shown: id }, said);
  const start: DeskEffect = {
    type: "start-media",
    call: id,
    video: video && media === "video",
  };
  return { state: next, effects: [...effects, start] };
}

function hangUp(desk: DeskState, item: CallItem, trouble: boolean): DeskStep {
  const said = sayNumbered({ ...item, pending: "hang-up" }, {
    type: "call-hang-up",
    ...(trouble ? { trouble } : {}),
  });
  const { state: next, effects } = putCall(desk, said);
  const stop: DeskEffect = { type: "stop-media", call: item.view.id };
  return { state: next, effects: [...effects, stop] };
}

function decline(desk: DeskState, contact: string): DeskStep {
  const item = find(desk, contact);
  if (item?.view.state !== "ringing" || item.pending !== "none") {
    return stay(desk);
  }
  if (isChat(item)) {
    const message: PageMessage = { type: "chat-decline", chat: contact };
    const effects: DeskEffect[] = [{ type: "say", message }];
    return putChat(desk, { item: { ...item, pending: "decline" }, effects });
  }
  const message: PageMessage = { type: "call-decline", call: contact };
  const effects: DeskEffect[] = [{ type: "say", message }];
  return putCall(desk, { item: { ...item, pending: "decline" }, effects });
}

type ChatAction = Extract<DeskEvent, { chat: string }>;

function stepChat(desk: DeskState, event: ChatAction): DeskStep {
  const item = desk.chats.find(({ view }) => view.id === event.chat);
  if (item === undefined || item.view.state === "ended") return stay(desk);
  const chat = event.chat;
  switch (event.type) {
    case "join": {
      const next = { ...desk, shown: chat };
      if (item.view.state !== "ringing" || item.pending !== "none") {
        return stay(next);
      }
      const message: PageMessage = { type: "chat-join", chat };
      const effects: DeskEffect[] = [{ type: "say", message }];
      return putChat(next, { item: { ...item, pending: "join" }, effects });
    }
    case "leave": {
      const message: PageMessage = { type: "chat-leave", chat };
      const effects: DeskEffect[] = [{ type: "say", message }];
      return putChat(desk, { item: { ...item, pending: "leave" }, effects });
    }
    case "keep":
      return say(desk, { type: "chat-keep", chat });
    case "draft":
      return putChat(desk, draft(item, event.text));
    case "write":
      return putChat(desk, write(item, event));
    default:
      return assertNever(event);
  }
}

function stepHandover(desk: DeskState, event: HandoverEvent): DeskStep {
  const item = find(desk, event.contact);
  if (item === undefined || item.view.state === "ended") return stay(desk);
  if (isChat(item)) return putChat(desk, stepChatHandover(item, event));
  const isOurs = item.view.state === "taken" && item.view.mine;
  if (!isOurs || item.pending === "hang-up") return stay(desk);
  return putCall(desk, stepCallHandover(item, event));
}

/** Marks the visible conversation as read while the agent can see it. */
function readShown({ state: before, effects }: DeskStep): DeskStep {
  const { watched, shown } = before;
  const desk = watched && shown !== null ? see(before, [shown]) : before;
  const item = watched ? find(desk, shown) : undefined;
  if (item === undefined || !isChat(item)) return { state: desk, effects };
  const read = readAll(item);
  if (read.item === item) return { state: desk, effects };
  const step = putChat(desk, read);
  return { state: step.state, effects: [...effects, ...step.effects] };
}

function putCall(desk: DeskState, { item, effects }: CallItemStep): DeskStep {
  const calls = desk.calls.map((other) =>
    other.view.id === item.view.id ? item : other
  );
  return { state: { ...desk, calls }, effects };
}

function putChat(desk: DeskState, { item, effects }: ChatItemStep): DeskStep {
  const chats = desk.chats.map((other: ChatItem) =>
    other.view.id === item.view.id ? item : other
  );
  return { state: { ...desk, chats }, effects };
}

function say(desk: DeskState, message: PageMessage): DeskStep {
  return { state: desk, effects: [{ type: "say", message }] };
}

function stay(state: DeskState): DeskStep {
  return { state, effects: [] };
}
