import { Avatar } from "./avatar.tsx";
import { Card, Presence } from "./card.tsx";
import { Company } from "./company.tsx";
import { Icon } from "./icons.tsx";
import { isAvailable, type Model } from "./model.ts";

/** The whole widget, of either kind. */
export function Widget({ model }: { model: Model }) {
  return model.session.type === "sidebar"
    ? <Sidebar model={model} />
    : <Cardset model={model} />;
}

function Cardset({ model }: { model: Model }) {
  return (
    <section class="cardset" aria-label={titleOf(model)}>
      <Cards model={model} />
      <Footer model={model} />
      <Notice model={model} />
      <Availability model={model} />
      {model.panel}
    </section>
  );
}

function Sidebar({ model }: { model: Model }) {
  const { session, cards, open, running, panel } = model;
  const hidden = session.options.hideWhenUnavailable && !open && !running &&
    !cards.some(isAvailable);
  if (hidden) return null;
  return (
    <section class="sidebar" aria-label={titleOf(model)}>
      <Availability model={model} />
      {panel ?? <Launcher model={model} />}
    </section>
  );
}

/** Announces when the last agent leaves and when one is back. It announces no
 * other changes, because many agents change all the time. */
function Availability({ model: { cards, text, nobody } }: { model: Model }) {
  return (
    <p class="hidden" role="status">
      {cards.some(isAvailable) ? text("online") : nobody}
    </p>
  );
}

/** Opens the agents of a sidebar. */
export function Launcher({ model }: { model: Model }) {
  const { session, cards, text, act } = model;
  const { position } = session.options;
  const faces = cards.filter(isAvailable).slice(0, 3);
  // While no agent is available, nothing invites visitors.
  const nobody = faces.length === 0 && model.nobody;
  const help = model.notice || !nobody && model.help;
  const face = faces[0] ?? cards[0];
  return (
    <div class="launch" popover="manual" data-position={position}>
      {help && (
        <p class="help">
          <bdi>{help}</bdi>
          <button
            type="button"
            class="tool"
            aria-label={text("close")}
            onClick={act.hushHelp}
          >
            <Icon name="close" />
          </button>
        </p>
      )}
      <button
        type="button"
        class="launcher"
        aria-expanded="false"
        aria-haspopup="dialog"
        onClick={act.expand}
      >
        {faces.map((card) => (
          <Avatar key={card.id} card={card} url={model.picture(card)} />
        ))}
        <Icon name="chat" />
        <bdi class={position === "bottom" ? "label" : "hidden"}>
          {nobody || titleOf(model)}
        </bdi>
        {face && <Presence card={face} />}
        {!nobody && <span class="hidden">{face && text(face.presence)}</span>}
      </button>
    </div>
  );
}

export function Cards({ model }: { model: Model }) {
  const { cards, drawn, nobody, running } = model;
  const isEmpty = !running && !cards.some(isAvailable);
  return (
    <>
      {isEmpty && <p class="empty">{nobody}</p>}
      <ul class="cards">
        {cards.slice(0, drawn).map((card) => (
          <Card key={card.id} card={card} model={model} />
        ))}
      </ul>
    </>
  );
}

export function Footer({ model }: { model: Model }) {
  if (model.drawn < model.cards.length) return null; // It would move.
  const company = model.cards[0]?.company;
  return (
    <>
      {company && <Company company={company} text={model.text} />}
      {model.session.options.showBranding && (
        <p class="brand">Contact Widgets</p>
      )}
    </>
  );
}

export function Notice({ model }: { model: Model }) {
  return <p class="notice" role="status">{model.notice}</p>;
}

export function titleOf({ session, text }: Model): string {
  return session.options.title || text("title");
}
