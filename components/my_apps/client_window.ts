import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import { cut } from "@/lib/base/cut.ts";

// What is said between a page inside myApps and the client around it: JSON texts
// by postMessage. `getLogin` is stated in the reference (the client asks the PBX
// with AppGetLogin). As apps of the SDK do it: the request names the App object in
// `app`, and `src` comes back with the answer. This is `Login` with the members of
// AppLogin, or with `error` and `errorText`. Older clients leave `src` out.

/** The client's window, and how its messages come. */
export interface ClientDoors {
  /** The window around this page. */
  parent: object & { postMessage(message: string, to: string): void };
  /** Of this page's window. */
  listen(heard: (event: ClientEvent) => void): Disposable;
  clock: Pick<Clock, "after">;
}

export interface ClientEvent {
  source: unknown;
  origin: string;
  data: unknown;
}

/** An answer comes within a round trip to the PBX. */
const ANSWER_WITHIN_MS = 10_000;
/** Of the PBX's own words about a refusal. */
const TEXT_LENGTH_MAX = 200;

/** What the client has answered. */
export type ClientAnswer =
  | { type: "login"; login: string }
  /** Each App object that was asked for, in the words of the PBX, if any. */
  | { type: "refused"; text: string }
  | { type: "silent" };

/**
 * Asks the client around this page for a login with this challenge, as each of
 * the App objects that it may be. Resolves with the first login as text, or with
 * the refusal if all of them were refused. Only messages of the parent window
 * count, from one of the origins that may frame this page, and of answers that
 * say whose they are (`src`) only those to this question.
 */
export function askForLogin(
  challenge: string,
  { objects, origins }: { objects: readonly string[]; origins: string[] },
  { parent, listen, clock }: ClientDoors,
): Promise<ClientAnswer> {
  return new Promise((done) => {
    const open = new Map(
      objects.map((app, index) => [`${challenge}-${index}`, app]),
    );
    const listening = listen(({ source, origin, data }) => {
      if (source !== parent || !origins.includes(origin)) return;
      const heard = answerOf(data);
      if (heard === undefined) return;
      const { answer } = heard;
      const src = heard.src ?? [...open.keys()][0];
      if (src === undefined || !open.has(src)) return;
      if (answer.type === "login") return end(answer);
      open.delete(src);
      if (open.size === 0) end(answer);
    });
    const timer = clock.after(ANSWER_WITHIN_MS, () => end({ type: "silent" }));
    function end(answer: ClientAnswer): void {
      listening[Symbol.dispose]();
      timer[Symbol.dispose]();
      done(answer);
    }
    for (const [src, app] of open) {
      // Not to one origin: who may be the parent is what the frame allows, and
      // the challenge is no secret.
      const message = JSON.stringify({ mt: "getLogin", app, challenge, src });
      parent.postMessage(message, "*");
    }
  });
}

const Told = v.object({
  mt: v.picklist(["Login", "AppLogin"]),
  src: v.exactOptional(v.union([v.string(), v.number()])),
  digest: v.exactOptional(v.unknown()),
  error: v.exactOptional(v.unknown()),
  errorText: v.exactOptional(v.unknown()),
});

interface Heard {
  answer: ClientAnswer;
  src?: string;
}

/** A login or a refusal, and to which question; of anything else, undefined. */
function answerOf(data: unknown): Heard | undefined {
  const text = (typeof data === "string" ? data : JSON.stringify(data)) ?? "";
  const read = v.safeParse(Told, parsed(text));
  if (!read.success) return undefined;
  const { src, digest, error, errorText } = read.output;
  const whose = src === undefined ? {} : { src: String(src) };
  if (digest !== undefined) {
    return { answer: { type: "login", login: text }, ...whose };
  }
  if (error === undefined && errorText === undefined) return undefined;
  const words = [errorText, error].find((one) =>
    typeof one === "string" && one !== "" || typeof one === "number"
  );
  const said = cut(String(words ?? ""), TEXT_LENGTH_MAX);
  return { answer: { type: "refused", text: said }, ...whose };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
