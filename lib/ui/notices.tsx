import type { ComponentChildren } from "preact";
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-preact";

export type Tone = "neutral" | "accent" | "good" | "warning" | "danger";

/** A short label for the thing next to it. */
export function Badge(props: { tone?: Tone; children: ComponentChildren }) {
  return (
    <span class={`badge badge-${props.tone ?? "neutral"}`}>
      {props.children}
    </span>
  );
}

const ICONS = {
  info: Info,
  good: CircleCheck,
  warning: TriangleAlert,
  danger: CircleAlert,
};

/** A message about the content below it. */
export function Banner(props: {
  kind: keyof typeof ICONS;
  /** True if it appeared after the page, so that it is read aloud
   * immediately. */
  live?: boolean;
  children: ComponentChildren;
  actions?: ComponentChildren;
}) {
  const Icon = ICONS[props.kind];
  return (
    <div
      class={`banner banner-${props.kind}`}
      role={props.live ? "alert" : undefined}
    >
      <Icon size={18} aria-hidden="true" />
      <div class="banner-text">{props.children}</div>
      {props.actions && <div class="banner-actions">{props.actions}</div>}
    </div>
  );
}

/** Shown where there is no content yet: what will be here, and how to begin. */
export function EmptyState(props: {
  picture?: ComponentChildren;
  title: string;
  children?: ComponentChildren;
  actions?: ComponentChildren;
}) {
  return (
    <div class="empty">
      {props.picture && <div class="empty-picture">{props.picture}</div>}
      <h2>{props.title}</h2>
      {props.children && <div class="empty-text">{props.children}</div>}
      {props.actions && <div class="empty-actions">{props.actions}</div>}
    </div>
  );
}
