import type { Account } from "@/lib/model/account.ts";
import type { Inquiry } from "@/lib/model/inquiry.ts";
import { sha256Hex } from "@/lib/store/sha256.ts";
import {
  isReachedBy,
  type WidgetOverview,
} from "@/lib/store/widget_overviews.ts";
import { stateOf } from "./callback_step.ts";

const ID_LENGTH = 32;

/** True if the callback is for this agent: it was asked of them, of a team of
 * theirs, or of all agents of a widget that has them. */
export function ringsFor(
  { address, widget }: Pick<Inquiry, "address" | "widget">,
  { name }: Pick<Account, "name">,
  overviews: readonly WidgetOverview[],
): boolean {
  if (address.toLowerCase() === name) return true;
  const agents = overviews.find(({ uuid }) => uuid === widget)?.agents ?? [];
  return agents.some((one) =>
    (address === "" || address === one.address) && isReachedBy(one, name)
  );
}

/** Returns the id of the ring, if the callback rings. */
export function ringOf(
  { number, state, callback }: Pick<Inquiry, "number" | "state" | "callback">,
): string | undefined {
  const call = callback && stateOf(callback);
  if (state === "done" || call?.state !== "ringing") return undefined;
  return ringId(number, call.tries);
}

/** Returns the id of a ring of a callback, which says nothing about it. `tries` is
 * the number of rings before. */
export function ringId(number: string, tries: number): string {
  return sha256Hex(`callback ${number} ${tries}`).slice(0, ID_LENGTH);
}
