import { useState } from "preact/hooks";
import { Mail } from "lucide-preact";
import { reasonText } from "@/lib/i18n/admin/refusal_text.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import { fill, plural } from "@/lib/i18n/fill.ts";
import { InquiryClient } from "@/lib/protocol/admin/inquiry_client.ts";
import type { MailStatus } from "@/lib/protocol/admin/mails.ts";
import { Button } from "@/lib/ui/button.tsx";
import { Banner } from "@/lib/ui/notices.tsx";
import type { ToastList } from "@/lib/ui/toasts.ts";
import { useLanguage } from "@/components/admin/language.tsx";

/** Sends an e-mail to the service's own address, and says whether that worked. */
export function TestMail(
  { toasts, texts }: { toasts: ToastList; texts: AdminTexts },
) {
  const [isBusy, setBusy] = useState(false);
  async function send(): Promise<void> {
    setBusy(true);
    const answer = await new InquiryClient().testMail();
    setBusy(false);
    const { mailTested, mailTestFailed } = texts.messages;
    if (answer.ok && "to" in answer.value) {
      const text = fill(mailTested, answer.value);
      return void toasts.show({ kind: "done", text });
    }
    const error = !answer.ok
      ? reasonText(answer.error.reason, texts)
      : "error" in answer.value
      ? answer.value.error
      : "";
    toasts.show({ kind: "failed", text: fill(mailTestFailed, { error }) });
  }
  return (
    <Button
      busy={isBusy}
      icon={<Mail size={16} aria-hidden="true" />}
      onClick={() => void send()}
    >
      {texts.messages.mailTest}
    </Button>
  );
}

/** The e-mails that were given up, and a button that tries them again. */
export function FailedMails(
  { first, toasts }: { first: MailStatus; toasts: ToastList },
) {
  const { texts, lang } = useLanguage();
  const { messages } = texts;
  const [status, setStatus] = useState(first);
  const [isBusy, setBusy] = useState(false);
  const { failed } = status;
  if (failed.length === 0) return null;
  async function retry(): Promise<void> {
    setBusy(true);
    const answer = await new InquiryClient().retryMails();
    setBusy(false);
    if (answer.ok) return setStatus(answer.value);
    const text = reasonText(answer.error.reason, texts);
    toasts.show({ kind: "failed", text });
  }
  return (
    <Banner
      kind="warning"
      actions={
        <Button busy={isBusy} onClick={() => void retry()}>
          {messages.mailRetry}
        </Button>
      }
    >
      <strong>{plural(messages.mailFailed, failed.length, lang)}</strong>
      <ul>
        {failed.slice(0, 5).map((mail) => (
          <li key={mail.number}>{fill(messages.mailFailure, mail)}</li>
        ))}
      </ul>
    </Banner>
  );
}
