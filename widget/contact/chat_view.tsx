import type { ComponentChild } from "preact";
import type { WidgetTexts } from "@/lib/i18n/widget/texts.ts";
import type { Info } from "@/lib/protocol/visitor/session_messages.ts";
import { Glyph, Icon } from "../view/icons.tsx";
import { Details } from "../view/card.tsx";
import type { FormParts } from "../inquiry/port.ts";
import { isAvailable, type Model } from "../view/model.ts";
import type { PageChat } from "./chat_state.ts";
import type { ChatRun } from "./chat_run.ts";
import { Composer, type ComposerActions } from "./composer.tsx";
import { EndQuestion } from "./end_question.tsx";
import { Head } from "./head.tsx";
import { Lines } from "./lines.tsx";
import type { ChatNotice } from "./queue.ts";

const SAVE = "M12 4v11M7 10.5l5 5 5-5M4.5 20h15";

export interface ChatActions extends Omit<ComposerActions, "write"> {
  /** Returns to the list of agents. */
  leave(): void;
  /** Leaves a message instead. */
  message(): void;
  /** Called if a chunk could not be loaded. */
  failed(): void;
}

export interface ChatProps {
  chat: PageChat;
  run: ChatRun;
  /** The form for a message, if it takes the place of the chat. */
  form: FormParts | undefined;
  model: Model;
  /** The visitor's name; undefined if the widget doesn't ask for it. */
  name: string | undefined;
  /** True if the visitor has opened the chat on this page, so it takes the
   * focus. */
  focuses: boolean;
  /** The current problem: the key of a text, or "". */
  alert: keyof WidgetTexts | "";
  /** Shown while there is no problem. */
  notice: ChatNotice | undefined;
  /** A running call next to the chat. */
  call: ComponentChild;
  act: ChatActions;
}

/** A chat, from the first message to its end. */
export function ChatView(props: ChatProps) {
  const { chat, run, form, model, alert, notice, call, act } = props;
  const { text } = model;
  const stays = run.running || model.session.type === "cardset";
  const { id, name } = chat.agent;
  const card = model.cards.find((card) => card.id === id);
  return (
    <>
      <Head
        model={model}
        agent={{ id, name: name || text("leaveMessage") }}
        state={card ? text(card.presence) : ""}
        leave={stays ? undefined : act.leave}
      >
        {card && !call && <Upgrade card={card} model={model} />}
      </Head>
      {call}
      <p class="alert" role="status">
        {alert ? text(alert, { name: chat.agent.name }) : notice?.text}
      </p>
      {notice?.choices}
      {form ? form.lead : <Lines chat={chat} run={run} model={model} />}
      {chat.state === "over"
        ? <Over {...props} />
        : (!form || form.fields) && <Foot {...props} />}
    </>
  );
}

/** The composer and the row below it. The row takes up its space even while it
 * is empty, so that Send does not move with the first message. */
function Foot({ chat, run, form, model, name, focuses, act }: ChatProps) {
  const canLeave = !form && chat.state === "drafting" &&
    model.text("leaveMessage");
  return (
    <>
      <Composer
        model={model}
        draft={run.draft}
        name={name}
        focuses={focuses}
        form={form}
        act={{ ...act, write: (text) => run.write(text) }}
      />
      {run.asksEnd
        ? <EndQuestion run={run} model={model} />
        : (
          <div class="chatTools">
            {canLeave && (
              <button type="button" class="plain" onClick={act.message}>
                {canLeave}
              </button>
            )}
            {run.running && (
              <>
                <Save chat={chat} model={model} failed={act.failed} />
                <button
                  type="button"
                  class="plain endChat"
                  onClick={() => run.askEnd(true)}
                >
                  <Icon name="close" />
                  {model.text("endChat")}
                </button>
              </>
            )}
          </div>
        )}
    </>
  );
}

/** An agent who has gone gets no new chat: what is left are the other agents,
 * and phone and e-mail. */
function Over({ chat, model, act }: ChatProps) {
  const message = model.text("leaveMessage");
  const card = model.cards.find(({ id }) => id === chat.agent.id);
  const isSidebar = model.session.type === "sidebar";
  return (
    <div class="composer actions">
      {card && isAvailable(card)
        ? (
          <button
            type="button"
            class="action"
            onClick={() => model.act.contact("chat", card)}
          >
            {model.text("newChat")}
          </button>
        )
        : (
          <>
            {card && <Details card={card} />}
            <button
              type="button"
              class="action"
              onClick={isSidebar ? act.leave : model.act.collapse}
            >
              {model.text(isSidebar ? "back" : "close")}
            </button>
          </>
        )}
      {message && (
        <button
          type="button"
          class="action"
          onClick={act.message}
        >
          {message}
        </button>
      )}
      <Save chat={chat} model={model} failed={act.failed} />
    </div>
  );
}

/** The button that adds a call to the chat. */
function Upgrade({ card, model }: { card: Info; model: Model }) {
  const kinds = (["voice", "video"] as const).filter((kind) =>
    card.media.includes(kind) && isAvailable(card)
  );
  const name = card.dn || card.id;
  return (
    <>
      {kinds.map((kind) => (
        <button
          type="button"
          class="tool"
          aria-label={model.text(
            kind === "voice" ? "callName" : "videoName",
            { name },
          )}
          onClick={() => model.act.contact(kind, card)}
        >
          <Icon name={kind} />
        </button>
      ))}
    </>
  );
}

function Save({ chat, model, failed }: {
  chat: PageChat;
  model: Model;
  failed(): void;
}) {
  return (
    <button
      type="button"
      class={chat.state === "over" ? "action" : "plain"}
      onClick={() => {
        import("./transcript.ts").then(
          ({ saveChat }) => saveChat(chat, model.text, model.session.lang),
          failed,
        );
      }}
    >
      <Glyph path={SAVE} />
      {model.text("saveChat")}
    </button>
  );
}
