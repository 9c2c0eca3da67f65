import { assertNever } from "@/lib/base/assert_never.ts";
import type { BridgeCall, ConnectedCall } from "./call_state.ts";
import type {
  CallInfo,
  ServerCallMove,
} from "@/lib/protocol/visitor/contact_messages.ts";
import { queueInfo } from "./plan.ts";
import type { VisitorMessage } from "./ports.ts";

type CallMoved = Extract<ServerCallMove, { cmd: "DONE" }>;

/** Returns all messages for a page that may have missed everything (CALL14). */
export function repeated(call: BridgeCall): VisitorMessage[] {
  switch (call.state) {
    case "idle":
      return [];
    case "waiting": // The offer may have been lost with the socket.
      return [{ mt: "Channels", cmd: "REQUEST" }];
    case "dialled":
      if (call.queued) return [queueInfo("call", call.queued)];
      return call.alerted ? [{ mt: "CallInfo", state: "alerting" }] : [];
    case "answered":
      return [{ mt: "CallInfo", state: "alerting" }];
    case "connected":
      return repeatedConnected(call);
    case "over":
      return [terminated(call.cause)];
    default:
      return assertNever(call);
  }
}

function repeatedConnected(call: ConnectedCall): VisitorMessage[] {
  const { answer: sdp, name, held, open, move } = call;
  const dn = name === undefined ? {} : { dn: name };
  const messages: VisitorMessage[] = [
    { mt: "CallInfo", state: "connected", cmd: "SELECT", sdp, ...dn },
  ];
  if (call.peer !== undefined) messages.push(moved(call));
  if (held) messages.push({ mt: "CallHold", held });
  if (open?.from === "agent") {
    messages.push({ mt: "Channels", cmd: "PROPOSAL", sdp: open.offer });
  }
  if (move?.state === "requested") {
    messages.push({ mt: "CallMove", cmd: "REQUEST", peer: move.peer });
  }
  return messages;
}

/** Returns who has the call after a handover, and over which connection. */
export function moved({ name: dn = "", peer = 0 }: ConnectedCall): CallMoved {
  return { mt: "CallMove", cmd: "DONE", peer, dn };
}

export function terminated(cause: number): CallInfo {
  return { mt: "CallInfo", state: "terminated", cause };
}

/** Returns the end of another call than the running one. */
export function ofOther(contact: string | undefined, cause: number): CallInfo {
  const end = terminated(cause);
  return contact === undefined ? end : { ...end, contact };
}
