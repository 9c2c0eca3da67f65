import type { ComponentChild } from "preact";
import type { Model } from "../view/model.ts";
import type { ChatRun } from "./chat_run.ts";
import type { PageChat } from "./chat_state.ts";
import { type ChatProps, ChatView } from "./chat_view.tsx";
import type { FormGate } from "./form_gate.ts";
import type { RareViews } from "./rare_views.ts";
import type { Work } from "./work.ts";

/** Renders a chat, or the form for a message in its place. */
export function chatScreen(
  { chat, run, form: gate, work, rare, model }: {
    chat: PageChat;
    run: ChatRun;
    form: FormGate;
    work: Work;
    rare: RareViews;
    model: Model;
  },
  { name, ...more }: Pick<ChatProps, "name" | "focuses" | "call" | "act">,
): ComponentChild {
  const form = gate.parts(chat, model);
  const alert = run.isOnline
    ? work.notice || (form?.alert ?? "")
    : "connectionLost";
  return (
    <ChatView
      {...{ chat, run, form, model, alert }}
      notice={alert === "" ? rare.chatNotice(run, gate, model) : undefined}
      name={chat.state === "drafting" ? name : undefined}
      {...more}
    />
  );
}
