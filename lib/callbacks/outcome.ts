import type { Inquiry } from "@/lib/model/inquiry.ts";

/** A counted event of a callback. */
export interface CallbackCounted {
  type: "callback";
  /** An agent took it, or it does not ring any more because nobody called. */
  outcome: "taken" | "over";
  widget: string;
  /** Absent if it is for all agents of the widget. */
  agent?: string;
}

/** Returns the counted event of a callback that has a new state, if there is
 * one. */
export function countedChange(
  { widget, address: agent, callback }: Pick<
    Inquiry,
    "widget" | "address" | "callback"
  >,
): CallbackCounted | undefined {
  const outcome = callback?.call?.state;
  if (outcome !== "taken" && outcome !== "over") return undefined;
  return { type: "callback", outcome, widget, ...agent !== "" && { agent } };
}
