import { replaceGlobals } from "./replace_globals.ts";

/** True while an event is dispatched that may leave its shadow tree. */
let isComposed = true;

function listen(): void {}

/** As much of a node as events use. Deno's own EventTarget finds the path of an
 * event through such nodes, shadow trees included. */
class SmallPageNode extends EventTarget {
  readonly children: SmallPageNode[] = [];
  readonly assignedSlot = null;
  parentNode: EventTarget | null = null;

  constructor(readonly nodeType: number) {
    super();
  }

  getRootNode(): EventTarget {
    const { parentNode } = this;
    return parentNode instanceof SmallPageNode
      ? parentNode.getRootNode()
      : this;
  }

  append<Node extends SmallPageNode>(node: Node): Node {
    this.children.push(node);
    node.parentNode = this;
    return node;
  }

  override dispatchEvent(event: Event): boolean {
    // Deno drops an event whose own target has no listener for it.
    this.addEventListener(event.type, listen);
    const before = isComposed;
    isComposed = event.composed;
    try {
      return super.dispatchEvent(event);
    } finally {
      isComposed = before;
    }
  }

  /** All elements below it, in their order, without those of shadow trees. */
  get all(): SmallPageElement[] {
    return this.children.flatMap((child) =>
      child instanceof SmallPageElement ? [child, ...child.all] : []
    );
  }
}

export class SmallShadowRoot extends SmallPageNode {
  constructor(readonly host: SmallPageElement) {
    super(11);
    Object.defineProperty(this, "parentNode", {
      get: () => isComposed ? host : null,
    });
  }

  override getRootNode(): EventTarget {
    return this;
  }

  get activeElement(): SmallPageElement | null {
    const { focused } = this.host.page;
    return focused?.getRootNode() === this ? focused : null;
  }

  elementFromPoint(x: number, y: number): SmallPageElement | null {
    return this.all.findLast(({ rectangle: { left, right, top, bottom } }) =>
      x >= left && x < right && y >= top && y < bottom
    ) ?? null;
  }
}

export interface Rectangle {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const NOWHERE: Rectangle = { left: 0, right: 0, top: 0, bottom: 0 };

export class SmallPageElement extends SmallPageNode {
  readonly attributes = new Map<string, string>();
  isConnected = true;
  inert = false;

  constructor(
    readonly page: SmallPage,
    readonly name: string,
    readonly rectangle: Rectangle = NOWHERE,
  ) {
    super(1);
  }

  getBoundingClientRect(): Rectangle {
    return this.rectangle;
  }

  /** Knows names, `[name=value]` and `:focus`. */
  matches(selector: string): boolean {
    return selector.split(",").some((one) => {
      if (one === ":focus") return this.page.focused === this;
      const [, name = "", value] = /^\[(\w+)=(\w+)\]$/.exec(one) ?? [];
      return one === this.name ||
        (value !== undefined && this.attributes.get(name) === value);
    });
  }

  closest(selector: string): SmallPageElement | null {
    if (this.matches(selector)) return this;
    const { parentNode } = this;
    return parentNode instanceof SmallPageElement
      ? parentNode.closest(selector)
      : null;
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
    this.page.changed(this, name);
  }

  removeAttribute(name: string): void {
    if (this.attributes.delete(name)) this.page.changed(this, name);
  }

  /** As in a browser, a modal dialog keeps the focus. */
  focus(): void {
    const modal = this.page.topLayer.findLast((dialog) => dialog.open);
    if (!modal || modal.all.includes(this)) this.page.focused = this;
  }

  blur(): void {
    if (this.page.focused === this) this.page.focused = undefined;
  }

  click(): void {
    const options = { bubbles: true, cancelable: true, composed: true };
    this.dispatchEvent(new SmallMouseEvent("click", options));
  }
}

/** A dialog that can also be a popover, with the browser's rules for both. */
export class SmallDialog extends SmallPageElement {
  open = false;
  #isPopover = false;
  #before: SmallPageElement | undefined;

  showPopover(): void {
    if (this.open) throw new Error("A modal dialog cannot be a popover");
    if (this.#isPopover) return;
    this.#isPopover = true;
    this.#show();
  }

  hidePopover(): void {
    if (!this.#isPopover) return;
    this.#isPopover = false;
    this.#hide();
  }

  showModal(): void {
    if (this.#isPopover) throw new Error("A popover cannot be modal");
    if (this.open) return;
    this.open = true;
    this.#before = this.page.focused;
    this.#show();
  }

  close(): void {
    if (!this.open) return;
    this.open = false;
    this.#hide();
    this.#before?.focus();
  }

  #show(): void {
    this.page.topLayer.push(this);
    if (!this.inert) this.all.find(({ name }) => name === "button")?.focus();
  }

  #hide(): void {
    this.page.topLayer = this.page.topLayer.filter((each) => each !== this);
    const { focused } = this.page;
    if (focused && this.all.includes(focused)) this.page.focused = undefined;
  }
}

class SmallUiEvent extends Event {}

class SmallMouseEvent extends SmallUiEvent {
  readonly clientX: number;
  readonly clientY: number;

  constructor(
    type: string,
    init: EventInit & { clientX?: number; clientY?: number } = {},
  ) {
    super(type, init);
    this.clientX = init.clientX ?? 0;
    this.clientY = init.clientY ?? 0;
  }
}

class SmallKeyboardEvent extends SmallUiEvent {
  readonly key: string;

  constructor(type: string, init: EventInit & { key?: string } = {}) {
    super(type, init);
    this.key = init.key ?? "";
  }
}

type Watch = (element: SmallPageElement, name: string) => void;

/** A page in memory: events through shadow trees, the focus, and the top layer.
 * Disposing it restores the globals. */
export class SmallPage extends SmallPageNode implements Disposable {
  focused: SmallPageElement | undefined;
  /** The last is on top. */
  topLayer: SmallDialog[] = [];
  readonly #watches: Watch[] = [];
  readonly #globals: Disposable;
  #due: (() => void)[] = [];

  constructor() {
    super(9);
    this.parentNode = globalThis;
    const watches = this.#watches;
    this.#globals = replaceGlobals({
      // Deno takes the window for the end of an event's path only if it is a node.
      nodeType: 9,
      parentNode: null,
      getRootNode: () => globalThis,
      document: this,
      Element: SmallPageElement,
      HTMLElement: SmallPageElement,
      ShadowRoot: SmallShadowRoot,
      UIEvent: SmallUiEvent,
      MouseEvent: SmallMouseEvent,
      KeyboardEvent: SmallKeyboardEvent,
      setTimeout: (callback: () => void) => this.#due.push(callback),
      MutationObserver: class {
        constructor(readonly callback: () => void) {}

        observe(
          target: SmallPageElement,
          { attributeFilter }: { attributeFilter: string[] },
        ): void {
          watches.push((element, name) => {
            const isWatched = element === target &&
              attributeFilter.includes(name);
            if (isWatched) this.callback();
          });
        }
      },
    });
  }

  override getRootNode(): EventTarget {
    return globalThis;
  }

  changed(element: SmallPageElement, name: string): void {
    this.#watches.forEach((watch) => watch(element, name));
  }

  /** An element outside of its shadow tree that has the focus, or its host. */
  get activeElement(): SmallPageElement | null {
    const root = this.focused?.getRootNode();
    return root instanceof SmallShadowRoot ? root.host : this.focused ?? null;
  }

  querySelectorAll(selector: string): SmallPageElement[] {
    if (selector !== "dialog:modal") throw new Error(`Unknown: ${selector}`);
    return this.all.filter((each) => each instanceof SmallDialog && each.open);
  }

  /** Adds an element with a shadow tree to the page. */
  shadow(): SmallShadowRoot {
    const host = this.append(new SmallPageElement(this, "div"));
    return new SmallShadowRoot(host);
  }

  /** Runs what waits for the next task. */
  nextTask(): void {
    const due = this.#due;
    this.#due = [];
    due.forEach((each) => each());
  }

  [Symbol.dispose](): void {
    this.all.forEach((each) => each.isConnected = false);
    this.#globals[Symbol.dispose]();
  }
}
