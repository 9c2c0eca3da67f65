import { useRef, useState } from "preact/hooks";
import { Check, Copy } from "lucide-preact";
import { Button } from "@/lib/ui/button.tsx";
import { useLanguage } from "./language.tsx";

type State = "resting" | "copied" | "refused";

/** Lines of code with a button that copies them. */
export function CopyBox({ text, label, button, isPrimary = false }: {
  text: string;
  /** Label of the lines for screen readers. */
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
    } catch { // Not allowed, or the page has no TLS.
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

/** Copies without the clipboard API; if that fails, the lines are at least
 * selected. */
function copySelected(element: HTMLElement): State {
  getSelection()?.selectAllChildren(element);
  return document.execCommand("copy") ? "copied" : "refused";
}
