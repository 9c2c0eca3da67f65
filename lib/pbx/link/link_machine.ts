import * as v from "valibot";
import { assertNever } from "@/lib/base/assert_never.ts";
import type { Transition } from "@/lib/base/machine.ts";
import { LIMITS } from "../limits.ts";
import {
  type AppLogin,
  isPbxObject,
  readLogin,
  type ReceivedLogin,
} from "../login/app_login.ts";
import {
  decodeEnvelope,
  type Envelope,
  type OutgoingMessage,
} from "./envelope.ts";

const text = v.exactOptional(v.pipe(v.string(), v.maxLength(256)), "");

/** The PBX's identity and the granted APIs (SDK: AppWebsocket). */
export const PbxInfo = v.object({
  domain: text,
  pbx: text,
  pbxDns: text,
  apis: v.exactOptional(
    v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(64)),
    [],
  ),
  version: text,
  build: text,
});
export type PbxInfo = v.InferOutput<typeof PbxInfo>;

/**
 * One AppWebsocket connection, from the side that is connected to:
 *
 *     opening --AppChallenge--> challenged --AppLogin--> checking
 *        |                          |                     |    | genuine
 *        | late, api before login   | late                | no v
 *        v                          v                     |  welcome --PbxInfo--> ready
 *      closed <-------------------------------------------+     | late             |
 *        ^------------------------------------------------------+------------------+
 *
 * KeepAlive and CheckBuild are answered in every state. Unknown is ignored.
 */
export type LinkState =
  & { until?: number | undefined }
  & (
    | { state: "opening"; challenge: string; messages: number }
    | { state: "challenged"; challenge: string; messages: number }
    | { state: "checking"; received: ReceivedLogin; messages: number }
    | { state: "welcome"; login: AppLogin }
    | { state: "ready"; login: AppLogin; info: PbxInfo }
    | { state: "closed" }
  );

export type PbxLinkEvent =
  | { type: "frame"; text: string }
  /** The result of the effect `check`. */
  | { type: "checked"; genuine: boolean }
  /** The other result: the login cannot be checked now. */
  | { type: "unchecked"; reason: string }
  /** The state's time has expired. */
  | { type: "time" }
  | { type: "closed" };

export type PbxLinkEffect =
  | { type: "send"; message: OutgoingMessage }
  | { type: "close"; code: number; reason: string }
  | { type: "check"; received: ReceivedLogin; challenge: string }
  /** The link can be used from now on, or its rights have changed. */
  | { type: "ready" }
  | { type: "deliver"; message: Envelope }
  | { type: "refused" }
  | { type: "problem"; text: string };

export type PbxLinkStep = Transition<LinkState, PbxLinkEffect>;

/** Returns the state of a new connection. The challenge is for one login. */
export function openLink(challenge: string, now: number): LinkState {
  return limited({ state: "opening", challenge, messages: 0 }, now);
}

/** Returns the maximum duration of a state, in ms; undefined for no limit. */
export function patienceMs({ state }: LinkState): number | undefined {
  if (state === "ready" || state === "closed") return undefined;
  return state === "welcome" ? LIMITS.welcomeSilenceMs : LIMITS.loginWithinMs;
}

/** Returns the next state and its effects. Any message prolongs `welcome`. */
export function stepLink(
  link: LinkState,
  event: PbxLinkEvent,
  now: number,
): PbxLinkStep {
  const { state, effects } = stepOpen(link, event);
  const isNew = state.state !== link.state || state.state === "welcome";
  const next = isNew ? limited(state, now) : { ...state, until: link.until };
  return { state: next, effects };
}

function limited(link: LinkState, now: number): LinkState {
  const ms = patienceMs(link);
  return { ...link, until: ms && now + ms };
}

function stepOpen(link: LinkState, event: PbxLinkEvent): PbxLinkStep {
  if (link.state === "closed") return stay(link);
  switch (event.type) {
    case "closed":
      return { state: { state: "closed" }, effects: [] };
    case "time":
      return shut(1008, "login or PbxInfo did not come in time");
    case "checked":
      return link.state === "checking"
        ? checked(link, event.genuine)
        : stay(link);
    case "unchecked":
      return link.state === "checking" ? shut(1013, event.reason) : stay(link);
    case "frame":
      return frame(link, event.text);
    default:
      return assertNever(event);
  }
}

type Open = Exclude<LinkState, { state: "closed" }>;

function frame(link: Open, text: string): PbxLinkStep {
  const known = link.state === "welcome" || link.state === "ready";
  const limit = known ? LIMITS.frameLength : LIMITS.frameLengthBeforeLogin;
  if (text.length > limit) return shut(1009, "message too long"); // P18
  const counted = known ? link : { ...link, messages: link.messages + 1 };
  if (!known && link.messages >= LIMITS.messagesBeforeLogin) {
    return shut(1008, "no login"); // P18
  }
  const message = decodeEnvelope(text);
  if (!message.ok) {
    return known
      ? stay(counted, { type: "problem", text: message.error })
      : shut(1008, "unreadable before login");
  }
  return known
    ? afterLogin(counted, message.value)
    : beforeLogin(counted, message.value, text);
}

function beforeLogin(link: Open, message: Envelope, text: string): PbxLinkStep {
  if (message.api !== undefined) return shut(1008, "api before login"); // P18
  switch (message.mt) {
    case "AppChallenge": {
      if (link.state !== "opening" && link.state !== "challenged") {
        return stay(link);
      }
      const { challenge, messages } = link;
      return {
        state: { state: "challenged", challenge, messages },
        effects: [reply(message, { mt: "AppChallengeResult", challenge })],
      };
    }
    case "AppLogin":
      // P17: without a challenge of this connection no login is genuine.
      return link.state === "challenged" ? login(link, text) : stay(link);
    default:
      return anyTime(link, message);
  }
}

function login(
  { challenge, messages }: Extract<Open, { state: "challenged" }>,
  text: string,
): PbxLinkStep {
  const received = readLogin(text);
  if (!received.ok) return refuse("login is unreadable");
  return {
    state: { state: "checking", received: received.value, messages },
    effects: [{ type: "check", received: received.value, challenge }],
  };
}

function checked(
  { received: { login } }: Extract<Open, { state: "checking" }>,
  genuine: boolean,
): PbxLinkStep {
  if (!genuine) return refuse("digest does not match");
  const message = { mt: "AppLoginResult", ok: true, app: login.app };
  return {
    state: { state: "welcome", login },
    effects: [{ type: "send", message }],
  };
}

/** INFERRED: the answer says no, and then the connection is closed. */
function refuse(problem: string): PbxLinkStep {
  const message = {
    mt: "AppLoginResult",
    ok: false,
    errorText: "Login refused: check the App password on both sides",
  };
  return {
    state: { state: "closed" },
    effects: [
      { type: "send", message },
      { type: "refused" },
      { type: "problem", text: problem },
      { type: "close", code: 1008, reason: "login refused" },
    ],
  };
}

function afterLogin(link: Open, message: Envelope): PbxLinkStep {
  if (message.api !== undefined) {
    if (link.state === "ready") return stay(link, { type: "deliver", message });
    const problem = `${message.mt} came before PbxInfo`;
    return stay(link, { type: "problem", text: problem });
  }
  if (message.mt !== "PbxInfo") return anyTime(link, message);
  if (link.state !== "welcome" && link.state !== "ready") return stay(link);
  if (!isPbxObject(link.login)) { // P15
    return stay(link, { type: "problem", text: "PbxInfo came from a user" });
  }
  const info = v.safeParse(PbxInfo, message);
  if (!info.success) {
    return stay(link, { type: "problem", text: "PbxInfo is unreadable" });
  }
  const { login } = link;
  return {
    state: { state: "ready", login, info: info.output },
    effects: [{ type: "ready" }],
  };
}

/** Answers messages that are answered in every state; ignores unknown ones,
 * which are newer. */
function anyTime(link: Open, message: Envelope): PbxLinkStep {
  switch (message.mt) {
    case "KeepAlive": // INFERRED: the answer is the same message.
      return stay(link, reply(message, { mt: "KeepAlive" }));
    case "CheckBuild":
      return stay(link, reply(message, { mt: "CheckBuildResult" }));
    case "AppInfo":
      return stay(link, reply(message, appInfo(message)));
    default:
      return stay(link);
  }
}

function appInfo({ app }: Envelope): OutgoingMessage {
  return {
    mt: "AppInfoResult",
    ...(typeof app === "string" && { app }),
    info: { hidden: false, apis: {} },
    serviceInfo: { apis: {} },
  };
}

/** Repeats `src` if and only if the request has it. */
function reply({ src }: Envelope, message: OutgoingMessage): PbxLinkEffect {
  return {
    type: "send",
    message: src === undefined ? message : { ...message, src },
  };
}

function shut(code: number, reason: string): PbxLinkStep {
  return {
    state: { state: "closed" },
    effects: [
      { type: "problem", text: reason },
      { type: "close", code, reason },
    ],
  };
}

function stay(state: LinkState, ...effects: PbxLinkEffect[]): PbxLinkStep {
  return { state, effects };
}
