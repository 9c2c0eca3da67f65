import { replaceGlobals } from "./replace_globals.ts";

const HTML = "http://www.w3.org/1999/xhtml";

/** A node of a tree in memory. */
class SmallNode {
  parent: SmallElement | null = null;

  get nextSibling(): SmallNode | null {
    const all = this.parent?.childNodes ?? [];
    return all[all.indexOf(this) + 1] ?? null;
  }

  remove(): void {
    const all = this.parent?.childNodes ?? [];
    const at = all.indexOf(this);
    if (at >= 0) all.splice(at, 1);
    this.parent = null;
  }
}

export class SmallText extends SmallNode {
  constructor(public data: string) {
    super();
  }
}

/** As much of an element as a renderer uses. A moved element is counted, because
 * a browser's element loses focus and scroll position when it moves. */
export class SmallElement extends SmallNode {
  readonly childNodes: SmallNode[] = [];
  readonly attributes: Record<string, string> = {};
  moved = 0;
  value: string | null = "";
  disabled: boolean | null = false;
  onclick: unknown = null;

  constructor(readonly name: string, readonly namespaceURI = HTML) {
    super();
  }

  get firstChild(): SmallNode | null {
    return this.childNodes[0] ?? null;
  }

  insertBefore(node: SmallNode, before: SmallNode | null): void {
    if (node instanceof SmallElement && node.parent) node.moved++;
    node.remove();
    const at = before === null ? -1 : this.childNodes.indexOf(before);
    if (at < 0) this.childNodes.push(node);
    else this.childNodes.splice(at, 0, node);
    node.parent = this;
  }

  setAttribute(name: string, value: string): void {
    this.attributes[name] = value;
  }

  removeAttribute(name: string): void {
    delete this.attributes[name];
  }

  /** The tree as HTML, without escapes. */
  get html(): string {
    const inside = this.childNodes.map((node) =>
      node instanceof SmallElement
        ? node.html
        : node instanceof SmallText
        ? node.data
        : ""
    );
    const attributes = Object.entries(this.attributes)
      .map(([name, value]) => ` ${name}="${value}"`);
    return `<${this.name}${attributes.join("")}>${inside.join("")}</>`;
  }
}

/** Replaces `document` and `Text` until it is disposed of. */
export function installSmallDom(): Disposable {
  return replaceGlobals({
    Text: SmallText,
    document: {
      createElement: (name: string) => new SmallElement(name),
      createElementNS: (space: string, name: string) =>
        new SmallElement(name, space),
    },
  });
}
