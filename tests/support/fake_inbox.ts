import { err, ok, type Result } from "@/lib/base/result.ts";
import type { Inquiry, InquiryContent } from "@/lib/model/inquiry.ts";
import type { NewInquiry } from "@/lib/store/inquiry_store.ts";
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
    { to = "", perSlot = 0 }: NewInquiry = {},
  ): Promise<Result<Created, "full" | "slot-taken">> {
    await this.before();
    const known = this.#find(content.widget, content.id);
    if (known !== undefined) return ok({ inquiry: known, isNew: false });
    const { callback } = content;
    const isFull = callback?.to !== undefined &&
      this.#countAt(content.widget, callback.from) >= perSlot;
    if (isFull) return err("slot-taken");
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

  async inSlots(
    widget: string,
    { from, to }: { from: number; to: number },
  ): Promise<Map<number, number>> {
    await this.before();
    const starts = this.all
      .flatMap(({ callback }) => callback?.to ? [callback.from] : [])
      .filter((start) => start >= from && start < to);
    return new Map(
      starts.map((start) => [start, this.#countAt(widget, start)]),
    );
  }

  #countAt(widget: string, start: number): number {
    return this.all.filter((one) =>
      one.widget === widget && one.callback?.to !== undefined &&
      one.callback.from === start
    ).length;
  }

  #find(widget: string, id: string): Inquiry | undefined {
    return this.all.find((one) => one.widget === widget && one.id === id);
  }
}
