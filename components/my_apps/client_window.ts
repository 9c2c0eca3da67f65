import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import { cut } from "@/lib/base/cut.ts";
import { parseJson } from "@/lib/base/parse_json.ts";

// The messages between a page inside myApps and the client around it: JSON
// strings by postMessage. The reference documents `getLogin` (the client asks
// the PBX with AppGetLogin). As in the apps of the SDK, the request names the
// App object in `app`, and the answer repeats `src`. The answer is `Login` with
// the members of AppLogin, or with `error` and `errorText`. Older clients leave
// `src` out.

/** The client's window, and a way to receive its messages. */
export interface ClientDeps {
  /** The window around this page. */
  parent: object & { postMessage(message: string, to: string): void };
  /** Listens to messages of this page's window. */
  listen(heard: (event: ClientEvent) => void): Disposable;
  clock: Pick<Clock, "after">;
}

export interface ClientEvent {
  source: unknown;
  origin: string;
  data: unknown;
}

/** An answer takes one round trip to the PBX. */
const ANSWER_WITHIN_MS = 10_000;
/** Maximum length of the PBX's own text about a rejection. */
const TEXT_LENGTH_MAX = 200;

/** The answer of the client. */
export type ClientAnswer =
  | { type: "login"; login: string }
  /** The PBX has rejected each requested App object; `text` is its reason, if
   * any. */
  | { type: "refused"; text: string }
  | { type: "silent" };

/**
 * Asks the client around this page for a login with this challenge, for each of
 * the App objects. Resolves with the first login as text, or with the rejection
 * if all of them were rejected. Accepts only messages of the parent window from
 * an origin that may frame this page. If an answer has `src`, it must belong to
 * this request.
 */
export function askForLogin(
  challenge: string,
  { objects, origins }: { objects: readonly string[]; origins: string[] },
  { parent, listen, clock }: ClientDeps,
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
      // Sent to any origin: the frame policy decides who can be the parent, and
      // the challenge is not a secret.
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

/** Parses a login or a rejection with the request that it belongs to; undefined
 * for anything else. */
function answerOf(data: unknown): Heard | undefined {
  const text = (typeof data === "string" ? data : JSON.stringify(data)) ?? "";
  const read = v.safeParse(Told, parseJson(text));
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
