/**
 * Between plain text, which is all that visitors see and write, and the HTML
 * that chat clients of the PBX use. Nothing that looks like markup in a text
 * becomes markup, and no markup reaches a visitor.
 */
export function textToHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;")
    .replace(/\r\n|\r|\n/g, "<br>");
}

/** Elements that stand on lines of their own. */
const BLOCKS = new Set([
  "address",
  "article",
  "blockquote",
  "div",
  "dl",
  "dd",
  "dt",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "hr",
  "li",
  "ol",
  "p",
  "pre",
  "section",
  "table",
  "tr",
  "ul",
]);
/** Elements whose content nobody is meant to read. */
const HIDDEN = new Set([
  "script",
  "style",
  "head",
  "title",
  "template",
  "noscript",
]);

const ENTITIES = new Map(Object.entries({
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  auml: "ä",
  ouml: "ö",
  uuml: "ü",
  Auml: "Ä",
  Ouml: "Ö",
  Uuml: "Ü",
  szlig: "ß",
  euro: "€",
  copy: "©",
  reg: "®",
  hellip: "…",
  ndash: "–",
  mdash: "—",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  bull: "•",
}));

type Piece =
  | { type: "text"; text: string }
  | { type: "tag"; name: string; isClosing: boolean; attributes: string };

/** What a reader of the HTML sees, as plain text; links with their address. */
export function htmlToText(html: string): string {
  const out: string[] = [];
  let hidden: string | undefined;
  let link: { href: string; from: number } | undefined;
  for (const piece of pieces(html)) {
    if (hidden !== undefined) {
      const ends = piece.type === "tag" && piece.isClosing &&
        piece.name === hidden;
      if (ends) hidden = undefined;
    } else if (piece.type === "text") {
      out.push(decodeEntities(piece.text).replace(/[ \t\r\n]+/g, " "));
    } else if (HIDDEN.has(piece.name)) {
      if (!piece.isClosing) hidden = piece.name;
    } else if (piece.name === "a") {
      if (link) out.push(linkAddress(link.href, out.slice(link.from)));
      link = piece.isClosing
        ? undefined
        : { href: attribute(piece.attributes, "href"), from: out.length };
    } else out.push(shown(piece.name, piece.attributes));
  }
  return tidy(out.join(""));
}

function shown(name: string, attributes: string): string {
  if (name === "br") return "\n";
  if (name === "img") return attribute(attributes, "alt");
  return BLOCKS.has(name) ? "\u0000" : ""; // A line ends, once.
}

/**
 * Tags and the text between them, in one pass. `<` that starts no tag is text;
 * what is not closed at the end is dropped, as browsers do.
 */
function* pieces(html: string): Generator<Piece> {
  let at = 0;
  while (at < html.length) {
    const open = html.slice(at, at + 3);
    if (open.startsWith("<!") || open.startsWith("<?")) {
      const isComment = html.startsWith("<!--", at);
      const end = html.indexOf(isComment ? "-->" : ">", at);
      if (end === -1) return;
      at = end + (isComment ? 3 : 1);
    } else if (/^<\/?[a-zA-Z]/.test(open)) {
      const end = tagEnd(html, at);
      if (end === -1) return;
      const tag = /^<(\/?)([a-zA-Z0-9-]+)/.exec(html.slice(at, at + 40));
      const name = tag?.[2]?.toLowerCase() ?? "";
      const isClosing = tag?.[1] === "/";
      const attributes = html.slice(at + (tag?.[0].length ?? 1), end);
      yield { type: "tag", name, isClosing, attributes };
      at = end + 1;
    } else {
      const next = html.indexOf("<", at + 1);
      const end = next === -1 ? html.length : next;
      yield { type: "text", text: html.slice(at, end) };
      at = end;
    }
  }
}

/** The `>` that ends a tag: not one within the quotes of an attribute. */
function tagEnd(html: string, at: number): number {
  let isValue = false;
  for (; at < html.length; at++) {
    const char = html.charAt(at);
    if (char === ">") return at;
    if (isValue && (char === '"' || char === "'")) {
      at = html.indexOf(char, at + 1);
      if (at === -1) return -1;
    }
    isValue = char === "=" || (isValue && char === " ");
  }
  return -1;
}

/** The address of a link behind its text, unless the text says it already. */
function linkAddress(href: string, text: string[]): string {
  const shown = text.join("").trim();
  if (!/^(https?:|mailto:|tel:)/i.test(href)) return "";
  const isSame = shown === href || href === `mailto:${shown}` ||
    href === `tel:${shown}` || href.replace(/\/$/, "") === shown;
  return isSame ? "" : shown === "" ? href : ` (${href})`;
}

function attribute(attributes: string, name: string): string {
  const found = new RegExp(
    `(?:^|\\s)${name} *= *(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`,
    "i",
  ).exec(attributes.slice(0, 8_000));
  return decodeEntities(found?.[1] ?? found?.[2] ?? found?.[3] ?? "").trim();
}

function decodeEntities(text: string): string {
  return text.replace(
    /&(#[xX]?[0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});/g,
    (all, entity) => {
      if (!entity.startsWith("#")) return ENTITIES.get(entity) ?? all;
      const isHex = entity[1] === "x" || entity[1] === "X";
      const code = isHex
        ? parseInt(entity.slice(2), 16)
        : Number(entity.slice(1));
      const isText = code >= 32 && code <= 0x10ffff &&
        (code < 0xd800 || code > 0xdfff);
      return isText ? String.fromCodePoint(code) : code === 10 ? "\n" : "";
    },
  );
}

function tidy(text: string): string {
  return text
    // deno-lint-ignore no-control-regex
    .replace(/ *\u0000[ \u0000]*/g, "\n")
    .replace(/ *\n */g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    // deno-lint-ignore no-control-regex
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, "")
    .trim();
}
