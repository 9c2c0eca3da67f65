import type { SessionOptions } from "@/lib/protocol/visitor/session_messages.ts";
import type {
  ClientMessage,
  VisitorPage,
} from "@/lib/protocol/visitor/client_messages.ts";
import { cut } from "@/lib/base/cut.ts";
import { pageAddress } from "@/lib/base/page_address.ts";
import { PAGE_LIMITS } from "@/lib/protocol/visitor/page_limits.ts";

/** The options of a widget that concern a chat or call. */
export type Options =
  & Pick<SessionOptions, "consent" | "visitorName" | "sendPage">
  & Pick<Partial<SessionOptions>, "consentVersion" | "pageParameters">;

export const NO_OPTIONS: Options = {
  consent: "",
  visitorName: "",
  sendPage: false,
};

/** Returns the version of the text that the visitor has to agree to, or "".
 * An older service sends no version; in that case the text itself is the
 * version. */
export function consentOf({ consent, consentVersion }: Options): string {
  return consentVersion ?? consent;
}

/**
 * Adds the visitor's page, if the widget shares it, and the agreed consent
 * version to a message that begins a chat or call, or is left for later. Other
 * messages stay unchanged.
 */
export function withFacts(
  message: ClientMessage,
  { sendPage, pageParameters, consentVersion }: Options,
  agreed: string,
): ClientMessage {
  if (!/^(Create|Leave)/.test(message.mt)) return message;
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
