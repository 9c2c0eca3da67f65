import { getLogger } from "@logtape/logtape";
import { RateWindow } from "@/lib/base/rate_window.ts";
import { replyKind } from "@/lib/base/reply_address.ts";
import type { Result } from "@/lib/base/result.ts";
import type { InquiryContent } from "@/lib/model/inquiry.ts";
import type {
  GetCallbackTimes,
  LeaveMessage,
} from "@/lib/protocol/visitor/client_messages.ts";
import type {
  ContactMessage,
  MessageRefused,
} from "@/lib/protocol/visitor/contact_messages.ts";
import {
  callbackTimes,
  type WantedCall,
  wantedCallOf,
  type WrongCall,
} from "./callbacks.ts";
import { consentVersion } from "./consent.ts";
import { plain } from "./contact_requests.ts";
import { limited } from "./limits.ts";
import type { StartedPage } from "./page.ts";
import type { VisitorContext } from "./visitor_context.ts";

const log = getLogger(["widgets", "visitor"]);

/** Time after which a page may try again if the store did not answer. */
const STORE_RETRY_SECONDS = 10;

type Answer = Extract<ContactMessage, { mt: "MessageStored" }> | MessageRefused;
type Refusal = Omit<MessageRefused, "mt" | "id">;

/** Stores the messages that one page leaves. */
export class PageInquiries {
  readonly #context: VisitorContext;
  readonly #started: StartedPage;
  readonly #rate: RateWindow;
  readonly #times: RateWindow;

  constructor(context: VisitorContext, started: StartedPage) {
    this.#context = context;
    this.#started = started;
    this.#rate = new RateWindow(context.limits.leftPerMinute, 60_000);
    this.#times = new RateWindow(
      context.limits.callbackTimesPerMinute,
      60_000,
    );
  }

  /** Answers with the times at which the visitor can be called. */
  async tellTimes({ dest }: GetCallbackTimes): Promise<void> {
    const { clock, inquiries: inbox } = this.#context;
    if (this.#times.take(clock.now()) > 0) {
      return limited(this.#context, "callbackTimesPerMinute");
    }
    const { live, page } = this.#started;
    try {
      const now = clock.wall();
      page.tell(await callbackTimes(live, { inbox, dest, now }));
    } catch (error) {
      // Without times, the visitor can be called as soon as possible.
      log.warn("Cannot read callbacks: {error}", { error });
    }
  }

  /** Answers once the message is stored, or was refused. */
  async leave(message: LeaveMessage): Promise<void> {
    const answer = await this.#answer(message).catch((error): Answer => {
      log.warn("Cannot store a message: {error}", { error });
      const retryAfter = STORE_RETRY_SECONDS;
      return notStored(message, { error: "unavailable", retryAfter });
    });
    this.#started.page.tell(answer);
  }

  async #answer(message: LeaveMessage): Promise<Answer> {
    const { id } = message;
    const { widget } = this.#started.live;
    const { inquiries } = this.#context;
    // A repetition costs nothing, and is answered even if the widget was saved.
    const known = await inquiries.sent(widget.uuid, id);
    if (known !== undefined) return stored(known);
    const { live } = this.#started;
    const asked = message.callback &&
      wantedCallOf(live, message, this.#context.clock.wall());
    const refusal = this.#refuse(message, asked);
    if (refusal !== undefined) return notStored(message, refusal);
    const content = this.#contentOf(
      message,
      asked?.ok ? asked.value : undefined,
    );
    const done = await inquiries.create(content, {
      to: this.#mailTo(content),
      perSlot: live.widget.content.callbacks.perSlot,
    });
    if (done.ok) {
      if (done.value.isNew) this.#count(content);
      return stored(done.value.inquiry);
    }
    if (done.error === "slot-taken") {
      return notStored(message, { error: "bad-message", field: "callback" });
    }
    return notStored(message, { error: "unavailable" });
  }

  #refuse(
    { reply, text, consent }: LeaveMessage,
    asked: Result<WantedCall, WrongCall> | undefined,
  ): Refusal | undefined {
    const { live: { widget: { content, uuid } }, page } = this.#started;
    const isTaken = content.messages.on && page.blockedBy === undefined; // V54
    if (!isTaken) return { error: "unavailable" };
    if (asked?.ok === false) {
      return asked.error === undefined
        ? { error: "unavailable" }
        : { error: "bad-message", field: asked.error };
    }
    if (replyKind(reply) === undefined) {
      return { error: "bad-message", field: "reply" };
    }
    if (text.trim() === "") return { error: "bad-message", field: "text" };
    const version = consentVersion(content.consent);
    if (version !== undefined && consent !== version) {
      return { error: "consent-outdated", consent: version };
    }
    return this.#overLimit(uuid, asked?.value.reply);
  }

  #overLimit(widget: string, number: string | undefined): Refusal | undefined {
    const ownWait = this.#rate.take(this.#context.clock.now());
    const { peer: { address } } = this.#started;
    const limit = ownWait > 0
      ? { limit: "leftPerMinute" as const, retryAfter: ownWait }
      : this.#context.inquiryLimits.take({ address, widget, number });
    if (limit === undefined) return undefined;
    limited(this.#context, limit.limit);
    return { error: "rate-limited", retryAfter: limit.retryAfter };
  }

  #count({ widget, address: agent, callback }: InquiryContent): void {
    const of = agent === "" ? { widget } : { widget, agent };
    const call = callback !== undefined && { isCallback: true };
    this.#context.happened({ type: "left", ...of, ...call });
  }

  /** Returns the address of the company or agent; never one that a visitor has
   * typed. */
  #mailTo({ address }: InquiryContent): string {
    const { live } = this.#started;
    return live.widget.content.messages.email ||
      (live.agent(address)?.email ?? "");
  }

  #contentOf(
    message: LeaveMessage,
    asked: WantedCall | undefined,
  ): InquiryContent {
    const { live, page: { lang } } = this.#started;
    const { uuid, content } = live.widget;
    const { id, dn, reply, text, consent, dest = "" } = message;
    const page = content.sendPage && message.page
      ? plain(message.page, content.pageParameters)
      : undefined;
    return {
      id,
      widget: uuid,
      // If the agent was removed meanwhile, the message is for the company.
      address: live.agent(dest)?.address ?? "",
      name: content.visitorName || dn,
      reply: asked?.reply ?? reply,
      text: text.trim(),
      lang: live.languageFor(lang),
      ...page && { page: { url: page.url, title: page.title } },
      ...consent !== undefined && content.consent !== "" && { consent },
      ...asked?.callback && { callback: asked.callback },
    };
  }
}

function stored(
  { id, number }: { id: string; number: string },
): Answer {
  return { mt: "MessageStored", id, number };
}

/** Returns the answer to a message that was not stored. */
export function notStored(
  { id }: Pick<LeaveMessage, "id">,
  refusal: Refusal,
): MessageRefused {
  return { mt: "MessageRefused", id, ...refusal };
}
