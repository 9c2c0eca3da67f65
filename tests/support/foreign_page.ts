import type { BrowserContextOptions } from "playwright-core";
import { serveWebsite, type Website } from "./website.ts";
import { type Width, WINDOWS } from "./widths.ts";

/**
 * A website with the widget. `plain` has no restrictions; `strict` has the
 * strictest policy in docs/website.md; `hostile` has it too, with styles that
 * affect everything on the page.
 */
export type PageKind = "plain" | "strict" | "hostile";

/** A wide window for the best page and a phone's for the worst: twice is enough. */
const WIDTH_OF: Record<PageKind, Width> = {
  plain: 1280,
  strict: 1280,
  hostile: 390,
};

/** Runs a test on the best page in a wide window, and on the worst one on a
 * phone. */
export function forEachPage(
  sentence: string,
  body: (kind: PageKind) => Promise<void>,
): void {
  for (const kind of ["plain", "hostile"] as const) {
    const name = `${sentence} (${kind} page, ${WIDTH_OF[kind]} px)`;
    Deno.test(name, () => body(kind));
  }
}

/** Returns the browser's window for a page of this kind, for visitors and
 * agents. */
export function windowFor(kind: PageKind): BrowserContextOptions {
  return WINDOWS[WIDTH_OF[kind]];
}

/** Inherited styles, or styles on the element itself: everything that a page
 * can try. */
export const HOSTILE_CSS = `
  * { all: unset !important; display: inline !important;
    font: 3px/9 monospace !important; letter-spacing: 1em !important;
    text-transform: uppercase !important; text-align: end !important;
    color: lime !important; cursor: none !important;
    visibility: hidden !important }
  contact-widget, div { opacity: 0.1 !important }
  div { position: fixed !important; inset: 50% !important }
  div, p, ul, li, section { float: left !important; width: 9px !important }
  button, input, textarea, video { display: none !important }
  ::before, ::after { content: "hostile" !important }`;

/** Serves `html()` as a page of this kind that shows widgets of `service`. */
export function serveForeignPage(
  kind: PageKind,
  service: string,
  html: () => string,
): Website {
  if (kind === "plain") return serveWebsite(html);
  const nonce = crypto.randomUUID();
  return serveWebsite(
    () => html().replace("<title>", `${ownScript(nonce, kind)}<title>`),
    { "content-security-policy": policy(service, nonce) },
  );
}

/** The policy that docs/website.md recommends, with a report address. */
function policy(service: string, nonce: string): string {
  const { origin } = new URL(service);
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' ${origin}`,
    `connect-src ${origin.replace("http", "ws")}`,
    "img-src data:",
    "require-trusted-types-for 'script'",
    "report-uri /violations",
  ].join("; ");
}

/** The page's own script, whose errors tests can see. */
function ownScript(nonce: string, kind: PageKind): string {
  const css = JSON.stringify(kind === "hostile" ? HOSTILE_CSS : "");
  // Without an icon, Firefox requests one, which the policy blocks.
  return `<link rel="icon" href="data:,"><script nonce="${nonce}">
    addEventListener("securitypolicyviolation", (event) =>
      console.error("violation:", event.effectiveDirective, event.blockedURI, event.sample));
    const hostile = new CSSStyleSheet();
    hostile.replaceSync(${css});
    document.adoptedStyleSheets = [hostile];
  </script>`;
}

/** True if a console error is about the page's policy. */
export function isViolation(error: string): boolean {
  return /^violation:|Content Security Policy|Trusted(Type|HTML|Script)/
    .test(error);
}
