import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { isComposing } from "@/lib/base/keys.ts";
import { Button } from "@/lib/ui/button.tsx";
import { useOwnId } from "@/lib/ui/own_id.tsx";

export interface QuestionProps {
  title: string;
  /** The consequence of the action. */
  children: ComponentChildren;
  confirm: string;
  cancel: string;
  onConfirm: () => void;
  onCancel: () => void;
}

/**
 * Asks before something ends. It is part of the page, because a modal dialog
 * would cover a call that begins to ring. The focus starts on "cancel" and
 * returns to its old place.
 */
export function Question(props: QuestionProps) {
  const id = useOwnId();
  const ref = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const own = ref.current;
    own?.querySelector("button")?.focus();
    return () => {
      const hasFocus = own?.contains(document.activeElement);
      if (hasFocus && before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <section
      ref={ref}
      class="desk-question"
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onKeyDown={(event) => {
        if (isComposing(event) || event.key !== "Escape") return;
        props.onCancel();
      }}
    >
      <h2 id={`${id}-title`}>{props.title}</h2>
      <div class="desk-question-text" id={`${id}-text`}>{props.children}</div>
      <div class="desk-question-actions">
        <Button onClick={props.onCancel}>{props.cancel}</Button>
        <Button kind="danger" onClick={props.onConfirm}>{props.confirm}</Button>
      </div>
    </section>
  );
}
