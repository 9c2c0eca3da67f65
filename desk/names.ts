import { parseUrl } from "@/lib/base/parse_url.ts";
import type { DeskTexts } from "@/lib/i18n/desk/texts.ts";
import { fill } from "@/lib/i18n/fill.ts";
import type { VisitorView } from "@/lib/protocol/desk/service_messages.ts";
import { type CallItem, type ChatItem, isChat } from "./desk_state.ts";

type Item = CallItem | ChatItem;
type NameTexts = Pick<DeskTexts, "someone" | "ring">;

/** Returns the visitor's name, or the word for an anonymous visitor. */
export function nameOf(
  { view }: Item,
  texts: Pick<NameTexts, "someone">,
): string {
  return view.visitor.name || texts.someone;
}

export function kindOf(item: Item): "chat" | "voice" | "video" {
  return isChat(item) ? "chat" : item.view.media;
}

/** Returns a title such as `Ada is calling with video`. */
export function ringTitle(item: Item, texts: NameTexts): string {
  const name = nameOf(item, texts);
  const offer = item.view.offeredBy;
  if (offer !== undefined) {
    const { offered, offeredCall, invited } = texts.ring;
    const { name: by, isInvite } = offer;
    const ofChat = isInvite ? invited : offered;
    return fill(isChat(item) ? ofChat : offeredCall, { by, name });
  }
  return fill(texts.ring[kindOf(item)], { name });
}

/** Returns the texts about handing over a call, or a chat. */
export function handoverTexts(
  item: Item,
  { handover }: Pick<DeskTexts, "handover">,
): Omit<DeskTexts["handover"], "ofCall"> {
  const { ofCall, ...texts } = handover;
  return isChat(item) ? texts : { ...texts, ...ofCall };
}

/** Returns title and address of the page that the visitor writes from. */
export function pageOf(
  { page }: VisitorView,
): { label: string; href: string | undefined } | undefined {
  if (page === undefined) return undefined;
  return { label: page.title || shortUrl(page.url), href: webUrl(page.url) };
}

/** Returns a web address that may be opened; other addresses are shown only as
 * text. */
export function webUrl(text: string): string | undefined {
  const url = parseUrl(text);
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

/** Returns host and path of an address. */
export function shortUrl(text: string): string {
  const url = parseUrl(text);
  if (!url) return text;
  return url.host + (url.pathname === "/" ? "" : url.pathname);
}
