/**
 * Keeps a page correct while the browser's translator replaces its text nodes.
 * The translator puts a `<font>` in place of a text node. Preact would continue
 * with the removed node, so the text would go stale, and inserting before it
 * would throw.
 *
 * A replaced text is put back as soon as its text changes, it is removed, or
 * another node is inserted before it. The translator then translates it again.
 * Returns `end`, and `look`, which processes pending replacements immediately.
 */
export function watchReplacedTexts(
  root: Node,
): { look: () => void; end: () => void } {
  const observer = new MutationObserver(take);
  observer.observe(root, { childList: true, subtree: true });
  return {
    look: () => take(observer.takeRecords()),
    end: () => observer.disconnect(),
  };
}

function take(records: readonly MutationRecord[]): void {
  for (const record of records) {
    for (const node of record.removedNodes) {
      if (!(node instanceof Text) || node.isConnected) continue;
      const standIn = standInOf(record);
      if (standIn !== undefined) replace(node, standIn);
    }
  }
}

/** Returns the translator's element, which was inserted by the same step or
 * next to it. */
function standInOf(record: MutationRecord): HTMLElement | undefined {
  const { addedNodes, previousSibling, nextSibling, target } = record;
  for (const node of [...addedNodes, previousSibling, nextSibling]) {
    const isFont = node instanceof HTMLElement && node.localName === "font";
    if (isFont && node.parentNode === target) return node;
  }
  return undefined;
}

function replace(text: Text, standIn: HTMLElement): void {
  const parent = standIn.parentNode;
  if (parent === null) return;
  const putBack = () => {
    for (const name of OWN) Reflect.deleteProperty(text, name);
    if (!text.isConnected && standIn.isConnected) standIn.replaceWith(text);
  };
  // Own properties, because the translator runs in a world that doesn't see
  // them.
  Object.defineProperties(text, {
    data: {
      configurable: true,
      get: () => text.nodeValue,
      set(value: string) {
        putBack();
        text.data = value;
      },
    },
    parentNode: { configurable: true, get: () => standIn.parentNode },
    nextSibling: { configurable: true, get: () => standIn.nextSibling },
    remove: {
      configurable: true,
      value() {
        putBack();
        text.remove();
      },
    },
    putBack: { configurable: true, value: putBack },
  });
  guard(parent);
}

const OWN = ["data", "parentNode", "nextSibling", "remove", "putBack"];
const METHODS = ["insertBefore", "moveBefore", "removeChild"] as const;

/** Makes the parent restore a replaced text before it works with it. */
function guard(parent: ParentNode): void {
  if (Object.hasOwn(parent, METHODS[0])) return;
  for (const name of METHODS) {
    const method: unknown = Reflect.get(parent, name);
    if (typeof method !== "function") continue; // Older browsers lack moveBefore.
    Object.defineProperty(parent, name, {
      configurable: true,
      value(...nodes: (Node | null)[]) {
        for (const node of nodes) putBack(node);
        return Reflect.apply(method, parent, nodes);
      },
    });
  }
}

function putBack(node: Node | null): void {
  if (!(node instanceof Text) || !Object.hasOwn(node, "putBack")) return;
  const back: unknown = Reflect.get(node, "putBack");
  if (typeof back === "function") back();
}
