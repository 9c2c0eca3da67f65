import type { SessionOptions } from "@/lib/protocol/visitor/session_messages.ts";
import type {
  ClientMessage,
  VisitorPage,
} from "@/lib/protocol/visitor/client_messages.ts";
import { cut } from "@/lib/base/cut.ts";
import { pageAddress } from "@/lib/base/page_address.ts";
import { PAGE_LIMITS } from "@/lib/protocol/visitor/page_limits.ts";

/** What of a widget's options concerns a chat or call. */
export type Options =
  & Pick<SessionOptions, "consent" | "visitorName" | "sendPage">
  & Pick<Partial<SessionOptions>, "consentVersion" | "pageParameters">;

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
  { sendPage, pageParameters, consentVersion }: Options,
  agreed: string,
): ClientMessage {
  if (message.mt !== "CreateChat" && message.mt !== "CreateCall") {
    return message;
  }
  return {
    ...message,
    ...(sendPage ? { page: visitorPage(pageParameters) } : {}),
    ...(agreed && consentVersion ? { consent: agreed } : {}),
  };
}

function visitorPage(parameters?: readonly string[]): VisitorPage {
  const address = (text: string) =>
    cut(pageAddress(text, parameters), PAGE_LIMITS.urlLength);
  return {
    url: address(location.href),
    title: cut(document.title, PAGE_LIMITS.titleLength),
    referrer: address(document.referrer),
  };
}
