import type { ComponentChildren } from "preact";
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-preact";

export type Tone = "neutral" | "accent" | "good" | "warning" | "danger";

/** A word about the thing beside it. */
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

/** A sentence that concerns all that follows it. */
export function Banner(props: {
  kind: keyof typeof ICONS;
  /** It appeared after the page: read it aloud at once. */
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

/** What stands where there is nothing yet: what it will be, and how to begin. */
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
