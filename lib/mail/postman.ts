import { getLogger } from "@logtape/logtape";
import { backoffMs } from "@/lib/base/backoff.ts";
import type { Clock } from "@/lib/base/clock.ts";
import { errorMessage } from "@/lib/base/error_message.ts";
import type { InquiryStore } from "@/lib/store/inquiry_store.ts";
import type { Mail, MailStore } from "@/lib/store/mail_store.ts";
import type { Stored } from "@/lib/store/stored.ts";
import { TaskRounds } from "@/lib/store/task_rounds.ts";
import type { TaskStore } from "@/lib/store/task_store.ts";
import type { WidgetStore } from "@/lib/store/widget_store.ts";
import { letterOf } from "./letter.ts";
import { isRefused, type SendMail } from "./smtp.ts";

const log = getLogger(["widgets", "mail"]);

/** Interval at which e-mails that are due are looked for. */
export const LOOK_MS = 5_000;
/** Waits between two tries: from half a minute to two hours. */
const BACKOFF = { firstMs: 60_000, maxMs: 2 * 60 * 60_000 };
/** After about a day, an e-mail is not tried again. */
export const TRIES_MAX = 18;
/** If the sending instance dies, the next try begins after this time. */
const CLAIM_MS = 10 * 60_000;

interface PostmanOptions {
  store: {
    mails: MailStore;
    inquiries: Pick<InquiryStore, "get">;
    widgets: Pick<WidgetStore, "get">;
    tasks: Pick<TaskStore, "run">;
  };
  send: SendMail;
  publicUrl: string;
  clock: Clock;
  chance?: () => number;
}

/**
 * Sends the e-mails of the outbox. Of several instances, one at a time does it.
 * An e-mail leaves the outbox when the server has taken it, so after a crash in
 * between it is sent again, with the same Message-ID.
 */
export class Postman implements Disposable {
  readonly #options: PostmanOptions;
  readonly #rounds: TaskRounds<Stored<Mail>>;

  constructor(options: PostmanOptions) {
    this.#options = options;
    const { store: { tasks }, clock } = options;
    this.#rounds = new TaskRounds({
      ...{ task: "mail", tasks, clock, everyMs: LOOK_MS },
      items: () => this.#due(),
      numberOf: ({ value }) => value.number,
      handle: (stored) => this.#try(stored),
      onFailed: (number, error) =>
        log.warn("Cannot send message {number}: {error}", { number, error }),
      onUnreadable: (error) =>
        log.warn("Cannot read the outbox: {error}", { error }),
    });
  }

  [Symbol.dispose](): void {
    this.#rounds[Symbol.dispose]();
  }

  async *#due(): AsyncGenerator<Stored<Mail>> {
    const { store, clock } = this.#options;
    for (const stored of await store.mails.all()) {
      const { isDead, dueAt } = stored.value;
      if (!isDead && !isTooEarly(dueAt, clock.wall())) yield stored;
    }
  }

  async #try(stored: Stored<Mail>): Promise<void> {
    const { store, clock, send, publicUrl } = this.#options;
    const { number, to } = stored.value;
    const inquiry = (await store.inquiries.get(number))?.value;
    if (inquiry === undefined) return await store.mails.sent(number);
    const { error: _, ...before } = stored.value;
    const claimed: Mail = {
      ...before,
      tries: before.tries + 1,
      dueAt: clock.wall() + CLAIM_MS,
    };
    const revision = await store.mails.change(stored, claimed);
    if (revision === undefined) return; // Another instance was faster.
    const widget = (await store.widgets.get(inquiry.widget))?.value.content;
    const { name = "", hours } = widget ?? {};
    const timeZone = hours?.timeZone ?? "UTC";
    const facts = { to, widget: name, publicUrl, timeZone };
    try {
      await send(letterOf(inquiry, facts));
    } catch (error) {
      return await this.#failed({ value: claimed, revision }, error);
    }
    await store.mails.sent(number);
    log.info("Message {number} was sent by e-mail", { number });
  }

  async #failed(claimed: Stored<Mail>, error: unknown): Promise<void> {
    const { store, clock, chance = Math.random } = this.#options;
    const { number, tries } = claimed.value;
    const isDead = isRefused(error) || tries >= TRIES_MAX;
    const wait = backoffMs(tries - 1, BACKOFF, chance());
    await store.mails.change(claimed, {
      ...claimed.value,
      dueAt: clock.wall() + wait,
      error: errorMessage(error).slice(0, 300),
      ...isDead && { isDead },
    });
    const level = isDead ? "error" : "warn";
    log[level](
      "Cannot send message {number} by e-mail (try {tries}): {error}",
      {
        number,
        tries,
        error: errorMessage(error),
      },
    );
  }
}

/** A time too far ahead is that of a host whose clock was wrong. */
function isTooEarly(dueAt: number, now: number): boolean {
  return now < dueAt && dueAt <= now + BACKOFF.maxMs;
}
