import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { isComposing } from "@/lib/base/keys.ts";

export interface MenuProps {
  /** The visible part, which opens the rest. */
  trigger: ComponentChildren;
  /** Label for screen readers instead of the trigger's content. */
  label?: string;
  /** The side with which the menu is aligned. */
  align?: "start" | "end";
  children: ComponentChildren;
}

/**
 * A disclosure with links and forms. It opens and closes without JavaScript;
 * with JavaScript, Escape and a click elsewhere close it too.
 */
export function Menu(props: MenuProps) {
  const ref = useRef<HTMLDetailsElement>(null);
  useEffect(() => ref.current ? closeFromOutside(ref.current) : undefined, []);
  return (
    <details ref={ref} class={`menu menu-${props.align ?? "end"}`}>
      <summary class="menu-trigger">
        {props.label && <span class="hidden-label">{props.label}</span>}
        <span class="menu-shown" aria-hidden={props.label ? "true" : undefined}>
          {props.trigger}
        </span>
      </summary>
      <div class="menu-panel">{props.children}</div>
    </details>
  );
}

function closeFromOutside(menu: HTMLDetailsElement): () => void {
  function onPress(event: Event): void {
    if (event.target instanceof Node && menu.contains(event.target)) return;
    menu.open = false;
  }
  function onKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !menu.open || isComposing(event)) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
  document.addEventListener("pointerdown", onPress);
  document.addEventListener("focusin", onPress);
  menu.addEventListener("keydown", onKey);
  return () => {
    document.removeEventListener("pointerdown", onPress);
    document.removeEventListener("focusin", onPress);
    menu.removeEventListener("keydown", onKey);
  };
}
