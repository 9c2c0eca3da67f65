// @ts-types="@types/nodemailer"
import { createTransport } from "nodemailer";
import { errorMessage } from "@/lib/base/error_message.ts";

/** One e-mail. */
export interface Letter {
  to: string;
  subject: string;
  text: string;
  replyTo?: { name: string; address: string };
  /** The same for each try, so that a mailbox can recognize a second one. */
  messageId?: string;
}

/** Sends an e-mail; rejects if the server does not take it. */
export type SendMail = (letter: Letter) => Promise<void>;

const WITHIN_MS = 20_000;
/** The same for a check, which a person waits for. */
const CHECK_WITHIN_MS = 5_000;
/** Out-of-office programs answer an e-mail without this, and would write to the
 * address that a visitor has typed (RFC 3834; the second is for Exchange). */
const HEADERS = {
  "Auto-Submitted": "auto-generated",
  "X-Auto-Response-Suppress": "All",
};

/** Returns a function that sends by the SMTP server at `url`. It opens a
 * connection for each e-mail, because they are rare. */
export function smtpSender(url: string, from: string): SendMail {
  return async (letter) => {
    const transport = open(url, WITHIN_MS);
    try {
      await transport.sendMail({ from, headers: HEADERS, ...letter });
    } finally {
      transport.close();
    }
  };
}

/** Connects to the SMTP server at `url` and signs in, without sending anything.
 * Returns why that fails, if it does. */
export async function smtpError(url: string): Promise<string | undefined> {
  const transport = open(url, CHECK_WITHIN_MS);
  try {
    await transport.verify();
    return undefined;
  } catch (error) {
    return errorMessage(error);
  } finally {
    transport.close();
  }
}

function open(url: string, withinMs: number) {
  return createTransport({
    url,
    connectionTimeout: withinMs,
    greetingTimeout: withinMs,
    socketTimeout: withinMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** True if the server has refused the recipient or the content for good, so that
 * another try cannot help. A wrong password or sender concerns all e-mails, and
 * the operator can correct it. */
export function isRefused(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const code = "responseCode" in error ? error.responseCode : undefined;
  const command = "command" in error ? error.command : undefined;
  const isOfMail = command === "RCPT TO" || command === "DATA";
  return isOfMail && typeof code === "number" && code >= 500;
}
