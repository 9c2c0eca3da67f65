import { signal } from "@preact/signals";
import { parse } from "devalue";
import { type FunctionComponent, h, hydrate, options } from "preact";
import { watchReplacedTexts } from "./replaced_texts.ts";

/** This file runs in browsers and makes the islands of a page interactive. */
type Component = FunctionComponent<Record<string, unknown>>;

const components = new Map<string, Component>();

/** Registers the exports of an island file; its script runs before
 * `boot()`'s. */
export function register(file: string, exports: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(exports)) {
    if (isComponent(value)) components.set(`${file}:${name}`, value);
  }
}

/** Hydrates every island of the page. If one fails, the others are not
 * affected. */
export function boot(): void {
  const json = document.getElementById("fresh-islands")?.textContent;
  if (!json) return;
  surviveTranslators();
  const islands: [string, Record<string, unknown>][] = parse(json, {
    Signal: ([value]: [unknown]) => signal(value),
  });
  for (const [index, marker] of markers()) {
    const [name = "", props = {}] = islands[index] ?? [];
    try {
      const component = components.get(name);
      if (!component) throw new Error(`Cannot find island "${name}"`);
      hydrate(h(component, props), rootAfter(marker, index));
    } catch (error) {
      reportError(error);
    }
  }
}

/** Tells Preact which text nodes a translator has replaced, before it renders
 * again. */
function surviveTranslators(): void {
  const { look } = watchReplacedTexts(document.body);
  options.debounceRendering = (draw) =>
    queueMicrotask(() => {
      look();
      draw();
    });
}

function isComponent(value: unknown): value is Component {
  return typeof value === "function";
}

/** Returns the comments before the islands, with each island's index. */
function markers(): [number, Comment][] {
  const found: [number, Comment][] = [];
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const index = /^island:(\d+)$/.exec(node.nodeValue ?? "")?.[1];
    if (index !== undefined && node instanceof Comment) {
      found.push([Number(index), node]);
    }
  }
  return found;
}

/**
 * Returns an object that Preact uses as the parent element of an island. It
 * contains only the nodes between the island's two comments, so the page around
 * them is out of reach.
 */
function rootAfter(start: Comment, index: number): Element {
  const parent = start.parentNode;
  const nodes: ChildNode[] = [];
  let end = start.nextSibling;
  while (end !== null && end.nodeValue !== `/island:${index}`) {
    nodes.push(end);
    end = end.nextSibling;
  }
  if (parent === null || end === null) {
    throw new Error(`Cannot find the end of island ${index}`);
  }
  const insertBefore = (node: Node, before: Node | null) =>
    parent.insertBefore(node, before ?? end);
  const root = {
    nodeType: 1,
    ownerDocument: document,
    namespaceURI: parent instanceof Element ? parent.namespaceURI : null,
    parentNode: parent,
    firstChild: nodes[0] ?? null,
    childNodes: nodes,
    insertBefore,
    appendChild: (node: Node) => insertBefore(node, null),
    removeChild: (node: Node) => parent.removeChild(node),
    contains: (node: Node) => parent.contains(node),
  };
  return root as unknown as Element;
}
