import type { WidgetUuid } from "@/lib/model/widget.ts";

interface Place {
  at: number;
  number: string;
}

/** Returns the keys of an index by time. */
function timeIndex(name: string) {
  return {
    start: [name, 0],
    end: [name, Number.MAX_SAFE_INTEGER],
    at: ({ at, number }: Place) => [name, at, number],
  };
}

/** The keys of inquiries. */
export const inquiryKey = {
  one: (number: string) => ["inquiry", number],
  /** Of the inquiry to which a key of an index by time points. */
  pointedBy: (pointer: Deno.KvKey) => ["inquiry", String(pointer.at(-1))],
  all: { prefix: ["inquiry"] },
  byTime: timeIndex("inquiry_by_time"),
  /** Callbacks that wait or ring, by the time of their next change. */
  due: timeIndex("inquiry_due"),
  /** Callbacks that an agent has taken, by that time. */
  taken: timeIndex("inquiry_taken"),
  /** Those that are not done. */
  open: timeIndex("inquiry_open"),
  /** By the page's own id. */
  byId: (
    widget: WidgetUuid,
    id: string,
  ) => ["inquiry_by_id", widget, id],
  ofWidget: (widget: WidgetUuid) => ({ prefix: ["inquiry_by_id", widget] }),
  /** Callbacks by the start of their slot; the place in it is from 0. */
  slot: (
    widget: WidgetUuid,
    from: number,
    place: number,
  ) => ["inquiry_slot", widget, from, place],
  slots: (widget: WidgetUuid, from: number, to: number) => ({
    start: ["inquiry_slot", widget, from],
    end: ["inquiry_slot", widget, to],
  }),
};
