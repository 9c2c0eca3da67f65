import { type Signal, signal } from "@preact/signals";
import * as v from "valibot";
import { ok } from "@/lib/base/result.ts";
import { reasonText } from "@/lib/i18n/admin/refusal_text.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import { AccountContent } from "@/lib/model/account.ts";
import type { PictureId } from "@/lib/model/picture.ts";
import type { AdminClient, Answer } from "@/lib/protocol/admin/client.ts";
import type {
  AccountView,
  SaveAccount,
} from "@/lib/protocol/admin/messages.ts";
import type { ToastList } from "@/lib/ui/toasts.ts";

/** The values of the form; `language` is "" for the browser's language. */
export interface AccountForm {
  displayName: string;
  language: string;
}

type Client = Pick<
  AdminClient,
  "saveAccount" | "saveOwnPicture" | "removeOwnPicture"
>;

/** The user's own account and its requests to the service. */
export class AccountModel {
  readonly account: Signal<AccountView>;
  readonly toasts: ToastList;
  readonly #client: Client;
  readonly #texts: AdminTexts;
  readonly #onSaved: (account: AccountView) => void;

  constructor(account: AccountView, { client, toasts, texts, onSaved }: {
    client: Client;
    toasts: ToastList;
    texts: AdminTexts;
    onSaved: (account: AccountView) => void;
  }) {
    this.account = signal(account);
    this.toasts = toasts;
    this.#client = client;
    this.#texts = texts;
    this.#onSaved = onSaved;
  }

  /** Saves the changed members. Returns the error in words, or undefined if it
   * is saved. */
  async save(form: AccountForm): Promise<string | undefined> {
    const changes = changesOf(this.account.value, form);
    if (Object.keys(changes).length > 0) {
      const saved = await this.#client.saveAccount(changes);
      if (!saved.ok) return reasonText(saved.error.reason, this.#texts);
      this.#put(saved.value);
    }
    this.toasts.show({ kind: "done", text: this.#texts.ownAccount.saved });
    return undefined;
  }

  /** Uploads a picture, and shows it from then on. */
  async upload(picture: Blob): Promise<Awaited<Answer<PictureId>>> {
    const saved = await this.#client.saveOwnPicture(picture);
    if (!saved.ok) return saved;
    this.#put(saved.value);
    this.toasts.show({
      kind: "done",
      text: this.#texts.ownAccount.pictureSaved,
    });
    return ok(saved.value.picture ?? "");
  }

  async removePicture(): Promise<void> {
    const saved = await this.#client.removeOwnPicture();
    if (!saved.ok) {
      this.toasts.show({
        kind: "failed",
        text: reasonText(saved.error.reason, this.#texts),
      });
      return;
    }
    this.#put(saved.value);
    this.toasts.show({
      kind: "done",
      text: this.#texts.ownAccount.pictureRemoved,
    });
  }

  #put(account: AccountView): void {
    this.account.value = account;
    this.#onSaved(account);
  }
}

/** Returns the schema's error for the name, if any. */
export function nameProblem(displayName: string): string | undefined {
  const { entries } = AccountContent;
  const parsed = v.safeParse(entries.displayName, displayName);
  return parsed.success ? undefined : parsed.issues[0].message;
}

/** Returns only the changed members, so that changes of another tab stay. */
export function changesOf(
  { displayName, language = "" }: AccountView,
  form: AccountForm,
): SaveAccount {
  return {
    ...form.displayName.trim() !== displayName && {
      displayName: form.displayName,
    },
    ...form.language !== language && { language: form.language || null },
  };
}
