import * as v from "valibot";
import {
  type ChangeInquiry,
  InquiriesDeleted,
  InquiryCount,
  InquiryPage,
  InquiryView,
} from "./inquiries.ts";
import { MailStatus, MailTest } from "./mails.ts";
import { type Answer, JsonClient } from "./json_client.ts";

/** The client for the messages that visitors have left. */
export class InquiryClient extends JsonClient {
  /** Returns messages of visitors; `query` is an InquiryQuery. */
  listInquiries(query: URLSearchParams): Answer<InquiryPage> {
    return this.call("GET", `/api/messages?${query}`, InquiryPage);
  }

  countInquiries(): Answer<InquiryCount> {
    return this.call("GET", "/api/messages/count", InquiryCount);
  }

  getInquiry(number: string): Answer<InquiryView> {
    return this.call("GET", `/api/messages/${number}`, InquiryView);
  }

  changeInquiry(
    number: string,
    change: ChangeInquiry,
  ): Answer<InquiryView> {
    return this.send(
      "PUT",
      `/api/messages/${number}`,
      change,
      InquiryView,
    );
  }

  retryMails(): Answer<MailStatus> {
    return this.call("POST", "/api/mail/retry", MailStatus);
  }

  testMail(): Answer<MailTest> {
    return this.call("POST", "/api/mail/test", MailTest);
  }

  /** Deletes messages; `query` is a DeleteInquiries. */
  deleteInquiries(query: URLSearchParams): Answer<InquiriesDeleted> {
    return this.call("DELETE", `/api/messages?${query}`, InquiriesDeleted);
  }

  deleteInquiry(number: string): Answer<undefined> {
    return this.call("DELETE", `/api/messages/${number}`, v.undefined());
  }
}
