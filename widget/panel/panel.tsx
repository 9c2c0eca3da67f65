import type { ComponentChild } from "preact";
import { isComposing } from "@/lib/base/keys.ts";
import { ignoreStrayPresses } from "@/lib/base/stray_presses.ts";
import { Icon } from "../view/icons.tsx";
import type { Model } from "../view/model.ts";
import { Cards, Footer, Notice, titleOf } from "../view/widget.tsx";
import { watchDialogs } from "./dialogs.ts";
import { guard } from "./guard.ts";

/** The panel that opens over the page: the agents of a sidebar, a chat or a
 * call. */
export function Panel(
  { model, contact }: { model: Model; contact: ComponentChild },
) {
  const { position } = model.session.options;
  return (
    <dialog
      class="panel"
      popover="manual"
      data-position={position}
      role="dialog"
      aria-label={titleOf(model)}
      tabIndex={-1}
      ref={(panel) => {
        guard(panel); // Before the next call, which may drop a click on purpose.
        if (panel) ignoreStrayPresses(panel.getRootNode());
        watchDialogs(panel);
      }}
      onKeyDown={(event) => {
        const closes = event.key === "Escape" && !isComposing(event);
        if (closes) model.act.collapse();
      }}
    >
      {contact ?? <Overview model={model} />}
    </dialog>
  );
}

/** A message to no agent in particular. */
const NOBODY = { id: "", dn: "" };

function Overview({ model }: { model: Model }) {
  return (
    <>
      <header class="head">
        <h2>
          <bdi>{titleOf(model)}</bdi>
        </h2>
        <button
          type="button"
          class="tool"
          aria-label={model.text("close")}
          onClick={model.act.collapse}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="body">
        <Notice model={model} />
        <Cards model={model} />
        {model.text("leaveMessage") && (
          <div class="actions">
            <button
              type="button"
              class="action"
              onClick={() => model.act.contact("chat", NOBODY)}
            >
              {model.text("leaveMessage")}
            </button>
          </div>
        )}
        <Footer model={model} />
      </div>
    </>
  );
}
