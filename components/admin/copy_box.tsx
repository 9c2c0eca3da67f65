import { useRef, useState } from "preact/hooks";
import { Check, Copy } from "lucide-preact";
import { Button } from "@/lib/ui/button.tsx";
import { useLanguage } from "./language.tsx";

type State = "resting" | "copied" | "refused";

/** Lines to be copied, and the button that does it. */
export function CopyBox({ text, label, button, isPrimary = false }: {
  text: string;
  /** Read aloud for the lines. */
  label: string;
  button: string;
  isPrimary?: boolean;
}) {
  const { texts: { code: texts } } = useLanguage();
  const [state, setState] = useState<State>("resting");
  const lines = useRef<HTMLPreElement>(null);
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setState("copied");
    } catch { // Not allowed, or the page came without TLS.
      setState(lines.current ? copySelected(lines.current) : "refused");
    }
  }
  return (
    <div class="copy-box">
      <pre ref={lines} tabIndex={0} role="region" aria-label={label} dir="ltr">
        <code>{text}</code>
      </pre>
      <Button
        kind={isPrimary ? "primary" : "plain"}
        icon={state === "copied"
          ? <Check size={16} aria-hidden="true" />
          : <Copy size={16} aria-hidden="true" />}
        onClick={copy}
      >
        {state === "copied" ? texts.copied : button}
      </Button>
      <p class="hint" role="status">
        {state === "refused" && texts.copyFailed}
        {state === "copied" && <span class="hidden-label">{texts.copied}</span>}
      </p>
    </div>
  );
}

/** The way before there was a clipboard; at least the lines are selected. */
function copySelected(element: HTMLElement): State {
  getSelection()?.selectAllChildren(element);
  return document.execCommand("copy") ? "copied" : "refused";
}
