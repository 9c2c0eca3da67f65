import { type Signal, signal } from "@preact/signals";
import { reasonText } from "@/lib/i18n/admin/refusal_text.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import { plural } from "@/lib/i18n/fill.ts";
import type { AdminClient } from "@/lib/protocol/admin/client.ts";
import type { ContactView } from "@/lib/protocol/admin/contacts.ts";
import { BlockModel } from "../blocks/block_model.ts";
import type { ToastList } from "@/lib/ui/toasts.ts";

/** The open contact, with the others of its visit. */
export type Opened =
  | { state: "closed" }
  | { state: "loading"; contact: ContactView }
  | { state: "open"; contact: ContactView; visit: readonly ContactView[] }
  | { state: "failed"; contact: ContactView; text: string };

type Client = Pick<
  AdminClient,
  "getContact" | "deleteContact" | "getBlockable" | "blockVisitor"
>;

/** The contacts of the page, and the open one. */
export class ContactList {
  readonly contacts: Signal<readonly ContactView[]>;
  readonly opened: Signal<Opened> = signal({ state: "closed" });
  readonly isDeleting: Signal<boolean> = signal(false);
  readonly toasts: ToastList;
  readonly #client: Client;
  readonly #texts: AdminTexts;
  readonly #lang: string;

  constructor(
    contacts: readonly ContactView[],
    { client, toasts, texts, lang }: {
      client: Client;
      toasts: ToastList;
      texts: AdminTexts;
      lang: string;
    },
  ) {
    this.contacts = signal(contacts);
    this.toasts = toasts;
    this.#client = client;
    this.#texts = texts;
    this.#lang = lang;
  }

  /** Opens a contact; if another one is opened later, that one wins. */
  async open(contact: ContactView): Promise<void> {
    this.opened.value = { state: "loading", contact };
    const answer = await this.#client.getContact(contact.key);
    const { value: opened } = this.opened;
    if (opened.state !== "loading" || opened.contact !== contact) return;
    this.opened.value = answer.ok
      ? { state: "open", contact, visit: answer.value.contacts }
      : { state: "failed", contact, text: this.#why(answer.error.reason) };
  }

  /** Returns the model that blocks the visitor of a contact. */
  blockModel({ id }: ContactView): BlockModel {
    return new BlockModel(id, this.#client, this.#texts.blocks.form);
  }

  /** Closes the contact, and shows whether its visitor is blocked now. */
  blocked({ outcome }: BlockModel): void {
    const text = outcome.value;
    const isDone = text === this.#texts.blocks.form.done;
    const kind = isDone ? "done" : "failed";
    if (text !== "") this.toasts.show({ kind, text });
    this.close();
  }

  close(): void {
    this.opened.value = { state: "closed" };
  }

  /** Deletes the contact, or all of its visit. Returns whether that succeeded;
   * a toast shows the error. */
  async delete(
    { key }: ContactView,
    { whole }: { whole: boolean },
  ): Promise<boolean> {
    this.isDeleting.value = true;
    const answer = await this.#client.deleteContact(key, { whole });
    this.isDeleting.value = false;
    if (!answer.ok) {
      this.toasts.show({
        kind: "failed",
        text: this.#why(answer.error.reason),
      });
      return false;
    }
    const gone = new Set(answer.value.keys);
    this.contacts.value = this.contacts.value.filter(({ key }) =>
      !gone.has(key)
    );
    const { deletedToast } = this.#texts.contacts;
    const text = plural(deletedToast, gone.size, this.#lang);
    this.toasts.show({ kind: "done", text });
    this.close();
    return true;
  }

  #why(reason: string): string {
    return reasonText(reason, this.#texts);
  }
}
