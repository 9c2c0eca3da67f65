import { deepEqual, equal } from "node:assert/strict";
import type { ComponentChildren } from "preact";
import {
  installSmallDom,
  SmallElement,
  SmallText,
} from "@/tests/support/small_dom.ts";
import { type Component, Fragment, jsx } from "./jsx-runtime.ts";
import { render } from "./render.ts";

type Props = Record<string, unknown>;

const h = (name: string | Component, props: Props = {}, key?: string) =>
  jsx(name, props, key);

/** A place of the page into which a test renders. */
function stage() {
  const dom = installSmallDom();
  const root = new SmallElement("root");
  return {
    root,
    draw(children: ComponentChildren): string {
      render(children, root as unknown as Element);
      return root.html;
    },
    child: (at: number) => root.childNodes[at] as SmallElement,
    [Symbol.dispose]: () => dom[Symbol.dispose](),
  };
}

Deno.test("render() draws elements, components, fragments, lists and texts in order", () => {
  using page = stage();
  const Name = ({ name }: Props) => h("b", { children: String(name) });

  const html = page.draw([
    h(Name, { name: "Ada" }),
    h(Fragment as Component, { children: ["x", 7, null, false, true, ""] }),
    [h("i", {}), "y"],
    undefined,
  ]);

  equal(html, "<root><b>Ada</>x7<i></>y</>");
});

Deno.test("an element stays the same while its neighbours come and go", () => {
  using page = stage();
  const drawn = (notice: boolean) => [
    notice && h("p", { children: "Notice" }),
    h("input", {}),
    notice ? "after" : "",
  ];
  page.draw(drawn(false));
  const field = page.child(0);

  const html = page.draw(drawn(true));
  page.draw(drawn(false));

  equal(html, "<root><p>Notice</><input></>after</>");
  equal(page.child(0), field);
  deepEqual([page.root.html, field.moved], ["<root><input></></>", 0]);
});

Deno.test("an element of another kind replaces the old one in its place", () => {
  using page = stage();
  page.draw([h("a", { id: "1", children: "Ada" }), h("i", {})]);
  const old = page.child(0);

  const html = page.draw([h("button", { children: "Ada" }), h("i", {})]);

  equal(html, "<root><button>Ada</><i></></>");
  equal(old.parent, null);
});

Deno.test("elements with keys keep their nodes when their order changes", () => {
  using page = stage();
  const list = (...names: string[]) =>
    names.map((name) => h("li", { children: name }, name));
  page.draw(list("a", "b", "c"));
  const [a, b, c] = [0, 1, 2].map(page.child);

  const html = page.draw(list("c", "a", "d", "b"));
  const [first, second, , fourth] = [0, 1, 2, 3].map(page.child);
  const fewer = page.draw(list("b"));

  equal(html, "<root><li>c</><li>a</><li>d</><li>b</></>");
  deepEqual([first === c, second === a, fourth === b], [true, true, true]);
  deepEqual([fewer, page.child(0) === b], ["<root><li>b</></>", true]);
});

Deno.test("nothing moves if only the last of some elements is new", () => {
  using page = stage();
  const list = (...names: string[]) =>
    names.map((name) => h("li", { children: name }, name));
  page.draw(list("a", "b"));
  const kept = [page.child(0), page.child(1)];

  page.draw(list("a", "b", "c"));

  deepEqual(kept.map(({ moved }) => moved), [0, 0]);
});

Deno.test("a text keeps its node when it changes", () => {
  using page = stage();
  page.draw(h("p", { children: ["You are ", "1", "."] }));
  const before = [...page.child(0).childNodes];

  const html = page.draw(h("p", { children: ["You are ", "2", "."] }));

  equal(html, "<root><p>You are 2.</></>");
  deepEqual(
    page.child(0).childNodes.map((node, at) => node === before[at]),
    [true, true, true],
  );
});

/** Does what a browser's translation does to an element: other nodes replace its
 * texts. */
function translate(element: SmallElement, text: string): void {
  const font = new SmallElement("font");
  font.insertBefore(new SmallText(text), null);
  for (const node of [...element.childNodes]) node.remove();
  element.insertBefore(font, null);
}

Deno.test("the browser's translation of a text stays until the text changes", () => {
  using page = stage();
  const drawn = (text: string, title: string) =>
    h("p", { title, children: text });
  page.draw(drawn("Hello", "1"));
  translate(page.child(0), "Hallo");

  const same = page.draw(drawn("Hello", "2"));
  const changed = page.draw(drawn("Good day", "2"));

  equal(same, '<root><p title="2"><font>Hallo</></></>');
  equal(changed, '<root><p title="2">Good day</></>');
});

Deno.test("the browser's translation is removed when an element comes or goes", () => {
  using page = stage();
  const drawn = (more: boolean) =>
    h("p", { children: ["Hello", more && h("b", { children: "!" })] });
  page.draw(drawn(false));
  translate(page.child(0), "Hallo");

  const more = page.draw(drawn(true));
  translate(page.child(0), "Hallo");
  const fewer = page.draw(drawn(false));

  deepEqual([more, fewer], [
    "<root><p>Hello<b>!</></></>",
    "<root><p>Hello</></>",
  ]);
});

Deno.test("strings become attributes, and what isn't there becomes none", () => {
  using page = stage();

  const html = page.draw(h("a", {
    href: "/",
    class: "card",
    tabIndex: -1,
    hidden: false,
    "aria-hidden": false,
    title: undefined,
  }));
  const fewer = page.draw(h("a", { href: null, hidden: true }));

  equal(
    html,
    '<root><a href="/" class="card" tabIndex="-1" aria-hidden="false"></></>',
  );
  equal(fewer, '<root><a hidden="true"></></>');
});

Deno.test("handlers, values and flags become properties", () => {
  using page = stage();
  const press = () => {};

  page.draw(h("input", { onClick: press, value: "a", disabled: true }));
  const input = page.child(0);
  const first = [input.onclick, input.value, input.disabled];
  page.draw(h("input", { disabled: false }));

  deepEqual(first, [press, "a", true]);
  deepEqual([input.onclick, input.value, input.disabled], [null, null, false]);
  deepEqual(input.attributes, {});
});

Deno.test("a field shows its value again after the visitor has typed another one", () => {
  using page = stage();
  page.draw(h("input", { value: "a" }));
  page.child(0).value = "ab";

  page.draw(h("input", { value: "a" }));

  equal(page.child(0).value, "a");
});

Deno.test("a ref gets its element once it is in the page, and null when it has left", () => {
  using page = stage();
  const told: unknown[] = [];
  const ref = (node: SmallElement | null) =>
    told.push(node && [node.name, node.parent?.parent === page.root]);
  const drawn = () => h("div", { children: h("input", { ref }) });

  page.draw(drawn());
  page.draw(drawn());
  const once = [...told];
  page.draw([]);

  deepEqual(once, [["input", true]]);
  deepEqual(told.slice(1), [null]);
});

Deno.test("a rendering that is used again isn't drawn again", () => {
  using page = stage();
  const cached = h("p", { class: "a", children: "Hello" });
  page.draw([cached, "1"]);
  page.child(0).setAttribute("class", "b");

  const html = page.draw([cached, "2"]);

  equal(html, '<root><p class="b">Hello</>2</>');
});

Deno.test("the parts of a picture are elements of SVG", () => {
  using page = stage();

  page.draw([h("svg", { children: h("path", {}) }), h("p", {})]);
  const [svg, p] = [page.child(0), page.child(1)];
  const path = svg.childNodes[0] as SmallElement;

  deepEqual(
    [svg, path, p].map(({ namespaceURI }) => namespaceURI.split("/").at(-1)),
    ["svg", "svg", "xhtml"],
  );
});
