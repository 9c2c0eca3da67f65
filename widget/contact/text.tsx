import { findLinks } from "@/lib/base/links.ts";

/** Plain text with clickable web addresses. */
export function Text({ text }: { text: string }) {
  return (
    <>
      {findLinks(text).map((part) =>
        part.type === "text"
          ? part.text
          : (
            <a href={part.href} target="_blank" rel="noopener noreferrer">
              {part.text}
            </a>
          )
      )}
    </>
  );
}
