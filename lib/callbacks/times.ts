import { DAY_MS } from "@/lib/base/times.ts";
import { computeHours } from "@/lib/hours/compute_hours.ts";
import { hoursOf, stateAt } from "@/lib/hours/opening.ts";
import { soonestAt } from "@/lib/hours/slots.ts";
import type { OpeningHours } from "@/lib/model/hours.ts";
import type { Inquiry } from "@/lib/model/inquiry.ts";
import type { WidgetContent } from "@/lib/model/widget.ts";
import { RETRY_MS } from "./callback_step.ts";

/** Time until hours that never open are looked at again. They may be changed. */
const AGAIN_MS = DAY_MS;

/** Times at which a callback may ring (DUE4). */
export interface Times {
  /** The next opening time while it is closed. */
  opensAt: number | undefined;
  /** The next ring, if one is needed. */
  retryAt: number;
}

/** Returns the times of a callback in its widget, which is undefined if it was
 * deleted. Nothing limits them if the opening hours cannot be computed. */
export function timesOf(
  { address }: Pick<Inquiry, "address">,
  content: Pick<WidgetContent, "hours" | "agents"> | undefined,
  now: number,
): Times {
  const agent = content?.agents.find((one) => one.address === address);
  const hours = content && hoursOf(content, agent ?? {});
  const unlimited = { opensAt: undefined, retryAt: now + RETRY_MS };
  if (hours === undefined) return unlimited;
  return computeHours(() => timesWithin(hours, now), unlimited);
}

function timesWithin(hours: OpeningHours, now: number): Times {
  const { isOpen, changesAt } = stateAt(hours, now);
  const later = now + RETRY_MS;
  return {
    opensAt: isOpen ? undefined : changesAt ?? now + AGAIN_MS,
    retryAt: soonestAt(hours, later) ?? later,
  };
}
