import type { ComponentChild } from "preact";
import { isComposing } from "@/lib/base/keys.ts";
import { Icon } from "../view/icons.tsx";
import type { Model } from "../view/model.ts";
import { Cards, Footer, Notice, titleOf } from "../view/widget.tsx";
import { ignoreStrayPresses } from "./presses.ts";

/** What opens over the page: the agents of a sidebar, a chat or a call. */
export function Panel(
  { model, contact }: { model: Model; contact: ComponentChild },
) {
  const { position } = model.session.options;
  return (
    <div
      class="panel"
      data-position={position}
      role="dialog"
      aria-label={titleOf(model)}
      tabIndex={-1}
      ref={(panel) => {
        if (panel) ignoreStrayPresses(panel.getRootNode());
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || isComposing(event)) return;
        event.stopPropagation();
        model.act.collapse();
      }}
    >
      {contact ?? <Overview model={model} />}
    </div>
  );
}

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
        <Footer model={model} />
      </div>
    </>
  );
}
