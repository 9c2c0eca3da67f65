import * as v from "valibot";
import {
  MyAppsChallenge,
  type MyAppsLogin,
  type MyAppsReason,
  MyAppsRefusal,
} from "@/lib/protocol/admin/my_apps.ts";
import type { ClientAnswer } from "./client_window.ts";

/** The reason why the user is not signed in. */
export type Failure = {
  reason:
    | MyAppsReason
    /** The client has not answered. */
    | "silent"
    /** The client has refused to give a login. */
    | "refused"
    /** The service could not be reached. */
    | "offline"
    /** The browser has not stored the cookie. */
    | "no-cookie"
    | "signed-out";
  /** In seconds. */
  retryAfter?: number;
  /** The PBX's own text about a rejection. */
  text?: string;
};

export interface SignInDeps {
  send(path: string, body: object): Promise<Response>;
  /** Asks the client for its answer to this challenge. */
  ask(challenge: string): Promise<ClientAnswer>;
}

/**
 * Signs the user of the client in. Resolves with the reason if that fails, or
 * with undefined. An expired challenge is replaced once.
 */
export async function signIn(
  deps: SignInDeps,
  lang: string,
): Promise<Failure | undefined> {
  const failure = await tryOnce(deps, lang);
  if (failure?.reason !== "challenge") return failure;
  return await tryOnce(deps, lang);
}

async function tryOnce(
  { send, ask }: SignInDeps,
  lang: string,
): Promise<Failure | undefined> {
  try {
    const made = await send("/myapps/challenge", {});
    if (!made.ok) return await refusalOf(made);
    const { challenge } = v.parse(MyAppsChallenge, await made.json());
    const asked = await ask(challenge);
    if (asked.type === "silent") return { reason: "silent" };
    if (asked.type === "refused") {
      return { reason: "refused", text: asked.text };
    }
    const body: MyAppsLogin = { challenge, login: asked.login, lang };
    const answer = await send("/myapps/sign-in", body);
    return answer.ok ? undefined : await refusalOf(answer);
  } catch {
    return { reason: "offline" };
  }
}

async function refusalOf(answer: Response): Promise<Failure> {
  const json: unknown = await answer.json().catch(() => undefined);
  const refusal = v.safeParse(MyAppsRefusal, json);
  return refusal.success ? refusal.output : { reason: "offline" };
}
