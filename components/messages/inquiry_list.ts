import { type Signal, signal } from "@preact/signals";
import { reasonText } from "@/lib/i18n/admin/refusal_text.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import { fill, plural } from "@/lib/i18n/fill.ts";
import { type InquiryState, NOTE_LENGTH_MAX } from "@/lib/model/inquiry.ts";
import type { InquiryClient } from "@/lib/protocol/admin/inquiry_client.ts";
import type {
  ChangeInquiry,
  InquiryListName,
  InquiryPage,
  InquiryView,
} from "@/lib/protocol/admin/inquiries.ts";
import { isTooLong } from "@/lib/ui/limit.tsx";
import type { ToastList } from "@/lib/ui/toasts.ts";

type Client = Pick<
  InquiryClient,
  | "listInquiries"
  | "getInquiry"
  | "changeInquiry"
  | "deleteInquiry"
  | "deleteInquiries"
>;

interface Deps {
  client: Client;
  toasts: ToastList;
  texts: AdminTexts;
  lang: string;
  /** The filter of the page, for reading it again. */
  query: URLSearchParams;
  list: InquiryListName;
  /** Id of the user's account. */
  own: string;
  /** Called after a change. */
  changed(): void;
}

/** The messages of the page, and the open one. */
export class InquiryList {
  readonly messages: Signal<readonly InquiryView[]>;
  readonly next: Signal<string | undefined>;
  readonly opened: Signal<InquiryView | undefined> = signal(undefined);
  readonly isBusy: Signal<boolean> = signal(false);
  /** Why the last change of the open message failed, or "". */
  readonly failure: Signal<string> = signal("");
  /** The note that is being written to each message, by reference number. It
   * outlives a closed dialog. */
  readonly drafts: Signal<Readonly<Record<string, string>>> = signal({});
  readonly #deps: Deps;

  constructor(page: InquiryPage, deps: Deps) {
    this.messages = signal(page.messages);
    this.next = signal(page.next);
    this.#deps = deps;
  }

  /** Reads the page again, unless a change is under way. */
  async refresh(): Promise<void> {
    const answer = await this.#deps.client.listInquiries(this.#deps.query);
    if (!answer.ok || this.isBusy.value) return;
    this.messages.value = answer.value.messages;
    this.next.value = answer.value.next;
    const { value: opened } = this.opened;
    const fresh = answer.value.messages
      .find(({ number }) => number === opened?.number);
    if (fresh !== undefined) this.opened.value = fresh;
  }

  open(message: InquiryView): void {
    this.failure.value = "";
    this.opened.value = message;
  }

  close(): void {
    this.opened.value = undefined;
  }

  /** Keeps the note that is being written to the open message. */
  write(note: string): void {
    const { value: opened } = this.opened;
    if (opened === undefined) return;
    this.drafts.value = { ...this.drafts.value, [opened.number]: note };
  }

  /** Adds the note that is being written to the open message. */
  async addNote(): Promise<void> {
    const draft = this.#draft();
    if (draft.note !== undefined) await this.change(draft);
  }

  /** Marks the open message as done, with the note that is being written, or as
   * not done. */
  async finish(state: InquiryState): Promise<void> {
    await this.change({ state, ...this.#draft() });
  }

  /** Changes the open message. Returns whether that succeeded. */
  async change(change: Omit<ChangeInquiry, "revision">): Promise<boolean> {
    const { value: opened } = this.opened;
    if (opened === undefined || this.isBusy.value) return false;
    const { number, revision } = opened;
    this.isBusy.value = true;
    this.failure.value = "";
    const { client } = this.#deps;
    const answer = await client.changeInquiry(number, { revision, ...change });
    this.isBusy.value = false;
    if (answer.ok) {
      this.#forget(number, change.note);
      this.#show(answer.value);
      if (change.state === "done") this.#finished(answer.value);
      this.#deps.changed();
      return true;
    }
    const { reason } = answer.error;
    this.failure.value = this.#why(reason);
    if (reason === "conflict") await this.#readAgain(number);
    return false;
  }

  /** Deletes the open message. */
  async delete(): Promise<void> {
    const { value: opened } = this.opened;
    if (opened === undefined || this.isBusy.value) return;
    const { number } = opened;
    this.isBusy.value = true;
    const answer = await this.#deps.client.deleteInquiry(number);
    this.isBusy.value = false;
    const isGone = answer.ok || answer.error.reason === "not-found";
    if (!isGone) {
      const text = this.#why(answer.error.reason);
      return void this.#deps.toasts.show({ kind: "failed", text });
    }
    this.#remove(number);
    this.close();
    const { deletedToast } = this.#deps.texts.messages;
    const text = fill(deletedToast, { number });
    this.#deps.toasts.show({ kind: "done", text });
    this.#deps.changed();
  }

  /** The note that is being written, if it can be added. */
  #draft(): Pick<ChangeInquiry, "note"> {
    const note = this.drafts.value[this.opened.value?.number ?? ""] ?? "";
    const canAdd = note.trim() !== "" && !isTooLong(note, NOTE_LENGTH_MAX);
    return canAdd ? { note } : {};
  }

  /** Clears a note that was added, unless it was changed meanwhile. */
  #forget(number: string, note: string | undefined): void {
    if (this.drafts.value[number] !== note) return;
    const { [number]: _, ...others } = this.drafts.value;
    this.drafts.value = others;
  }

  /** Deletes the messages of the list and its filter, from the newest one on this
   * page on. What has arrived since then stays. */
  async deleteAll(): Promise<void> {
    const [newest] = this.messages.value;
    if (newest === undefined || this.isBusy.value) return;
    const { client, query: filter, toasts, texts, lang } = this.#deps;
    const query = new URLSearchParams(filter);
    query.delete("after");
    query.set("until", String(newest.at));
    this.isBusy.value = true;
    let count = 0;
    for (let more = true; more;) {
      const answer = await client.deleteInquiries(query);
      if (!answer.ok) {
        const text = this.#why(answer.error.reason);
        toasts.show({ kind: "failed", text });
      } else count += answer.value.deleted;
      more = answer.ok && answer.value.more;
    }
    this.isBusy.value = false;
    await this.refresh();
    if (count === 0) return;
    const text = plural(texts.messages.deletedAllToast, count, lang);
    toasts.show({ kind: "done", text });
    this.#deps.changed();
  }

  async #readAgain(number: string): Promise<void> {
    const answer = await this.#deps.client.getInquiry(number);
    if (answer.ok) this.#show(answer.value);
  }

  /** Shows a new state, in the list only if it still belongs there. */
  #show(message: InquiryView): void {
    if (this.opened.value?.number === message.number) {
      this.opened.value = message;
    }
    if (!this.#belongs(message)) return this.#remove(message.number);
    this.messages.value = this.messages.value.map((one) =>
      one.number === message.number ? message : one
    );
  }

  #belongs({ state, assignee }: InquiryView): boolean {
    const { list, own } = this.#deps;
    if ((state === "done") !== (list === "done")) return false;
    return list !== "mine" || assignee?.id === own;
  }

  #finished({ number }: InquiryView): void {
    this.close();
    const text = fill(this.#deps.texts.messages.doneToast, { number });
    this.#deps.toasts.show({ kind: "done", text });
  }

  #remove(number: string): void {
    this.messages.value = this.messages.value
      .filter((one) => one.number !== number);
  }

  #why(reason: string): string {
    const { texts } = this.#deps;
    if (reason === "conflict") return texts.messages.conflict;
    if (reason === "too-many") return texts.messages.notesFull;
    return reasonText(reason, texts);
  }
}
