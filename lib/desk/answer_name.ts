import type { Account } from "@/lib/model/account.ts";

/** D43, D45: adds the agent's name to the answer of a contact with a team, or of
 * one that a colleague hands over. */
export function withName<E extends { type: string }>(
  { displayName: name }: Pick<Account, "displayName">,
  { ofTeam, offeredBy }: { ofTeam?: true; offeredBy?: unknown },
  tell: (event: E) => void,
): (event: E) => void {
  if (!ofTeam && !offeredBy) return tell;
  return (event) => tell(isAnswer(event) ? { ...event, name } : event);
}

function isAnswer({ type }: { type: string }): boolean {
  return type === "joined" || type === "connected";
}
