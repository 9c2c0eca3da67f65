import { InquiryQuery } from "@/lib/protocol/admin/inquiries.ts";
import { refuse } from "@/lib/web/api_errors.ts";
import { download } from "@/lib/web/download.ts";
import { readInquiryQuery } from "@/lib/web/inquiry_filter.ts";
import { accountOf, define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ url, state }) {
    const query = readInquiryQuery(url, InquiryQuery);
    if (!query.ok) return refuse(query.error);
    const { inquiries } = state.services;
    const csv = await inquiries.csv(query.value, accountOf(state));
    const type = "text/csv; charset=utf-8; header=present";
    return download(csv, "messages.csv", type);
  },
});
