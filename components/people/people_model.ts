import { type Signal, signal } from "@preact/signals";
import { fill } from "@/lib/i18n/fill.ts";
import { reasonText } from "@/lib/i18n/admin/refusal_text.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import type { AdminClient, CallError } from "@/lib/protocol/admin/client.ts";
import type { PersonView } from "@/lib/protocol/admin/messages.ts";
import type { ToastList } from "@/lib/ui/toasts.ts";
import { madeUpPassword, type PersonForm } from "./person_form.ts";

type Client = Pick<
  AdminClient,
  "createPerson" | "savePerson" | "deletePerson"
>;

/** A saved password that this page made up, for the admin to pass on. */
export interface PasswordHandover {
  /** The account, and the name of the person. */
  id: string;
  name: string;
  password: string;
}

/** The people of the page, and the requests to the service. */
export class PeopleModel {
  /** Sorted by name. */
  readonly people: Signal<readonly PersonView[]>;
  readonly toasts: ToastList;
  /** Shown until the admin closes it. */
  readonly handover: Signal<PasswordHandover | undefined> = signal(undefined);
  readonly #client: Client;
  readonly #texts: AdminTexts;
  readonly #lang: string;
  readonly #madeUp = new Set<string>();

  constructor(people: readonly PersonView[], { client, toasts, texts, lang }: {
    client: Client;
    toasts: ToastList;
    texts: AdminTexts;
    lang: string;
  }) {
    this.#client = client;
    this.toasts = toasts;
    this.#texts = texts;
    this.#lang = lang;
    this.people = signal(this.#sorted(people));
  }

  /** Returns a random password, which is handed over once it is saved. */
  makeUpPassword(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(64));
    const password = madeUpPassword(bytes);
    this.#madeUp.add(password);
    return password;
  }

  closeHandover(): void {
    this.handover.value = undefined;
  }

  /** Adds a person. Returns the error, or undefined on success. */
  async add(form: PersonForm): Promise<CallError | undefined> {
    const { roles, ...rest } = form;
    const answer = await this.#client
      .createPerson({ ...rest, roles: [...roles] });
    if (!answer.ok) return answer.error;
    this.#put(answer.value);
    this.#handOver(answer.value, form.password);
    this.#tell(this.#texts.people.addedToast, answer.value.displayName);
    return undefined;
  }

  /** Saves over `revision`. Returns the error, or undefined on success. */
  async save(
    person: PersonView,
    { roles, password, ...rest }: PersonForm,
  ): Promise<CallError | undefined> {
    const { id, revision } = person;
    const content = { ...rest, revision, roles: [...roles] };
    const answer = await this.#client
      .savePerson(id, password === "" ? content : { ...content, password });
    if (!answer.ok) return answer.error;
    this.#put(answer.value);
    this.#handOver(answer.value, password);
    this.#tell(this.#texts.people.savedToast, answer.value.displayName);
    return undefined;
  }

  /** Applies a newer state after a conflict. */
  take(person: PersonView): void {
    this.#put(person);
  }

  /** Returns whether the person was deleted. */
  async delete({ id, displayName }: PersonView): Promise<boolean> {
    const answer = await this.#client.deletePerson(id);
    if (!answer.ok && answer.error.reason !== "not-found") {
      const text = reasonText(answer.error.reason, this.#texts);
      this.toasts.show({ kind: "failed", text });
      return false;
    }
    this.people.value = this.people.value.filter((other) => other.id !== id);
    if (this.handover.value?.id === id) this.closeHandover();
    this.#tell(this.#texts.people.deletedToast, displayName);
    return true;
  }

  #handOver({ id, displayName: name }: PersonView, password: string): void {
    if (this.#madeUp.delete(password)) {
      this.handover.value = { id, name, password };
    }
  }

  #put(person: PersonView): void {
    const others = this.people.value.filter(({ id }) => id !== person.id);
    this.people.value = this.#sorted([...others, person]);
  }

  #sorted(people: readonly PersonView[]): PersonView[] {
    const { compare } = new Intl.Collator(this.#lang);
    return people.toSorted((a, b) => compare(a.displayName, b.displayName));
  }

  #tell(text: string, name: string): void {
    this.toasts.show({ kind: "done", text: fill(text, { name }) });
  }
}
