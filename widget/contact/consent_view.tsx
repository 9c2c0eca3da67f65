import { Icon } from "../view/icons.tsx";
import type { Model } from "../view/model.ts";
import { Text } from "./text.tsx";

/** Asks once, before the first message or call. The draft stays. */
export function ConsentView({ model, consent, agree, cancel }: {
  model: Model;
  consent: string;
  agree(): void;
  cancel(): void;
}) {
  const { text, act } = model;
  return (
    <>
      <header class="head">
        <h2>{text("consentTitle")}</h2>
        <button
          type="button"
          class="tool"
          aria-label={text("close")}
          onClick={act.collapse}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="body consent">
        <p dir="auto">
          <Text text={consent} />
        </p>
        <div class="actions">
          <button
            type="button"
            class="action"
            ref={(button) => button?.focus()}
            onClick={agree}
          >
            {text("consentAgree")}
          </button>
          <button type="button" class="action" onClick={cancel}>
            {text("cancel")}
          </button>
        </div>
      </div>
    </>
  );
}
