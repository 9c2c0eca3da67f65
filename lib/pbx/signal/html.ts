import { Tokenizer } from "htmlparser2";

/**
 * Converts plain text, which visitors see and write, to the HTML of the PBX's
 * chat clients. Text that looks like markup does not become markup, and no
 * markup reaches a visitor.
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

/** Elements that begin on a new line. */
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
/** Elements whose content is not meant to be read. */
const HIDDEN = new Set([
  "script",
  "style",
  "head",
  "title",
  "template",
  "noscript",
]);

/** Converts HTML to plain text as a reader sees it; links get their address. */
export function htmlToText(html: string): string {
  const reader = new Reader(html);
  // Uses only the tokenizer, because a tree of open elements takes quadratic
  // time if elements are never closed.
  const tokenizer = new Tokenizer({}, reader);
  tokenizer.write(html);
  tokenizer.end();
  return reader.text;
}

/** Collects the visible text in one pass over the tokens. */
class Reader {
  readonly #html: string;
  readonly #out = new Lines();
  /** The element whose content is hidden, until it ends. */
  #hidden: string | undefined;
  #link: { href: string; text: string } | undefined;
  /** The opening tag that is being read, and its attribute. */
  #tag = "";
  #attribute = "";
  readonly #values = new Map<string, string>();

  constructor(html: string) {
    this.#html = html;
  }

  get text(): string {
    this.#endLink();
    return this.#out.text;
  }

  ontext(start: number, end: number): void {
    this.#show(this.#html.slice(start, end));
  }

  ontextentity(code: number): void {
    this.#show(String.fromCodePoint(code));
  }

  onopentagname(start: number, end: number): void {
    this.#tag = this.#html.slice(start, end).toLowerCase();
    this.#values.clear();
  }

  onattribname(start: number, end: number): void {
    const name = this.#html.slice(start, end).toLowerCase();
    const isFirst = !this.#values.has(name); // As browsers do.
    this.#attribute = isFirst && (name === "href" || name === "alt")
      ? name
      : "";
  }

  onattribdata(start: number, end: number): void {
    this.#addValue(this.#html.slice(start, end));
  }

  onattribentity(code: number): void {
    this.#addValue(String.fromCodePoint(code));
  }

  onattribend(): void {
    this.#addValue("");
    this.#attribute = "";
  }

  onopentagend(): void {
    const name = this.#tag;
    if (this.#hidden !== undefined) return;
    if (HIDDEN.has(name)) this.#hidden = name;
    else if (name === "a") {
      this.#endLink();
      this.#link = { href: this.#value("href"), text: "" };
    } else if (name === "br") this.#out.newLine();
    else if (name === "img") this.#show(this.#value("alt"));
    else if (BLOCKS.has(name)) this.#out.endLine();
  }

  onselfclosingtag(): void {
    this.onopentagend();
  }

  onclosetag(start: number, end: number): void {
    const name = this.#html.slice(start, end).toLowerCase();
    if (this.#hidden !== undefined) {
      if (name === this.#hidden) this.#hidden = undefined;
    } else if (name === "a") this.#endLink();
    else if (name === "br") this.#out.newLine();
    else if (BLOCKS.has(name)) this.#out.endLine();
  }

  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  #show(text: string): void {
    if (this.#hidden !== undefined) return;
    if (this.#link !== undefined) this.#link.text += text;
    this.#out.add(text);
  }

  #addValue(part: string): void {
    if (this.#attribute === "") return;
    this.#values.set(this.#attribute, this.#value(this.#attribute) + part);
  }

  #value(name: string): string {
    return this.#values.get(name) ?? "";
  }

  /** Adds the address of a link after its text, unless the text contains it
   * already. */
  #endLink(): void {
    if (this.#link === undefined) return;
    const href = this.#link.href.trim();
    const shown = this.#link.text.trim();
    this.#link = undefined;
    if (!/^(https?:|mailto:|tel:)/i.test(href)) return;
    const isSame = shown === href || href === `mailto:${shown}` ||
      href === `tel:${shown}` || href.replace(/\/$/, "") === shown;
    if (!isSame) this.#out.add(shown === "" ? href : ` (${href})`);
  }
}

/** Characters that are not text: control characters and the replacement character. */
// deno-lint-ignore no-control-regex
const UNSEEN = /[\u0000-\u0008\u000e-\u001f\u007f\ufffd]/g;

/** Joins words with one space between them, and lines with at most one empty
 * line. */
class Lines {
  readonly #parts: string[] = [];
  /** Separators before the next word. */
  #hasBlank = false;
  #breaks = 0;

  get text(): string {
    return this.#parts.join("");
  }

  add(text: string): void {
    const words = text.replace(UNSEEN, "").split(/[ \t\r\n\f\v\u00a0]+/);
    for (const [index, word] of words.entries()) {
      if (index > 0) this.#hasBlank = true;
      if (word !== "") this.#addWord(word);
    }
  }

  /** Ends the current line, once. */
  endLine(): void {
    this.#breaks = Math.max(this.#breaks, 1);
  }

  /** Ends the current line, and adds another line break. */
  newLine(): void {
    this.#breaks = Math.min(this.#breaks + 1, 2);
  }

  #addWord(word: string): void {
    const isFirst = this.#parts.length === 0;
    if (!isFirst && this.#breaks > 0) {
      this.#parts.push("\n".repeat(this.#breaks));
    } else if (!isFirst && this.#hasBlank) this.#parts.push(" ");
    this.#parts.push(word);
    this.#hasBlank = false;
    this.#breaks = 0;
  }
}

/** Returns the text of a message of this type. */
export function plain(data: string, mime: string): string {
  return mime.startsWith("text/plain") ? data.trim() : htmlToText(data);
}

/** INFERRED: URLs separated by spaces. Only URLs that a browser may open are
 * shown. */
export function links(attach: string): string[] {
  return attach.split(/\s+/).filter((url) =>
    /^https?:\/\//i.test(url) && URL.canParse(url)
  );
}
