import type { SessionOptions } from "@/lib/protocol/visitor/session_messages.ts";
import type {
  ClientMessage,
  VisitorPage,
} from "@/lib/protocol/visitor/client_messages.ts";
import { PAGE_LIMITS } from "@/lib/protocol/visitor/page_limits.ts";

/** What of a widget's options concerns a chat or call. */
export type Options =
  & Pick<SessionOptions, "consent" | "visitorName" | "sendPage">
  & Pick<Partial<SessionOptions>, "consentVersion">;

export const NO_OPTIONS: Options = {
  consent: "",
  visitorName: "",
  sendPage: false,
};

/** Version of the text that is to be agreed to, or "". An older service names
 * none: there the text stands for itself. */
export function consentOf({ consent, consentVersion }: Options): string {
  return consentVersion ?? consent;
}

/** Says where the visitor is, if the widget wants it, and which consent text it
 * has agreed to, in what begins a chat or call; nothing else does. */
export function withFacts(
  message: ClientMessage,
  { sendPage, consentVersion }: Options,
  agreed: string,
): ClientMessage {
  if (message.mt !== "CreateChat" && message.mt !== "CreateCall") {
    return message;
  }
  return {
    ...message,
    ...(sendPage ? { page: visitorPage() } : {}),
    ...(agreed && consentVersion ? { consent: agreed } : {}),
  };
}

function visitorPage(): VisitorPage {
  return {
    url: location.href.slice(0, PAGE_LIMITS.urlLength),
    title: document.title.slice(0, PAGE_LIMITS.titleLength),
    referrer: document.referrer.slice(0, PAGE_LIMITS.urlLength),
  };
}
