import type { Clock } from "@/lib/base/clock.ts";
import { errorMessage } from "@/lib/base/error_message.ts";
import type { MailStatus, MailTest } from "@/lib/protocol/admin/mails.ts";
import type { MailStore } from "@/lib/store/mail_store.ts";

/** The mail server, as far as administrators use it. */
export interface MailServer {
  /** The address of the service. */
  from: string;
  send(letter: { to: string; subject: string; text: string }): Promise<void>;
}

/** The outbox of e-mails about messages. */
export class Mails {
  readonly #mails: MailStore;
  readonly #server: MailServer | undefined;
  readonly #clock: Pick<Clock, "wall">;

  constructor({ mails, server, clock }: {
    mails: MailStore;
    /** Undefined if none is set. */
    server: MailServer | undefined;
    clock: Pick<Clock, "wall">;
  }) {
    this.#mails = mails;
    this.#server = server;
    this.#clock = clock;
  }

  /** Returns the e-mails that were given up. */
  async status(): Promise<MailStatus> {
    const dead = (await this.#mails.all())
      .map(({ value }) => value)
      .filter(({ isDead }) => isDead);
    return {
      isOn: this.#server !== undefined,
      failed: dead.map(({ number, to, error = "" }) => ({ number, to, error })),
    };
  }

  /** Tries all e-mails again that were given up. */
  async retry(): Promise<MailStatus> {
    for (const stored of await this.#mails.all()) {
      const { isDead, ...mail } = stored.value;
      if (!isDead) continue;
      const dueAt = this.#clock.wall();
      await this.#mails.change(stored, { ...mail, tries: 0, dueAt });
    }
    return await this.status();
  }

  /** Sends an e-mail to the service's own address, and returns what went
   * wrong. */
  async test(): Promise<MailTest> {
    const server = this.#server;
    if (server === undefined) return { error: "CW_SMTP_URL is not set" };
    const subject = "Test of Contact Widgets";
    const text = "The mail server works.\n";
    try {
      await server.send({ to: server.from, subject, text });
      return { to: server.from };
    } catch (error) {
      return { error: errorMessage(error) };
    }
  }
}
