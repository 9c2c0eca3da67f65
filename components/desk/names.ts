import { parseUrl } from "@/lib/base/parse_url.ts";
import type { DeskTexts } from "@/lib/i18n/desk/texts.ts";
import { fill } from "@/lib/i18n/fill.ts";
import type { VisitorView } from "@/lib/protocol/desk/service_messages.ts";
import { type CallItem, type ChatItem, isChat } from "./desk_state.ts";

type Item = CallItem | ChatItem;

/** The visitor's name, or the word for one who did not say. */
export function nameOf({ view }: Item, texts: DeskTexts): string {
  return view.visitor.name || texts.someone;
}

export function kindOf(item: Item): "chat" | "voice" | "video" {
  return isChat(item) ? "chat" : item.view.media;
}

/** `Ada is calling with video`. */
export function ringTitle(item: Item, texts: DeskTexts): string {
  return fill(texts.ring[kindOf(item)], { name: nameOf(item, texts) });
}

/** The page that the visitor writes from: how it is called, where it leads. */
export function pageOf(
  { page }: VisitorView,
): { label: string; href: string | undefined } | undefined {
  if (page === undefined) return undefined;
  return { label: page.title || shortUrl(page.url), href: webUrl(page.url) };
}

/** A web address that may be opened; anything else is only shown. */
export function webUrl(text: string): string | undefined {
  const url = parseUrl(text);
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

/** Host and path, as people read addresses. */
export function shortUrl(text: string): string {
  const url = parseUrl(text);
  if (!url) return text;
  return url.host + (url.pathname === "/" ? "" : url.pathname);
}
