import { assertNever } from "@/lib/base/assert_never.ts";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import { CLOSE } from "@/lib/protocol/visitor/close_codes.ts";
import type {
  ErrorCode,
  ErrorMessage,
} from "@/lib/protocol/visitor/session_messages.ts";
import {
  go,
  type SocketAt,
  type SocketEffect,
  type SocketInput,
  type SocketState,
  type SocketStep,
  type StartRefusal,
  stay,
} from "./socket_state.ts";

const WRONG_PROOFS = "Cannot take so many wrong proofs of work";

/** Returns the next state and its effects. */
export function stepSocket<Seat>(
  socket: SocketState<Seat>,
  input: SocketInput<Seat>,
  at: SocketAt,
): SocketStep<Seat> {
  if (socket.state === "gone") return stay(socket);
  if (socket.state === "away") return stepAway(socket, input, at);
  switch (input.type) {
    case "message":
      return hear(socket, input.message, at);
    case "bad":
      return bad(socket, input.error.text, at);
    case "wrong-proof":
      return blame(socket, at, failure("bad-message", WRONG_PROOFS));
    case "flooded":
      return expel(socket, CLOSE.rateLimited, {
        keep: input.keep,
        at,
        error: flooded(input.retryAfter),
      });
    case "slow":
      return expel(socket, CLOSE.overload, { keep: input.keep, at });
    case "shut":
      return expel(socket, CLOSE.restart, { keep: false, at });
    case "moved":
      return expel(socket, CLOSE.moved, { keep: false, at });
    case "seated":
      return sit(socket, input.seat, input.resumed);
    case "refused":
      return refuse(socket, input.refusal);
    case "lost":
      return lose(socket, input.keep, at);
    case "taken":
      if (socket.state !== "open") return stay(socket);
      return go(
        { state: "gone" },
        { type: "yield", seat: socket.seat },
        { type: "close", code: CLOSE.replaced },
      );
    case "time":
      if (socket.state === "open" || at.now < socket.until) return stay(socket);
      return socket.state === "starting"
        ? refuse(socket, "unavailable") // The store does not answer.
        : leave(socket, CLOSE.startTimeout, late(at));
    default:
      return assertNever(input);
  }
}

type Connected<Seat> = Exclude<
  SocketState<Seat>,
  { state: "gone" } | { state: "away" }
>;

function stepAway<Seat>(
  socket: SocketState<Seat> & { state: "away" },
  input: SocketInput<Seat>,
  { now }: SocketAt,
): SocketStep<Seat> {
  const { seat } = socket;
  if (input.type === "taken") {
    return go({ state: "gone" }, { type: "yield", seat });
  }
  const isOver = input.type === "shut" || input.type === "moved" ||
    (input.type === "time" && now >= socket.until);
  if (!isOver) return stay(socket);
  return go({ state: "gone" }, { type: "release", seat });
}

function hear<Seat>(
  socket: Connected<Seat>,
  message: ClientMessage,
  at: SocketAt,
): SocketStep<Seat> {
  switch (socket.state) {
    case "greeting":
      if (message.mt !== "Start") {
        return bad(socket, "Cannot take this: Start must come first", at);
      }
      return go(
        {
          state: "starting",
          start: message,
          early: [],
          until: at.now + at.limits.startWithinMs,
          bad: socket.bad,
        },
        { type: "admit", start: message },
      );
    case "starting":
      if (message.mt === "Start") return twice(socket, at);
      if (socket.early.length >= at.limits.earlyMessages) {
        return leave(socket, CLOSE.rateLimited, flooded(1));
      }
      return go({ ...socket, early: [...socket.early, message] });
    case "open":
      if (message.mt === "Start") return twice(socket, at);
      return go(socket, { type: "do", seat: socket.seat, message });
    default:
      return assertNever(socket);
  }
}

function twice<Seat>(
  socket: Connected<Seat>,
  at: SocketAt,
): SocketStep<Seat> {
  return bad(socket, "Cannot start twice on one socket", at);
}

function bad<Seat>(
  socket: Connected<Seat>,
  text: string,
  at: SocketAt,
): SocketStep<Seat> {
  const error = failure("bad-message", text);
  return blame(socket, at, error, { type: "say", error });
}

/** Counts an error of the page. After too many, the socket is closed. */
function blame<Seat>(
  socket: Connected<Seat>,
  { limits }: SocketAt,
  error: ErrorMessage,
  ...effects: SocketEffect<Seat>[]
): SocketStep<Seat> {
  const count = socket.bad + 1;
  if (count >= limits.badMessages) {
    return leave(socket, CLOSE.badMessage, error);
  }
  return go({ ...socket, bad: count }, ...effects);
}

function sit<Seat>(
  socket: Connected<Seat>,
  seat: Seat,
  resumed: boolean,
): SocketStep<Seat> {
  if (socket.state !== "starting") return stay(socket);
  const { start, early, bad } = socket;
  return go(
    { state: "open", seat, bad },
    { type: "greet", seat, start, resumed },
    ...early.map((message) => ({ type: "do", seat, message } as const)),
  );
}

function refuse<Seat>(
  socket: Connected<Seat>,
  refusal: StartRefusal,
): SocketStep<Seat> {
  switch (refusal) {
    case "unknown-widget": {
      const text = "Cannot find this widget: it was deleted, or never was";
      return leave(socket, CLOSE.unknownWidget, failure(refusal, text));
    }
    case "origin-refused": {
      const text =
        "Cannot show this widget here: its settings name other sites";
      return leave(socket, CLOSE.originRefused, failure(refusal, text));
    }
    case "unavailable": {
      const text = "Cannot serve now: please come back a little later";
      return leave(socket, CLOSE.overload, failure(refusal, text));
    }
    default:
      return assertNever(refusal);
  }
}

function lose<Seat>(
  socket: Connected<Seat>,
  keep: boolean,
  { now, limits }: SocketAt,
): SocketStep<Seat> {
  if (socket.state !== "open") return go({ state: "gone" });
  const { seat } = socket;
  if (!keep) return go({ state: "gone" }, { type: "release", seat });
  const until = now + limits.resumeWithinMs;
  return go({ state: "away", seat, until }, { type: "keep", seat });
}

/** Closes the socket, with an Error if the code alone is not enough. */
function expel<Seat>(
  socket: Connected<Seat>,
  code: number,
  { keep, at, error }: { keep: boolean; at: SocketAt; error?: ErrorMessage },
): SocketStep<Seat> {
  const { state, effects } = lose(socket, keep, at);
  const said: SocketEffect<Seat>[] = error ? [{ type: "say", error }] : [];
  return go(state, ...effects, ...said, { type: "close", code });
}

/** Closes the socket and releases the seat. */
function leave<Seat>(
  socket: Connected<Seat>,
  code: number,
  error: ErrorMessage,
): SocketStep<Seat> {
  const released: SocketEffect<Seat>[] = socket.state === "open"
    ? [{ type: "release", seat: socket.seat }]
    : [];
  return go(
    { state: "gone" },
    ...released,
    { type: "say", error },
    { type: "close", code },
  );
}

function flooded(retryAfter: number): ErrorMessage {
  const text = "Cannot take so many messages in so short a time";
  return { ...failure("rate-limited", text), retryAfter };
}

function late({ limits }: SocketAt): ErrorMessage {
  const seconds = limits.startWithinMs / 1_000;
  const text = `Cannot wait any longer: Start must come within ${seconds} s`;
  return failure("bad-message", text);
}

function failure(error: ErrorCode, text: string): ErrorMessage {
  return { mt: "Error", error, text };
}
