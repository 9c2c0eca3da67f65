import { computed, type Signal, signal } from "@preact/signals";
import { ok, type Result } from "@/lib/base/result.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { reasonText } from "@/lib/i18n/admin/refusal_text.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import type { CallError } from "@/lib/protocol/admin/json_client.ts";
import type {
  SavedReplyClient,
  SavedReplyView,
} from "@/lib/protocol/admin/saved_replies.ts";
import type { ToastList } from "@/lib/ui/toasts.ts";
import { contentOf, type ReplyForm } from "./reply_form.ts";

type Client = Pick<
  SavedReplyClient,
  "savedReplies" | "createReply" | "saveReply" | "deleteReply"
>;

export interface ReplyModelOptions {
  client: Client;
  toasts: ToastList;
  texts: AdminTexts;
  lang: string;
}

/** The saved replies of the page, and the requests to the service. */
export class ReplyModel {
  /** Sorted by name. */
  readonly replies: Signal<readonly SavedReplyView[]>;
  /** The text of the search. */
  readonly search: Signal<string> = signal("");
  readonly shown = computed(() => {
    const text = this.search.value.trim().toLocaleLowerCase(this.#lang);
    return this.replies.value.filter((reply) =>
      `${reply.name}\n${reply.text}`.toLocaleLowerCase(this.#lang)
        .includes(text)
    );
  });
  readonly toasts: ToastList;
  readonly #client: Client;
  readonly #texts: AdminTexts;
  readonly #lang: string;

  constructor(
    replies: readonly SavedReplyView[],
    { client, toasts, texts, lang }: ReplyModelOptions,
  ) {
    this.#client = client;
    this.toasts = toasts;
    this.#texts = texts;
    this.#lang = lang;
    this.replies = signal(this.#sorted(replies));
  }

  /** Adds a reply. Returns the error, or undefined on success. */
  async add(form: ReplyForm): Promise<CallError | undefined> {
    const answer = await this.#client.createReply(contentOf(form), form);
    if (!answer.ok) return answer.error;
    this.#put(answer.value);
    this.#tell(this.#texts.replies.added, answer.value.name);
    return undefined;
  }

  /** Saves over the state of `reply`. Returns the error, or undefined on
   * success. */
  async save(
    reply: SavedReplyView,
    form: ReplyForm,
  ): Promise<CallError | undefined> {
    const { revision } = reply;
    const save = { revision, ...contentOf(form) };
    const answer = await this.#client.saveReply(reply, save);
    if (!answer.ok) return answer.error;
    this.#put(answer.value);
    this.#tell(this.#texts.replies.saved, answer.value.name);
    return undefined;
  }

  /** Reads the replies again, and returns the current state of one; undefined
   * if it was deleted. */
  async reread(
    { id }: SavedReplyView,
  ): Promise<Result<SavedReplyView | undefined, CallError>> {
    const answer = await this.#client.savedReplies();
    if (!answer.ok) return answer;
    this.replies.value = this.#sorted(answer.value.replies);
    return ok(this.replies.value.find((reply) => reply.id === id));
  }

  /** Returns whether the reply is deleted. */
  async delete(reply: SavedReplyView): Promise<boolean> {
    const answer = await this.#client.deleteReply(reply);
    if (!answer.ok && answer.error.reason !== "not-found") {
      const text = reasonText(answer.error.reason, this.#texts);
      this.toasts.show({ kind: "failed", text });
      return false;
    }
    this.replies.value = this.replies.value
      .filter(({ id }) => id !== reply.id);
    this.#tell(this.#texts.replies.deleted, reply.name);
    return true;
  }

  #put(reply: SavedReplyView): void {
    const others = this.replies.value.filter(({ id }) => id !== reply.id);
    this.replies.value = this.#sorted([...others, reply]);
  }

  #sorted(replies: readonly SavedReplyView[]): SavedReplyView[] {
    const { compare } = new Intl.Collator(this.#lang);
    return replies.toSorted((a, b) =>
      compare(a.name, b.name) || compare(a.lang, b.lang)
    );
  }

  #tell(text: string, name: string): void {
    this.toasts.show({ kind: "done", text: fill(text, { name }) });
  }
}
