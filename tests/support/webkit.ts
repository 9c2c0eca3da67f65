import { type Look, watchInPage } from "./seen/check.ts";
import { ask, openSession, until } from "./webkit_driver.ts";

/** The key under which WebDriver names an element. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
/** Keys by their names in WebDriver. */
export const KEYS = {
  enter: "\uE007",
  escape: "\uE00C",
  space: " ",
  up: "\uE013",
  down: "\uE015",
  tab: "\uE004",
  end: "\uE010",
  home: "\uE011",
} as const;

/** An element by CSS, inside shadow roots too, and by a part of its label or text. */
export interface Find {
  css: string;
  text?: string;
  /** The last match instead of the first. */
  last?: boolean;
}

type Handle = { [ELEMENT]: string };
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * WebKitGTK on its own virtual screen, driven by WebDriver. Installs Debian's
 * packages if they are missing. All waits end after 15 s with what was missing.
 */
export class WebKit implements AsyncDisposable {
  readonly #session: string;
  readonly #stack: AsyncDisposableStack;

  private constructor(session: string, stack: AsyncDisposableStack) {
    this.#session = session;
    this.#stack = stack;
  }

  static async open(): Promise<WebKit> {
    await using stack = new AsyncDisposableStack();
    const session = await openSession(stack);
    return new WebKit(session, stack.move());
  }

  async goto(url: string): Promise<void> {
    await this.#post("url", { url });
  }

  async reload(): Promise<void> {
    await this.#post("refresh", {});
  }

  /** Makes the window so large; WebKitGTK's is at least 447 pixels wide. */
  async resize(width: number, height: number): Promise<void> {
    await this.#post("window/rect", { x: 0, y: 0, width, height });
  }

  async screenshot(path: string): Promise<void> {
    const base64 = await ask<string>("GET", `${this.#session}/screenshot`);
    await Deno.writeFile(path, Uint8Array.fromBase64(base64));
  }

  /** Runs a function in the page. It must refer to its arguments only. */
  run<T>(
    code: (...args: never[]) => T | Promise<T>,
    ...args: unknown[]
  ): Promise<T> {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve((${code})(...[...arguments].slice(0, -1)))
        .then(done, (error) => done({ failed: String(error) }));`;
    return this.#post("execute/async", { script, args });
  }

  /** Waits for an element. */
  async find(find: Find): Promise<Handle> {
    return await until(
      `${find.css} ${find.text ?? ""}`,
      async () => await this.#found(find) ?? undefined,
    );
  }

  /** Resolves as soon as the page has no such element. */
  async gone(find: Find): Promise<void> {
    await until(
      `no ${find.css} ${find.text ?? ""}`,
      async () => await this.#found(find) === null ? true : undefined,
    );
  }

  /** Waits until a person sees the element without doing anything. */
  seen(find: Find, look: Look = {}): Promise<Handle> {
    return this.#look(find, look, false);
  }

  /** The same for a person who scrolls to it. */
  reach(find: Find, look: Look = {}): Promise<Handle> {
    return this.#look(find, look, true);
  }

  /** Scrolls to the element, sees it, and presses the mouse in its middle. */
  async press(find: Find): Promise<void> {
    const handle = await this.#look(find, { press: true }, true);
    const { x, y } = await this.run((element: Element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return {
        x: Math.round(left + width / 2),
        y: Math.round(top + height / 2),
      };
    }, handle);
    const move = { type: "pointerMove", duration: 0, x, y };
    const button = (type: string) => ({ type, button: 0 });
    await this.#act({
      type: "pointer",
      id: "mouse",
      parameters: { pointerType: "mouse" },
      actions: [move, button("pointerDown"), button("pointerUp")],
    });
  }

  /** Presses keys one after the other, in what has the focus. */
  async type(text: string): Promise<void> {
    const actions = [...text].flatMap((value) => [
      { type: "keyDown", value },
      { type: "keyUp", value },
    ]);
    await this.#act({ type: "key", id: "keyboard", actions });
  }

  /** Presses a field, selects its text and replaces it. */
  async enter(find: Find, text: string): Promise<void> {
    await this.press(find);
    const handle = await this.find(find);
    await this.run(
      (field: HTMLInputElement | HTMLTextAreaElement) => field.select(),
      handle,
    );
    await this.type(text);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync();
  }

  async #look(find: Find, look: Look, scrolls: boolean): Promise<Handle> {
    let reason: string | undefined = "not in the page";
    return await until(
      () => `${find.css} ${find.text ?? ""} is seen, but it is ${reason}`,
      async () => {
        const handle = await this.find(find);
        const options = { look, scrolls, ms: 500 };
        reason = await this.run<string | undefined>(
          watchInPage,
          handle,
          options,
        ) ?? undefined;
        return reason === undefined ? handle : undefined;
      },
    );
  }

  /** WebDriver passes an element of the page as a handle. */
  #found(find: Find): Promise<Handle | null> {
    const code: (find: Find) => unknown = findInPage;
    return this.run(code as (find: Find) => Handle | null, find);
  }

  async #act(source: Json): Promise<void> {
    await this.#post("actions", { actions: [source] });
  }

  #post<T>(path: string, body: unknown): Promise<T> {
    return ask("POST", `${this.#session}/${path}`, body);
  }
}

/** Runs in the page. */
function findInPage({ css, text, last }: Find): Element | null {
  const found: Element[] = [];
  const walk = (root: Document | ShadowRoot) => {
    for (const each of root.querySelectorAll("*")) {
      const label = each.getAttribute("aria-label") ?? "";
      const isIt = each.matches(css) &&
        (text === undefined || label.includes(text) ||
          each.textContent?.includes(text));
      if (isIt) found.push(each);
      if (each.shadowRoot) walk(each.shadowRoot);
    }
  };
  walk(document);
  return found.at(last ? -1 : 0) ?? null;
}
