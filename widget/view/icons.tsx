/** Paths on a 24 px grid, drawn with a line of 1.75 px. */
const PATHS = {
  voice:
    "M6.6 3H4.5A1.5 1.5 0 0 0 3 4.6 17 17 0 0 0 19.4 21a1.5 1.5 0 0 0 1.6-1.5v-2.9a1.5 1.5 0 0 0-1.2-1.5l-3-.6a1.5 1.5 0 0 0-1.5.6l-.8 1.1a13 13 0 0 1-5.7-5.7l1.1-.8a1.5 1.5 0 0 0 .6-1.5l-.6-3A1.5 1.5 0 0 0 6.6 3z",
  video:
    "M4.5 6h9A1.5 1.5 0 0 1 15 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 3 16.5v-9A1.5 1.5 0 0 1 4.5 6zM15 10.5l6-3.5v10l-6-3.5",
  chat:
    "M20 4.5H4A1.5 1.5 0 0 0 2.5 6v10A1.5 1.5 0 0 0 4 17.5h2.5V21l4.5-3.5h9a1.5 1.5 0 0 0 1.5-1.5V6A1.5 1.5 0 0 0 20 4.5zM7.5 9h9M7.5 13h5.5",
  email: "M3 5.5h18v13H3zM3.5 6.5l8.5 6.5 8.5-6.5",
  link: "M7 17L17 7M9 7h8v8",
  close: "M6 6l12 12M18 6L6 18",
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative icon; its button or link has the name. */
export function Icon({ name }: { name: IconName }) {
  return <Glyph path={PATHS[name]} />;
}

/** An icon by its path; chunks that load later bring their own. */
export function Glyph({ path }: { path: string }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
