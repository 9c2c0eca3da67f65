import type { Inquiry, InquiryContent } from "@/lib/model/inquiry.ts";
import type { WidgetUuid } from "@/lib/model/widget.ts";
import { inquiryKey as key } from "./inquiry_keys.ts";
import type { StoreEngine } from "./store_engine.ts";

/** Returns the key of a callback's place in its slot, if it has one. */
export function slotOf(
  { widget, callback }: Partial<Pick<Inquiry, "widget" | "callback">>,
): Deno.KvKey | undefined {
  if (widget === undefined || callback?.place === undefined) return undefined;
  return key.slot(widget, callback.from, callback.place);
}

/** Returns a callback with a free place in its slot, or undefined if there is
 * none. Returns any other inquiry unchanged. */
export async function placed(
  kv: StoreEngine,
  content: InquiryContent,
  perSlot: number,
): Promise<InquiryContent | undefined> {
  const { widget, callback } = content;
  if (callback?.to === undefined) return content;
  const { from } = callback;
  const taken = new Set<unknown>();
  for await (const entry of kv.list(key.slots(widget, from, from + 1))) {
    taken.add(entry.key.at(-1));
  }
  for (let place = 0; place < perSlot; place++) {
    if (taken.has(place)) continue;
    return { ...content, callback: { ...callback, place } };
  }
  return undefined;
}

/** Counts the callbacks in the slots of a widget that begin in this time, by
 * their start. */
export async function countInSlots(
  kv: StoreEngine,
  widget: WidgetUuid,
  { from, to }: { from: number; to: number },
): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  for await (const entry of kv.list(key.slots(widget, from, to))) {
    const start = Number(entry.key.at(-2));
    counts.set(start, (counts.get(start) ?? 0) + 1);
  }
  return counts;
}

/** Returns the key by which a callback is found that is due or taken, if it can
 * be: not once it is done, or a message like any other. */
export function dueKeyOf(
  { number, callback, state }: Pick<Inquiry, "number"> & Partial<Inquiry>,
): Deno.KvKey | undefined {
  const { from, call } = callback ?? {};
  if (from === undefined || state === "done") return undefined;
  switch (call?.state) {
    case undefined:
      return key.due.at({ at: from, number });
    case "ringing":
      return key.due.at({ at: call.until, number });
    case "waiting":
      return key.due.at({ at: call.at, number });
    case "taken":
      return key.taken.at({ at: call.at, number });
    case "over":
      return undefined;
  }
}
