import * as v from "valibot";
import { cut } from "@/lib/base/cut.ts";
import {
  ADDRESS_LENGTH_MAX,
  type ContactQuery,
  type FilterForm,
} from "@/lib/protocol/admin/contacts.ts";
import { ContactMedia } from "@/lib/model/media.ts";
import { WidgetUuid } from "@/lib/model/widget.ts";

/** Returns the filter in the page's address. Invalid values become "". */
export function formOf(query: URLSearchParams): FilterForm {
  const text = (name: string) => query.get(name) ?? "";
  const days = (name: string) => dayOf(text(name)) ? text(name) : "";
  return {
    from: days("from"),
    to: days("to"),
    widget: v.is(WidgetUuid, text("widget")) ? text("widget") : "",
    agent: cut(text("agent"), ADDRESS_LENGTH_MAX),
    media: v.is(ContactMedia, text("media")) ? text("media") : "",
    zone: isZone(text("zone")) ? text("zone") : "UTC",
    after: text("after"),
  };
}

/** Returns the query for a filter: whole days in the reader's time zone. */
export function queryOf(form: FilterForm): ContactQuery {
  const { widget, agent, media, zone, after } = form;
  const from = dayOf(form.from)?.toZonedDateTime(zone).epochMilliseconds;
  const to = dayOf(form.to)?.add({ days: 1 }).toZonedDateTime(zone)
    .epochMilliseconds;
  return {
    ...(from !== undefined && { from: Math.max(0, from) }),
    ...(to !== undefined && { to: Math.max(0, to) }),
    ...(widget !== "" && { widget }),
    ...(agent !== "" && { agent }),
    ...(v.is(ContactMedia, media) && { media }),
    ...(after !== "" && { after }),
  };
}

function dayOf(text: string): Temporal.PlainDate | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text);
  } catch {
    return undefined; // 30 February.
  }
}

function isZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return text !== "";
  } catch {
    return false;
  }
}
