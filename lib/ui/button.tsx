import type { ButtonHTMLAttributes, ComponentChildren, Ref } from "preact";
import { Spinner } from "./spinner.tsx";

export type ButtonKind = "primary" | "plain" | "quiet" | "danger";

type Native = Omit<ButtonHTMLAttributes, "icon" | "label" | "size">;

export interface ButtonProps extends Native {
  kind?: ButtonKind;
  size?: "medium" | "small";
  /** An icon of lucide-preact, before the text. */
  icon?: ComponentChildren;
  /** True while work is in progress: shows it, and disables the button. */
  busy?: boolean;
}

/** A button with a text. Submits a form only with `type="submit"`. */
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
  /** Its action, as a tooltip and for screen readers. */
  label: string;
  kind?: "quiet" | "plain" | "danger";
  /** Receives the element, for example to focus it. */
  elementRef?: Ref<HTMLButtonElement>;
}

/** A square button that shows one icon. */
export function IconButton(props: IconButtonProps) {
  const { label, kind = "quiet", elementRef = null, children, ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      ref={elementRef}
      class={`icon-button icon-button-${kind} ${rest.class ?? ""}`}
      aria-label={label}
      title={label}
    >
      {children}
    </button>
  );
}

/** A link that looks like a button. It navigates and changes nothing. */
export function ButtonLink(props: {
  href: string;
  kind?: ButtonKind;
  target?: "_blank";
  icon?: ComponentChildren;
  /** Replaces the navigation on a page with its script. */
  onClick?: (event: MouseEvent) => void;
  /** True while work is in progress. */
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
