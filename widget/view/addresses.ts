/** Returns a `tel:` link for a number as people write it: `+49 (0)30 1234`. */
export function telephone(number: string): string {
  const national = /^\s*\+/.test(number)
    ? number.replace(/\(0\)/, "") // Not dialled after a country code.
    : number;
  return `tel:${national.replace(/[^0-9+*#A-Za-z]/g, "")}`;
}

export function mail(address: string): string {
  return `mailto:${encodeURIComponent(address).replace("%40", "@")}`;
}

/** Returns the address of a page; undefined if it must not be opened. */
export function page(url: string): string | undefined {
  return /^https?:\/\//i.test(url) ? url : undefined;
}

/** Returns the two letters that represent an agent until the picture has
 * loaded. */
export function initials(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => [...word ?? ""][0] ?? "").join("").toUpperCase();
}
