import type {
  PinnedScript,
  WidgetView,
} from "@/lib/protocol/admin/messages.ts";

/** Returns the lines for the website. */
export function embedCode(publicUrl: string, uuid: string): string {
  return [
    `<script type="module" src="${publicUrl}/widget.js" async></script>`,
    `<contact-widget uuid="${uuid}"></contact-widget>`,
  ].join("\n");
}

/** Returns the lines for a website that allows only this version of the
 * script. */
export function pinnedCode(
  publicUrl: string,
  uuid: string,
  { script, integrity }: PinnedScript,
): string {
  return [
    `<script type="module" src="${publicUrl}/${script}"`,
    `  integrity="${integrity}"`,
    `  crossorigin async></script>`,
    `<contact-widget uuid="${uuid}"></contact-widget>`,
  ].join("\n");
}

/**
 * Returns the minimum that a website's Content-Security-Policy must allow: the
 * script, the socket, pictures as data.
 */
export function cspLines(publicUrl: string): string {
  const socket = publicUrl.replace(/^http/, "ws");
  return [
    `script-src ${publicUrl};`,
    `connect-src ${socket};`,
    `img-src data:;`,
  ].join("\n");
}

/** Returns a page that shows and tests the widget, even when opened from a
 * disk. */
export function testPage(
  publicUrl: string,
  { widget, lang, heading, text }: {
    widget: Pick<WidgetView, "uuid" | "content">;
    lang: string;
    heading: string;
    text: string;
  },
): string {
  const title = escapeHtml(widget.content.name);
  return `<!DOCTYPE html>
<html lang="${escapeHtml(lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
body { max-width: 60rem; margin: 3rem auto; padding: 0 1.5rem;
  font: 16px/1.6 system-ui, sans-serif; color: #1d2624; }
</style>
</head>
<body>
<h1>${escapeHtml(heading)}</h1>
<p>${escapeHtml(text)}</p>
${embedCode(publicUrl, widget.uuid)}
</body>
</html>
`;
}

/** Returns a file name, made from the widget's name, that every system
 * accepts. */
export function testPageName(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60);
  return `${plain || "contact-widget"}.html`;
}

function escapeHtml(text: string): string {
  return text.replace(
    /[&<>"']/g,
    (sign) => `&#${sign.charCodeAt(0)};`,
  );
}
