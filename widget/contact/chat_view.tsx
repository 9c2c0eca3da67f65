import type { ComponentChild } from "preact";
import type { WidgetTexts } from "@/lib/i18n/widget/texts.ts";
import type { Info } from "@/lib/protocol/visitor/session_messages.ts";
import { Glyph, Icon } from "../view/icons.tsx";
import { isAvailable, type Model } from "../view/model.ts";
import { type Chat, isRunning } from "./chat.ts";
import { Composer, type ComposerActions } from "./composer.tsx";
import { Head } from "./head.tsx";
import { Lines } from "./lines.tsx";

const SAVE = "M12 4v11M7 10.5l5 5 5-5M4.5 20h15";

export interface ChatActions extends ComposerActions {
  end(): void;
  again(): void;
  /** Back to the agents. */
  leave(): void;
  /** Something could not be loaded. */
  failed(): void;
}

/** A chat, from the first word to its end. */
export function ChatView({ chat, model, draft, name, alert, call, act }: {
  chat: Chat;
  model: Model;
  draft: string;
  /** The visitor's name; undefined where the widget fixes it. */
  name: string | undefined;
  /** What hinders it: the key of a text, or "". */
  alert: keyof WidgetTexts | "";
  /** A running call beside the chat. */
  call: ComponentChild;
  act: ChatActions;
}) {
  const { text } = model;
  const running = isRunning(chat);
  const stays = running || model.session.type === "cardset";
  const card = model.cards.find(({ id }) => id === chat.agent.id);
  return (
    <>
      <Head
        model={model}
        agent={chat.agent}
        state={card ? text(card.presence) : ""}
        leave={stays ? undefined : act.leave}
      >
        {card && !call && <Upgrade card={card} model={model} />}
      </Head>
      {call}
      <p class="alert" role="status">{alert && text(alert)}</p>
      <Lines chat={chat} model={model} />
      {chat.state === "over"
        ? (
          <div class="composer actions">
            <button type="button" class="action" onClick={act.again}>
              {text("newChat")}
            </button>
            <Save chat={chat} model={model} failed={act.failed} />
          </div>
        )
        : (
          <>
            <Composer
              model={model}
              draft={draft}
              name={chat.state === "drafting" ? name : undefined}
              act={act}
            />
            {running && (
              <div class="chatTools">
                <Save chat={chat} model={model} failed={act.failed} />
                <button type="button" class="plain" onClick={act.end}>
                  <Icon name="close" />
                  {text("endChat")}
                </button>
              </div>
            )}
          </>
        )}
    </>
  );
}

/** A chat can become a call without losing the chat. */
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
  chat: Chat;
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
