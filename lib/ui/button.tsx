import type { ButtonHTMLAttributes, ComponentChildren } from "preact";
import { Spinner } from "./spinner.tsx";

export type ButtonKind = "primary" | "plain" | "quiet" | "danger";

type Native = Omit<ButtonHTMLAttributes, "icon" | "label" | "size">;

export interface ButtonProps extends Native {
  kind?: ButtonKind;
  size?: "medium" | "small";
  /** An icon of lucide-preact, before the text. */
  icon?: ComponentChildren;
  /** Work is under way: shows it, and cannot be pressed again. */
  busy?: boolean;
}

/** A button with a text. It submits nothing unless `type="submit"` is given. */
export function Button(props: ButtonProps) {
  const { kind = "plain", size = "medium", icon, busy, children, ...rest } =
    props;
  return (
    <button
      type="button"
      {...rest}
      class={`button button-${kind} button-${size} ${rest.class ?? ""}`}
      aria-busy={busy ? "true" : undefined}
      disabled={busy || rest.disabled}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Native {
  /** What it does: read aloud, and shown as a tooltip. */
  label: string;
  kind?: "quiet" | "plain" | "danger";
}

/** A square button that shows one icon. */
export function IconButton(props: IconButtonProps) {
  const { label, kind = "quiet", children, ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      class={`icon-button icon-button-${kind} ${rest.class ?? ""}`}
      aria-label={label}
      title={label}
    >
      {children}
    </button>
  );
}

/** A link that looks like a button: it leads somewhere, it changes nothing. */
export function ButtonLink(props: {
  href: string;
  kind?: ButtonKind;
  target?: "_blank";
  icon?: ComponentChildren;
  /** What a page with its script does instead of going there. */
  onClick?: (event: MouseEvent) => void;
  /** Work is under way: shows it. */
  busy?: boolean;
  children: ComponentChildren;
}) {
  return (
    <a
      class={`button button-${props.kind ?? "plain"} button-medium`}
      href={props.href}
      target={props.target}
      rel={props.target && "noopener"}
      onClick={props.onClick}
      aria-busy={props.busy ? "true" : undefined}
    >
      {props.busy ? <Spinner /> : props.icon}
      {props.children}
    </a>
  );
}
