import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { RunningChat } from "@/lib/model/running_chat.ts";
import { resumedIdle } from "./chat_idle.ts";
import type { ConnectedCall } from "./call_state.ts";
import type { BridgeChat, JoinedChat, NotifiedChat } from "./chat_state.ts";
import type { CallBefore, ChatBefore, OutgoingCall } from "./ports.ts";

/** Converts a running chat to its stored form. */
export function toKept(
  seat: string,
  chat: NotifiedChat | JoinedChat,
): RunningChat {
  const { id, address, visitor, startedAt, contact, idle, route } = chat.plan;
  const joined = chat.state === "joined"
    ? {
      joinedAt: chat.joinedAt,
      activeAt: chat.activeAt,
      ...(chat.endsAt === undefined ? {} : { endsAt: chat.endsAt }),
      ...(chat.name === undefined ? {} : { agent: chat.name }),
      ...legsOf(chat),
    }
    : {
      ...(route && { route }),
      ...since(chat),
    };
  return {
    id,
    seat,
    address,
    visitor,
    startedAt,
    ...(contact === undefined ? {} : { contact }),
    ...(idle === undefined ? {} : { idle }),
    alerted: chat.state === "joined" || chat.alerted,
    read: chat.read,
    ...joined,
  };
}

function since(
  { queuedSince }: { queuedSince?: number },
): { queuedSince?: number } {
  return queuedSince === undefined ? {} : { queuedSince };
}

/** Returns the legs of a chat that was offered to other agents. */
function legsOf(
  { by, offers, handovers, closing = [], offer, guest }: JoinedChat,
) {
  const offered = offer ? [{ leg: offer.leg, address: offer.address }] : [];
  const otherLegs = [...closing, ...offered];
  return {
    ...(by && { by }),
    ...(offers !== undefined && { offers }),
    ...(handovers && { handovers: [...handovers] }),
    ...(guest && { guest }),
    ...(otherLegs.length > 0 && { otherLegs }),
  };
}

/** Returns the same chat, ended. */
export function toEnded(chat: RunningChat, ended: ContactRecord): RunningChat {
  return { ...chat, ended };
}

/** Restores a stored chat, which an agent can join before `until`. Its last
 * message is from `lastEntryAt`; 0 if there is none. */
export function fromKept(
  kept: RunningChat,
  { now, until, lastEntryAt }: {
    now: number;
    until: number;
    lastEntryAt: number;
  },
): BridgeChat {
  const { id, address, visitor, startedAt, alerted, read, joinedAt } = kept;
  const contact = kept.contact === undefined ? {} : { contact: kept.contact };
  if (kept.ended !== undefined) {
    return { state: "over", cause: kept.ended.cause, ...contact };
  }
  const idle = kept.idle === undefined ? {} : { idle: kept.idle };
  const { route } = kept;
  const plan = {
    ...{ id, address, visitor, startedAt, ...contact, ...idle },
    ...(route && { route }),
  };
  if (joinedAt === undefined) {
    const place = since(kept);
    return { state: "notified", plan, until, alerted, read, ...place };
  }
  const name = kept.agent === undefined ? {} : { name: kept.agent };
  const times = resumedIdle({ ...kept, joinedAt }, { now, lastEntryAt });
  const legs = keptLegs(kept);
  return { state: "joined", plan, read, joinedAt, ...times, ...name, ...legs };
}

/** An offer does not outlive the process, so its leg ends. */
function keptLegs(
  { by, offers, handovers, otherLegs, guest }: RunningChat,
) {
  return {
    ...(by && { by }),
    ...(offers !== undefined && { offers }),
    ...(handovers && { handovers }),
    ...(guest && { guest }),
    ...(otherLegs && { closing: otherLegs }),
  };
}

/** Returns what an agent's bank needs for a chat that it had. */
export function toBefore(kept: RunningChat): ChatBefore {
  const { startedAt, alerted, read, joinedAt, by } = kept;
  const joined = joinedAt === undefined ? {} : { joinedAt };
  const before = { startedAt, alerted, read, ...joined, ...since(kept) };
  return { ...before, ...(by && { by }) };
}

/** Maximum number of characters of a stored call's descriptions, which are one
 * value of the store. Those of browsers have some thousands. */
const DESCRIPTIONS_MAX = 50_000;

/** Converts a connected call to its stored form; undefined if it is too
 * large. */
export function toKeptCall(
  seat: string,
  { plan, media, answer, held, open, name, by, answeredAt, ...more }:
    ConnectedCall,
  { page, heard, said }: CallBefore,
): RunningChat | undefined {
  const { id, address, visitor, startedAt, contact, video } = plan;
  const { peer, offers, handovers } = more;
  const call = {
    ...{ media, video, answer, held, page, heard },
    ...(open && { open }),
    ...(said && { said }),
    ...(peer !== undefined && { peer }),
  };
  if (JSON.stringify(call).length > DESCRIPTIONS_MAX) return undefined;
  return {
    ...{ id, seat, address, visitor, startedAt, call },
    ...(contact === undefined ? {} : { contact }),
    alerted: true,
    read: { visitor: 0, agent: 0 },
    joinedAt: answeredAt,
    ...(name === undefined ? {} : { agent: name }),
    ...(by && { by }),
    ...(offers !== undefined && { offers }),
    ...(handovers && { handovers: [...handovers] }),
  };
}

/** Returns what a call needs to continue, if this is one. */
export function fromKeptCall(
  { call, joinedAt, agent, contact, by, ...kept }: RunningChat,
): { call: ConnectedCall; out: OutgoingCall; before: CallBefore } | undefined {
  if (call === undefined || joinedAt === undefined) return undefined;
  const { id, address, visitor, startedAt } = kept;
  const { media, video, answer, held, open, page, heard, said } = call;
  const { peer } = call;
  const { offers, handovers } = kept;
  const plan = {
    ...{ id, address, visitor, startedAt, video },
    ...(contact === undefined ? {} : { contact }),
  };
  const name = agent === undefined ? {} : { name: agent };
  const answeredAt = joinedAt;
  return {
    call: {
      ...{ state: "connected", plan, media, offer: "", answeredAt, ...name },
      ...{ answer, held, ...(open && { open }), ...(by && { by }) },
      ...(peer !== undefined && { peer }),
      ...(offers !== undefined && { offers }),
      ...(handovers && { handovers }),
    },
    out: {
      id: handovers && by ? by.leg : id,
      address: handovers && by ? by.address : address,
      ...{ visitor, media, sdp: "" },
    },
    before: {
      ...{ startedAt, page, heard },
      answeredAt: handovers?.at(-1)?.at ?? answeredAt,
      ...(said && { said }),
      ...(by && { by }),
    },
  };
}
