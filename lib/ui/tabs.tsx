import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { useOwnId } from "./own_id.tsx";

export interface Tab<T extends string> {
  id: T;
  label: string;
  /** Shown after the label, such as a count. */
  note?: ComponentChildren;
}

export interface TabsProps<T extends string> {
  /** Label of the tabs for screen readers. */
  label: string;
  tabs: readonly Tab<T>[];
  current: T;
  onChoose: (id: T) => void;
  /** The content of the current tab. */
  children: ComponentChildren;
}

/** Parts of a page, one of which is visible. Arrow keys switch between them. */
export function Tabs<T extends string>(props: TabsProps<T>) {
  const { tabs, current, onChoose } = props;
  const id = useOwnId();
  const list = useRef<HTMLDivElement>(null);
  function go(to: number): void {
    const tab = tabs[(to + tabs.length) % tabs.length];
    if (tab === undefined) return;
    onChoose(tab.id);
    const button = list.current?.querySelector(`[data-tab="${tab.id}"]`);
    if (button instanceof HTMLElement) button.focus();
  }
  function onKeyDown(event: KeyboardEvent): void {
    const at = tabs.findIndex((tab) => tab.id === current);
    const to = placeOf(event, at, tabs.length);
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  }
  return (
    <div class="tabs">
      <div
        ref={list}
        class="tab-list"
        role="tablist"
        aria-label={props.label}
        onKeyDown={onKeyDown}
      >
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            class="tab"
            id={`${id}-${tab.id}`}
            data-tab={tab.id}
            aria-selected={tab.id === current ? "true" : "false"}
            aria-controls={`${id}-panel`}
            tabIndex={tab.id === current ? 0 : -1}
            onClick={() => onChoose(tab.id)}
          >
            {tab.label}
            {tab.note}
          </button>
        ))}
      </div>
      <div
        class="tab-panel"
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${current}`}
        tabIndex={-1}
      >
        {props.children}
      </div>
    </div>
  );
}

function placeOf(
  event: KeyboardEvent,
  at: number,
  count: number,
): number | undefined {
  const forward = getDirection(event.currentTarget) === "rtl" ? -1 : 1;
  switch (event.key) {
    case "ArrowRight":
      return at + forward;
    case "ArrowLeft":
      return at - forward;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

function getDirection(target: EventTarget | null): string {
  return target instanceof Element ? getComputedStyle(target).direction : "ltr";
}
