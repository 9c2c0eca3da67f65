import type { ComponentChild } from "preact";
import { BusyLauncher, isBusy, spoken } from "../contact/launcher.tsx";
import type { ContactsPort } from "../contacts_port.ts";
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
  contacts: ContactsPort | undefined,
): ComponentChild {
  addSheet(css);
  addSheet("viewport", viewportSheet);
  // The key keeps it from being rendered into the element of the launcher.
  const behind = contacts?.behind;
  return (
    <>
      <p class="hidden" role="status">
        {behind && !model.open && spoken(behind, model)}
      </p>
      {model.open
        ? <Panel key="panel" model={model} contact={contacts?.view(model)} />
        : behind && isBusy(behind)
        ? <BusyLauncher behind={behind} model={model} />
        : model.session.type === "sidebar" && <Launcher model={model} />}
    </>
  );
}
