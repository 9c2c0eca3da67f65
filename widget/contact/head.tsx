import type { ComponentChildren } from "preact";
import { Avatar } from "../view/avatar.tsx";
import { Icon } from "../view/icons.tsx";
import type { Model } from "../view/model.ts";
import { Glyph } from "../view/icons.tsx";

const BACK = "M15 5l-7 7 7 7";

/** The header of a chat or call: the agent's name, and the way out. */
export function Head(
  { model, agent, state, leave, children }: {
    model: Model;
    agent: { id: string; name: string };
    state: string;
    /** Returns to the list of agents; absent during a chat or call. */
    leave?: (() => void) | undefined;
    children?: ComponentChildren;
  },
) {
  const card = model.cards.find(({ id }) => id === agent.id);
  return (
    <header class="head">
      {leave && (
        <button
          type="button"
          class="tool back"
          aria-label={model.text("back")}
          onClick={leave}
        >
          <Glyph path={BACK} />
        </button>
      )}
      {card && <Avatar card={card} url={model.picture(card)} />}
      <div class="who">
        <h2 translate={false}>
          <bdi>{agent.name}</bdi>
        </h2>
        <p>{state}</p>
      </div>
      {children}
      <button
        type="button"
        class="tool"
        aria-label={model.text("close")}
        onClick={model.act.collapse}
      >
        <Icon name="close" />
      </button>
    </header>
  );
}
