import { CAUSE } from "@/lib/base/causes.ts";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import { type EndReason, reasonOf } from "./end_reason.ts";

/**
 * One call of the visitor, as its page knows it.
 *
 *             offered           alerting            connected
 *   preparing -------> calling ----------> alerting ----------> connected
 *       |                 |                   |                    |
 *       +--- failed, hang-up, terminated, refused, seat lost ------+--> ended
 *
 * Once connected, either side may offer anew. The agent's offer wins over one
 * that the visitor's page has made at the same moment.
 */
export interface Call {
  state: "preparing" | "calling" | "alerting" | "connected" | "ended";
  /** Who is called; whoever answers takes the place. */
  agent: { id: string; name: string };
  visitor: string;
  /** When it was answered, in ms since 1970. */
  since: number;
  held: boolean;
  /** Media does not flow, and a new way is being looked for. */
  broken: boolean;
  /** An offer of this page waits for its answer. */
  offering: boolean;
  /** A new offer is due as soon as the service listens and none waits. */
  due: "none" | "offer" | "restart";
  /** The service listens. */
  linked: boolean;
  /** Why it ended. */
  reason: EndReason;
  cause: number;
}

export type CallEvent =
  /** The first offer is complete. */
  | { type: "offered"; sdp: string }
  | { type: "failed"; reason: EndReason }
  | { type: "told"; message: ContactMessage }
  | { type: "hang-up" }
  | { type: "refused" }
  /** A later offer, or the answer to the agent's, is complete. */
  | { type: "reoffered"; sdp: string }
  | { type: "answered"; sdp: string }
  /** Tracks were added: the agent has to hear of it. */
  | { type: "changed" }
  | { type: "flowing" }
  /** Media has stopped. */
  | { type: "broken" }
  /** The network is another one; media may not have noticed yet. */
  | { type: "network" }
  | { type: "linked"; resumed: boolean }
  | { type: "unlinked" };

export type CallEffect =
  | { type: "say"; message: ClientMessage }
  /** The agent's answer, or its offer, is for the phone. */
  | { type: "take-answer"; sdp: string }
  | { type: "take-offer"; sdp: string }
  | { type: "offer"; restart: boolean }
  | { type: "close" };

export interface CallStep {
  call: Call;
  effects: readonly CallEffect[];
}

export function newCall(agent: Call["agent"], visitor: string): Call {
  return {
    state: "preparing",
    agent,
    visitor,
    since: 0,
    held: false,
    broken: false,
    offering: false,
    due: "none",
    linked: true,
    reason: "ended",
    cause: CAUSE.normal,
  };
}

/** One move. `now` in ms since 1970. */
export function stepCall(call: Call, event: CallEvent, now: number): CallStep {
  if (call.state === "ended") return stay(call);
  switch (event.type) {
    case "offered":
      return dial(call, event.sdp);
    case "failed":
      return end(call, event.reason, CAUSE.normal);
    case "told":
      return told(call, event.message, now);
    case "hang-up":
      return hangUp(call);
    case "refused":
      return end(call, "endedMedia", CAUSE.mediaRefused);
    case "reoffered":
      // The agent's offer may have won in the meantime.
      return call.offering
        ? go(call, channels("PROPOSAL", event.sdp))
        : stay(call);
    case "answered": {
      const next = offerWhenPossible(call);
      const answer = channels("SELECT", event.sdp);
      return { call: next.call, effects: [answer, ...next.effects] };
    }
    case "changed":
      return offerWhenPossible({ ...call, due: louder(call.due, "offer") });
    case "broken":
      return call.state === "connected"
        ? offerWhenPossible({ ...call, broken: true, due: "restart" })
        : stay(call);
    case "network":
      return offerWhenPossible({ ...call, due: "restart" });
    case "flowing":
      return stay({ ...call, broken: false });
    case "linked":
      return linked(call, event.resumed);
    case "unlinked":
      return stay({ ...call, linked: false });
  }
}

function dial(call: Call, sdp: string): CallStep {
  if (call.state !== "preparing") return stay(call);
  if (!call.linked) return end(call, "endedLost", CAUSE.temporaryFailure);
  const { agent, visitor } = call;
  return go(
    { ...call, state: "calling" },
    say({ mt: "CreateCall", dest: agent.id, dn: visitor }),
    channels("PROPOSAL", sdp),
  );
}

function told(call: Call, message: ContactMessage, now: number): CallStep {
  switch (message.mt) {
    case "CallInfo":
      return toldState(call, message, now);
    case "Channels":
      return call.state === "connected"
        ? toldChannels(call, message)
        : stay(call);
    case "CallHold":
      return stay({ ...call, held: message.held });
    case "CallName":
      return stay({ ...call, agent: { ...call.agent, name: message.dn } });
    default:
      return stay(call);
  }
}

function toldState(
  call: Call,
  info: Extract<ContactMessage, { mt: "CallInfo" }>,
  now: number,
): CallStep {
  switch (info.state) {
    case "alerting":
      return call.state === "calling"
        ? go({ ...call, state: "alerting" })
        : stay(call);
    case "connected": {
      // A repetition after a resume brings no other answer.
      if (call.state === "connected" || call.state === "preparing") {
        return stay(call);
      }
      const agent = { ...call.agent, name: info.dn ?? call.agent.name };
      const connected: Call = {
        ...call,
        agent,
        state: "connected",
        since: now,
      };
      return go(connected, { type: "take-answer", sdp: info.sdp });
    }
    case "terminated":
      return call.state === "preparing"
        ? stay(call)
        : end(call, reasonOf(info.cause), info.cause);
  }
}

function toldChannels(
  call: Call,
  channels: Extract<ContactMessage, { mt: "Channels" }>,
): CallStep {
  switch (channels.cmd) {
    case "PROPOSAL":
      // An own offer that waits has lost; what it was for is still due.
      return go(
        {
          ...call,
          offering: false,
          due: call.offering ? louder(call.due, "offer") : call.due,
        },
        { type: "take-offer", sdp: channels.sdp },
      );
    case "SELECT": {
      if (!call.offering) return stay(call);
      const { call: next, effects } = offerWhenPossible({
        ...call,
        offering: false,
      });
      const answer: CallEffect = { type: "take-answer", sdp: channels.sdp };
      return { call: next, effects: [answer, ...effects] };
    }
    case "REQUEST":
      return offerWhenPossible({ ...call, due: louder(call.due, "offer") });
    case "CLOSE":
      return stay({ ...call, held: true });
  }
}

function linked(call: Call, resumed: boolean): CallStep {
  const back = { ...call, linked: true };
  if (call.state === "preparing") return stay(back);
  if (!resumed) return end(back, "endedLost", CAUSE.temporaryFailure);
  // An offer that was on its way may be lost: it is made again.
  return call.offering
    ? offerWhenPossible({
      ...back,
      offering: false,
      due: louder(call.due, "offer"),
    })
    : offerWhenPossible(back);
}

function offerWhenPossible(call: Call): CallStep {
  const possible = call.state === "connected" && call.linked && !call.offering;
  if (!possible || call.due === "none") return stay(call);
  const restart = call.due === "restart";
  return go({ ...call, due: "none", offering: true }, {
    type: "offer",
    restart,
  });
}

function hangUp(call: Call): CallStep {
  const { call: ended, effects } = end(call, "ended", CAUSE.normal);
  return call.state === "preparing"
    ? { call: ended, effects }
    : { call: ended, effects: [say({ mt: "ClearCall" }), ...effects] };
}

function end(call: Call, reason: EndReason, cause: number): CallStep {
  return go({ ...call, state: "ended", reason, cause }, { type: "close" });
}

function louder(a: Call["due"], b: Call["due"]): Call["due"] {
  return a === "restart" ? a : b;
}

function channels(cmd: "PROPOSAL" | "SELECT", sdp: string): CallEffect {
  return say({ mt: "Channels", cmd, sdp });
}

function say(message: ClientMessage): CallEffect {
  return { type: "say", message };
}

function go(call: Call, ...effects: CallEffect[]): CallStep {
  return { call, effects };
}

function stay(call: Call): CallStep {
  return { call, effects: [] };
}
