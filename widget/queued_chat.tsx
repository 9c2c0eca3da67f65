import type { ComponentChild } from "preact";
import { systemClock } from "@/lib/base/clock.ts";
import type { ContactPanel } from "./contact/contacts.tsx";
import type { Behind, ContactsOwner, DrawnContacts } from "./contacts_port.ts";
import type { PreviewOwner, PreviewQueue } from "./preview.ts";
import type { Roster } from "./roster.ts";
import { type Model, nameOf } from "./view/model.ts";

/** The chat's own id, and that of the visitor's message. */
const ID = "preview";

type ChatCode = typeof import("./contact/mod.tsx");

export interface QueuedChatOwner extends Pick<PreviewOwner, "changed"> {
  roster(): Roster;
}

/**
 * A chat that waits in a queue, drawn by the code of real chats. It reaches
 * nobody: whatever would be sent brings the chat back as it was, with a message
 * that says why.
 */
export class QueuedChat implements DrawnContacts {
  readonly #create: () => ContactPanel;
  readonly #element: QueuedChatOwner;
  #panel: ContactPanel;

  constructor(
    queue: PreviewQueue,
    panelFrom: ChatCode["panelFrom"],
    element: QueuedChatOwner,
  ) {
    this.#element = element;
    this.#create = () => this.#waiting(queue, panelFrom);
    this.#panel = this.#create();
  }

  get shown(): boolean {
    return this.#panel.shown;
  }

  get running(): boolean {
    return this.#panel.running;
  }

  opened(open: boolean): void {
    this.#panel.opened(open);
  }

  view(model: Model): ComponentChild {
    const act = { ...model.act, contact: () => this.#restore() };
    return this.#panel.view({ ...model, act });
  }

  behind(model: Model): Behind | undefined {
    return this.#panel.behind(model);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  /** Continues a chat of an earlier page, because its code loads no consent and
   * asks for no proof of work. */
  #waiting(
    { agent: id, ...place }: PreviewQueue,
    panelFrom: ChatCode["panelFrom"],
  ): ContactPanel {
    const { cards, session } = this.#element.roster();
    const card = cards.find((card) => card.id === id);
    const panel = panelFrom(this.#owner(), {
      ...{ resume: "", visitor: "", consent: "", draft: "", contact: ID },
      agent: { id, name: card ? nameOf(card) : id },
      ...{ lines: [], open: true, seen: 0, heard: 0 },
    });
    const text = session?.strings.message ?? "";
    const said = { mt: "ChatMessage", own: ID, seq: 1, text };
    panel.hear({ ...said, time: seconds() });
    panel.hear({ mt: "QueueInfo", of: "chat", ...place });
    return panel;
  }

  #owner(): ContactsOwner {
    return {
      uuid: "",
      clock: systemClock,
      send: ({ mt }) => {
        if (!/^Chat(Typing|Read)$/.test(mt)) this.#restore();
        return true;
      },
      ready: () => true,
      wake() {},
      changed: () => this.#element.changed(),
      failed() {},
      roster: () => this.#element.roster(),
      tell() {},
    };
  }

  #restore(): void {
    this.#panel.dispose();
    this.#panel = this.#create();
    const text = this.#element.roster().session?.strings.previewOnly ?? "";
    this.#panel.hear({ mt: "ChatMessage", seq: 2, text, time: seconds() });
    this.#element.changed();
  }
}

function seconds(): number {
  return Math.floor(Date.now() / 1_000);
}
