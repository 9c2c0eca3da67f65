import type { Agent } from "@/lib/model/agent.ts";
import { newContent, type WidgetContent } from "@/lib/model/widget.ts";

/** Seeded chance (mulberry32): the same seed gives the same row, 0 to 1. */
export function seededChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A seed for random tests: `CW_TEST_SEED` replays one, else it is new. */
export function testSeed(): number {
  return Number(Deno.env.get("CW_TEST_SEED")) ||
    Math.floor(Math.random() * 1e9);
}

/** An agent with nothing but an address. */
export function anAgent(address: string, more: Partial<Agent> = {}): Agent {
  return {
    address,
    name: "",
    department: "",
    phone: "",
    email: "",
    picture: "",
    media: ["voice", "chat"],
    inactive: false,
    boolean: "",
    link: { label: "", url: "" },
    ...more,
  };
}

/** Content with these agents. */
export function contentWith(
  agents: Agent[],
  more: Partial<WidgetContent> = {},
): WidgetContent {
  return { ...newContent("Cards", "en"), agents, ...more };
}
