import { assertNever } from "@/lib/base/assert_never.ts";
import { CAUSE } from "@/lib/base/causes.ts";
import type { Guest } from "@/lib/model/handover.ts";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import {
  type BridgeChat,
  type BridgeChatEffect,
  type BridgeChatStep,
  type ChatAt,
  type ChatInput,
  command,
  go,
  type JoinedChat,
  legOf,
  type RunningBridgeChat as RunningChat,
  stay,
  tell,
} from "./chat_state.ts";
import { type ContactPlan, isMeant, named, ringingMs } from "./plan.ts";
import {
  connected,
  ofOther,
  repeated,
  terminated,
  typingInfo,
} from "./chat_messages.ts";
import {
  afterOffer,
  endOthers,
  offer,
  saidByAgent,
  stepOther,
  withdraw,
} from "./chat_handover.ts";
import { firstLeft, guestAt, guestLeft, isOfGuest } from "./chat_guest.ts";
import { afterIdleTime, asActive } from "./chat_idle.ts";
import { recordOf } from "./chat_record.ts";
import { readByAgent, readByVisitor } from "./chat_read.ts";
import { stepNotified } from "./chat_notified.ts";
import type { ChatEntry, ChatEvent } from "./ports.ts";

/** Returns the next state and its effects. Rules: SPEC.md, Chats. */
export function stepChat(
  chat: BridgeChat,
  input: ChatInput,
  at: ChatAt,
): BridgeChatStep {
  const { state, effects } = next(chat, input, at);
  const contact = contactOf(state);
  const all = effects.map((effect) =>
    effect.type === "tell" ? tell(named(effect.message, contact)) : effect
  );
  return go(state, ...all);
}

/** Returns the page's id of the running or last chat. */
export function contactOf(chat: BridgeChat): string | undefined {
  switch (chat.state) {
    case "idle":
      return undefined;
    case "over":
      return chat.contact;
    default:
      return chat.plan.contact;
  }
}

function next(chat: BridgeChat, input: ChatInput, at: ChatAt): BridgeChatStep {
  switch (input.type) {
    case "create":
      return create(chat, input.plan, at);
    case "back":
      return back(chat, input, at);
    case "message":
      return isMeant(contactOf(chat), input.contact)
        ? say(chat, { from: "visitor", id: input.id, text: input.text }, at)
        : go(chat, tell(ofOther(input.contact, CAUSE.temporaryFailure)));
    case "clear":
      return end(chat, CAUSE.normal, at);
    case "gone":
      return leave(chat, input.cause, at);
    case "time":
      return onTime(chat, at);
    case "keep":
      return isRunning(chat) ? asActive(chat, at) : stay(chat);
    case "typing":
      if (!isRunning(chat)) return stay(chat);
      return active(
        chat,
        at,
        command({ type: "typing", typing: input.typing }),
      );
    case "read":
      return isRunning(chat) ? readByVisitor(chat, input.seq, at) : stay(chat);
    case "away":
      if (!isRunning(chat)) return stay(chat);
      return go(chat, command({ type: "visitor", here: false }));
    case "agent":
      return fromAgent(chat, input, at);
    default:
      return assertNever(input);
  }
}

function create(
  chat: BridgeChat,
  plan: ContactPlan,
  at: ChatAt,
): BridgeChatStep {
  if (plan.contact !== undefined && plan.contact === contactOf(chat)) {
    return stay(chat); // CHAT8: a repetition.
  }
  if (isRunning(chat)) { // CHAT8
    return go(chat, tell(ofOther(plan.contact, CAUSE.busy)));
  }
  const read = { visitor: 0, agent: 0 };
  const until = at.now + ringingMs(plan, at.limits.joinWithinMs);
  return go(
    { state: "notified", plan, until, alerted: false, read },
    { type: "open", plan },
  );
}

/** CHAT6, and the end of a chat that only the page still has. */
function back(
  chat: BridgeChat,
  { seq, contact }: { seq: number; contact?: string },
  { now }: ChatAt,
): BridgeChatStep {
  const all = repeated(chat, seq, now);
  const isLost = contact !== undefined &&
    (chat.state === "idle" || !isMeant(contactOf(chat), contact));
  if (isLost) all.push(tell(ofOther(contact, CAUSE.temporaryFailure)));
  return go(chat, { type: "hold-back" }, ...all);
}

function say(
  chat: BridgeChat,
  said: Omit<ChatEntry, "seq" | "time">,
  at: ChatAt,
): BridgeChatStep {
  const known = at.history.find(said.from, said.id);
  if (known !== undefined) return go(chat, acknowledge(known)); // CHAT2
  if (chat.state === "idle") { // CHAT9
    return go(chat, tell(terminated(CAUSE.temporaryFailure)));
  }
  if (chat.state === "over") return stay(chat);
  if (isFull(said.text, at)) { // CHAT11
    return end(chat, CAUSE.temporaryFailure, at);
  }
  return active(chat, at, {
    type: "append",
    said: { ...said, time: at.wall },
  });
}

/** CHAT27: performs the effects of an activity, and keeps the chat. */
function active(
  chat: RunningChat,
  at: ChatAt,
  ...effects: BridgeChatEffect[]
): BridgeChatStep {
  const kept = asActive(chat, at);
  return go(kept.state, ...effects, ...kept.effects);
}

function onTime(chat: BridgeChat, at: ChatAt): BridgeChatStep {
  if (chat.state !== "joined") return end(chat, CAUSE.noAnswer, at);
  return afterOffer(chat, at) ?? afterIdleTime(chat, at) ??
    end(chat, CAUSE.idle, at);
}

/** Passes on an event of the agent who has the chat, or of another leg. */
function fromAgent(
  chat: BridgeChat,
  { chat: leg, event }: ChatInput & { type: "agent" },
  at: ChatAt,
): BridgeChatStep {
  if (!isRunning(chat)) return stay(chat);
  if (leg === legOf(chat)) return stepAgent(chat, event, at);
  if (chat.state !== "joined") return stay(chat);
  const guest = guestAt(chat, leg);
  if (guest === undefined) return stepOther(chat, { leg, event }, at);
  if (event.type === "terminated") return guestLeft(chat);
  return isOfGuest(event) ? stepAgent(chat, event, at, guest) : stay(chat);
}

/** @param guest The second agent, if the event is from this one. */
function stepAgent(
  chat: RunningChat,
  event: ChatEvent,
  at: ChatAt,
  guest?: Guest,
): BridgeChatStep {
  switch (event.type) {
    case "queued":
    case "alerting":
      return chat.state === "notified" ? stepNotified(chat, event) : stay(chat);
    case "joined":
      return join(chat, event, at);
    case "message":
      return say(chat, saidByAgent(chat, event, guest), at);
    case "typing":
      return active(
        chat,
        at,
        tell(typingInfo(event.typing, guest)),
      );
    case "keep":
      return asActive(chat, at);
    case "read":
      return readByAgent(chat, event.seq, at);
    case "hand-over":
    case "invite":
      return chat.state === "joined" ? offer(chat, event, at) : stay(chat);
    case "withdraw":
      return chat.state === "joined" ? withdraw(chat) : stay(chat);
    case "terminated":
      return chat.state === "joined" && chat.guest
        ? firstLeft(chat, chat.guest, at)
        : finish(chat, recordOf(chat, event.cause, at));
    default:
      return assertNever(event);
  }
}

function join(
  chat: RunningChat,
  { name, by }: Extract<ChatEvent, { type: "joined" }>,
  { now }: ChatAt,
): BridgeChatStep {
  if (chat.state === "joined") return stay(chat);
  const joined: JoinedChat = {
    state: "joined",
    plan: chat.plan,
    read: chat.read,
    joinedAt: now,
    activeAt: now,
    ...(name === undefined ? {} : { name }),
    ...(by === undefined ? {} : { by }),
  };
  return go(joined, tell(connected(joined)));
}

/** Ends the running chat, including the agent's side. */
function end(chat: BridgeChat, cause: number, at: ChatAt): BridgeChatStep {
  if (!isRunning(chat)) return stay(chat);
  const record = recordOf(chat, cause, at);
  return finish(chat, record, command({ type: "close", cause }));
}

/** The visitor will not come back, so the end is not stored for a page. */
function leave(chat: BridgeChat, cause: number, at: ChatAt): BridgeChatStep {
  const { state, effects } = end(chat, cause, at);
  const others = effects.filter(({ type }) => type !== "ending");
  return go(state, ...others, { type: "forget" });
}

/** The agent's side has ended it, or is notified by `first`. */
function finish(
  chat: RunningChat,
  record: ContactRecord,
  ...first: BridgeChatEffect[]
): BridgeChatStep {
  const { cause } = record;
  const { contact } = chat.plan;
  const others = chat.state === "joined" ? endOthers(chat, cause) : [];
  return go(
    { state: "over", cause, ...(contact === undefined ? {} : { contact }) },
    { type: "ending", record },
    ...first,
    ...others,
    tell(terminated(cause)),
    { type: "record", record },
  );
}

function acknowledge(entry: ChatEntry): BridgeChatEffect {
  return { type: "acknowledge", entry };
}

function isFull(text: string, { history, limits }: ChatAt): boolean {
  return history.length >= limits.entriesPerChat ||
    history.characters + text.length > limits.charactersPerChat;
}

function isRunning(chat: BridgeChat): chat is RunningChat {
  return chat.state === "notified" || chat.state === "joined";
}
