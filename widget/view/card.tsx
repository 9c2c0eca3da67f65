import type { ContactMedia } from "@/lib/model/media.ts";
import type { Info } from "@/lib/protocol/visitor/session_messages.ts";
import { mail, page, telephone } from "./addresses.ts";
import { Avatar } from "./avatar.tsx";
import { Icon } from "./icons.tsx";
import { isAvailable, type Model, nameOf } from "./model.ts";

/** One agent as a business card. */
export function Card({ card, model }: { card: Info; model: Model }) {
  const { text } = model;
  const url = card.link && page(card.link.url);
  return (
    <li class="card" data-agent={card.id}>
      <Avatar card={card} url={model.picture(card)} />
      <div class="who">
        <h3 class="name" translate={false}>
          <bdi>{nameOf(card)}</bdi>
        </h3>
        {card.department && (
          <p class="department">
            <bdi>{card.department}</bdi>
          </p>
        )}
        <p class="presence">
          <Presence card={card} />{" "}
          {card.opensAt && text(card.opensAt) || text(card.presence)}
        </p>
      </div>
      <Details card={card} />
      <div class="actions">
        <Action kind="voice" card={card} model={model} />
        <Action kind="video" card={card} model={model} />
        <Action kind="chat" card={card} model={model} />
        {url && (
          <a class="action quiet" href={url} target="_blank" rel="noopener">
            <Icon name="link" />
            <bdi>{card.link?.label || url}</bdi>
          </a>
        )}
      </div>
    </li>
  );
}

/** A visual sign only; the text next to it says the same. */
export function Presence({ card }: { card: Info }) {
  return <i class={`dot ${card.presence}`} aria-hidden="true" />;
}

/** Phone number and e-mail address, if the card has them. */
export function Details({ card }: { card: Info }) {
  const email = card.media.includes("email") && card.email;
  if (!card.phonenumber && !email) return null;
  return (
    <div class="details">
      {card.phonenumber && (
        <a href={telephone(card.phonenumber)}>
          <Icon name="voice" />
          <span dir="ltr">{card.phonenumber}</span>
        </a>
      )}
      {email && (
        <a href={mail(email)}>
          <Icon name="email" />
          <span dir="ltr">{email}</span>
        </a>
      )}
    </div>
  );
}

const NAMES = {
  voice: ["call", "callName"],
  video: ["video", "videoName"],
  chat: ["chat", "chatName"],
} as const;

function Action(
  { kind, card, model }: { kind: ContactMedia; card: Info; model: Model },
) {
  const [label, name] = NAMES[kind];
  const available = isAvailable(card);
  const leave = kind === "chat" && !available &&
    model.text("leaveName", { name: nameOf(card) });
  if (!leave && !card.media.includes(kind)) return null;
  return (
    <button
      type="button"
      class="action"
      disabled={!leave && !available}
      aria-label={leave || model.text(name, { name: nameOf(card) })}
      onClick={() => model.act.contact(kind, card)}
    >
      <Icon name={kind} />
      <span>{model.text(leave ? "message" : label)}</span>
    </button>
  );
}
