import {
  DeleteInquiries,
  InquiryQuery,
} from "@/lib/protocol/admin/inquiries.ts";
import { refuse } from "@/lib/web/api_errors.ts";
import { readInquiryQuery } from "@/lib/web/inquiry_filter.ts";
import { accountOf, define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ url, state }) {
    const query = readInquiryQuery(url, InquiryQuery);
    if (!query.ok) return refuse(query.error);
    const { inquiries } = state.services;
    return Response.json(await inquiries.list(query.value, accountOf(state)));
  },

  async DELETE({ url, state }) {
    const account = accountOf(state);
    if (!account.roles.includes("admin")) {
      return refuse({ reason: "forbidden" });
    }
    const query = readInquiryQuery(url, DeleteInquiries);
    if (!query.ok) return refuse(query.error);
    const { inquiries } = state.services;
    return Response.json(await inquiries.deleteAll(query.value, account));
  },
});
