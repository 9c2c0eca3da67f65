import type { ComponentChild } from "preact";
import type { DrawnContacts } from "../contacts_port.ts";
import type { Model } from "../view/model.ts";
import { addSheet } from "../view/sheets.ts";
import { Launcher } from "../view/widget.tsx";
import css from "./panel.css" with { type: "text" };
import { Panel } from "./panel.tsx";
import { viewportSheet } from "./viewport.ts";

/** The panel with the running call or chat; otherwise with the agents. While it is
 * closed, the launcher, which shows the contacts behind it. */
export function panelView(
  model: Model,
  contacts: DrawnContacts | undefined,
): ComponentChild {
  addSheet(css);
  addSheet("viewport", viewportSheet);
  const behind = contacts?.behind(model);
  const launcher = behind?.launcher ??
    (model.session.type === "sidebar" && <Launcher model={model} />);
  // The key keeps it from being rendered into the element of the launcher.
  return (
    <>
      <p class="hidden" role="status">{!model.open && behind?.spoken}</p>
      {model.open
        ? <Panel key="panel" model={model} contact={contacts?.view(model)} />
        : launcher}
    </>
  );
}
