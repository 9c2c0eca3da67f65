import type { Account } from "@/lib/model/account.ts";
import { refuse } from "./api_errors.ts";
import type { State } from "./state.ts";

/** Answers a request of an agent, and refuses all others. */
export async function asAgent(
  { account }: Pick<State, "account">,
  answer: (agent: Account) => Promise<Response>,
): Promise<Response> {
  if (account === undefined) return refuse({ reason: "signed-out" });
  if (!account.roles.includes("agent")) {
    const text = "Only agents can do this";
    return refuse({ reason: "forbidden", text });
  }
  return await answer(account);
}
