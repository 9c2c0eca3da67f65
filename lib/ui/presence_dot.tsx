import type { JSX } from "preact";
import type { Presence } from "@/lib/model/presence.ts";

/**
 * A presence as a shape and a colour. `label` is its name in the reader's
 * language. Without it the dot is decorative, next to a text that says the
 * same.
 */
export function PresenceDot(props: { presence: Presence; label?: string }) {
  const spoken = props.label === undefined
    ? { "aria-hidden": true }
    : { role: "img", "aria-label": props.label } as const;
  return (
    <svg
      class={`presence presence-${props.presence}`}
      viewBox="0 0 12 12"
      {...spoken}
    >
      {SHAPES[props.presence]}
    </svg>
  );
}

/** Full, clock, half, bar, ring: the shapes differ without colour too. */
const SHAPES: Record<Presence, JSX.Element> = {
  online: <circle cx="6" cy="6" r="5" />,
  away: (
    <>
      <circle cx="6" cy="6" r="5" />
      <path class="cut" d="M6 3v3.2l2 1.3" />
    </>
  ),
  busy: (
    <>
      <circle class="ring" cx="6" cy="6" r="4.25" />
      <path d="M6 1.5a4.5 4.5 0 0 1 0 9z" />
    </>
  ),
  dnd: (
    <>
      <circle cx="6" cy="6" r="5" />
      <path class="cut" d="M3.6 6h4.8" />
    </>
  ),
  offline: <circle class="ring" cx="6" cy="6" r="4.25" />,
};
