import { err, ok, type Result } from "@/lib/base/result.ts";
import { computeHours } from "@/lib/hours/compute_hours.ts";
import { hoursOf } from "@/lib/hours/opening.ts";
import { slotsAfter, soonestAt } from "@/lib/hours/slots.ts";
import type { Callback } from "@/lib/model/callback.ts";
import type { OpeningHours } from "@/lib/model/hours.ts";
import type { LeaveMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { CallbackTimes } from "@/lib/protocol/visitor/contact_messages.ts";
import type { LiveWidget } from "./live_widget.ts";
import { callableNumber } from "./phone_number.ts";
import type { InquiryInbox } from "./visitor_context.ts";

const MINUTE_MS = 60_000;

/** A request for a call that the service can fulfil. */
export interface WantedCall {
  /** The number in international form. */
  reply: string;
  /** Absent if the hours never open: it is a message then. */
  callback?: Callback;
}

/** The field that a visitor has to correct; undefined if the widget offers no
 * callbacks. */
export type WrongCall = "reply" | "country" | "callback" | undefined;

/** Returns the number and the time of a message that wants a callback. */
export function wantedCallOf(
  live: LiveWidget,
  { reply, dest, callback }: Pick<LeaveMessage, "reply" | "dest" | "callback">,
  now: number,
): Result<WantedCall, WrongCall> {
  const { content: { callbacks, messages } } = live.widget;
  if (!callbacks.on || !messages.on) return err(undefined);
  const number = callableNumber(reply, callbacks.countries);
  if (!number.ok) return err(number.error === "wrong" ? "reply" : "country");
  const hours = hoursFor(live, dest);
  if (callback?.at === undefined) {
    const from = computeHours(() => soonestAt(hours, now), now);
    if (from === undefined) return ok({ reply: number.value });
    return ok({ reply: number.value, callback: { from } });
  }
  const lengthMs = callbacks.slotMinutes * MINUTE_MS;
  const from = callback.at * 1_000;
  if (!slotsOf(hours, now, lengthMs).includes(from)) return err("callback");
  return ok({ reply: number.value, callback: { from, to: from + lengthMs } });
}

/** Returns the times at which the agent `dest`, or the company, can call. */
export async function callbackTimes(
  live: LiveWidget,
  { inbox, dest, now }: {
    inbox: Pick<InquiryInbox, "inSlots">;
    dest: string | undefined;
    now: number;
  },
): Promise<CallbackTimes> {
  const { uuid, content: { callbacks } } = live.widget;
  const { slotMinutes: minutes, perSlot, on } = callbacks;
  const hours = hoursFor(live, dest);
  const slots = on ? slotsOf(hours, now, minutes * MINUTE_MS) : [];
  const [first = 0, last = 0] = [slots[0], slots.at(-1)];
  const taken = slots.length === 0
    ? undefined
    : await inbox.inSlots(uuid, { from: first, to: last + 1 });
  const soonAt = computeHours(() => soonestAt(hours, now), now);
  return {
    mt: "CallbackTimes",
    slots: slots
      .filter((slot) => (taken?.get(slot) ?? 0) < perSlot)
      .map((slot) => slot / 1_000),
    minutes,
    ...soonAt === undefined
      ? { never: true }
      : soonAt > now && { soonAt: Math.floor(soonAt / 1_000) },
  };
}

/** Returns no slots if nothing limits the hours, because agents are not there at
 * night just because no hours were entered. */
function slotsOf(
  hours: OpeningHours | undefined,
  now: number,
  lengthMs: number,
): number[] {
  if (hours === undefined) return [];
  return computeHours(() => slotsAfter(hours, now, lengthMs), []);
}

function hoursFor(
  live: LiveWidget,
  dest: string | undefined,
): OpeningHours | undefined {
  const agent = dest === undefined ? undefined : live.agent(dest);
  return hoursOf(live.widget.content, agent ?? {});
}
