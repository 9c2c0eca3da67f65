import { assertNever } from "@/lib/base/assert_never.ts";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import { CLOSE } from "@/lib/protocol/visitor/close_codes.ts";
import type {
  ErrorCode,
  ErrorMessage,
} from "@/lib/protocol/visitor/session_messages.ts";
import {
  go,
  type SessionAt,
  type SessionEffect,
  type SessionInput,
  type SessionStep,
  type StartRefusal,
  stay,
  type VisitorSession,
} from "./session_state.ts";

const WRONG_PROOFS = "Cannot take so many wrong proofs of work";

/** Returns the next state and its effects. */
export function stepSession<Seat>(
  session: VisitorSession<Seat>,
  input: SessionInput<Seat>,
  at: SessionAt,
): SessionStep<Seat> {
  if (session.state === "gone") return stay(session);
  if (session.state === "away") return stepAway(session, input, at);
  switch (input.type) {
    case "message":
      return hear(session, input.message, at);
    case "bad":
      return bad(session, input.error.text, at);
    case "wrong-proof":
      return blame(session, at, failure("bad-message", WRONG_PROOFS));
    case "flooded":
      return expel(session, CLOSE.rateLimited, {
        keep: input.keep,
        at,
        error: flooded(input.retryAfter),
      });
    case "slow":
      return expel(session, CLOSE.overload, { keep: input.keep, at });
    case "shut":
      return expel(session, CLOSE.restart, { keep: false, at });
    case "seated":
      return sit(session, input.seat, input.resumed);
    case "refused":
      return refuse(session, input.refusal);
    case "lost":
      return lose(session, input.keep, at);
    case "taken":
      if (session.state !== "open") return stay(session);
      return go(
        { state: "gone" },
        { type: "yield", seat: session.seat },
        { type: "close", code: CLOSE.replaced },
      );
    case "time":
      if (session.state === "open" || at.now < session.until) {
        return stay(session);
      }
      return session.state === "starting"
        ? refuse(session, "unavailable") // The store does not answer.
        : leave(session, CLOSE.startTimeout, late(at));
    default:
      return assertNever(input);
  }
}

type Connected<Seat> = Exclude<
  VisitorSession<Seat>,
  { state: "gone" } | { state: "away" }
>;

function stepAway<Seat>(
  session: VisitorSession<Seat> & { state: "away" },
  input: SessionInput<Seat>,
  { now }: SessionAt,
): SessionStep<Seat> {
  const { seat } = session;
  if (input.type === "taken") {
    return go({ state: "gone" }, { type: "yield", seat });
  }
  const isOver = input.type === "shut" ||
    (input.type === "time" && now >= session.until);
  if (!isOver) return stay(session);
  return go({ state: "gone" }, { type: "release", seat });
}

function hear<Seat>(
  session: Connected<Seat>,
  message: ClientMessage,
  at: SessionAt,
): SessionStep<Seat> {
  switch (session.state) {
    case "greeting":
      if (message.mt !== "Start") {
        return bad(session, "Cannot take this: Start must come first", at);
      }
      return go(
        {
          state: "starting",
          start: message,
          early: [],
          until: at.now + at.limits.startWithinMs,
          bad: session.bad,
        },
        { type: "admit", start: message },
      );
    case "starting":
      if (message.mt === "Start") return twice(session, at);
      if (session.early.length >= at.limits.earlyMessages) {
        return leave(session, CLOSE.rateLimited, flooded(1));
      }
      return go({ ...session, early: [...session.early, message] });
    case "open":
      if (message.mt === "Start") return twice(session, at);
      return go(session, { type: "do", seat: session.seat, message });
    default:
      return assertNever(session);
  }
}

function twice<Seat>(
  session: Connected<Seat>,
  at: SessionAt,
): SessionStep<Seat> {
  return bad(session, "Cannot start twice on one socket", at);
}

function bad<Seat>(
  session: Connected<Seat>,
  text: string,
  at: SessionAt,
): SessionStep<Seat> {
  const error = failure("bad-message", text);
  return blame(session, at, error, { type: "say", error });
}

/** Counts an error of the page. After too many, the socket is closed. */
function blame<Seat>(
  session: Connected<Seat>,
  { limits }: SessionAt,
  error: ErrorMessage,
  ...effects: SessionEffect<Seat>[]
): SessionStep<Seat> {
  const count = session.bad + 1;
  if (count >= limits.badMessages) {
    return leave(session, CLOSE.badMessage, error);
  }
  return go({ ...session, bad: count }, ...effects);
}

function sit<Seat>(
  session: Connected<Seat>,
  seat: Seat,
  resumed: boolean,
): SessionStep<Seat> {
  if (session.state !== "starting") return stay(session);
  const { start, early, bad } = session;
  return go(
    { state: "open", seat, bad },
    { type: "greet", seat, start, resumed },
    ...early.map((message) => ({ type: "do", seat, message } as const)),
  );
}

function refuse<Seat>(
  session: Connected<Seat>,
  refusal: StartRefusal,
): SessionStep<Seat> {
  switch (refusal) {
    case "unknown-widget": {
      const text = "Cannot find this widget: it was deleted, or never was";
      return leave(session, CLOSE.unknownWidget, failure(refusal, text));
    }
    case "origin-refused": {
      const text =
        "Cannot show this widget here: its settings name other sites";
      return leave(session, CLOSE.originRefused, failure(refusal, text));
    }
    case "unavailable": {
      const text = "Cannot serve now: please come back a little later";
      return leave(session, CLOSE.overload, failure(refusal, text));
    }
    default:
      return assertNever(refusal);
  }
}

function lose<Seat>(
  session: Connected<Seat>,
  keep: boolean,
  { now, limits }: SessionAt,
): SessionStep<Seat> {
  if (session.state !== "open") return go({ state: "gone" });
  const { seat } = session;
  if (!keep) return go({ state: "gone" }, { type: "release", seat });
  const until = now + limits.resumeWithinMs;
  return go({ state: "away", seat, until }, { type: "keep", seat });
}

/** Closes the socket, with an Error if the code alone is not enough. */
function expel<Seat>(
  session: Connected<Seat>,
  code: number,
  { keep, at, error }: { keep: boolean; at: SessionAt; error?: ErrorMessage },
): SessionStep<Seat> {
  const { state, effects } = lose(session, keep, at);
  const said: SessionEffect<Seat>[] = error ? [{ type: "say", error }] : [];
  return go(state, ...effects, ...said, { type: "close", code });
}

/** Closes the socket and releases the seat. */
function leave<Seat>(
  session: Connected<Seat>,
  code: number,
  error: ErrorMessage,
): SessionStep<Seat> {
  const released: SessionEffect<Seat>[] = session.state === "open"
    ? [{ type: "release", seat: session.seat }]
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

function late({ limits }: SessionAt): ErrorMessage {
  const seconds = limits.startWithinMs / 1_000;
  const text = `Cannot wait any longer: Start must come within ${seconds} s`;
  return failure("bad-message", text);
}

function failure(error: ErrorCode, text: string): ErrorMessage {
  return { mt: "Error", error, text };
}
