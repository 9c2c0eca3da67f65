import { parseUrl } from "@/lib/base/parse_url.ts";
import type { WidgetAddress } from "./core.ts";

/**
 * Returns an element's widget address from its attributes, with the script's own
 * address as the default server. Undefined without a usable uuid or server.
 */
export function widgetAddressOf(
  element: Pick<Element, "getAttribute">,
  script: string,
): WidgetAddress | undefined {
  const uuid = element.getAttribute("uuid")?.trim().toLowerCase() ?? "";
  if (!/^[0-9a-f]{32}$/.test(uuid)) return undefined;
  const service = element.getAttribute("service") ?? "/widgets/service";
  const server = element.getAttribute("server") ?? script;
  const url = parseUrl(service, server);
  if (!url) return undefined;
  url.protocol = url.protocol.replace("http", "ws");
  const lang = element.getAttribute("lang") ?? navigator.language;
  return { uuid, url: url.href, lang };
}

/** Returns what an earlier page of this tab stored for the widget; see
 * contact/memory.ts. */
export function storedIn(uuid: string): string | undefined {
  try {
    return sessionStorage.getItem(keyOf(uuid)) ?? undefined;
  } catch {
    return undefined; // Storage is blocked.
  }
}

/** Key of one widget in `sessionStorage`, which belongs to this tab until it
 * closes. */
export function keyOf(uuid: string): string {
  return `contact-widget:${uuid}`;
}
