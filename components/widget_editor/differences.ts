import type { Agent } from "@/lib/model/agent.ts";
import type { WidgetContent } from "@/lib/model/widget.ts";
import { same } from "./same.ts";

/** A difference between two states of a widget. */
export type Difference =
  /** A plain value. `path` is as in lib/model: `company.phone`. */
  | { type: "value"; path: string; mine: string; theirs: string }
  | { type: "agent"; who: string; where: "mine" | "theirs" | "both" }
  | { type: "hours" }
  | { type: "order" };

/** Returns the differences between this page's content and what another admin
 * saved. */
export function differences(
  mine: WidgetContent,
  theirs: WidgetContent,
): Difference[] {
  const { agents: ours, hours: myHours, ...myRest } = mine;
  const { agents: others, hours: theirHours, ...theirRest } = theirs;
  return [
    ...values(myRest, theirRest, ""),
    ...(same(myHours, theirHours) ? [] : [{ type: "hours" } as const]),
    ...agentDifferences(ours, others),
  ];
}

function values(mine: object, theirs: object, prefix: string): Difference[] {
  const other = new Map<string, unknown>(Object.entries(theirs));
  return Object.entries(mine).flatMap(([key, value]): Difference[] => {
    const theirValue = other.get(key);
    if (same(value, theirValue)) return [];
    const path = prefix + key;
    if (isRecord(value) && isRecord(theirValue)) {
      return values(value, theirValue, `${path}.`);
    }
    return [{ type: "value", path, mine: say(value), theirs: say(theirValue) }];
  });
}

function agentDifferences(
  mine: readonly Agent[],
  theirs: readonly Agent[],
): Difference[] {
  const found: Difference[] = [];
  const others = new Map(theirs.map((agent) => [agent.address, agent]));
  const ours = new Set(mine.map((agent) => agent.address));
  for (const agent of mine) {
    const other = others.get(agent.address);
    const where = other === undefined ? "mine" : "both";
    if (!same(agent, other)) {
      found.push({ type: "agent", who: name(agent), where });
    }
  }
  for (const agent of theirs) {
    if (ours.has(agent.address)) continue;
    found.push({ type: "agent", who: name(agent), where: "theirs" });
  }
  if (!same(shared(mine, others), shared(theirs, ours))) {
    found.push({ type: "order" });
  }
  return found;
}

/** The order of the items that are in both. */
function shared(
  agents: readonly Agent[],
  others: { has(address: string): boolean },
): string[] {
  return agents.map((agent) => agent.address).filter((a) => others.has(a));
}

function name(agent: Agent): string {
  return agent.name || agent.address;
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Formats a value for people; the page's language translates yes and no. */
function say(value: unknown): string {
  return Array.isArray(value) ? value.join(", ") : String(value);
}
