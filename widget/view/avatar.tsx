import type { Info } from "@/lib/protocol/visitor/session_messages.ts";
import { initials } from "./addresses.ts";
import { nameOf } from "./model.ts";

/** An agent's picture, or initials until it has loaded. The name is next to
 * it. */
export function Avatar({ card, url }: { card: Info; url: string }) {
  return (
    <span
      class="avatar"
      data-see={card.id}
      translate={false}
      aria-hidden="true"
    >
      {url ? <img src={url} alt="" /> : initials(nameOf(card))}
    </span>
  );
}
