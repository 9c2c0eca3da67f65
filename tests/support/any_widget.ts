import type { Agent } from "@/lib/model/agent.ts";
import { newContent, type WidgetContent } from "@/lib/model/widget.ts";

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
