import { hoursOf, stateAt } from "@/lib/hours/opening.ts";
import { soonestAt } from "@/lib/hours/slots.ts";
import type { Inquiry } from "@/lib/model/inquiry.ts";
import type { WidgetContent } from "@/lib/model/widget.ts";
import { RETRY_MS } from "./callback_step.ts";

/** Times at which a callback may ring (DUE4). */
export interface Times {
  /** The next opening time while it is closed. */
  opensAt: number | undefined;
  /** The next ring, if one is needed. */
  retryAt: number;
}

/** Returns the times of a callback in its widget; undefined if the widget was
 * deleted. */
export function timesOf(
  { address }: Pick<Inquiry, "address">,
  content: Pick<WidgetContent, "hours" | "agents"> | undefined,
  now: number,
): Times {
  const later = now + RETRY_MS;
  const agent = content?.agents.find((one) => one.address === address);
  const hours = content && hoursOf(content, agent ?? {});
  if (hours === undefined) return { opensAt: undefined, retryAt: later };
  const { isOpen, changesAt } = stateAt(hours, now);
  return {
    opensAt: isOpen ? undefined : changesAt,
    retryAt: soonestAt(hours, later),
  };
}
