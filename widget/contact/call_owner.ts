import type { ContactMedia } from "@/lib/model/media.ts";
import type { CallOwner } from "../call/port.ts";
import type { ContactsOwner, ContactsPort } from "../contacts_port.ts";
import type { ChatRun } from "./chat_run.ts";
import type { PageChat } from "./chat_state.ts";
import type { FormGate } from "./form_gate.ts";
import type { RareViews } from "./rare_views.ts";

type Panel =
  & Pick<CallOwner, "send" | "notice" | "leave">
  & Pick<ContactsPort, "start">
  & { form: FormGate; run: ChatRun; rare: RareViews };

/** Returns the functions of the panel that a call with this agent uses. */
export function callOwner(
  owner: ContactsOwner,
  { kind, agent }: { kind: ContactMedia; agent: PageChat["agent"] },
  { start, form, run, rare, ...panel }: Panel,
): CallOwner {
  const to = { id: agent.id, dn: agent.name };
  return {
    ...owner,
    ...panel,
    isOnline: () => run.isOnline,
    unread: () => run.unread,
    queueNotice: (waiting, model) => rare.queueNotice(waiting, model),
    chat: () => start("chat", to),
    show: () => start(kind, to),
    message() {
      start("chat", to);
      form.choose();
      owner.changed();
    },
  };
}
