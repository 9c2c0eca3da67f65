import type { ComponentChild } from "preact";
import type { Model } from "../view/model.ts";
import { sheet } from "../view/sheets.ts";
import css from "./panel.css" with { type: "text" };
import { Panel } from "./panel.tsx";

let shared: CSSStyleSheet | undefined;

/** The sheet of the panel, once per page. */
export function panelSheet(): CSSStyleSheet {
  return shared ??= sheet(css);
}

/** The panel with what runs in it; without anything, the agents. */
export function panelView(
  model: Model,
  contact: ComponentChild,
): ComponentChild {
  return <Panel model={model} contact={contact} />;
}
