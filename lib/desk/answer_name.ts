import type { Account } from "@/lib/model/account.ts";

/** D45: adds the agent's name to the answer of a contact with a team. */
export function withName<E extends { type: string }>(
  { displayName: name }: Pick<Account, "displayName">,
  { ofTeam }: { ofTeam?: true },
  tell: (event: E) => void,
): (event: E) => void {
  if (!ofTeam) return tell;
  return (event) => tell(isAnswer(event) ? { ...event, name } : event);
}

function isAnswer({ type }: { type: string }): boolean {
  return type === "joined" || type === "connected";
}
