import { Icon } from "../view/icons.tsx";
import type { Model } from "../view/model.ts";
import type { ConsentGate } from "./consent_gate.ts";
import { Text } from "./text.tsx";

/** Asks once, before the first message or call. The draft stays. */
export function ConsentView(
  { model, gate }: { model: Model; gate: ConsentGate },
) {
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
          <Text text={gate.text} />
        </p>
        <div class="actions">
          <button
            type="button"
            class="action"
            ref={(button) => button?.focus()}
            onClick={() => gate.agree()}
          >
            {text("consentAgree")}
          </button>
          <button type="button" class="action" onClick={() => gate.cancel()}>
            {text("cancel")}
          </button>
        </div>
      </div>
    </>
  );
}
