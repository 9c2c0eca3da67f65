import { isComposing } from "@/lib/base/keys.ts";
import { PAGE_LIMITS } from "@/lib/protocol/visitor/page_limits.ts";
import type { FormParts } from "../inquiry/port.ts";
import { Glyph } from "../view/icons.tsx";
import type { Model } from "../view/model.ts";
import { isCounted, isLongName, isLongText } from "./limits.ts";

const SEND = "M4 12h15M13 5.5l6.5 6.5-6.5 6.5";

export interface ComposerActions {
  write(text: string): void;
  rename(name: string): void;
  send(): void;
}

/** The field for the visitor's message. Enter sends, Shift+Enter begins a new
 * line. Text over the limit stays, and Send says why it can't be sent. With the
 * fields of a form, it is the same element, so that the cursor stays. */
export function Composer({ model, draft, name, focuses, form, act }: {
  model: Model;
  draft: string;
  /** Requested before the first message; undefined if the widget doesn't ask. */
  name: string | undefined;
  /** True if the field takes the focus when it appears. */
  focuses: boolean;
  form: FormParts | undefined;
  act: ComposerActions;
}) {
  const { text } = model;
  const longName = name !== undefined && isLongName(name);
  const isLong = longName || isLongText(draft);
  return (
    <form
      class={form ? "composer asForm" : "composer"}
      onSubmit={(event) => {
        event.preventDefault();
        act.send();
      }}
    >
      <Limit model={model} draft={draft} longName={longName} />
      {name !== undefined && (
        <NameField model={model} name={name} rename={act.rename} />
      )}
      <div class="field write">
        <MessageField
          model={model}
          draft={draft}
          focuses={focuses}
          form={form}
          act={act}
        />
        {!form && (
          <button
            type="submit"
            class="tool send"
            aria-label={text("send")}
            aria-disabled={isLong}
            aria-describedby={isLong ? "limit" : undefined}
          >
            <Glyph path={SEND} />
          </button>
        )}
      </div>
      {form?.fields}
    </form>
  );
}

function MessageField({ model, draft, focuses, form, act }: {
  model: Model;
  draft: string;
  focuses: boolean;
  form: FormParts | undefined;
  act: ComposerActions;
}) {
  const { text } = model;
  return (
    <span class="grow" data-text={draft}>
      <textarea
        dir="auto"
        rows={1}
        aria-label={text("message")}
        placeholder={text("messageHint")}
        aria-invalid={isLongText(draft)}
        enterkeyhint={form ? "enter" : "send"}
        readOnly={form?.isSending ?? false}
        value={draft}
        ref={(area) => {
          if (focuses) area?.focus({ preventScroll: true });
        }}
        onInput={({ currentTarget }) => act.write(currentTarget.value)}
        onKeyDown={(event) => {
          const sends = event.key === "Enter" && !event.shiftKey && !form &&
            !isComposing(event);
          if (!sends) return;
          event.preventDefault();
          act.send();
        }}
      />
    </span>
  );
}

function NameField({ model, name, rename }: {
  model: Model;
  name: string;
  rename(name: string): void;
}) {
  const label = model.text("yourName");
  return (
    <input
      class="field"
      dir="auto"
      aria-label={label}
      placeholder={label}
      autocomplete="name"
      aria-invalid={isLongName(name)}
      value={name}
      onInput={({ currentTarget }) => rename(currentTarget.value)}
      onKeyDown={(event) => {
        // Otherwise the Enter that ends a composition would submit the form.
        if (event.key === "Enter" && isComposing(event)) event.preventDefault();
      }}
    />
  );
}

/** Shows the length of a text near its limit, and the reason why it can't be
 * sent. */
function Limit({ model, draft, longName }: {
  model: Model;
  draft: string;
  longName: boolean;
}) {
  const { nameLength, textLength } = PAGE_LIMITS;
  const number = (value: number) => value.toLocaleString(model.session.lang);
  const longText = isLongText(draft);
  const max = longText ? textLength : nameLength;
  const length = number(draft.trim().length);
  return (
    <div class={longName || isCounted(draft) ? "limit" : "hidden"}>
      <p id="limit" role="status">
        {(longText || longName) && model.text("tooLong", { max: number(max) })}
      </p>
      <p aria-hidden="true" dir="ltr">
        {isCounted(draft) && `${length} / ${number(textLength)}`}
      </p>
    </div>
  );
}
