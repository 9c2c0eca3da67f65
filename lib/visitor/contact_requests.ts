import { CAUSE } from "@/lib/base/causes.ts";
import { pageAddress } from "@/lib/base/page_address.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { IdleTimes } from "@/lib/contact/plan.ts";
import type { ContactRequest } from "@/lib/contact/seat_contacts.ts";
import type { IdleChats } from "@/lib/model/idle_chats.ts";
import type { ContactMedia } from "@/lib/model/media.ts";
import type { VisitorPage } from "@/lib/protocol/visitor/client_messages.ts";
import type { ErrorMessage } from "@/lib/protocol/visitor/session_messages.ts";
import type {
  CallInfo,
  ChatInfo,
} from "@/lib/protocol/visitor/contact_messages.ts";
import { consentVersion } from "./consent.ts";
import type { LiveWidget } from "./live_widget.ts";
import type { AfterStart } from "./socket_state.ts";

/** The common members of CreateCall and CreateChat. */
export interface Asked {
  dest: string;
  dn: string;
  page?: VisitorPage;
  consent?: string;
  contact?: string;
}

export interface NotAllowed {
  error: ErrorMessage;
  /** The version of the text that the visitor has to agree to. */
  consent?: string;
  /** Q.850 cause of the `terminated` that follows, for old pages. */
  cause: number;
}

/**
 * Checks that the page's widget shows the requested agent, and that the agent
 * offers this medium. The service dials no other address.
 */
export function allow(
  live: LiveWidget,
  { asked, media, lang }: {
    asked: Asked;
    media: readonly ContactMedia[];
    lang: string;
  },
): Result<ContactRequest, NotAllowed> {
  const agent = live.agent(asked.dest);
  if (agent === undefined) {
    return refuse(
      "dest-refused",
      "not an agent of this widget",
      CAUSE.unallocated,
    );
  }
  if (!agent.media.some((medium) => media.includes(medium))) {
    return refuse(
      "media-refused",
      "not offered for this agent",
      CAUSE.mediaRefused,
    );
  }
  if (agent.inactive) return away();
  if (live.isClosed(agent.address)) { // V47
    return refuse("closed", "outside opening hours", CAUSE.noResponse);
  }
  const { uuid, content } = live.widget;
  const version = consentVersion(content.consent);
  const consent = version && asked.consent; // V38
  if (consent && consent !== version) return outdated(version);
  const visitor = {
    name: content.visitorName || asked.dn,
    widget: { uuid, name: content.name },
    ...(asked.page && content.sendPage
      ? { page: plain(asked.page, content.pageParameters) }
      : {}),
    lang,
    ...(consent === undefined ? {} : { consent }),
  };
  const contact = asked.contact === undefined ? {} : { contact: asked.contact };
  const idle = idleTimes(content.idleChats);
  const route = live.routeTo(agent);
  return ok({
    ...{ address: agent.address, visitor, ...contact },
    ...(idle && { idle }),
    ...(route && { route }),
  });
}

function idleTimes(
  { close, warnMinutes, endMinutes }: IdleChats,
): IdleTimes | undefined {
  if (!close) return undefined;
  return { warnMs: warnMinutes * 60_000, endMs: endMinutes * 60_000 };
}

/** Returns the end of a call or chat that has not begun. */
export function notMade(
  { mt, contact }: Pick<Asked, "contact"> & { mt: AfterStart["mt"] },
  { cause, consent }: Pick<NotAllowed, "cause" | "consent">,
): CallInfo | ChatInfo {
  return {
    mt: mt === "CreateCall" ? "CallInfo" : "ChatInfo",
    state: "terminated",
    cause,
    ...(contact === undefined ? {} : { contact }),
    ...(consent === undefined ? {} : { consent }),
  };
}

/** Removes the secrets from a page's address, even if an old script sent
 * them. */
export function plain(
  page: VisitorPage,
  parameters: readonly string[],
): VisitorPage {
  return {
    url: pageAddress(page.url, parameters),
    title: page.title,
    referrer: pageAddress(page.referrer, parameters),
  };
}

/** Returns the error for an agent who is not available, or is not for this
 * visitor. */
export function away(): Result<never, NotAllowed> {
  return refuse("unavailable", "this agent is away", CAUSE.noResponse);
}

/** Returns the error of a service that is about to stop. */
export function stopping(): Result<never, NotAllowed> {
  const why = "the service restarts, please try again in a minute";
  return refuse("unavailable", why, CAUSE.temporaryFailure);
}

/** Returns the error for a page whose visitor has agreed to another text. */
function outdated(consent: string): Result<never, NotAllowed> {
  const text = "Cannot connect: the text that needs consent has changed";
  return err({
    error: { mt: "Error", error: "consent-outdated", text },
    cause: CAUSE.rejected,
    consent,
  });
}

/** Returns the error for too many requests. */
export function tooMany(retryAfter: number): Result<never, NotAllowed> {
  const text = "Cannot connect so often in so short a time";
  return err({
    error: { mt: "Error", error: "rate-limited", text, retryAfter },
    cause: CAUSE.temporaryFailure,
  });
}

/** The reason why a proof of work is missing or rejected. */
export type Unproven =
  | "old-page"
  | "unasked"
  | "late"
  | "wrong"
  | "too-much";

const WHY: Record<Unproven, string> = {
  "old-page":
    "this widget asks for proof of work, and this page does not know of it",
  "unasked": "this proof was not asked for, or is used already",
  "late": "the proof of work came too late",
  "wrong": "the proof of work is wrong",
  "too-much": "too much was sent before the proof of work",
};

/** Returns the error for a missing or rejected proof of work. */
export function unproven(why: Unproven): ErrorMessage {
  const text = `Cannot connect: ${WHY[why]}`;
  return { mt: "Error", error: "proof-required", text };
}

function refuse(
  error: ErrorMessage["error"],
  why: string,
  cause: number,
): Result<never, NotAllowed> {
  const text = `Cannot connect: ${why}`;
  return err({ error: { mt: "Error", error, text }, cause });
}
