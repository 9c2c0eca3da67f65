const TONES = 6;

/** A picture, or the initials of the name on a colour that depends on the
 * name. */
export function Avatar(props: {
  name: string;
  /** Address of the picture; "" for none. */
  src?: string;
  size?: "small" | "medium" | "large";
}) {
  const size = `avatar avatar-${props.size ?? "medium"}`;
  if (props.src) {
    return <img class={size} src={props.src} alt="" loading="lazy" />;
  }
  // Not as text, because the drawing must not be part of a button's name.
  return (
    <span
      class={`${size} tone-${toneOf(props.name)}`}
      data-initials={initialsOf(props.name)}
      aria-hidden="true"
    />
  );
}

/** Returns the initials of the first and the last word, or fewer. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._@-]+/u).filter((word) =>
    /^[\p{L}\p{N}]/u.test(word)
  );
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen
    .map((word) => [...word ?? ""][0] ?? "")
    .join("")
    .toLocaleUpperCase();
}

/** The same name always has the same tone. */
function toneOf(name: string): number {
  let sum = 0;
  for (const sign of name) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 997;
  return sum % TONES;
}
