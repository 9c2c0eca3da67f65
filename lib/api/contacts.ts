import * as v from "valibot";
import { ok } from "@/lib/base/result.ts";
import { ContactPage, ContactQuery } from "@/lib/protocol/admin/contacts.ts";
import { NO_BODY, type Operation, operation } from "./operation.ts";
import { positionOf, WidgetFilter } from "./paging.ts";

const Filter = v.strictObject({
  ...ContactQuery.entries,
  widget: v.exactOptional(WidgetFilter),
  after: v.exactOptional(positionOf(/^\d{1,15}\..{1,64}$/)),
});

export const CONTACT_OPERATIONS: Operation[] = [
  operation({
    ...{ method: "GET", path: "/contacts", scope: "contacts:read" },
    id: "listContacts",
    summary: "List ended calls and chats, newest first",
    cost: 5,
    query: Filter,
    body: NO_BODY,
    success: {
      status: 200,
      schema: ContactPage,
      text: "A page, which may be short or empty without being the last.",
    },
    async run({ query }, { services: { contacts } }) {
      return ok({ status: 200, body: await contacts.list(query) });
    },
  }),
];
