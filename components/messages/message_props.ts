import type { Colleague, InquiryView } from "@/lib/protocol/admin/inquiries.ts";
import type { Names } from "../contacts/names.ts";
import type { InquiryList } from "./inquiry_list.ts";

/** The open message, and what its dialog needs to know. */
export interface MessageProps {
  list: InquiryList;
  message: InquiryView;
  names: Names;
  zone: string;
  colleagues: readonly Colleague[];
  /** Id of the user's account. */
  own: string;
  isAdmin: boolean;
}
