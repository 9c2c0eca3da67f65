import type { Clock } from "@/lib/base/clock.ts";

// What is said between a page inside myApps and the client around it: JSON texts
// by postMessage. `getLogin` is stated in the reference (the client asks the PBX
// with AppGetLogin). INFERRED, here alone: that the request names the App object
// in `app`, and that the answer is `Login` with the members of AppLogin.

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

/**
 * Asks the client around this page for a login with this challenge, as each of
 * the App objects that it may be. Resolves with the login as text, or with
 * undefined if none came in time. Only messages of the parent window count, from
 * one of the origins that may frame this page.
 */
export function askForLogin(
  challenge: string,
  { objects, origins }: { objects: readonly string[]; origins: string[] },
  { parent, listen, clock }: ClientDoors,
): Promise<string | undefined> {
  return new Promise((done) => {
    const listening = listen(({ source, origin, data }) => {
      if (source !== parent || !origins.includes(origin)) return;
      const login = loginOf(data);
      if (login !== undefined) end(login);
    });
    const timer = clock.after(ANSWER_WITHIN_MS, () => end(undefined));
    function end(login: string | undefined): void {
      listening[Symbol.dispose]();
      timer[Symbol.dispose]();
      done(login);
    }
    for (const app of objects) {
      // Not to one origin: who may be the parent is what the frame allows, and
      // the challenge is no secret.
      const message = JSON.stringify({ mt: "getLogin", app, challenge });
      parent.postMessage(message, "*");
    }
  });
}

/** The text of a login; of anything else, undefined. */
function loginOf(data: unknown): string | undefined {
  const text = typeof data === "string" ? data : JSON.stringify(data);
  const message = parsed(text ?? "");
  if (typeof message !== "object" || message === null) return undefined;
  if (!("mt" in message) || !("digest" in message)) return undefined;
  return message.mt === "Login" || message.mt === "AppLogin" ? text : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
