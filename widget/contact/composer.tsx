import { PAGE_LIMITS } from "@/lib/protocol/visitor/page_limits.ts";
import { Glyph } from "../view/icons.tsx";
import type { Model } from "../view/model.ts";

const SEND = "M4 12h15M13 5.5l6.5 6.5-6.5 6.5";

export interface ComposerActions {
  write(text: string): void;
  rename(name: string): void;
  send(): void;
}

/** Where the visitor writes. Enter sends, Shift and Enter makes a new line. */
export function Composer({ model, draft, name, act }: {
  model: Model;
  draft: string;
  /** Asked for, before the first message; undefined: not asked. */
  name: string | undefined;
  act: ComposerActions;
}) {
  const { text } = model;
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        act.send();
      }}
    >
      {name !== undefined && (
        <input
          class="field"
          dir="auto"
          aria-label={text("yourName")}
          placeholder={text("yourName")}
          autocomplete="name"
          maxLength={PAGE_LIMITS.nameLength}
          value={name}
          onInput={({ currentTarget }) => act.rename(currentTarget.value)}
        />
      )}
      <div class="field write">
        <span class="grow" data-text={draft}>
          <textarea
            dir="auto"
            rows={1}
            aria-label={text("message")}
            placeholder={text("messageHint")}
            maxLength={PAGE_LIMITS.textLength}
            enterkeyhint="send"
            value={draft}
            ref={(area) => area?.focus({ preventScroll: true })}
            onInput={({ currentTarget }) => act.write(currentTarget.value)}
            onKeyDown={(event) => {
              const sends = event.key === "Enter" && !event.shiftKey &&
                !event.isComposing;
              if (!sends) return;
              event.preventDefault();
              act.send();
            }}
          />
        </span>
        <button type="submit" class="tool send" aria-label={text("send")}>
          <Glyph path={SEND} />
        </button>
      </div>
    </form>
  );
}
