import type { Agent } from "@/lib/model/agent.ts";
import { newContent, type WidgetContent } from "@/lib/model/widget.ts";

/** Returns an agent with only an address. */
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

/** Returns content with these agents. */
export function contentWith(
  agents: Agent[],
  more: Partial<WidgetContent> = {},
): WidgetContent {
  return { ...newContent("Cards", "en"), agents, ...more };
}
