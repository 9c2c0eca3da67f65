import { CAUSE } from "@/lib/base/causes.ts";
import { legId } from "@/lib/base/ids.ts";
import { type AgentLeg, type Guest, OFFERS_MAX } from "@/lib/model/handover.ts";
import type { Route } from "@/lib/model/route.ts";
import { asActive } from "./chat_idle.ts";
import { joinAsGuest } from "./chat_guest.ts";
import { connected } from "./chat_messages.ts";
import {
  type BridgeChatEffect,
  type BridgeChatStep,
  type ChatAt,
  command,
  go,
  type JoinedChat,
  legOf,
  offerOf,
  type RunningBridgeChat,
  stay,
  tell,
} from "./chat_state.ts";
import type { ChatEntry, ChatEvent, HandOver, Invite } from "./ports.ts";

/**
 * The handover of a joined chat to another agent. The first agent has the chat
 * until the other one accepts, and then only the other one has it.
 *
 *            hand-over                    accepted
 *     kept -----------> offered to Bob ------------> kept by Bob
 *       ^                      |
 *       +----------------------+
 *         declined, time, withdraw, unreachable
 *
 * If the chat ends meanwhile, the offer ends too.
 */

/** The current agent wants to hand the chat over. */
export function offer(
  chat: JoinedChat,
  { to, name, note, ...event }: HandOver | Invite,
  at: ChatAt,
): BridgeChatStep {
  if (chat.offer !== undefined) return stay(chat);
  if (chat.guest !== undefined) return refused(chat, CAUSE.busy);
  const { isTeam, way } = event.type === "hand-over" ? event : NO_WAY;
  const offers = (chat.offers ?? 0) + 1;
  const isOwn = to.toLowerCase() === agentOf(chat).address.toLowerCase();
  const isUnknown = isTeam && way === undefined;
  if (offers > OFFERS_MAX || isOwn || isUnknown) {
    return refused(chat, CAUSE.unallocated);
  }
  const leg = { leg: offerId(chat.plan.id, offers), address: to };
  const until = at.now + at.limits.acceptWithinMs;
  const isInvite = event.type === "invite";
  const named = {
    ...way && { name: way.name },
    ...isInvite && { name: to, inviter: name },
  };
  const offered = { ...chat, offers, offer: { ...leg, until, ...named } };
  const kept = asActive(offered, at);
  const by = { name, note, ...isInvite && { isInvite } };
  const route = way && withoutAgent(way.route, agentOf(chat));
  return go(
    kept.state,
    { type: "offer", to: leg, plan: chat.plan, by, ...route && { route } },
    ...kept.effects,
  );
}

const NO_WAY = { isTeam: undefined, way: undefined };

/** The chat is not offered to anybody. */
function refused(chat: JoinedChat, cause: number): BridgeChatStep {
  return go(chat, command({ type: "not-taken", cause }));
}

/** The current agent keeps the chat after all. */
export function withdraw(chat: JoinedChat): BridgeChatStep {
  return notTaken(chat, CAUSE.normal);
}

/** The other agent has not answered in time. */
export function afterOffer(
  chat: JoinedChat,
  { now }: Pick<ChatAt, "now">,
): BridgeChatStep | undefined {
  if (chat.offer === undefined || now < chat.offer.until) return undefined;
  return notTaken(chat, CAUSE.noAnswer);
}

/** An event of a leg that does not have the chat. Its messages are dropped: the
 * agent's page shows them as not sent. */
export function stepOther(
  chat: JoinedChat,
  { leg, event }: { leg: string; event: ChatEvent },
  at: ChatAt,
): BridgeChatStep {
  if (event.type === "terminated") {
    return chat.offer?.leg === leg
      ? declined(chat, event.cause)
      : stay(withoutLeg(chat, leg));
  }
  const { offer } = chat;
  if (event.type !== "joined" || offer?.leg !== leg) return stay(chat);
  return offer.inviter === undefined
    ? accept(chat, offer, event, at)
    : joinAsGuest(chat, { ...offer, ...event }, at);
}

/** Returns a message of the agent who has the chat, or of the second agent, as
 * it is stored. */
export function saidByAgent(
  chat: RunningBridgeChat,
  { id, text }: ChatEvent & { type: "message" },
  guest?: Guest,
): Omit<ChatEntry, "seq" | "time"> {
  const said = { from: "agent", id, text } as const;
  if (guest !== undefined) {
    return { ...said, leg: guest.leg, name: guest.name };
  }
  const by = chat.state === "joined" ? chat.by : undefined;
  return { ...said, ...(by && { leg: by.leg }) };
}

/** Returns the agent who has the chat. */
export function agentOf({ plan, by }: JoinedChat): AgentLeg {
  return by ?? { address: plan.address, leg: plan.id };
}

/** Returns the effects that end the other legs, because the chat ends. */
export function endOthers(
  { offer, guest }: Pick<JoinedChat, "offer" | "guest">,
  cause: number,
): BridgeChatEffect[] {
  return [
    ...offer ? [close(offer, CAUSE.normal)] : [],
    ...guest ? [close(guest, cause)] : [],
  ];
}

function close({ leg }: AgentLeg, cause: number): BridgeChatEffect {
  return command({ type: "close", cause }, leg);
}

function accept(
  { offer: _, ...chat }: JoinedChat,
  asked: AgentLeg & { name?: string },
  { name = asked.name, by }: ChatEvent & { type: "joined" },
  at: ChatAt,
): BridgeChatStep {
  const { plan, handovers = [], closing = [], read } = chat;
  const from = legOf(chat);
  const before = agentOf(chat);
  const { leg, address } = by ?? asked; // A member of a team.
  const handover = { at: at.now, from: before.address, to: address };
  const next = withName({
    ...chat,
    by: { address, leg },
    handovers: [...handovers, handover],
    closing: [...closing, before],
  }, name);
  const kept = asActive(next, at);
  return go(
    kept.state,
    { type: "hand-over", to: { leg, address }, plan, from },
    command({ type: "read", seq: read.visitor }),
    tell({ mt: "ChatTyping", typing: false }),
    tell(connected(next)),
    ...kept.effects,
  );
}

/** The previous agent's name must not stay. */
function withName(
  { name: _, ...chat }: JoinedChat,
  name: string | undefined,
): JoinedChat {
  return name === undefined ? chat : { ...chat, name };
}

/** The other agent's leg has ended without the chat. A client of a PBX may end a
 * ringing chat as it ends a running one. */
function declined(
  { offer: _, ...chat }: JoinedChat,
  ended: number,
): BridgeChatStep {
  const cause = ended === CAUSE.normal ? CAUSE.rejected : ended;
  return go(chat, command({ type: "not-taken", cause }));
}

/** Ends the offer. The other leg says later that it has ended. */
function notTaken(chat: JoinedChat, cause: number): BridgeChatStep {
  const { offer, closing = [], ...rest } = chat;
  if (offer === undefined) return stay(chat);
  const { leg, address } = offer;
  return go(
    { ...rest, closing: [...closing, { leg, address }] },
    command({ type: "close", cause }, leg),
    command({ type: "not-taken", cause }),
  );
}

/** The bridge names the first leg after the chat, also if a team's agent has
 * it. */
function withoutLeg(chat: JoinedChat, leg: string): JoinedChat {
  const { closing, ...rest } = chat;
  const isFirst = leg === chat.plan.id;
  const left =
    closing?.filter((one) =>
      isFirst ? isOffer(one.leg) : offerOf(one.leg) !== leg
    ) ??
      [];
  if (left.length === (closing?.length ?? 0)) return chat;
  return left.length === 0 ? rest : { ...rest, closing: left };
}

/** Legs of a team's members have numbers, so an offer has another name. */
function offerId(chat: string, offers: number): string {
  return `${legId(chat, offers)}h`;
}

function isOffer(leg: string): boolean {
  return offerOf(leg).endsWith("h");
}

/** A handover ends after a short time, so it has no queue, and it never rings
 * the agent who has the chat. */
function withoutAgent(
  { queueMs: _, ...route }: Route,
  { address }: AgentLeg,
): Route {
  const own = address.toLowerCase();
  const steps = route.steps.map((step) => ({
    ...step,
    agents: step.agents.filter((one) => one.toLowerCase() !== own),
  }));
  return { ...route, steps };
}
