import type {
  ClientMessage,
  VisitorPage,
} from "@/lib/protocol/visitor/client_messages.ts";
import { PAGE_LIMITS } from "@/lib/protocol/visitor/page_limits.ts";

/** Says where the visitor is, in what begins a chat or call; nothing else does. */
export function withPage(message: ClientMessage): ClientMessage {
  const begins = message.mt === "CreateChat" || message.mt === "CreateCall";
  return begins ? { ...message, page: visitorPage() } : message;
}

function visitorPage(): VisitorPage {
  return {
    url: location.href.slice(0, PAGE_LIMITS.urlLength),
    title: document.title.slice(0, PAGE_LIMITS.titleLength),
    referrer: document.referrer.slice(0, PAGE_LIMITS.urlLength),
  };
}
