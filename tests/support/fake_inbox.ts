import { ok, type Result } from "@/lib/base/result.ts";
import type { Inquiry, InquiryContent } from "@/lib/model/inquiry.ts";
import { newInquiryNumber } from "@/lib/store/inquiry_number.ts";

type Created = { inquiry: Inquiry; isNew: boolean };

/** The messages of visitors, in memory. */
export class FakeInbox {
  readonly all: Inquiry[] = [];
  /** The addresses to which they are sent by e-mail. */
  readonly to: string[] = [];
  /** Called before each access; it may fail or wait. */
  before: () => Promise<void> = () => Promise.resolve();

  async create(
    content: InquiryContent,
    to = "",
  ): Promise<Result<Created, "full">> {
    await this.before();
    const known = this.#find(content.widget, content.id);
    if (known !== undefined) return ok({ inquiry: known, isNew: false });
    const number = newInquiryNumber();
    const inquiry: Inquiry = {
      ...content,
      ...{ number, at: 0, state: "open", notes: [] },
    };
    this.all.push(inquiry);
    this.to.push(to);
    return ok({ inquiry, isNew: true });
  }

  async sent(widget: string, id: string): Promise<Inquiry | undefined> {
    await this.before();
    return this.#find(widget, id);
  }

  #find(widget: string, id: string): Inquiry | undefined {
    return this.all.find((one) => one.widget === widget && one.id === id);
  }
}
