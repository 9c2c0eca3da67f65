import { useEffect, useState } from "preact/hooks";
import { Check, Copy } from "lucide-preact";
import { Button } from "@/lib/ui/button.tsx";
import { useLanguage } from "./language.tsx";

type State = "resting" | "copied" | "refused";

/** A button that copies a text, and below it a sentence if that failed. */
export function CopyButton({ text, button, source, isPrimary = false }: {
  text: string;
  button: string;
  /** Returns the element that shows the text, to select it there if the browser
   * does not allow the copy. */
  source: () => HTMLElement | null;
  isPrimary?: boolean;
}) {
  const { texts: { code: texts } } = useLanguage();
  const [state, setState] = useState<State>("resting");
  useEffect(() => setState("resting"), [text]);
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setState("copied");
    } catch { // Not allowed, or the page has no TLS.
      const element = source();
      setState(element ? copySelected(element) : "refused");
    }
  }
  return (
    <>
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
    </>
  );
}

/** Copies without the clipboard API; if that fails, the text is at least
 * selected. */
function copySelected(element: HTMLElement): State {
  if (element instanceof HTMLInputElement) element.select();
  else getSelection()?.selectAllChildren(element);
  return document.execCommand("copy") ? "copied" : "refused";
}
