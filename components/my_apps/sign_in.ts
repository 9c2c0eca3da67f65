import * as v from "valibot";
import {
  MyAppsChallenge,
  type MyAppsLogin,
  type MyAppsReason,
  MyAppsRefusal,
} from "@/lib/protocol/admin/my_apps.ts";

/** Why somebody is not signed in. */
export type Failure = {
  reason:
    | MyAppsReason
    /** The client has given no login. */
    | "silent"
    /** The service was not reached. */
    | "offline"
    /** The browser has not kept the cookie. */
    | "no-cookie"
    | "signed-out";
  /** Seconds. */
  retryAfter?: number;
};

export interface SignInDoors {
  send(path: string, body: object): Promise<Response>;
  /** A login of the client for this challenge, or undefined. */
  ask(challenge: string): Promise<string | undefined>;
}

/**
 * Signs the user of the client in. Resolves with what was in the way, or with
 * undefined. A challenge that grew old meanwhile is replaced once.
 */
export async function signIn(
  doors: SignInDoors,
  lang: string,
): Promise<Failure | undefined> {
  const failure = await tryOnce(doors, lang);
  if (failure?.reason !== "challenge") return failure;
  return await tryOnce(doors, lang);
}

async function tryOnce(
  { send, ask }: SignInDoors,
  lang: string,
): Promise<Failure | undefined> {
  try {
    const made = await send("/myapps/challenge", {});
    if (!made.ok) return await refusalOf(made);
    const { challenge } = v.parse(MyAppsChallenge, await made.json());
    const login = await ask(challenge);
    if (login === undefined) return { reason: "silent" };
    const body: MyAppsLogin = { challenge, login, lang };
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
