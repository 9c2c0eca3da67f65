import type { ComponentChildren } from "preact";
import { Mark } from "./mark.tsx";

export interface NavigationItem {
  href: string;
  label: string;
  icon: ComponentChildren;
  current: boolean;
  /** A number of things that wait there. */
  note?: ComponentChildren;
}

export interface AppShellProps {
  product: string;
  /** Label of the navigation for screen readers. */
  navigationLabel: string;
  skipLabel: string;
  items: readonly NavigationItem[];
  /** The account menu. */
  account: ComponentChildren;
  children: ComponentChildren;
}

/** The frame of every page for a signed-in user. */
export function AppShell(props: AppShellProps) {
  return (
    <div class="shell">
      <a class="skip" href="#main">{props.skipLabel}</a>
      <header class="topbar">
        <a class="brand" href="/" aria-current="false">
          <Mark />
          <span>{props.product}</span>
        </a>
        <nav class="navigation" aria-label={props.navigationLabel}>
          {props.items.map((item) => (
            <a
              key={item.href}
              href={item.href}
              aria-current={item.current ? "page" : "false"}
            >
              {item.icon}
              <span>{item.label}</span>
              {item.note}
            </a>
          ))}
        </nav>
        <div class="topbar-end">{props.account}</div>
      </header>
      <main id="main" class="main" tabIndex={-1}>{props.children}</main>
    </div>
  );
}

/** The frame of pages without a user: sign-in, set-up, errors. */
export function StandaloneShell(props: {
  product: string;
  children: ComponentChildren;
  footer?: ComponentChildren;
}) {
  return (
    <div class="standalone">
      <main id="main" class="standalone-card">
        <p class="standalone-brand">
          <Mark size={36} />
          <span>{props.product}</span>
        </p>
        {props.children}
      </main>
      {props.footer && <div class="standalone-footer">{props.footer}</div>}
    </div>
  );
}

/** The heading of a page, with its actions. */
export function PageHeader(props: {
  title: string;
  lead?: string;
  actions?: ComponentChildren;
}) {
  return (
    <header class="page-header">
      <div>
        <h1>{props.title}</h1>
        {props.lead && <p class="lead">{props.lead}</p>}
      </div>
      {props.actions && <div class="page-actions">{props.actions}</div>}
    </header>
  );
}
