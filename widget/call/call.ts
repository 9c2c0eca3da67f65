import { CAUSE } from "@/lib/base/causes.ts";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import { isOfOther } from "../contact/decode.ts";
import {
  ANSWER_MS,
  channels,
  go,
  LINK_MS,
  type PageCall,
  type PageCallEvent,
  type PageCallStep,
  say,
  stay,
} from "./call_state.ts";
import { type EndReason, reasonOf } from "./end_reason.ts";

/** Returns the call after one event. `now` is in ms, of a monotonic clock. */
export function stepCall(
  call: PageCall,
  event: PageCallEvent,
  now: number,
): PageCallStep {
  if (call.state === "ended") return stay(call);
  switch (event.type) {
    case "offered":
      return dial(call, event.sdp, now);
    case "failed":
      return giveUp(call, event.reason, CAUSE.normal);
    case "told":
      return isOfOther(event.message, call.contact)
        ? stay(call)
        : told(call, event.message, now);
    case "hang-up":
      return giveUp(call, "ended", CAUSE.normal);
    case "refused":
      return giveUp(call, "endedMedia", CAUSE.mediaRefused);
    case "time":
      return giveUp(
        call,
        call.isOnline ? "endedNoAnswer" : "endedLost",
        CAUSE.timeout,
      );
    case "reoffered":
      // The agent's offer may have replaced ours in the meantime.
      return call.offering
        ? go(call, channels(call, "PROPOSAL", event.sdp))
        : stay(call);
    case "answered": {
      const { state, effects } = offerWhenPossible(call);
      return go(state, channels(call, "SELECT", event.sdp), ...effects);
    }
    case "moved":
      return moved(call, event);
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
    case "reconnected":
      return reconnected(call, event.resumed, now);
    case "disconnected": {
      const until = isWaiting(call) ? now + LINK_MS : call.until;
      return stay({ ...call, isOnline: false, until });
    }
  }
}

/** Maps an Error of the service to an event of a call that is not connected. */
export function refusal(error: string): PageCallEvent | undefined {
  switch (error) {
    case "dest-refused":
    case "media-refused":
      return { type: "refused" };
    case "rate-limited":
      return { type: "failed", reason: "tooMany" };
    case "proof-required":
      return { type: "failed", reason: "proofFailed" };
    case "closed":
      return { type: "failed", reason: "closed" };
    default:
      return undefined;
  }
}

function isWaiting({ state }: PageCall): boolean {
  return state === "calling" || state === "alerting";
}

function dial(call: PageCall, sdp: string, now: number): PageCallStep {
  if (call.state !== "preparing") return stay(call);
  if (!call.isOnline) return end(call, "endedLost", CAUSE.temporaryFailure);
  return create({ ...call, state: "calling", offer: sdp }, now);
}

function create(call: PageCall, now: number): PageCallStep {
  const { agent, visitor: dn, contact } = call;
  return go(
    { ...call, until: now + ANSWER_MS },
    say({ mt: "CreateCall", dest: agent.id, dn, contact }),
    channels(call, "PROPOSAL", call.offer),
  );
}

function told(
  call: PageCall,
  message: ContactMessage,
  now: number,
): PageCallStep {
  switch (message.mt) {
    case "CallInfo":
      return toldState(call, message, now);
    case "Channels":
      if (call.state === "connected") return toldChannels(call, message);
      return call.state === "calling" && message.cmd === "REQUEST"
        ? go(call, channels(call, "PROPOSAL", call.offer)) // The first one was lost.
        : stay(call);
    case "CallHold":
      return stay({ ...call, held: message.held });
    case "QueueInfo":
      return message.of === "call" && isWaiting(call)
        ? stay({ ...call, state: "calling", queue: message, until: undefined })
        : stay(call);
    case "CallMove":
      return call.state === "connected"
        ? go(call, { type: "move", message })
        : stay(call);
    case "CallName":
      return stay({ ...call, agent: { ...call.agent, name: message.dn } });
    default:
      return stay(call);
  }
}

function toldState(
  call: PageCall,
  info: Extract<ContactMessage, { mt: "CallInfo" }>,
  now: number,
): PageCallStep {
  switch (info.state) {
    case "alerting":
      return call.state === "calling"
        ? stay({
          ...call,
          state: "alerting",
          queue: undefined,
          until: now + ANSWER_MS,
        })
        : stay(call);
    case "connected": {
      // A repetition after a resume has the same answer, so ignore it.
      if (call.state === "connected" || call.state === "preparing") {
        return stay(call);
      }
      const agent = { ...call.agent, name: info.dn ?? call.agent.name };
      const connected: PageCall = {
        ...call,
        agent,
        state: "connected",
        since: now,
        queue: undefined,
        until: undefined,
      };
      return go(connected, { type: "take-answer", sdp: info.sdp });
    }
    case "terminated": {
      if (call.state === "preparing") return stay(call);
      // Of a conversation, the agent was reached, whatever ended it.
      const isOver = call.state === "connected";
      const reason = isOver ? "ended" : reasonOf(info.cause);
      return end(call, reason, info.cause);
    }
  }
}

function toldChannels(
  call: PageCall,
  channels: Extract<ContactMessage, { mt: "Channels" }>,
): PageCallStep {
  switch (channels.cmd) {
    case "PROPOSAL":
      // The agent's offer replaces our waiting one, which we have to send again
      // later.
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
      const { state, effects } = offerWhenPossible({
        ...call,
        offering: false,
      });
      return go(state, { type: "take-answer", sdp: channels.sdp }, ...effects);
    }
    case "REQUEST":
      return offerWhenPossible({ ...call, due: louder(call.due, "offer") });
    case "CLOSE":
      return stay({ ...call, held: true });
  }
}

/** An offer to the previous agent has no answer, so it is made again. */
function moved(
  call: PageCall,
  { peer, name }: { peer: number; name: string },
): PageCallStep {
  const agent = { ...call.agent, name };
  const due = call.offering ? louder(call.due, "offer") : call.due;
  const next = { ...call, peer, agent, due, offering: false, broken: false };
  return offerWhenPossible(next);
}

function reconnected(
  call: PageCall,
  resumed: boolean,
  now: number,
): PageCallStep {
  const back = { ...call, isOnline: true };
  if (call.state === "preparing") return stay(back);
  if (!resumed) return end(back, "endedLost", CAUSE.temporaryFailure);
  if (call.state === "calling") return create(back, now);
  if (call.state === "alerting") {
    return stay({ ...back, until: now + ANSWER_MS });
  }
  // An offer in flight may be lost, so make it again.
  return call.offering
    ? offerWhenPossible({
      ...back,
      offering: false,
      due: louder(call.due, "offer"),
    })
    : offerWhenPossible(back);
}

function offerWhenPossible(call: PageCall): PageCallStep {
  const possible = call.state === "connected" && call.isOnline &&
    !call.offering;
  if (!possible || call.due === "none") return stay(call);
  const restart = call.due === "restart";
  return go({ ...call, due: "none", offering: true }, {
    type: "offer",
    restart,
  });
}

/** Ends the call from this side and notifies the service. */
function giveUp(
  call: PageCall,
  reason: EndReason,
  cause: number,
): PageCallStep {
  const { state, effects } = end(call, reason, cause);
  return call.state === "preparing"
    ? go(state, ...effects)
    : go(state, say({ mt: "ClearCall" }), ...effects);
}

function end(
  call: PageCall,
  reason: EndReason,
  cause: number,
): PageCallStep {
  return go(
    {
      ...call,
      state: "ended",
      reason,
      cause,
      queue: undefined,
      until: undefined,
    },
    { type: "close" },
  );
}

function louder(
  a: PageCall["due"],
  b: PageCall["due"],
): PageCall["due"] {
  return a === "restart" ? a : b;
}
