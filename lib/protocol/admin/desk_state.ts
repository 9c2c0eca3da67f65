import * as v from "valibot";
import { Presence } from "@/lib/model/presence.ts";
import { HoursStateView } from "./hours_state.ts";

// What the pages of a signed-in agent show of the agent's own desk:
//
//   GET /desk/state           -> DeskState
//   GET /desk/state?widgets   -> DeskState, with the agent's widgets

/** A widget through which visitors reach this agent. */
export const DeskWidget = v.object({
  uuid: v.string(),
  name: v.string(),
  /** Name of its company; absent if none is given. */
  company: v.exactOptional(v.string()),
  /** The state of this agent's opening hours; absent if nothing limits them. */
  hours: v.exactOptional(HoursStateView),
});
export type DeskWidget = v.InferOutput<typeof DeskWidget>;

export const DeskSummary = v.object({
  /** The presence that visitors see. */
  presence: Presence,
  /** Number of ringing calls, chats and callbacks. */
  waiting: v.number(),
  /** Oldest first; absent unless requested, because it has to be read from the
   * store. */
  widgets: v.optional(v.array(DeskWidget)),
});
export type DeskSummary = v.InferOutput<typeof DeskSummary>;

/** Requests an agent's own state. Returns `undefined` if there is no answer in
 * time. */
export async function askDeskState(
  { widgets, withinMs = 8_000 }: { widgets: boolean; withinMs?: number },
): Promise<DeskSummary | undefined> {
  try {
    const response = await fetch(`/desk/state${widgets ? "?widgets" : ""}`, {
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(withinMs),
    });
    const parsed = v.safeParse(DeskSummary, await response.json());
    return response.ok && parsed.success ? parsed.output : undefined;
  } catch {
    return undefined; // No network, or signed out; the next poll will show it.
  }
}
