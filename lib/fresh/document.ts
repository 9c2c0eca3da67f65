import { isValidElement, toChildArray, type VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Render } from "./current_render.ts";
import { islandsJson } from "./island_props.ts";
import { reloadScriptUrl } from "./live_reload.ts";

/** Completes rendered HTML to a document with `<Head>` elements and islands. */
export function documentOf(html: string, render: Render): string {
  const elements = unique(render.head.flatMap((child) => toChildArray(child)));
  const { head, rest } = splitHead(html);
  const kept = elements.reduce(withoutSame, head);
  const added = elements.map((element) => renderToString(element)).join("");
  return "<!DOCTYPE html>" + kept + added + scriptTags(render) +
    withIslands(rest, render);
}

/**
 * Scripts run in this order, after the document is parsed; the last one is
 * inline, and hydrates. Their imports are listed too, so that browsers load
 * them at the same time and not afterwards.
 */
function scriptTags({ build, islands, reload, nonce }: Render): string {
  if (build === null) return "";
  const scripts = new Set<string>();
  const chunks = new Set<string>();
  for (const { name } of islands) {
    const [script, ...imported] = build.scripts.get(name) ?? [];
    if (script !== undefined) scripts.add(script);
    for (const chunk of imported) chunks.add(chunk);
  }
  const hydrates = scripts.size > 0;
  if (hydrates) chunks.add(build.boot);
  if (reload) scripts.add(reloadScriptUrl(build.id));
  return [
    ...[...chunks].map((url) => `<link rel="modulepreload" href="${url}"/>`),
    ...[...scripts].map((url) =>
      `<script type="module" src="${url}"></script>`
    ),
    hydrates
      ? `<script type="module" nonce="${nonce}">import "${build.boot}";</script>`
      : "",
  ].join("");
}

/** A JSON script does not run, so a strict policy allows it. */
function withIslands(html: string, render: Render): string {
  if (render.islands.length === 0) return html;
  const json = `<script type="application/json" id="fresh-islands">${
    islandsJson(render.islands)
  }</script>`;
  const end = html.lastIndexOf("</body>");
  return end < 0 ? html + json : html.slice(0, end) + json + html.slice(end);
}

/** Without a head, its elements come first. */
function splitHead(html: string): { head: string; rest: string } {
  const end = Math.max(0, html.indexOf("</head>"));
  return { head: html.slice(0, end), rest: html.slice(end) };
}

/** If elements have the same meaning, the last one counts. */
function unique(children: ReturnType<typeof toChildArray>): VNode[] {
  const elements = new Map<unknown, VNode>();
  for (const child of children) {
    if (!isValidElement(child)) continue;
    const id = identity(child) ?? child;
    elements.delete(id);
    elements.set(id, child);
  }
  return [...elements.values()];
}

/** The attribute by which elements of a kind are the same. */
const SAME_BY = new Map([["meta", "name"], ["link", "rel"]]);

function identity({ type, key, props }: VNode): string | undefined {
  if (type === "title") return "title";
  if (key !== null && key !== undefined) return `key ${key}`;
  const same = sameBy(type, props);
  return same && `${type} ${same.attribute} ${same.value}`;
}

/** Removes the element from the head that this element replaces. */
function withoutSame(head: string, { type, key, props }: VNode): string {
  if (type === "title") return head.replace(/<title[ >][^]*?<\/title>/, "");
  const same = key === null || key === undefined ? sameBy(type, props) : null;
  if (!same) return head;
  const { attribute, value } = same;
  const pattern = `<${type} [^>]*${attribute}="${RegExp.escape(value)}"[^>]*>`;
  return head.replace(new RegExp(pattern), "");
}

function sameBy(
  type: unknown,
  props: object,
): { attribute: string; value: string } | undefined {
  const attribute = SAME_BY.get(String(type));
  if (attribute === undefined) return undefined;
  const value: unknown = Reflect.get(props, attribute);
  return typeof value === "string" ? { attribute, value } : undefined;
}
