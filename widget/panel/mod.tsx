import type { ComponentChild } from "preact";
import type { Model } from "../view/model.ts";
import { addSheet } from "../view/sheets.ts";
import css from "./panel.css" with { type: "text" };
import { Panel } from "./panel.tsx";
import { viewportSheet } from "./viewport.ts";

/** The panel with the running call or chat; otherwise with the agents. */
export function panelView(
  model: Model,
  contact: ComponentChild,
): ComponentChild {
  addSheet(css);
  addSheet("viewport", viewportSheet);
  // The key keeps it from being rendered into the element of the launcher.
  return <Panel key="panel" model={model} contact={contact} />;
}
