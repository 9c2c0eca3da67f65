import * as v from "valibot";
import { err, ok } from "@/lib/base/result.ts";
import type { Account } from "@/lib/model/account.ts";
import { InquiryNumber, InquiryState } from "@/lib/model/inquiry.ts";
import {
  InquiryPage,
  InquiryQuery,
  InquiryView,
} from "@/lib/protocol/admin/inquiries.ts";
import { NO_BODY, NO_QUERY, type Operation, operation } from "./operation.ts";
import { positionOf, WidgetFilter } from "./paging.ts";
import { problem } from "./problem.ts";

const Filter = v.strictObject({
  ...InquiryQuery.entries,
  list: v.optional(InquiryState, "open"),
  widget: v.exactOptional(WidgetFilter),
  after: v.exactOptional(positionOf(/^\d{1,15}\.[\w-]{1,20}$/)),
});

/** A program sees all messages, as administrators do. */
const READER: Account = {
  ...{ id: "", name: "", displayName: "", createdAt: 0 },
  roles: ["admin"],
};

const number = { schema: InquiryNumber, text: "The reference number." };

export const MESSAGE_OPERATIONS: Operation[] = [
  operation({
    ...{ method: "GET", path: "/messages", scope: "messages:read" },
    id: "listMessages",
    summary: "List messages of visitors, newest first",
    cost: 5,
    query: Filter,
    body: NO_BODY,
    success: {
      status: 200,
      schema: InquiryPage,
      text: "A page, which may be short or empty without being the last.",
    },
    async run({ query }, { services: { inquiries } }) {
      return ok({ status: 200, body: await inquiries.list(query, READER) });
    },
  }),
  operation({
    ...{ method: "GET", path: "/messages/{number}", scope: "messages:read" },
    id: "getMessage",
    summary: "Read a message",
    params: { number },
    query: NO_QUERY,
    body: NO_BODY,
    success: { status: 200, schema: InquiryView, text: "The message." },
    async run(_, { params: { number = "" }, services: { inquiries } }) {
      const message = await inquiries.get(number, READER);
      if (message === undefined) return err(problem("not-found"));
      return ok({ status: 200, body: message });
    },
  }),
];
