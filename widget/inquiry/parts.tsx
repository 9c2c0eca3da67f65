import type { PAGE_LIMITS } from "@/lib/protocol/visitor/page_limits.ts";
import type { PageChat } from "../contact/chat_state.ts";
import { Icon } from "../view/icons.tsx";
import { isAvailable, type Model, nameOf } from "../view/model.ts";
import { CallbackBox, CallbackWhen, slotText } from "./callback.tsx";
import type { FormFields, FormState } from "./form_state.ts";

/** Imports only the type, because another chunk has the limits. */
const REPLY_LENGTH: typeof PAGE_LIMITS.replyLength = 254;

/** Why there is a form, and the agents who can be reached after all. */
export function Lead(
  { form, chat, model }: { form: FormFields; chat: PageChat; model: Model },
) {
  const { text, cards } = model;
  const { id, name } = chat.agent;
  const available = cards.filter((card) =>
    isAvailable(card) && card.media.includes("chat")
  );
  const back = available.find((card) => card.id === id);
  const offered = back ?? available[0];
  return (
    <div class="scroll lead">
      <p role="status">
        {back && form.away === id
          ? text("availableNow", { name })
          : cards.some(isAvailable)
          ? ""
          : model.nobody}
      </p>
      <p>{text("leaveLead")}</p>
      {offered && (
        <button
          type="button"
          class="action"
          onClick={() => form.owner.chatWith(offered)}
        >
          <Icon name="chat" />
          {text("chatName", { name: nameOf(offered) })}
        </button>
      )}
    </div>
  );
}

/** The fields below the text. */
export function Fields({ form, model }: { form: FormFields; model: Model }) {
  const { text } = model;
  const { state, consent } = form;
  const isSending = state.state === "sending";
  const isWrong = state.state === "writing" &&
    /^(reply|number)/.test(state.alert);
  const isCall = form.slot !== undefined;
  const label = text(isCall ? "callbackNumber" : "replyTo");
  return (
    <>
      <CallbackBox form={form} model={model} />
      <input
        class="field"
        dir="auto"
        type={isCall ? "tel" : "text"}
        autocomplete={isCall ? "tel" : "email"}
        aria-label={label}
        placeholder={label}
        maxlength={REPLY_LENGTH}
        aria-invalid={isWrong}
        readOnly={isSending}
        value={form.reply}
        onInput={({ currentTarget }) => form.enter(currentTarget.value)}
      />
      <CallbackWhen form={form} model={model} />
      {consent !== "" && (
        <div class="agree">
          <p dir="auto" tabIndex={0}>
            {form.owner.consentText()}
          </p>
          <label>
            <input
              type="checkbox"
              checked={form.checked === consent}
              disabled={isSending}
              onChange={({ currentTarget }) =>
                form.check(currentTarget.checked)}
            />
            {text("agree")}
          </label>
        </div>
      )}
      <button
        type="submit"
        class="action leave"
        aria-disabled={isSending}
      >
        {text(isSending ? "sending" : "send")}
      </button>
    </>
  );
}

/** The message has arrived. */
export function Thanks({ form, stored, model }: {
  form: FormFields;
  stored: Extract<FormState, { state: "stored" }>;
  model: Model;
}) {
  const { text, session, act } = model;
  const { number, slot } = stored;
  const isSidebar = session.type === "sidebar";
  return (
    <div class="scroll lead thanks">
      <p role="status">
        {text(slot === undefined ? "leftThanks" : "callbackThanks")}{" "}
        {text("leftNumber", { number: "" })}{" "}
        <strong translate={false} dir="ltr">{number}</strong>
      </p>
      {!!slot && form.times && (
        <p>{slotText(slot, form.times.minutes, session.lang)}</p>
      )}
      <div class="actions">
        <button
          type="button"
          class="action"
          ref={(button) => button?.focus()}
          onClick={isSidebar ? () => form.owner.leave() : act.collapse}
        >
          {text(isSidebar ? "back" : "close")}
        </button>
        <button type="button" class="action" onClick={() => form.reset()}>
          {text("leaveAnother")}
        </button>
      </div>
    </div>
  );
}
