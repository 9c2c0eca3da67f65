import { pieces } from "./links.ts";

/** Plain text whose web addresses can be opened. */
export function Text({ text }: { text: string }) {
  return (
    <>
      {pieces(text).map((piece) =>
        piece.type === "text"
          ? piece.text
          : (
            <a href={piece.text} target="_blank" rel="noopener noreferrer">
              {piece.text}
            </a>
          )
      )}
    </>
  );
}
