import * as v from "valibot";
import { cut } from "@/lib/base/cut.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { WidgetUuid } from "@/lib/model/widget.ts";
import {
  type DeleteInquiries,
  INQUIRY_KINDS,
  INQUIRY_LISTS,
  type InquiryForm,
  InquiryQuery,
  SEARCH_LENGTH_MAX,
} from "@/lib/protocol/admin/inquiries.ts";
import type { ApiError } from "@/lib/protocol/admin/messages.ts";
import { invalid } from "./api_errors.ts";

/** Returns the filter of messages in the page's address. Invalid values become
 * the defaults. */
export function inquiryFormOf(query: URLSearchParams): InquiryForm {
  const text = (name: string) => query.get(name) ?? "";
  return {
    list: INQUIRY_LISTS.find((list) => list === text("list")) ?? "open",
    widget: v.is(WidgetUuid, text("widget")) ? text("widget") : "",
    kind: INQUIRY_KINDS.find((kind) => kind === text("kind")) ?? "",
    text: cut(text("text"), SEARCH_LENGTH_MAX),
    after: text("after"),
  };
}

/** Returns the query for a filter. */
export function inquiryQueryOf(
  { list, widget, kind, text, after }: InquiryForm,
): InquiryQuery {
  return {
    list,
    ...(widget !== "" && { widget }),
    ...(kind !== "" && { kind }),
    ...(text !== "" && { text }),
    ...(after !== "" && { after }),
  };
}

/** Reads the query of a request for data; empty members mean all. */
export function readInquiryQuery<
  S extends typeof InquiryQuery | typeof DeleteInquiries,
>(url: URL, schema: S): Result<v.InferOutput<S>, ApiError> {
  const given = [...url.searchParams].filter(([, text]) => text !== "");
  const query = v.safeParse(schema, Object.fromEntries(given));
  return query.success ? ok(query.output) : err(invalid(query.issues));
}
