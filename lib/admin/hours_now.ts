import { hoursOf, stateAt } from "@/lib/hours/opening.ts";
import type { OpeningHours } from "@/lib/model/hours.ts";
import type { WidgetContent } from "@/lib/model/widget.ts";
import type { HoursStateView } from "@/lib/protocol/admin/hours_state.ts";

/** The opening hours of a widget at a time. */
export interface HoursNow extends HoursStateView {
  name: string;
  /** The agents with their own hours. */
  agents: (HoursStateView & { address: string; name: string })[];
}

/** Returns the state of a widget's opening hours at a time. Without hours, it is
 * always open. */
export function hoursNow(content: WidgetContent, at: number): HoursNow {
  const { name, hours } = content;
  const own = content.agents.filter((agent) => agent.hours !== undefined);
  return {
    name,
    ...stateOf(hours, at),
    agents: own.map((agent) => ({
      address: agent.address,
      name: agent.name,
      ...stateOf(hoursOf(content, agent), at),
    })),
  };
}

function stateOf(
  hours: OpeningHours | undefined,
  at: number,
): HoursStateView {
  if (hours === undefined) return { open: true };
  const { isOpen: open, ...change } = stateAt(hours, at);
  return { open, ...change };
}
