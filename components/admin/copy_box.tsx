import { useRef } from "preact/hooks";
import { CopyButton } from "./copy_button.tsx";

/** Lines of code with a button that copies them. */
export function CopyBox({ text, label, button, isPrimary = false }: {
  text: string;
  /** Label of the lines for screen readers. */
  label: string;
  button: string;
  isPrimary?: boolean;
}) {
  const lines = useRef<HTMLPreElement>(null);
  return (
    <div class="copy-box">
      <pre ref={lines} tabIndex={0} role="region" aria-label={label} dir="ltr">
        <code>{text}</code>
      </pre>
      <CopyButton
        text={text}
        button={button}
        isPrimary={isPrimary}
        source={() => lines.current}
      />
    </div>
  );
}
