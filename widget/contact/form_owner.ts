import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { ContactsOwner, ContactsPort } from "../contacts_port.ts";
import { isAvailable, nameOf } from "../view/model.ts";
import type { ChatRun } from "./chat_run.ts";
import type { ConsentGate } from "./consent_gate.ts";
import { consentOf, type Options } from "./facts.ts";
import { FormGate } from "./form_gate.ts";
import { isLongName, shortName } from "./limits.ts";
import type { Memory } from "./memory.ts";
import { Text } from "./text.tsx";
import { newId } from "./work.ts";

interface Parts {
  owner: ContactsOwner;
  run: ChatRun;
  consent: ConsentGate;
  memory: Memory | undefined;
  send(message: ClientMessage): boolean;
  /** The name as the visitor enters it. */
  name(): string;
  options(): Options;
  start: ContactsPort["start"];
}

/** Creates the gate to the form for messages of one widget. */
export function formOf(parts: Parts): FormGate {
  const { owner, run, consent, memory } = parts;
  return new FormGate({
    send: (message) => parts.send(message),
    ready: () => owner.ready(),
    changed() {
      run.remember();
      owner.changed();
    },
    newId,
    consent: () => consentOf(parts.options()),
    consentText: () => Text({ text: parts.options().consent }),
    chat: () => run.chat,
    draft: () => run.draft,
    name: () => shortName(parts.name()),
    canSend: () => run.canSend && !isLongName(parts.name()),
    agreed: () => consent.agreed,
    agree(version) {
      consent.agreed = version;
    },
    sent: () => run.clear(),
    chatWith: (card) => parts.start("chat", { id: card.id, dn: nameOf(card) }),
    leave: () => run.leave(),
  }, {
    clock: owner.clock,
    failed: () => owner.failed(),
    widget: {
      takesMessages: () =>
        "leaveMessage" in (owner.roster().session?.strings ?? {}),
      isAvailable: (agent) =>
        owner.roster().cards.some((card) =>
          card.id === agent && isAvailable(card)
        ),
    },
    memory: memory?.form,
  });
}
